"""The day on which somebody finishes is a working day, and comes from their own pace."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.findings.progress import PersonProgress, progress_of
from tests.builders import make_person

MONDAY = date(2018, 5, 14)
FRIDAY, SATURDAY, SUNDAY = (MONDAY + timedelta(days=n) for n in (4, 5, 6))


def progress(open_cases: int, per_day: float | None, last_day: date | None = None) -> PersonProgress:
    return PersonProgress(make_person(), open_cases, 0, open_cases, 0, per_day, last_day)


@pytest.mark.parametrize(
    ("open_cases", "per_day", "today", "finishes"),
    [
        (2, 2.0, MONDAY, MONDAY),
        (3, 2.0, MONDAY, MONDAY + timedelta(days=1)),
        (5, 1.0, MONDAY, FRIDAY),
        (6, 1.0, MONDAY, MONDAY + timedelta(days=7)),
        (2, 1.0, FRIDAY, MONDAY + timedelta(days=7)),
        (1, 3.0, SATURDAY, MONDAY + timedelta(days=7)),
        (1, 3.0, SUNDAY, MONDAY + timedelta(days=7)),
        (5, 2.25, MONDAY, MONDAY + timedelta(days=2)),
    ],
)
def test_the_last_day(open_cases: int, per_day: float, today: date, finishes: date) -> None:
    assert progress(open_cases, per_day).finishes(today) == finishes


@given(
    st.integers(1, 400),
    st.floats(1, 40),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_it_equals_counting_the_days_one_by_one(open_cases: int, per_day: float, today: date) -> None:
    left, day = float(open_cases), today
    while True:
        if day.weekday() < 5:
            left -= per_day
        if left <= 1e-9:
            break
        day += timedelta(days=1)
    found = progress(open_cases, per_day).finishes(today)
    assert found is not None
    assert abs((found - day).days) <= (3 if abs(left) < 1e-6 else 0)


def test_work_goes_on_after_the_last_submission_even_where_the_clock_is_behind() -> None:
    assert progress(1, 1.0, last_day=FRIDAY).finishes(MONDAY) == FRIDAY


def test_who_has_nothing_open_has_finished() -> None:
    assert progress(0, 2.0, last_day=FRIDAY).finishes(SUNDAY) == FRIDAY
    assert progress(0, None).finishes(MONDAY) is None


def test_without_a_pace_no_day_is_named() -> None:
    assert progress(3, None).finishes(MONDAY) is None


def test_a_day_beyond_the_calendar_is_not_named_and_not_waited_for() -> None:
    assert progress(10_000_000, 1.0).finishes(MONDAY) is None
    assert progress(1_000_000, 1.0).finishes(MONDAY) is not None


def test_progress_is_counted_by_person() -> None:
    allocated = {
        ("1", "submitted"): 4,
        ("1", "to-do"): 1,
        ("1", "in-progress"): 2,
        ("1", "parked"): 3,
        ("2", "to-do"): 9,
    }
    pace = {("1", "2018-05-14"): 3, ("1", "2018-05-16"): 2, ("3", "2018-05-15"): 1}
    people = [make_person(1), make_person(2, "Inspector 2"), make_person(3, "Inspector 3"), make_person(4, "Team lead")]
    first, second, third = progress_of(people, allocated, pace)
    assert (first.allocated, first.submitted, first.open, first.parked) == (10, 4, 3, 3)
    assert (first.per_day, first.last_day) == (2.5, date(2018, 5, 16))
    assert (second.open, second.per_day, second.last_day) == (9, None, None)
    assert (third.allocated, third.per_day) == (0, 1.0)
