"""The lock that lets one process write: held, told, shared, and given up however its holder ends, also where two ask at once."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ncpi_desktop.storage import writer_lock
from ncpi_desktop.storage.writer_lock import LockHeldError, Writer, WriterLock, lock_path

NOW = datetime(2018, 5, 16, 10, 42, 7, tzinfo=UTC)
FIRST, SECOND = Writer("Inspector 1", "LAPTOP-1", 1, NOW), Writer("Inspector 2", "LAPTOP-1", 2, NOW)
HOLDER = (
    "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
    "from ncpi_desktop.storage.writer_lock import Writer, WriterLock\n"
    "lock = WriterLock.acquire(Path(sys.argv[1]), Writer('Inspector “2”', 'LAPTOP-7', 77, datetime(2018, 5, 16, tzinfo=UTC)))\n"
    "print('held', flush=True); sys.stdin.read()\n"
)


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    return tmp_path / "audit.ncpi"


def writer(person: str = "Inspector 1") -> Writer:
    return Writer.here(person, NOW)


def test_a_second_holder_is_told_who_and_since_when(audit: Path) -> None:
    lock = WriterLock.acquire(audit, writer("Inspector 1"))
    with pytest.raises(LockHeldError) as held:
        WriterLock.acquire(audit, writer("Inspector 2"))
    assert held.value.holder == writer("Inspector 1")
    assert held.value.holder.process == os.getpid()
    lock.release()
    WriterLock.acquire(audit, writer("Inspector 2")).release()


def test_released_it_leaves_no_file(audit: Path) -> None:
    lock = WriterLock.acquire(audit, writer())
    assert [path.name for path in audit.parent.iterdir()] == [lock_path(audit).name]
    lock.release()
    assert list(audit.parent.iterdir()) == []


def test_it_is_held_until_the_last_share_is_released(audit: Path) -> None:
    lock = WriterLock.acquire(audit, writer())
    share = lock.share()
    lock.release()
    with pytest.raises(LockHeldError):
        WriterLock.acquire(audit, writer())
    share.release()
    WriterLock.acquire(audit, writer()).release()


@pytest.mark.parametrize("left", [b"", b"{", b'{"person": 3}', b"\xff\x00", b"[]", b'{"since": "never"}'])
def test_what_a_dead_program_left_means_nothing(audit: Path, left: bytes) -> None:
    lock_path(audit).write_bytes(left)
    WriterLock.acquire(audit, writer()).release()
    assert not lock_path(audit).exists()


def test_another_process_holds_it_until_it_is_killed(audit: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(audit)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LockHeldError) as held:
            WriterLock.acquire(audit, writer())
        assert held.value.holder is not None
        assert (held.value.holder.person, held.value.holder.machine) == ("Inspector “2”", "LAPTOP-7")
        other.kill()
        other.wait()
    assert lock_path(audit).exists()  # The dead leave the file behind, and nothing else.
    WriterLock.acquire(audit, writer()).release()


def test_where_no_file_can_be_made_nothing_is_held_and_nothing_fails(tmp_path: Path) -> None:
    lock = WriterLock.acquire(tmp_path / "gone" / "audit.ncpi", writer())
    lock.release()


@pytest.fixture
def held(tmp_path: Path) -> WriterLock:
    """A lock whose holder has not yet said who they are."""
    lock = WriterLock.acquire(tmp_path / "audit.ncpi", FIRST)
    lock_path(tmp_path / "audit.ncpi").write_bytes(b"")
    return lock


def test_a_holder_who_is_just_saying_who_they_are_is_waited_for(
    tmp_path: Path, held: WriterLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert held._stream is not None
    stream = held._stream
    monkeypatch.setattr(writer_lock.time, "sleep", lambda _seconds: writer_lock._write(stream, FIRST))
    with pytest.raises(LockHeldError) as told:
        WriterLock.acquire(tmp_path / "audit.ncpi", SECOND)
    assert told.value.holder == FIRST
    held.release()


def test_a_holder_who_is_just_leaving_is_waited_for(
    tmp_path: Path, held: WriterLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_lock.time, "sleep", lambda _seconds: held.release())
    WriterLock.acquire(tmp_path / "audit.ncpi", SECOND).release()
    assert list(tmp_path.iterdir()) == []


def test_a_holder_who_never_says_who_they_are_is_not_waited_for_for_ever(
    tmp_path: Path, held: WriterLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(writer_lock.time, "sleep", waits.append)
    with pytest.raises(LockHeldError) as told:
        WriterLock.acquire(tmp_path / "audit.ncpi", SECOND)
    assert told.value.holder is None
    assert len(waits) == writer_lock.WAITS
    held.release()


def test_the_lock_of_somebody_else_that_came_to_stand_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "audit.ncpi"
    lock = WriterLock.acquire(path, FIRST)
    lock_path(path).unlink()
    other = WriterLock.acquire(path, SECOND)
    lock.release()
    with pytest.raises(LockHeldError) as told:
        WriterLock.acquire(path, FIRST)
    assert told.value.holder == SECOND
    other.release()


def test_a_disk_that_does_not_let_the_lock_file_go_keeps_nobody_from_closing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "audit.ncpi"
    lock = WriterLock.acquire(path, FIRST)

    def refuse(_path: Path, *, missing_ok: bool = False) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as failing:
        failing.setattr(Path, "unlink", refuse)
        lock.release()
    WriterLock.acquire(path, SECOND).release()
    assert list(tmp_path.iterdir()) == []
