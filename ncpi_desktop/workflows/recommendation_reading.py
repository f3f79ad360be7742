"""The recommendations as somebody may see them: a link to a case whose first reading is closed to them is left out, and counted."""

from __future__ import annotations

from dataclasses import replace

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.recommendation import Recommendation
from ncpi_desktop.storage.recommendation_repository import read_recommendations
from ncpi_desktop.workflows.blinding import closed_cases
from ncpi_desktop.workflows.session import AuditSession


def recommendations_seen(session: AuditSession, *, tell_all: bool = False) -> tuple[Recommendation, ...]:
    """Return every recommendation, those of earlier inspections first; with `tell_all`, as in a final document, nothing is left out."""
    held = read_recommendations(session.file.connection)
    linked = {case.key for one in held for case in one.cases}
    closed = frozenset[CaseKey]() if tell_all or not linked else closed_cases(session, list(linked))
    return tuple(_without(one, closed) for one in held)


def _without(one: Recommendation, closed: frozenset[CaseKey]) -> Recommendation:
    left = tuple(case for case in one.cases if case.key not in closed)
    return replace(one, cases=left, withheld=len(one.cases) - len(left)) if len(left) < len(one.cases) else one
