"""Cases are given to people: the queue and the counts follow, drafts go along, nobody reads a case twice."""

from __future__ import annotations

import json

import pytest

from ncpi_desktop.domain.casework.inspection import Person, Role
from ncpi_desktop.domain.casework.worklist import QueueChoice
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage.allocation_repository import reader_of
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.storage.tally_repository import read_tallies, recount
from ncpi_desktop.workflows import browsing, reviewing, staffing
from ncpi_desktop.workflows.allocating import allocate_case, begin_reading, may_read
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import complete, hand_in, key_of


@pytest.fixture
def led(sample: AuditSession) -> AuditSession:
    """The sample, opened by its team lead."""
    sample.sign_in("Team lead")
    return sample


def called(session: AuditSession, name: str) -> Person:
    return staffing.person_called(session, name)


def test_queue_and_counts_follow(led: AuditSession) -> None:
    case, to = key_of(led, "DA-06"), called(led, "Inspector 3")
    changed = allocate_case(led, case, to)
    assert (changed.case, changed.saved_at is not None) == (case, True)
    assert browsing.queue_row(led, case).allocated_to == to.key
    assert read_tallies(led.file.connection) == recount(led.file.connection)
    led.sign_in("Inspector 3")
    assert case in [browsing.case_at(led, place) for place in browsing.filtered_positions(led, mine(led), 0, 50)]
    assert check(led.path).problems == ()


def mine(session: AuditSession) -> browsing.QueueFilter:
    return browsing.QueueFilter(QueueChoice.MINE, session.person.key if session.person else None)


def test_the_history_keeps_who_had_it(led: AuditSession) -> None:
    case, before, to = key_of(led, "DA-06"), called(led, "Inspector 2"), called(led, "Inspector 3")
    allocate_case(led, case, to)
    line = browsing.history(led)[0]
    assert (line.action, line.case_reference, line.detail) == (Action.ALLOCATE, "DA-06", "Inspector 3, first reading")
    old, new = browsing.values_of_step(led, line.step)
    identity = reviewing.lay_on_desk(led, case).case.identity
    told = {"case": identity, "purpose": "first"}
    assert json.loads(str(old.old)) == told | {"person": before.identity}
    assert json.loads(str(new.new)) == told | {"person": to.identity}
    assert not Action.ALLOCATE.is_undoable
    assert led.ledger.to_undo is None


def test_giving_a_case_to_whoever_has_it_writes_nothing(led: AuditSession) -> None:
    before = led.file.last_sequence()
    assert allocate_case(led, key_of(led, "DA-06"), called(led, "Inspector 2")).saved_at is None
    assert led.file.last_sequence() == before


def test_a_draft_goes_along(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    complete(sample, case)
    sample.sign_in("Team lead")
    to = called(sample, "Inspector 3")
    allocate_case(sample, case, to)
    sample.sign_in("Inspector 3")
    reviewing.submit(sample, case)
    assert reviewing.lay_on_desk(sample, case).review.reviewer == to.key
    assert read_tallies(sample.file.connection) == recount(sample.file.connection)
    assert check(sample.path).problems == ()


def test_a_submitted_case_stays_whose_it_is_until_it_is_reopened(led: AuditSession) -> None:
    case, to = key_of(led, "DA-01"), called(led, "Inspector 3")
    with pytest.raises(RefusedError, match="DA-01 has been submitted"):
        allocate_case(led, case, to)
    first = reviewing.lay_on_desk(led, case).review
    reviewing.reopen(led, case, "The force told us more.")
    allocate_case(led, case, to)
    desk = reviewing.lay_on_desk(led, case)
    assert (desk.review.reviewer, desk.earlier[0].reviewer) == (to.key, first.reviewer)
    assert check(led.path).problems == ()


def test_nobody_who_may_not_judge_is_given_a_case(led: AuditSession) -> None:
    staffing.add_person(led, "Observer 1", [Role.OBSERVER])
    staffing.set_active(led, called(led, "Inspector 3"), False)
    case, before = key_of(led, "DA-06"), led.file.last_sequence()
    for name in ("Observer 1", "Inspector 3"):
        with pytest.raises(RefusedError, match=f"{name} .* may not change anything. Give the case to somebody else"):
            allocate_case(led, case, called(led, name))
    assert [person.name for person in may_read(led, case)] == [
        "Team lead",
        "Inspector 1",
        "Inspector 2",
        "Quality assurer 1",
    ]
    assert led.file.last_sequence() == before


@pytest.mark.parametrize("purpose", [ReviewPurpose.SECOND, ReviewPurpose.SETTLEMENT])
def test_nobody_is_given_their_own_case_to_read_again(led: AuditSession, purpose: ReviewPurpose) -> None:
    case = key_of(led, "DA-02")
    reader = led.person_named(reviewing.lay_on_desk(led, case).review.reviewer)
    with pytest.raises(RefusedError, match=f"{reader} gave the first reading of DA-02 and may not"):
        allocate_case(led, case, called(led, reader), purpose)
    assert reader not in [person.name for person in may_read(led, case, purpose)]
    to = called(led, "Quality assurer 1")
    allocate_case(led, case, to, purpose)
    assert reader_of(led.file.connection, case, purpose) == to.key
    assert browsing.queue_row(led, case).allocated_to != to.key  # the queue is of first readings
    assert check(led.path).problems == ()


def begin(session: AuditSession, case: object, purpose: ReviewPurpose) -> None:
    with session.change(Action.ADD_REVIEWS) as change:
        begin_reading(session, change, case, purpose)  # type: ignore[arg-type]


@pytest.mark.parametrize("purpose", [ReviewPurpose.SECOND, ReviewPurpose.SETTLEMENT])
def test_nobody_begins_to_read_their_own_case_again(fresh_audit: AuditSession, purpose: ReviewPurpose) -> None:
    case = key_of(fresh_audit, "DA-10")
    hand_in(fresh_audit, case)
    before = fresh_audit.file.last_sequence()
    with pytest.raises(RefusedError, match="Inspector 1 gave the first reading of DA-10 and may not"):
        begin(fresh_audit, case, purpose)
    assert fresh_audit.file.last_sequence() == before
    reviewing.reopen(fresh_audit, case, "Looked at again.")
    with pytest.raises(RefusedError):
        begin(fresh_audit, case, purpose)
    fresh_audit.sign_in("Somebody new")
    begin(fresh_audit, case, purpose)
    assert current_review(fresh_audit.file.connection, case, purpose) is not None


def test_who_read_second_does_not_settle(fresh_audit: AuditSession) -> None:
    case = key_of(fresh_audit, "DA-10")
    hand_in(fresh_audit, case)
    fresh_audit.sign_in("Quality assurer 1")
    begin(fresh_audit, case, ReviewPurpose.SECOND)
    with pytest.raises(RefusedError, match="Quality assurer 1 gave the second reading of DA-10 and may not settle it"):
        begin(fresh_audit, case, ReviewPurpose.SETTLEMENT)


def test_who_read_second_does_not_begin_the_first(fresh_audit: AuditSession) -> None:
    case = key_of(fresh_audit, "DA-9")
    begin(fresh_audit, case, ReviewPurpose.SECOND)
    with pytest.raises(RefusedError, match="gave the second reading of DA-9 and may not give its first reading"):
        begin(fresh_audit, case, ReviewPurpose.FIRST)
