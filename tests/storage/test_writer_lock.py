"""The lock on an audit: who holds it is told, also where two ask at the same instant."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ncpi_desktop.storage import writer_lock
from ncpi_desktop.storage.writer_lock import LockHeldError, Writer, WriterLock, lock_path

NOW = datetime(2018, 5, 16, 10, 42, 7, tzinfo=UTC)
FIRST, SECOND = Writer("Inspector 1", "LAPTOP-1", 1, NOW), Writer("Inspector 2", "LAPTOP-1", 2, NOW)


@pytest.fixture
def held(tmp_path: Path) -> WriterLock:
    """A lock whose holder has not yet said who they are."""
    lock = WriterLock.acquire(tmp_path / "audit.ncpi", FIRST)
    lock_path(tmp_path / "audit.ncpi").write_bytes(b"")
    return lock


def test_the_holder_is_told(tmp_path: Path) -> None:
    lock = WriterLock.acquire(tmp_path / "audit.ncpi", FIRST)
    with pytest.raises(LockHeldError) as told:
        WriterLock.acquire(tmp_path / "audit.ncpi", SECOND)
    assert told.value.holder == FIRST
    lock.release()
    assert list(tmp_path.iterdir()) == []


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
