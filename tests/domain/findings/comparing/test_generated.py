"""Whole comparisons of generated audits: every family of changes as scipy and statsmodels reckon it from the cases themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures, figures_of
from ncpi_desktop.domain.findings.comparing.series import build_series
from ncpi_desktop.domain.findings.comparing.share_change import ShareChange
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE, CaseOutcome, FinalJudgement
from tests.builders import STRENGTH, WEAKNESS, make_findings

AREAS = ("s47", "domestic-abuse", "missing")
GRADES = ("good", "requires-improvement", "inadequate")
STAGES = ("initial-contact", "investigation")
REASONS = (WEAKNESS, STRENGTH, "INV-W01")

Cases = Sequence[CaseOutcome]


@st.composite
def audits(draw: st.DrawFn) -> list[CaseOutcome]:
    """Draw some cases with grades, stages and reasons of a mixture of its own."""
    leaning = draw(st.integers(0, 2))
    dice = draw(st.randoms(use_true_random=False))
    grades = (*GRADES, GRADES[leaning], GRADES[leaning])
    found = []
    for _case in range(draw(st.integers(1, 60))):
        stages = tuple((stage, dice.choice((*grades, NOT_APPLICABLE))) for stage in STAGES)
        reasons = tuple(reason for reason in REASONS if dice.random() < 0.3 + 0.2 * leaning)
        found.append(
            CaseOutcome(dice.choice(AREAS), "submitted", final=FinalJudgement(dice.choice(grades), stages, reasons))
        )
    return found


def figures(cases: Cases, name: str, year: int) -> InspectionFigures:
    return replace(figures_of(make_findings(cases)), identity=name, label=name, first_day=date(year, 1, 1))


def judgement(case: CaseOutcome) -> FinalJudgement:
    assert case.final is not None
    return case.final


def share_by(
    cases: Cases, counts: Callable[[CaseOutcome], bool], among: Callable[[CaseOutcome], bool]
) -> tuple[int, int]:
    """Return how many of `cases` count, among which: case by case, without any of our figures."""
    of = [case for case in cases if among(case)]
    return sum(counts(case) for case in of), len(of)


def assert_family(
    changes: Sequence[ShareChange], expected: dict[str, tuple[tuple[int, int], tuple[int, int]]], *, holm: bool
) -> None:
    """Hold a family against the pairs of shares expected by code: those of no cases have no change."""
    assert {change.code for change in changes} == set(expected)
    raw = []
    for change in changes:
        (good_before, n_before), (good, n) = expected[change.code]
        assert (change.before.part, change.before.whole, change.now.part, change.now.whole) == (
            good_before,
            n_before,
            good,
            n,
        )
        raw.append(stats.fisher_exact([[good, n - good], [good_before, n_before - good_before]]).pvalue)
        assert change.p == pytest.approx(raw[-1], rel=1e-10)
        peer = confint_proportions_2indep(good, n, good_before, n_before, compare="diff", method="newcomb")
        assert change.interval is not None
        assert (change.interval.low, change.interval.high) == pytest.approx(peer, rel=1e-10, abs=1e-13)
    if raw:
        corrected = multipletests(raw, method="holm")[1] if holm else raw
        assert [change.corrected_p for change in changes] == pytest.approx(list(corrected), rel=1e-10)


@settings(deadline=None)
@given(audits(), audits())
def test_every_family_is_reckoned_from_the_cases(before: Cases, now: Cases) -> None:
    change = build_series([figures(before, "before", 2016), figures(now, "now", 2018)]).latest
    both = (before, now)

    def pairs(
        codes: Sequence[str], counts: Callable[[CaseOutcome, str], bool], among: Callable[[CaseOutcome, str], bool]
    ):
        found = {}
        for code in codes:
            shares = [
                share_by(cases, lambda case, c=code: counts(case, c), lambda case, c=code: among(case, c))
                for cases in both
            ]
            if all(n for _part, n in shares):
                found[code] = (shares[0], shares[1])
        return found

    def every(_case: CaseOutcome, _code: str) -> bool:
        return True

    def is_good(case: CaseOutcome, _code: str) -> bool:
        return judgement(case).grade == "good"

    def stage_of(case: CaseOutcome, code: str) -> str:
        return dict(judgement(case).stages)[code]

    overall = pairs([""], is_good, every)
    assert_family([change.overall], overall, holm=False)
    assert_family(change.grades, pairs(GRADES, lambda case, code: judgement(case).grade == code, every), holm=False)
    assert_family(change.areas, pairs(AREAS, is_good, lambda case, code: case.area == code), holm=True)
    applicable = pairs(
        STAGES,
        lambda case, code: stage_of(case, code) == "good",
        lambda case, code: stage_of(case, code) != NOT_APPLICABLE,
    )
    assert_family(change.stages, applicable, holm=True)
    given_reasons = pairs(REASONS, lambda case, code: code in judgement(case).reasons, every)
    assert_family(
        change.reasons, {code: both for code, both in given_reasons.items() if both[0][0] or both[1][0]}, holm=True
    )
