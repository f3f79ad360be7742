"""Referrals in a real file: raised, acknowledged, closed, counted, kept in the history and blind where they must be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.workflows import allocating, browsing, checking, referring, staffing
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import key_of
from tests.practice import bring_set_in


def test_a_referral_is_raised_acknowledged_and_closed(sample: AuditSession) -> None:
    sample.sign_in("Inspector 2")
    case = key_of(sample, "DA-06")
    referring.raise_referral(sample, case, " A child goes home tonight. ", "The duty officer", child="Child A (6)")
    (raised,) = referring.referrals_of(sample, case)
    assert (raised.risk, raised.told, raised.reference) == ("A child goes home tonight.", "The duty officer", "DA-06")
    assert (raised.child, raised.told_at) == ("Child A (6)", raised.raised_at)
    assert sample.person_named(raised.raised_by or 0) == "Inspector 2"
    assert findings_of(sample).open_referrals == 2
    referring.acknowledge(sample, raised.key)
    with pytest.raises(RefusedError, match="acknowledged this referral already"):
        referring.acknowledge(sample, raised.key)
    sample.sign_in("Team lead")
    referring.close_referral(sample, raised.key, "Officers went.", "Seen the same day.")
    (done,) = referring.referrals_of(sample, case)
    assert done.acknowledged_at is not None
    assert done.closed_at is not None
    assert (done.force_did, done.outcome) == ("Officers went.", "Seen the same day.")
    assert sample.person_named(done.closed_by or 0) == "Team lead"
    assert findings_of(sample).open_referrals == 1
    assert [one.is_open for one in referring.all_referrals(sample)] == [True, False]
    with pytest.raises(RefusedError, match="is not changed any more"):
        referring.close_referral(sample, done.key, "Else.", "Else.")
    assert not checking.check(sample.path).problems


def test_what_is_refused_leaves_the_file_as_it_was(sample: AuditSession) -> None:
    case, before = key_of(sample, "DA-06"), referring.all_referrals(sample)
    for risk, told, child in (
        *((" ", "Officer", "Child A"), ("Risk", "", "Child A"), ("x" * 10_001, "Officer", "Child A")),
        ("Risk", "Officer", " \n"),
    ):
        with pytest.raises(RefusedError):
            referring.raise_referral(sample, case, risk, told, child=child)
    with pytest.raises(RefusedError, match="closed with its outcome"):
        referring.close_referral(sample, before[0].key, "Went.", " ")
    with pytest.raises(RefusedError, match="closed with what the force did"):
        referring.close_referral(sample, before[0].key, "", "Seen.")
    assert referring.all_referrals(sample) == before


def test_a_second_reader_may_raise_one_and_does_not_see_who_raised_another(sample: AuditSession) -> None:
    sample.sign_in("Team lead")
    case = key_of(sample, "DA-02")
    reader = staffing.person_called(sample, "Quality assurer 1")
    allocating.allocate_case(sample, case, reader, ReviewPurpose.SECOND)
    referring.raise_referral(sample, case, "One.", "Officer 1", child="Child A")
    sample.sign_in("Quality assurer 1")
    referring.raise_referral(sample, case, "Two.", "Officer 2", child="Child A")
    assert [(one.risk, one.raised_by) for one in referring.referrals_of(sample, case)] == [
        ("One.", None),
        ("Two.", reader.key),
    ]


def test_the_force_can_have_been_told_before_but_not_later_and_not_years_ago(sample: AuditSession) -> None:
    case, before = key_of(sample, "DA-06"), referring.all_referrals(sample)
    told = datetime(2018, 5, 15, 9, 30, tzinfo=UTC)
    for moment, because in (
        (sample.clock() + timedelta(minutes=1), "in the future"),
        (datetime(2008, 5, 15, tzinfo=UTC), "15/05/2008 is long before"),
    ):
        with pytest.raises(RefusedError, match=because):
            referring.raise_referral(sample, case, "Risk.", "Officer", child="Child A", told_at=moment)
    assert referring.all_referrals(sample) == before
    referring.raise_referral(sample, case, "Risk.", "Officer", child="Child A", told_at=told)
    (raised,) = referring.referrals_of(sample, case)
    assert (raised.told_at, raised.since) == (told, told)
    assert [one.reference for one in referring.open_referrals(sample)] == ["DA-06", "EX-02"]
    assert referring.count_open(sample) == 2


def test_a_closed_referral_stays_and_another_may_be_raised(sample: AuditSession) -> None:
    (first,) = referring.all_referrals(sample)
    referring.close_referral(sample, first.key, "Went.", "Seen.")
    done = referring.all_referrals(sample)
    with pytest.raises(RefusedError, match="is not changed any more") as refused:
        referring.acknowledge(sample, first.key)
    assert "Raise a new referral" in str(refused.value.todo)
    assert referring.all_referrals(sample) == done
    referring.raise_referral(sample, first.case, "Again.", "Officer", child="Child B")
    assert [one.is_open for one in referring.referrals_of(sample, first.case)] == [True, False]


def test_a_practice_case_is_referred_by_no_way(sample: AuditSession) -> None:
    case = bring_set_in(sample)[0]
    before = referring.all_referrals(sample)
    with pytest.raises(RefusedError, match="there is no child to refer"):
        referring.raise_referral(sample, case, "Risk.", "Officer", child="Child A")
    with pytest.raises(RefusedError, match="there is no child to refer"):
        referring.case_called(sample, referring.reference_of(sample, case))
    assert referring.all_referrals(sample) == before


def test_a_case_is_found_by_its_reference_with_its_children(sample: AuditSession) -> None:
    case = referring.case_called(sample, " EX-02 ")
    assert (case, referring.reference_of(sample, case)) == (key_of(sample, "EX-02"), "EX-02")
    assert referring.children_of(sample, case)[0].startswith("Child A (")
    with pytest.raises(RefusedError, match="no case with that reference"):
        referring.case_called(sample, "EX-0'2")


def test_without_a_name_nothing_is_raised(fresh_audit: AuditSession) -> None:
    fresh_audit.sign_in("")
    case = browsing.case_at(fresh_audit, 1)
    assert case is not None
    with pytest.raises(RefusedError, match="needs the name of who makes it"):
        referring.raise_referral(fresh_audit, case, "Risk.", "Officer", child="Child A")
    assert referring.all_referrals(fresh_audit) == ()
