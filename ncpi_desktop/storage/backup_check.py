"""Looks at a copy of a large audit: whether all of its pages are whole and it counts what it says, without walking its history."""

from __future__ import annotations

from ncpi_desktop.storage.engine import Connection, DatabaseError
from ncpi_desktop.storage.integrity import Tick, stoppable
from ncpi_desktop.words import _


def fault_by_pages(connection: Connection, tick: Tick) -> str:
    """Return in a sentence what is wrong with the pages or the counts of a copy; empty where nothing is. `tick` may raise to stop.

    The work is SQLite's own and linear in the size; a window's thread is not held up by it.
    """
    with stoppable(connection, lambda: tick(0, 1)):
        try:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                return _("SQLite finds: {fault}").format(fault=" ".join(str(found).split()))
            changes, last, cases, queued = connection.execute(
                "SELECT (SELECT count(*) FROM history), (SELECT coalesce(max(sequence), 0) FROM history),"
                " (SELECT count(*) FROM cases), (SELECT count(*) FROM worklist)"
            ).fetchone()
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'practice_cases'").fetchone():
                cases -= connection.execute("SELECT count(*) FROM practice_cases").fetchone()[0]
        except DatabaseError:
            return _("Part of the file can't be read.")
    if changes != last:
        return _("Its history has gaps.")
    if cases != queued:
        return _("The queue does not have one line for each case, in unbroken order.")
    return ""


def last_change(connection: Connection) -> tuple[int, str]:
    """Return the sequence and the seal of the last change; 0 and nothing in a file without history."""
    row = connection.execute("SELECT sequence, seal FROM history ORDER BY sequence DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def is_of_past(connection: Connection, sequence: int, seal: str) -> bool:
    """Return whether the change `sequence` of this file has a seal that begins with `seal`: what bears it is of this file's past."""
    row = connection.execute("SELECT seal FROM history WHERE sequence = ?", (sequence,)).fetchone()
    return row is not None and str(row[0]).startswith(seal)
