"""Search and overview in a large file."""

from __future__ import annotations

from pathlib import Path

from ncpi_desktop.storage.inspection_repository import read_previous
from ncpi_desktop.storage.tally_repository import read_tallies, recount
from ncpi_desktop.workflows import browsing
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.bench.big_audit import big_audit
from tests.bench.measure import Figure, quantile, time_each

QUERIES = (
    ("a common word", "child "),
    ("two common words", "child school "),
    ("a word begun", "sup"),
    ("one letter", "s"),
    ("a rare word", "marker97x97"),
    ("a word that is nowhere", "zebra "),
    ("common words and one that is nowhere", "child school zebra "),
)


def bench(folder: Path, large: int) -> list[Figure]:
    """Return the figures for the large file."""
    begun: list[float] = []
    path = big_audit(folder / f"cases-{large}.ncpi", large)
    begun = time_each(lambda _n: AuditSession.open(path, person="Inspector 1").close(), 5)
    session = AuditSession.open(path, person="Inspector 1")
    figures = [
        Figure(
            f"open, {large:,} cases", f"{quantile(begun, 0.5):.1f} ms", "-", "<= 100 ms", quantile(begun, 0.5) <= 100
        )
    ]
    for name, words in QUERIES:
        taken = time_each(lambda _n, words=words: browsing.search(session, words), 15)
        middle = quantile(taken, 0.5)
        worst = max(taken)
        figures.append(
            Figure(
                f"search {name}, {large:,} entries", f"{middle:.1f} ms, worst {worst:.1f}", "-", "< 50 ms", worst < 50
            )
        )
    taken = time_each(lambda _n: findings_of(session), 50)
    counts = time_each(lambda _n: (read_tallies(session.file.connection), read_previous(session.file.connection)), 50)
    middle = quantile(taken, 0.5)
    figures.append(
        Figure(
            f"overview figures, {large:,} cases",
            f"{middle:.2f} ms",
            f"kept counts alone {quantile(counts, 0.5):.2f} ms",
            "< 1 ms",
            middle < 1,
        )
    )
    figures.append(
        Figure(
            "kept counts equal a full recount",
            str(dict(read_tallies(session.file.connection)) == dict(recount(session.file.connection))),
            "-",
            "True",
            dict(read_tallies(session.file.connection)) == dict(recount(session.file.connection)),
        )
    )
    session.close()
    return figures
