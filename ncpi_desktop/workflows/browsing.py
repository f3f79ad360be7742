"""Looking through the file: the queue, the search, the history. Nothing here changes anything, and each answer is a page."""

from __future__ import annotations

from collections.abc import Sequence

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.hit import HitPage, Place
from ncpi_desktop.domain.casework.worklist import OPEN_STATES, CaseState, QueueChoice, QueueFilter, WorklistRow
from ncpi_desktop.domain.findings.tally import Measure
from ncpi_desktop.domain.record.change import Change, ValueChange
from ncpi_desktop.storage import worklist_repository as worklist
from ncpi_desktop.storage.case_repository import find_case
from ncpi_desktop.storage.history_repository import history_page, step_changes
from ncpi_desktop.storage.practice_repository import line_of
from ncpi_desktop.storage.search import search_cases
from ncpi_desktop.storage.sizes import refuse_oversized_step
from ncpi_desktop.storage.tally_repository import read_measure
from ncpi_desktop.workflows.sealed_answers import reader_key, shown_changes, shown_values
from ncpi_desktop.workflows.session import AuditSession

HISTORY_PAGE = 200


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
        return worklist.worklist_page(connection, first, count)


def queue_rows(session: AuditSession, positions: Sequence[int]) -> list[WorklistRow]:
    """Return the lines at `positions`, in queue order; at most some hundreds at a time."""
    with session.file.reading() as connection:
        return worklist.worklist_rows_at(connection, positions)


def filtered_positions(session: AuditSession, chosen: QueueFilter, after: int, count: int) -> list[int]:
    """Return up to `count` positions after `after` that the filter shows: fill a long list piece by piece."""
    return worklist.positions_after(session.file.connection, chosen, after, count)


def queue_row(session: AuditSession, case: CaseKey) -> WorklistRow:
    """Return the line of one case; a practice case has one at position 0, off the queue."""
    return line_of(session.file.connection, case, reader_key(session))


def case_at(session: AuditSession, position: int) -> CaseKey | None:
    """Return the case at a position of the whole queue, or None beyond its ends."""
    return worklist.case_at(session.file.connection, position)


def case_called(session: AuditSession, reference: str) -> CaseKey | None:
    """Return the case with that reference, or None."""
    return find_case(session.file.connection, reference)


def next_to_do(session: AuditSession, after: int) -> CaseKey | None:
    """Return the next case to do behind position `after`, round to the start: one's own first, then anybody's; None when all is done."""
    person = session.person.key if session.person else None
    position = worklist.next_open(session.file.connection, after, person)
    return None if position is None else case_at(session, position)


def search(session: AuditSession, words: str, place: Place | None = None) -> HitPage:
    """Return a page of cases whose record, rationale or notes hold all the words."""
    with session.file.reading() as connection:
        return search_cases(connection, words, place)


def history(session: AuditSession, before: int | None = None, case_identity: str = "") -> list[Change]:
    """Return a page of history before sequence `before`, newest first; of one case where its identity is given."""
    with session.file.reading() as connection:
        return shown_changes(session, connection, history_page(connection, before, HISTORY_PAGE, case_identity))


def values_of_step(session: AuditSession, step: int) -> list[ValueChange]:
    """Return every value that one step replaced, oldest first: of a burst of typing, all of its pieces.

    Raises:
        FileRefusedError: they can't be read: the file is damaged.
        RefusedError: they are larger than anybody could read.
    """
    with session.file.reading() as connection:
        refuse_oversized_step(connection, step)
        return shown_values(session, connection, step_changes(connection, step))
