"""Referrals in a real file: raised, acknowledged, closed, counted, kept in the history and blind where they must be."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.workflows import allocating, checking, referring, staffing
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import key_of


def test_a_referral_is_raised_acknowledged_and_closed(sample: AuditSession) -> None:
    sample.sign_in("Inspector 2")
    case = key_of(sample, "DA-06")
    referring.raise_referral(sample, case, " A child goes home tonight. ", "The duty officer")
    (raised,) = referring.referrals_of(sample, case)
    assert (raised.risk, raised.told, raised.reference) == ("A child goes home tonight.", "The duty officer", "DA-06")
    assert sample.person_named(raised.raised_by or 0) == "Inspector 2"
    assert findings_of(sample).open_referrals == 2
    referring.acknowledge(sample, raised.key)
    with pytest.raises(RefusedError, match="acknowledged this referral already"):
        referring.acknowledge(sample, raised.key)
    sample.sign_in("Team lead")
    referring.close_referral(sample, raised.key, "Seen the same day.")
    (done,) = referring.referrals_of(sample, case)
    assert done.acknowledged_at is not None
    assert done.closed_at is not None
    assert sample.person_named(done.closed_by or 0) == "Team lead"
    assert findings_of(sample).open_referrals == 1
    assert [one.is_open for one in referring.all_referrals(sample)] == [True, False]
    with pytest.raises(RefusedError, match="is not changed any more"):
        referring.close_referral(sample, done.key, "Else.")
    assert not checking.check(sample.path).problems


def test_what_is_refused_leaves_the_file_as_it_was(sample: AuditSession) -> None:
    case, before = key_of(sample, "DA-06"), referring.all_referrals(sample)
    for risk, told in ((" ", "Officer"), ("Risk", ""), ("x" * 10_001, "Officer")):
        with pytest.raises(RefusedError):
            referring.raise_referral(sample, case, risk, told)
    with pytest.raises(RefusedError, match="closed with its outcome"):
        referring.close_referral(sample, before[0].key, " ")
    assert referring.all_referrals(sample) == before


def test_a_second_reader_may_raise_one_and_does_not_see_who_raised_another(sample: AuditSession) -> None:
    sample.sign_in("Team lead")
    case = key_of(sample, "DA-02")
    reader = staffing.person_called(sample, "Quality assurer 1")
    allocating.allocate_case(sample, case, reader, ReviewPurpose.SECOND)
    referring.raise_referral(sample, case, "One.", "Officer 1")
    sample.sign_in("Quality assurer 1")
    referring.raise_referral(sample, case, "Two.", "Officer 2")
    assert [(one.risk, one.raised_by) for one in referring.referrals_of(sample, case)] == [
        ("One.", None),
        ("Two.", reader.key),
    ]
