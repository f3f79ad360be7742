"""Recommendations: due days by the calendar, how their status moves, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.recommendation import (
    MOST,
    LinkedCase,
    LinkedFinding,
    Origin,
    Recommendation,
    RecommendationKey,
    fit_text,
    open_first,
    questions_about,
    refuse_follows,
)
from ncpi_desktop.domain.casework.recommendation_log import (
    MOST_COMMENT,
    LogLine,
    Status,
    fit_comment,
    refuse_asking,
    refuse_authorising,
    refuse_moment,
    refuse_move,
    refuse_publication,
    status_from,
)
from ncpi_desktop.domain.casework.recommendation_words import (
    Deadline,
    deadline_from,
    due_date,
    due_words,
    overdue_sentence,
    overdue_words,
)
from ncpi_desktop.domain.errors import RefusedError

NOW = datetime(2018, 6, 4, 10, 0, tzinfo=UTC)


def make(number: int = 1, **changed: Any) -> Recommendation:
    held: dict[str, Any] = {
        "number": number,
        "origin": Origin.THIS,
        "text": "See the children.",
        "particulars": "",
        "finding": "They were not seen.",
        "deadline": Deadline.THREE_MONTHS,
        "key": RecommendationKey(number),
        "published_on": date(2018, 5, 31),
    }
    return Recommendation(**(held | changed))


def line(day: int, status: Status = Status.BEING_PROGRESSED, **changed: Any) -> LogLine:
    return replace(LogLine(datetime(2018, 6, day, 12, tzinfo=UTC), status, "So."), **changed)


@pytest.mark.parametrize(
    ("published", "deadline", "due"),
    [
        ((2018, 8, 31), Deadline.SIX_MONTHS, (2019, 2, 28)),
        ((2019, 8, 31), Deadline.SIX_MONTHS, (2020, 2, 29)),
        ((2018, 11, 30), Deadline.THREE_MONTHS, (2019, 2, 28)),
        ((2018, 5, 31), Deadline.THREE_MONTHS, (2018, 8, 31)),
        ((2018, 12, 1), Deadline.SIX_MONTHS, (2019, 6, 1)),
        ((2018, 5, 31), Deadline.IMMEDIATELY, (2018, 5, 31)),
        ((9999, 12, 1), Deadline.SIX_MONTHS, (9999, 12, 31)),
    ],
)
def test_due_days_go_by_the_calendar(
    published: tuple[int, int, int], deadline: Deadline, due: tuple[int, int, int]
) -> None:
    assert due_date(date(*published), deadline) == date(*due)


@given(some.dates(max_value=date(9000, 1, 1)), some.sampled_from(Deadline))
def test_a_due_day_is_that_many_months_on_and_never_a_day_beyond(published: date, deadline: Deadline) -> None:
    due = due_date(published, deadline)
    assert due is not None
    months = (due.year - published.year) * 12 + due.month - published.month
    assert months == deadline.months
    assert due.day == published.day or (due.day < published.day and (due + timedelta(days=1)).day == 1)


def test_without_publication_no_due_day_is_known_and_nothing_is_overdue() -> None:
    held = make(published_on=None)
    assert held.due_on is None
    assert not held.is_overdue(date(2030, 1, 1))
    assert due_words(None, Deadline.SIX_MONTHS) == "due date not known yet"


def test_overdue_begins_the_day_after_and_ends_with_completion() -> None:
    held = make(deadline=Deadline.IMMEDIATELY)
    assert not held.is_overdue(date(2018, 5, 31))
    assert held.is_overdue(date(2018, 6, 1))
    assert not replace(held, status=Status.COMPLETE).is_overdue(date(2018, 6, 1))
    assert overdue_words(date(2018, 5, 31), date(2018, 6, 1)) == "overdue by 1 day"
    assert overdue_sentence([2, 5]) == "Overdue: recommendations 2, 5."
    assert overdue_sentence([]) == ""
    assert [one.number for one in open_first([make(1), make(2, deadline=Deadline.IMMEDIATELY)], date(2018, 6, 4))] == [
        2,
        1,
    ]


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Immediately", Deadline.IMMEDIATELY),
        ("three-months", Deadline.THREE_MONTHS),
        ("within 3 months", Deadline.THREE_MONTHS),
        ("Within six months", Deadline.SIX_MONTHS),
    ],
)
def test_deadlines_by_code_and_in_words(text: str, deadline: Deadline) -> None:
    assert deadline_from(text) is deadline


def test_a_missing_and_a_strange_deadline_are_refused() -> None:
    with pytest.raises(RefusedError, match="A recommendation needs its deadline"):
        deadline_from("  ")
    with pytest.raises(RefusedError, match="“soon” is not a deadline"):
        deadline_from("soon")


def test_status_by_code_and_in_words() -> None:
    assert status_from("Being progressed") is Status.BEING_PROGRESSED
    assert status_from("complete") is Status.COMPLETE
    with pytest.raises(RefusedError, match=r"“done” is not a status.*awaiting-review"):
        status_from("done")


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.COMPLETE])
def test_a_status_moves_forward_and_back_but_is_not_completed_by_one(status: Status) -> None:
    for stands in Status:
        refuse_move(make(status=stands), status)
    with pytest.raises(RefusedError, match="completed in two acts"):
        refuse_move(make(status=status), Status.COMPLETE)


def test_whoever_asks_does_not_authorise_and_another_does() -> None:
    asked = make(log=(line(1), line(2, Status.COMPLETE, person=7)), status=Status.BEING_PROGRESSED)
    assert asked.asked is not None
    refuse_authorising(asked, 8)
    with pytest.raises(RefusedError, match="Whoever asks for completion can’t authorise it"):
        refuse_authorising(asked, 7)
    with pytest.raises(RefusedError, match="waits for another person"):
        refuse_asking(asked)


def test_nothing_to_authorise_and_nothing_to_ask_once_complete() -> None:
    with pytest.raises(RefusedError, match="Nobody has asked"):
        refuse_authorising(make(log=(line(1),)), 8)
    lapsed = make(log=(line(1, Status.COMPLETE, person=7), line(2)))
    with pytest.raises(RefusedError, match="Nobody has asked"):
        refuse_authorising(lapsed, 8)
    refuse_asking(lapsed)
    with pytest.raises(RefusedError, match="complete already"):
        refuse_asking(make(status=Status.COMPLETE))


def test_dates_of_the_log() -> None:
    held = make(log=(line(2),))
    refuse_moment(held, NOW, NOW)
    refuse_moment(held, NOW.replace(hour=12), NOW)
    with pytest.raises(RefusedError, match="in the future"):
        refuse_moment(held, NOW + timedelta(days=1), NOW)
    with pytest.raises(RefusedError, match="published on 31/05/2018"):
        refuse_moment(make(), datetime(2018, 5, 30, 12, tzinfo=UTC), NOW)
    with pytest.raises(RefusedError, match="last line of this status log is of 02/06/2018"):
        refuse_moment(held, datetime(2018, 6, 1, 12, tzinfo=UTC), NOW)
    with pytest.raises(RefusedError, match="begins on 02/06/2018"):
        refuse_publication(held, date(2018, 6, 3))
    refuse_publication(held, date(2018, 6, 2))


def test_comments_are_asked_for_and_bounded() -> None:
    assert fit_comment(" Done. ") == "Done."
    with pytest.raises(RefusedError, match="needs a comment"):
        fit_comment("  ")
    with pytest.raises(RefusedError, match="10,000 fit"):
        fit_comment("x" * (MOST_COMMENT + 1))
    with pytest.raises(RefusedError, match="20,000 fit"):
        fit_text("x" * (MOST + 1))


def test_what_takes_up_what() -> None:
    own, other, earlier = make(1), make(2), make(3, origin=Origin.PREVIOUS)
    refuse_follows(own, earlier, [own, other, earlier])
    with pytest.raises(RefusedError, match="take up itself"):
        refuse_follows(own, own, [own])
    for pair in ((own, other), (earlier, own)):
        with pytest.raises(RefusedError, match="Only a recommendation of this inspection takes up another"):
            refuse_follows(*pair, [own, other, earlier])


def test_a_circle_is_refused_however_long() -> None:
    own = make(1)
    second = make(2, origin=Origin.PREVIOUS, follows=RecommendationKey(3))
    third = make(3, origin=Origin.PREVIOUS, follows=RecommendationKey(1))
    with pytest.raises(RefusedError, match="in a circle"):
        refuse_follows(own, second, [own, second, third])
    loop = replace(third, follows=RecommendationKey(2))
    with pytest.raises(RefusedError, match="in a circle"):
        refuse_follows(own, second, [own, second, loop])


def test_questions_name_what_is_open_again_or_missing() -> None:
    reopened = make(cases=(LinkedCase(CaseKey(1), "c", "DA-01", is_final=False), LinkedCase(CaseKey(2), "d", "DA-02")))
    assert questions_about(reopened) == (
        "Case DA-01 was opened again after it was linked: does the recommendation still rest on it?",
    )
    assert questions_about(make(finding="")) == ("No finding stands behind it: why is it made?",)
    assert questions_about(make(finding="", findings=(LinkedFinding(1, "f", "Seen"),))) == ()
    answered = make(origin=Origin.PREVIOUS, progress="improved")
    assert questions_about(answered) == ("Progress is given without a summary of what was found.",)
    assert not answered.is_answered
    assert replace(answered, summary="They do.").is_answered
