"""Buttons, pills, fields, notices and states."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.chip import Chip
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.ui.widgets.headline_figure import HeadlineFigure
from ncpi_desktop.ui.widgets.marking_badge import MarkingBadge
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.save_state import SaveState
from ncpi_desktop.ui.widgets.search_field import SearchField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.widgets.toggle_chip import ToggleChip


def test_a_button_is_named_without_mnemonic_and_key(theme: Theme, qtbot: QtBot) -> None:
    button = PushButton(theme, "&Add reason", "link", key_hint="Ctrl+R")
    qtbot.addWidget(button)
    spoken = QAccessible.queryAccessibleInterface(button)
    assert spoken.text(QAccessible.Text.Name) == "Add reason"
    button.set_words("Save && close")
    assert spoken.text(QAccessible.Text.Name) == "Save & close"


def test_an_icon_button_keeps_its_name(theme: Theme, qtbot: QtBot) -> None:
    button = PushButton(theme, "Next case", icon="chevron-right", key_hint="PgDn")
    qtbot.addWidget(button)
    button.set_icon_only()
    assert button.accessibleName() == "Next case"
    assert button.toolTip() == "Next case (PgDn)"


def test_save_state_keeps_a_failure_until_saved(theme: Theme, qtbot: QtBot) -> None:
    state = SaveState(theme)
    qtbot.addWidget(state)
    assert state.accessibleName() == "Save state"
    state.set_saving()
    assert state.text() == "Saving…"
    state.set_failed("The disk is full. Free some space.")
    state.set_saving()
    assert (state.state, state.text()) == ("failed", "Not saved")
    assert state.accessibleDescription() == "Not saved. The disk is full. Free some space."
    state.set_saved("10:42:07")
    assert (state.text(), state.toolTip()) == ("Saved 10:42:07", "")


def test_save_state_does_not_move_its_neighbours(theme: Theme, qtbot: QtBot) -> None:
    state = SaveState(theme)
    qtbot.addWidget(state)
    before = state.sizeHint()
    state.set_saved("10:42:07")
    assert state.sizeHint() == before
    state.set_failed("Disk full")
    assert state.sizeHint() == before


def test_search_is_cleared_by_escape(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Search cases", "Ctrl+F")
    qtbot.addWidget(field)
    assert field.accessibleName() == "Search cases"
    qtbot.keyClicks(field, "asleep")
    assert field.text() == "asleep"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_toggle_chip_by_key(theme: Theme, qtbot: QtBot) -> None:
    chip = ToggleChip(theme, "To do 16")
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.toggled):
        qtbot.keyClick(chip, Qt.Key.Key_Return)
    chip.set_words("To do 15")
    assert (chip.isChecked(), chip.accessibleName()) == (True, "To do 15")


def test_chip_measures_anew_when_its_word_changes(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip(theme, "Good", "good")
    qtbot.addWidget(chip)
    before = chip.sizeHint().width()
    chip.set("Requires improvement", "middle")
    assert chip.sizeHint().width() > before
    assert chip.accessibleName() == "Requires improvement"


def test_empty_state_offers_the_next_step(theme: Theme, qtbot: QtBot) -> None:
    empty = EmptyState(theme, "clipboard-check", "Cases will be listed here.", "Import cases…")
    qtbot.addWidget(empty)
    assert empty.button is not None
    with qtbot.waitSignal(empty.button_pressed):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)


def test_notice_waits_and_offers_one_thing(theme: Theme, qtbot: QtBot) -> None:
    notice = NoticeBar(theme)
    qtbot.addWidget(notice)
    assert notice.isHidden()
    notice.show_notice("The grade is Good but every reason is a weakness.", "Show reasons")
    assert notice.accessibleName() == notice.text()
    with qtbot.waitSignal(notice.action_pressed):
        qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    notice.show_notice("Not saved.", tone="danger")
    assert notice.button.isHidden()


def test_markup_in_a_label_is_shown_not_obeyed(theme: Theme, qtbot: QtBot) -> None:
    label = TextLabel(theme, "<b>Child A</b>")
    plain = TextLabel(theme, "Child A")
    qtbot.addWidget(label)
    qtbot.addWidget(plain)
    assert label.sizeHint().width() > plain.sizeHint().width()


def test_headline_is_read_with_its_note(theme: Theme, qtbot: QtBot) -> None:
    headline = HeadlineFigure(theme, "Practice graded good", "n/a")
    qtbot.addWidget(headline)
    headline.set_figure("53%", "19 of 36 cases", "good")
    assert headline.accessibleName() == "Practice graded good"
    assert headline.accessibleDescription() == "53%. 19 of 36 cases"


def test_choice_field_names_its_list_too(theme: Theme, qtbot: QtBot) -> None:
    field = ChoiceField(theme, "Area")
    qtbot.addWidget(field)
    assert (field.accessibleName(), field.view().accessibleName()) == ("Area", "Area")


def test_marking_is_said(theme: Theme, qtbot: QtBot) -> None:
    badge = MarkingBadge(theme, "OFFICIAL-SENSITIVE")
    qtbot.addWidget(badge)
    assert badge.accessibleName() == "OFFICIAL-SENSITIVE"
