"""Files of schema version 1: what their history did not tell, and in what form it took its digests.

When such a file is brought up to version 2, one line of its history tells the rest, so that from there on the whole of it can be
replayed. A file that is only read is not written to; the line is then made in a copy in memory where the replay needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.kept_table import Standing, as_value
from ncpi_desktop.storage.kept_tables import TABLE_CALLED

_ADDED_AT: Final = (
    'SELECT v."row", h.at FROM history_values v JOIN history h ON h.sequence = v.sequence'
    " WHERE v.\"table\" = ? AND v.operation = 'add'"
)

_UNTOLD: Final = {
    "people": ("active",),
    "previous_results": ("kind", "methodology"),
    "methodology": ("year", "note", "report_sections"),
    "entries": ("case", "position"),
    "samples": ("purpose", "frame_size"),
    "referrals": ("case", "raised_by", "raised_at"),
}
"""What version 1 wrote into rows and did not tell; what it told by implication is in `_IMPLIED`."""

_IMPLIED: Final = {"inspection": "created_at", "cases": "added_at", "samples": "drawn_at"}
"""Fields that hold the moment of the change which added the row: told so, whatever stands there now."""


def tell_the_rest(connection: Connection, at: datetime) -> int | None:
    """Write the line that tells what version 1 left out of the history; return its sequence, None where there is nothing to tell.

    The transaction stays open.
    """
    change = ChangeInProgress(connection, Action.TELL_THE_REST, at=at, person="", person_identity="")
    for table, names in _UNTOLD.items():
        kept = TABLE_CALLED[table].only(names)
        for identity, standing in kept.rows(connection):
            for name in names:
                change.set(table, identity, name, None, as_value(kept.field_called[name], standing[name]))
    for table, name in _IMPLIED.items():
        for identity, moment in connection.execute(_ADDED_AT, (table,)).fetchall():
            change.set(table, identity, name, None, moment)
    for identity, moment in _beginnings(connection):
        change.set("reviews", identity, "started_at", None, moment)
    for identity, _standing in TABLE_CALLED["recommendation_log"].rows(connection):
        change.add_standing("recommendation_log", identity)
    return change.write() if change.values else None


def _beginnings(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield when each review was begun: with the change that added it, or, brought in finished, when it was submitted."""
    submitted = dict(connection.execute("SELECT identity, submitted_at FROM reviews WHERE started_at = submitted_at"))
    for identity, moment in connection.execute(_ADDED_AT, ("reviews",)).fetchall():
        yield identity, submitted.get(identity, moment)


def first_form(table: str, standing: Standing) -> dict[str, object] | None:
    """Return a row as version 1 took the digest of it; None where that form can't hold what stands there."""
    if table == "cases":
        return _case(standing)
    if table == "entries":
        return _entry(standing)
    if table == "methodology":
        return _methodology(standing)
    return {name: standing[name] for name in ("grade", "rationale")}


def _case(standing: Standing) -> dict[str, object] | None:
    tags, children = standing["tags"], standing["children"]
    if not (_is_dense(tags) and _is_dense(children)):
        return None
    return {
        "reference": standing["reference"],
        "area": standing["area"],
        "tags": [tag for _place, tag in tags],
        "children": [[pseudonym, age] for _place, pseudonym, age in children],
    }


def _entry(standing: Standing) -> dict[str, object] | None:
    record = {name: standing[name] for name in ("day", "time", "kind", "heading", "text")}
    if standing["strategy"] is None:
        return record
    *answers, agencies = standing["strategy"]
    if not _is_dense(agencies) or not all(invited or present for _place, _agency, invited, present in agencies):
        return None
    record["strategy"] = [
        [agency for _place, agency, invited, _present in agencies if invited],
        [agency for _place, agency, _invited, present in agencies if present],
        *(None if answer is None else bool(answer) for answer in answers),
    ]
    return record


def _methodology(standing: Standing) -> dict[str, object] | None:
    parts = {name: sorted(standing[name], key=lambda row: row[1]) for name in ("grades", "areas", "stages", "reasons")}
    criteria: dict[str, list[str]] = {}
    for stage, position, question in standing["criteria"]:
        asked = criteria.setdefault(stage, [])
        if position != len(asked):
            return None
        asked.append(question)
    if not all(_is_dense([row[1:] for row in rows]) for rows in parts.values()):
        return None
    return {
        "code": standing["code"],
        "title": standing["title"],
        "grades": [_named(_GRADE, row) | {"counts_as_good": bool(row[7])} for row in parts["grades"]],
        "areas": [_named(_AREA, row) | {"retired": bool(row[4])} for row in parts["areas"]],
        "stages": [
            _named(_STAGE, row)
            | {
                "areas": row[4].split(",") if row[4] else [],
                "criteria": criteria.get(row[0], []),
                "optional": bool(row[5]),
                "case_level": bool(row[6]),
            }
            for row in parts["stages"]
        ],
        "reasons": [_named(_REASON, row) | {"retired": bool(row[5])} for row in parts["reasons"]],
    }


_GRADE: Final = {"code": 0, "label": 2, "short": 3, "letter": 4, "shape": 5, "tone": 6, "key": 8}
_AREA: Final = {"code": 0, "label": 2, "prefix": 3}
_STAGE: Final = {"code": 0, "label": 2, "short": 3}
_REASON: Final = {"code": 0, "stage": 2, "polarity": 3, "wording": 4}


def _named(places: dict[str, int], row: list[Any]) -> dict[str, object]:
    return {name: row[place] for name, place in places.items()}


def _is_dense(rows: list[list[Any]]) -> bool:
    return [row[0] for row in rows] == list(range(len(rows)))
