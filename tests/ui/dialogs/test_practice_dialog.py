"""The practice set in the window: a lead brings it in, everybody reads it and sees their result."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.dialogs.practice_dialog import PracticeDialog
from ncpi_desktop.ui.main_window import MainWindow
from tests.practice import answer, bring_set_in, practice_keys


def dialog_in(window: MainWindow, qtbot: QtBot) -> PracticeDialog:
    assert window.audit is not None
    made = PracticeDialog(window.theme, window.audit.hub, window)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def cells(dialog: PracticeDialog, column: int) -> list[str]:
    items = (dialog.cases.item(row, column) for row in range(dialog.cases.rowCount()))
    return [held.text() for held in items if held is not None]


def test_a_lead_brings_the_set_in(open_window: MainWindow, qtbot: QtBot) -> None:
    open_window.sign_in("Team lead")
    dialog = dialog_in(open_window, qtbot)
    assert dialog.said.text() == "This audit has no practice set yet. A team lead brings one in."
    assert (dialog.cases.isHidden(), dialog.read_button.isEnabled()) == (True, False)
    QTest.keyClick(dialog.bring_button, Qt.Key.Key_Space)
    assert cells(dialog, 0) == [f"PRACTICE-{number}" for number in range(1, 7)]
    assert cells(dialog, 2) == ["To do"] * 6
    assert dialog.bring_button.isHidden()
    assert dialog.readers.rowCount() == 5


def test_others_see_their_own_result_alone(open_window: MainWindow, qtbot: QtBot) -> None:
    open_window.sign_in("Inspector 1")
    assert open_window.audit is not None
    bring_set_in(open_window.audit.hub.session)
    answer(open_window.audit.hub.session, ("good", "good"))
    dialog = dialog_in(open_window, qtbot)
    told = "Your result: 1 of 2 overall grades are as agreed (50 per cent). 1 is kinder than agreed."
    assert dialog.said.text().startswith(told)
    assert dialog.readers.isHidden()
    assert dialog.bring_button.isHidden()
    assert dialog.cases.currentRow() == 2
    QTest.keyClick(dialog.cases, Qt.Key.Key_Return)
    assert dialog.chosen == practice_keys(open_window.audit.hub.session)[2]


def test_a_lead_sees_the_whole_result_of_the_reader_chosen(open_window: MainWindow, qtbot: QtBot) -> None:
    open_window.sign_in("Inspector 1")
    assert open_window.audit is not None
    bring_set_in(open_window.audit.hub.session)
    answer(open_window.audit.hub.session, ("good", "inadequate"))
    open_window.sign_in("Team lead")
    dialog = dialog_in(open_window, qtbot)
    assert dialog.said.text().startswith("Your result: No practice case has been handed in.")
    dialog.readers.setFocus()
    names = [dialog.readers.item(row, 0).text() for row in range(dialog.readers.rowCount())]  # type: ignore[union-attr]
    QTest.keyClick(dialog.readers, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _step in range(names.index("Inspector 1")):
        QTest.keyClick(dialog.readers, Qt.Key.Key_Down)
    lines = dialog.said.text().splitlines()
    assert lines[0].startswith("Inspector 1: 1 of 2 overall grades are as agreed (50 per cent). 1 is harsher")
    assert [line.split(":")[0] for line in lines[1:]] == ["Kappa (n = 2)", "AC2 (n = 2)", "Stages as agreed"]
    assert "Initial contact 1 of 2" in lines[3]


def test_nobody_signed_in_is_told_to_say_who(open_window: MainWindow, qtbot: QtBot) -> None:
    assert open_window.audit is not None
    session = open_window.audit.hub.session
    bring_set_in(session)
    session.sign_in("")
    dialog = dialog_in(open_window, qtbot)
    assert dialog.said.text().startswith("Say who is working")


def test_the_key_opens_it_anywhere_and_read_goes_to_the_case(
    open_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert open_window.audit is not None
    open_window.sign_in("Inspector 1")
    session = open_window.audit.hub.session
    bring_set_in(session)
    open_window.show_page("overview")

    def read(dialog: PracticeDialog) -> int:
        dialog.read_chosen()
        return 1

    monkeypatch.setattr(PracticeDialog, "exec", read)
    QTest.keyClick(open_window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    assert open_window.audit.pages.code == "review"
    assert open_window.audit.pages.review().current_case() == practice_keys(session)[0]
    open_window.show_page("overview")
    assert open_window.actions_.practice.isEnabled()
