"""What safety costs: opening with its checks, the full check, a protected file, unlocking, and a backup beside somebody who grades."""

from __future__ import annotations

import csv
import time
from pathlib import Path

from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind
from ncpi_desktop.domain.record.file_key import derive_key
from ncpi_desktop.storage.engine import Connection, connect
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.importing import run_import
from ncpi_desktop.workflows.protecting import set_passphrase, unlock
from ncpi_desktop.workflows.session import AuditSession
from tests.bench.big_audit import AREAS, GRADES, PREFIXES, REASONS, STAGES
from tests.bench.measure import Figure, quantile, time_each

AT_ONCE = 5000
"""Cases in one import: each is one change, held in memory until it is sealed."""

PASSPHRASE = "four plain words together"


def sound_audit(path: Path, cases: int) -> Path:
    """Return an audit of `cases` reviewed cases that came in by import, history and all; one made before is used again."""
    if path.exists():
        return path
    create_audit(path, Inspection(fresh_identity(), "Bench Police", InspectionKind.INSPECTION, "ncpi-2018"))
    session = AuditSession.open(path, person="Bench")
    for first in range(0, cases, AT_ONCE):
        table = path.with_suffix(".csv")
        with table.open("w", newline="", encoding="utf-8") as stream:
            write = csv.writer(stream)
            stages = [f"stage:{stage}" for stage in STAGES]
            write.writerow(
                ["case", "area", "day", "heading", "text", "reviewer", "grade", *stages, "reasons", "rationale"]
            )
            for n in range(first, min(cases, first + AT_ONCE)):
                judged = [GRADES[(n + place) % 3] for place in range(len(STAGES))]
                reference = f"{PREFIXES[n % 7]}-{n // 7 + 1}"
                told = ["Inspector 1", GRADES[n % 3], *judged, REASONS[n % 6], "Seen and heard, and spoken to alone."]
                write.writerow(
                    [reference, AREAS[n % 7], 0, "Contact", f"Officers spoke to Child A alone ({n}).", *told]
                )
        run_import(session, table)
        table.unlink()
    session.close()
    return path


def bench(folder: Path, large: int) -> list[Figure]:
    """Return the figures; the large file has at most 100,000 cases here."""
    large = min(large, 100_000)
    small = large // 10
    paths = {size: sound_audit(folder / f"sound-{size}.ncpi", size) for size in (small, large)}
    return [*_opening(paths[large], large), *_checking(paths), *_protected(folder)]


def _opening(path: Path, size: int) -> list[Figure]:
    taken = time_each(lambda _n: AuditSession.open(path, person="Inspector 1").close(), 9)
    middle = quantile(taken, 0.5)
    return [Figure(f"open with its checks, {size:,} cases", f"{middle:.0f} ms", "-", "< 1,000 ms", middle < 1000)]


def _checking(paths: dict[int, Path]) -> list[Figure]:
    each = {}
    figures = []
    for size, path in paths.items():
        begun = time.perf_counter()
        sound = check(path).sound
        taken = time.perf_counter() - begun
        each[size] = taken / size
        said = "sound" if sound else "NOT SOUND"
        figures.append(Figure(f"full check with replay, {size:,} cases", f"{taken:.1f} s, {said}", "-", "sound", sound))
    small, large = sorted(each)
    ratio = each[large] / each[small]
    figures.append(
        Figure("the same by case, large against small", f"{ratio:.2f} x", "linear", "<= 1.3 x", ratio <= 1.3)
    )
    return figures


def _protected(folder: Path) -> list[Figure]:
    path = folder / "protected.ncpi"
    path.unlink(missing_ok=True)
    sound_audit(path, 1000)
    set_passphrase(path, PASSPHRASE)

    def theirs(_n: int) -> None:
        connection = connect(str(path))
        connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection.close()

    def ours(_n: int) -> None:
        unlock(path, PASSPHRASE).forget()

    mine: list[float] = []
    floor: list[float] = []
    for turn in range(9):
        mine += time_each(lambda _n, turn=turn: ours(turn), 1)
        floor += time_each(lambda _n, turn=turn: theirs(turn), 1)
    ratio = quantile(mine, 0.5) / quantile(floor, 0.5)
    figures = [
        Figure(
            "unlock, 1,000 cases",
            f"{quantile(mine, 0.5):.0f} ms = {ratio:.2f} x",
            f"SQLCipher's own open {quantile(floor, 0.5):.0f} ms",
            "<= 1.5 x",
            ratio <= 1.5,
        )
    ]
    return [*figures, *_saving_protected(folder, path)]


def _saving_protected(folder: Path, path: Path) -> list[Figure]:
    session = AuditSession.open(path, person="Inspector 1", key=unlock(path, PASSPHRASE))
    case = browsing.case_at(session, 1)
    assert case is not None
    reviewing.reopen(session, case, "for the bench")
    bare = _bare_protected(folder / "bare-protected.db")

    def commit(number: int) -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("UPDATE grades SET grade = ? WHERE id = 1", (GRADES[number % 3],))
        bare.execute("COMMIT")

    mine, floor = [], []
    for turn in range(40):
        mine += time_each(lambda n, turn=turn: reviewing.give_grade(session, case, GRADES[(turn + n) % 3]), 25)
        floor += time_each(commit, 25)
    session.close()
    bare.close()
    ratio = quantile(mine, 0.5) / quantile(floor, 0.5)
    return [
        Figure(
            "grade durably saved in a protected file, p50",
            f"{quantile(mine, 0.5):.2f} ms = {ratio:.2f} x",
            f"bare one-row commit, protected {quantile(floor, 0.5):.2f} ms",
            "<= 2.5 x",
            ratio <= 2.5,
        )
    ]


def _bare_protected(path: Path) -> Connection:
    path.unlink(missing_ok=True)
    connection = connect(str(path), key=derive_key(PASSPHRASE, bytes(range(16))))
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("CREATE TABLE grades (id INTEGER PRIMARY KEY, grade TEXT)")
    connection.execute("INSERT INTO grades VALUES (1, 'good')")
    return connection
