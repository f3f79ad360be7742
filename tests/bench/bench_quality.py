"""Figures of agreement over a file read twice throughout: from kept counts, against scikit-learn on the same grades and bare SQL."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

from ncpi_desktop.domain.findings.quality_form import quality_form
from ncpi_desktop.domain.findings.tally import pair_contributions
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.derived import rebuild_derived
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.second_reading_repository import pairs_read_twice
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.bench.big_audit import GRADES, OPEN_SHARE, big_audit
from tests.bench.measure import Figure, quantile, time_each

SMALL = 1_000
BARE = (
    "SELECT a.grade, b.grade, count(*) FROM reviews b CROSS JOIN reviews a ON a.case_id = b.case_id AND a.purpose = 'first'"
    " WHERE b.purpose = 'second' GROUP BY 1, 2"
)
GRADES_OF_BOTH = (
    "SELECT a.grade, b.grade FROM reviews b CROSS JOIN reviews a ON a.case_id = b.case_id AND a.purpose = 'first'"
    " WHERE b.purpose = 'second'"
)


def read_twice(folder: Path, reviews: int) -> Path:
    """Return an audit file in which about `reviews` cases are read twice; one made before is used again."""
    path = folder / f"twice-{reviews}.ncpi"
    if not path.exists():
        code = "import sys; from tests.bench.bench_quality import make; make(sys.argv[1], int(sys.argv[2]))"
        subprocess.run([sys.executable, "-c", code, str(path), str(reviews)], check=True)
    return path


def make(place: str, reviews: int) -> None:
    """Make the file in this process: every case that is reviewed was drawn and read again, four in five alike."""
    path = Path(place)
    made = big_audit(path.with_suffix(".part"), reviews * OPEN_SHARE // (OPEN_SHARE - 1) + OPEN_SHARE)
    file = AuditFile.open(made)
    run = file.connection
    run.execute("PRAGMA synchronous = OFF")
    run.execute("PRAGMA journal_mode = OFF")
    run.execute("BEGIN")
    _read_again(run, random.Random(reviews))
    rebuild_derived(run)
    run.execute("COMMIT")
    run.execute("PRAGMA journal_mode = DELETE").fetchall()
    file.close()
    made.rename(path)


def _read_again(run: Connection, dice: random.Random) -> None:
    at = "2026-01-06T09:00:00.000Z"
    run.execute("INSERT INTO people (id, identity, name) VALUES (2, 'p2', 'Quality assurer 1')")
    run.execute("INSERT INTO roles (person_id, role) VALUES (2, 'quality-assurer')")
    run.execute(
        "INSERT INTO samples (id, identity, purpose, rules, seed, frame_size, drawn_at) VALUES (1, 's1', 'quality', '', 1, 0, ?)",
        (at,),
    )
    firsts = run.execute(
        "SELECT id, case_id, grade FROM reviews WHERE purpose = 'first' AND state = 'submitted'"
    ).fetchall()
    behind = max(review for review, _case, _grade in firsts)
    seconds = [
        (behind + review, review, case, grade if dice.random() < 0.8 else dice.choice(GRADES))
        for review, case, grade in firsts
    ]
    run.executemany(
        "INSERT INTO sample_cases (sample_id, case_id, position) VALUES (1, ?, ?)",
        ((case, case) for _s, _f, case, _g in seconds),
    )
    run.executemany(
        "INSERT INTO reviews (id, identity, case_id, reviewer_id, purpose, state, grade, rationale, started_at, submitted_at)"
        " VALUES (?, ?, ?, 2, 'second', 'submitted', ?, 'Read again.', ?, ?)",
        ((second, f"q{second:031x}", case, grade, at, at) for second, _first, case, grade in seconds),
    )
    run.executemany(
        "INSERT INTO stage_grades (review_id, stage, grade) SELECT ?, stage, grade FROM stage_grades WHERE review_id = ?",
        ((second, first) for second, first, _case, _grade in seconds),
    )
    run.executemany(
        "INSERT INTO given_reasons (identity, review_id, reason) SELECT 'q' || identity, ?, reason FROM given_reasons WHERE review_id = ?",
        ((second, first) for second, first, _case, _grade in seconds),
    )


def bench(folder: Path, large: int) -> list[Figure]:
    """Return the figures; medians, all in one process."""
    small = AuditSession.open(read_twice(folder, SMALL), person="Inspector 1")
    session = AuditSession.open(read_twice(folder, large), person="Inspector 1")
    connection = session.file.connection
    firsts, seconds = zip(*connection.execute(GRADES_OF_BOTH), strict=True)
    n = findings_of(session).quality.compared
    drawn = quantile(time_each(lambda _n: quality_form(findings_of(session).quality), 15), 0.5)
    drawn_small = quantile(time_each(lambda _n: quality_form(findings_of(small).quality), 15), 0.5)
    peer = quantile(
        time_each(lambda _n: cohen_kappa_score(firsts, seconds, labels=GRADES, weights="quadratic"), 3), 0.5
    )
    bare = quantile(time_each(lambda _n: connection.execute(BARE).fetchall(), 3), 0.5)
    recounted = time_each(lambda _n: _recount(connection), 1)[0]
    small.close()
    session.close()
    what = f"agreement over {n:,} reviews read twice"
    return [
        Figure(
            f"{what}, every figure of it",
            f"{drawn:.1f} ms = {drawn / peer:.3f} x",
            f"one kappa by scikit-learn {peer:.1f} ms",
            "<= 1 x and < 1 s",
            drawn <= peer and drawn < 1000,
        ),
        Figure(
            f"{what}, against {SMALL:,}",
            f"{drawn / drawn_small:.2f} x",
            f"{drawn_small:.1f} ms",
            "<= 1.3 x",
            drawn <= 1.3 * drawn_small,
        ),
        Figure(
            f"{what}, from kept counts against bare SQL",
            f"{drawn / bare:.3f} x",
            f"counting the pairs of grades {bare:.1f} ms",
            "<= 1 x",
            drawn <= bare,
        ),
        Figure(
            f"{what}, every pair counted anew (import, check)",
            f"{recounted / 1000:.1f} s = {recounted / bare:.0f} x",
            f"the pairs of overall grades alone, by SQL {bare / 1000:.2f} s",
            "-",
            True,
        ),
    ]


def _recount(connection: Connection) -> int:
    return sum(1 for area, pair in pairs_read_twice(connection) for _key in pair_contributions(area, pair))
