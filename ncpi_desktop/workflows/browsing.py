"""Looking through the file: the queue, the search, the history. Nothing here changes anything, and each answer is a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.hit import HitPage, Place
from ncpi_desktop.domain.casework.worklist import OPEN_STATES, CaseState, QueueChoice, QueueFilter, WorklistRow
from ncpi_desktop.domain.findings.tally import Measure
from ncpi_desktop.domain.moderation.blindness import reads_blind
from ncpi_desktop.domain.moderation.second_reading import TO_READ_AGAIN, SecondState
from ncpi_desktop.domain.record.actions import CLOSED, words_for
from ncpi_desktop.domain.record.change import Change, ValueChange
from ncpi_desktop.storage import worklist_repository as worklist
from ncpi_desktop.storage.blindness_repository import own_second_states
from ncpi_desktop.storage.case_repository import case_identified, find_case
from ncpi_desktop.storage.history_repository import history_page, step_changes
from ncpi_desktop.storage.practice_repository import line_of
from ncpi_desktop.storage.search import search_cases
from ncpi_desktop.storage.second_reading_repository import second_line
from ncpi_desktop.storage.sizes import refuse_oversized_step
from ncpi_desktop.storage.tally_repository import read_measure
from ncpi_desktop.workflows.blinding import closed_cases, open_reason, open_values
from ncpi_desktop.workflows.sealed_answers import reader_key, shown_changes, shown_values
from ncpi_desktop.workflows.session import AuditSession

HISTORY_PAGE = 200


@dataclass(frozen=True, slots=True)
class LastChange:
    """The last step of the history: when (UTC), in words, and of which case (empty: none)."""

    at: datetime
    words: str
    case_reference: str


def last_change(session: AuditSession) -> LastChange | None:
    """Return when the file was last changed, and what that was as far as who works here may know; None in a file without history."""
    told = history(session)[:1]
    return LastChange(told[0].at, words_for(told[0].action, told[0].detail), told[0].case_reference) if told else None


def queue_counts(session: AuditSession) -> dict[QueueChoice, int]:
    """Return how many cases each filter shows, from kept counts."""
    states: dict[str, int] = {}
    for (state, _area), count in read_measure(session.file.connection, Measure.STATE).items():
        states[state] = states.get(state, 0) + count
    person = str(session.person.key) if session.person else ""
    allocated = read_measure(session.file.connection, Measure.ALLOCATED)
    marks = read_measure(session.file.connection, Measure.MARK)
    return {
        QueueChoice.ALL: sum(states.values()),
        QueueChoice.TO_DO: sum(states.get(state, 0) for state in OPEN_STATES),
        QueueChoice.MINE: sum(count for (who, _state), count in allocated.items() if who == person),
        QueueChoice.NOT_SURE: sum(marks.values()),
        QueueChoice.PARKED: states.get(CaseState.PARKED, 0),
        QueueChoice.SUBMITTED: states.get(CaseState.SUBMITTED, 0),
        QueueChoice.SECOND: worklist.count_second(session.file.connection, session.person.key) if session.person else 0,
    }


def open_cases_by_person(session: AuditSession) -> dict[int, int]:
    """Return how many cases wait for each person (by key), parked ones left out, from kept counts."""
    waiting: dict[int, int] = {}
    for (who, state), count in read_measure(session.file.connection, Measure.ALLOCATED).items():
        if state in OPEN_STATES:
            waiting[int(who)] = waiting.get(int(who), 0) + count
    return waiting


def cases_by_area(session: AuditSession) -> list[tuple[str, int]]:
    """Return the areas that have cases, in queue order, and how many each has, from kept counts."""
    counts: dict[str, int] = {}
    for (_state, area), count in read_measure(session.file.connection, Measure.STATE).items():
        counts[area] = counts.get(area, 0) + count
    return [(area.code, counts[area.code]) for area in session.methodology.areas if counts.get(area.code)]


def queue_page(session: AuditSession, first: int, count: int) -> list[WorklistRow]:
    """Return up to `count` lines of the whole queue from position `first` (counted from 1)."""
    with session.file.reading() as connection:
        return _as_shown(session, worklist.worklist_page(connection, first, count))


def queue_rows(session: AuditSession, positions: Sequence[int]) -> list[WorklistRow]:
    """Return the lines at `positions`, in queue order; at most some hundreds at a time."""
    with session.file.reading() as connection:
        return _as_shown(session, worklist.worklist_rows_at(connection, positions))


def filtered_positions(session: AuditSession, chosen: QueueFilter, after: int, count: int) -> list[int]:
    """Return up to `count` positions after `after` that the filter shows: fill a long list piece by piece."""
    found = worklist.positions_after(session.file.connection, chosen, after, count)
    if chosen.choice not in (QueueChoice.NOT_SURE, QueueChoice.PARKED):
        return found
    # What a closed reading is marked as is not told by listing it.
    with session.file.reading() as connection:
        rows = worklist.worklist_rows_at(connection, found)
    closed = closed_cases(session, [row.case for row in rows])
    return [row.position for row in rows if row.case not in closed]


def queue_row(session: AuditSession, case: CaseKey) -> WorklistRow:
    """Return the line of one case; a practice case has one at position 0, off the queue."""
    line = line_of(session.file.connection, case, reader_key(session))
    return _as_shown(session, [line])[0] if line.position else line


def first_to_read_again(session: AuditSession) -> CaseKey | None:
    """Return the first case in queue order that who works here has to read again; None where there is none."""
    person = session.person
    position = worklist.next_second(session.file.connection, 0, person.key) if person is not None else None
    return None if position is None else case_at(session, position)


def second_state(session: AuditSession, case: CaseKey) -> SecondState | None:
    """Return how far the second reading of a case has come; None where it is not read again."""
    line = second_line(session.file.connection, case)
    return line.state if line is not None else None


def is_to_read_again(session: AuditSession, case: CaseKey) -> bool:
    """Return whether who works here has a case to read again, as the filter of that name shows it."""
    line = second_line(session.file.connection, case)
    person = session.person
    return line is not None and person is not None and line.reader == person.key and line.state in TO_READ_AGAIN


def case_at(session: AuditSession, position: int) -> CaseKey | None:
    """Return the case at a position of the whole queue, or None beyond its ends."""
    return worklist.case_at(session.file.connection, position)


def case_called(session: AuditSession, reference: str) -> CaseKey | None:
    """Return the case with that reference, or None."""
    return find_case(session.file.connection, reference)


def next_to_do(session: AuditSession, after: int) -> CaseKey | None:
    """Return the next case to do behind position `after`, round to the start; None when all is done.

    One's own come first, then those that one reads again, then anybody's; not for a quality assurer, to whom others' cases are closed.
    """
    run, person = session.file.connection, session.person
    key = person.key if person else None
    position = worklist.next_open_of(run, after, key) if key is not None else None
    if position is None and key is not None:
        position = worklist.next_second(run, after, key)
    if position is None and not (person and reads_blind(person)):
        position = worklist.next_open(run, after)
    return None if position is None else case_at(session, position)


def search(session: AuditSession, words: str, place: Place | None = None) -> HitPage:
    """Return a page of cases whose record, rationale or notes hold all the words."""
    with session.file.reading() as connection:
        page = search_cases(connection, words, place, session.person.key if session.person else None)
        closed = closed_cases(session, list({hit.case for hit in page.hits if hit.where == "rationale"}))
        if not closed:
            return page
        return HitPage(tuple(hit for hit in page.hits if hit.is_own or hit.case not in closed), page.next_place)


def history(session: AuditSession, before: int | None = None, case_identity: str = "") -> list[Change]:
    """Return a page of history before sequence `before`, newest first; of one case where its identity is given."""
    with session.file.reading() as connection:
        page = history_page(connection, before, HISTORY_PAGE, case_identity)
        return _as_told(session, shown_changes(session, connection, page))


def values_of_step(session: AuditSession, step: int) -> list[ValueChange]:
    """Return every value that one step replaced, oldest first: of a burst of typing, all of its pieces.

    Raises:
        FileRefusedError: they can't be read: the file is damaged.
        RefusedError: they are larger than anybody could read.
    """
    with session.file.reading() as connection:
        refuse_oversized_step(connection, step)
        return open_values(session, shown_values(session, connection, step_changes(connection, step)))


def _as_shown(session: AuditSession, rows: list[WorklistRow]) -> list[WorklistRow]:
    """Return lines of the queue without what a closed first reading says: its grade, its marks, who gives it.

    To whoever reads the case again its state is that of their own reading.
    """
    closed = closed_cases(session, [row.case for row in rows if row.state is not CaseState.TO_DO])
    if not closed:
        return rows
    own = own_second_states(session.file.connection, tuple(closed), session.person.key if session.person else None)
    return [
        row._replace(state=own.get(row.case, row.state), grade=None, not_sure=False, allocated_to=None)
        if row.case in closed
        else row
        for row in rows
    ]


def _as_told(session: AuditSession, changes: list[Change]) -> list[Change]:
    """Return lines of the history; of one about a closed first reading only that it is there."""
    run, person = session.file.connection, session.person
    changes = [replace(change, reason=open_reason(session, change)) for change in changes]
    cases = {
        identity: case_identified(run, identity)
        for identity in {change.case_identity for change in changes}
        if identity
    }
    closed = closed_cases(session, [case for case in cases.values() if case is not None])
    if not closed:
        return changes
    own = person.identity if person is not None else ""
    return [
        replace(change, action=CLOSED, person="", person_identity="", detail="", reason="", values=())
        if cases.get(change.case_identity) in closed and change.person_identity != own
        else change
        for change in changes
    ]
