"""Keeps who reads which case, and for which purpose; and tells who has read it."""

from __future__ import annotations

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.moderation.conflict import Reading
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity


def allocate(change: ChangeInProgress, case: CaseKey, person: int, purpose: str = ReviewPurpose.FIRST.value) -> None:
    """Give `case` to a person (their key) for a reading; whoever had it before has it no longer, which the history keeps."""
    run = change.connection
    held = run.execute(
        "SELECT identity, person_id FROM allocations WHERE case_id = ? AND purpose = ?", (case, purpose)
    ).fetchone()
    if held is not None:
        if held[1] == person:
            return
        change.remove_standing("allocations", held[0])
        run.execute("DELETE FROM allocations WHERE identity = ?", (held[0],))
    identity = fresh_identity()
    run.execute(
        "INSERT INTO allocations (identity, case_id, person_id, purpose) VALUES (?, ?, ?, ?)",
        (identity, case, person, purpose),
    )
    change.add_standing("allocations", identity)


def reader_of(connection: Connection, case: CaseKey, purpose: ReviewPurpose) -> int | None:
    """Return who is to read a case for `purpose` (their key); None where it was given to nobody."""
    row = connection.execute(
        "SELECT person_id FROM allocations WHERE case_id = ? AND purpose = ?", (case, purpose.value)
    ).fetchone()
    return row[0] if row else None


def is_for_practice(connection: Connection, case: CaseKey) -> bool:
    """Return whether a case is one of a practice set, and none of the audit's."""
    return connection.execute("SELECT 1 FROM practice_cases WHERE case_id = ?", (case,)).fetchone() is not None


def readings_of(connection: Connection, case: CaseKey) -> tuple[Reading, ...]:
    """Return who has read a case and why, from every review that was begun, reopened ones among them."""
    rows = connection.execute(
        "SELECT DISTINCT purpose, reviewer_id FROM reviews WHERE case_id = ? AND reviewer_id IS NOT NULL", (case,)
    )
    return tuple((ReviewPurpose(purpose), reader) for purpose, reader in rows)
