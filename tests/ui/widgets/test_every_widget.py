"""What holds for every widget: a name, a visible focus, repainting only for a change, words that fit at any size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.check_field import CheckField
from ncpi_desktop.ui.widgets.chip import Chip
from ncpi_desktop.ui.widgets.grade_button import GradeButton
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.grade_row import GradeRow
from ncpi_desktop.ui.widgets.key_hint import KeyHint
from ncpi_desktop.ui.widgets.marking_badge import MarkingBadge
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.rail import RailButton, RailEntry
from ncpi_desktop.ui.widgets.search_field import SearchField
from ncpi_desktop.ui.widgets.stage_row import LetterButton, StageRow
from ncpi_desktop.ui.widgets.toggle_chip import ToggleChip

WORDS = "Requires improvement"
LOOK = GradeLook("requires-improvement", WORDS, "Req. imp.", "R", "triangle", "middle")

ONE_LINE: dict[str, Callable[[Theme], QWidget]] = {
    "chip": lambda theme: Chip(theme, WORDS),
    "toggle chip": lambda theme: ToggleChip(theme, WORDS),
    "check field": lambda theme: CheckField(theme, WORDS),
    "key hint": lambda theme: KeyHint(theme, WORDS),
    "marking": lambda theme: MarkingBadge(theme, WORDS),
    "primary": lambda theme: PushButton(theme, WORDS, "primary"),
    "link": lambda theme: PushButton(theme, WORDS, "link"),
    "danger with icon": lambda theme: PushButton(theme, WORDS, "danger", "siren"),
    "rail button": lambda theme: RailButton(theme, RailEntry("x", WORDS, "lock")),
    "letter": lambda theme: LetterButton(theme, WORDS, "middle", "x"),
    "search": lambda theme: SearchField(theme, WORDS, "Ctrl+F"),
}
FOCUSABLE: dict[str, Callable[[Theme], QWidget]] = {
    "grade": lambda theme: GradeButton(theme, LOOK),
    "toggle chip": lambda theme: ToggleChip(theme, WORDS),
    "check field": lambda theme: CheckField(theme, WORDS),
    "primary": lambda theme: PushButton(theme, WORDS, "primary"),
    "secondary": lambda theme: PushButton(theme, WORDS, "secondary"),
    "link": lambda theme: PushButton(theme, WORDS, "link"),
    "rail button": lambda theme: RailButton(theme, RailEntry("x", WORDS, "lock")),
    "search": lambda theme: SearchField(theme, WORDS, "Ctrl+F"),
}


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, *watched: QWidget) -> None:
        super().__init__()
        self.painted: list[QObject] = []
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.painted.append(watched)
        return False


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("kind", ONE_LINE)
def test_words_fit_and_grow_with_the_text(theme: Theme, qtbot: QtBot, kind: str, scale: int) -> None:
    widget = ONE_LINE[kind](theme)
    qtbot.addWidget(widget)
    theme.set_text_scale(scale)
    metrics = QFontMetricsF(theme.font("caption", 600))
    assert widget.minimumSizeHint().width() > metrics.horizontalAdvance(WORDS)
    assert widget.sizeHint().height() >= metrics.height()


@pytest.mark.parametrize("preference", ["light", "dark", "high-contrast"])
@pytest.mark.parametrize("kind", FOCUSABLE)
def test_focus_is_seen_and_the_control_has_a_name(theme: Theme, qtbot: QtBot, kind: str, preference: str) -> None:
    theme.set_preference(preference)  # type: ignore[arg-type]
    page = QWidget()
    qtbot.addWidget(page)
    widget = FOCUSABLE[kind](theme)
    widget.setParent(page)
    widget.show()
    widget.move(20, 20)
    widget.resize(widget.sizeHint())
    page.resize(400, 200)
    page.setFocusPolicy(widget.focusPolicy())
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.setFocus()
    before = widget.grab().toImage()
    widget.setFocus()
    assert widget.hasFocus()
    after = widget.grab().toImage()
    changed = sum(
        before.pixel(x, y) != after.pixel(x, y) for x in range(before.width()) for y in range(before.height())
    )
    assert changed >= before.width()
    assert widget.accessibleName() == WORDS


def test_a_grade_repaints_only_what_changed(theme: Theme, three: list[GradeLook], qtbot: QtBot) -> None:
    row = GradeRow(theme, three)
    qtbot.addWidget(row)
    row.resize(340, 60)
    row.set_grade("good")
    with qtbot.waitExposed(row):
        row.show()
    qtbot.wait(1)
    paints = Paints(*row.buttons)
    row.set_grade("good")
    qtbot.wait(1)
    assert paints.painted == []
    row.set_grade("inadequate")
    qtbot.waitUntil(lambda: len(paints.painted) == 2)
    assert row.buttons[1] not in paints.painted


def test_the_same_judgement_again_repaints_nothing(theme: Theme, three: list[GradeLook], qtbot: QtBot) -> None:
    row = StageRow(theme, "x", "Investigation", three)
    qtbot.addWidget(row)
    row.set_judgement("good")
    with qtbot.waitExposed(row):
        row.show()
    qtbot.wait(1)
    paints = Paints(*row.buttons)
    row.set_judgement("good")
    qtbot.wait(1)
    assert paints.painted == []


def test_a_widget_that_is_gone_does_not_hear_the_theme(theme: Theme, qtbot: QtBot) -> None:
    card = Card(theme, "Overall grade", tone="poor")
    card.body.addWidget(Chip(theme, "Good", "good", parent=card))
    with qtbot.waitSignal(card.destroyed):
        card.deleteLater()
    theme.set_preference("dark")
    theme.set_text_scale(150)
