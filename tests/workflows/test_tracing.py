"""Every figure opens as many cases as it counts, in whatever audit; what is closed to a reader is left out, and said to be."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.case_behind import CaseBehind
from ncpi_desktop.domain.findings.figure import figures_of
from ncpi_desktop.domain.findings.findings import Findings, GradeCounts
from ncpi_desktop.domain.findings.selection import (
    Drawn,
    GradeGroup,
    OwnAgainst,
    ReadTwiceAs,
    Referred,
    Reviewed,
    Selection,
    SelectionKind,
)
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.moderation.agreement import AgreementTable
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.storage.case_repository import read_own_grade
from ncpi_desktop.workflows import referring, reviewing
from ncpi_desktop.workflows.blinding import closed_cases
from ncpi_desktop.workflows.importing import run_import
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from ncpi_desktop.workflows.tracing import cases_behind, closed_behind, count_behind, leaves_out_closed
from tests.casework import hand_in, key_of

GRADES = ("good", "requires-improvement", "inadequate")
AREAS = ("s47", "domestic-abuse", "missing")
STAGES = ("initial-contact", "investigation", "trusted-adult")
REASONS = ("DEC-W01", "INI-S01", "INV-W01", "MGR-W05")

Counted = Iterator[tuple[Selection, int]]


def make_table(dice: random.Random, cases: int) -> str:
    """Return a table of cases: graded by both, by one side, by nobody."""
    stages = [f"{whose}stage:{stage}" for whose in ("", "own_") for stage in STAGES]
    lines = [",".join(("case", "area", "grade", "own_grade", "reasons", *stages))]
    for number in range(cases):
        graded, own = dice.random() < 0.7, dice.random() < 0.6
        reasons = ";".join(dice.sample(REASONS, dice.randrange(3))) if graded else ""
        ours = [dice.choice((*GRADES, NOT_APPLICABLE, "")) if graded else "" for _stage in STAGES]
        theirs = [dice.choice((*GRADES, "")) if own else "" for _stage in STAGES]
        grades = (dice.choice(GRADES) if graded else "", dice.choice(GRADES) if own else "")
        lines.append(",".join((f"C-{number}", dice.choice(AREAS), *grades, reasons, *ours, *theirs)))
    return "\n".join(lines) + "\n"


def of_grades(grades: GradeCounts, chosen: Callable[[str], Selection]) -> Counted:
    yield chosen(GradeGroup.ANY), grades.graded
    yield chosen(GradeGroup.GOOD), grades.good
    yield chosen(GradeGroup.NOT_GOOD), grades.graded - grades.good
    for grade, cases in grades.counts:
        yield chosen(grade), cases


def every_figure(findings: Findings) -> Counted:
    """Yield every selection that the bundle offers with its figure."""
    yield Selection(SelectionKind.CASES), findings.cases
    for state in CaseState:
        yield Selection(SelectionKind.STATE, (state,)), findings.state_count(state)
    still = findings.state_count(CaseState.TO_DO) + findings.state_count(CaseState.IN_PROGRESS)
    yield Selection(SelectionKind.STATE, (Reviewed.STILL_TO_REVIEW,)), still
    yield from of_grades(findings.overall, lambda grades: Selection(SelectionKind.GRADED, (grades,)))
    for area in findings.areas:
        code = area.area.code
        yield Selection(SelectionKind.AREA, (code,)), area.cases
        yield from of_grades(
            area.grades, lambda grades, code=code: Selection(SelectionKind.AREA_GRADED, (code, grades))
        )  # type: ignore[misc]
    for stage in findings.stages:
        code = stage.stage.code
        yield from of_grades(stage.grades, lambda grades, code=code: Selection(SelectionKind.STAGE, (code, grades)))  # type: ignore[misc]
        yield Selection(SelectionKind.STAGE, (code, NOT_APPLICABLE)), stage.not_applicable
    for reason in findings.reasons:
        yield Selection(SelectionKind.REASON, (reason.reason.code,)), reason.cases
        for area_code, cases in reason.areas:
            yield Selection(SelectionKind.REASON_IN_AREA, (reason.reason.code, area_code)), cases
    yield from own_figures(findings)
    quality = findings.quality
    for second in SecondState:
        yield Selection(SelectionKind.SECOND, (second,)), quality.state_count(second)
    yield Selection(SelectionKind.SECOND, (Drawn.ANY,)), quality.sampled
    yield Selection(SelectionKind.SECOND, (Drawn.READ_TWICE,)), quality.read_twice
    yield Selection(SelectionKind.SECOND, (Drawn.UNSETTLED,)), quality.to_settle
    yield Selection(SelectionKind.COMPARED, (ReadTwiceAs.ANY,)), quality.compared
    yield Selection(SelectionKind.COMPARED, (ReadTwiceAs.SAME,)), quality.same
    yield Selection(SelectionKind.COMPARED, (ReadTwiceAs.DIFFER,)), quality.compared - quality.same
    referrals = findings.referrals
    for referred, held in (
        (Referred.ANY, referrals),
        (Referred.OPEN, [one for one in referrals if one.is_open]),
        (Referred.CLOSED, [one for one in referrals if not one.is_open]),
    ):
        yield Selection(SelectionKind.REFERRED, (referred,)), len({one.case for one in held})


def own_figures(findings: Findings) -> Counted:
    own = findings.self_assessment
    for row, theirs in enumerate(own.grades):
        for column, ours in enumerate(own.grades):
            yield Selection(SelectionKind.OWN, (theirs, ours)), own.matrix[row][column]
    for area in own.areas:
        for theirs, ours, cases in cells(area.compared.table):
            yield Selection(SelectionKind.OWN_IN_AREA, (area.area.code, theirs, ours)), cases
    for stage in own.stages:
        for theirs, ours, cases in cells(stage.compared.table):
            yield Selection(SelectionKind.OWN_AT_STAGE, (stage.stage.code, theirs, ours)), cases
    for against, cases in (
        (OwnAgainst.BOTH, own.both),
        (OwnAgainst.SAME, own.same),
        (OwnAgainst.KINDER, own.kinder),
        (OwnAgainst.HARSHER, own.harsher),
        (OwnAgainst.INSPECTORS_ONLY, own.inspectors_only.graded),
    ):
        yield Selection(SelectionKind.OWN_AGAINST, (against,)), cases


def cells(table: AgreementTable) -> Iterator[tuple[str, str, int]]:
    for theirs, counts in zip(table.grades, table.counts, strict=True):
        for ours, cases in zip(table.grades, counts, strict=True):
            yield theirs, ours, cases


def listed(session: AuditSession, selection: Selection, count: int = 200) -> list[CaseBehind]:
    """Return all pages."""
    found: list[CaseBehind] = []
    after: int | None = 0
    while after is not None:
        page = cases_behind(session, selection, after, count)
        found += page.cases
        after = page.next_after
    return found


@pytest.fixture
def sample_and_table(sample: AuditSession, tmp_path: Path) -> Callable[[int], AuditSession]:
    """The sample with many cases more, made by chance; some referred, reopened, drawn and read again."""

    def make(seed: int) -> AuditSession:
        dice = random.Random(seed)
        table = tmp_path / "more.csv"
        table.write_text(make_table(dice, 60))
        sample.sign_in("Team lead")
        run_import(sample, table)
        cases = [line.case for line in listed(sample, Selection(SelectionKind.GRADED, (GradeGroup.ANY,)))]
        for case in dice.sample(cases, 5):
            reviewing.reopen(sample, case, "Because.")
        for case in dice.sample(cases, 3) * 2:
            referring.raise_referral(sample, case, "May be at risk tonight.", "The duty inspector.", child="Child A")
        return sample

    return make


@pytest.mark.parametrize("seed", range(4))
def test_as_many_cases_stand_behind_a_figure_as_it_counts(
    sample_and_table: Callable[[int], AuditSession], seed: int
) -> None:
    session = sample_and_table(seed)
    findings = findings_of(session)
    offered = list(every_figure(findings))
    assert len({selection for selection, _cases in offered}) == len(offered) > 100
    for selection, cases in offered:
        assert count_behind(session, selection) == cases, selection.code
        lines = listed(session, selection, count=7)
        assert len({line.case for line in lines}) == len(lines) == cases, selection.code
        assert [line.position for line in lines] == sorted(line.position for line in lines)
    figures = [figure for figure in figures_of(findings).values() if figure.selection and figure.code != "points"]
    known = dict(offered)
    for figure in figures:
        assert figure.selection is not None
        if figure.code.startswith(
            "strategy:"
        ):  # counts discussions; tests/storage/test_strategy_repository.py has its cases
            continue
        assert figure.selection in known, figure.code
        if not ("percent" in figure.code or figure.code.startswith("referrals")):
            assert known[figure.selection] == figure.value, figure.code


def test_a_line_tells_the_grade_that_counts_and_the_forces_own_only_beside_it(sample: AuditSession) -> None:
    for line in listed(sample, Selection(SelectionKind.CASES)):
        own = read_own_grade(sample.file.connection, line.case)
        assert line.own_grade == (own[0] if own and line.grade else None)
    assert {line.grade for line in listed(sample, Selection(SelectionKind.GRADED, ("inadequate",)))} == {"inadequate"}


@pytest.mark.parametrize("code", ["area:gone", "graded:splendid", "own-against:who", "second:never", "referred:x"])
def test_what_the_audit_does_not_know_has_no_cases(sample: AuditSession, code: str) -> None:
    selection = Selection.from_code(code)
    assert (count_behind(sample, selection), listed(sample, selection)) == (0, [])


@pytest.mark.parametrize("person", ["Quality assurer 1", "Inspector 1", "Team lead", ""])
def test_what_is_closed_is_left_out_and_counted_or_stands_there_bare(sample: AuditSession, person: str) -> None:
    findings = findings_of(sample)
    sample.sign_in(person)
    everybody = [line.case for line in listed(sample, Selection(SelectionKind.CASES))]
    closed = closed_cases(sample, everybody)
    assert bool(closed) is (person in ("Quality assurer 1", ""))
    for selection, cases in every_figure(findings):
        lines = listed(sample, selection)
        assert len(lines) + closed_behind(sample, selection) == cases, selection.code
        for line in lines:
            assert line.is_closed is (line.case in closed)
            assert not line.is_closed or not leaves_out_closed(selection)
            assert not line.is_closed or (line.grade, line.own_grade) == (None, None)


def test_a_second_reader_finds_the_case_once_theirs_is_handed_in(sample: AuditSession) -> None:
    sample.sign_in("Quality assurer 1")
    case, graded = key_of(sample, "EX-03"), Selection(SelectionKind.GRADED, (GradeGroup.ANY,))
    assert case not in {line.case for line in listed(sample, graded)}
    before = closed_behind(sample, graded)
    hand_in(sample, case, "inadequate")
    assert case in {line.case for line in listed(sample, graded)}
    assert closed_behind(sample, graded) == before - 1
