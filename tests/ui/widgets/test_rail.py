"""The rail of pages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.rail import Rail, RailEntry

ENTRIES = [
    RailEntry("overview", "Overview", "layout-dashboard", "Ctrl+1"),
    RailEntry("review", "Review", "clipboard-check", "Ctrl+2"),
    RailEntry("lock", "Lock", "lock", at_bottom=True),
]


@pytest.fixture
def rail(theme: Theme, qtbot: QtBot) -> Rail:
    made = Rail(theme, ENTRIES)
    qtbot.addWidget(made)
    made.resize(84, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def test_pressing_chooses_one_page_and_keeps_it(rail: Rail, qtbot: QtBot) -> None:
    seen: list[str] = []
    rail.page_chosen.connect(seen.append)
    for _press in range(2):
        qtbot.mouseClick(rail.button("review"), Qt.MouseButton.LeftButton)
    assert seen == ["review", "review"]
    assert [rail.button(entry.code).isChecked() for entry in ENTRIES] == [False, True, False]


def test_set_current_is_silent(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(rail.page_chosen):
        rail.set_current("overview")
    assert rail.current() == "overview"


def test_names_are_words_and_keys_are_in_the_tool_tip(rail: Rail) -> None:
    assert rail.button("review").accessibleName() == "Review"
    assert rail.button("review").toolTip() == "Review (Ctrl+2)"


def test_up_and_down_move_and_enter_chooses(rail: Rail, qtbot: QtBot) -> None:
    rail.button("overview").setFocus()
    qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_Up)
    assert rail.focusWidget() is rail.button("lock")
    qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_Down)
    with qtbot.waitSignal(rail.page_chosen) as chosen:
        qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args == ["review"]


def test_a_badge_is_said_and_not_only_red(rail: Rail) -> None:
    rail.set_badge("review", 2)
    assert rail.button("review").accessibleDescription() == "2 open"
    rail.set_badge("review", 0)
    assert rail.button("review").accessibleDescription() == ""


def test_seven_pages_fit_a_small_laptop_at_double_text(theme: Theme, qtbot: QtBot) -> None:
    theme.set_text_scale(200)
    rail = Rail(theme, [RailEntry(str(number), "Overview", "lock") for number in range(7)])
    qtbot.addWidget(rail)
    assert rail.minimumSizeHint().height() <= 740
