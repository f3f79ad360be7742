"""The lock that lets one process write: held, told, shared, and given up however its holder ends."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ncpi_desktop.storage.writer_lock import LockHeldError, Writer, WriterLock, lock_path

SINCE = datetime(2018, 5, 16, 10, 42, 7, tzinfo=UTC)
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
    return Writer.here(person, SINCE)


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


def test_words_that_can_t_be_read_name_nobody(audit: Path) -> None:
    lock = WriterLock.acquire(audit, writer())
    lock_path(audit).write_bytes(b"?")
    with pytest.raises(LockHeldError) as held:
        WriterLock.acquire(audit, writer())
    assert held.value.holder is None
    lock.release()


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
