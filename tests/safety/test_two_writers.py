"""Two processes on one file, a stale lock, the row of another machine: one writes, the other is told who and since when, nobody is stuck."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import pytest

from ncpi_desktop.domain.errors import FileInUseError
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.writer_lock import Writer, lock_path
from ncpi_desktop.storage.writer_row import claim
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.one_writer import SILENT_FOR
from ncpi_desktop.workflows.session import AuditSession, utc_now
from tests.casework import key_of
from tests.safety.conftest import HowMany
from tests.safety.faults.killing import HOUSE
from tests.safety.report import tell_fault


class OtherWriter:
    """Another process, which opens audits when it is told to."""

    def __init__(self, person: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.safety.other_writer", person],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=HOUSE,
            text=True,
        )
        assert self.hear()["ready"]

    def ask(self, **what: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def end(self, *, kill: bool = False) -> None:
        if kill:
            self.process.kill()
        self.process.communicate()


@contextmanager
def other_writer(person: str) -> Iterator[OtherWriter]:
    other = OtherWriter(person)
    try:
        yield other
    finally:
        other.end(kill=True)


def opens_without_a_question(path: Path) -> bool:
    """Return whether the file opens for work, a change is kept, and it is sound and alone in its folder afterwards."""
    session = AuditSession.open(path, person="Inspector 2")
    try:
        before = session.file.last_sequence()
        reviewing.mark_not_sure(session, key_of(session, "EX-04"), True)
        kept = session.file.last_sequence() == before + 1 and not session.read_only
    finally:
        session.close()
    return kept and check(path).sound and list(path.parent.iterdir()) == [path]


def test_the_second_is_told_who_and_since_when_and_is_let_in_afterwards(
    built_sample: Path, swift_folder: Path, how_many: HowMany
) -> None:
    faults = Counter[str]()
    for seed in range(how_many(5, 100)):
        path = Path(shutil.copy(built_sample, swift_folder / f"audit-{seed}.ncpi"))
        with other_writer("Inspector 1") as other:
            other.ask(do="open", path=str(path), at=0)
            assert other.hear()["won"]
            with pytest.raises(FileInUseError) as told:
                AuditSession.open(path, person="Inspector 2")
            since = datetime.now().astimezone().strftime("%d/%m/%Y")
            faults["not told who"] += "Inspector 1 on " + socket.gethostname() not in told.value.happened
            faults["not told since when"] += not re.search(rf"since {since} \d\d:\d\d", told.value.happened)
            faults["offered to take it from somebody at work"] += told.value.may_take
            reading = AuditSession.open(path, person="Inspector 2", read_only=True)
            faults["nothing to read"] += not reviewing.lay_on_desk(reading, key_of(reading, "DA-06")).case.entries
            reading.close()
            if Random(seed).random() < 0.3:
                other.ask(do="close")
                assert other.hear()["closed"]
            other.end(kill=seed % 2 == 0)
        faults["the next opening was not as usual"] += not opens_without_a_question(path)
        path.unlink()
    faults = +faults
    tell_fault("two processes on one file", how_many(5, 100), sum(faults.values()), **faults)
    assert faults == {}


def test_of_two_that_open_at_the_same_instant_one_wins(
    built_sample: Path, swift_folder: Path, how_many: HowMany
) -> None:
    path = Path(shutil.copy(built_sample, swift_folder / "audit.ncpi"))
    rounds, faults, unnamed, winners = how_many(20, 1000), Counter[str](), 0, Counter[str]()
    with other_writer("Inspector 1") as one, other_writer("Inspector 2") as two:
        for _round in range(rounds):
            at = monotonic() + 0.003
            for other in (one, two):
                other.ask(do="open", path=str(path), at=at)
            told = [other.hear() for other in (one, two)]
            won = [answer["won"] for answer in told]
            faults["both won" if all(won) else "nobody won"] += sum(won) != 1
            winners["first" if won[0] else "second"] += 1
            unnamed += sum(not answer["won"] and not answer["holder"] for answer in told)
            for other in (one, two):
                other.ask(do="close")
            assert sum(other.hear()["closed"] for other in (one, two)) == sum(won)
    faults["the next opening was not as usual"] += not opens_without_a_question(path)
    faults = +faults
    tell_fault(
        "two processes race for one file",
        rounds,
        sum(faults.values()),
        winners=dict(winners),
        told_without_name=unnamed,
    )
    assert faults == {}
    assert unnamed == 0


STALE_LOCKS = {
    "of a program that is gone": b'{"person": "Inspector 1", "machine": "LAPTOP-9", "process": 4711, "since": "2018-05-16T10:42:07.000Z"}',
    "empty": b"",
    "nonsense": bytes(range(256)),
    "of another version": b'{"who": 1}',
}


def test_a_stale_lock_stops_nobody(built_sample: Path, swift_folder: Path) -> None:
    faults = Counter[str]()
    for name, words in STALE_LOCKS.items():
        path = Path(shutil.copy(built_sample, swift_folder / "audit.ncpi"))
        lock_path(path).write_bytes(words)
        faults[name] += not opens_without_a_question(path)
    lock_path(path).mkdir()  # where no lock can be made, the row in the file is alone, and enough
    session = AuditSession.open(path, person="Inspector 2")
    faults["a folder stands in its place"] += session.read_only
    session.close()
    faults = +faults
    tell_fault("a stale lock", len(STALE_LOCKS) + 1, sum(faults.values()), **faults)
    assert faults == {}


def claim_from_elsewhere(path: Path, beat_at: datetime, machine: str = "LAPTOP-9") -> None:
    """Leave in the file what a program on another machine writes there while it has the file open."""
    file = AuditFile.open(path)
    claim(file.connection, Writer("Inspector 1", machine, 4711, beat_at - timedelta(hours=1)), "theirs", beat_at)
    file.close()


def test_the_row_of_another_machine_keeps_out_while_it_is_fresh_and_can_be_taken_when_it_is_not(
    built_sample: Path, swift_folder: Path, how_many: HowMany
) -> None:
    random, faults, tries = Random(7), Counter[str](), how_many(5, 100)
    path = swift_folder / "audit.ncpi"
    for _try in range(tries):
        shutil.copy(built_sample, path)
        now = utc_now()
        age = timedelta(seconds=random.uniform(-600, 600))  # their clock may be ahead of ours
        claim_from_elsewhere(path, now - age)
        with pytest.raises(FileInUseError) as told:
            AuditSession.open(path, person="Inspector 2", clock=lambda now=now: now)
        faults["not told who"] += "Inspector 1 on LAPTOP-9" not in told.value.happened
        faults["not told when"] += not re.search(r"(since|at) \d\d/\d\d/\d{4} \d\d:\d\d", told.value.happened)
        faults["taken too early or too late"] += told.value.may_take != (abs(age) >= SILENT_FOR)
        reading = AuditSession.open(path, read_only=True)
        reading.close()
        faults["left a lock behind"] += lock_path(path).exists()
        later = now + SILENT_FOR + abs(age) + timedelta(seconds=1)
        session = AuditSession.open(path, person="Inspector 2", clock=lambda later=later: later, take_over=True)
        faults["taken over and not writable"] += session.read_only
        session.close()
        faults["the next opening was not as usual"] += not opens_without_a_question(path)
    faults = +faults
    tell_fault("the row of another machine", tries, sum(faults.values()), **faults)
    assert faults == {}
