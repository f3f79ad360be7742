"""Sending a review back: reopened for its inspector with a comment that says why, by whom it may be, and in one go."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import ReviewPurpose, ReviewState
from ncpi_desktop.domain.moderation.comment import MOST, About, ThreadState
from ncpi_desktop.storage.allocation_repository import readings_of
from ncpi_desktop.workflows import allocating, browsing, commenting, reviewing, sending_back, staffing, undoing
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

LEAD, INSPECTOR, ASSURER = "Team lead", "Inspector 2", "Assurer 9"


@pytest.fixture
def assured(sample: AuditSession) -> AuditSession:
    """The sample with a quality assurer who is at work."""
    sample.sign_in(LEAD)
    staffing.add_person(sample, ASSURER, [Role.QUALITY_ASSURER])
    sample.sign_in(ASSURER)
    return sample


def test_it_is_reopened_for_its_inspector_with_a_comment(assured: AuditSession) -> None:
    case = key_of(assured, "DA-03")
    before = reviewing.lay_on_desk(assured, case).review
    assert sending_back.may_be_sent_back(assured, case, before)
    sequence = assured.file.last_sequence()
    sending_back.send_back(assured, case, " Look at the second call. ")
    assert assured.file.last_sequence() == sequence + 1
    desk = reviewing.lay_on_desk(assured, case)
    review = desk.review
    assert (review.state, review.reviewer, review.grade) == (ReviewState.DRAFT, before.reviewer, before.grade)
    assert review.reopened_because == "Look at the second call."
    assert desk.earlier[-1].key == before.key
    thread = commenting.threads_of(assured, case)[-1]
    assert (thread.root.text, thread.root.about, thread.state) == (
        "Look at the second call.",
        About(),
        ThreadState.OPEN,
    )
    assert assured.person_named(thread.root.writer) == ASSURER
    assert sending_back.why_sent_back(assured, review) == "Look at the second call."
    step = browsing.history(assured, None)[0]
    assert (step.action, step.reason) == ("send-back", "Look at the second call.")
    assert not sending_back.may_be_sent_back(assured, case, review)
    with pytest.raises(RefusedError, match="no submitted review to send back"):
        sending_back.send_back(assured, case, "Again.")


def test_reopening_is_no_sending_back(sample: AuditSession) -> None:
    case = key_of(sample, "DA-03")
    commenting.comment_on(sample, case, About(), "New facts.")
    reviewing.reopen(sample, case, "New facts.")
    assert sending_back.why_sent_back(sample, reviewing.lay_on_desk(sample, case).review) == ""


@pytest.mark.parametrize(
    ("person", "because", "said"),
    [
        (INSPECTOR, "Why?", "Only a quality assurer or a team lead may send a review back"),
        (ASSURER, "  ", "sent back with a reason"),
        (ASSURER, "x" * (MOST + 1), "10,000 fit"),
        ("", "Why?", "nobody has signed in|somebody with a name"),
    ],
)
def test_what_is_refused_leaves_the_review_as_it_is(
    assured: AuditSession, person: str, because: str, said: str
) -> None:
    case = key_of(assured, "DA-03")
    assured.sign_in(person)
    before = assured.file.last_sequence(), reviewing.lay_on_desk(assured, case).review
    with pytest.raises(RefusedError, match=said):
        sending_back.send_back(assured, case, because)
    assert (assured.file.last_sequence(), reviewing.lay_on_desk(assured, case).review) == before
    assert commenting.threads_of(assured, case) == ()


def test_one_s_own_review_is_reopened_instead(assured: AuditSession) -> None:
    assured.sign_in(LEAD)
    staffing.give_roles(assured, staffing.person_called(assured, INSPECTOR), [Role.INSPECTOR, Role.QUALITY_ASSURER])
    assured.sign_in(INSPECTOR)
    with pytest.raises(RefusedError, match=r"a review of your own\. Reopen it with a reason instead"):
        sending_back.send_back(assured, key_of(assured, "DA-03"), "Mine.")


def read_once(session: AuditSession) -> CaseKey:
    """A submitted case that nobody has read again."""
    return next(
        row.case
        for row in browsing.queue_page(session, 0, 80)
        if row.state is CaseState.SUBMITTED
        and readings_of(session.file.connection, row.case) == ((ReviewPurpose.FIRST, session.people[1].key),)
    )


def test_who_reads_second_hands_in_first_and_a_lead_need_not(assured: AuditSession) -> None:
    case = read_once(assured)
    assured.sign_in(LEAD)
    allocating.allocate_case(assured, case, staffing.person_called(assured, ASSURER), ReviewPurpose.SECOND)
    assured.sign_in(ASSURER)
    assert not sending_back.may_be_sent_back(assured, case, reviewing.lay_on_desk(assured, case).review)
    with pytest.raises(RefusedError, match="You have not handed in your own reading"):
        sending_back.send_back(assured, case, "It differs.")
    assured.sign_in(LEAD)
    sending_back.send_back(assured, case, "Look again.")


def test_undo_does_not_take_it_back(assured: AuditSession) -> None:
    case = key_of(assured, "DA-03")
    sending_back.send_back(assured, case, "Look again.")
    with pytest.raises(RefusedError, match="nothing to undo"):
        undoing.undo(assured)
