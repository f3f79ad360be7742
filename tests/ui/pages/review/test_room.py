"""What is in view on a screen of 1366 × 768, at the usual text size and at 200 per cent."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.pages.review.judgement_text import JudgementText
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import reviewing

from .conftest import CONTROL, SHIFT, Desk  # type: ignore[import-not-found]

KEY = Qt.Key
LINE = "Seen by the officers on the day itself"


def fill_screen(desk: Desk, scale: int = 100) -> None:
    """Give the page the room that menu bar, rail and header leave of 1366 × 768."""
    desk.window.setMinimumSize(0, 0)
    width, height = (1282, 684) if scale == 100 else (1236, 585)
    desk.window.resize(width, height)
    desk.theme.set_text_scale(scale)
    QApplication.processEvents()
    assert (desk.window.width(), desk.window.height()) == (width, height)


def pane_scrolls(desk: Desk) -> bool:
    return bool(desk.page.judgement._scroll.verticalScrollBar().maximum())


def place_of(widget: QWidget, within: QWidget) -> QRect:
    return QRect(widget.mapTo(within, QPoint()), widget.size())


def give_reasons(desk: Desk, count: int) -> None:
    case = desk.page.current_case()
    long = sorted(desk.hub.session.methodology.reasons, key=lambda reason: -len(reason.wording))
    for reason in [reason for reason in long if reason.stage != "detention"][:count]:
        desk.hub.do(lambda session, code=reason.code: reviewing.give_reason(session, case, code))
    QApplication.processEvents()


@pytest.mark.parametrize("count", [0, 1, 2, 6])
def test_judgement_fits_on_a_small_screen(desk: Desk, count: int) -> None:
    fill_screen(desk)
    desk.open("DA-06")
    give_reasons(desk, count)
    judgement = desk.page.judgement
    assert len(desk.review(desk.page.current_case()).reasons) == count
    assert not pane_scrolls(desk)
    box = judgement.texts.rationale
    assert box.viewport().height() >= 4 * box.fontMetrics().lineSpacing()
    assert place_of(judgement.texts, judgement).bottom() < place_of(judgement.hand_in, judgement).top()
    if count <= 1:
        assert judgement.reasons.verticalScrollBar().maximum() == 0
        assert judgement.reasons.height() == judgement.reasons.whole_height(judgement.reasons.width())


@pytest.mark.parametrize("scale", [100, 200])
def test_line_that_is_written_on_stays_in_view(desk: Desk, scale: int) -> None:
    fill_screen(desk, scale)
    desk.open("DA-06")
    give_reasons(desk, 3)
    desk.press(KEY.Key_T, CONTROL)
    judgement, box = desk.page.judgement, desk.page.judgement.texts.rationale
    assert desk.focused() is box
    for _line in range(10):
        desk.type(LINE)
        desk.press(KEY.Key_Return)
        QApplication.processEvents()
        line = box.cursorRect()
        assert box.viewport().rect().contains(line)
        on_screen = QRect(box.viewport().mapTo(judgement._scroll.viewport(), line.topLeft()), line.size())
        assert judgement._scroll.viewport().rect().contains(on_screen)


def test_large_text_shows_the_queue_only_while_it_is_used(desk: Desk) -> None:
    desk.open("DA-06")
    assert desk.page.left.isVisible()
    assert not desk.page.record.header.cases_button.isVisible()
    desk.page.record.view.setFocus()
    fill_screen(desk, 200)
    left, record = desk.page.left, desk.page.record
    assert not left.isVisible()
    wide = record.width()
    button = record.header.cases_button
    assert button.accessibleName() == "Show cases"
    desk.press(KEY.Key_F6, SHIFT)
    assert desk.focused() is desk.page.queue.list
    assert left.isVisible()
    assert not button.isVisible()
    desk.press(KEY.Key_F6)
    assert desk.focused() is record.view
    assert not left.isVisible()
    assert record.width() == wide
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.focused() is desk.page.queue.list
    assert left.isVisible()
    desk.press(KEY.Key_Return)
    assert not left.isVisible()
    button.setFocus()
    desk.press(KEY.Key_Space)
    assert desk.focused() is desk.page.queue.list
    desk.press(KEY.Key_T, CONTROL)
    assert not left.isVisible()
    desk.press(KEY.Key_F, CONTROL)
    assert desk.focused() is desk.page.queue.search_field
    desk.page.judgement.focus_first()
    desk.press(KEY.Key_G, CONTROL)
    assert desk.page.left.criteria.isVisible()
    desk.press(KEY.Key_G, CONTROL)
    assert not left.isVisible()
    desk.theme.set_text_scale(100)
    QApplication.processEvents()
    assert left.isVisible()


def test_widths_of_the_panes_outlast_the_folding(desk: Desk) -> None:
    desk.open("DA-06")
    before = desk.page.place()["widths"]
    desk.page.record.view.setFocus()
    fill_screen(desk, 200)
    assert not desk.page.left.isVisible()
    kept = desk.page.place()["widths"]
    assert isinstance(before, list)
    assert isinstance(kept, list)
    assert all(width > 0 for width in kept)


@pytest.mark.parametrize("in_queue", [True, False])
def test_reference_and_buttons_of_the_header_stand_apart(desk: Desk, in_queue: bool) -> None:
    fill_screen(desk, 200)
    desk.open("MIS-05")
    (desk.page.queue.focus_list if in_queue else desk.page.record.view.setFocus)()
    if in_queue:
        desk.press(KEY.Key_F, CONTROL)
    QApplication.processEvents()
    header = desk.page.record.header
    assert header.cases_button.isVisible() != in_queue
    reference = header.reference_place().toAlignedRect()
    assert reference.width() >= desk.theme.px(50)
    buttons = [header.cases_button, header.previous_button, header.next_button]
    shown = [button.geometry() for button in buttons if button.isVisible()]
    assert not any(reference.intersects(place) for place in shown)
    assert all(header.rect().contains(place) for place in shown)


def test_foot_is_short_where_text_is_large(desk: Desk) -> None:
    fill_screen(desk, 200)
    desk.open("DA-06")
    QApplication.processEvents()
    judgement = desk.page.judgement
    foot = judgement.hand_in
    park, submit = place_of(foot.park_button, judgement), place_of(foot.submit_button, judgement)
    assert park.top() == submit.top()
    assert park.right() < submit.left()
    assert not foot.submit_button.is_hint_shown
    assert foot.submit_button.toolTip() == "Submit and next (Ctrl+Enter)"
    assert foot.submit_button.accessibleName() == "Submit and next"
    assert foot.missing.height() <= 2 * foot.missing.button.sizeHint().height()
    assert 2 * judgement._scroll.height() >= judgement.height()
    fill_screen(desk)
    assert foot.submit_button.is_hint_shown
    assert foot.submit_button.toolTip() == ""


def test_keyboard_comes_back_to_where_it_was_when_the_page_gets_it(desk: Desk) -> None:
    desk.open("DA-06")
    desk.press(KEY.Key_T, CONTROL)
    desk.page.setFocus()
    assert desk.focused() is desk.page.judgement.texts.rationale


def test_what_stands_in_an_empty_box_grows_with_the_text(theme: Theme, qtbot: QtBot) -> None:
    box = JudgementText(theme, "Rationale", "Why this grade?")
    qtbot.addWidget(box)
    theme.set_text_scale(200)
    assert box.viewport().font().pixelSize() == box.font().pixelSize() == theme.font().pixelSize()
