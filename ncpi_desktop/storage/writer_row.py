"""The heartbeat of whoever has the audit open for work: one row in the file itself, which travels with a copy of it.

The operating system's lock knows nothing of another machine on a stick or a share; this row does. It is no part of the audit, has no
line in the history, and is gone when the file is closed.
"""

from __future__ import annotations

from datetime import datetime

from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.moments import from_text, to_text
from ncpi_desktop.storage.writer_lock import Writer


def read_writer(connection: Connection) -> tuple[Writer, datetime] | None:
    """Return who has the file open and when they last gave a sign of life; None where it was closed."""
    row = connection.execute("SELECT person, machine, process, opened_at, beat_at FROM writer").fetchone()
    if row is None:
        return None
    since, beat = from_text(row[3]), from_text(row[4])
    if since is None or beat is None:
        return None
    return Writer(str(row[0]), str(row[1]), int(row[2]), since), beat


def claim(connection: Connection, writer: Writer, token: str, now: datetime) -> None:
    """Write `writer` as who has the file open from `now` on, in place of anybody else."""
    connection.execute(
        "INSERT OR REPLACE INTO writer (id, token, person, machine, process, opened_at, beat_at) VALUES (1, ?, ?, ?, ?, ?, ?)",
        (token, writer.person, writer.machine, writer.process, to_text(writer.since), to_text(now)),
    )


def beat(connection: Connection, token: str, now: datetime) -> None:
    """Give a sign of life, where the row is still ours."""
    connection.execute("UPDATE writer SET beat_at = ? WHERE token = ?", (to_text(now), token))


def is_writer(connection: Connection, token: str) -> bool:
    """Return whether the row is still ours: False where somebody took the file over."""
    return connection.execute("SELECT 1 FROM writer WHERE token = ?", (token,)).fetchone() is not None


def withdraw(connection: Connection, token: str) -> None:
    """Take our row away."""
    connection.execute("DELETE FROM writer WHERE token = ?", (token,))


def withdraw_all(connection: Connection) -> None:
    """Take away whoever's row it is: in a copy of the audit, which nobody has open."""
    connection.execute("DELETE FROM writer")
