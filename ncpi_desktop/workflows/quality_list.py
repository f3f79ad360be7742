"""The cases that are read twice, page by page: by how far they have come, or by the two grades they were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.moderation.second_reading import UNSETTLED, SecondLine, SecondState, Seen
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.sample_repository import last_draw
from ncpi_desktop.storage.second_reading_repository import (
    cases_of_cell,
    cases_whose_stages_differ,
    second_line,
    second_lines,
    second_outcome,
)
from ncpi_desktop.workflows.blinding import closed_cases
from ncpi_desktop.workflows.session import AuditSession

PAGE = 40
"""How many cases a page of the list holds."""


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One case of the list. `line` is bare (state alone) where the first reading `is_closed` to who works here.

    `stages_differ` is told of cases to settle whose overall grades are the same: otherwise only their reasons differ.
    """

    line: SecondLine
    is_closed: bool = False
    stages_differ: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some cases of the list, and where the next page begins: None where there is none."""

    cases: tuple[ListedCase, ...]
    next_after: int | None = None


@dataclass(frozen=True, slots=True)
class LastDraw:
    """The sample drawn last: its seed, and how many cases it was drawn from; `draws` is how many there were."""

    seed: int
    frame_size: int
    draws: int


def last_drawn(session: AuditSession) -> LastDraw | None:
    """Return what is said of the sample drawn last; None where none was drawn."""
    with session.file.reading() as connection:
        found = last_draw(connection)
    return LastDraw(*found) if found is not None else None


def cases_in_state(session: AuditSession, state: SecondState, after: int = 0, count: int = PAGE) -> ListPage:
    """Return a page of the cases in `state` behind queue position `after`, in queue order."""
    with session.file.reading() as connection:
        lines = second_lines(connection, state, after, count + 1)
        cases = _listed(session, connection, lines[:count])
    return ListPage(cases, lines[count - 1].position if len(lines) > count else None)


def cases_with_grades(session: AuditSession, first: str, second: str, after: int = 0, count: int = PAGE) -> ListPage:
    """Return a page of the cases whose original readings gave these two grades (codes), behind queue position `after`.

    What is closed to who works here is left out, so a page may hold fewer than it could.
    """
    with session.file.reading() as connection:
        lines = cases_of_cell(connection, first, second, after, count + 1)
        cases = _listed(session, connection, lines[:count])
    kept = tuple(case for case in cases if not case.is_closed)
    return ListPage(kept, lines[count - 1].position if len(lines) > count else None)


def listed_case(session: AuditSession, case: CaseKey) -> ListedCase | None:
    """Return a case as the list shows it; None where it is not read twice."""
    with session.file.reading() as connection:
        line = second_line(connection, case)
        return _listed(session, connection, [line])[0] if line is not None else None


def seen_before(session: AuditSession, case: CaseKey) -> Seen | None:
    """Return what its second reader had seen of the first reading before giving theirs; None where a case is not read twice."""
    with session.file.reading() as connection:
        outcome = second_outcome(connection, case)
    return Seen(outcome.pair.seen) if outcome is not None and outcome.pair is not None else None


def _listed(session: AuditSession, connection: Connection, lines: Sequence[SecondLine]) -> tuple[ListedCase, ...]:
    closed = closed_cases(session, [line.case for line in lines])
    alike = [line.case for line in lines if line.state in UNSETTLED and not line.apart and line.case not in closed]
    differing = cases_whose_stages_differ(connection, alike) if alike else frozenset()
    return tuple(
        ListedCase(replace(line, apart=0, edited=False), is_closed=True)
        if line.case in closed
        else ListedCase(line, stages_differ=line.case in differing)
        for line in lines
    )
