"""What a case, an inspection and a referral say of themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ncpi_desktop.domain.casework.case import CaseKey, Child, EntryKind, StrategyDiscussion
from ncpi_desktop.domain.casework.inspection import InspectionKind
from ncpi_desktop.domain.casework.referral import Referral
from ncpi_desktop.domain.casework.worklist import OPEN_STATES, CaseState
from tests.builders import make_case, make_entry, make_inspection


@pytest.mark.parametrize("words", [EntryKind, InspectionKind, CaseState])
def test_every_kind_has_words_of_its_own(words: type[EntryKind | InspectionKind | CaseState]) -> None:
    labels = [word.label for word in words]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_codes_of_kinds_are_the_published_ones() -> None:
    assert {kind.code for kind in InspectionKind} == {
        "inspection",
        "post-inspection-review",
        "re-inspection",
        "quarterly-update",
        "assessment-of-progress",
    }
    assert EntryKind.STRATEGY_DISCUSSION.code == "strategy-discussion"


def test_a_parked_case_is_not_to_do() -> None:
    assert CaseState.PARKED not in OPEN_STATES
    assert CaseState.SUBMITTED not in OPEN_STATES


def test_a_child_by_pseudonym_and_age() -> None:
    assert Child("Child A", 6).words == "Child A (6)"
    assert Child("Child A", 0).words == "Child A (0)"
    assert Child("Child A").words == "Child A"


def test_agencies_missing_are_those_invited_that_did_not_come() -> None:
    held = StrategyDiscussion(invited=("Police", "Health", "School"), present=("Police", "Housing"))
    assert held.missing == ("Health", "School")


def test_the_length_of_a_record_leaves_out_undated_entries() -> None:
    assert make_case(entries=(make_entry(day=2), make_entry(day=None), make_entry(day=9))).record_length == 7
    assert make_case(entries=(make_entry(day=-3), make_entry(day=0))).record_length == 3
    assert make_case(entries=(make_entry(day=None),)).record_length is None
    assert make_case(entries=()).record_length is None


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, ""),
        (date(2018, 5, 14), None, "May 2018"),
        (date(2018, 5, 14), date(2018, 5, 18), "May 2018"),
        (date(2018, 5, 28), date(2018, 6, 1), "May 2018 to June 2018"),
        (date(2017, 12, 28), date(2018, 12, 1), "December 2017 to December 2018"),
    ],
)
def test_fieldwork_in_words(start: date | None, end: date | None, words: str) -> None:
    assert make_inspection(fieldwork_start=start, fieldwork_end=end).fieldwork == words


def test_a_referral_is_open_until_it_is_closed() -> None:
    moment = datetime(2018, 5, 16, tzinfo=UTC)
    assert Referral(CaseKey(1), 1, moment, "risk", "told", acknowledged_at=moment).is_open
    assert not Referral(CaseKey(1), 1, moment, "risk", "told", closed_at=moment).is_open
