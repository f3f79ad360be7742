"""Keeps the inspection itself, its people, and the results of an earlier one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from ncpi_desktop.domain.casework.inspection import (
    CaseChoice,
    Inspection,
    InspectionKind,
    Marking,
    Person,
    PreviousResults,
    Role,
    the_previous,
)
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import from_text, to_text

ALL_AREAS = ""
"""How previous counts over all areas stand in `previous_counts.area`."""


def write_inspection(change: ChangeInProgress, inspection: Inspection) -> None:
    """Describe the inspection in a new file."""
    change.connection.execute(
        "INSERT INTO inspection (id, identity, created_at, force, kind, methodology, marking, fieldwork_start, fieldwork_end, is_sample,"
        " case_choice, published_on) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(inspection.identity, to_text(change.at), inspection.force, inspection.kind.value, inspection.methodology),
            inspection.marking.value,
            *(_day_text(inspection.fieldwork_start), _day_text(inspection.fieldwork_end)),
            *(int(inspection.is_sample), inspection.case_choice.value, _day_text(inspection.published_on)),
        ),
    )
    change.add_standing("inspection", inspection.identity)


def read_identity(connection: Connection) -> str:
    """Return the identity of the inspection; of a file of any version."""
    return str(connection.execute("SELECT identity FROM inspection").fetchone()[0])


def read_inspection(connection: Connection) -> Inspection:
    """Return what this file is about."""
    row = connection.execute(
        "SELECT identity, force, kind, methodology, marking, fieldwork_start, fieldwork_end, is_sample, case_choice, published_on,"
        " finished_at FROM inspection"
    ).fetchone()
    return Inspection(
        identity=row[0],
        force=row[1],
        kind=InspectionKind(row[2]),
        methodology=row[3],
        marking=Marking(row[4]),
        fieldwork_start=_day(row[5]),
        fieldwork_end=_day(row[6]),
        is_sample=bool(row[7]),
        case_choice=CaseChoice(row[8]),
        published_on=_day(row[9]),
        finished_at=from_text(row[10]),
    )


def set_finished(change: ChangeInProgress, inspection: Inspection, at: datetime | None) -> None:
    """Note when the inspection was finished; None: it goes on."""
    was, now = (to_text(moment) if moment else None for moment in (inspection.finished_at, at))
    change.connection.execute("UPDATE inspection SET finished_at = ?", (now,))
    change.set("inspection", inspection.identity, "finished_at", was, now)


def tell_final_despite(change: ChangeInProgress, inspection: Inspection, references: str) -> None:
    """Tell that a final report may be written although referrals of the cases with those references are open; no table holds it."""
    change.set("final-report", inspection.identity, "open-referrals", None, references)


def set_published(change: ChangeInProgress, inspection: Inspection, day: date | None) -> None:
    """Note on which day the report is published, from which the deadlines run; None: it is not known yet."""
    change.connection.execute("UPDATE inspection SET published_on = ?", (_day_text(day),))
    change.set("inspection", inspection.identity, "published_on", _day_text(inspection.published_on), _day_text(day))


def add_person(change: ChangeInProgress, name: str, roles: Iterable[Role]) -> Person:
    """Add a person; where the name is known already, return that person and write nothing."""
    known = find_person(change.connection, name)
    if known is not None:
        return known
    identity, held = fresh_identity(), frozenset(roles)
    key = change.connection.execute("INSERT INTO people (identity, name) VALUES (?, ?)", (identity, name)).lastrowid
    change.connection.executemany(
        "INSERT INTO roles (person_id, role) VALUES (?, ?)", [(key, role.value) for role in held]
    )
    change.add_standing("people", identity)
    return Person(int(key or 0), identity, name, held)


def read_people(connection: Connection) -> tuple[Person, ...]:
    """Return everyone who works on the inspection, in the order they were added."""
    roles: dict[int, set[Role]] = {}
    for person, role in connection.execute("SELECT person_id, role FROM roles"):
        roles.setdefault(person, set()).add(Role(role))
    people = connection.execute("SELECT id, identity, name, active FROM people ORDER BY id")
    return tuple(
        Person(key, identity, name, frozenset(roles.get(key, ())), bool(active))
        for key, identity, name, active in people
    )


def find_person(connection: Connection, name: str) -> Person | None:
    """Return the person called `name`, or None."""
    return next((person for person in read_people(connection) if person.name == name), None)


def find_renamed(connection: Connection, name: str) -> Person | None:
    """Return the person who was once called `name`, the one renamed last where there are several; None where nobody was."""
    # Acts that are about no case are few, and stand together in the index of the history by case.
    row = connection.execute(
        "SELECT v.\"row\" FROM history h JOIN history_values v ON v.sequence = h.sequence WHERE h.case_identity = '' AND h.action = ?"
        " AND v.\"table\" = 'people' AND v.field = 'name' AND v.old_value = ? ORDER BY h.sequence DESC LIMIT 1",
        (Action.RENAME_PERSON.value, name),
    ).fetchone()
    return next((person for person in read_people(connection) if row and person.identity == row[0]), None)


def rename_person(change: ChangeInProgress, person: Person, name: str) -> None:
    """Give a person another name; what they did before stays in the history under the old one, and stays theirs."""
    change.connection.execute("UPDATE people SET name = ? WHERE id = ?", (name, person.key))
    change.set("people", person.identity, "name", person.name, name)


def set_roles(change: ChangeInProgress, person: Person, roles: Iterable[Role]) -> None:
    """Give a person these roles in place of those they have."""
    held = frozenset(roles)
    change.connection.execute("DELETE FROM roles WHERE person_id = ?", (person.key,))
    change.connection.executemany(
        "INSERT INTO roles (person_id, role) VALUES (?, ?)", [(person.key, role.value) for role in held]
    )
    change.set("people", person.identity, "roles", _role_codes(person.roles), _role_codes(held))


def set_active(change: ChangeInProgress, person: Person, active: bool) -> None:
    """Note whether a person works on the inspection still; nothing of theirs goes."""
    change.connection.execute("UPDATE people SET active = ? WHERE id = ?", (int(active), person.key))
    change.set("people", person.identity, "active", int(person.active), int(active))


def _role_codes(roles: Iterable[Role]) -> str:
    return json.dumps(sorted(role.value for role in roles))


def write_previous(change: ChangeInProgress, previous: PreviousResults) -> None:
    """Record what an earlier inspection found; one recorded before stays beside it, and the newest counts."""
    key = change.connection.execute(
        "INSERT INTO previous_results (identity, label, kind, methodology, good, total, percent_good, force, inspection_identity, case_choice,"
        " fieldwork_start, published_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(previous.identity, previous.label, previous.kind.value if previous.kind else None),
            *(previous.methodology, previous.good, previous.total, previous.percent_good),
            *(previous.force, previous.inspection_identity, previous.case_choice.value),
            *(_day_text(previous.fieldwork_start), _day_text(previous.published_on)),
        ),
    ).lastrowid
    counts = [(ALL_AREAS, grade, cases) for grade, cases in previous.counts]
    counts += [(area, grade, cases) for area, by_grade in previous.area_counts for grade, cases in by_grade]
    change.connection.executemany(
        "INSERT INTO previous_counts (previous_id, area, grade, cases) VALUES (?, ?, ?, ?)",
        [(key, *count) for count in counts],
    )
    stages = [("stage", stage, grade, n) for stage, by_grade in previous.stage_counts for grade, n in by_grade]
    change.connection.executemany(
        "INSERT INTO previous_breakdown (previous_id, measure, code, grade, cases) VALUES (?, ?, ?, ?, ?)",
        [(key, *count) for count in (*stages, *(("reason", code, "", n) for code, n in previous.reason_counts))],
    )
    change.add_standing("previous_results", previous.identity)


_PREVIOUS = (
    "SELECT id, identity, label, kind, methodology, good, total, percent_good, force, inspection_identity, case_choice, fieldwork_start,"
    " published_on FROM previous_results ORDER BY id DESC"
)


def read_previous(connection: Connection) -> PreviousResults | None:
    """Return the results of the previous inspection, or None; see `the_previous`."""
    (force,) = connection.execute("SELECT force FROM inspection").fetchone()
    return the_previous(read_all_previous(connection), force)


def read_all_previous(connection: Connection) -> tuple[PreviousResults, ...]:
    """Return what is recorded of earlier inspections, the newest record first: the one that counts."""
    return tuple(_previous(connection, row) for row in connection.execute(_PREVIOUS).fetchall())


def remove_previous(change: ChangeInProgress, previous: PreviousResults) -> None:
    """Take recorded results out of the file; the history keeps what they were."""
    change.remove_standing("previous_results", previous.identity)
    run = change.connection
    (key,) = run.execute("SELECT id FROM previous_results WHERE identity = ?", (previous.identity,)).fetchone()
    for table, column in (
        ("previous_counts", "previous_id"),
        ("previous_breakdown", "previous_id"),
        ("previous_results", "id"),
    ):
        run.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))


def _previous(connection: Connection, row: tuple[Any, ...]) -> PreviousResults:
    by_area: dict[str, list[tuple[str, int]]] = {}
    for area, grade, cases in connection.execute(
        "SELECT c.area, c.grade, c.cases FROM previous_counts c LEFT JOIN grades g ON g.code = c.grade WHERE previous_id = ?"
        " ORDER BY c.area, g.position",
        (row[0],),
    ):
        by_area.setdefault(area, []).append((grade, cases))
    overall = tuple(by_area.pop(ALL_AREAS, ()))
    by_stage: dict[str, list[tuple[str, int]]] = {}
    reasons: list[tuple[str, int]] = []
    for measure, code, grade, cases in connection.execute(
        "SELECT b.measure, b.code, b.grade, b.cases FROM previous_breakdown b LEFT JOIN grades g ON g.code = b.grade WHERE previous_id = ?"
        " ORDER BY b.measure, b.code, g.position",
        (row[0],),
    ):
        if measure == "stage":
            by_stage.setdefault(code, []).append((grade, cases))
        else:
            reasons.append((code, cases))
    return PreviousResults(
        identity=row[1],
        label=row[2],
        kind=InspectionKind(row[3]) if row[3] else None,
        methodology=row[4],
        counts=overall,
        area_counts=tuple((area, tuple(counts)) for area, counts in by_area.items()),
        good=row[5],
        total=row[6],
        percent_good=row[7],
        stage_counts=tuple((stage, tuple(counts)) for stage, counts in by_stage.items()),
        reason_counts=tuple(reasons),
        force=row[8],
        inspection_identity=row[9],
        case_choice=CaseChoice(row[10]),
        fieldwork_start=_day(row[11]),
        published_on=_day(row[12]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def tell_protection(change: ChangeInProgress, inspection: str, old: FileKey | None, new: FileKey | None) -> None:
    """Tell that the file of the inspection with that identity came under another passphrase, or under none.

    It is told by the salts, which are the first bytes of the files and no secret. No table holds it: the file itself does.
    """
    change.set("protection", inspection, "salt", old.salt.hex() if old else None, new.salt.hex() if new else None)
