"""A process to be killed: one kind of work done over and over on files in a folder, each time told when it is done.

``python -m tests.safety.killed_work KIND FOLDER``; the kinds are the names of the functions below. Standard output holds a line of JSON for
*ready* and for each *done*, with the number of the round and the sequence that was reached.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.workflows import reviewing, undoing
from ncpi_desktop.workflows.backing_up import back_up
from ncpi_desktop.workflows.exporting import ExportOrder, export
from ncpi_desktop.workflows.importing import run_import
from ncpi_desktop.workflows.session import AuditSession, utc_now
from tests.casework import key_of

Rounds = Iterator[int]


def undo(folder: Path) -> Rounds:
    """Give a grade, take it back, put it in place again."""
    session = AuditSession.open(folder / "audit.ncpi", person="Inspector 2")
    reviewing.give_grade(session, key_of(session, "DA-06"), "good")
    while True:
        undoing.undo(session)
        yield session.file.last_sequence()
        undoing.redo(session)
        yield session.file.last_sequence()


def importing(folder: Path) -> Rounds:
    """Bring in one table of cases after the other."""
    session = AuditSession.open(folder / "audit.ncpi", person="Team lead")
    for source in sorted(folder.glob("cases-*.csv")):
        run_import(session, source)
        yield session.file.last_sequence()


def export_workbook(folder: Path) -> Rounds:
    """Write the workbook over the one before."""
    while True:
        export(folder / "audit.ncpi", ExportOrder(workbook=folder / "workbook.xlsx"))
        yield 0


def export_report(folder: Path) -> Rounds:
    """Write the report over the one before."""
    while True:
        export(folder / "audit.ncpi", ExportOrder(report=folder / "report.pdf"))
        yield 0


def backup(folder: Path) -> Rounds:
    """Make one backup after the other."""
    for number in count():
        back_up(folder / "audit.ncpi", folder / f"backup-{number}.ncpi", utc_now())
        yield 0


def migration(folder: Path) -> Rounds:
    """Bring one older file after the other up to this version."""
    for older in sorted(folder.glob("older-*.ncpi")):
        AuditFile.open(older, before_migrating=lambda _connection: None).close()
        yield 0


KINDS: dict[str, Callable[[Path], Rounds]] = {
    work.__name__: work for work in (undo, importing, export_workbook, export_report, backup, migration)
}


def tell(**line: object) -> None:
    """Say it at once: the pipe holds it when this process is gone."""
    os.write(1, (json.dumps(line) + "\n").encode())


def main(kind: str, folder: Path) -> None:
    """Do rounds of `kind` until killed."""
    tell(what="ready")
    for number, sequence in enumerate(KINDS[kind](folder)):
        tell(what="done", number=number, sequence=sequence)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
