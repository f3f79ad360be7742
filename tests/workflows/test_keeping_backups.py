"""Backups: copied aside, checked, only then listed, thinned; and what is said where none can be made."""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.inspection import PreviousResults
from ncpi_desktop.domain.errors import FileInUseError, FileRefusedError, NotSavedError
from ncpi_desktop.domain.record.backup import Backup, BackupPlace, Occasion
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage import backup as copying
from ncpi_desktop.storage.backup_folder import backups_folder
from ncpi_desktop.storage.engine import Connection, DatabaseError
from ncpi_desktop.storage.migrations import SCHEMA_VERSION
from ncpi_desktop.storage.writer_lock import Writer, WriterLock
from ncpi_desktop.workflows import keeping_backups, reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.creating import create_audit, record_previous
from ncpi_desktop.workflows.keeping_backups import BackupNotMadeError, BackupOrder, keep_backup
from ncpi_desktop.workflows.kept_backups import back_up_before, kept_backups, newest_sound, refuse_unless_sound
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_inspection
from tests.casework import key_of
from tests.storage.early_file import early_file

Opener = Callable[..., AuditSession]


@pytest.fixture
def place(tmp_path: Path) -> BackupPlace:
    return BackupPlace(tmp_path / "backups")


def order_for(session: AuditSession, place: BackupPlace, **named: object) -> BackupOrder:
    held: dict[str, object] = {
        "path": session.path,
        "inspection": session.inspection.identity,
        "occasion": Occasion.HALF_HOUR,
        "now": session.clock(),
        "place": place,
        "wait": 0,
    }
    return BackupOrder(**(held | named))  # type: ignore[arg-type]


def names_in(place: BackupPlace, session: AuditSession) -> set[str]:
    folder = backups_folder(session.inspection.identity, place.root)
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_a_backup_holds_everything_and_is_listed_with_what_it_is(sample: AuditSession, place: BackupPlace) -> None:
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "good")
    made = back_up_before(sample, Occasion.BEFORE_IMPORT, place=place)
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "inadequate")
    (kept,) = kept_backups(sample, place)
    assert (kept.backup, kept.changes_ago) == (made, 1)
    assert (made.occasion, made.sequence, made.made_at) == (
        Occasion.BEFORE_IMPORT,
        sample.file.last_sequence() - 1,
        (sample.clock.now).replace(microsecond=0) - timedelta(seconds=1),  # type: ignore[attr-defined]
    )
    assert check(made.path).sound
    assert names_in(place, sample) == {made.path.name}


def test_the_copy_is_closed_by_whoever_works_in_the_audit(sample: AuditSession, place: BackupPlace) -> None:
    assert sample.file.connection.execute("SELECT count(*) FROM writer").fetchone() == (1,)
    made = back_up_before(sample, Occasion.ASKED_FOR, place=place)
    with closing(sqlite3.connect(made.path)) as copy:
        assert copy.execute("SELECT count(*) FROM writer").fetchone() == (0,)


def test_without_a_place_it_goes_to_the_persons_own_data_folder(sample: AuditSession, sample_path: Path) -> None:
    made = back_up_before(sample, Occasion.ASKED_FOR)
    assert made.path.parent == backups_folder(sample.inspection.identity)
    assert sample_path.parent not in made.path.parents


def test_a_protected_audit_is_backed_up_under_the_same_key(tmp_path: Path, place: BackupPlace, opener: Opener) -> None:
    path, key = tmp_path / "a.ncpi", FileKey(bytes(range(1, 33)), b"s" * 16)
    create_audit(path, make_inspection(), person="Team lead", key=key)
    session = opener(path, key=key)
    made = back_up_before(session, Occasion.HALF_HOUR, place=place)
    assert b"Northshire" not in made.path.read_bytes()
    assert check(made.path, key=key).sound
    refuse_unless_sound(made, [], key)


def test_what_a_killed_attempt_left_is_swept(sample: AuditSession, place: BackupPlace) -> None:
    folder = backups_folder(sample.inspection.identity, place.root)
    folder.mkdir(parents=True)
    (folder / ".new.ncpi.part").write_bytes(b"half")
    (folder / ".new.ncpi.part-journal").write_bytes(b"half")
    (folder / ".20180516T104207Z-00000001-half-hour.ncpi.77.part").write_bytes(b"half")
    (folder / "somebody's notes.txt").write_text("mine")
    assert kept_backups(sample, place) == []
    made = back_up_before(sample, Occasion.HALF_HOUR, place=place)
    assert names_in(place, sample) == {made.path.name, "somebody's notes.txt"}


def test_older_ones_are_thinned_and_the_size_is_limited(sample: AuditSession, place: BackupPlace) -> None:
    long_ago = sample.clock() - timedelta(days=3)
    for minutes in range(3):
        keep_backup(order_for(sample, place, now=long_ago + timedelta(minutes=minutes)))
    assert len(kept_backups(sample, place)) == 3
    newest = keep_backup(order_for(sample, place))
    assert len(kept_backups(sample, place)) == 2
    last = keep_backup(order_for(sample, BackupPlace(place.root, limit=1)))
    assert [kept.backup for kept in kept_backups(sample, place)] == [last]
    assert not newest.path.exists()


def test_nothing_goes_in_favour_of_a_damaged_one(sample: AuditSession, place: BackupPlace) -> None:
    long_ago = sample.clock() - timedelta(days=3)
    early, late = (keep_backup(order_for(sample, place, now=long_ago + timedelta(minutes=m))) for m in (0, 1))
    late.path.write_bytes(late.path.read_bytes()[:5000])
    keep_backup(order_for(sample, place))
    held = {kept.backup.path for kept in kept_backups(sample, place)}
    assert early.path in held
    assert late.path in held


def test_another_copys_backups_are_not_thinned_with_ours(
    sample: AuditSession, sample_path: Path, place: BackupPlace, opener: Opener, tmp_path: Path
) -> None:
    other = opener(Path(shutil.copy(sample_path, tmp_path / "Other.ncpi")), "Inspector 1")
    reviewing.give_grade(other, key_of(other, "DA-06"), "good")
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "inadequate")
    long_ago = sample.clock() - timedelta(days=3)
    theirs = keep_backup(order_for(other, place, now=long_ago))
    mine = keep_backup(order_for(sample, place, now=long_ago + timedelta(minutes=1)))
    keep_backup(order_for(sample, place))
    listed = {kept.backup: kept.changes_ago for kept in kept_backups(sample, place)}
    assert listed[theirs] is None
    assert listed[mine] == 0


def test_a_full_disk_is_said_and_leaves_nothing(
    sample: AuditSession, place: BackupPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(keeping_backups.shutil, "disk_usage", lambda _folder: usage(100, 99, 1))
    with pytest.raises(BackupNotMadeError, match=r"the disk is full.*earlier backups are as they were.*Make room"):
        back_up_before(sample, Occasion.HALF_HOUR, place=place)
    assert names_in(place, sample) == set()


@pytest.mark.parametrize("fault", [DatabaseError("database or disk is full"), OSError(28, "No space left on device")])
def test_a_disk_that_fills_up_meanwhile_is_said_and_leaves_nothing(
    sample: AuditSession, place: BackupPlace, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    first = back_up_before(sample, Occasion.HALF_HOUR, place=place)

    def fail(_source: Connection, target: Path, *_rest: object) -> None:
        target.write_bytes(b"half")
        raise fault

    monkeypatch.setattr(copying, "_copy", fail)
    with pytest.raises(BackupNotMadeError, match="the disk is full"):
        back_up_before(sample, Occasion.HALF_HOUR, place=place)
    assert names_in(place, sample) == {first.path.name}
    monkeypatch.undo()
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "good")
    assert back_up_before(sample, Occasion.HALF_HOUR, place=place).sequence == first.sequence + 1


def test_a_closed_folder_is_said(sample: AuditSession, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(BackupNotMadeError, match="No backup was made"):
        back_up_before(sample, Occasion.HALF_HOUR, place=BackupPlace(tmp_path / "a file"))


def test_a_damaged_audit_is_said_and_not_listed(sample: AuditSession, place: BackupPlace) -> None:
    sample.file.connection.execute("UPDATE reviews SET rationale = 'Altered' WHERE id = 1")
    with pytest.raises(BackupNotMadeError, match="a check found the audit damaged"):
        back_up_before(sample, Occasion.HALF_HOUR, place=place)
    assert names_in(place, sample) == set()


def test_a_large_one_is_looked_at_by_pages_and_counts(
    sample: AuditSession, place: BackupPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_backups, "QUICK_CHECK_LIMIT", 1000)
    monkeypatch.setattr(keeping_backups, "check", None)
    assert back_up_before(sample, Occasion.HALF_HOUR, place=place).sequence == sample.file.last_sequence()
    sample.file.connection.execute("DELETE FROM worklist WHERE position = 3")
    with pytest.raises(BackupNotMadeError, match="queue"):
        back_up_before(sample, Occasion.HALF_HOUR, place=place)


def test_an_audit_that_keeps_changing_is_given_up_and_tried_again(
    sample: AuditSession, place: BackupPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, grades = key_of(sample, "DA-06"), ["good", "inadequate"]
    steps: list[int] = []

    def grade_meanwhile(_seconds: float) -> None:
        steps.append(reviewing.give_grade(sample, case, grades[len(steps) % 2]).step or 0)

    monkeypatch.setattr(copying.time, "sleep", grade_meanwhile)
    monkeypatch.setattr(copying, "PAGES", (2, 2, 4))
    with pytest.raises(BackupNotMadeError, match="kept changing") as told:
        back_up_before(sample, Occasion.HALF_HOUR, place=place)
    assert told.value.again
    assert len(steps) == 3  # each attempt ends at its first restart
    assert names_in(place, sample) == set()
    monkeypatch.undo()
    assert back_up_before(sample, Occasion.HALF_HOUR, place=place).sequence == sample.file.last_sequence()


def test_a_change_while_it_is_copied_is_whole_in_it_or_not_at_all(
    sample: AuditSession, place: BackupPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = key_of(sample, "DA-06")
    paused: list[float] = []

    def once(seconds: float) -> None:
        paused.append(seconds)
        if len(paused) == 3:
            reviewing.write_text(sample, case, "rationale", "Typed meanwhile. " * 200)

    monkeypatch.setattr(copying.time, "sleep", once)
    monkeypatch.setattr(copying, "PAGES", (8, 8))
    made = back_up_before(sample, Occasion.HALF_HOUR, place=place)
    assert check(made.path).sound
    assert made.sequence == sample.file.last_sequence()


def test_two_windows_make_one_after_the_other(sample: AuditSession, place: BackupPlace) -> None:
    folder = backups_folder(sample.inspection.identity, place.root)
    folder.mkdir(parents=True)
    lock = WriterLock.acquire(folder / "backups", Writer.here("", sample.clock()))
    with pytest.raises(BackupNotMadeError, match="another window") as told:
        keep_backup(order_for(sample, place))
    assert told.value.again
    lock.release()
    assert keep_backup(order_for(sample, place)).path.exists()


def test_stopping_leaves_nothing(sample: AuditSession, place: BackupPlace) -> None:
    class StoppedError(Exception):
        pass

    def stop_at(share: float) -> Callable[[int, int], None]:
        def tick(done: int, total: int) -> None:
            if done >= share * total:
                raise StoppedError

        return tick

    for share in (0, 0.2, 0.6, 0.9):
        with pytest.raises(StoppedError):
            keep_backup(order_for(sample, place), stop_at(share))
        assert names_in(place, sample) == set()


def test_a_damaged_backup_is_named_and_the_next_sound_one_offered(sample: AuditSession, place: BackupPlace) -> None:
    older = back_up_before(sample, Occasion.HALF_HOUR, place=place)
    newer = back_up_before(sample, Occasion.HALF_HOUR, place=place)
    damage(newer)
    listed = [kept.backup for kept in kept_backups(sample, place)]
    with pytest.raises(FileRefusedError, match=r"The backup of .* is damaged.*Use the one of .* instead"):
        refuse_unless_sound(newer, listed, None)
    assert newest_sound(listed, None) == older
    damage(older)
    with pytest.raises(FileRefusedError, match="No other backup of this audit is sound"):
        refuse_unless_sound(newer, listed, None)
    assert newest_sound(listed, None) is None


def damage(backup: Backup) -> None:
    held = bytearray(backup.path.read_bytes())
    place = held.index(b"Child A")
    held[place + 2] ^= 1
    backup.path.write_bytes(held)


# -- an older file


@pytest.fixture
def older_path(tmp_path: Path) -> Path:
    """An audit as version 1 left it."""
    return early_file(tmp_path)


def version(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")


def test_an_older_file_is_brought_up_after_a_checked_backup(
    older_path: Path, place: BackupPlace, opener: Opener
) -> None:
    session = opener(older_path, backups=place)
    assert not session.read_only
    assert version(older_path) == SCHEMA_VERSION
    (kept,) = kept_backups(session, place)
    assert kept.backup.occasion is Occasion.BEFORE_MIGRATION
    assert version(kept.backup.path) == 1
    assert check(kept.backup.path).sound


def test_without_a_backup_an_older_file_is_read_and_not_touched(
    older_path: Path, opener: Opener, tmp_path: Path
) -> None:
    before = older_path.read_bytes()
    (tmp_path / "a file").write_text("")
    session = opener(older_path, backups=BackupPlace(tmp_path / "a file"))
    assert session.read_only
    assert session.remark is not None
    assert "made by an older version" in str(session.remark)
    with pytest.raises(NotSavedError, match="made by an older version"):
        record_previous(session, PreviousResults("", "2016", good=22, total=76))
    assert older_path.read_bytes() == before


def test_an_older_file_that_is_open_elsewhere_is_not_brought_up(
    older_path: Path, place: BackupPlace, opener: Opener
) -> None:
    before = older_path.read_bytes()
    lock = WriterLock.acquire(older_path, Writer.here("Inspector 1", opener(older_path, read_only=True).clock()))
    with pytest.raises(FileInUseError, match="Inspector 1"):
        opener(older_path, backups=place)
    lock.release()
    assert older_path.read_bytes() == before
