"""The judgement of one stage by mouse and by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.stage_row import StageLabel, StageRow


@pytest.fixture
def row(theme: Theme, three: list[GradeLook], qtbot: QtBot) -> StageRow:
    made = StageRow(theme, "initial-contact", "Initial contact", three)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def test_the_forces_own_grade_is_marked_by_a_dot_that_says_what_it_is(row: StageRow) -> None:
    row.set_own_grade("inadequate")
    assert [button.is_dotted() for button in row.buttons] == [False, False, True, False]
    assert row.buttons[2].accessibleDescription() == "The force's own grade"
    plain = row.buttons[1].grab().toImage()
    row.set_own_grade("requires-improvement")
    assert row.buttons[1].grab().toImage() != plain
    assert row.buttons[2].accessibleDescription() == ""
    row.set_own_grade(None)
    assert not any(button.is_dotted() for button in row.buttons)


def judged(row: StageRow) -> list[tuple[str, object, bool]]:
    seen: list[tuple[str, object, bool]] = []
    row.judged.connect(lambda *said: seen.append(said))
    return seen


def test_pressing_judges_moves_on_and_clears(row: StageRow, qtbot: QtBot) -> None:
    seen = judged(row)
    for column in (1, 3, 3):
        qtbot.mouseClick(row.buttons[column], Qt.MouseButton.LeftButton)
    assert seen == [
        ("initial-contact", "requires-improvement", False),
        ("initial-contact", None, True),
        ("initial-contact", None, False),
    ]


def test_showing_is_silent(row: StageRow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(row.judged):
        row.set_judgement("good")
        assert row.judgement() == ("good", False)
        row.set_judgement(None, True)
        assert row.judgement() == (None, True)
        row.set_judgement(None)
        assert row.judgement() == (None, False)


def test_arrows_move_within_and_space_presses(row: StageRow, qtbot: QtBot) -> None:
    seen = judged(row)
    row.focus_column(0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home):
        qtbot.keyClick(row.focusWidget(), key)
    assert row.focused_column() == 0
    assert seen == []
    qtbot.keyClick(row.focusWidget(), Qt.Key.Key_Space)
    assert seen == [("initial-contact", "good", False)]


def test_letters_press(row: StageRow, qtbot: QtBot) -> None:
    seen = judged(row)
    row.focus_column(0)
    for key in (Qt.Key.Key_I, Qt.Key.Key_N):
        qtbot.keyClick(row.focusWidget(), key)
    assert seen == [("initial-contact", "inadequate", False), ("initial-contact", None, True)]


def test_up_and_down_leave_the_row(row: StageRow, qtbot: QtBot) -> None:
    row.focus_column(2)
    with qtbot.waitSignal(row.step_requested) as down:
        qtbot.keyClick(row.focusWidget(), Qt.Key.Key_Down)
    assert down.args == [1, 2]


def test_one_tab_stop_on_what_is_chosen(row: StageRow) -> None:
    row.set_judgement("inadequate")
    stops = [bool(button.focusPolicy() & Qt.FocusPolicy.TabFocus) for button in row.buttons]
    assert stops == [False, False, True, False]


def test_names_say_stage_and_grade(row: StageRow) -> None:
    assert [button.accessibleName() for button in row.buttons] == [
        "Initial contact: Good",
        "Initial contact: Requires improvement",
        "Initial contact: Inadequate",
        "Initial contact: n/a",
    ]


def test_the_label_asks_for_the_criteria(row: StageRow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(row.label_pressed) as pressed:
        qtbot.mouseClick(row.findChild(StageLabel), Qt.MouseButton.LeftButton)
    assert pressed.args == ["initial-contact"]


def test_read_only_keeps_its_judgement(row: StageRow, qtbot: QtBot) -> None:
    row.set_judgement("good")
    row.set_read_only(True)
    with qtbot.assertNotEmitted(row.judged):
        qtbot.mouseClick(row.buttons[1], Qt.MouseButton.LeftButton)
    assert row.judgement() == ("good", False)


@pytest.mark.parametrize("scale", [100, 200])
def test_a_long_name_wraps_rather_than_being_cut(theme: Theme, five: list[GradeLook], qtbot: QtBot, scale: int) -> None:
    theme.set_text_scale(scale)
    page = QWidget()
    qtbot.addWidget(page)
    row = StageRow(theme, "managing-risk", "Managing those who pose a risk", five)
    layout = QVBoxLayout(page)
    layout.addWidget(row)
    layout.addStretch(1)
    page.resize(theme.px(366), 400)
    page.show()
    label = row.findChild(StageLabel)
    assert label.height() >= label.heightForWidth(label.width())
    assert label.heightForWidth(label.width()) > label.sizeHint().height()
