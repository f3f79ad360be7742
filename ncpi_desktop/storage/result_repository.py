"""Keeps a line to each case with a final judgement, derived from its reviews: the cases behind any figure are one indexed stretch of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.storage.engine import Connection

FINAL_REVIEW = (
    "(SELECT r.id FROM reviews r WHERE r.case_id = {0} AND r.state = 'submitted' AND r.purpose IN ('first', 'settlement')"
    " ORDER BY r.purpose = 'settlement' DESC, r.id DESC LIMIT 1)"
)
"""The judgement that counts for a case: the settled one, else the submitted first one."""

_AT_ONCE = 400
_COLUMNS = "case_id, position, area, review_id, grade, own_grade"
_EXPECTED = (
    "SELECT w.case_id, w.position, w.area, f.id, f.grade, o.grade FROM worklist w"
    f" CROSS JOIN reviews f ON f.id = {FINAL_REVIEW.format('w.case_id')} LEFT JOIN own_grades o ON o.case_id = w.case_id"
)


def rebuild_results(connection: Connection) -> None:
    """Lay all lines anew, once the queue stands; linear in the file."""
    connection.execute("DELETE FROM results")
    connection.execute(f"INSERT INTO results ({_COLUMNS}) {_EXPECTED}")


def refresh_result(connection: Connection, case: CaseKey) -> None:
    """Bring the line of one case up to date; it has one only while its judgement stands."""
    kept = connection.execute(f"SELECT {_COLUMNS} FROM results WHERE case_id = ?", (case,)).fetchone()
    now = connection.execute(f"{_EXPECTED} WHERE w.case_id = ?", (case,)).fetchone()
    if kept == now:
        return
    connection.execute("DELETE FROM results WHERE case_id = ?", (case,))
    if now is not None:
        connection.execute(f"INSERT INTO results ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", now)


def result_differences(connection: Connection) -> Iterator[int]:
    """Yield the case of each line that is not as it should stand: for the check."""
    kept = f"SELECT {_COLUMNS} FROM results"
    for there, other in ((kept, _EXPECTED), (_EXPECTED, kept)):
        for (case,) in connection.execute(f"SELECT case_id FROM ({there} EXCEPT {other})"):
            yield int(case)


def without_result(connection: Connection, cases: Sequence[CaseKey]) -> dict[CaseKey, bool]:
    """Return those of `cases` that have no final judgement now, each with whether it had one that was reopened."""
    found: dict[CaseKey, bool] = {}
    for start in range(0, len(cases), _AT_ONCE):
        some = cases[start : start + _AT_ONCE]
        rows = connection.execute(
            "SELECT c.id, EXISTS (SELECT 1 FROM reviews r WHERE r.case_id = c.id AND r.purpose = 'first' AND r.state = 'superseded'"
            " AND r.submitted_at IS NOT NULL) FROM cases c LEFT JOIN results f ON f.case_id = c.id WHERE f.case_id IS NULL AND c.id IN"
            f" ({', '.join('?' * len(some))})",
            some,
        )
        found.update((CaseKey(case), bool(reopened)) for case, reopened in rows)
    return found
