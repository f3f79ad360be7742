"""Keeps what was decided where two readings differ, part by part, beside the draft of the settlement."""

from __future__ import annotations

from datetime import datetime

from ncpi_desktop.domain.grading.review import Review, ReviewKey
from ncpi_desktop.domain.moderation.settlement import Choice, Decision, Part, PartKind
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import to_text


def read_decisions(connection: Connection, settlement: ReviewKey) -> tuple[Decision, ...]:
    """Return every decision of a settlement, in the order in which the parts were first decided."""
    rows = connection.execute(
        "SELECT part, code, choice, value, because, decided_by, decided_at, agreed_by FROM settled_parts WHERE review_id = ? ORDER BY id",
        (settlement,),
    )
    return tuple(
        Decision(
            Part(PartKind(part), code),
            Choice(choice),
            value,
            because,
            decided_by,
            datetime.fromisoformat(decided_at),
            agreed_by,
        )
        for part, code, choice, value, because, decided_by, decided_at, agreed_by in rows
    )


def put_decision(change: ChangeInProgress, settlement: Review, decision: Decision) -> None:
    """Keep a decision in place of an earlier one on the same part, which the history keeps."""
    run = change.connection
    part = decision.part
    held = run.execute(
        "SELECT identity FROM settled_parts WHERE review_id = ? AND part = ? AND code = ?",
        (settlement.key, part.kind.value, part.code),
    ).fetchone()
    if held is not None:
        change.remove_standing("settled_parts", held[0])
        run.execute("DELETE FROM settled_parts WHERE identity = ?", (held[0],))
    identity = fresh_identity()
    run.execute(
        "INSERT INTO settled_parts (identity, review_id, part, code, choice, value, because, decided_by, decided_at, agreed_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(identity, settlement.key, part.kind.value, part.code, decision.choice.value, decision.value),
            *(decision.because, decision.decided_by, to_text(decision.decided_at), decision.agreed_by),
        ),
    )
    change.add_standing("settled_parts", identity)


def agree(change: ChangeInProgress, settlement: Review, part: Part, person: int) -> None:
    """Note that the other reader (their key) agrees to the decision on `part`: from here on it stands."""
    run = change.connection
    identity, was = run.execute(
        "SELECT t.identity, p.identity FROM settled_parts t LEFT JOIN people p ON p.id = t.agreed_by"
        " WHERE t.review_id = ? AND t.part = ? AND t.code = ?",
        (settlement.key, part.kind.value, part.code),
    ).fetchone()
    (now,) = run.execute("SELECT identity FROM people WHERE id = ?", (person,)).fetchone()
    run.execute("UPDATE settled_parts SET agreed_by = ? WHERE identity = ?", (person, identity))
    change.set("settled_parts", identity, "agreed_by", was, now)
