"""Who may see a first reading: asked by everything that shows one. What a second reader had seen before is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.grading.review import ReviewPurpose, ReviewState
from ncpi_desktop.domain.moderation.blindness import is_closed_to, reads_blind
from ncpi_desktop.domain.moderation.second_reading import Seen
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.change import Change, ValueChange
from ncpi_desktop.storage.blindness_repository import (
    cases_of_rows,
    counted_facts,
    has_seen,
    note_sighting,
    own_rows,
    read_again_by,
    reading_facts,
)
from ncpi_desktop.storage.case_repository import names_of
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.history_repository import values_of
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.workflows.session import AuditSession


def closed_cases(session: AuditSession, cases: Sequence[CaseKey]) -> frozenset[CaseKey]:
    """Return those of `cases` whose first reading is closed to who works here: a few indexed reads for each."""
    person = session.person
    if person is not None and not reads_blind(person):
        # Nothing but what they are to read again can be closed to them: most often that is nothing.
        cases = read_again_by(session.file.connection, cases, person.key)
    facts = reading_facts(session.file.connection, cases, person.key if person is not None else None)
    return frozenset(case for case, found in facts.items() if is_closed_to(person, found))


def count_closed(session: AuditSession, cases: Sequence[CaseKey]) -> int:
    """Return how many of `cases` are closed to who works here; time follows their number, at some microseconds each."""
    person = session.person
    if person is not None and not reads_blind(person):
        return len(closed_cases(session, cases))
    counted = counted_facts(session.file.connection, cases, person.key if person is not None else None)
    return sum(count for count, found in counted if is_closed_to(person, found))


def is_closed(session: AuditSession, case: CaseKey) -> bool:
    """Return whether the first reading of a case is closed to who works here."""
    return case in closed_cases(session, (case,))


def note_sight(session: AuditSession, case: CaseKey) -> None:
    """Keep that a quality assurer to whom first readings are open has had this one before them, before reading the case again.

    Others leave no line for every case they look at: of them it is kept, when a second reading is given to them, that they could see the
    grade.
    """
    person = session.person
    if person is None or Role.QUALITY_ASSURER not in person.roles or not session.may_change:
        return
    run = session.file.connection
    facts = reading_facts(run, (case,), person.key).get(case)
    if facts is None or facts.is_first_reader or facts.handed_in_second or is_closed_to(person, facts):
        return
    first = current_review(run, case)
    if first is None or first.state is not ReviewState.SUBMITTED or has_seen(run, case, person.key, Seen.READING):
        return
    reference, identity = names_of(run, case)
    with session.change(Action.SEE, case_identity=identity, case_reference=reference, detail=person.name) as change:
        note_sighting(change, case, person.key, Seen.READING)


def note_what_was_open(session: AuditSession, change: ChangeInProgress, case: CaseKey, person: int) -> None:
    """Keep, as a case is given to somebody to read again, that its first grade was open to them until now, where it was."""
    reader = next((held for held in session.people if held.key == person), None)
    if reader is None or reads_blind(reader):
        return
    first = current_review(change.connection, case, ReviewPurpose.FIRST)
    facts = reading_facts(change.connection, (case,), person).get(case)
    if first is not None and first.submitted_at is not None and facts is not None and not facts.is_second_reader:
        note_sighting(change, case, person, Seen.GRADE)


def open_values(session: AuditSession, values: Sequence[ValueChange]) -> list[ValueChange]:
    """Return the values of a step that may be seen: those of closed first readings are left out."""
    run = session.file.connection
    of_row: dict[tuple[str, str], CaseKey] = {}
    for table in {value.table for value in values}:
        rows = {value.row for value in values if value.table == table}
        of_row.update(((table, row), case) for row, case in cases_of_rows(run, table, rows).items())
    closed = closed_cases(session, list(set(of_row.values())))
    values = [value for value in values if value.table != "illustrations" or _may_be_told(session, value, of_row)]
    if not closed:
        return list(values)
    own = own_rows(run, closed, session.person.key if session.person else None)
    return [value for value in values if of_row.get((value.table, value.row)) not in closed or value.row in own]


def open_reason(session: AuditSession, change: Change) -> str:
    """Return the reason of a change as who works here may read it; why words of an illustration are cleared tells of its case."""
    if change.action != Action.CLEAR_IDENTIFIERS or not change.reason:
        return change.reason
    values = values_of(session.file.connection, change.sequence)
    return change.reason if len(open_values(session, values)) == len(values) else ""


def _may_be_told(session: AuditSession, value: ValueChange, of_row: Mapping[tuple[str, str], CaseKey]) -> bool:
    """Return whether what an illustration said may be seen: of one that is gone nobody can say any more which case it told of, so only by a lead."""
    lead = session.person is not None and Role.TEAM_LEAD in session.person.roles
    return lead or (value.table, value.row) in of_row
