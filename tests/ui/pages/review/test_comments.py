"""Comments in Review, by keyboard alone: writing, answering, resolving, stepping, sending back, and what is never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.grading.review import ReviewState
from ncpi_desktop.domain.moderation.comment import MOST, About, Kind, Thread, ThreadState
from ncpi_desktop.ui.pages.review.thread_card import state_look
from ncpi_desktop.workflows import commenting, sending_back, staffing

from .conftest import CONTROL, SHIFT, Desk  # type: ignore[import-not-found]

KEY = Qt.Key


def threads(desk: Desk, reference: str = "DA-06") -> tuple[Thread, ...]:
    return commenting.threads_of(desk.hub.session, desk.case(reference))


def comment(desk: Desk, words: str) -> None:
    desk.press(KEY.Key_M, CONTROL)
    assert desk.focused() is desk.page.left.comments.box
    desk.type(words)
    desk.press(KEY.Key_Return, CONTROL)


def as_person(desk: Desk, name: str) -> None:
    desk.hub.sign_in(name)
    QApplication.processEvents()


def test_a_comment_is_about_what_has_the_keyboard(desk: Desk) -> None:
    desk.open("DA-06")
    judgement = desk.page.judgement
    desk.page.record.view.setFocus()
    comment(desk, "On the case.")
    judgement.stage_rows["investigation"].focus_column(0)
    comment(desk, "On the stage.")
    judgement.grade_row.buttons[0].setFocus()
    comment(desk, "On the grade.")
    assert [(thread.root.about, thread.root.text) for thread in threads(desk)] == [
        (About(), "On the case."),
        (About(Kind.STAGE, "investigation"), "On the stage."),
        (About(Kind.GRADE), "On the grade."),
    ]
    assert judgement.stage_rows["investigation"].accessibleName() == "Investigation, 1 comment"
    assert judgement.stage_rows["initial-contact"].accessibleName() == "Initial contact"
    assert judgement.hand_in.comments.words().startswith("3 open comments")
    assert desk.page.left.comments.box.text() == ""
    assert desk.review(desk.case("DA-06")).state is ReviewState.DRAFT


def test_a_comment_on_a_reason_is_counted_on_its_card(desk: Desk) -> None:
    desk.open("DA-03")
    reasons = desk.page.judgement.reasons
    reasons.setFocus()
    code = reasons.reasons.row(0).reason.code
    comment(desk, "Which call?")
    assert threads(desk, "DA-03")[-1].root.about == About(Kind.REASON, code)
    said = reasons.reasons.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("1 comment")


def test_another_person_answers_and_the_writer_resolves_and_opens_again(desk: Desk) -> None:
    desk.open("DA-06")
    comment(desk, "Was she seen?")
    as_person(desk, "Inspector 3")
    desk.press(KEY.Key_M, CONTROL | SHIFT)
    card = desk.page.left.comments.cards[0]
    assert desk.focused() is card
    assert card.accessibleName().startswith("The case. Open. Inspector 2, ")
    assert not card.resolve_button.isVisible()
    desk.press(KEY.Key_Tab)
    assert desk.focused() is card.answer_button
    desk.press(KEY.Key_Space)
    assert desk.page.left.comments.subject.text() == "Answer about: The case"
    desk.type("Yes, alone.")
    desk.press(KEY.Key_Return, CONTROL)
    assert threads(desk)[0].state is ThreadState.ANSWERED
    assert desk.page.left.comments.cards[0].chip.text() == "Answered"
    as_person(desk, "Inspector 2")
    for button, state in (("resolve_button", ThreadState.RESOLVED), ("open_again_button", ThreadState.OPEN)):
        getattr(desk.page.left.comments.cards[0], button).setFocus()
        desk.press(KEY.Key_Space)
        assert threads(desk)[0].state is state
        assert desk.focused() is desk.page.left.comments.cards[0]
    assert not desk.page.left.comments.cards[0].delete_button.isVisible()


def test_one_s_own_is_taken_away(desk: Desk) -> None:
    desk.open("DA-06")
    comment(desk, "Never mind.")
    desk.page.left.comments.cards[0].delete_button.setFocus()
    desk.press(KEY.Key_Space)
    assert threads(desk) == ()
    assert desk.page.left.comments.nothing.isVisible()
    assert desk.page.judgement.hand_in.comments.isHidden()


def test_next_open_comment_goes_through_the_case_and_on_to_others(desk: Desk) -> None:
    session = desk.hub.session
    for reference, words in (("DA-06", "One."), ("DA-06", "Two."), ("EX-04", "Three.")):
        commenting.comment_on(session, desk.case(reference), About(), words)
    desk.open("DA-01")
    met = []
    for _time in range(4):
        desk.press(KEY.Key_M, CONTROL | SHIFT)
        focused = desk.page.left.comments.focused_thread()
        met.append(next(t.root.text for r in ("DA-06", "EX-04") for t in threads(desk, r) if t.root.key == focused))
    assert met == ["One.", "Two.", "Three.", "One."]
    assert desk.page.current_case() == desk.case("DA-06")
    assert "Next: EX-04" in desk.page.judgement.hand_in.comments.words()


def test_where_none_is_open_it_is_said(desk: Desk) -> None:
    desk.open("DA-06")
    desk.press(KEY.Key_M, CONTROL | SHIFT)
    assert desk.notice() == "No comment waits for an answer."


def test_undo_does_not_send_what_is_being_written(desk: Desk) -> None:
    desk.open("DA-06")
    desk.press(KEY.Key_M, CONTROL)
    desk.type("Half a tho")
    desk.page.flush()
    assert threads(desk) == ()
    assert desk.page.left.comments.box.text() == "Half a tho"


@pytest.mark.parametrize("leave", ["case", "page"])
def test_what_was_not_sent_is_sent_when_the_case_is_left(desk: Desk, leave: str) -> None:
    desk.open("DA-06")
    desk.press(KEY.Key_M, CONTROL)
    desk.type("Half a tho")
    if leave == "case":
        desk.press(KEY.Key_PageDown)
        desk.page.go_to(desk.case("DA-01"))
    else:
        desk.page.hide()
    assert [thread.root.text for thread in threads(desk)] == ["Half a tho"]
    assert desk.page.left.comments.box.text() == ""


def test_what_cannot_be_sent_keeps_the_case_open(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = desk.open("DA-06")
    desk.press(KEY.Key_M, CONTROL)
    desk.type("Words")
    monkeypatch.setattr(desk.hub, "do", lambda _act: None)
    desk.page.go_to(desk.case("DA-01"))
    assert desk.page.current_case() == case
    assert desk.page.left.comments.box.text() == "Words"
    assert desk.notice().startswith("What you typed is not saved yet, so this case stays open.")
    monkeypatch.undo()
    desk.page.go_to(desk.case("DA-01"))
    assert [thread.root.text for thread in threads(desk)] == ["Words"]


def test_escape_goes_back_and_the_words_stay(desk: Desk) -> None:
    desk.open("DA-06")
    desk.press(KEY.Key_M, CONTROL)
    desk.type("Words")
    desk.press(KEY.Key_Escape)
    assert desk.page.left.currentWidget() is desk.page.queue
    assert desk.page.judgement.isAncestorOf(desk.focused())
    desk.press(KEY.Key_M, CONTROL)
    assert desk.page.left.comments.box.text() == "Words"
    assert threads(desk) == ()


def test_more_than_a_comment_holds_is_not_taken(desk: Desk) -> None:
    desk.open("DA-06")
    desk.press(KEY.Key_M, CONTROL)
    QApplication.clipboard().setText("x" * MOST)
    desk.page.left.comments.box.paste()
    desk.type("y")
    assert desk.page.left.comments.box.text() == "x" * MOST
    assert "1 characters do not fit" in desk.page.left.comments.hint.text()
    desk.press(KEY.Key_Return, CONTROL)
    assert len(threads(desk)[0].root.text) == MOST


def test_an_assurer_sends_back_with_a_reason_and_the_inspector_sees_it(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk("Team lead")
    staffing.add_person(desk.hub.session, "Assurer 9", [Role.QUALITY_ASSURER])
    as_person(desk, "Assurer 9")
    case = desk.open("DA-03")
    desk.press(KEY.Key_B, CONTROL | SHIFT)
    assert desk.focused() is desk.page.judgement.hand_in.because.field
    desk.type("Look at the second call")
    desk.press(KEY.Key_Return)
    assert desk.review(case).state is ReviewState.DRAFT
    assert sending_back.why_sent_back(desk.hub.session, desk.review(case)) == "Look at the second call"
    as_person(desk, "Inspector 2")
    bar = desk.page.judgement.hand_in.comments
    assert bar.isVisible()
    assert bar.words().startswith("1 open comment: Sent back: Look at the second call")


def test_an_inspector_is_not_offered_to_send_back(desk: Desk) -> None:
    desk.open("DA-03")
    assert not desk.actions.send_back.isEnabled()


def test_an_observer_reads_and_is_offered_nothing(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk("Team lead")
    staffing.add_person(desk.hub.session, "Observer 9", [Role.OBSERVER])
    commenting.comment_on(desk.hub.session, desk.case("DA-06"), About(), "Why?")
    as_person(desk, "Observer 9")
    desk.open("DA-06")
    desk.press(KEY.Key_M, CONTROL | SHIFT)
    card = desk.page.left.comments.cards[0]
    assert desk.focused() is card
    assert not any(b.isVisible() for b in (card.answer_button, card.resolve_button, card.delete_button))
    assert not desk.page.left.comments.box.isEnabled()


def test_no_two_states_look_alike() -> None:
    looks = [state_look(state) for state in ThreadState]
    for part in zip(*looks, strict=True):
        assert len(set(part)) == len(ThreadState)
