"""Practice cases on the review page: the same keys, off the queue, the agreed answer once one's own is handed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.workflows import browsing, reviewing
from tests.casework import complete, hand_in
from tests.practice import answer, bring_set_in

from .conftest import CONTROL, SHIFT, Desk  # type: ignore[import-not-found]

KEY = Qt.Key


@pytest.fixture
def cases(desk: Desk) -> list[CaseKey]:
    """The practice cases, the first of them on the desk."""
    found = bring_set_in(desk.hub.session)
    desk.page.go_to(found[0])
    return found


def answered_words(desk: Desk) -> str:
    shown: str = desk.page.left.answer.text.toPlainText()
    return shown


def shows_answer(desk: Desk) -> bool:
    return desk.page.left.currentWidget() is desk.page.left.answer


def test_a_practice_case_is_judged_by_keyboard_alone(desk: Desk, cases: list[CaseKey]) -> None:
    before = browsing.queue_counts(desk.hub.session)
    assert desk.page.record.header.words().purpose == "Practice"
    assert desk.page.record.header.accessibleName().startswith("PRACTICE-1, Practice, Missing children")
    desk.press(KEY.Key_U, CONTROL)
    for letter in "gggggg":
        desk.type(letter)
        desk.press(KEY.Key_Down)
    desk.press(KEY.Key_R, CONTROL)
    desk.type("high risk")
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_F6)
    desk.press(KEY.Key_3)
    desk.press(KEY.Key_F6)
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Home)
    desk.press(KEY.Key_Right, CONTROL | SHIFT)
    desk.press(KEY.Key_E, CONTROL)
    desk.press(KEY.Key_T, CONTROL)
    desk.type("Led by risk.")
    assert not shows_answer(desk)
    desk.press(KEY.Key_Return, CONTROL)
    if not shows_answer(desk):
        desk.press(KEY.Key_Return, CONTROL)  # the grade is questioned, and handed in all the same
    review = reviewing.lay_on_desk(desk.hub.session, cases[0]).review
    assert (review.grade, review.rationale, review.is_editable) == ("inadequate", "Led by risk.", False)
    assert len(review.reasons[0].citations) == 1
    assert desk.page.current_case() == cases[0]
    assert "Overall grade: agreed good, yours inadequate" in answered_words(desk)
    assert "The outcome for this girl is sad" in answered_words(desk)
    assert desk.notice().startswith("Handed in. The agreed answer stands at the left")
    desk.press(KEY.Key_Return, CONTROL)
    assert desk.page.current_case() == cases[1]
    assert not shows_answer(desk)
    assert browsing.queue_counts(desk.hub.session) == before


def test_the_last_case_is_followed_by_the_result(desk: Desk, cases: list[CaseKey]) -> None:
    session = desk.hub.session
    answer(session, ("good", "good", "good", "good", "good"))
    desk.page.go_to(cases[5])
    complete(session, cases[5], "good", "INI-S01")
    desk.page.go_to(cases[0])
    desk.page.go_to(cases[5])
    desk.press(KEY.Key_Return, CONTROL)
    assert shows_answer(desk)
    assert desk.focused() is desk.page.left.answer.text  # the grade had the keyboard, and is handed in
    desk.press(KEY.Key_Return, CONTROL)
    assert desk.page.current_case() == cases[5]
    assert desk.notice().startswith("Practice is done. 2 of 6 overall grades are as agreed (33 per cent). 4 are kinder")


def test_the_answer_folds_out_where_large_text_had_folded_the_left_side_away(desk: Desk, cases: list[CaseKey]) -> None:
    desk.theme.set_text_scale(200)
    complete(desk.hub.session, cases[1], "requires-improvement")
    desk.page.go_to(cases[1])
    desk.page.record.view.setFocus()
    assert desk.page.left.isHidden()
    desk.press(KEY.Key_Return, CONTROL)
    assert shows_answer(desk)
    assert desk.page.left.isVisible()
    assert desk.focused() is desk.page.left.answer.text
    desk.press(KEY.Key_Return, CONTROL)
    assert desk.page.current_case() == cases[2]


def test_page_keys_step_through_the_set(desk: Desk, cases: list[CaseKey]) -> None:
    desk.press(KEY.Key_PageUp)
    assert desk.page.current_case() == cases[0]
    desk.press(KEY.Key_PageDown)
    desk.press(KEY.Key_PageDown)
    assert desk.page.current_case() == cases[2]
    desk.press(KEY.Key_D, CONTROL)
    assert desk.page.current_case() == desk.case("DA-06")  # back to live work
    desk.press(KEY.Key_PageDown)
    assert desk.page.record.header.words().purpose == ""


def test_typing_and_undo_work_on_a_practice_case(desk: Desk, cases: list[CaseKey]) -> None:
    desk.press(KEY.Key_T, CONTROL)
    desk.type("The risk was seen.")
    desk.page.flush()
    assert reviewing.lay_on_desk(desk.hub.session, cases[0]).review.rationale == "The risk was seen."
    desk.hub.undo()
    assert desk.page.judgement.texts.rationale.text() == ""
    desk.hub.redo()
    assert desk.page.judgement.texts.rationale.text() == "The risk was seen."


def test_neither_reopened_nor_given_away(desk: Desk, cases: list[CaseKey]) -> None:
    desk.hub.sign_in("Team lead")
    assert not desk.actions.allocate.isEnabled()
    hand_in(desk.hub.session, cases[0])
    desk.page.go_to(cases[1])
    desk.page.go_to(cases[0])
    assert not desk.actions.reopen.isEnabled()
    assert not desk.page.judgement.hand_in.reopen_button.isEnabled()
    desk.page.judgement.ask_to_reopen()
    assert desk.page.judgement.hand_in.because.isHidden()
    desk.open("DA-01")
    assert desk.actions.reopen.isEnabled()


def test_escape_brings_the_queue_back_and_another_reader_sees_no_answer(desk: Desk, cases: list[CaseKey]) -> None:
    hand_in(desk.hub.session, cases[0])
    desk.page.go_to(cases[1])
    desk.page.go_to(cases[0])
    assert shows_answer(desk)
    desk.hub.sign_in("Inspector 3")
    assert not shows_answer(desk)
    assert not desk.page.judgement.hand_in.is_submitted
    desk.hub.sign_in("Inspector 2")
    assert shows_answer(desk)
    desk.page.left.answer.text.setFocus()
    desk.press(KEY.Key_Escape)
    assert desk.page.left.currentWidget() is desk.page.queue


def test_place_is_restored_on_a_practice_case(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    cases = bring_set_in(desk.hub.session)
    desk.page.go_to(cases[2])
    place = desk.page.place()
    assert "PRACTICE" not in repr(place)
    desk.page.go_to(cases[0])
    desk.page.restore(place)
    assert desk.page.current_case() == cases[2]
    desk.page.restore({**place, "case": "another"})
    assert desk.page.current_case() == desk.case("DA-06")
