"""Keeps the inspection itself, its people, and the results of an earlier one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from ncpi_desktop.domain.casework.inspection import (
    Inspection,
    InspectionKind,
    Marking,
    Person,
    PreviousResults,
    Role,
)
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import to_text

ALL_AREAS = ""
"""How previous counts over all areas stand in `previous_counts.area`."""


def write_inspection(change: ChangeInProgress, inspection: Inspection) -> None:
    """Describe the inspection in a new file."""
    change.connection.execute(
        "INSERT INTO inspection (id, identity, created_at, force, kind, methodology, marking, fieldwork_start, fieldwork_end, is_sample)"
        " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(inspection.identity, to_text(change.at), inspection.force, inspection.kind.value, inspection.methodology),
            inspection.marking.value,
            inspection.fieldwork_start.isoformat() if inspection.fieldwork_start else None,
            inspection.fieldwork_end.isoformat() if inspection.fieldwork_end else None,
            int(inspection.is_sample),
        ),
    )
    change.add_standing("inspection", inspection.identity)


def read_inspection(connection: Connection) -> Inspection:
    """Return what this file is about."""
    row = connection.execute(
        "SELECT identity, force, kind, methodology, marking, fieldwork_start, fieldwork_end, is_sample FROM inspection"
    ).fetchone()
    return Inspection(
        identity=row[0],
        force=row[1],
        kind=InspectionKind(row[2]),
        methodology=row[3],
        marking=Marking(row[4]),
        fieldwork_start=date.fromisoformat(row[5]) if row[5] else None,
        fieldwork_end=date.fromisoformat(row[6]) if row[6] else None,
        is_sample=bool(row[7]),
    )


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
        "INSERT INTO previous_results (identity, label, kind, methodology, good, total, percent_good) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(previous.identity, previous.label, previous.kind.value if previous.kind else None),
            *(previous.methodology, previous.good, previous.total, previous.percent_good),
        ),
    ).lastrowid
    counts = [(ALL_AREAS, grade, cases) for grade, cases in previous.counts]
    counts += [(area, grade, cases) for area, by_grade in previous.area_counts for grade, cases in by_grade]
    change.connection.executemany(
        "INSERT INTO previous_counts (previous_id, area, grade, cases) VALUES (?, ?, ?, ?)",
        [(key, *count) for count in counts],
    )
    change.add_standing("previous_results", previous.identity)


def read_previous(connection: Connection) -> PreviousResults | None:
    """Return the newest results of an earlier inspection, or None."""
    row = connection.execute(
        "SELECT id, identity, label, kind, methodology, good, total, percent_good FROM previous_results ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    by_area: dict[str, list[tuple[str, int]]] = {}
    for area, grade, cases in connection.execute(
        "SELECT c.area, c.grade, c.cases FROM previous_counts c LEFT JOIN grades g ON g.code = c.grade WHERE previous_id = ?"
        " ORDER BY c.area, g.position",
        (row[0],),
    ):
        by_area.setdefault(area, []).append((grade, cases))
    overall = tuple(by_area.pop(ALL_AREAS, ()))
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
    )


def tell_protection(change: ChangeInProgress, inspection: str, old: FileKey | None, new: FileKey | None) -> None:
    """Tell that the file of the inspection with that identity came under another passphrase, or under none.

    It is told by the salts, which are the first bytes of the files and no secret. No table holds it: the file itself does.
    """
    change.set("protection", inspection, "salt", old.salt.hex() if old else None, new.salt.hex() if new else None)
