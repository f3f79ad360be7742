"""Keeps the press notice and the exit briefing, one text each."""

from __future__ import annotations

from ncpi_desktop.domain.findings.notice import Notice, NoticeKind
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity


def read_notice(connection: Connection, kind: NoticeKind) -> Notice | None:
    """Return the notice of a kind; None where nobody has begun it."""
    row = connection.execute("SELECT text, identity FROM notices WHERE kind = ?", (kind.value,)).fetchone()
    return Notice(kind, *row) if row else None


def set_notice(change: ChangeInProgress, kind: NoticeKind, text: str) -> None:
    """Keep what a notice says now; the history keeps the characters that differ, so that every earlier text can be read there."""
    held = read_notice(change.connection, kind)
    if held is None:
        if not text:
            return
        held = Notice(kind, "", fresh_identity())
        change.connection.execute(
            "INSERT INTO notices (identity, kind, text) VALUES (?, ?, '')", (held.identity, kind.value)
        )
        change.add_standing("notices", held.identity)
    if held.text != text:
        change.connection.execute("UPDATE notices SET text = ? WHERE identity = ?", (text, held.identity))
        change.splice("notices", held.identity, "text", held.text, text)
