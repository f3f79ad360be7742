"""A cell of the matrix keeps to the readings as they were first handed in, as its count does."""

from __future__ import annotations

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.quality_list import cases_with_grades
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import key_of

CASE = "DA-03"
"""Inspector 2: requires improvement. Quality assurer 1: inadequate."""


def listed(session: AuditSession, first: str, second: str) -> set[CaseKey]:
    return {found.line.case for found in cases_with_grades(session, first, second).cases}


def test_a_first_reading_that_was_reopened_stays_in_the_cell_of_its_original(sample: AuditSession) -> None:
    case = key_of(sample, CASE)
    sample.sign_in("Inspector 2")
    reviewing.reopen(sample, case, "I had missed a call.")
    reviewing.give_grade(sample, case, "inadequate")
    reviewing.submit(sample, case)
    sample.sign_in("Team lead")
    assert case in listed(sample, "requires-improvement", "inadequate")
    assert case not in listed(sample, "inadequate", "inadequate")
    table = findings_of(sample).quality.overall.table
    for first, counts in zip(table.grades, table.counts, strict=True):
        assert [len(listed(sample, first, second)) for second in table.grades] == list(counts)
