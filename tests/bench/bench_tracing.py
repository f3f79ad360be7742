"""From a figure to its cases in a large audit: the first page, one far down, the count, and what is closed to an assurer."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.findings.selection import Selection
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.derived import rebuild_derived
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.tracing import cases_behind, closed_behind, count_behind
from tests.bench.big_audit import GRADES, STAGES, big_audit
from tests.bench.measure import Figure, quantile, time_each

SELECTIONS = (
    "graded:counted-good",
    "area-graded:online:not-good",
    "own:good:inadequate",
    "own-against:inspectors-only",
    "stage:investigation:good",
    "stage:investigation:any",
    "reason:DEC-W01",
    "own-in-area:online:good:inadequate",
    "own-at-stage:investigation:good:inadequate",
)
MOST_MS = 100
ROUNDS = 9
UNGRADED = 3
"""One case in so many was not graded by the force."""


def own_graded(folder: Path, cases: int) -> Path:
    """Return an audit file of which the force graded two cases in three itself; one made before is used again."""
    path = folder / f"own-{cases}.ncpi"
    if not path.exists():
        code = "import sys; from tests.bench.bench_tracing import make; make(sys.argv[1], int(sys.argv[2]))"
        subprocess.run([sys.executable, "-c", code, str(path), str(cases)], check=True)
    return path


def make(place: str, cases: int) -> None:
    """Make the file in this process."""
    path, dice = Path(place), random.Random(cases)
    made = big_audit(path.with_suffix(".part"), cases)
    file = AuditFile.open(made)
    run = file.connection
    run.execute("PRAGMA synchronous = OFF")
    run.execute("BEGIN")
    graded = [number for number in range(1, cases + 1) if number % UNGRADED]
    run.executemany(
        "INSERT INTO own_grades (case_id, grade) VALUES (?, ?)", ((number, dice.choice(GRADES)) for number in graded)
    )
    run.executemany(
        "INSERT INTO own_stage_grades (identity, case_id, stage, grade) VALUES (?, ?, ?, ?)",
        ((f"o{number}{stage}", number, stage, dice.choice(GRADES)) for number in graded for stage in STAGES[:3]),
    )
    rebuild_derived(run)
    run.execute("COMMIT")
    file.close()
    made.rename(path)


def bench(folder: Path, cases: int) -> list[Figure]:
    """Return the figures for an audit of so many cases."""
    session = AuditSession.open(own_graded(folder, cases), person="Inspector 1", read_only=True)
    told: list[Figure] = []
    for code in SELECTIONS:
        chosen = Selection.from_code(code)
        for what, act in (
            ("first page", partial(cases_behind, session, chosen)),
            ("page far down", partial(cases_behind, session, chosen, cases * 9 // 10)),
        ):
            told.append(_figure(f"{code}, {what}", act, MOST_MS))
        told.append(_figure(f"{code}, count", partial(count_behind, session, chosen), 2 * MOST_MS))
    person = session.people[0]
    session.person = replace(person, key=person.key + 1, roles=frozenset({Role.QUALITY_ASSURER}))
    everything = Selection.from_code("graded:any")
    told.append(_figure("closed to an assurer, of all", partial(closed_behind, session, everything), 4000, rounds=3))
    session.close()
    return told


def _figure(name: str, act: Callable[[], object], most: int, rounds: int = ROUNDS) -> Figure:
    taken = quantile(time_each(lambda _number: act(), rounds), 0.5)
    return Figure(name, f"{taken:.1f} ms", "", f"< {most} ms", taken < most)
