"""The live figures that count cases: of the audit, an area, a stage, a reason, and the force's own grades.

Each takes the findings, the whole code and what stands behind its first colon, and returns None where there is no such figure.
"""

from __future__ import annotations

from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.figure_parts import Figure, case_count, of_grades
from ncpi_desktop.domain.findings.findings import Findings, grade_counts
from ncpi_desktop.domain.findings.selection import OwnAgainst, Selection, SelectionKind
from ncpi_desktop.domain.findings.selection_words import area_label, stage_label
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE


def cases_figure(findings: Findings, code: str, _rest: str) -> Figure:
    """Return how many cases the audit has."""
    return case_count(findings, code, findings.cases, None, Selection(SelectionKind.CASES))


def state_figure(findings: Findings, code: str, state: str) -> Figure | None:
    """Return how many cases have come so far with their first reading."""
    if state not in set(CaseState):
        return None
    chosen = Selection(SelectionKind.STATE, (state,))
    return case_count(findings, code, findings.state_count(CaseState(state)), findings.cases, chosen)


def overall_figure(findings: Findings, code: str, _rest: str) -> Figure | None:
    """Return a figure over all areas."""
    return of_grades(findings, code, code, findings.overall, findings.cases, _selected_overall)


def _selected_overall(grades: str) -> Selection:
    return Selection(SelectionKind.GRADED, (grades,))


def area_figure(findings: Findings, code: str, rest: str) -> Figure | None:
    """Return a figure of one area; None where the area is retired or there is no such figure."""
    area, what = _parted(rest)
    known = findings.methodology.area_by_code.get(area)
    if known is None or known.retired:
        return None
    held = next((found for found in findings.areas if found.area.code == area), None)
    cases = held.cases if held else 0
    if what == "cases":
        return case_count(findings, code, cases, findings.cases, Selection(SelectionKind.AREA, (area,)))
    return of_grades(
        findings,
        code,
        what,
        held.grades if held else grade_counts(findings.methodology.scale, {}),
        cases,
        lambda grades: Selection(SelectionKind.AREA_GRADED, (area, grades)),
        area_label(findings.methodology, area),
    )


def stage_figure(findings: Findings, code: str, rest: str) -> Figure | None:
    """Return a figure of one stage."""
    stage, what = _parted(rest)
    if stage not in findings.methodology.stage_by_code:
        return None
    held = next((found for found in findings.stages if found.stage.code == stage), None)

    def chosen(grades: str) -> Selection:
        return Selection(SelectionKind.STAGE, (stage, grades))

    if what == NOT_APPLICABLE:
        absent = held.not_applicable if held else 0
        return case_count(findings, code, absent, findings.overall.graded, chosen(NOT_APPLICABLE))
    grades = held.grades if held else grade_counts(findings.methodology.scale, {})
    label = stage_label(findings.methodology, stage)
    return of_grades(findings, code, what, grades, findings.overall.graded, chosen, label)


def _parted(rest: str) -> tuple[str, str]:
    """Part *area:what*; *what* may be *grade:code*."""
    whole, _colon, what = rest.rpartition(":")
    if whole.endswith(":grade"):
        return whole.removesuffix(":grade"), f"grade:{what}"
    return whole, what


def reason_figure(findings: Findings, code: str, reason: str) -> Figure | None:
    """Return in how many graded cases a reason was given; None where the reason is retired."""
    known = findings.methodology.reason_by_code.get(reason)
    if known is None or known.retired:
        return None
    cases = next((found.cases for found in findings.reasons if found.reason.code == reason), 0)
    return case_count(findings, code, cases, findings.overall.graded, Selection(SelectionKind.REASON, (reason,)))


def own_figure(findings: Findings, code: str, against: str) -> Figure | None:
    """Return a figure of the force's own grades against the inspectors'."""
    if against not in set(OwnAgainst):
        return None
    own = findings.self_assessment
    graded = findings.overall.graded
    value = {
        OwnAgainst.BOTH.value: own.both,
        OwnAgainst.SAME.value: own.same,
        OwnAgainst.KINDER.value: own.kinder,
        OwnAgainst.HARSHER.value: own.harsher,
        OwnAgainst.INSPECTORS_ONLY.value: own.inspectors_only.graded,
    }[against]
    n = graded if against in (OwnAgainst.BOTH, OwnAgainst.INSPECTORS_ONLY) else own.both
    return case_count(findings, code, value, n, Selection(SelectionKind.OWN_AGAINST, (against,)))
