"""Practice before live work: lists the cases of the sets for a reader, leads through them, and tells each reader's result."""

from __future__ import annotations

from dataclasses import dataclass

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.casework.rights import may_judge
from ncpi_desktop.domain.casework.worklist import CaseState, WorklistRow
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.moderation.calibration import Calibration, PracticeCase, calibrate
from ncpi_desktop.storage import practice_repository as practice
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.storage.allocation_repository import is_for_practice
from ncpi_desktop.storage.case_repository import case_identified
from ncpi_desktop.workflows.sealed_answers import reader_key, sees_all_answers
from ncpi_desktop.workflows.session import AuditSession


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """One practice case, and how far who works here has come with it. `row` stands off the queue."""

    case: PracticeCase
    row: WorklistRow

    @property
    def is_handed_in(self) -> bool:
        """Whether this reader has answered it for good."""
        return self.row.state is CaseState.SUBMITTED


@dataclass(frozen=True, slots=True)
class ReaderResult:
    """One reader's result in one round."""

    person: Person
    round: int
    result: Calibration


def practice_case_identified(session: AuditSession, identity: str) -> CaseKey | None:
    """Return the practice case with that identity, or None."""
    connection = session.file.connection
    case = case_identified(connection, identity)
    return case if case is not None and is_for_practice(connection, case) else None


def practice_lines(session: AuditSession) -> tuple[PracticeLine, ...]:
    """Return every practice case in working order: round by round, by reference."""
    with session.file.reading() as connection:
        reader = reader_key(session)
        return tuple(
            PracticeLine(case, practice.line_of(connection, case.case, reader))
            for case in practice.practice_cases(connection)
        )


def next_practice(session: AuditSession, after: CaseKey | None = None) -> CaseKey | None:
    """Return the next practice case not handed in behind `after`, round to the first; None where all are."""
    lines = practice_lines(session)
    place = next((place for place, line in enumerate(lines) if line.case.case == after), -1)
    return next((line.case.case for line in (*lines[place + 1 :], *lines[: place + 1]) if not line.is_handed_in), None)


def neighbour(session: AuditSession, case: CaseKey, step: int) -> CaseKey | None:
    """Return the practice case `step` (+1 or -1) away from `case`; None beyond the ends."""
    cases = [held.case for held in practice.practice_cases(session.file.connection)]
    place = cases.index(case) + step
    return cases[place] if 0 <= place < len(cases) else None


def own_result(session: AuditSession) -> ReaderResult | None:
    """Return the result of who works here in the newest round; None where there is none, or nobody has signed in."""
    rounds = [case.round for case in practice.practice_cases(session.file.connection)]
    if not rounds or session.person is None:
        return None
    with session.file.reading():
        return _result(session, session.person, max(rounds))


def practice_results(session: AuditSession) -> tuple[ReaderResult, ...]:
    """Return the results of every round, the newest first: a team lead sees every reader's, everybody else their own.

    Readers are all who judge here now, and all who have begun a practice case. In a file without a team lead nobody sees another's.
    """
    with session.file.reading() as connection:
        rounds = sorted({case.round for case in practice.practice_cases(connection)}, reverse=True)
        begun = set(practice.practice_readers(connection))
        readers = [
            person
            for person in session.people
            if (sees_all_answers(session) and (may_judge(person) or person.key in begun))
            or (session.person is not None and person.key == session.person.key)
        ]
        return tuple(_result(session, person, number) for number in rounds for person in readers)


def _result(session: AuditSession, person: Person, number: int) -> ReaderResult:
    connection, methodology = session.file.connection, session.methodology
    cases = [case.case for case in practice.practice_cases(connection) if case.round == number]
    pairs = []
    for case in cases:
        given = reviews.current_review(connection, case, ReviewPurpose.PRACTICE, person.key)
        agreed = practice.agreed_reading(connection, case)
        if given is not None and agreed is not None and not given.is_editable:
            pairs.append((agreed, given))
    grades = [grade.code for grade in methodology.scale.grades]
    stages = [stage.code for stage in methodology.stages]
    first_live = practice.first_live_submission(connection, person.key)
    return ReaderResult(person, number, calibrate(pairs, len(cases), grades, stages, first_live))
