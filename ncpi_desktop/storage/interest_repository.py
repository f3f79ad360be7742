"""Keeps in which force units people declared an interest: they read no case of these."""

from __future__ import annotations

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.moderation.conflict import Interest, plain_unit
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import from_text, to_text

LOOKED_THROUGH = 20_000
"""Of so many tags at most is it known which units there are: the time it takes does not grow with the file."""


def read_interests(connection: Connection, person: int | None = None) -> tuple[Interest, ...]:
    """Return every interest that was declared, oldest first; of one person (their key) where one is given."""
    rows = connection.execute(
        "SELECT person_id, unit, because, declared_at FROM interests WHERE ?1 IS NULL OR person_id = ?1 ORDER BY id",
        (person,),
    )
    return tuple(Interest(who, unit, because, from_text(at)) for who, unit, because, at in rows)


def add_interest(change: ChangeInProgress, person: int, unit: str, because: str) -> bool:
    """Keep an interest; return False where that person has declared that unit already, whatever its capitals."""
    run = change.connection
    if any(interest.plain_unit == plain_unit(unit) for interest in read_interests(run, person)):
        return False
    identity = fresh_identity()
    run.execute(
        "INSERT INTO interests (identity, person_id, unit, because, declared_at) VALUES (?, ?, ?, ?, ?)",
        (identity, person, unit, because, to_text(change.at)),
    )
    change.add_standing("interests", identity)
    return True


def remove_interest(change: ChangeInProgress, person: int, unit: str) -> bool:
    """Take an interest away, which the history keeps; return False where there is none."""
    run = change.connection
    rows = run.execute("SELECT id, identity, unit FROM interests WHERE person_id = ?", (person,)).fetchall()
    held = next((row for row in rows if plain_unit(row[2]) == plain_unit(unit)), None)
    if held is None:
        return False
    change.remove_standing("interests", held[1])
    run.execute("DELETE FROM interests WHERE id = ?", (held[0],))
    return True


def tags_of(connection: Connection, case: CaseKey) -> tuple[str, ...]:
    """Return the tags that a case bears, among them its unit."""
    rows = connection.execute("SELECT tag FROM case_tags WHERE case_id = ? ORDER BY position", (case,))
    return tuple(tag for (tag,) in rows)


def known_tags(connection: Connection) -> tuple[tuple[str, ...], bool]:
    """Return the tags that cases bear, sorted, and whether these are all: of a large file only the first cases are looked through."""
    found: set[str] = set()
    seen = 0
    for (tag,) in connection.execute("SELECT tag FROM case_tags LIMIT ?", (LOOKED_THROUGH,)):
        seen += 1
        found.add(tag)
    return tuple(sorted(found, key=lambda tag: (tag.casefold(), tag))), seen < LOOKED_THROUGH
