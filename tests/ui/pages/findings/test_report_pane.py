"""The preview of the report: the real report of the real sample, by key, for screen readers, never more than its reader may see."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import OutputNotWrittenError
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.findings import preview_draft, preview_pages
from ncpi_desktop.ui.pages.findings.preview_view import Zoom
from ncpi_desktop.ui.pages.findings.report_pane import ReportPane
from ncpi_desktop.workflows import previewing, reviewing
from ncpi_desktop.workflows.browsing import case_called
from ncpi_desktop.workflows.previewing import Extent, Preview

WAIT = 20_000


def show(window: MainWindow) -> ReportPane:
    window.show_page("findings")
    assert window.audit is not None
    page: Any = window.audit.pages.currentWidget()
    page.show_pane("report")
    pane: ReportPane = page.pane("report")
    return pane


def ready(pane: ReportPane, qtbot: QtBot) -> None:
    """Wait until every page is laid out, and those that are seen are painted."""
    qtbot.waitUntil(lambda: pane.draft.preview is not None and not pane.draft.is_working, timeout=WAIT)
    painted(pane, qtbot)


def painted(pane: ReportPane, qtbot: QtBot) -> None:
    def is_painted() -> bool:
        page = pane.pages.page(pane.view.current)
        fresh = page is not None and page.preview is pane.draft.preview
        return fresh and pane.view.is_painted(pane.view.current) and not pane.pages.is_busy

    qtbot.waitUntil(is_painted, timeout=WAIT)


@pytest.fixture
def pane(open_window: MainWindow, qtbot: QtBot) -> ReportPane:
    shown = show(open_window)
    ready(shown, qtbot)
    shown.view.setFocus()
    return shown


def press(pane: ReportPane, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(pane.view, key, modifier)


def case_of(window: MainWindow, reference: str) -> Any:
    assert window.audit is not None
    found = case_called(window.audit.hub.session, reference)
    assert found is not None
    return found


def grade_one(window: MainWindow, grade: str = "good") -> None:
    assert window.audit is not None
    case = case_of(window, "DA-06")
    assert window.audit.hub.do(lambda session: reviewing.give_grade(session, case, grade)) is not None


def test_the_first_page_comes_before_the_others(open_window: MainWindow, qtbot: QtBot) -> None:
    pane = show(open_window)
    told: list[Preview] = []
    pane.draft.drawn_up.connect(told.append)
    ready(pane, qtbot)
    assert [made.extent for made in told] == [Extent.FIRST_PAGE, Extent.WHOLE]
    assert len(told[0].sizes) == 1
    assert pane.view.page_words() == f"Page 1 of {len(told[1].sizes)}"
    assert pane.page_label.text() == pane.view.page_words()
    assert pane.state_label.text().startswith("Draft, drawn up at ")


def test_what_is_painted_is_the_page(pane: ReportPane) -> None:
    seen = pane.view.viewport().grab().toImage()
    colours = {seen.pixelColor(x, seen.height() // 8).name() for x in range(0, seen.width(), 5)}
    assert "#12283f" in colours, "the band of the first page"
    page = pane.pages.page(0)
    assert page is not None
    assert page.image.width() == page.width


def test_a_screen_reader_is_told_the_page_and_its_words(pane: ReportPane, qtbot: QtBot) -> None:
    assert pane.view.accessibleName() == "Report preview"
    told = pane.view.accessibleDescription()
    assert told.startswith("Page 1 of ")
    assert "Just over half of the cases showed good practice" in told
    press(pane, Qt.Key.Key_PageDown)
    painted(pane, qtbot)
    told = pane.view.accessibleDescription()
    assert told.startswith("Page 2 of ")
    assert "Change since the previous inspection" in told
    assert len(told) < 5000


def test_pages_are_turned_by_key(pane: ReportPane, qtbot: QtBot) -> None:
    assert pane.draft.preview is not None
    last = len(pane.draft.preview.sizes) - 1
    for key, modifier, place in (
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, 2),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier, last),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, last),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier, 0),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, 0),
    ):
        press(pane, key, modifier)
        assert pane.view.current == place
    press(pane, Qt.Key.Key_Space)
    assert pane.view.verticalScrollBar().value() > 300
    pane.next_button.click()
    assert pane.view.current == 1


def test_a_page_fits_the_width_or_stands_whole(pane: ReportPane, qtbot: QtBot) -> None:
    press(pane, Qt.Key.Key_PageDown)
    painted(pane, qtbot)
    wide = pane.pages.page(1)
    press(pane, Qt.Key.Key_P)
    assert pane.view.zoom is Zoom.PAGE
    assert pane.zooms[Zoom.PAGE].isChecked()
    assert pane.view.current == 1, "the page looked at stays"
    qtbot.waitUntil(lambda: pane.pages.page(1) is not wide and not pane.pages.is_busy, timeout=WAIT)
    whole = pane.pages.page(1)
    assert wide is not None
    assert whole is not None
    assert whole.image.height() <= pane.view.viewport().height() < wide.image.height()
    press(pane, Qt.Key.Key_W)
    assert pane.view.zoom is Zoom.WIDTH


def test_a_change_makes_it_out_of_date_and_it_refreshes_by_itself(
    open_window: MainWindow, pane: ReportPane, qtbot: QtBot
) -> None:
    press(pane, Qt.Key.Key_PageDown)
    before = pane.draft.preview
    grade_one(open_window)
    assert pane.draft.is_stale
    assert pane.state_label.text() == "Out of date: the audit has changed"
    assert pane.draft.preview is before, "what is on screen stays until the new pages are there"
    pane.draft.rest.setInterval(0)
    pane.draft.rest.start()
    qtbot.waitUntil(lambda: pane.draft.is_working, timeout=WAIT)
    ready(pane, qtbot)
    assert pane.draft.preview is not before
    assert not pane.draft.is_stale
    assert pane.view.current == 1


def test_a_large_audit_waits_for_refresh_and_leaves_the_cases_out(
    open_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_draft, "BY_ITSELF_UP_TO", 35)
    monkeypatch.setattr(previewing, "CASES_TOLD", 35)
    pane = show(open_window)
    ready(pane, qtbot)
    assert pane.draft.preview is not None
    assert pane.draft.preview.extent is Extent.WITHOUT_CASES
    assert len(pane.draft.preview.sizes) < 20
    assert pane.notice.isVisible()
    assert pane.notice.text().startswith("This audit has 36 cases: the preview leaves them out")
    before = pane.draft.preview
    grade_one(open_window)
    pane.draft.rest.timeout.emit()
    assert not pane.draft.is_working
    press(pane, Qt.Key.Key_F5)
    assert pane.draft.is_working
    ready(pane, qtbot)
    assert pane.draft.preview is not before


def test_drawing_up_can_be_cancelled_and_what_is_there_stays(
    open_window: MainWindow, pane: ReportPane, qtbot: QtBot
) -> None:
    before = pane.draft.preview
    grade_one(open_window)
    pane.refresh_button.click()
    assert pane.cancel_button.isVisible()
    assert pane.state_label.text().startswith("Drawing up the pages: ")
    pane.cancel_button.click()
    assert not pane.draft.is_working
    qtbot.waitUntil(lambda: not open_window.background.is_busy, timeout=WAIT)
    assert pane.draft.preview is before
    assert pane.state_label.text() == "Out of date: the audit has changed"
    assert pane.refresh_button.isVisible()


def test_the_bar_of_the_window_keeps_out_of_it(open_window: MainWindow, qtbot: QtBot) -> None:
    begun: list[str] = []
    open_window.background.started.connect(begun.append)
    ready(show(open_window), qtbot)
    assert begun == []
    assert not open_window.work_bar.isVisible()


def words_of(preview: Preview) -> str:
    return " ".join(previewing.draw_page(preview.pdf, page, 200).words for page in range(len(preview.sizes)))


def test_who_signs_in_sees_no_more_than_they_may(open_window: MainWindow, pane: ReportPane, qtbot: QtBot) -> None:
    assert open_window.audit is not None
    review = current_review(open_window.audit.hub.session.file.connection, case_of(open_window, "DA-02"))
    assert review is not None
    rationale = " ".join(review.rationale.split())[:40]
    assert pane.draft.preview is not None
    assert rationale in words_of(pane.draft.preview), "the search has teeth"
    pane.draft.rest.setInterval(0)
    open_window.sign_in("Quality assurer 1")
    assert pane.draft.preview is None, "the pages of the one before are gone at once"
    assert pane.pages.bytes_kept == 0
    assert "good practice" not in pane.view.accessibleDescription()
    ready(pane, qtbot)
    assert pane.draft.preview is not None
    assert rationale not in words_of(pane.draft.preview)


def test_damaged_pages_get_a_sentence(open_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*asked: Any, **named: Any) -> Preview:
        made = previewing.draw_up(*asked, **named)
        return Preview(made.pdf[:600], made.extent, made.sizes)

    monkeypatch.setattr(preview_draft, "draw_up", damaged)
    pane = show(open_window)
    qtbot.waitUntil(lambda: pane.trouble.isVisible(), timeout=WAIT)
    qtbot.waitUntil(lambda: not pane.draft.is_working and not pane.pages.is_busy, timeout=WAIT)
    qtbot.waitUntil(lambda: pane.trouble.isVisible(), timeout=WAIT)
    assert pane.trouble.accessibleName().startswith("The pages of the report can't be shown.")
    monkeypatch.setattr(preview_draft, "draw_up", previewing.draw_up)
    pane.refresh_button.click()
    ready(pane, qtbot)
    assert pane.view.isVisible()


def test_an_audit_that_can_not_be_read_gets_a_sentence(
    open_window: MainWindow, pane: ReportPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_asked: Any, **_named: Any) -> Preview:
        raise OutputNotWrittenError("It can't be read.", safe="All is safe.", todo="Try again.")

    before = pane.draft.preview
    monkeypatch.setattr(preview_draft, "draw_up", refuse)
    pane.refresh_button.click()
    qtbot.waitUntil(lambda: pane.notice.isVisible(), timeout=WAIT)
    assert pane.notice.text() == "It can't be read. All is safe. Try again."
    assert pane.draft.preview is before
    assert pane.view.isVisible()


@pytest.mark.parametrize("when", ["at once", "in the first page", "in the pages", "in the pictures"])
def test_closing_in_the_middle_leaves_nothing_running(
    main_window: MainWindow, sample_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    assert main_window.open_file(sample_path)
    reached, go_on = threading.Event(), threading.Event()
    drawn_up, drawn = previewing.draw_up, previewing.draw_page

    def hold(path: Path, extent: Extent, tick: Any, **named: Any) -> Preview:
        if (when, extent) in (("in the first page", Extent.FIRST_PAGE), ("in the pages", Extent.WHOLE)):
            reached.set()
            go_on.wait(10)
        return drawn_up(path, extent, tick, **named)

    def hold_picture(*asked: Any) -> Any:
        if when == "in the pictures":
            reached.set()
            go_on.wait(10)
        return drawn(*asked)

    monkeypatch.setattr(preview_draft, "draw_up", hold)
    monkeypatch.setattr(preview_pages, "draw_page", hold_picture)
    pane = show(main_window)
    if when != "at once":
        qtbot.waitUntil(reached.is_set, timeout=WAIT)
    threading.Timer(0.2, go_on.set).start()
    assert main_window.close_audit()
    assert pane.pages.bytes_kept == 0
    assert pane.draft.preview is None
    assert not pane.draft.rest.isActive()
    assert not pane.pages.is_busy
    main_window.close()
    assert not [thread for thread in main_window.findChildren(QThread) if thread.isRunning()]


def test_pictures_are_kept_within_bounds(
    open_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = show(open_window)
    ready(pane, qtbot)
    one = pane.pages.page(0)
    assert one is not None
    limit = 3 * one.image.sizeInBytes()
    monkeypatch.setattr(pane.pages, "_kept_bytes", limit)
    for _page in range(8):
        press(pane, Qt.Key.Key_PageDown)
        painted(pane, qtbot)
        assert pane.pages.bytes_kept <= limit
    assert pane.pages.page(0) is None, "the page seen longest ago is let go"
    assert pane.pages.page(8) is not None


def test_a_protected_report_is_forgotten_when_it_is_not_seen(protected_window: MainWindow, qtbot: QtBot) -> None:
    pane = show(protected_window)
    ready(pane, qtbot)
    protected_window.show_page("overview")
    assert pane.draft.preview is None
    assert pane.pages.bytes_kept == 0
    protected_window.show_page("findings")
    ready(pane, qtbot)
    protected_window.actions_.lock.trigger()
    assert protected_window.locking.is_locked
    assert pane.draft.preview is None
    assert pane.pages.bytes_kept == 0
    assert pane.view.accessibleDescription() == ""


def test_the_export_buttons_are_the_commands(open_window: MainWindow) -> None:
    pressed: list[str] = []
    open_window.actions_.export_workbook.triggered.disconnect()
    open_window.actions_.export_report.triggered.disconnect()
    open_window.actions_.export_workbook.triggered.connect(lambda: pressed.append("workbook"))
    open_window.actions_.export_report.triggered.connect(lambda: pressed.append("report"))
    show(open_window)
    assert open_window.audit is not None
    for button in open_window.audit.pages.page_buttons:
        button.click()
    assert pressed == ["workbook", "report"]


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_of_the_bar_is_cut_at_large_text(
    open_window: MainWindow, pane: ReportPane, scale: int, qtbot: QtBot
) -> None:
    pane._theme.set_text_scale(scale)
    qtbot.wait(1)
    shown: list[QWidget] = [
        *(pane.previous_button, pane.page_label, pane.next_button, pane.state_label, pane.refresh_button),
        *pane.zooms.values(),
    ]
    for part in shown:
        assert part.width() >= part.minimumSizeHint().width()
        assert part.height() >= part.minimumSizeHint().height()
        assert pane.rect().contains(part.geometry())
    pane._theme.set_text_scale(100)
