"""Second readings in the cases that no plain day has: reopened, handed over, renamed, read by the wrong person."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.casework.inspection import Person, Role
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.json_form import findings_form
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.moderation.second_reading import SecondLine, SecondState
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.storage.second_reading_repository import second_line, second_lines
from ncpi_desktop.storage.tally_repository import read_tallies, recount
from ncpi_desktop.workflows import commenting, practice_sets, reviewing, settling, staffing
from ncpi_desktop.workflows.allocating import allocate_case, reading_purpose
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.practising import practice_lines
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import complete, hand_in, key_of

ASSURER, LEAD, CASE = "Quality assurer 1", "Team lead", "EX-03"
"""EX-03: handed in by Inspector 3, to be read again by the assurer."""


@pytest.fixture
def two(sample: AuditSession) -> Person:
    """The sample with a second quality assurer."""
    sample.sign_in(LEAD)
    staffing.add_person(sample, "Quality assurer 2", [Role.QUALITY_ASSURER])
    return staffing.person_called(sample, "Quality assurer 2")


def line(session: AuditSession) -> SecondLine:
    found = second_line(session.file.connection, key_of(session, CASE))
    assert found is not None
    return found


def sound(session: AuditSession) -> None:
    assert read_tallies(session.file.connection) == recount(session.file.connection)
    assert check(session.path).problems == ()


def pairs(session: AuditSession) -> object:
    return findings_form(findings_of(session))["quality"]["agreement"]  # type: ignore[index]


def test_the_line_follows_the_readings(sample: AuditSession) -> None:
    case = key_of(sample, CASE)
    assert (line(sample).state, line(sample).reader is not None) == (SecondState.TO_READ, True)
    sample.sign_in(ASSURER)
    reviewing.give_grade(sample, case, "good")
    assert line(sample).state is SecondState.READING
    hand_in(sample, case, "good")
    assert (line(sample).state, line(sample).apart) == (SecondState.TO_SETTLE, 1)
    sound(sample)


def test_a_first_reading_that_is_reopened_meanwhile_is_waited_for(sample: AuditSession) -> None:
    case = key_of(sample, CASE)
    sample.sign_in(ASSURER)
    complete(sample, case, "good")
    sample.sign_in("Inspector 3")
    reviewing.reopen(sample, case, "A call was missed.")
    sample.sign_in(ASSURER)
    reviewing.submit(sample, case)
    assert line(sample).state is SecondState.WAITING
    told = pairs(sample)
    sample.sign_in("Inspector 3")
    reviewing.give_grade(sample, case, "good")
    reviewing.submit(sample, case)
    assert line(sample).edited
    assert pairs(sample) == told
    sound(sample)


def test_one_case_has_one_second_reader(sample: AuditSession, two: Person) -> None:
    case = key_of(sample, CASE)
    sample.sign_in(two.name)
    assert reading_purpose(sample, case) is ReviewPurpose.FIRST
    with pytest.raises(RefusedError, match="closed to you"):
        reviewing.give_grade(sample, case, "good")
    sample.sign_in(ASSURER)
    reviewing.give_grade(sample, case, "inadequate")
    sample.sign_in(LEAD)
    allocate_case(sample, case, two, ReviewPurpose.SECOND)
    sample.sign_in(two.name)
    assert reviewing.lay_on_desk(sample, case).review.grade == "inadequate"
    hand_in(sample, case, "inadequate")
    sample.sign_in(LEAD)
    with pytest.raises(RefusedError, match="has been submitted"):
        allocate_case(sample, case, staffing.person_called(sample, ASSURER), ReviewPurpose.SECOND)
    sound(sample)


def test_a_sampled_case_given_to_nobody_is_whichever_assurer_begins_it(sample: AuditSession, two: Person) -> None:
    case = key_of(sample, CASE)
    sample.file.connection.execute("DELETE FROM allocations WHERE case_id = ? AND purpose = 'second'", (case,))
    sample.file.connection.execute("UPDATE second_readings SET reader = NULL WHERE case_id = ?", (case,))
    sample.sign_in(two.name)
    assert reading_purpose(sample, case) is ReviewPurpose.SECOND
    reviewing.give_grade(sample, case, "good")
    assert line(sample).reader == two.key
    sample.sign_in(ASSURER)
    assert reading_purpose(sample, case) is ReviewPurpose.FIRST
    assert reviewing.lay_on_desk(sample, case).is_closed


def test_who_is_renamed_or_leaves_keeps_their_cases(sample: AuditSession) -> None:
    sample.sign_in(LEAD)
    assurer = staffing.person_called(sample, ASSURER)
    staffing.rename(sample, assurer, "Quality assurer X")
    staffing.set_active(sample, staffing.person_called(sample, "Quality assurer X"), False)
    waiting = second_lines(sample.file.connection, SecondState.TO_READ, reader=assurer.key)
    assert CASE in [held.reference for held in waiting]
    assert settling.lay_out(sample, key_of(sample, "DA-03")).second_reader == "Quality assurer X"
    settling.decide_all(
        *(sample, key_of(sample, "DA-03")),
        [held.part for held in settling.lay_out(sample, key_of(sample, "DA-03")).settling.differences],
        settling.Choice.FIRST,
        "They have left; the first reading convinces.",
    )
    sound(sample)


def test_a_second_reading_reopened_is_not_compared_anew(sample: AuditSession) -> None:
    case = key_of(sample, CASE)
    sample.sign_in(ASSURER)
    hand_in(sample, case, "inadequate")
    told = pairs(sample)
    reviewing.reopen(sample, case, "I looked again.")
    assert line(sample).state is SecondState.READING
    reviewing.give_grade(sample, case, "requires-improvement")
    reviewing.submit(sample, case)
    assert line(sample).apart == 0
    assert pairs(sample) == told
    assert current_review(sample.file.connection, case, ReviewPurpose.SECOND) is not None
    sound(sample)


def test_practice_is_neither_settled_nor_commented_on(sample: AuditSession) -> None:
    sample.sign_in(LEAD)
    practice_sets.bring_practice_set(sample)
    case = practice_lines(sample)[0].row.case
    with pytest.raises(RefusedError, match="has not been read twice"):
        settling.lay_out(sample, case)
    with pytest.raises(RefusedError, match="A practice case has no comments"):
        commenting.comment_on(sample, case, commenting.About(), "Why?")
    with pytest.raises(RefusedError):
        allocate_case(sample, case, staffing.person_called(sample, ASSURER), ReviewPurpose.SECOND)


def test_a_first_reading_handed_in_anew_before_any_second_is_not_edited_since(sample: AuditSession) -> None:
    case = key_of(sample, CASE)
    sample.sign_in("Inspector 3")
    reviewing.reopen(sample, case, "A call was missed.")
    reviewing.submit(sample, case)
    assert not line(sample).edited
    sample.sign_in(ASSURER)
    hand_in(sample, case, "good")
    assert not line(sample).edited
    sound(sample)
