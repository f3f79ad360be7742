"""Gives cases to people: who reads which, for which purpose, and the one place where readings begin."""

from __future__ import annotations

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.casework.rights import may_judge, why_nothing_may_be_changed
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import Review, ReviewPurpose
from ncpi_desktop.domain.moderation.blindness import reads_blind
from ncpi_desktop.domain.moderation.conflict import Interest, refuse_declared_unit, refuse_own_case
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage.allocation_repository import allocate, is_for_practice, reader_of, readings_of
from ncpi_desktop.storage.blindness_repository import reading_facts
from ncpi_desktop.storage.case_repository import names_of
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.derived import brought_along
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.interest_repository import read_interests, tags_of
from ncpi_desktop.storage.review_repository import begin_review, current_review, hand_over
from ncpi_desktop.storage.sample_repository import second_readings_waiting
from ncpi_desktop.storage.second_reading_repository import second_line
from ncpi_desktop.storage.worklist_repository import give_line
from ncpi_desktop.words import _
from ncpi_desktop.workflows.blinding import note_what_was_open
from ncpi_desktop.workflows.browsing import open_cases_by_person
from ncpi_desktop.workflows.session import AuditSession, Changed


def may_read(session: AuditSession, case: CaseKey, purpose: ReviewPurpose = ReviewPurpose.FIRST) -> tuple[Person, ...]:
    """Return whom a case may be given to for `purpose`: who works here, judges cases, and has no part in it.

    Who has read it for another purpose, or declared an interest in its unit, is not among them.
    """
    connection = session.file.connection
    readings, tags = readings_of(connection, case), tags_of(connection, case)
    interests: tuple[Interest, ...] = read_interests(connection) if tags else ()

    def is_free(person: Person) -> bool:
        try:
            refuse_own_case(person, purpose, readings, "")
            refuse_declared_unit(person, purpose, tags, interests, "")
        except RefusedError:
            return False
        return may_judge(person)

    return tuple(person for person in session.people if is_free(person))


def open_readings(session: AuditSession, case: CaseKey) -> tuple[ReviewPurpose, ...]:
    """Return for which readings a case can be given to somebody: those that have not been submitted."""
    found = []
    for purpose in (ReviewPurpose.FIRST, ReviewPurpose.SECOND):
        review = current_review(session.file.connection, case, purpose)
        if review is None or review.is_editable:
            found.append(purpose)
    return tuple(found)


def reader_now(session: AuditSession, case: CaseKey, purpose: ReviewPurpose) -> int | None:
    """Return who has a case for `purpose` (their key); None where nobody has."""
    return reader_of(session.file.connection, case, purpose)


def waiting_for(session: AuditSession, purpose: ReviewPurpose) -> dict[int, int]:
    """Return how many cases wait for each person (by key): to be read first, or to be read a second time."""
    if purpose is ReviewPurpose.FIRST:
        return open_cases_by_person(session)
    return second_readings_waiting(session.file.connection)


def allocate_case(
    session: AuditSession, case: CaseKey, person: Person, purpose: ReviewPurpose = ReviewPurpose.FIRST
) -> Changed:
    """Give a case to `person` for a reading; queue and counts follow a first one.

    Whoever had it before has it no longer, and a draft that was begun goes along: who hands it in answers for it. What they wrote stands
    in the history under their name. It is no step of undo: giving the case back is an allocation too, and says so.

    Raises:
        RefusedError: it is not this person's to do; or `person` may not judge, has read the case for another purpose, or declared an
            interest in its unit; or that reading has been submitted.
    """
    reference, identity = names_of(session.file.connection, case)
    with session.change(
        Action.ALLOCATE, case_identity=identity, case_reference=reference, detail=_told(person, purpose)
    ) as change:
        run = change.connection
        if is_for_practice(run, case):
            raise RefusedError(
                _("{case} is for practice: everybody reads it, and it is given to nobody.").format(case=reference),
                safe=_("Nothing was changed."),
            )
        if not may_judge(person):
            raise RefusedError(why_nothing_may_be_changed(person), todo=_("Give the case to somebody else."))
        _refuse_conflict(run, case, person, purpose, reference)
        with brought_along(run, case):
            _hand_draft_over(change, case, person, purpose, reference)
            if purpose is ReviewPurpose.SECOND:
                note_what_was_open(session, change, case, person.key)
            allocate(change, case, person.key, purpose.value)
            if purpose is ReviewPurpose.FIRST:
                give_line(run, case, person.key)
    return Changed(case, change.at if change.sequence else None)


def reading_purpose(session: AuditSession, case: CaseKey) -> ReviewPurpose:
    """Return what who works here reads a case for: practice, the second reading where it is theirs, else the first.

    A sampled case that was given to nobody is a quality assurer's to read again, unless they gave the first reading.
    """
    run = session.file.connection
    if is_for_practice(run, case):
        return ReviewPurpose.PRACTICE
    person = session.person
    if person is None:
        return ReviewPurpose.FIRST
    facts = reading_facts(run, (case,), person.key).get(case)
    if facts is None or facts.is_first_reader:
        return ReviewPurpose.FIRST
    if facts.is_second_reader or facts.handed_in_second:
        return ReviewPurpose.SECOND
    line = second_line(run, case)
    unclaimed = line is not None and line.sampled and line.reader is None
    return ReviewPurpose.SECOND if unclaimed and reads_blind(person) else ReviewPurpose.FIRST


def begin_reading(session: AuditSession, change: ChangeInProgress, case: CaseKey, purpose: ReviewPurpose) -> Review:
    """Begin a draft in the name of who works: the one place where readings begin. A second reading given to nobody becomes theirs.

    Raises:
        RefusedError: they have read this case for another purpose, for nobody re-reviews or settles their own case; or they declared an
            interest in its unit.
    """
    person = session.person
    if purpose is ReviewPurpose.PRACTICE and person is None:
        raise RefusedError(
            _("A practice case is read under a name, and nobody has signed in."),
            safe=_("Nothing was changed."),
            todo=_("Say who is working."),
        )
    if purpose is ReviewPurpose.SECOND and person is not None and reader_of(change.connection, case, purpose) is None:
        note_what_was_open(session, change, case, person.key)
        allocate(change, case, person.key, purpose.value)
    if person is not None:
        _refuse_conflict(change.connection, case, person, purpose, names_of(change.connection, case)[0])
    return begin_review(change, case, person.key if person else None, purpose)


def _refuse_conflict(
    connection: Connection, case: CaseKey, person: Person, purpose: ReviewPurpose, reference: str
) -> None:
    refuse_own_case(person, purpose, readings_of(connection, case), reference)
    interests = read_interests(connection, person.key)
    if interests:
        refuse_declared_unit(person, purpose, tags_of(connection, case), interests, reference)


def _hand_draft_over(
    change: ChangeInProgress, case: CaseKey, person: Person, purpose: ReviewPurpose, reference: str
) -> None:
    review = current_review(change.connection, case, purpose)
    if review is None:
        return
    if not review.is_editable:
        raise RefusedError(
            _("{case} has been submitted.").format(case=reference),
            safe=_("The submitted review is unchanged, and stays whose it is."),
            todo=_("Reopen it with a reason to have somebody else go on with it."),
        )
    hand_over(change, review, person.key)


def _told(person: Person, purpose: ReviewPurpose) -> str:
    words = {
        ReviewPurpose.FIRST: _("{name}, first reading"),
        ReviewPurpose.SECOND: _("{name}, second reading"),
        ReviewPurpose.SETTLEMENT: _("{name}, to settle"),
        ReviewPurpose.PRACTICE: _("{name}, for practice"),
    }
    return words[purpose].format(name=person.name)
