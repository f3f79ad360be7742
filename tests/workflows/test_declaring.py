"""Interests are declared: nobody reads the cases of a force unit in which they have one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ncpi_desktop.domain.casework.inspection import Person, Role
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage.allocation_repository import reader_of
from ncpi_desktop.storage.tally_repository import read_tallies, recount
from ncpi_desktop.workflows import browsing, reviewing, staffing
from ncpi_desktop.workflows.allocating import allocate_case, may_read
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.declaring import declare_interest, declared_interests, units_known, withdraw_interest
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_case
from tests.casework import bring_in, hand_in, key_of

FIRST, SECOND = ReviewPurpose.FIRST, ReviewPurpose.SECOND
UNIT = "Harbour Team"


@pytest.fixture
def audit(fresh_audit: AuditSession) -> AuditSession:
    """A file of a lead, two inspectors and an assurer, with three cases of the Harbour Team; Inspector 1 works."""
    bring_in(fresh_audit, *(make_case(f"H-{n}", tags=("Night", UNIT)) for n in (1, 2, 3)))
    fresh_audit.sign_in("Inspector 1")
    staffing.add_person(fresh_audit, "Inspector 2", [Role.INSPECTOR])
    staffing.add_person(fresh_audit, "Assurer", [Role.QUALITY_ASSURER])
    staffing.add_person(fresh_audit, "Lead", [Role.TEAM_LEAD])
    return fresh_audit


def called(session: AuditSession, name: str) -> Person:
    return staffing.person_called(session, name)


def test_a_case_of_a_declared_unit_is_given_to_others(audit: AuditSession) -> None:
    declared = declare_interest(audit, None, "harbour  team", "Served there until 2016.")
    assert (declared.given_back, declared.begun, declared.is_known) == ((), (), True)
    audit.sign_in("Lead")
    case, who = key_of(audit, "H-1"), called(audit, "Inspector 1")
    for purpose in (FIRST, SECOND, ReviewPurpose.SETTLEMENT):
        assert who not in may_read(audit, case, purpose)
        with pytest.raises(
            RefusedError, match="Inspector 1 declared an interest in “Harbour Team” and may not read H-1"
        ):
            allocate_case(audit, case, who, purpose)
    assert who in may_read(audit, case, ReviewPurpose.PRACTICE)
    assert who in may_read(audit, key_of(audit, "DA-9"))
    assert called(audit, "Inspector 2") in may_read(audit, case)


def test_a_first_reading_of_it_is_not_begun(audit: AuditSession) -> None:
    declare_interest(audit, None, UNIT)
    with pytest.raises(RefusedError, match="Inspector 1 declared an interest in “Harbour Team” and may not read H-1"):
        reviewing.give_grade(audit, key_of(audit, "H-1"), "good")
    reviewing.give_grade(audit, key_of(audit, "DA-9"), "good")


def test_declared_later_what_is_not_begun_goes_back(audit: AuditSession) -> None:
    who = called(audit, "Inspector 1")
    audit.sign_in("Inspector 2")
    hand_in(audit, key_of(audit, "H-3"))
    audit.sign_in("Lead")
    for reference, purpose in (("H-1", FIRST), ("H-2", FIRST), ("DA-9", FIRST), ("H-3", SECOND)):
        allocate_case(audit, key_of(audit, reference), who, purpose)
    audit.sign_in("Inspector 1")
    reviewing.give_grade(audit, key_of(audit, "H-2"), "good")
    declared = declare_interest(audit, None, UNIT, "Served there.")
    assert (declared.given_back, declared.begun) == (("H-1", "H-3"), ("H-2",))
    run = audit.file.connection
    assert reader_of(run, key_of(audit, "H-1"), FIRST) is None
    assert browsing.queue_row(audit, key_of(audit, "H-1")).allocated_to is None
    assert reader_of(run, key_of(audit, "H-3"), SECOND) is None
    assert reader_of(run, key_of(audit, "H-2"), FIRST) == reader_of(run, key_of(audit, "DA-9"), FIRST) == who.key
    assert read_tallies(run) == recount(run)
    assert check(audit.path).problems == ()


def test_the_history_tells_it_and_it_can_be_withdrawn(audit: AuditSession) -> None:
    declare_interest(audit, None, UNIT, "Served there.")
    line = browsing.history(audit)[0]
    assert (line.action, line.detail, line.reason) == (
        Action.DECLARE_INTEREST,
        "Inspector 1, Harbour Team",
        "Served there.",
    )
    (held,) = declared_interests(audit)
    assert (held.unit, held.because) == (UNIT, "Served there.")
    assert held.declared_at is not None
    assert held.declared_at > datetime(2018, 5, 16, tzinfo=UTC)
    assert declare_interest(audit, None, "HARBOUR TEAM").saved_at is None  # so already
    withdraw_interest(audit, None, "harbour team")
    assert declared_interests(audit) == ()
    assert browsing.history(audit)[0].action == Action.WITHDRAW_INTEREST
    assert check(audit.path).problems == ()
    with pytest.raises(WrongUseError, match="Inspector 1 has declared no interest in “Harbour Team”"):
        withdraw_interest(audit, None, UNIT)


def test_a_lead_declares_for_anybody_and_nobody_else_does(audit: AuditSession) -> None:
    other = called(audit, "Inspector 2")
    with pytest.raises(
        RefusedError, match=r"Only a team lead declares or withdraws an interest for somebody else. .*Lead"
    ):
        declare_interest(audit, other, UNIT)
    audit.sign_in("Lead")
    declare_interest(audit, other, UNIT)
    assert [held.unit for held in declared_interests(audit, other)] == [UNIT]
    audit.sign_in("Inspector 1")
    with pytest.raises(RefusedError):
        withdraw_interest(audit, other, UNIT)
    audit.sign_in("Inspector 2")
    withdraw_interest(audit, other, UNIT)


def test_somebody_new_declares_their_own(audit: AuditSession) -> None:
    audit.sign_in("Somebody new")
    declare_interest(audit, None, UNIT)
    assert [held.unit for held in declared_interests(audit, called(audit, "Somebody new"))] == [UNIT]


@pytest.mark.parametrize("unit", ["", "  ", "x" * 201])
def test_a_unit_has_a_name(audit: AuditSession, unit: str) -> None:
    with pytest.raises(WrongUseError, match="1 to 200 characters"):
        declare_interest(audit, None, unit)


def test_nobody_signed_in_declares_nothing(audit: AuditSession) -> None:
    audit.sign_in("")
    with pytest.raises(WrongUseError, match="Nobody has signed in"):
        declare_interest(audit, None, UNIT)


def test_a_unit_that_no_case_bears_is_told(audit: AuditSession) -> None:
    assert units_known(audit) == ("Harbour Team", "Night")
    assert not declare_interest(audit, None, "Harbor Team").is_known
