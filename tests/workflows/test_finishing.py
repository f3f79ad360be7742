"""Finishing an inspection and letting a final report through: what is open is named, and goes on only with a reason that stays."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.workflows import browsing, checking, finishing, referring, reviewing
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import hand_in, key_of


@pytest.fixture
def led(sample: AuditSession) -> AuditSession:
    sample.sign_in("Team lead")
    return sample


@pytest.fixture
def submitted(led: AuditSession) -> AuditSession:
    """The sample with every case handed in, and its one referral open."""
    while (case := browsing.next_to_do(led, 0)) is not None:
        hand_in(led, case)
    return led


def last_change(session: AuditSession) -> tuple[str, str, str, str]:
    change = browsing.history(session)[0]
    return change.action, change.person, change.detail, change.reason


def test_what_is_open_is_named_with_its_references(led: AuditSession) -> None:
    referrals, cases = finishing.what_is_open(led)
    assert referrals == "1 referral is open (EX-02)"
    assert cases.startswith("6 cases are not submitted (")


def test_an_inspection_is_finished_with_a_reason_while_something_is_open(led: AuditSession) -> None:
    with pytest.raises(RefusedError, match=r"not finished without a reason: 1 referral is open \(EX-02\)"):
        finishing.finish_inspection(led, " ")
    assert led.inspection.finished_at is None
    finishing.finish_inspection(led, " The force answers on Monday. ")
    assert led.inspection.finished_at is not None
    assert last_change(led) == (Action.FINISH, "Team lead", "EX-02", "The force answers on Monday.")
    with pytest.raises(RefusedError, match="finished already"):
        finishing.finish_inspection(led, "Again.")
    assert not checking.check(led.path).problems


def test_a_finished_inspection_is_taken_up_again_with_a_reason(led: AuditSession) -> None:
    with pytest.raises(RefusedError, match="is not finished"):
        finishing.resume_inspection(led, "Why not.")
    finishing.finish_inspection(led, "For now.")
    with pytest.raises(RefusedError, match="taken up again with a reason"):
        finishing.resume_inspection(led, "")
    finishing.resume_inspection(led, "A case came in late.")
    assert led.inspection.finished_at is None
    assert last_change(led) == (Action.RESUME, "Team lead", "", "A case came in late.")


def test_where_nothing_is_open_no_reason_is_needed(submitted: AuditSession) -> None:
    (referral,) = referring.open_referrals(submitted)
    referring.close_referral(submitted, referral.key, "Went.", "Seen.")
    assert finishing.what_is_open(submitted) == ()
    finishing.finish_inspection(submitted)
    assert last_change(submitted)[2:] == ("", "")


def test_a_finished_inspection_opens_finished(submitted: AuditSession) -> None:
    finishing.finish_inspection(submitted, "For now.")
    again = AuditSession.open(submitted.path, read_only=True)
    try:
        assert again.inspection.finished_at == submitted.inspection.finished_at
    finally:
        again.close()


def test_a_final_report_passes_an_open_referral_only_with_a_reason_that_stays(submitted: AuditSession) -> None:
    with pytest.raises(RefusedError, match=r"not final yet: 1 referral is open \(EX-02\)"):
        finishing.refuse_unless_finished(submitted)
    before = browsing.history(submitted)[0]
    with pytest.raises(RefusedError, match="only with a reason"):
        finishing.allow_final(submitted, " ")
    with pytest.raises(RefusedError, match="2,000 fit"):
        finishing.allow_final(submitted, "x" * 2_001)
    assert browsing.history(submitted)[0] == before
    assert finishing.allow_final(submitted, "The child is safe.").saved_at is not None
    assert last_change(submitted) == (Action.EXPORT_DESPITE, "Team lead", "EX-02", "The child is safe.")
    assert not checking.check(submitted.path).problems


def test_a_reason_lets_no_case_pass_that_is_not_submitted(led: AuditSession) -> None:
    before = browsing.history(led)[0]
    with pytest.raises(RefusedError, match="6 cases are not submitted"):
        finishing.allow_final(led, "The child is safe.")
    assert browsing.history(led)[0] == before


def test_a_reason_for_nothing_is_not_kept(submitted: AuditSession) -> None:
    (referral,) = referring.open_referrals(submitted)
    referring.close_referral(submitted, referral.key, "Went.", "Seen.")
    before = browsing.history(submitted)[0]
    assert finishing.allow_final(submitted, "The child is safe.").saved_at is None
    assert browsing.history(submitted)[0] == before


def test_what_comes_in_after_the_end_is_still_kept(submitted: AuditSession) -> None:
    finishing.finish_inspection(submitted, "For now.")
    (referral,) = referring.open_referrals(submitted)
    referring.close_referral(submitted, referral.key, "Went.", "Seen.")
    assert reviewing.lay_on_desk(submitted, key_of(submitted, "EX-02")).case.reference == "EX-02"
    assert referring.count_open(submitted) == 0
