"""Writing the findings: a team lead's work, saved as it is typed, each act one step that undo takes back.

Everybody may read them; of a case whose first reading is closed to them neither the link nor the illustration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.findings.finding import (
    FindingKey,
    FindingPlace,
    Illustration,
    IllustrationKey,
    WrittenFinding,
    fit_because,
    fit_place,
    fit_text,
    fit_title,
    refuse_cases_beyond_casework,
    refuse_leaving_cases,
)
from ncpi_desktop.domain.record.actions import Action, words_for
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage import finding_repository as kept
from ncpi_desktop.storage.allocation_repository import is_for_practice
from ncpi_desktop.storage.case_repository import names_of
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.session import AuditSession, Changed

Direction = Literal["up", "down"]


def add_finding(
    session: AuditSession,
    place: FindingPlace,
    title: str,
    text: str = "",
    reasons: Sequence[str] = (),
    cases: Sequence[CaseKey] = (),
) -> Changed:
    """Begin a finding behind all others.

    Raises:
        RefusedError: it has no title, or no stage where it is about casework, or stands on cases where it is not.
        WrongUseError: the methodology has no such stage or reason.
    """
    place, title, text = fit_place(place, session.methodology), fit_title(storable(title)), fit_text(storable(text))
    for code in reasons:
        _refuse_unknown_reason(session, code)
    for case in cases:
        refuse_cases_beyond_casework(WrittenFinding(place, title))
        _refuse_practice(session, case)
    with session.change(Action.ADD_FINDING, detail=title) as change:
        kept.add_finding(change, place, title, text, list(dict.fromkeys(reasons)), list(dict.fromkeys(cases)))
    return _changed(change)


def retitle_finding(session: AuditSession, finding: FindingKey, title: str) -> Changed:
    """Give a finding another title.

    Raises:
        RefusedError: the title says nothing or too much, or the finding is not there any more.
    """
    title = fit_title(storable(title))
    with _finding(session, finding, Action.RETITLE_FINDING) as (change, held):
        kept.set_title(change, held, title)
    return _changed(change)


def place_finding(session: AuditSession, finding: FindingKey, place: FindingPlace) -> Changed:
    """Put a finding under another kind, subject or stage.

    Raises:
        RefusedError: casework without a stage, or a finding that rests on cases would leave casework.
        WrongUseError: there is no such stage, or a stage beyond casework.
    """
    place = fit_place(place, session.methodology)
    with _finding(session, finding, Action.PLACE_FINDING) as (change, held):
        refuse_leaving_cases(held, place, len(held.cases) + len(held.illustrations))
        kept.set_place(change, held, place)
    return _changed(change)


def write_finding(session: AuditSession, finding: FindingKey, text: str, continues: int | None = None) -> Changed:
    """Keep what has been typed so far; `continues` is the step of the same burst of typing, so that undo takes it back as one.

    Raises:
        RefusedError: it is longer than a finding can be, or the finding is not there any more.
    """
    text = fit_text(storable(text))
    held = _held(session, finding)
    step = _same_burst(session, Action.WRITE_FINDING, held, continues)
    with _finding(session, finding, Action.WRITE_FINDING, continues=step) as (change, held):
        kept.set_text(change, held, text)
    return _changed(change, step)


def move_finding(session: AuditSession, finding: FindingKey, direction: Direction) -> Changed:
    """Let a finding change places with its neighbour of the same stage or subject and kind; at the end it stays."""
    with _finding(session, finding, Action.MOVE_FINDING) as (change, held):
        group = [one for one in kept.read_findings(change.connection) if one.place == held.place]
        there = next(place for place, one in enumerate(group) if one.key == finding)
        other = there + (-1 if direction == "up" else 1)
        if 0 <= other < len(group):
            kept.change_places(change, held, group[other])
    return _changed(change)


def link_reason(session: AuditSession, finding: FindingKey, code: str) -> Changed:
    """Let a finding rest on a reason. `Raises:` WrongUseError where the methodology has none of that code."""
    _refuse_unknown_reason(session, code)
    with _finding(session, finding, Action.LINK_FINDING) as (change, held):
        kept.link(change, held, "reasons", code)
    return _changed(change)


def unlink_reason(session: AuditSession, finding: FindingKey, code: str) -> Changed:
    """Take a reason off a finding."""
    with _finding(session, finding, Action.LINK_FINDING) as (change, held):
        kept.unlink(change, held, "reasons", code)
    return _changed(change)


def link_case(session: AuditSession, finding: FindingKey, case: CaseKey) -> Changed:
    """Let a finding rest on a case.

    Raises:
        RefusedError: it is beyond casework, or the case is for practice.
    """
    _refuse_practice(session, case)
    with _finding(session, finding, Action.LINK_FINDING) as (change, held):
        refuse_cases_beyond_casework(held)
        kept.link(change, held, "cases", case)
    return _changed(change)


def unlink_case(session: AuditSession, finding: FindingKey, case: CaseKey) -> Changed:
    """Take a case off a finding."""
    with _finding(session, finding, Action.LINK_FINDING) as (change, held):
        kept.unlink(change, held, "cases", case)
    return _changed(change)


def illustrate(session: AuditSession, finding: FindingKey, case: CaseKey, text: str = "") -> Changed:
    """Put an illustration of a case behind the others of a finding.

    Raises:
        RefusedError: the finding is beyond casework, the case is for practice, or the words are too many.
    """
    text = fit_text(storable(text))
    _refuse_practice(session, case)
    with _finding(session, finding, Action.ILLUSTRATE_FINDING) as (change, held):
        refuse_cases_beyond_casework(held)
        kept.add_illustration(change, held, case, text)
    return _changed(change)


def write_illustration(
    session: AuditSession, illustration: IllustrationKey, text: str, continues: int | None = None
) -> Changed:
    """Keep what has been typed so far in an illustration; other words are not cleared by what cleared these. `Raises:` as `write_finding`."""
    text = fit_text(storable(text))
    finding = _finding_told_by(session, illustration)
    step = _same_burst(session, Action.WRITE_ILLUSTRATION, _held(session, finding), continues)
    with _finding(session, finding, Action.WRITE_ILLUSTRATION, continues=step) as (change, held):
        kept.set_illustration(change, _told_in(held, illustration), text)
    return _changed(change, step)


def remove_illustration(session: AuditSession, illustration: IllustrationKey) -> Changed:
    """Take an illustration away; the history keeps it."""
    finding = _finding_told_by(session, illustration)
    with _finding(session, finding, Action.ILLUSTRATE_FINDING) as (change, held):
        kept.remove_illustration(change, _told_in(held, illustration))
    return _changed(change)


def clear_identifiers(session: AuditSession, illustration: IllustrationKey, because: str) -> Changed:
    """Say why words of an illustration that look like an identifier are none; it may then go into documents.

    Raises:
        RefusedError: no reason was given, or it is too long, or the illustration is not there any more.
    """
    because = fit_because(storable(because))
    finding = _finding_told_by(session, illustration)
    with _finding(session, finding, Action.CLEAR_IDENTIFIERS, reason=because) as (change, held):
        kept.set_cleared(change, _told_in(held, illustration), because)
    return _changed(change)


def remove_finding(session: AuditSession, finding: FindingKey) -> Changed:
    """Take a finding away with its illustrations; the history keeps them, and undo brings them back.

    Raises:
        RefusedError: a recommendation rests on it, or it is not there any more.
    """
    with _finding(session, finding, Action.REMOVE_FINDING) as (change, held):
        numbers = kept.resting_on(change.connection, finding)
        if numbers:
            words = ngettext(
                "Recommendation {numbers} rests on this finding.",
                "Recommendations {numbers} rest on this finding.",
                len(numbers),
            )
            raise RefusedError(
                words.format(numbers=", ".join(map(str, numbers))),
                safe=_("Nothing was changed."),
                todo=_("Take the finding off the recommendation first."),
            )
        kept.remove_finding(change, held)
    return _changed(change)


@contextmanager
def _finding(
    session: AuditSession, key: FindingKey, action: Action, *, reason: str = "", continues: int | None = None
) -> Iterator[tuple[ChangeInProgress, WrittenFinding]]:
    title = _held(session, key).title
    with session.change(action, detail=title, reason=reason, continues=continues) as change:
        held = kept.read_finding(change.connection, key)
        if held is None:
            raise _gone()
        yield change, held


def _held(session: AuditSession, key: FindingKey) -> WrittenFinding:
    held = kept.read_finding(session.file.connection, key)
    if held is None:
        raise _gone()
    return held


def _finding_told_by(session: AuditSession, illustration: IllustrationKey) -> FindingKey:
    finding = kept.finding_of_illustration(session.file.connection, illustration)
    if finding is None:
        raise _gone()
    return finding


def _told_in(finding: WrittenFinding, key: IllustrationKey) -> Illustration:
    told = next((told for told in finding.illustrations if told.key == key), None)
    if told is None:
        raise _gone()
    return told


def _same_burst(session: AuditSession, action: Action, held: WrittenFinding, continues: int | None) -> int | None:
    """Return the step to go on with; None where it is no longer this person's last one, in this finding."""
    last = session.ledger.to_undo
    same = last is not None and last.number == continues and last.words == words_for(action, held.title)
    return continues if same else None


def _refuse_unknown_reason(session: AuditSession, code: str) -> None:
    if code not in session.methodology.reason_by_code:
        raise WrongUseError(_("There is no reason “{code}”.").format(code=code))


def _refuse_practice(session: AuditSession, case: CaseKey) -> None:
    if is_for_practice(session.file.connection, case):
        raise RefusedError(
            _("{case} is for practice: no finding rests on it.").format(
                case=names_of(session.file.connection, case)[0]
            ),
            safe=_("Nothing was changed."),
        )


def _gone() -> RefusedError:
    return RefusedError(
        _("This finding is not there any more."),
        safe=_("Nothing was changed."),
        todo=_("The history tells who took it away, and what it said."),
    )


def _changed(change: ChangeInProgress, continues: int | None = None) -> Changed:
    if change.sequence is None:
        return Changed(None, None, continues)
    return Changed(None, change.at, continues or change.sequence)
