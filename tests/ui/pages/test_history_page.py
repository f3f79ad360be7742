"""The history page: every step, filtered by person and case, with the values before and after."""

from __future__ import annotations

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.models.history_model import CASE, WHAT, WHO, HistoryModel
from ncpi_desktop.ui.pages.history_page import HistoryPage
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.session import AuditSession


@pytest.fixture
def page(open_window: MainWindow) -> HistoryPage:
    open_window.show_page("history")
    assert open_window.audit is not None
    shown = open_window.audit.pages.currentWidget()
    assert isinstance(shown, HistoryPage)
    return shown


def column(model: HistoryModel, place: int) -> list[str]:
    return [model.index(row, place).data() for row in range(model.rowCount())]


def values(page: HistoryPage) -> list[tuple[str, ...]]:
    table = page.values
    cells = [[table.item(row, place) for place in range(3)] for row in range(table.rowCount())]
    return [tuple(cell.text() if cell else "" for cell in row) for row in cells]


def grade(page: HistoryPage, window: MainWindow, reference: str, code: str) -> None:
    assert window.audit is not None
    hub = window.audit.hub
    case = browsing.case_called(hub.session, reference)
    assert case is not None
    hub.do(lambda session: reviewing.give_grade(session, case, code))


def test_the_model_is_sound(sample: AuditSession, qtmodeltester: ModelTester) -> None:
    model = HistoryModel(sample)
    model.show()
    assert model.rowCount() > 30
    qtmodeltester.check(model)


def test_it_grows_page_by_page(sample: AuditSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "HISTORY_PAGE", 10)
    model = HistoryModel(sample)
    model.show()
    assert model.rowCount() == 10
    assert model.canFetchMore()
    while model.canFetchMore():
        model.fetchMore()
    sequences = [model.change_at(row).sequence for row in range(model.rowCount())]
    assert sequences == sorted(sequences, reverse=True)
    assert len(set(sequences)) == len(sequences) > 30


def test_filters_leave_one_person_and_one_case(page: HistoryPage, qtbot: QtBot) -> None:
    page.person.setCurrentIndex(page.person.findData("Inspector 2"))
    assert set(column(page.model, WHO)) == {"Inspector 2"}
    page.person.setCurrentIndex(0)
    page.case.setText("da-03")
    qtbot.waitUntil(lambda: set(column(page.model, CASE)) == {"DA-03"})


def test_an_unknown_case_is_said(page: HistoryPage, qtbot: QtBot) -> None:
    page.case.setText("XX-1")
    qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.accessibleName() == "There is no case “XX-1”."
    page.case.clear()
    qtbot.waitUntil(page.table.isVisible)


def test_a_step_shows_its_values_before_and_after(page: HistoryPage, open_window: MainWindow, qtbot: QtBot) -> None:
    grade(page, open_window, "DA-06", "good")
    grade(page, open_window, "DA-06", "inadequate")
    qtbot.waitUntil(lambda: column(page.model, WHAT)[0] == "overall grade: Inadequate")
    page.table.selectRow(0)
    assert values(page) == [("Overall grade", "Good", "Inadequate")]


def test_typing_is_one_step_with_all_its_words(page: HistoryPage, open_window: MainWindow, qtbot: QtBot) -> None:
    assert open_window.audit is not None
    hub = open_window.audit.hub
    case = browsing.case_called(hub.session, "DA-06")
    assert case is not None
    step = None
    for text in ("Nobody", "Nobody asked", "Nobody asked the child."):
        changed = hub.do(
            lambda session, text=text, step=step: reviewing.write_text(session, case, "rationale", text, step)
        )
        assert changed is not None
        step = changed.step
    qtbot.waitUntil(lambda: column(page.model, WHAT)[0] == "typing in the rationale")
    page.table.selectRow(0)
    assert ("Rationale", "", "Nobody asked the child.") in values(page)


def test_the_forces_own_grade_stays_sealed(page: HistoryPage, open_window: MainWindow) -> None:
    for row in range(page.model.rowCount()):
        if page.model.change_at(row).action == "add-cases":
            page.table.selectRow(row)
            own = [line for line in values(page) if line[0] == "The force's own grade"]
            assert all(line[1:] == ("", "added") for line in own)


def test_a_value_is_restored_from_before_and_after_a_step(
    page: HistoryPage, open_window: MainWindow, qtbot: QtBot
) -> None:
    assert open_window.audit is not None
    session = open_window.audit.hub.session
    case = browsing.case_called(session, "DA-06")
    assert case is not None
    for code in ("good", "inadequate"):
        grade(page, open_window, "DA-06", code)
    qtbot.waitUntil(lambda: column(page.model, WHAT)[0] == "overall grade: Inadequate")
    page.table.selectRow(0)
    assert page.restore_button.isEnabled()
    assert page.values.currentColumn() == 1
    page.restore_button.click()
    assert reviewing.lay_on_desk(session, case).review.grade == "good"
    qtbot.waitUntil(lambda: column(page.model, WHAT)[0] == "earlier value brought back: Overall grade: Good")
    page.table.selectRow(1)
    page.values.setCurrentCell(0, 2)
    page.restore_button.click()
    assert reviewing.lay_on_desk(session, case).review.grade == "inadequate"


def test_what_cannot_be_restored_has_no_button(page: HistoryPage, open_window: MainWindow, qtbot: QtBot) -> None:
    grade(page, open_window, "DA-06", "good")
    qtbot.waitUntil(lambda: column(page.model, WHAT)[0] == "overall grade: Good")
    page.table.selectRow(0)
    page.values.setCurrentCell(0, 0)
    assert not page.restore_button.isEnabled()
