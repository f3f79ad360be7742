"""The backups dialog: made, compared, a value brought back, saved elsewhere, a damaged one named; all of it by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.record.backup import BackupPlace, Occasion
from ncpi_desktop.ui.dialogs import backups_dialog
from ncpi_desktop.ui.dialogs.backups_dialog import BackupsDialog, size_words
from ncpi_desktop.ui.dialogs.differences_dialog import DifferencesDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows import reviewing, undoing
from ncpi_desktop.workflows.browsing import history
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.kept_backups import back_up_before, kept_backups
from ncpi_desktop.workflows.laying_beside import compare_with
from tests.casework import hand_in, key_of


@pytest.fixture
def place(tmp_path: Path) -> BackupPlace:
    return BackupPlace(tmp_path / "backups")


@pytest.fixture
def hub(open_window: MainWindow) -> AuditHub:
    assert open_window.audit is not None
    return open_window.audit.hub


@pytest.fixture
def dialog(open_window: MainWindow, hub: AuditHub, place: BackupPlace, qtbot: QtBot) -> Iterator[BackupsDialog]:
    made = BackupsDialog(open_window.theme, open_window.background, hub, place, open_window)
    made.show()
    yield made
    made.close()


def wait(dialog: BackupsDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.make_button.isEnabled, timeout=20_000)


def cells(dialog: BackupsDialog | DifferencesDialog, row: int = 0) -> list[str]:
    found = [dialog.table.item(row, column) for column in range(4)]
    return [cell.text() if cell else "" for cell in found]


def test_at_first_there_is_none_and_one_is_made(dialog: BackupsDialog, qtbot: QtBot) -> None:
    assert dialog.notice.text() == "There is no backup of this audit yet."
    assert not dialog.compare_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1, timeout=20_000)
    assert cells(dialog)[1:3] == ["asked for", "nothing changed"]
    assert "found sound" in dialog.notice.text()


def test_a_backup_is_saved_elsewhere_and_nothing_is_replaced(
    dialog: BackupsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.make_one()
    wait(dialog, qtbot)
    dialog.save_to(tmp_path / "elsewhere.ncpi")
    wait(dialog, qtbot)
    assert check(tmp_path / "elsewhere.ncpi").sound
    dialog.save_to(tmp_path / "elsewhere.ncpi")
    wait(dialog, qtbot)
    assert "exists already" in dialog.notice.text()


def test_the_same_judgements_are_said(dialog: BackupsDialog, qtbot: QtBot) -> None:
    dialog.make_one()
    wait(dialog, qtbot)
    dialog.compare()
    wait(dialog, qtbot)
    assert "hold the same judgements" in dialog.notice.text()


def test_differences_are_shown_when_compared(
    dialog: BackupsDialog, hub: AuditHub, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.make_one()
    wait(dialog, qtbot)
    hub.do(lambda session: reviewing.give_grade(session, key_of(session, "DA-06"), "good"))
    shown: list[list[str]] = []

    def look(self: DifferencesDialog) -> int:
        shown.append([cells(self, row)[1] for row in range(self.table.rowCount())])
        self.done(0)
        return 0

    monkeypatch.setattr(DifferencesDialog, "exec", look)
    monkeypatch.setattr(backups_dialog, "MOST_LISTED", 1)
    dialog.compare()
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    wait(dialog, qtbot)
    assert shown == [["State of the review"]]
    assert cells(dialog)[2] == "1 change"


def test_a_damaged_one_is_named_and_the_next_offered(
    dialog: BackupsDialog, hub: AuditHub, place: BackupPlace, qtbot: QtBot
) -> None:
    for _time in range(2):
        dialog.make_one()
        wait(dialog, qtbot)
        hub.do(lambda session: reviewing.mark_not_sure(session, key_of(session, "DA-06"), True))
    newest = kept_backups(hub.session, place)[0].backup
    held = bytearray(newest.path.read_bytes())
    held[held.index(b"Child A") + 2] ^= 1
    newest.path.write_bytes(held)
    dialog.show_kept()
    dialog.compare()
    wait(dialog, qtbot)
    assert "is damaged" in dialog.notice.text()
    assert "instead: it is sound" in dialog.notice.text()


@pytest.fixture
def differences(
    open_window: MainWindow, hub: AuditHub, place: BackupPlace, qtbot: QtBot
) -> Iterator[DifferencesDialog]:
    session = hub.session
    case = key_of(session, "DA-06")
    reviewing.give_grade(session, case, "good")
    reviewing.write_text(session, case, "rationale", "First thoughts. " * 40)
    backup = back_up_before(session, Occasion.ASKED_FOR, place=place)
    reviewing.give_grade(session, case, "inadequate")
    reviewing.write_text(session, case, "rationale", "Second.")
    hand_in(session, key_of(session, "S47-06"))
    found = list(compare_with(session.path, backup.path))
    made = DifferencesDialog(
        open_window.theme, open_window.background, hub, place, backup, found, 7, parent=open_window
    )
    made.show()
    yield made
    made.close()


def test_a_value_is_brought_back_by_keyboard_and_undone(
    differences: DifferencesDialog, hub: AuditHub, qtbot: QtBot
) -> None:
    assert cells(differences) == ["DA-06", "Overall grade", "Inadequate", "Good"]
    assert "more" not in differences.counted.text()
    rows = differences.table.rowCount()
    qtbot.keyClick(differences.table, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: differences.table.rowCount() == rows - 1, timeout=20_000)
    case = key_of(hub.session, "DA-06")
    assert reviewing.lay_on_desk(hub.session, case).review.grade == "good"
    newest = history(hub.session)[0]
    assert newest.action == "restore"
    assert newest.reason.startswith("from the backup of ")
    assert cells(differences)[1] == "Rationale"
    assert differences.then_text.toPlainText() == "First thoughts. " * 40
    undoing.undo(hub.session)
    assert reviewing.lay_on_desk(hub.session, case).review.grade == "inadequate"


def test_a_submitted_review_is_refused_in_the_dialog(
    differences: DifferencesDialog, hub: AuditHub, qtbot: QtBot
) -> None:
    row = next(row for row in range(differences.table.rowCount()) if cells(differences, row)[0] == "S47-06")
    differences.table.selectRow(row)
    assert cells(differences, row)[1] == "State of the review"
    assert not differences.back_button.isEnabled()
    differences.table.selectRow(row + 1)
    differences.bring_chosen_back()
    qtbot.waitUntil(lambda: bool(differences.notice.text()), timeout=20_000)
    assert "has been submitted" in differences.notice.text()


def test_every_button_has_a_name_and_a_key(dialog: BackupsDialog, differences: DifferencesDialog) -> None:
    for shown in (dialog, differences):
        for button in shown.findChildren(QPushButton):
            assert button.accessibleName() == button.text().replace("&", "")


def test_sizes_are_in_the_unit_that_fits() -> None:
    assert [size_words(size) for size in (10, 532_000, 1_163_264, 2_000_000_000)] == [
        "1 kB",
        "532 kB",
        "1.2 MB",
        "2,000.0 MB",
    ]
