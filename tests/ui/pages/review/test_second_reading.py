"""A case is read again blind on the review page, with the same keys, and the next one follows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit, QTextEdit, QWidget

from ncpi_desktop.domain.casework.worklist import QueueChoice
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.workflows import browsing, reviewing
from tests.casework import complete, hand_in

from .conftest import CONTROL, Desk  # type: ignore[import-not-found]

KEY = Qt.Key
AGAIN, CLOSED, TWICE = "EX-03", "DA-02", "DA-03"


@pytest.fixture
def assurer(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk("Quality assurer 1")


def words_shown(page: QWidget) -> str:
    """Every word that a page shows or tells a screen reader."""
    told: list[str] = []
    for widget in (page, *page.findChildren(QWidget)):
        told += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton):
            told.append(widget.text())
        elif isinstance(widget, QTextEdit | QPlainTextEdit):
            told.append(widget.toPlainText())
    return "\n".join(told)


def first_words(desk: Desk, reference: str) -> list[str]:
    review = current_review(desk.hub.session.file.connection, desk.case(reference))
    assert review is not None
    methodology = desk.hub.session.methodology
    given = [methodology.reason_by_code[reason.code].wording for reason in review.reasons]
    return [review.rationale[:50], *given]


@pytest.mark.parametrize("reference", [AGAIN, CLOSED])
def test_the_page_says_nothing_of_the_first_reading(assurer: Desk, reference: str) -> None:
    assurer.open(reference)
    shown = words_shown(assurer.page)
    assert [words for words in first_words(assurer, reference) if words in shown] == []
    assert not [name for name in ("Inspector 1", "Inspector 2", "Inspector 3") if name in shown]
    assert "Not shown until submitted" in shown


def test_a_case_read_by_both_shows_both_to_its_assurer(assurer: Desk) -> None:
    assurer.open(TWICE)
    assert assurer.page.record.header.words().purpose == "Second reading"
    assert "The two readings differ" in words_shown(assurer.page)


def test_a_closed_case_is_read_and_not_judged(assurer: Desk) -> None:
    case = assurer.open(CLOSED)
    assert assurer.page.record.header.words().purpose == "Closed to you"
    assert "is closed to you" in assurer.page.judgement.hand_in.banner.text()
    assert not assurer.page.judgement.editable
    before = browsing.history(assurer.hub.session)[0].sequence
    for key in (KEY.Key_1, KEY.Key_3):
        assurer.press(key)
    assurer.press(KEY.Key_Return, CONTROL)
    assert browsing.history(assurer.hub.session)[0].sequence == before
    assert assurer.page.current_case() != case  # it goes on to what is theirs to read
    assert reviewing.lay_on_desk(assurer.hub.session, case).is_closed


def test_read_again_by_keyboard_alone(assurer: Desk) -> None:
    case = assurer.open(AGAIN)
    assurer.page.queue.choose(QueueChoice.SECOND)
    counts = browsing.queue_counts(assurer.hub.session)
    assert counts[QueueChoice.SECOND] == 4
    assurer.press(KEY.Key_U, CONTROL)
    for letter in "gggggg":
        assurer.type(letter)
        assurer.press(KEY.Key_Down)
    assurer.press(KEY.Key_R, CONTROL)
    assurer.type("sensitive")
    assurer.press(KEY.Key_Return)
    assurer.press(KEY.Key_Escape)
    assurer.press(KEY.Key_F6)
    assurer.press(KEY.Key_1)
    assurer.press(KEY.Key_T, CONTROL)
    assurer.type("He was heard.")
    assurer.press(KEY.Key_Return, CONTROL)
    if assurer.page.current_case() == case:
        assurer.press(KEY.Key_Return, CONTROL)  # the grade is questioned, and handed in all the same
    session = assurer.hub.session
    second = current_review(session.file.connection, case, ReviewPurpose.SECOND)
    assert second is not None
    assert (second.grade, second.rationale, second.is_editable) == ("good", "He was heard.", False)
    assert browsing.queue_counts(session)[QueueChoice.SECOND] == 3
    assert browsing.is_to_read_again(session, assurer.page.current_case() or case)
    assert assurer.page.queue.model.row_of_position(browsing.queue_row(session, case).position) is None


def test_after_the_last_one_nothing_is_left_to_an_assurer(assurer: Desk) -> None:
    session = assurer.hub.session
    for reference in ("OC-02", "OM-01", "ON-02"):
        hand_in(session, assurer.case(reference))
    for _own in range(10):
        case = browsing.next_to_do(session, 0)
        if case is None or browsing.is_to_read_again(session, case):
            break
        raise AssertionError("a case of somebody else was offered")
    last = assurer.open(AGAIN)
    complete(session, last)
    assurer.page.go_to(assurer.case(CLOSED))
    assurer.page.go_to(last)
    assurer.press(KEY.Key_Return, CONTROL)
    if reviewing.lay_on_desk(session, last).review.is_editable:
        assurer.press(KEY.Key_Return, CONTROL)
    assert browsing.next_to_do(session, 0) is None
    assert "Nothing is left to do" in assurer.notice()


def test_undo_takes_back_a_step_of_the_second_reading(assurer: Desk) -> None:
    case = assurer.open(AGAIN)
    first = current_review(assurer.hub.session.file.connection, case)
    reviewing.give_grade(assurer.hub.session, case, "inadequate")
    assurer.hub.undo()
    desk = reviewing.lay_on_desk(assurer.hub.session, case)
    assert (desk.purpose, desk.review.grade) == (ReviewPurpose.SECOND, None)
    assert current_review(assurer.hub.session.file.connection, case) == first
