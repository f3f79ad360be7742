"""An inspector grades cases from beginning to end and never touches the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ncpi_desktop.domain.grading.review import ReviewState
from ncpi_desktop.ui.pages.review.reasons_list import ReasonsList
from ncpi_desktop.workflows import browsing
from ncpi_desktop.workflows.browsing import QueueChoice

from .conftest import CONTROL, SHIFT, Desk  # type: ignore[import-not-found]

KEY = Qt.Key


def grade_by_keys(desk: Desk) -> None:
    desk.press(KEY.Key_U, CONTROL)
    for letter in "grigrn":
        desk.type(letter)
        desk.press(KEY.Key_Down)


def test_whole_case_by_keyboard_alone(desk: Desk) -> None:
    case = desk.page.current_case()
    assert case == desk.case("DA-06")  # the first case to do of Inspector 2
    grade_by_keys(desk)
    desk.press(KEY.Key_R, CONTROL)
    desk.type("not seen")
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_F6)  # judgement -> queue
    desk.press(KEY.Key_2)
    desk.press(KEY.Key_F6)  # queue -> record
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Home)
    for _word in range(3):
        desk.press(KEY.Key_Right, CONTROL | SHIFT)
    desk.press(KEY.Key_E, CONTROL)
    desk.press(KEY.Key_T, CONTROL)
    desk.type("Two calls, 3 officers.")
    desk.press(KEY.Key_Return, CONTROL)
    done = desk.review(case)
    assert done.state is ReviewState.SUBMITTED
    assert done.grade == "requires-improvement"
    assert [found.grade for found in sorted(done.stages, key=lambda found: found.stage)].count("good") == 2
    assert [given.code for given in done.reasons] == ["INI-W04"]
    assert [citation.passage for citation in done.reasons[0].citations] == ["Reception staff report"]
    assert done.rationale == "Two calls, 3 officers."
    assert desk.page.current_case() == desk.case("EX-04")  # the next of Inspector 2


def test_six_open_cases_can_be_handed_in_one_after_the_other(desk: Desk) -> None:
    for _case in range(6):
        grade_by_keys(desk)
        desk.press(KEY.Key_R, CONTROL)
        desk.type("investigator")
        desk.press(KEY.Key_Return)
        desk.press(KEY.Key_Escape)
        desk.press(KEY.Key_F6)
        desk.press(KEY.Key_2)
        desk.press(KEY.Key_T, CONTROL)
        desk.type("Seen.")
        desk.press(KEY.Key_Return, CONTROL)
        if desk.notice():
            desk.press(KEY.Key_Return, CONTROL)
    assert browsing.queue_counts(desk.hub.session)[QueueChoice.TO_DO] == 0
    assert desk.notice() == "Nothing is left to do: every case is submitted or parked."
    assert desk.page.judgement.hand_in.is_submitted


def test_page_keys_step_through_the_queue(desk: Desk) -> None:
    desk.open("DA-01")
    desk.press(KEY.Key_PageDown)
    assert desk.page.current_case() == desk.case("DA-02")
    desk.press(KEY.Key_PageUp)
    desk.press(KEY.Key_PageUp)
    assert desk.page.current_case() == desk.case("S47-06")
    desk.press(KEY.Key_Down)  # in the list, headings are passed over
    assert desk.page.current_case() == desk.case("DA-01")
    desk.press(KEY.Key_Home)
    desk.press(KEY.Key_PageUp)
    assert desk.page.current_case() == desk.case("S47-01")


def test_digits_are_typed_in_text_boxes_and_grade_elsewhere(desk: Desk) -> None:
    case = desk.open("DA-06")
    desk.press(KEY.Key_T, CONTROL)
    desk.type("123")
    assert desk.page.judgement.texts.rationale.text() == "123"
    assert desk.review(case).grade is None
    desk.press(KEY.Key_F, CONTROL)
    desk.type("12")
    assert desk.page.queue.search_field.text() == "12"
    assert desk.review(case).grade is None
    desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_3)
    assert desk.review(case).grade == "inadequate"
    desk.press(KEY.Key_3)  # the same again clears it
    assert desk.review(case).grade is None
    for pane in (desk.page.queue.list, desk.page.record.view, desk.page.judgement.reasons):
        pane.setFocus()
        desk.press(KEY.Key_1)
        assert desk.review(case).grade == "good"
        desk.press(KEY.Key_0, CONTROL)
        assert desk.review(case).grade is None


def test_panes_are_cycled_in_both_directions(desk: Desk) -> None:
    panes = (desk.page.queue, desk.page.record, desk.page.judgement)

    def pane_of(widget: QWidget) -> int:
        return next(place for place, pane in enumerate(panes) if pane.isAncestorOf(widget))

    seen = []
    for _press in range(4):
        seen.append(pane_of(desk.focused()))
        desk.press(KEY.Key_F6)
    assert seen == [0, 1, 2, 0]
    desk.press(KEY.Key_F6, SHIFT)
    assert pane_of(desk.focused()) == 0


def test_names_that_stay_are_there(desk: Desk) -> None:
    desk.open("DA-06")
    names = [widget.accessibleName() for widget in desk.page.findChildren(QWidget)]
    for wanted in (
        *("Cases", "Reasons", "Record", "Good", "Requires improvement", "Inadequate", "Add reason", "Cite"),
        *("Submit and next", "Next unanswered", "Rationale", "Search cases", "Notes", "Overall grade"),
    ):
        assert names.count(wanted) == 1, wanted
    assert desk.page.accessibleName() == "Review"
    assert isinstance(next(w for w in desk.page.findChildren(ReasonsList)), ReasonsList)


def test_everything_that_takes_the_keyboard_has_a_name(desk: Desk) -> None:
    for reference in ("DA-06", "DA-03"):
        desk.open(reference)
        for widget in desk.page.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
                assert widget.accessibleName() or isinstance(widget, QAbstractButton), widget


def test_tab_comes_round_without_a_trap(desk: Desk) -> None:
    desk.open("DA-06")
    seen = []
    for _press in range(60):
        desk.press(KEY.Key_Tab)
        seen.append(desk.focused())
        if len(seen) > 1 and seen[-1] is seen[0]:
            break
    assert len(set(seen)) > 15
    assert desk.page.record.view in seen
    assert desk.page.judgement.texts.rationale in seen
    QApplication.processEvents()
