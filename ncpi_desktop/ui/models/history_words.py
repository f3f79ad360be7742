"""What a change replaced, in words: the field, before, after."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from ncpi_desktop.domain.casework.inspection import Person, Role, role_words
from ncpi_desktop.domain.findings.finding import FindingKind, Subject, kind_words, subject_words
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.sampling_words import describe_rules
from ncpi_desktop.domain.record.change import WHOLE_ROW, Operation, Value, ValueChange
from ncpi_desktop.words import _, ngettext, phrase

MOST_SHOWN: Final = 200

_FIELDS: Final = {
    ("reviews", "grade"): phrase("Overall grade"),
    ("reviews", "state"): phrase("State of the review"),
    ("reviews", "rationale"): phrase("Rationale"),
    ("reviews", "notes"): phrase("Notes"),
    ("reviews", "not_sure"): phrase("Not sure"),
    ("reviews", "parked_because"): phrase("Parked because"),
    ("reviews", "submitted_at"): phrase("Submitted at"),
    ("reviews", "reopened_because"): phrase("Reopened because"),
    ("protection", "salt"): phrase("Protection"),
    ("rescue", "lost"): phrase("Numbers of lost changes"),
    ("rescue", "lost-after"): phrase("Perhaps lost: all changes after number"),
    ("rescue", "told-anew"): phrase("Rows that were not as the history told"),
    ("reviews", "reviewer"): phrase("Reader"),
    ("people", "name"): phrase("Name"),
    ("final-report", "open-referrals"): phrase("Open referrals"),
    ("inspection", "finished_at"): phrase("Inspection finished"),
    ("people", "roles"): phrase("Roles"),
    ("people", "active"): phrase("At work"),
    ("findings", "title"): phrase("Title of the finding"),
    ("findings", "text"): phrase("Text of the finding"),
    ("findings", "kind"): phrase("Kind of finding"),
    ("findings", "subject"): phrase("What the finding is about"),
    ("findings", "stage"): phrase("Stage of the finding"),
    ("findings", "position"): phrase("Place of the finding"),
    ("findings", "reasons"): phrase("Reasons of the finding"),
    ("findings", "cases"): phrase("Cases of the finding"),
    ("illustrations", "text"): phrase("Illustration"),
    ("illustrations", "cleared_because"): phrase("Cleared because"),
}
_ROWS: Final = {
    "reviews": phrase("Review"),
    "stage_grades": phrase("Stage grade"),
    "given_reasons": phrase("Reason"),
    "citations": phrase("Cited passage"),
    "cases": phrase("Case"),
    "entries": phrase("Entry of the record"),
    "people": phrase("Person"),
    "roles": phrase("Role"),
    "allocations": phrase("Allocation"),
    "inspection": phrase("Inspection"),
    "previous_results": phrase("Previous results"),
    "own_grades": phrase("The force's own grade"),
    "own_stage_grades": phrase("The force's own grade of a stage"),
    "referrals": phrase("Referral"),
    "samples": phrase("Sample"),
    "frames": phrase("Frame of a sample"),
    "interests": phrase("Declared interest"),
    "recommendations": phrase("Recommendation"),
    "recommendation_log": phrase("Log of a recommendation"),
    "findings": phrase("Finding"),
    "illustrations": phrase("Illustration"),
    "comments": phrase("Comment"),
    "practice_cases": phrase("Practice case"),
    "methodology": phrase("Methodology"),
    "history": phrase("Words of the history"),
    "history_values": phrase("Value of the history"),
}
_SHOWN_OF_ROW: Final = (
    "reference",
    "name",
    "title",
    "wording",
    "reason",
    "passage",
    "heading",
    "label",
    "force",
    "risk",
    "rules",
    "unit",
    "grade",
    "text",
    "comment",
    "redacted_because",
    "state",
)


class ValueLine(NamedTuple):
    """One value: what it is, what it was, what it became; `value` as the history holds it (of a burst of typing, its first piece)."""

    field: str
    before: str
    after: str
    value: ValueChange | None = None


def time_words(at: datetime) -> str:
    """Return a moment in local time, such as *14/05/2018 10:42:07*."""
    try:
        here = at.astimezone()
    except (OSError, OverflowError, ValueError):
        here = at  # Windows knows no local time before 1970
    return here.strftime("%d/%m/%Y %H:%M:%S")


def value_lines(
    values: Iterable[ValueChange], methodology: Methodology, people: Sequence[Person] = ()
) -> list[ValueLine]:
    """Return the values in words, at most 200; a burst of typing in one text becomes one line. `people` name readers."""
    lines: list[ValueLine] = []
    for value in values:
        line = _line_about_people(value, people) or _line_of(value, methodology)
        last = lines[-1] if lines else None
        if value.operation is Operation.SPLICE and last is not None and last.field == line.field and not line.before:
            lines[-1] = last._replace(after=last.after + line.after)
            continue
        if len(lines) == MOST_SHOWN:
            lines.append(ValueLine(_("and more"), "", ""))
            break
        lines.append(line._replace(value=value))
    return lines


def _line_about_people(value: ValueChange, people: Sequence[Person]) -> ValueLine | None:
    """Return who reads a case, by the names people have now; None where the value is about something else."""
    names: dict[object, str] = {person.identity: person.name for person in people}
    if value.table == "allocations":
        given = [json.loads(str(row)).get("person") if row else None for row in (value.old, value.new)]
        return ValueLine(_(_ROWS["allocations"]), names.get(given[0], ""), names.get(given[1], ""))
    if (value.table, value.field) == ("reviews", "reviewer"):
        return ValueLine(_(_FIELDS["reviews", "reviewer"]), names.get(value.old, ""), names.get(value.new, ""))
    return None


def _line_of(value: ValueChange, methodology: Methodology) -> ValueLine:
    if value.redacted_because is not None:
        gone = _("taken out: {because}").format(because=value.redacted_because)
        return ValueLine(_field_of(value, methodology), gone, gone)
    if value.operation in (Operation.ADD, Operation.REMOVE) or value.field == WHOLE_ROW:
        after = _row_words(value.new, methodology)
        if value.operation is not Operation.REMOVE and not after:
            after = _("added") if value.operation is Operation.ADD else _("as it stands")
        return ValueLine(_field_of(value, methodology), _row_words(value.old, methodology), after)
    if value.table == "protection":
        after = _("another passphrase") if value.old and value.new else _protection_words(value.new)
        return ValueLine(_field_of(value, methodology), _protection_words(value.old), after)
    return ValueLine(
        _field_of(value, methodology),
        _plain(value.field, value.old, methodology),
        _plain(value.field, value.new, methodology),
    )


def _field_of(value: ValueChange, methodology: Methodology) -> str:
    known = _FIELDS.get((value.table, value.field))
    if known is not None:
        return _(known)
    if value.table == "stage_grades":
        stage = methodology.stage_by_code.get(value.field)
        if stage is not None:
            return stage.label
    row = _(_ROWS.get(value.table, value.table.replace("_", " ")))
    return row if value.field == "*" else _("{row}: {field}").format(row=row, field=value.field.replace("_", " "))


def _protection_words(salt: Value) -> str:
    return _("a passphrase") if salt else _("no passphrase")


def _plain(field: str, value: Value, methodology: Methodology) -> str:
    if value is None:
        return ""
    if field in ("not_sure", "active"):
        return _("yes") if value else _("no")
    if field == "roles":
        return role_words(Role(code) for code in json.loads(str(value)))
    if field in ("reasons", "cases") and str(value).startswith("["):
        return _links_words(field, json.loads(str(value)), methodology)
    if field == "rules":
        return describe_rules(str(value), methodology.scale)
    if field == "submitted_at":
        return time_words(datetime.fromisoformat(str(value)))
    text = str(value)
    if field in ("kind", "subject", "stage"):
        return _place_words(field, text, methodology)
    if text == NOT_APPLICABLE:
        return _("not applicable")
    if text in methodology.scale:
        return methodology.scale[text].label
    reason = methodology.reason_by_code.get(text)
    return reason.wording if reason is not None else text


def _place_words(field: str, code: str, methodology: Methodology) -> str:
    """Return the kind, subject or stage of a finding in words; a code of something else stays."""
    if field == "stage" and code in methodology.stage_by_code:
        return methodology.stage_by_code[code].label
    if field == "kind" and code in set(FindingKind):
        return kind_words(FindingKind(code))
    return subject_words(Subject(code)) if field == "subject" and code in set(Subject) else code


def _links_words(field: str, links: Sequence[object], methodology: Methodology) -> str:
    """Return what a finding rests on: its reasons in words, of its cases how many."""
    if field == "reasons":
        return "; ".join(_plain("reason", str(code), methodology) for code in links)
    return ngettext("{count} case", "{count} cases", len(links)).format(count=len(links))


def _row_words(value: Value, methodology: Methodology) -> str:
    if value is None:
        return ""
    try:
        row = json.loads(str(value))
    except ValueError:
        return str(value)
    if not isinstance(row, dict):
        return str(value)
    shown = [_plain(key, row[key], methodology) for key in _SHOWN_OF_ROW if row.get(key)]
    return " · ".join(shown)
