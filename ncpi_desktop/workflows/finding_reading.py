"""Reading the written findings, as far as who reads may see them, and what is to be asked about them before they are published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.finding import WrittenFinding, in_order
from ncpi_desktop.domain.findings.finding_questions import (
    CaseStanding,
    Question,
    holds_back,
    questions_about_finding,
)
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.storage import finding_repository as kept
from ncpi_desktop.storage.result_repository import without_result
from ncpi_desktop.workflows.blinding import closed_cases
from ncpi_desktop.workflows.session import AuditSession


def read_findings(session: AuditSession, *, tell_all: bool = False) -> tuple[WrittenFinding, ...]:
    """Return the findings in report order. Cases that are closed to who works here are left out and counted; `tell_all`, for a final
    document alone, which is a team lead's act, leaves none out.
    """
    held = kept.read_findings(session.file.connection)
    named = frozenset[CaseKey]().union(*(finding.told_cases for finding in held))
    closed = frozenset() if tell_all or not named else closed_cases(session, list(named))
    return in_order((_as_seen(session, finding, closed) for finding in held), session.methodology)


def questions_of(session: AuditSession, finding: WrittenFinding, findings: Findings) -> tuple[Question, ...]:
    """Return the questions about one finding, held against these figures."""
    return questions_about_finding(finding, findings, _standings(session, finding.told_cases), _known(session, finding))


def kept_back(session: AuditSession, findings: Findings) -> tuple[tuple[WrittenFinding, Question], ...]:
    """Return what stands in the way of a final document: figures that are not known, illustrations that are not cleared."""
    return tuple(
        (finding, question)
        for finding in read_findings(session, tell_all=True)
        for question in questions_of(session, finding, findings)
        if question.keeps_final_back
    )


def _standings(session: AuditSession, cases: Iterable[CaseKey]) -> dict[CaseKey, CaseStanding]:
    reopened = without_result(session.file.connection, list(cases))
    return {
        case: CaseStanding.REOPENED if was_submitted else CaseStanding.NOT_SUBMITTED
        for case, was_submitted in reopened.items()
    }


def _as_seen(session: AuditSession, finding: WrittenFinding, closed: frozenset[CaseKey]) -> WrittenFinding:
    known = _known(session, finding)
    cases = tuple(linked for linked in finding.cases if linked.case not in closed)
    told = tuple(
        replace(one, is_held_back=holds_back(one, known)) for one in finding.illustrations if one.case not in closed
    )
    withheld = len(finding.cases) + len(finding.illustrations) - len(cases) - len(told)
    return replace(finding, cases=cases, illustrations=told, withheld=withheld)


def _known(session: AuditSession, finding: WrittenFinding) -> frozenset[str]:
    """Return what may stand in a finding: the force's name and the references of its cases."""
    linked, told = (held.reference for held in finding.cases), (held.reference for held in finding.illustrations)
    return frozenset({session.inspection.force, *linked, *told})
