"""Two readers settle a case, and a lead the rest, with the keyboard alone; a reason that was begun is never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.domain.moderation.settlement import OVERALL_GRADE, Choice
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.quality.quality_page import QualityPage
from ncpi_desktop.workflows import settling
from ncpi_desktop.workflows.settling import Seat

Find = Callable[[str], CaseKey]
Press = Callable[..., None]
REASON = "Both saw the same"


def choose(page: QualityPage, press: Press, reference: str) -> None:
    """Go down the list to a case, and into it."""
    page.sample.list.setFocus()
    press(Qt.Key.Key_Home)
    for _step in range(40):
        chosen = page.sample.chosen()
        if chosen is not None and chosen.line.reference == reference:
            press(Qt.Key.Key_Return)
            return
        press(Qt.Key.Key_Down)
    raise AssertionError(f"{reference} is not in the list")


def decide(page: QualityPage, press: Press, key: str, words: str = REASON) -> None:
    """Press the key of a choice, type why, and commit."""
    press(key)
    assert QApplication.focusWidget() is page.pane.box.reason
    press(words)
    press(Qt.Key.Key_Return, control=True)


def state(page: QualityPage, reference: str) -> SecondState:
    for row in range(page.sample.model.rowCount()):
        listed = page.sample.model.case_at(row)
        if listed is not None and listed.line.reference == reference:
            return listed.line.state
    raise AssertionError(reference)


def test_two_readers_settle_a_case_by_agreement(
    page: QualityPage, open_window: MainWindow, press: Press, case_called: Find
) -> None:
    open_window.sign_in("Inspector 2")
    choose(page, press, "DA-03")
    desk = page.pane.desk
    assert desk is not None
    assert desk.seat is Seat.FIRST
    differences = len(desk.settling.differences)
    decide(page, press, "k")
    for _part in range(differences - 1):
        decide(page, press, "t")
    desk = page.pane.desk
    assert desk is not None
    assert [line.part for line in desk.settling.open] == [OVERALL_GRADE]  # what the other found stands at once
    assert "Quality assurer 1 has not agreed yet" in page.pane.box.decided.text()

    open_window.sign_in("Quality assurer 1")
    choose(page, press, "DA-03")
    assert page.pane.part == OVERALL_GRADE
    assert page.pane.box.decided.text() == f"Inspector 2 proposes Requires improvement: {REASON}"
    press("a")
    assert state(page, "DA-03") is SecondState.SETTLED
    case = case_called("DA-03")
    settled = settling.lay_out(open_window.audit.hub.session, case)  # type: ignore[union-attr]
    assert settled.is_settled
    assert settled.settlement is not None
    assert settled.settlement.grade == "requires-improvement"
    assert not page.pane.box.reopen.isHidden()


def test_a_lead_settles_the_rest(page: QualityPage, press: Press) -> None:
    choose(page, press, "MIS-02")
    decide(page, press, "t")
    desk = page.pane.desk
    assert desk is not None
    assert desk.seat is Seat.LEAD
    assert page.pane.part == desk.settling.open[0].part  # the next one is chosen
    for _part in range(len(desk.settling.open)):
        decide(page, press, "k")
    assert state(page, "MIS-02") is SecondState.SETTLED

    press(Qt.Key.Key_Return, control=True)  # nothing is open here: on to the next
    chosen = page.sample.chosen()
    assert chosen is not None
    assert chosen.line.reference == "S47-05"
    page.pane.box.all_at_once.setChecked(True)
    decide(page, press, "t")
    assert state(page, "S47-05") is SecondState.SETTLED


def test_another_grade_than_both_is_offered(page: QualityPage, press: Press) -> None:
    choose(page, press, "MIS-02")
    press("o")
    assert [button.accessibleName() for button in page.pane.box.grades.buttons] == ["Requires improvement"]
    press(Qt.Key.Key_Return)
    press(REASON)
    press(Qt.Key.Key_Return, control=True)
    decision = page.pane.desk.settling.lines[0].decision  # type: ignore[union-attr]
    assert decision is not None
    assert (decision.choice, decision.value, decision.because) == (Choice.OTHER, "requires-improvement", REASON)


def test_a_choice_without_a_reason_waits_for_it(page: QualityPage, press: Press) -> None:
    choose(page, press, "DA-03")
    press("t")
    assert "then press Ctrl+Enter" in page.pane.box.hint.text()
    assert QApplication.focusWidget() is page.pane.box.reason
    press(Qt.Key.Key_Return, control=True)
    assert page.pane.desk is not None
    assert page.pane.desk.settlement is None  # nothing without a reason
    press("k t o a l")  # in the box they are letters
    assert page.pane.box.reason.text() == "k t o a l"
    page.pane.box.reason.show_text("")
    press(Qt.Key.Key_Escape)
    there = QApplication.focusWidget()
    assert there is not None
    assert page.pane.table.isAncestorOf(there)


def test_a_reason_that_was_begun_is_given_back(page: QualityPage, open_window: MainWindow, press: Press) -> None:
    choose(page, press, "DA-03")
    press("t", "Half a rea")
    choose(page, press, "MIS-02")
    assert page.pane.box.reason.text() == ""
    open_window.sign_in("Inspector 2")
    choose(page, press, "DA-03")
    assert page.pane.box.reason.text() == ""  # that of somebody else stays theirs
    open_window.sign_in("Team lead")
    open_window.show_page("history")
    open_window.show_page("quality")
    choose(page, press, "DA-03")
    assert page.pane.box.reason.text() == "Half a rea"
    assert list(page.unfinished().values()) == ["Half a rea"]
    page.pane.box.reason.setFocus()
    press(Qt.Key.Key_End)
    press("son")
    press(Qt.Key.Key_Return, control=True)
    assert page.unfinished() == {}
    assert page.pane.desk.settling.lines[0].decision.because == "Half a reason"  # type: ignore[union-attr]


def test_readers_pass_a_difference_to_the_lead(page: QualityPage, open_window: MainWindow, press: Press) -> None:
    assert page.pane.box.pass_on.isHidden()  # a lead has nobody to pass it to
    open_window.sign_in("Inspector 2")
    choose(page, press, "DA-03")
    decide(page, press, "l", "We weigh it otherwise")
    assert state(page, "DA-03") is SecondState.WITH_LEAD
    assert page.pane.state.text() == "Passed to the team lead: We weigh it otherwise"


def test_a_settled_case_is_reopened_with_a_reason(page: QualityPage, press: Press) -> None:
    choose(page, press, "S47-05")
    page.pane.box.all_at_once.setChecked(True)
    decide(page, press, "k")
    page.pane.box.reopen.setFocus()
    press(Qt.Key.Key_Space)
    press("A passage was overlooked")
    press(Qt.Key.Key_Return, control=True)
    assert state(page, "S47-05") is SecondState.TO_SETTLE


def test_who_did_not_read_it_looks_on(page: QualityPage, open_window: MainWindow, press: Press) -> None:
    open_window.sign_in("Inspector 1")
    choose(page, press, "DA-03")
    press("k")
    box = page.pane.box
    assert QApplication.focusWidget() is not box.reason
    assert box.keep.isHidden()
    assert box.agree.isHidden()
    assert page.pane.state.text().startswith("Who read a case settles it")


def test_closing_asks_about_a_reason_that_was_begun(
    page: QualityPage, open_window: MainWindow, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, press, "DA-03")
    press("t", "Half a rea")
    asked = []

    def stay(_window: object, _theme: object, error: KnownError) -> bool:
        asked.append(error.happened)
        return False

    monkeypatch.setattr(prompts, "ask_to_lose", stay)
    assert not open_window.close_audit()
    assert asked == ["A reason for settling was begun, and stands in no decision yet."]
    page.pane.box.reason.setFocus()
    page.pane.box.reason.show_text("")
    press(Qt.Key.Key_Escape)
    assert open_window.close_audit()
