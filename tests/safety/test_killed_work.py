"""SIGKILL during undo, import, export, backup and migration: before or after, never between."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.migrations import SCHEMA_VERSION
from ncpi_desktop.workflows import browsing
from ncpi_desktop.workflows.backing_up import back_up
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.exporting import ExportOrder, export
from ncpi_desktop.workflows.session import AuditSession, utc_now
from tests.safety.conftest import HowMany
from tests.safety.faults.documents import is_whole_report, is_whole_workbook
from tests.safety.faults.killing import Killed, kill_after
from tests.safety.killed_work import KINDS
from tests.safety.report import tell_fault
from tests.storage.early_file import early_file

SOURCES = 40
CASES_EACH = 12
IN_SAMPLE = 36

SHORTEST_LIFE, LONGEST_ROUND = 0.5, 60.0
"""Seconds: each process is killed within three rounds of its work, however long one takes here, and at least half a second."""

NAMED = {"importing": "import", "export_workbook": "export of a workbook", "export_report": "export of a report"}

Examine = Callable[[Path, Killed], str]


def lay_out(kind: str, folder: Path, sample: Path) -> None:
    """Put down what the work begins with."""
    folder.mkdir()
    audit = Path(shutil.copy(sample, folder / "audit.ncpi"))
    if kind == "importing":
        heading = "case,area,children,day,time,heading,text\n"
        for number in range(SOURCES):
            rows = (
                f"N{number:02}-{n},missing,Child A (6),0,21:40,Attends,Officer {n} spoke to Child A.\n"
                for n in range(CASES_EACH)
            )
            (folder / f"cases-{number:02}.csv").write_text(heading + "".join(rows))
    elif kind == "migration":
        older = early_file(folder).rename(folder / "older-00.ncpi")
        for number in range(1, SOURCES):
            shutil.copy(older, folder / f"older-{number:02}.ncpi")
    elif kind == "export_workbook":
        export(audit, ExportOrder(workbook=folder / "workbook.xlsx"))
    elif kind == "export_report":
        export(audit, ExportOrder(report=folder / "report.pdf"))


def lost_changes(folder: Path, killed: Killed) -> str:
    """Open the audit as the next start does; everything acknowledged is there."""
    audit = folder / "audit.ncpi"
    session = AuditSession.open(audit, person="Inspector 2")
    try:
        last, cases = session.file.last_sequence(), len(browsing.queue_page(session, 1, 1000))
    finally:
        session.close()
    if last < killed.last("done", "sequence", 0):
        return "an acknowledged change is missing"
    if (cases - IN_SAMPLE) % CASES_EACH:
        return "part of an import is there"
    if list(folder.glob(f"*{audit.name}*")) != [audit]:
        return "something was left beside the file"
    return "" if check(audit).sound else "unsound"


def lost_backups(folder: Path, killed: Killed) -> str:
    done = killed.last("done", "number", -1) + 1
    kept = list(folder.glob("backup-*.ncpi"))
    if len(kept) not in (done, done + 1):
        return f"{done} backups were acknowledged, {len(kept)} are there"
    if not all(check(backup).sound for backup in kept):
        return "a backup is not sound"
    back_up(folder / "audit.ncpi", folder / "after.ncpi", utc_now())
    return lost_changes(folder, killed)


def lost_documents(folder: Path, killed: Killed) -> str:
    for name, is_whole in (("workbook.xlsx", is_whole_workbook), ("report.pdf", is_whole_report)):
        if (folder / name).exists() and not is_whole(folder / name):
            return f"half a document: {name}"
    return lost_changes(folder, killed)


def lost_migrations(folder: Path, killed: Killed) -> str:
    done = killed.last("done", "number", -1) + 1
    for number in (*range(done), done):
        older = folder / f"older-{number:02}.ncpi"
        if not older.exists():
            break
        AuditFile.open(older).close()  # takes back what was broken off
        version = int.from_bytes(older.read_bytes()[60:64], "big")
        if not 1 <= version <= SCHEMA_VERSION or (number < done and version != SCHEMA_VERSION):
            return f"an acknowledged migration left version {version}"
        AuditFile.open(older, before_migrating=lambda _connection: None).close()
        if number == done and not check(older).sound:
            return "unsound"
    return ""


EXAMINE: dict[str, Examine] = {
    "undo": lost_changes,
    "importing": lost_changes,
    "export_workbook": lost_documents,
    "export_report": lost_documents,
    "backup": lost_backups,
    "migration": lost_migrations,
}


@pytest.mark.parametrize("kind", KINDS)
def test_killed_it_is_before_or_after(
    kind: str, built_sample: Path, swift_folder: Path, how_many: HowMany, long_form: bool
) -> None:
    laid_out = swift_folder / "laid out"
    lay_out(kind, laid_out, built_sample)
    faults, done = Counter[str](), 0

    def once(seed: int, life: float = 0.0, *, or_when: str = "") -> tuple[Path, Killed]:
        folder = swift_folder / str(seed)
        shutil.copytree(laid_out, folder)
        words = ["-m", "tests.safety.killed_work", kind, str(folder)]
        seconds = life or Random(f"{kind} {seed}").uniform(0, longest)
        return folder, kill_after(words, seconds, or_when=or_when)

    measured = once(-1, LONGEST_ROUND, or_when="done")[1]
    assert measured.last("done", "number", None) is not None, measured.complaint
    longest = max(SHORTEST_LIFE, 3 * measured.lived)

    with ThreadPoolExecutor(2) as pool:
        for folder, killed in pool.map(once, range(how_many(3, 100))):
            done += sum(line["what"] == "done" for line in killed.told)
            try:
                fault = killed.complaint[-200:] or EXAMINE[kind](folder, killed)
            except KnownError as error:
                fault = f"the next start was refused: {error.happened}"
            faults[fault] += bool(fault)
            shutil.rmtree(folder)
    faults = +faults
    tell_fault(f"SIGKILL during {NAMED.get(kind, kind)}", how_many(3, 100), sum(faults.values()), rounds_done=done)
    assert faults == {}
    assert done > 0 or not long_form
