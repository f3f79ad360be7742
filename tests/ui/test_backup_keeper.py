"""The keeper: a backup after half an hour of change and a rest, none without a change, and on closing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.record.backup import Backup, BackupPlace, Occasion
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.backup_keeper import BackupKeeper
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.keeping_backups import BackupNotMadeError
from ncpi_desktop.workflows.kept_backups import kept_backups
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of


@pytest.fixture
def place(tmp_path: Path) -> BackupPlace:
    return BackupPlace(tmp_path / "backups")


@pytest.fixture
def hub(fresh_audit: AuditSession, qtbot: QtBot) -> Iterator[AuditHub]:
    made = AuditHub(fresh_audit)
    yield made
    made.deleteLater()


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def keeper(hub: AuditHub, background: Background, place: BackupPlace) -> Iterator[BackupKeeper]:
    made = BackupKeeper(hub, background, lambda: place)
    yield made
    made.end()


def kept(hub: AuditHub, place: BackupPlace) -> list[Backup]:
    return [found.backup for found in kept_backups(hub.session, place)]


def grade(hub: AuditHub, code: str) -> None:
    hub.do(lambda session: reviewing.give_grade(session, key_of(session, "DA-9"), code))


def made_by(keeper: BackupKeeper, qtbot: QtBot) -> Backup:
    with qtbot.waitSignal(keeper.made, timeout=20_000) as told:
        keeper.rested()
    backup = told.args[0] if told.args else None
    assert isinstance(backup, Backup)
    return backup


def test_what_an_earlier_sitting_left_is_backed_up_at_the_first_rest(
    keeper: BackupKeeper, hub: AuditHub, place: BackupPlace, qtbot: QtBot
) -> None:
    assert keeper.is_due
    assert keeper.rest.isActive()
    backup = made_by(keeper, qtbot)
    assert kept(hub, place) == [backup]
    assert (backup.occasion, backup.sequence) == (Occasion.HALF_HOUR, hub.session.file.last_sequence())
    assert not keeper.is_due
    assert not keeper.half_hour.isActive()


def test_half_an_hour_begins_with_a_change_and_each_change_lengthens_the_rest(
    keeper: BackupKeeper, hub: AuditHub, place: BackupPlace, qtbot: QtBot
) -> None:
    made_by(keeper, qtbot)
    grade(hub, "good")
    assert keeper.half_hour.isActive()
    keeper.rested()
    assert len(kept(hub, place)) == 1  # not due yet
    keeper.half_hour_passed()
    assert keeper.rest.isActive()
    keeper.rest.stop()
    grade(hub, "inadequate")
    assert keeper.rest.isActive()
    made_by(keeper, qtbot)
    assert len(kept(hub, place)) == 2


def test_without_a_change_none_is_made(
    keeper: BackupKeeper, hub: AuditHub, place: BackupPlace, qtbot: QtBot, background: Background
) -> None:
    made_by(keeper, qtbot)
    keeper.half_hour_passed()
    keeper.rested()
    assert not background.is_busy
    assert len(kept(hub, place)) == 1
    assert not keeper.is_due


def test_a_failure_is_told_once_and_the_next_success_ends_it(
    keeper: BackupKeeper, hub: AuditHub, place: BackupPlace, qtbot: QtBot, tmp_path: Path, background: Background
) -> None:
    assert place.root is not None
    place.root.write_text("a file stands where the folder should be")
    told: list[KnownError] = []
    keeper.not_made.connect(told.append)
    for _time in range(2):
        keeper.half_hour_passed()
        keeper.rested()
        qtbot.waitUntil(lambda: not background.is_busy, timeout=20_000)
    assert len(told) == 1
    assert "No backup was made" in str(told[0])
    assert keeper.half_hour.isActive()
    grade(hub, "good")
    place.root.unlink()
    keeper.half_hour_passed()
    made_by(keeper, qtbot)
    assert len(kept(hub, place)) == 1


def test_an_audit_that_kept_changing_is_tried_again_after_a_longer_rest(
    keeper: BackupKeeper, qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ncpi_desktop.workflows import keeping_backups

    def give_up(*_given: object) -> Backup:
        raise BackupNotMadeError("It kept changing.", again=True)

    monkeypatch.setattr(keeping_backups, "keep_backup", give_up)
    told: list[KnownError] = []
    keeper.not_made.connect(told.append)
    first = keeper.rest.interval()
    keeper.rested()
    qtbot.waitUntil(lambda: not background.is_busy and keeper.rest.isActive(), timeout=20_000)
    assert keeper.rest.interval() == 2 * first
    for _time in range(10):
        keeper.half_hour_passed()
        keeper.rested()
        qtbot.waitUntil(lambda: not background.is_busy, timeout=20_000)
    assert len(told) == 1


def test_closing_backs_up_what_changed_since(
    keeper: BackupKeeper, hub: AuditHub, place: BackupPlace, qtbot: QtBot
) -> None:
    made_by(keeper, qtbot)
    keeper.closing()
    assert len(kept(hub, place)) == 1
    grade(hub, "good")
    keeper.closing()
    newest, _older = kept(hub, place)
    assert (newest.occasion, newest.sequence) == (Occasion.ON_CLOSING, hub.session.file.last_sequence())


def test_closing_never_complains(keeper: BackupKeeper, hub: AuditHub, place: BackupPlace) -> None:
    assert place.root is not None
    place.root.write_text("a file stands where the folder should be")
    keeper.closing()
    assert not keeper.rest.isActive()


def test_the_sample_is_left_out(sample: AuditSession, background: Background, place: BackupPlace) -> None:
    hub = AuditHub(sample)
    keeper = BackupKeeper(hub, background, lambda: place)
    hub.do(lambda session: reviewing.give_grade(session, key_of(session, "DA-06"), "good"))
    keeper.half_hour_passed()
    keeper.rested()
    keeper.closing()
    assert not background.is_busy
    assert kept(hub, place) == []
    hub.deleteLater()
