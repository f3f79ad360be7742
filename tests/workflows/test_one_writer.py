"""One writer at a time: by the lock on this machine, by the heartbeat across machines; and nobody is ever locked out for good."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileInUseError, NotSavedError
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import DatabaseError
from ncpi_desktop.storage.writer_lock import Writer
from ncpi_desktop.storage.writer_row import claim, read_writer
from ncpi_desktop.workflows import one_writer, reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of
from tests.conftest import FIRST_MOMENT

Opener = Callable[..., AuditSession]


def leave_open(path: Path, machine: str, beat: datetime) -> None:
    """Leave the row of a program that did not close the file."""
    file = AuditFile.open(path)
    claim(file.connection, Writer("Inspector 3", machine, 12, beat), "foreign", beat)
    file.close()


def held(path: Path) -> tuple[Writer, datetime] | None:
    file = AuditFile.open(path, read_only=True)
    found = read_writer(file.connection)
    file.close()
    return found


def test_whoever_opens_it_stands_in_the_file_until_it_is_closed(sample_path: Path, opener: Opener) -> None:
    session = opener(sample_path)
    found = held(sample_path)
    assert found is not None
    assert (found[0].person, found[0].machine) == ("Inspector 2", socket.gethostname())
    session.close()
    assert held(sample_path) is None
    assert check(sample_path).problems == ()


def test_a_second_one_is_refused_and_may_read(sample_path: Path, opener: Opener) -> None:
    first = opener(sample_path)
    with pytest.raises(FileInUseError) as refused:
        opener(sample_path, "Inspector 1")
    assert "Inspector 2" in refused.value.happened
    assert socket.gethostname() in refused.value.happened
    assert "can be read" in refused.value.safe
    assert not refused.value.may_take
    reading = opener(sample_path, "Inspector 1", read_only=True)
    with pytest.raises(NotSavedError, match="reading only"):
        reviewing.give_grade(reading, key_of(reading, "DA-06"), "good")
    reviewing.give_grade(first, key_of(first, "DA-06"), "good")
    first.close()
    reviewing.give_grade(opener(sample_path, "Inspector 1"), key_of(reading, "DA-06"), "inadequate")


def test_work_of_the_same_process_shares_the_right(sample_path: Path, opener: Opener) -> None:
    first = opener(sample_path)
    beside = opener(sample_path, "Inspector 1", beside=first)
    reviewing.give_grade(beside, key_of(beside, "DA-06"), "good")
    beside.close()
    assert held(sample_path) is not None
    reviewing.give_grade(first, key_of(first, "DA-06"), "inadequate")


def test_what_a_crash_on_this_machine_left_is_taken_without_a_question(sample_path: Path, opener: Opener) -> None:
    leave_open(sample_path, socket.gethostname(), FIRST_MOMENT)
    session = opener(sample_path)
    assert session.writing is not None
    assert session.writing.after_crash
    session.close()
    again = opener(sample_path)
    assert again.writing is not None
    assert not again.writing.after_crash


@pytest.mark.parametrize("minutes", [0, 2, -2])
def test_a_live_writer_on_another_machine_is_not_disturbed(sample_path: Path, opener: Opener, minutes: int) -> None:
    leave_open(sample_path, "LAPTOP-7", FIRST_MOMENT + timedelta(minutes=minutes))
    with pytest.raises(FileInUseError, match="Inspector 3 on LAPTOP-7") as refused:
        opener(sample_path, take_over=True)
    assert not refused.value.may_take
    assert held(sample_path) == (
        Writer("Inspector 3", "LAPTOP-7", 12, FIRST_MOMENT + timedelta(minutes=minutes)),
        FIRST_MOMENT + timedelta(minutes=minutes),
    )


@pytest.mark.parametrize("minutes", [4, 60 * 24 * 365, -10])
def test_one_that_was_left_open_elsewhere_is_explained_and_can_be_taken(
    sample_path: Path, opener: Opener, minutes: int
) -> None:
    leave_open(sample_path, "LAPTOP-7", FIRST_MOMENT - timedelta(minutes=minutes))
    with pytest.raises(FileInUseError, match="did not close it") as refused:
        opener(sample_path)
    assert refused.value.may_take
    assert "take it over" in refused.value.todo
    session = opener(sample_path, take_over=True)
    reviewing.give_grade(session, key_of(session, "DA-06"), "good")
    session.close()
    assert held(sample_path) is None


def test_after_a_take_over_the_one_before_saves_nothing_more(sample_path: Path, opener: Opener) -> None:
    first = opener(sample_path)
    last = first.file.last_sequence()
    file = AuditFile.open(sample_path)
    claim(file.connection, Writer("Inspector 3", "LAPTOP-7", 12, FIRST_MOMENT), "foreign", FIRST_MOMENT)
    file.close()
    with pytest.raises(NotSavedError, match="taken over from another machine") as refused:
        reviewing.give_grade(first, key_of(first, "DA-06"), "good")
    assert "still on screen" in refused.value.safe
    assert first.file.last_sequence() == last
    first.close()
    found = held(sample_path)
    assert found is not None
    assert found[0].person == "Inspector 3"


def test_the_heart_beats(sample_path: Path, opener: Opener) -> None:
    session = opener(sample_path)
    assert session.writing is not None
    session.writing.beat(FIRST_MOMENT + timedelta(hours=1))
    found = held(sample_path)
    assert found is not None
    assert found[1] == FIRST_MOMENT + timedelta(hours=1)


def test_a_full_disk_does_not_keep_a_file_shut(
    sample_path: Path, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_about: object) -> None:
        raise DatabaseError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(one_writer, "claim", full)
        session = opener(sample_path)
    assert held(sample_path) is None
    assert session.writing is not None
    session.writing.beat(FIRST_MOMENT)
    assert held(sample_path) is not None
