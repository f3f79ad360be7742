"""Every figure of the overview opens its cases by one click or Enter: as many as it counts, under a name that says so."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.casework.worklist import QueueChoice
from ncpi_desktop.domain.findings.selection import Selection
from ncpi_desktop.ui.dialogs.cases_behind_dialog import CasesBehindDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.overview_page import OverviewPage
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.cases_link import CasesLink
from ncpi_desktop.workflows.tracing import cases_behind, count_behind

LONGEST = 0.05
"""Seconds that nothing in the window may take."""


@pytest.fixture
def page(open_window: MainWindow) -> OverviewPage:
    open_window.sign_in("Team lead")
    open_window.show_page("overview")
    assert open_window.audit is not None
    shown = open_window.audit.pages.currentWidget()
    assert isinstance(shown, OverviewPage)
    return shown


@pytest.fixture
def asked(page: OverviewPage, monkeypatch: pytest.MonkeyPatch) -> list[Selection]:
    """What was asked for, in place of a dialog that would wait."""
    wanted: list[Selection] = []
    page.cases_wanted.disconnect()
    page.cases_wanted.connect(wanted.append)
    return wanted


def links_of(page: QWidget) -> list[CasesLink]:
    return [link for link in page.findChildren(CasesLink) if link.isVisible()]


def link_called(page: QWidget, name: str) -> CasesLink:
    return next(link for link in links_of(page) if link.accessibleName() == f"{name}; show cases")


@pytest.mark.parametrize(
    ("name", "code", "cases"),
    [
        ("Practice graded good: 53%", "graded:counted-good", 16),
        ("16 of 30 graded cases · 95% interval 36% to 70%", "graded:any", 30),
        ("Since the previous inspection: +24 points", "graded:counted-good", 16),
        ("Missing children: 5 cases", "area:missing", 5),
        ("Missing children: 2 good", "area-graded:missing:good", 2),
        ("Missing children: 1 requires improvement", "area-graded:missing:requires-improvement", 1),
        ("Missing children: 4 graded cases of 5", "area-graded:missing:any", 4),
        ("Missing children: 2 of 4 good", "area-graded:missing:counted-good", 2),
        ("Reasonable lines of enquiry not followed: 4 cases", "reason:INV-W02", 4),
        ("Prompt attendance and immediate safety checks: 4 cases", "reason:INI-S01", 4),
        ("1 referral to the force awaits a reply", "referred:open", 1),
        ("3 quality re-reviews to settle", "second:unsettled", 3),
        ("6 cases still to review", "state:still-to-review", 6),
    ],
)
def test_one_click_or_enter_opens_as_many_cases_as_the_figure_says(
    open_window: MainWindow, page: OverviewPage, asked: list[Selection], name: str, code: str, cases: int
) -> None:
    link = link_called(page, name)
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert [chosen.code for chosen in asked] == [code, code]
    assert open_window.audit is not None
    session = open_window.audit.hub.session
    assert count_behind(session, asked[0]) == len(cases_behind(session, asked[0]).cases) == cases


def test_no_figure_of_the_areas_and_reasons_is_without_its_cases(open_window: MainWindow, page: OverviewPage) -> None:
    assert open_window.audit is not None
    findings, session = open_window.audit.figures.findings, open_window.audit.hub.session
    assert set(page.areas.links) == {area.area.code for area in findings.areas}
    for area in findings.areas:
        links = page.areas.links[area.area.code]
        counts = [area.cases, *(n for _grade, n in area.grades.counts), area.grades.graded, area.grades.good]
        for link, n in zip(links.every, counts, strict=True):
            assert link.isVisible() == (n > 0)
            assert n == 0 or (isinstance(link.selection, Selection) and count_behind(session, link.selection) == n)
    shown = [bar for bar in page.reasons.links if bar.isVisible()]
    assert len(shown) == 8
    for bar in shown:
        chosen = page.reasons.links[bar].selection
        assert isinstance(chosen, Selection)
        assert bar.accessibleName().endswith(f": {count_behind(session, chosen)}")


def test_a_link_lies_over_its_figure_at_any_text_size(page: OverviewPage, theme: Theme) -> None:
    for scale in (100, 200):
        theme.set_text_scale(scale)
        QTest.qWait(1)
        for row, (bar, _counted, share) in page.areas._rows.items():
            for grade, link in page.areas.links[row].grades.items():
                part = bar.place_of(grade)
                if part is not None:
                    assert link.geometry().contains(part.translated(bar.mapTo(page.areas, QPoint(0, 0))))
            good = page.areas.links[row].good
            assert good.isHidden() or good.geometry().contains(share.geometry())


def test_the_arrows_go_from_figure_to_figure(page: OverviewPage) -> None:
    rows = list(page.areas.links.values())
    rows[0].area.setFocus()
    steps = (
        (Qt.Key.Key_Right, rows[0].grades["good"]),
        (Qt.Key.Key_Right, rows[0].grades["requires-improvement"]),
        (Qt.Key.Key_Down, rows[1].grades["requires-improvement"]),
        (Qt.Key.Key_Left, rows[1].grades["good"]),
        (Qt.Key.Key_Up, rows[0].grades["good"]),
        (Qt.Key.Key_Up, rows[0].grades["good"]),
        (Qt.Key.Key_Left, rows[0].area),
    )
    for key, expected in steps:
        QTest.keyClick(page.focusWidget(), key)
        assert expected.hasFocus()


def test_mouse_and_keyboard_see_that_a_figure_opens(page: OverviewPage) -> None:
    page.setFocus()
    link = page.areas.links["missing"].grades["good"]
    plain = page.areas.grab().toImage()
    link.setFocus()
    assert page.areas.grab().toImage() != plain
    assert link.cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert link.toolTip() == "Missing children: 2 good; show cases"


def test_what_waits_for_a_second_reader_is_seen_in_the_queue(open_window: MainWindow) -> None:
    open_window.sign_in("Quality assurer 1")
    assert open_window.audit is not None
    open_window.audit.figures.draw_up()
    open_window.show_page("overview")
    link = link_called(open_window.audit.pages.currentWidget(), "4 cases for you to re-read")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert open_window.audit.pages.code == "review"
    queue = open_window.audit.pages.review().queue.model
    assert queue.chosen.choice is QueueChoice.SECOND
    assert sum(queue.line(row) is not None for row in range(queue.rowCount())) == 4


def test_the_list_opens_from_overview_and_header_within_50_milliseconds(
    open_window: MainWindow, page: OverviewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, int]] = []

    def read(dialog: CasesBehindDialog) -> int:
        opened.append((dialog.windowTitle(), dialog.model.rowCount()))
        return 0

    monkeypatch.setattr(CasesBehindDialog, "exec", read)
    took = []
    for _time in range(3):
        began = time.perf_counter()
        QTest.mouseClick(link_called(page, "Missing children: 2 good"), Qt.MouseButton.LeftButton)
        took.append(time.perf_counter() - began)
    assert min(took) < LONGEST
    open_window.show_page("history")
    QTest.mouseClick(open_window.header.reviewed_link, Qt.MouseButton.LeftButton)
    assert open_window.header.reviewed_link.accessibleName() == "30 of 36 reviewed; show cases"
    assert opened == [("Missing children: cases graded good", 2)] * 3 + [("Cases: submitted", 30)]


def test_figures_without_cases_open_nothing(main_window: MainWindow, theme: Theme) -> None:
    held = QWidget()
    figure = QWidget(held)
    link = CasesLink(theme, figure, held)
    held.show()
    assert link.isHidden()
    link.open_for("Good: 1 case", Selection.from_code("graded:good"), 1)
    assert link.isVisible()
    figure.hide()
    assert not link.isVisible()
    figure.show()
    link.open_for("Good: 0 cases", Selection.from_code("graded:good"), 0)
    assert link.isHidden()
    assert link.selection is None
    held.close()
