"""The page Compare: what is recorded, what changed, and the way to the cases behind it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.findings.comparing.share_change import Subject
from ncpi_desktop.domain.findings.selection import GradeGroup, Selection, SelectionKind
from ncpi_desktop.storage.engine import connect
from ncpi_desktop.ui.dialogs.typed_figures_dialog import TypedFiguresDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.models.changes_model import CHANCE, INTERVAL, NOW, WHAT
from ncpi_desktop.ui.pages.compare.compare_page import ComparePage
from ncpi_desktop.ui.pages.compare.earlier_pane import EarlierPane
from ncpi_desktop.workflows.earlier_inspections import earlier_inspections, record_earlier, typed_inspection


def page_of(window: MainWindow, person: str = "Team lead") -> EarlierPane:
    window.sign_in(person)
    window.show_page("compare")
    assert window.audit is not None
    page = window.audit.pages.currentWidget()
    assert isinstance(page, ComparePage)
    return page.earlier


@pytest.fixture
def other_audit(sample_path: Path, tmp_path: Path) -> Path:
    path = tmp_path / "Other.ncpi"
    shutil.copy(sample_path, path)
    connection = connect(str(path))
    connection.execute(
        "UPDATE inspection SET identity = 'other', fieldwork_start = '2015-03-02', fieldwork_end = '2015-03-13'"
    )
    connection.close()
    return path


def test_the_sample_says_what_the_overview_says(open_window: MainWindow) -> None:
    page = page_of(open_window)
    assert [bar.accessibleName() for bar in page.shares.bars] == ["January 2017", "Post-inspection review, May 2018"]
    assert page.shares.change.figure.text() == "+24 points"
    assert "unlikely to be chance (p = 0.025)" in page.shares.change.note.text()
    assert "The kinds of inspection differ" in page.shares.warnings.text()
    assert page.inspections.list.count() == 2
    assert page.changes.subject() is Subject.GRADE  # by area nothing is known of 2017


def test_alt_5_shows_it(open_window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(open_window, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert open_window.audit is not None
    assert isinstance(open_window.audit.pages.currentWidget(), ComparePage)


def test_an_audit_file_is_read_beside_the_window_and_recorded(
    open_window: MainWindow, other_audit: Path, qtbot: QtBot
) -> None:
    page = page_of(open_window)
    with qtbot.waitSignal(page.adding.added):
        page.adding.add(other_audit)
    qtbot.waitUntil(lambda: page.inspections.list.count() == 3)
    assert "1 inspection is recorded." in page.notice.text()
    assert page.changes.pairs.count() == 3
    page.changes.pairs.setCurrentIndex(
        page.changes.pairs.findText("From Post-inspection review, March 2015 to Post-inspection review, May 2018")
    )
    page.changes.choose(Subject.AREA)
    assert page.changes.model.rowCount() > 5
    page.changes.choose(Subject.REASON)
    assert page.changes.model.rowCount() > 10
    assert page.changes.model.index(1, CHANCE).data().startswith("could be chance")
    ModelTester(None).check(page.changes.model)
    with qtbot.waitSignal(page.adding.refused):
        page.adding.add(other_audit)
    assert "recorded already" in page.notice.text()


def test_a_file_that_is_neither_is_refused_in_a_sentence(open_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    page = page_of(open_window)
    strange = tmp_path / "strange.csv"
    strange.write_bytes(b"\x00\x01\x02")
    with qtbot.waitSignal(page.adding.refused):
        page.adding.add(strange)
    assert page.notice.isVisible()
    assert page.inspections.list.count() == 2


def test_typed_figures_are_understood_while_they_are_typed(open_window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(open_window)
    assert open_window.audit is not None
    hub = open_window.audit.hub
    dialog = TypedFiguresDialog(open_window.theme, hub, open_window)
    qtbot.keyClicks(dialog.label, "Inspection, March 2014")
    qtbot.keyClicks(dialog.figures, "30 of 20")
    assert "can't be used" in dialog.understood.text()
    dialog.record.click()
    assert dialog.notice.isVisibleTo(dialog)
    assert dialog.understood.text() == ""  # it is said once
    dialog.figures.clear()
    assert dialog.understood.text().startswith("A month or a year")
    qtbot.keyClicks(dialog.figures, "<b>")
    dialog.figures.clear()
    qtbot.keyClicks(dialog.figures, "29%")
    assert dialog.understood.text() == "Understood as: 29% (the counts are not known) graded good; March 2014."
    dialog.record.click()
    assert dialog.result() == TypedFiguresDialog.DialogCode.Accepted
    dialog.deleteLater()
    qtbot.waitUntil(lambda: page.inspections.list.count() == 3)
    assert "unlikely to be chance" in page.shares.change.note.text()
    page.changes.pairs.setCurrentIndex(
        page.changes.pairs.findText("From Inspection, March 2014 to Post-inspection review, May 2018")
    )
    assert "cannot be told: the counts are not known" in page.shares.change.note.text()
    assert page.shares.change.caption.text() == "From Inspection, March 2014 to Post-inspection review, May 2018"


def test_one_recorded_is_taken_out_with_a_reason(open_window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(open_window)
    assert open_window.audit is not None
    hub = open_window.audit.hub
    hub.do(lambda session: record_earlier(session, typed_inspection(session, "March 2014 <b>x</b>", "5 of 70")))
    qtbot.waitUntil(lambda: page.inspections.list.count() == 3)
    page.inspections.list.setCurrentRow(1)
    assert "<b>x</b>" in page.inspections.list.item(1).text()
    page.inspections.take_out.click()
    qtbot.keyClicks(page.inspections.why.field, "Typed wrongly.")
    qtbot.keyClick(page.inspections.why.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.inspections.list.count() == 2)
    assert len(earlier_inspections(hub.session)) == 1


def test_an_inspector_looks_and_records_nothing(open_window: MainWindow) -> None:
    page = page_of(open_window, "Inspector 1")
    assert page.shares.change.figure.text() == "+24 points"
    assert not page.inspections.add_file.isVisible()
    assert not page.inspections.take_out.isVisible()


def test_a_line_opens_the_cases_behind_its_share(open_window: MainWindow, other_audit: Path, qtbot: QtBot) -> None:
    page = page_of(open_window)
    with qtbot.waitSignal(page.adding.added):
        page.adding.add(other_audit)
    qtbot.waitUntil(lambda: page.inspections.list.count() == 3)
    page.changes.pairs.setCurrentIndex(
        page.changes.pairs.findText("From Post-inspection review, March 2015 to Post-inspection review, May 2018")
    )
    page.changes.choose(Subject.AREA)
    asked: list[Selection] = []
    page.cases_wanted.disconnect()
    page.cases_wanted.connect(asked.append)
    table = page.changes.table
    table.selectRow(1)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    area = page.changes.model.change_at(1)
    assert asked == [Selection(SelectionKind.AREA_GRADED, (area.code, GradeGroup.GOOD.value))]
    assert page.changes.model.index(1, WHAT).data().startswith(area.label)
    assert page.changes.model.index(1, NOW).data().endswith(f"({area.now.part} of {area.now.whole})")
    assert "points" in page.changes.model.index(1, INTERVAL).data()


def test_one_click_opens_a_line_the_share_of_now_and_the_change(open_window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(open_window)
    asked: list[Selection] = []
    page.cases_wanted.disconnect()
    page.cases_wanted.connect(asked.append)
    table, good = page.changes.table, Selection(SelectionKind.GRADED, (GradeGroup.GOOD.value,))
    where = table.visualRect(page.changes.model.index(0, NOW)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    shares = page.shares  # drawn anew where figures came in meanwhile
    qtbot.waitUntil(lambda: shares.share_link is not None and shares.share_link.isVisible())
    for link in (shares.share_link, shares.change_link):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked == [good] * 3
    name = "From January 2017 to Post-inspection review, May 2018: +24 points; show cases"
    assert page.shares.change_link.accessibleName() == name


def test_without_an_earlier_inspection_it_says_what_to_do(
    main_window: MainWindow, fresh_path: Path, qtbot: QtBot
) -> None:
    main_window.open_file(fresh_path)
    page = page_of(main_window, "Inspector 1")
    assert page.empty.isVisible()
    assert "Alt+A" in page.empty.accessibleName()
    assert page.inspections.add_file.isVisible()


def test_the_force_s_own_grades_have_a_tab_that_is_remembered(open_window: MainWindow, qtbot: QtBot) -> None:
    open_window.sign_in("Team lead")
    open_window.show_page("compare")
    assert open_window.audit is not None
    page = open_window.audit.pages.currentWidget()
    assert isinstance(page, ComparePage)
    qtbot.keyClick(page.tabs, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.own.isVisible()
    assert open_window.audit.pages.place()["compare-tab"] == 1
    again = ComparePage(
        open_window.theme,
        open_window.audit.hub,
        open_window.audit.figures,
        open_window.actions_,
        open_window.background,
    )
    again.restore({"tab": 1})
    assert again.tabs.currentIndex() == 1
    again.deleteLater()
