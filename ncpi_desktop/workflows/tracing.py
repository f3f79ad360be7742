"""From a figure to its cases: which they are, page by page, and how many.

A figure counts every case; its list must not tell which grade or reason a closed first reading gave. Where standing in the list would tell
that, closed cases are left out, and how many they are is said; where it tells nothing (all cases, an area, a state that the queue shows too, a
fact of the record), they stand there without their grades.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.case_behind import CasesBehindPage
from ncpi_desktop.domain.findings.selection import Selection, SelectionKind
from ncpi_desktop.storage import tracing_repository
from ncpi_desktop.workflows.blinding import closed_cases, count_closed
from ncpi_desktop.workflows.session import AuditSession

PAGE: Final = 200
"""How many cases a page of the list holds."""

_TELLS_NOTHING: Final = frozenset(
    (
        SelectionKind.CASES,
        SelectionKind.AREA,
        SelectionKind.STATE,
        SelectionKind.REFERRED,
        SelectionKind.SECOND,
        SelectionKind.STRATEGY,
        SelectionKind.STRATEGY_IN_AREA,
        SelectionKind.AGENCY,
    )
)
_PARKED: Final = Selection(SelectionKind.STATE, (CaseState.PARKED.value,))


def cases_behind(session: AuditSession, selection: Selection, after: int = 0, count: int = PAGE) -> CasesBehindPage:
    """Return a page of the cases that `selection` names, behind queue position `after`.

    What is closed to who works here stands there without grades, or is left out (see `leaves_out_closed`): a page may hold fewer than it could.
    """
    with session.file.reading() as connection:
        scale = session.methodology.scale
        found = tracing_repository.cases_behind(connection, selection, scale, after, count + 1)
        lines = found[:count]
        closed = closed_cases(session, [line.case for line in lines])
    left_out = closed if leaves_out_closed(selection) else frozenset()
    return CasesBehindPage(
        tuple(
            replace(line, grade=None, own_grade=None, is_closed=True) if line.case in closed else line
            for line in lines
            if line.case not in left_out
        ),
        lines[-1].position if len(found) > count else None,
    )


def count_behind(session: AuditSession, selection: Selection) -> int:
    """Return how many cases `selection` names, whoever may see them: the figure itself."""
    with session.file.reading() as connection:
        return tracing_repository.count_behind(connection, selection, session.methodology.scale)


def closed_behind(session: AuditSession, selection: Selection) -> int:
    """Return how many cases `cases_behind` leaves out of its pages because they are closed to who works here; time follows their number."""
    if not leaves_out_closed(selection):
        return 0
    with session.file.reading() as connection:
        behind = tracing_repository.keys_behind(connection, selection, session.methodology.scale)
        return count_closed(session, behind)


def leaves_out_closed(selection: Selection) -> bool:
    """Return whether standing in the list would tell something of a closed first reading: a grade, a reason, that it is parked."""
    return selection.kind not in _TELLS_NOTHING or selection == _PARKED
