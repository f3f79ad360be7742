"""Backups that nobody thinks of: always one whole one, whatever happens meanwhile; and a restore never loses newer work."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileRefusedError
from ncpi_desktop.domain.record.backup import BackupPlace, Occasion
from ncpi_desktop.storage import backup as copying
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.backup_folder import backups_folder
from ncpi_desktop.workflows import keeping_backups, restoring, reviewing, undoing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.keeping_backups import BackupNotMadeError, keep_backup
from ncpi_desktop.workflows.kept_backups import (
    back_up_before,
    kept_backups,
    newest_sound,
    order_for,
    refuse_unless_sound,
)
from ncpi_desktop.workflows.laying_beside import compare_with
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

Opener = Callable[..., AuditSession]

MAKES_BACKUPS = """
import sys
from pathlib import Path
from ncpi_desktop.domain.record.backup import BackupPlace, Occasion
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.browsing import case_called
from ncpi_desktop.workflows.kept_backups import back_up_before
from ncpi_desktop.workflows.session import AuditSession
session = AuditSession.open(Path(sys.argv[1]), person="Inspector 2")
case = case_called(session, "DA-06")
count = 0
while True:
    count += 1
    reviewing.write_text(session, case, "rationale", f"Thought number {count}. " * 30)
    made = back_up_before(session, Occasion.HALF_HOUR, place=BackupPlace(Path(sys.argv[2]), limit=8_000_000))
    print(made.path.name, flush=True)
"""


@pytest.fixture
def place(tmp_path: Path) -> BackupPlace:
    return BackupPlace(tmp_path / "backups")


def rationale(path: Path) -> str:
    file = AuditFile.open(path, read_only=True)
    try:
        found: tuple[str] | None = file.connection.execute(
            "SELECT rationale FROM reviews JOIN cases ON cases.id = case_id WHERE reference = 'DA-06'"
        ).fetchone()
    finally:
        file.close()
    return found[0] if found else ""


@pytest.mark.parametrize("round_", [*range(5), *(pytest.param(n, marks=pytest.mark.long) for n in range(5, 100))])
def test_killed_at_any_moment_there_is_one_whole_backup_and_nothing_half(
    sample_path: Path, place: BackupPlace, opener: Opener, round_: int
) -> None:
    assert place.root is not None
    chance = random.Random(round_)
    child = subprocess.Popen(
        [sys.executable, "-c", MAKES_BACKUPS, str(sample_path), str(place.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    told = [child.stdout.readline().strip()]
    try:
        child.wait(timeout=chance.uniform(0.0, 0.5))
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
    told += [line.strip() for line in child.stdout.read().splitlines()]
    child.wait()
    child.stdout.close()
    assert child.returncode == -signal.SIGKILL
    session = opener(sample_path)
    listed = kept_backups(session, place)
    assert told[-1] in {kept.backup.path.name for kept in listed}
    for kept in listed:
        assert check(kept.backup.path).sound
        assert kept.changes_ago is not None
    back_up_before(session, Occasion.HALF_HOUR, place=place)
    folder = backups_folder(session.inspection.identity, place.root)
    assert [path.name for path in folder.iterdir() if path.suffix != ".ncpi"] == []


@contextmanager
def failing_at(monkeypatch: pytest.MonkeyPatch, place: str, error: OSError) -> Iterator[None]:
    """Let one step of making a backup fail."""

    def fail(*_given: object, **_named: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        owner: object
        owner, name = {
            "making the folder": (Path, "mkdir"),
            "copying": (copying, "_copy"),
            "checking": (keeping_backups, "check"),
            "putting in place": (Path, "replace"),
            "syncing": (keeping_backups.put_in_place.__globals__["os"], "fsync"),
        }[place]
        patch.setattr(owner, name, fail)
        yield


@pytest.mark.parametrize("step", ["making the folder", "copying", "checking", "putting in place", "syncing"])
@pytest.mark.parametrize("number", [28, 5, 30])
def test_an_error_at_any_step_leaves_the_earlier_backups_and_the_audit(
    sample: AuditSession, place: BackupPlace, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    first = back_up_before(sample, Occasion.HALF_HOUR, place=place)
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "good")
    with failing_at(monkeypatch, step, OSError(number, "no")), pytest.raises(BackupNotMadeError, match="No backup"):
        back_up_before(sample, Occasion.HALF_HOUR, place=place)
    assert [kept.backup for kept in kept_backups(sample, place)] == [first]
    assert [path.name for path in first.path.parent.iterdir()] == [first.path.name]
    assert check(first.path).sound
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "inadequate")
    assert back_up_before(sample, Occasion.HALF_HOUR, place=place).sequence == sample.file.last_sequence()


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="needs a small file system in memory")
def test_a_disk_that_is_really_full(sample: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("nobody may mount here")
    try:
        place = BackupPlace(small)
        with pytest.raises(BackupNotMadeError, match="the disk is full"):
            back_up_before(sample, Occasion.HALF_HOUR, place=place)
        monkeypatch.setattr(keeping_backups, "LEFT_FREE", 0)
        first = back_up_before(sample, Occasion.HALF_HOUR, place=place)
        (small / "other").write_bytes(bytes(1_500_000))
        monkeypatch.setattr(keeping_backups, "_refuse_without_room", lambda _order: None)
        with pytest.raises(BackupNotMadeError, match="the disk is full"):
            back_up_before(sample, Occasion.HALF_HOUR, place=place)
        assert [kept.backup for kept in kept_backups(sample, place)] == [first]
        (small / "other").unlink()
        assert back_up_before(sample, Occasion.HALF_HOUR, place=place).path.exists()
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.parametrize("seed", [*range(5), *(pytest.param(n, marks=pytest.mark.long) for n in range(5, 50))])
def test_the_newest_is_damaged_and_the_next_is_offered(sample: AuditSession, place: BackupPlace, seed: int) -> None:
    older = back_up_before(sample, Occasion.HALF_HOUR, place=place)
    newer = back_up_before(sample, Occasion.HALF_HOUR, place=place)
    chance = random.Random(seed)
    held = bytearray(newer.path.read_bytes())
    if chance.random() < 0.3:
        del held[chance.randrange(1, len(held)) :]
    else:
        text = [place for place in range(len(held) - 7) if held[place : place + 7] == b"Child A"]
        held[chance.choice(text) + chance.randrange(5)] ^= 1 << chance.randrange(5)
    newer.path.write_bytes(held)
    listed = [kept.backup for kept in kept_backups(sample, place)]
    assert [backup.path for backup in listed] == [newer.path, older.path]
    with pytest.raises(FileRefusedError, match=r"is damaged.*it is sound"):
        refuse_unless_sound(listed[0], listed, None)
    assert newest_sound(listed, None) == older


def test_each_kept_one_is_restored_and_newer_work_is_never_lost(
    sample: AuditSession, place: BackupPlace, tmp_path: Path
) -> None:
    """Bring each value of each backup back, and take each back again: every text that was ever there can be had."""
    case = key_of(sample, "DA-06")
    start = sample.clock()
    wrote: dict[str, str] = {}
    for day in range(6):
        text = f"What was thought on day {day}."
        reviewing.write_text(sample, case, "rationale", text)
        reviewing.give_grade(sample, case, ("good", "inadequate")[day % 2])
        order = order_for(sample, Occasion.HALF_HOUR, place)
        made = keep_backup(replace(order, now=start - timedelta(days=6 - day)))
        wrote[made.path.name] = text
    newest = "The newest work of all."
    reviewing.write_text(sample, case, "rationale", newest)
    listed = [kept.backup for kept in kept_backups(sample, place)]
    assert len(listed) == 6
    for backup in listed:
        before = sample.file.last_sequence()
        assert check(backup.path).sound
        assert rationale(backup.path) == wrote[backup.path.name]
        brought = 0
        for found in list(compare_with(sample.path, backup.path)):
            if found.difference is not None and found.difference.can_be_brought_back:
                restoring.bring_back(sample, found, "from a backup")
                brought += 1
        assert brought
        assert list(compare_with(sample.path, backup.path)) == []
        for _time in range(brought):
            undoing.undo(sample)
        assert reviewing.lay_on_desk(sample, case).review.rationale == newest
        assert sample.file.last_sequence() == before + 2 * brought
    sample.close()
    assert check(sample.path).sound


def test_the_audit_is_lost_and_the_newest_backup_is_opened_in_its_place(
    sample: AuditSession, place: BackupPlace, opener: Opener, tmp_path: Path
) -> None:
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "good")
    made = back_up_before(sample, Occasion.HALF_HOUR, place=place)
    sample.close()
    sample.path.unlink()
    copy = Path(shutil.copy(made.path, tmp_path / "Again.ncpi"))
    session = opener(copy)
    assert not session.read_only
    assert reviewing.lay_on_desk(session, key_of(session, "DA-06")).review.grade == "good"
    undoing.undo(session)
    assert reviewing.lay_on_desk(session, key_of(session, "DA-06")).review.grade is None


def test_whoever_grades_meets_no_lock_while_the_copy_pauses(
    sample_path: Path, place: BackupPlace, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit between any two steps of the copy meets no lock at all: the copy holds none while it pauses."""
    session = opener(sample_path)
    session.file.connection.execute("PRAGMA busy_timeout = 0")
    case = key_of(session, "DA-06")
    paused: list[float] = []

    def grade_in_the_pause(seconds: float) -> None:
        reviewing.mark_not_sure(session, case, len(paused) % 2 == 0)
        paused.append(seconds)

    monkeypatch.setattr(copying.time, "sleep", grade_in_the_pause)
    monkeypatch.setattr(copying, "PAGES", (16, 16, 16, 1024))
    made = back_up_before(session, Occasion.HALF_HOUR, place=place)
    assert len(paused) == 3  # Each change began the copy anew; the last attempt takes a file of this size in one step.
    assert made.sequence == session.file.last_sequence()
