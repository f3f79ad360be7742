"""The rules of a referral: it needs words, is acknowledged once, and is left alone once it is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.referral import (
    MOST,
    Referral,
    age_words,
    first_words,
    fit_child,
    fit_force_did,
    fit_outcome,
    fit_risk,
    fit_told,
    fit_told_at,
    open_first,
)
from ncpi_desktop.domain.errors import RefusedError

AT = datetime(2018, 5, 16, 10, tzinfo=UTC)
RAISED = Referral(CaseKey(1), 2, AT, "The child goes home tonight.", "The duty officer")


@pytest.mark.parametrize("fit", [fit_child, fit_risk, fit_told, fit_force_did, fit_outcome])
def test_every_part_needs_words_and_not_too_many(fit) -> None:  # type: ignore[no-untyped-def]
    assert fit(" Told. ") == "Told."
    assert fit("x" * MOST) == "x" * MOST
    for unfit in ("", " \n", "x" * (MOST + 1)):
        with pytest.raises(RefusedError):
            fit(unfit)


def test_it_is_acknowledged_once_and_closed_once() -> None:
    known = RAISED.acknowledged(AT + timedelta(hours=1))
    assert known.is_open
    with pytest.raises(RefusedError, match="acknowledged this referral already"):
        known.acknowledged(AT)
    done = known.closed(" Officers went. ", " Seen. ", AT + timedelta(hours=2), 3)
    assert (done.is_open, done.force_did, done.outcome, done.closed_by) == (False, "Officers went.", "Seen.", 3)
    for again in (lambda: done.acknowledged(AT), lambda: done.closed("Else.", "Else.", AT, 3)):
        with pytest.raises(RefusedError, match="closed, and is not changed") as refused:
            again()
        assert "Raise a new referral" in str(refused.value.todo)
    with pytest.raises(RefusedError, match="closed with its outcome"):
        RAISED.closed("Went.", " ", AT, 3)
    with pytest.raises(RefusedError, match="closed with what the force did"):
        RAISED.closed(" ", "Seen.", AT, 3)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(days=2, hours=3, minutes=59), "open for 2 days 3 hours"),
        (timedelta(days=1), "open for 1 day"),
        (timedelta(days=29, hours=5), "open for 29 days 5 hours"),
        (timedelta(days=30, hours=5), "open for 30 days"),
        (timedelta(hours=1, minutes=5), "open for 1 hour"),
        (timedelta(minutes=7), "open for 7 minutes"),
        (timedelta(hours=-5), "open for 0 minutes"),
    ],
)
def test_its_age_is_told_by_the_clock_given(after: timedelta, words: str) -> None:
    assert age_words(RAISED, AT + after) == words


def test_a_closed_one_has_no_running_clock_and_stands_below_the_open_ones() -> None:
    done = RAISED.closed("Went.", "Seen.", AT + timedelta(hours=4), None)
    assert age_words(done, AT + timedelta(days=9)) == "closed after 4 hours"
    later = Referral(CaseKey(2), None, AT + timedelta(days=1), "Alone.", "Officer 1")
    assert open_first((done, later, RAISED)) == (RAISED, later, done)


def test_its_clock_runs_from_when_the_force_was_told() -> None:
    told = replace(RAISED, told_at=AT - timedelta(hours=5))
    assert age_words(told, AT) == "open for 5 hours"
    assert open_first((RAISED, told)) == (told, RAISED)


@pytest.mark.parametrize(
    ("told_at", "fieldwork", "fits"),
    [
        (AT, date(2018, 5, 14), True),
        (AT + timedelta(seconds=1), date(2018, 5, 14), False),
        (datetime(2017, 5, 14, tzinfo=UTC), date(2018, 5, 14), True),
        (datetime(2017, 5, 13, 23, 59, tzinfo=UTC), date(2018, 5, 14), False),
        (datetime(2014, 4, 1, tzinfo=UTC), None, True),
        (datetime(2014, 3, 31, tzinfo=UTC), None, False),
    ],
)
def test_the_force_was_told_neither_later_nor_years_before(
    told_at: datetime, fieldwork: date | None, fits: bool
) -> None:
    if fits:
        assert fit_told_at(told_at, AT, fieldwork) == told_at
        return
    with pytest.raises(RefusedError):
        fit_told_at(told_at, AT, fieldwork)


@pytest.mark.parametrize(
    ("text", "words"),
    [("A child\n goes home.", "A child goes home."), ("one two three", "one two…"), ("x" * 30, "x" * 20 + "…")],
)
def test_its_first_words_are_cut_between_words(text: str, words: str) -> None:
    assert first_words(text, 8 if text.startswith("one") else 20) == words
