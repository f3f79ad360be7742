"""Keeps the findings that the team lead writes, the reasons and cases they rest on, and their illustrations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.finding import (
    FindingKey,
    FindingKind,
    FindingPlace,
    Illustration,
    IllustrationKey,
    LinkedCase,
    Subject,
    WrittenFinding,
)
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.kept_table import as_value
from ncpi_desktop.storage.kept_tables import TABLE_CALLED

_FINDINGS = "SELECT id, identity, position, subject, stage, kind, title, text FROM findings"
_ILLUSTRATIONS = (
    "SELECT i.finding_id, i.id, i.identity, i.case_id, c.reference, i.text, i.cleared_because FROM illustrations i"
    " JOIN cases c ON c.id = i.case_id"
)
_LINKS: Final = {"reasons": ("finding_reasons", "reason"), "cases": ("finding_cases", "case_id")}


def read_findings(connection: Connection) -> tuple[WrittenFinding, ...]:
    """Return every finding by place, with all that belongs to it; costs as much as there are findings and links."""
    reasons: dict[int, list[str]] = {}
    for key, reason in connection.execute(
        "SELECT f.finding_id, f.reason FROM finding_reasons f JOIN reasons r ON r.code = f.reason ORDER BY r.position"
    ):
        reasons.setdefault(key, []).append(reason)
    cases: dict[int, list[LinkedCase]] = {}
    for key, case, reference in connection.execute(
        "SELECT f.finding_id, c.id, c.reference FROM finding_cases f JOIN cases c ON c.id = f.case_id ORDER BY c.reference"
    ):
        cases.setdefault(key, []).append(LinkedCase(CaseKey(case), reference))
    told: dict[int, list[Illustration]] = {}
    for row in connection.execute(f"{_ILLUSTRATIONS} ORDER BY i.position, i.id"):
        told.setdefault(row[0], []).append(_illustration(row))
    return tuple(
        _finding(row, reasons.get(row[0], ()), cases.get(row[0], ()), told.get(row[0], ()))
        for row in connection.execute(f"{_FINDINGS} ORDER BY position, id")
    )


def read_finding(connection: Connection, key: FindingKey) -> WrittenFinding | None:
    """Return one finding; None where it is not there."""
    row = connection.execute(f"{_FINDINGS} WHERE id = ?", (key,)).fetchone()
    if row is None:
        return None
    reasons = connection.execute(
        "SELECT f.reason FROM finding_reasons f JOIN reasons r ON r.code = f.reason WHERE f.finding_id = ? ORDER BY r.position",
        (key,),
    )
    cases = connection.execute(
        "SELECT c.id, c.reference FROM finding_cases f JOIN cases c ON c.id = f.case_id WHERE f.finding_id = ? ORDER BY c.reference",
        (key,),
    )
    told = connection.execute(f"{_ILLUSTRATIONS} WHERE i.finding_id = ? ORDER BY i.position, i.id", (key,))
    return _finding(
        row,
        [reason for (reason,) in reasons],
        [LinkedCase(CaseKey(case), reference) for case, reference in cases],
        [_illustration(row) for row in told],
    )


def finding_of_illustration(connection: Connection, key: IllustrationKey) -> FindingKey | None:
    """Return the finding that an illustration belongs to; None where it is not there."""
    row = connection.execute("SELECT finding_id FROM illustrations WHERE id = ?", (key,)).fetchone()
    return FindingKey(row[0]) if row else None


def add_finding(
    change: ChangeInProgress,
    place: FindingPlace,
    title: str,
    text: str,
    reasons: Sequence[str],
    cases: Sequence[CaseKey],
) -> FindingKey:
    """Keep a new finding behind all others; return its key."""
    identity, run = fresh_identity(), change.connection
    key = run.execute(
        "INSERT INTO findings (identity, position, subject, stage, kind, title, text)"
        " VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM findings), ?, ?, ?, ?, ?)",
        (identity, place.subject.value, place.stage, place.kind.value, title, text),
    ).lastrowid
    run.executemany("INSERT INTO finding_reasons (finding_id, reason) VALUES (?, ?)", [(key, code) for code in reasons])
    run.executemany("INSERT INTO finding_cases (finding_id, case_id) VALUES (?, ?)", [(key, case) for case in cases])
    change.add_standing("findings", identity)
    return FindingKey(int(key or 0))


def set_title(change: ChangeInProgress, finding: WrittenFinding, title: str) -> None:
    """Give a finding another title."""
    _set(change, "findings", finding.identity, "title", finding.title, title)


def set_place(change: ChangeInProgress, finding: WrittenFinding, place: FindingPlace) -> None:
    """Put a finding under another kind, subject or stage."""
    _set(change, "findings", finding.identity, "kind", finding.kind.value, place.kind.value)
    _set(change, "findings", finding.identity, "subject", finding.subject.value, place.subject.value)
    _set(change, "findings", finding.identity, "stage", finding.stage, place.stage)


def set_text(change: ChangeInProgress, finding: WrittenFinding, text: str) -> None:
    """Replace the text; the history keeps what differs."""
    _splice(change, "findings", finding.identity, finding.text, text)


def change_places(change: ChangeInProgress, one: WrittenFinding, other: WrittenFinding) -> None:
    """Let two findings change their positions."""
    _set(change, "findings", one.identity, "position", one.position, other.position)
    _set(change, "findings", other.identity, "position", other.position, one.position)


def link(change: ChangeInProgress, finding: WrittenFinding, field: str, value: str | CaseKey) -> None:
    """Let a finding rest on a reason (`field` *reasons*) or a case (*cases*); one that it rests on already stays."""
    table, column = _LINKS[field]
    _relink(change, finding, field, f"INSERT OR IGNORE INTO {table} (finding_id, {column}) VALUES (?, ?)", value)


def unlink(change: ChangeInProgress, finding: WrittenFinding, field: str, value: str | CaseKey) -> None:
    """Take a reason or a case off a finding."""
    table, column = _LINKS[field]
    _relink(change, finding, field, f"DELETE FROM {table} WHERE finding_id = ? AND {column} = ?", value)


def add_illustration(change: ChangeInProgress, finding: WrittenFinding, case: CaseKey, text: str) -> IllustrationKey:
    """Keep an illustration behind the others of its finding; return its key."""
    identity = fresh_identity()
    key = change.connection.execute(
        "INSERT INTO illustrations (identity, finding_id, case_id, position, text) VALUES (?, ?, ?,"
        " (SELECT coalesce(max(position), 0) + 1 FROM illustrations WHERE finding_id = ?), ?)",
        (identity, finding.key, case, finding.key, text),
    ).lastrowid
    change.add_standing("illustrations", identity)
    return IllustrationKey(int(key or 0))


def set_illustration(change: ChangeInProgress, told: Illustration, text: str) -> None:
    """Replace the words of an illustration. What cleared the words before clears no others."""
    if text != told.text:
        set_cleared(change, told, "")
    _splice(change, "illustrations", told.identity, told.text, text)


def set_cleared(change: ChangeInProgress, told: Illustration, because: str) -> None:
    """Keep why words that look like an identifier are none."""
    _set(change, "illustrations", told.identity, "cleared_because", told.cleared_because, because)


def remove_illustration(change: ChangeInProgress, told: Illustration) -> None:
    """Take an illustration away; the history keeps it."""
    change.remove_standing("illustrations", told.identity)
    change.connection.execute("DELETE FROM illustrations WHERE id = ?", (told.key,))


def remove_finding(change: ChangeInProgress, finding: WrittenFinding) -> None:
    """Take a finding away with its links and illustrations; the history keeps them. Nothing may rest on it."""
    for told in finding.illustrations:
        remove_illustration(change, told)
    change.remove_standing("findings", finding.identity)
    for table in ("finding_reasons", "finding_cases"):
        change.connection.execute(f"DELETE FROM {table} WHERE finding_id = ?", (finding.key,))
    change.connection.execute("DELETE FROM findings WHERE id = ?", (finding.key,))


def resting_on(connection: Connection, finding: FindingKey) -> tuple[int, ...]:
    """Return the numbers of the recommendations that rest on a finding."""
    rows = connection.execute(
        "SELECT r.number FROM recommendation_findings f JOIN recommendations r ON r.id = f.recommendation_id"
        " WHERE f.finding_id = ? ORDER BY r.number",
        (finding,),
    )
    return tuple(int(number) for (number,) in rows)


def _set(
    change: ChangeInProgress, table: str, row: str, field: str, old: str | int | None, new: str | int | None
) -> None:
    if old == new:
        return
    change.connection.execute(f"UPDATE {table} SET {field} = ? WHERE identity = ?", (new, row))
    change.set(table, row, field, old, new)


def _splice(change: ChangeInProgress, table: str, row: str, old: str, new: str) -> None:
    if old == new:
        return
    change.connection.execute(f"UPDATE {table} SET text = ? WHERE identity = ?", (new, row))
    change.splice(table, row, "text", old, new)


def _relink(change: ChangeInProgress, finding: WrittenFinding, field: str, sql: str, value: str | CaseKey) -> None:
    before = links_standing(change.connection, finding.identity, field)
    change.connection.execute(sql, (finding.key, value))
    change.set("findings", finding.identity, field, before, links_standing(change.connection, finding.identity, field))


def links_standing(connection: Connection, finding: str, field: str) -> str | None:
    """Return a list of links as the history keeps it; None where the finding (its identity) is not there."""
    kept = TABLE_CALLED["findings"]
    row = kept.row(connection, finding)
    return None if row is None else str(as_value(kept.field_called[field], row[field]))


def _finding(
    row: tuple[Any, ...], reasons: Sequence[str], cases: Sequence[LinkedCase], told: Sequence[Illustration]
) -> WrittenFinding:
    key, identity, position, subject, stage, kind, title, text = row
    return WrittenFinding(
        place=FindingPlace(FindingKind(kind), Subject(subject), stage),
        title=title,
        text=text,
        reasons=tuple(reasons),
        cases=tuple(cases),
        illustrations=tuple(told),
        position=position,
        key=FindingKey(key),
        identity=identity,
    )


def _illustration(row: tuple[Any, ...]) -> Illustration:
    _finding_key, key, identity, case, reference, text, cleared = row
    return Illustration(
        case=CaseKey(case),
        reference=reference,
        text=text,
        cleared_because=cleared,
        key=IllustrationKey(key),
        identity=identity,
    )
