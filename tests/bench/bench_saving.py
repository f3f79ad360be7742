"""A grade durably saved, against a bare one-row commit with the same settings, turn by turn."""

from __future__ import annotations

from pathlib import Path

from ncpi_desktop.domain.casework.worklist import QueueChoice, QueueFilter
from ncpi_desktop.storage.engine import Connection, connect
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.session import AuditSession
from tests.bench.big_audit import GRADES, big_audit
from tests.bench.measure import Figure, quantile, time_each


def bare_commits(folder: Path) -> Connection:
    """Return a database with one table of the same settings."""
    path = folder / "bare.db"
    path.unlink(missing_ok=True)
    connection = connect(str(path))
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("CREATE TABLE grades (id INTEGER PRIMARY KEY, grade TEXT)")
    connection.execute("INSERT INTO grades VALUES (1, 'good')")
    return connection


def bench(folder: Path, large: int) -> list[Figure]:
    """Return the figures for the small and the large file."""
    figures = []
    for size in (1000, large):
        session = AuditSession.open(big_audit(folder / f"cases-{size}.ncpi", size), person="Inspector 1")
        bare = bare_commits(folder)
        rows = browsing.queue_rows(
            session, browsing.filtered_positions(session, QueueFilter(QueueChoice.TO_DO), 0, 500)
        )
        cases = [row.case for row in rows]

        def grade(number: int, session: AuditSession = session, cases: list = cases) -> None:  # type: ignore[type-arg]
            reviewing.give_grade(session, cases[number % len(cases)], GRADES[number // len(cases) % 3])

        def commit(number: int, bare: Connection = bare) -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("UPDATE grades SET grade = ? WHERE id = 1", (GRADES[number % 3],))
            bare.execute("COMMIT")

        ours, floor = [], []
        for turn in range(100):  # Many short turns: a slow moment of a shared disk then falls on both alike.
            first = turn * 50
            ours += time_each(lambda n, first=first: grade(first + n), 50)
            floor += time_each(lambda n, first=first: commit(first + n), 50)
        for name, share, reach in (("p50", 0.5, 2.5), ("p99", 0.99, 2.0)):
            mine, theirs = quantile(ours, share), quantile(floor, share)
            figures.append(
                Figure(
                    f"grade durably saved, {name}, {size:,} cases",
                    f"{mine:.2f} ms = {mine / theirs:.2f} x",
                    f"bare one-row commit {theirs:.2f} ms",
                    f"<= {reach} x",
                    mine / theirs <= reach,
                )
            )
        session.close()
        bare.close()
    return figures
