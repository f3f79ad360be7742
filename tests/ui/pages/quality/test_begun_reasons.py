"""A reason that was begun stays with its part, is used once, and what is being settled stays in sight whatever the list shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.domain.moderation.settlement import Choice, Decision, Part
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.quality.quality_page import QualityPage
from ncpi_desktop.workflows import quality_list, settling
from ncpi_desktop.workflows.quality_list import ListPage
from ncpi_desktop.workflows.session import AuditSession

Find = Callable[[str], CaseKey]
Press = Callable[..., None]
KEY = Qt.Key


@pytest.fixture
def may_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing asks about what was begun: let it go."""
    monkeypatch.setattr(prompts, "ask_to_lose", lambda *_asked: True)


def go_to(page: QualityPage, case: CaseKey) -> list[Part]:
    page.go_to(case)
    desk = page.pane.desk
    assert desk is not None
    return [line.part for line in desk.settling.differences]


def decision(page: QualityPage, part: Part) -> Decision | None:
    case = page.pane.case
    assert case is not None
    line = settling.lay_out(page._hub.session, case).settling.line(part)
    assert line is not None
    return line.decision


def because(page: QualityPage, part: Part) -> str:
    found = decision(page, part)
    assert found is not None
    return found.because


def test_a_reason_stays_with_its_part(page: QualityPage, press: Press, case_called: Find) -> None:
    first, second, *_others = go_to(page, case_called("DA-03"))
    press("k", "Of the grade")
    press(KEY.Key_Escape, KEY.Key_Down)
    assert (page.pane.part, page.pane.box.reason.text()) == (second, "")
    press("t", "Of the stage")
    press(KEY.Key_Return, control=True)
    assert because(page, second) == "Of the stage"
    assert decision(page, first) is None
    assert (page.pane.part, page.pane.box.reason.text()) == (first, "Of the grade")  # given back
    press("k")
    assert because(page, first) == "Of the grade"
    assert page.unfinished() == {}


def test_a_reason_for_all_is_no_reason_for_one(page: QualityPage, press: Press, case_called: Find) -> None:
    first, second, *_others = go_to(page, case_called("DA-03"))
    page.pane.box.reason.setFocus()
    press("Of the first")
    page.pane.box.all_at_once.setFocus()
    press(KEY.Key_Space)
    assert page.pane.box.reason.text() == "Of the first"  # nothing else was begun: it goes along
    page.pane.table.focus_chosen()
    press(KEY.Key_Down)
    assert (page.pane.part, page.pane.box.reason.text()) == (second, "Of the first")
    page.go_to(case_called("MIS-02"))
    assert not page.pane.box.all_at_once.isChecked()  # another case is not settled all at once by surprise
    assert page.pane.box.reason.text() == ""
    page.go_to(case_called("DA-03"))
    assert page.pane.box.all_at_once.isChecked()
    page.pane.table.focus_chosen()
    press("t")
    desk = page.pane.desk
    assert desk is not None
    assert {line.decision.because for line in desk.settling.differences if line.decision} == {"Of the first"}
    assert desk.is_settled
    assert page.unfinished() == {}
    assert first != second


@pytest.mark.usefixtures("may_be_lost")
def test_a_tick_takes_no_reason_from_a_part(page: QualityPage, press: Press, case_called: Find) -> None:
    go_to(page, case_called("DA-03"))
    page.pane.box.reason.setFocus()
    press("Of the first")
    press(KEY.Key_Escape, KEY.Key_Down)
    page.pane.box.all_at_once.setChecked(True)
    page.pane.box.reason.setFocus()
    press("Of all")
    press(KEY.Key_Escape, KEY.Key_Up)
    page.pane.box.all_at_once.setChecked(False)
    assert page.pane.box.reason.text() == "Of the first"
    page.pane.box.all_at_once.setChecked(True)
    assert page.pane.box.reason.text() == "Of all"
    assert sorted("\n".join(page.unfinished().values()).split("\n")) == ["Of all", "Of the first"]


@pytest.mark.usefixtures("may_be_lost")
def test_a_reason_that_was_refused_stays(
    page: QualityPage, press: Press, case_called: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_others = go_to(page, case_called("DA-03"))
    page.pane.box.reason.setFocus()
    press("Kept for later")
    monkeypatch.setattr(page._hub, "do", lambda _act: None)
    press(KEY.Key_Escape, "k")
    assert page.pane.box.reason.text() == "Kept for later"
    assert decision(page, first) is None


def test_digits_give_the_grade(page: QualityPage, press: Press, case_called: Find) -> None:
    parts = go_to(page, case_called("MIS-02"))  # first good, re-review inadequate
    for digit, choice in (("1", Choice.FIRST), ("2", Choice.OTHER), ("3", Choice.SECOND)):
        page.pane.choose_part(parts[0])
        page.pane.table.focus_chosen()
        press(digit)
        assert page.pane.box.reason.hasFocus()
        press(f"As {digit}1")  # a digit in the box is a digit
        press(KEY.Key_Return, control=True)
        found = decision(page, parts[0])
        assert found is not None
        assert (found.choice, found.because) == (choice, f"As {digit}1")


def test_a_case_on_a_later_page_stays_in_sight(
    page: QualityPage, press: Press, case_called: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = quality_list.cases_in_state

    def one_a_page(session: AuditSession, state: SecondState, after: int = 0) -> ListPage:
        return whole(session, state, after, 1)

    monkeypatch.setattr(quality_list, "cases_in_state", one_a_page)
    page.sample.model.show_groups([])
    page.show_all()
    last = case_called("MIS-02")
    assert page.sample.model.row_of(last) is None
    first, second, *_others = go_to(page, last)
    assert page.sample.chosen() is None
    press("k", "Seen whole")
    press(KEY.Key_Return, control=True)
    assert (page.pane.case, page.pane.part) == (last, second)
    assert because(page, first) == "Seen whole"
    assert page.pane.box.reason.text() == ""

    page.sample.list.setFocus()
    press(KEY.Key_Home, KEY.Key_Down, KEY.Key_Return)  # Show more…
    chosen = page.sample.chosen()
    assert chosen is not None
    assert chosen.line.reference == "DA-03"
    press(KEY.Key_Return, "k", "Seen whole")
    press(KEY.Key_Return, control=True)
    assert (page.pane.case, page.sample.chosen().line.reference) == (chosen.line.case, "DA-03")  # type: ignore[union-attr]


def test_quality_comes_back_at_the_case_it_was_left_at(
    page: QualityPage, open_window: MainWindow, case_called: Find
) -> None:
    audit = open_window.audit
    assert audit is not None
    page.go_to(case_called("DA-03"))
    place = audit.pages.place()
    assert place["page"] == "quality"
    assert not any(isinstance(value, str) and "DA" in value for value in place.values())
    assert open_window.reopen()
    audit = open_window.audit
    assert audit is not None
    open_window.sign_in("Team lead")
    audit.pages.restore(place)  # type: ignore[arg-type]
    shown = audit.pages.currentWidget()
    assert isinstance(shown, QualityPage)
    assert shown.pane.case == case_called("DA-03")
    assert shown.sample.chosen() is not None
