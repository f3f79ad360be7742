"""Queue, filters and search."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ncpi_desktop.domain.casework.worklist import QueueChoice
from ncpi_desktop.ui.pages.review.hit_delegate import snippet_parts
from ncpi_desktop.workflows import reviewing

from .conftest import CONTROL, Desk  # type: ignore[import-not-found]

KEY = Qt.Key


def test_counts_stand_on_the_filters_and_follow(desk: Desk) -> None:
    chips = desk.page.queue.chips
    assert [chips[choice].text() for choice in (QueueChoice.ALL, QueueChoice.TO_DO, QueueChoice.MINE)] == [
        *("All 36", "To do 6", "Mine 11")
    ]
    assert chips[QueueChoice.NOT_SURE].isHidden()
    case = desk.open("DA-06")
    desk.hub.do(lambda session: reviewing.mark_not_sure(session, case, True))
    assert chips[QueueChoice.NOT_SURE].text() == "Not sure 1"
    assert chips[QueueChoice.NOT_SURE].isVisible()


def test_filter_limits_list_and_stepping(desk: Desk) -> None:
    desk.page.queue.chips[QueueChoice.TO_DO].click()
    model = desk.page.queue.model
    shown = [line.reference for row in range(model.rowCount()) if (line := model.line(row))]
    assert shown == ["S47-06", "DA-06", "OC-04", "EX-04", "MIS-05", "ON-03"]
    desk.open("DA-06")
    desk.page.queue.focus_list()
    desk.press(KEY.Key_PageDown)
    assert desk.page.current_case() == desk.case("OC-04")
    desk.open("DA-03")  # not among those shown: the next one shown is behind it
    desk.press(KEY.Key_PageDown)
    assert desk.page.current_case() == desk.case("DA-06")


def test_case_leaves_the_filter_and_the_page_stays_on_it(desk: Desk) -> None:
    desk.page.queue.chips[QueueChoice.TO_DO].click()
    case = desk.open("DA-06")
    desk.hub.do(lambda session: reviewing.park(session, case, "Wait"))
    assert desk.page.current_case() == case
    assert desk.page.queue.model.row_of_position(12) is None
    assert not desk.page.queue.list.selectionModel().hasSelection()
    desk.hub.undo()
    assert desk.page.queue.list.currentIndex().data() == "DA-06"


def test_search_goes_to_the_entry_and_escape_brings_the_queue_back(desk: Desk) -> None:
    desk.press(KEY.Key_F, CONTROL)
    assert desk.focused() is desk.page.queue.search_field
    desk.type("breakfast club")
    desk.press(KEY.Key_Return)
    assert desk.page.queue.is_searching
    hit = desk.page.queue.hits.hit(0)
    assert hit.where == "entry"
    desk.press(KEY.Key_Return)
    assert desk.page.current_case() == hit.case
    view = desk.page.record.view
    assert desk.focused() is view
    place = next(place for place in view._places if place.entry.key == hit.entry)
    assert view.cursor_place() == place.start
    desk.press(KEY.Key_F, CONTROL)
    desk.press(KEY.Key_Escape)
    assert not desk.page.queue.is_searching


def test_reference_is_gone_to_at_once(desk: Desk) -> None:
    desk.press(KEY.Key_F, CONTROL)
    desk.type("mis-03")
    desk.press(KEY.Key_Return)
    assert desk.page.current_case() == desk.case("MIS-03")


def test_search_waits_for_the_last_key(desk: Desk) -> None:
    desk.press(KEY.Key_F, CONTROL)
    desk.type("school")
    timer = desk.page.queue._searching
    assert timer.isActive()
    assert timer.interval() == 120
    assert not desk.page.queue.is_searching
    timer.timeout.emit()
    assert desk.page.queue.is_searching


def test_nothing_found_is_said(desk: Desk) -> None:
    desk.press(KEY.Key_F, CONTROL)
    desk.type("zzzzqqq")
    desk.press(KEY.Key_Return)
    assert desk.page.queue.found_words.text().startswith("Nothing holds all these words.")


def test_more_hits_come_when_the_list_is_scrolled(desk: Desk) -> None:
    desk.press(KEY.Key_F, CONTROL)
    desk.type("the")
    desk.press(KEY.Key_Return)
    hits = desk.page.queue.hits
    before = hits.rowCount()
    assert hits.has_more
    desk.press(KEY.Key_End)
    bar = desk.page.queue.hit_list.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert hits.rowCount() > before


def test_clicking_a_row_opens_it_and_a_heading_does_nothing(desk: Desk) -> None:
    queue = desk.page.queue
    before = desk.page.current_case()
    heading = queue.list.visualRect(queue.model.index(0))
    queue.list.verticalScrollBar().setValue(0)
    heading = queue.list.visualRect(queue.model.index(0))
    QTest.mouseClick(queue.list.viewport(), Qt.MouseButton.LeftButton, pos=heading.center())
    assert desk.page.current_case() == before
    row = queue.list.visualRect(queue.model.index(2))
    QTest.mouseClick(queue.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert desk.page.current_case() == desk.case("S47-02")


def test_snippets_mark_words_and_show_markup_as_it_is() -> None:
    shown, found = snippet_parts("\U0001f642 <b>a</b> \x02child\x03 \x00said \x02no\x03")
    assert shown == "\U0001f642 <b>a</b> child said no"
    units = shown.encode("utf-16-le")
    assert [units[2 * start : 2 * (start + length)].decode("utf-16-le") for start, length in found] == ["child", "no"]
