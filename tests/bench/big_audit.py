"""Makes audit files of any size for the bench, quickly and not durably: they are thrown away."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.derived import rebuild_derived
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.workflows.creating import create_audit

AREAS = ("s47", "domestic-abuse", "other-concern", "exploitation", "missing", "police-protection", "online")
PREFIXES = ("S47", "DA", "OC", "EX", "MIS", "PP", "ON")
STAGES = (
    "initial-contact",
    "assessment-and-help",
    "investigation",
    "decision-making",
    "trusted-adult",
    "managing-risk",
)
GRADES = ("good", "requires-improvement", "inadequate")
REASONS = ("DEC-W01", "INI-W04", "INV-W01", "AAH-S01", "INI-S01", "INV-S01")
WORDS = (
    "officer child school report visit night record call risk social worker mother father home spoke seen heard alone waited supervisor "
    "review strategy discussion health nurse agreed action plan safe moved room phone message worried quiet drawing talked morning"
).split()
OPEN_SHARE = 50
"""One case in so many is still to do; they lie together at the start of each area, as at the beginning of a working day."""


def big_audit(path: Path, cases: int, *, entries: int = 1, reviewed: bool = True) -> Path:
    """Return an audit file with `cases` cases at `path`; one made before is used again.

    It is made in a process of its own, so that what that takes does not count as memory of what is measured.
    """
    if not path.exists():
        code = "import sys; from tests.bench.big_audit import make; make(*sys.argv[1:])"
        words = [str(path), str(cases), str(entries), "reviewed" if reviewed else ""]
        subprocess.run([sys.executable, "-c", code, *words], check=True)
    return path


def make(place: str, cases: str, entries: str, reviewed: str) -> None:
    """Make the file; what it takes is told on standard error."""
    begun = time.perf_counter()
    path = Path(place)
    inspection = Inspection(fresh_identity(), "Bench Police", InspectionKind.INSPECTION, "ncpi-2018")
    create_audit(path, inspection, at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    file = AuditFile.open(path)
    run = file.connection
    run.execute("PRAGMA synchronous = OFF")
    run.execute("PRAGMA journal_mode = OFF")
    run.execute("PRAGMA cache_size = -400000")
    run.execute("BEGIN")
    _insert(run, int(cases), int(entries), bool(reviewed))
    rebuild_derived(run)
    run.execute("COMMIT")
    run.execute("PRAGMA journal_mode = DELETE").fetchall()
    file.close()
    size, taken = path.stat().st_size / 2**20, time.perf_counter() - begun
    print(f"  made {path.name}: {int(cases):,} cases, {size:,.0f} MiB, {taken:.0f} s", file=sys.stderr)


def _insert(run: Connection, cases: int, entries: int, reviewed: bool) -> None:
    dice = random.Random(cases)
    run.execute("INSERT INTO people (id, identity, name) VALUES (1, 'p1', 'Inspector 1')")
    run.execute("INSERT INTO roles (person_id, role) VALUES (1, 'inspector')")
    at = "2026-01-05T09:00:00.000Z"
    texts = [" ".join(dice.choices(WORDS, k=60)).capitalize() + "." for _ in range(2000)]
    run.executemany(
        "INSERT INTO cases (id, identity, reference, area, added_at) VALUES (?, ?, ?, ?, ?)",
        ((n, f"c{n:031x}", f"{PREFIXES[n % 7]}-{n // 7 + 1}", AREAS[n % 7], at) for n in range(1, cases + 1)),
    )
    run.executemany(
        "INSERT INTO entries (id, identity, case_id, position, day, time, kind, heading, text)"
        " VALUES (?, ?, ?, ?, ?, '10:00', 'contact', 'Contact', ?)",
        _entries(cases, entries, texts),
    )
    run.execute("INSERT INTO entry_search (entry_search) VALUES ('rebuild')")
    if reviewed:
        _review(run, cases, dice, at)
        run.execute("INSERT INTO review_search (review_search) VALUES ('rebuild')")


def _entries(cases: int, entries: int, texts: list[str]) -> Iterator[tuple[object, ...]]:
    key = 0
    for case in range(1, cases + 1):
        for position in range(1, entries + 1):
            key += 1
            rare = f" Marker{case % 1000}x{case}." if case % 97 == 0 else ""
            yield key, f"e{key:031x}", case, position, position - 1, texts[key % len(texts)] + rare


def _review(run: Connection, cases: int, dice: random.Random, at: str) -> None:
    done = [n for n in range(1, cases + 1) if (n // 7) % OPEN_SHARE]
    grades = dice.choices(GRADES, weights=(5, 3, 2), k=len(done))
    run.executemany(
        "INSERT INTO reviews (id, identity, case_id, reviewer_id, purpose, state, grade, rationale, started_at, submitted_at)"
        " VALUES (?, ?, ?, 1, 'first', 'submitted', ?, 'Seen and heard.', ?, ?)",
        ((n, f"r{n:031x}", n, grade, at, at) for n, grade in zip(done, grades, strict=True)),
    )
    run.executemany(
        "INSERT INTO stage_grades (review_id, stage, grade) VALUES (?, ?, ?)",
        ((n, stage, GRADES[(n + place) % 3]) for n in done for place, stage in enumerate(sorted(STAGES))),
    )
    run.executemany(
        "INSERT INTO given_reasons (identity, review_id, reason) VALUES (?, ?, ?)",
        ((f"g{n:031x}", n, REASONS[n % 6]) for n in done),
    )
