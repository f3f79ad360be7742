"""The overall grade by mouse and by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.grade_row import GradeRow


@pytest.fixture
def row(theme: Theme, three: list[GradeLook], qtbot: QtBot) -> GradeRow:
    made = GradeRow(theme, three, ("1", "2", "3"), "Overall grade")
    qtbot.addWidget(made)
    made.resize(340, made.heightForWidth(340))
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def chosen(row: GradeRow) -> list[object]:
    seen: list[object] = []
    row.grade_chosen.connect(seen.append)
    return seen


def test_a_click_chooses_and_a_second_click_clears(row: GradeRow, qtbot: QtBot) -> None:
    seen = chosen(row)
    for _press in range(2):
        qtbot.mouseClick(row.buttons[0], Qt.MouseButton.LeftButton)
    assert seen == ["good", None]
    assert row.grade() is None


def test_only_one_is_chosen(row: GradeRow) -> None:
    seen = chosen(row)
    row.press("good")
    row.press("inadequate")
    assert seen == ["good", "inadequate"]
    assert [button.isChecked() for button in row.buttons] == [False, False, True]


def test_showing_a_grade_is_silent(row: GradeRow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(row.grade_chosen):
        row.set_grade("requires-improvement")
        row.press("no-such-grade")
    assert row.grade() == "requires-improvement"
    row.set_grade(None)
    assert row.grade() is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_arrows_move_and_keys_press(row: GradeRow, qtbot: QtBot, key: Qt.Key) -> None:
    seen = chosen(row)
    row.buttons[0].setFocus()
    for moved in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(row.focusWidget(), moved)
    assert row.focusWidget() is row.buttons[1]
    assert seen == []
    qtbot.keyClick(row.focusWidget(), key)
    assert seen == ["requires-improvement"]


def test_control_enter_is_left_to_the_page(row: GradeRow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(row.grade_chosen):
        qtbot.keyClick(row.buttons[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_names_are_the_words(row: GradeRow) -> None:
    assert [button.accessibleName() for button in row.buttons] == ["Good", "Requires improvement", "Inadequate"]


def test_five_grades_wrap_into_rows(theme: Theme, five: list[GradeLook], qtbot: QtBot) -> None:
    row = GradeRow(theme, five)
    qtbot.addWidget(row)
    assert [len(line) for line in row.rows(340)] == [3, 2]
    assert [len(line) for line in row.rows(2000)] == [5]
    assert row.heightForWidth(340) > row.heightForWidth(2000)


@pytest.mark.parametrize("scale", [100, 150, 200])
@pytest.mark.parametrize("width", [260, 340, 700])
def test_no_word_is_cut_at_any_size(theme: Theme, five: list[GradeLook], qtbot: QtBot, scale: int, width: int) -> None:
    theme.set_text_scale(scale)
    row = GradeRow(theme, five)
    qtbot.addWidget(row)
    width = max(width, row.minimumSizeHint().width())
    row.resize(width, row.heightForWidth(width))
    row.show()
    assert all(button.width() >= button.least_width() for button in row.buttons)
    assert all(row.rect().contains(button.geometry()) for button in row.buttons)
