"""Finds what a rationale or a note said earlier, by taking its later splices back from what it says now."""

from __future__ import annotations

from typing import Literal

from ncpi_desktop.storage.engine import Connection

TextField = Literal["rationale", "notes"]

# By case, since the values alone have no index by row; whatever was brought in together stands before any of these.
_LATER = (
    'SELECT v."offset", v.old_value, v.new_value FROM history h JOIN history_values v ON v.sequence = h.sequence'
    " WHERE h.case_identity = ? AND h.sequence > ? AND v.\"table\" = 'reviews' AND v.\"row\" = ? AND v.field = ? AND v.operation = 'splice'"
    " ORDER BY h.sequence DESC, v.position DESC"
)


def text_after(connection: Connection, review: str, field: TextField, sequence: int) -> str | None:
    """Return the text of a review (its identity) as change `sequence` left it.

    None where it can't be told any more: part of it was taken out of the history since.
    """
    row = connection.execute(
        f"SELECT c.identity, r.{field} FROM reviews r JOIN cases c ON c.id = r.case_id WHERE r.identity = ?", (review,)
    ).fetchone()
    if row is None:
        return None
    case, text = str(row[0]), str(row[1])
    for offset, old, new in connection.execute(_LATER, (case, sequence, review, field)):
        if old is None or new is None or text[offset : offset + len(new)] != new:
            return None
        text = text[:offset] + old + text[offset + len(new) :]
    return text
