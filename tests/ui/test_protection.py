"""Passphrases in the window: asked for when a file is opened, given to a new one, set, changed and removed while one works."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import FileProtectedError
from ncpi_desktop.ui.dialogs.new_audit_dialog import NewAuditDialog
from ncpi_desktop.ui.dialogs.passphrase_dialog import REMOVE, PassphraseDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.protecting import is_protected, unlock
from tests.casework import key_of
from tests.conftest import PASSPHRASE

OTHER = "another four words here"


def give(window: MainWindow, passphrase: str) -> None:
    prompt = window.protection.prompt
    assert prompt is not None
    prompt.field.setText(passphrase)
    prompt.unlock_button.click()


def test_a_protected_file_is_asked_for_and_opened(main_window: MainWindow, protected_path: Path, qtbot: QtBot) -> None:
    assert not main_window.open_file(protected_path)
    prompt = main_window.protection.prompt
    assert prompt is not None
    assert prompt.isModal()
    give(main_window, "wrong")
    qtbot.waitUntil(prompt.notice.isVisible, timeout=10000)
    assert "does not open with this passphrase" in prompt.notice.text()
    give(main_window, PASSPHRASE)
    qtbot.waitUntil(lambda: main_window.audit is not None, timeout=10000)
    assert main_window.protection.prompt is None
    assert main_window.preferences.recent_files() == [protected_path]
    main_window.close_audit()
    main_window.start.file_chosen.emit(protected_path)
    assert main_window.protection.prompt is not None


def test_it_can_be_left_unopened(main_window: MainWindow, protected_path: Path) -> None:
    main_window.open_file(protected_path)
    prompt = main_window.protection.prompt
    assert prompt is not None
    prompt.leave_button.click()
    assert main_window.protection.prompt is None
    assert main_window.audit is None
    assert main_window.preferences.recent_files() == []


def test_the_key_goes_with_the_audit(protected_window: MainWindow) -> None:
    assert protected_window.audit is not None
    key = protected_window.audit.hub.session.file.key
    assert key is not None
    protected_window.close_audit()
    assert key.is_forgotten


def in_dialog(window: MainWindow, act: Callable[[PassphraseDialog], None]) -> None:
    """Open the dialog by its command, as the program does, and `act` in it."""
    errors: list[BaseException] = []

    def acted() -> None:
        dialog = QApplication.activeModalWidget()
        try:
            assert isinstance(dialog, PassphraseDialog)
            act(dialog)
        except BaseException as error:
            errors.append(error)
            if isinstance(dialog, PassphraseDialog):
                dialog._is_busy = False
                dialog.reject()

    QTimer.singleShot(0, acted)
    window.actions_.passphrase.trigger()
    if errors:
        raise errors[0]


def fill(dialog: PassphraseDialog, new: str = "", now: str = "", again: str | None = None) -> None:
    dialog.fields.first.setText(new)
    dialog.fields.second.setText(new if again is None else again)
    if dialog.now is not None:
        dialog.now.setText(now)


def test_it_is_set_while_one_works_and_the_window_goes_on(
    open_window: MainWindow, sample_path: Path, qtbot: QtBot, quick_keys: None
) -> None:
    window = open_window
    assert window.audit is not None
    session = window.audit.hub.session
    case = key_of(session, "DA-06")
    window.audit.pages.go_to_case(case)
    box = window.audit.pages.review().judgement.texts.rationale
    box.setFocus()
    QTest.keyClicks(box, "Typed before")

    def act(dialog: PassphraseDialog) -> None:
        assert dialog.now is None
        fill(dialog, OTHER)
        dialog.do_button.click()
        assert session.is_resting
        assert window.windowTitle() == "NCPI Case Review"
        qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=20000)

    in_dialog(window, act)
    assert is_protected(sample_path)
    assert window.windowTitle() == "Northshire Police – NCPI Case Review"
    assert "new passphrase" in window.notices.text()
    assert window.audit.pages.review().current_case() == case
    assert box.text() == "Typed before"
    QTest.keyClicks(box, ", and after")
    window.audit.pages.flush()
    assert reviewing.lay_on_desk(session, case).review.rationale == "Typed before, and after"
    window.actions_.lock.trigger()
    assert window.locking.is_locked
    window.close_audit()
    assert not window.locking.is_locked
    assert window.windowTitle() == "NCPI Case Review"
    assert check(sample_path, key=unlock(sample_path, OTHER)).sound


def test_it_is_changed_and_removed(protected_window: MainWindow, protected_path: Path, qtbot: QtBot) -> None:
    def change(dialog: PassphraseDialog) -> None:
        fill(dialog, OTHER, PASSPHRASE)
        dialog.do_button.click()
        qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=20000)

    def remove(dialog: PassphraseDialog) -> None:
        dialog.choice.setCurrentIndex(dialog.choice.findData(REMOVE))
        assert dialog.fields.first.isHidden()
        assert dialog.do_button.text() == "Remove the passphrase"
        fill(dialog, now=OTHER)
        dialog.do_button.click()
        qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=20000)

    in_dialog(protected_window, change)
    assert unlock(protected_path, OTHER)
    protected_window.sign_in("Team lead")
    in_dialog(protected_window, remove)
    assert not is_protected(protected_path)
    assert "anybody who has it can read it" in protected_window.notices.text()
    assert protected_window.audit is not None
    assert not protected_window.audit.is_protected


def test_a_wrong_passphrase_changes_nothing(protected_window: MainWindow, protected_path: Path, qtbot: QtBot) -> None:
    def act(dialog: PassphraseDialog) -> None:
        fill(dialog, OTHER, "wrong")
        dialog.do_button.click()
        qtbot.waitUntil(dialog.notice.isVisible, timeout=20000)
        assert "does not open with this passphrase" in dialog.notice.text()
        dialog.reject()

    in_dialog(protected_window, act)
    assert protected_window.audit is not None
    assert not protected_window.audit.is_resting
    with pytest.raises(FileProtectedError):
        unlock(protected_path, OTHER)
    assert protected_window.windowTitle() == "Northshire Police – NCPI Case Review"


def test_what_is_amiss_is_said_before_anything_begins(open_window: MainWindow) -> None:
    def act(dialog: PassphraseDialog) -> None:
        for new, again, said in (("", "", "can't be empty"), (OTHER, "x", "not the same"), ("aaa", "aaa", "Weak")):
            fill(dialog, new, again=again)
            dialog.do_button.click()
            assert said in dialog.notice.text()
            assert not dialog._is_busy
        dialog.reject()

    in_dialog(open_window, act)


def test_a_weak_one_is_taken_when_asked_for_twice(
    open_window: MainWindow, sample_path: Path, qtbot: QtBot, quick_keys: None
) -> None:
    def act(dialog: PassphraseDialog) -> None:
        fill(dialog, "aaa")
        dialog.do_button.click()
        dialog.do_button.click()
        qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=20000)

    in_dialog(open_window, act)
    assert unlock(sample_path, "aaa")


def test_locked_while_it_is_changed_the_window_is_locked_behind_that(
    protected_window: MainWindow, qtbot: QtBot
) -> None:
    def act(dialog: PassphraseDialog) -> None:
        fill(dialog, OTHER, PASSPHRASE)
        dialog.do_button.click()
        protected_window.locking.system_watch.leaving.emit()
        qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=20000)

    in_dialog(protected_window, act)
    assert protected_window.locking.is_locked


def test_the_strength_is_said_in_words(open_window: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: PassphraseDialog) -> None:
        dialog.fields.first.setText("password")
        qtbot.waitUntil(lambda: dialog.fields.meaning.text().startswith("Weak"), timeout=10000)
        dialog.fields.first.setText("correct horse battery staple")
        qtbot.waitUntil(lambda: dialog.fields.meaning.text().startswith("Strong"), timeout=10000)
        assert dialog.fields.bar.accessibleDescription() == "Strong"
        assert "lost file" in dialog.fields.warning.text()
        dialog.reject()

    in_dialog(open_window, act)


def test_a_new_audit_is_protected_from_its_first_byte(
    main_window: MainWindow, tmp_path: Path, qtbot: QtBot, quick_keys: None
) -> None:
    dialog = NewAuditDialog(main_window.theme, main_window.background, "Team lead", main_window)
    dialog.place.setText(str(tmp_path / "New.ncpi"))
    dialog.force.setText("Northshire Police")
    dialog.passphrase.first.setText(OTHER)
    dialog.make_button.click()
    assert "not the same" in dialog.notice.text()
    dialog.passphrase.second.setText(OTHER)
    dialog.make_button.click()
    qtbot.waitUntil(lambda: dialog.made, timeout=20000)
    assert dialog.path is not None
    assert dialog.key is not None
    assert unlock(dialog.path, OTHER)
    assert main_window.open_file(dialog.path, dialog.key)
