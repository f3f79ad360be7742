"""The findings: every figure of an audit, once. Screen, workbook, report and `summary --json` all read this one bundle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ncpi_desktop.domain.casework.inspection import Inspection, Person, PreviousResults
from ncpi_desktop.domain.casework.recommendation import Recommendation
from ncpi_desktop.domain.casework.referral import Referral
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.comparison import Change, PreviousShare, change_since, previous_share
from ncpi_desktop.domain.findings.finding import WrittenFinding
from ncpi_desktop.domain.findings.partnership import PartnershipFindings, partnership_of
from ncpi_desktop.domain.findings.progress import PersonProgress, progress_of
from ncpi_desktop.domain.findings.quality import AreaAgreement, Compared, QualityFindings, StageAgreement
from ncpi_desktop.domain.findings.quality_counts import by_one, compared_of, quality_of
from ncpi_desktop.domain.findings.statistics import Interval, percent, wilson
from ncpi_desktop.domain.findings.tally import BETWEEN, NOT_APPLICABLE, Measure, Tallies
from ncpi_desktop.domain.methodology.area import Area
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.methodology.reason import Polarity, Reason
from ncpi_desktop.domain.methodology.stage import Stage

if TYPE_CHECKING:
    from ncpi_desktop.domain.findings.comparing.series import Series


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """How many cases have each grade, best first, every grade of the scale present; per cent good with its n and interval."""

    counts: tuple[tuple[str, int], ...]
    graded: int
    good: int
    percent_good: int | None
    interval: Interval | None

    def of(self, grade: str) -> int:
        """Return how many cases have `grade`."""
        return dict(self.counts).get(grade, 0)


@dataclass(frozen=True, slots=True)
class AreaFindings:
    """One area: its cases, and how those graded were graded."""

    area: Area
    cases: int
    grades: GradeCounts


@dataclass(frozen=True, slots=True)
class StageFindings:
    """One stage over all graded cases."""

    stage: Stage
    grades: GradeCounts
    not_applicable: int


@dataclass(frozen=True, slots=True)
class ReasonFindings:
    """One reason and in how many graded cases it was given; `areas` holds (area code, cases) in report order."""

    reason: Reason
    cases: int
    areas: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """The force's own grades against the inspectors', over cases graded by both.

    `matrix` has a row for each own grade and a column for each of the inspectors', best first. `kinder` counts the cases that the force
    over-rated, `harsher` those that it under-rated; `compared.table` is the same table, the force as its first reader, with agreement and steps
    apart. `areas` compare overall grades, `stages` those of a stage. `inspectors` are the inspectors' grades of cases graded by both,
    `inspectors_only` of cases that the force did not grade, `all_graded` of both together.
    """

    grades: tuple[str, ...]
    matrix: tuple[tuple[int, ...], ...]
    both: int
    same: int
    kinder: int
    harsher: int
    own: GradeCounts
    inspectors: GradeCounts
    inspectors_only: GradeCounts
    all_graded: GradeCounts
    compared: Compared
    areas: tuple[AreaAgreement, ...]
    stages: tuple[StageAgreement, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """The state of the file that the figures come from: the last change, its seal, and when they were drawn up (UTC)."""

    sequence: int
    seal: str
    drawn_up_at: datetime


@dataclass(frozen=True, slots=True)
class Findings:
    """Every figure of one audit at one moment. Nothing that reads it computes a figure of its own.

    `series` sets it beside the earlier inspections recorded in the file; hundreds of exact tests, it is drawn up for documents alone and is None
    behind a key.
    """

    inspection: Inspection
    methodology: Methodology
    provenance: Provenance
    cases: int
    states: tuple[tuple[CaseState, int], ...]
    not_sure: int
    overall: GradeCounts
    areas: tuple[AreaFindings, ...]
    stages: tuple[StageFindings, ...]
    reasons: tuple[ReasonFindings, ...]
    previous: PreviousShare | None
    change: Change | None
    self_assessment: SelfAssessment
    quality: QualityFindings
    partnership: PartnershipFindings
    referrals: tuple[Referral, ...]
    recommendations: tuple[Recommendation, ...]
    people: tuple[PersonProgress, ...]
    series: Series | None = None
    written: tuple[WrittenFinding, ...] = ()

    @property
    def as_of(self) -> datetime:
        """The moment from which ages and deadlines are told (see `Inspection.as_of`)."""
        return self.inspection.as_of(self.provenance.drawn_up_at)

    def state_count(self, state: CaseState) -> int:
        """Return how many cases are in `state`."""
        return dict(self.states).get(state, 0)

    def weaknesses(self) -> tuple[ReasonFindings, ...]:
        """Return why practice fell short: the weaknesses given, most frequent first."""
        return tuple(found for found in self.reasons if found.reason.polarity is Polarity.WEAKNESS)

    def strengths(self) -> tuple[ReasonFindings, ...]:
        """Return what worked well: the strengths given, most frequent first."""
        return tuple(found for found in self.reasons if found.reason.polarity is Polarity.STRENGTH)

    @property
    def open_referrals(self) -> int:
        """How many referrals still wait for the force."""
        return sum(referral.is_open for referral in self.referrals)

    @property
    def acknowledged_referrals(self) -> int:
        """How many referrals the force has acknowledged, whether open still or closed."""
        return sum(referral.acknowledged_at is not None for referral in self.referrals)

    @property
    def closed_referrals(self) -> int:
        """How many referrals were closed with what the force did."""
        return len(self.referrals) - self.open_referrals


def build_findings(
    *,
    inspection: Inspection,
    methodology: Methodology,
    provenance: Provenance,
    tallies: Tallies,
    previous: PreviousResults | None = None,
    people: Iterable[Person] = (),
    referrals: Iterable[Referral] = (),
    recommendations: Iterable[Recommendation] = (),
    written: Iterable[WrittenFinding] = (),
) -> Findings:
    """Return the findings that `tallies` (see `tally.contributions`) and the rest add up to."""
    by_measure: dict[str, dict[tuple[str, str], int]] = {measure.value: {} for measure in Measure}
    for key, count in tallies.items():
        by_measure[key.measure][key.one, key.other] = count
    states = by_measure[Measure.STATE]
    scale, everyone = methodology.scale, tuple(people)
    areas = _areas(methodology, states, by_measure[Measure.GRADE])
    overall = grade_counts(scale, _summed(by_measure[Measure.GRADE]))
    return Findings(
        inspection=inspection,
        methodology=methodology,
        provenance=provenance,
        cases=sum(states.values()),
        states=tuple((state, sum(n for (s, _a), n in states.items() if s == state)) for state in CaseState),
        not_sure=sum(by_measure[Measure.MARK].values()),
        overall=overall,
        areas=areas,
        stages=_stages(methodology, by_measure[Measure.STAGE]),
        reasons=_reasons(methodology, by_measure[Measure.REASON]),
        previous=previous_share(previous) if previous else None,
        change=change_since(previous, inspection, overall.good, overall.graded, methodology.code) if previous else None,
        self_assessment=_self_assessment(methodology, by_measure, overall),
        quality=quality_of(methodology, by_measure, everyone),
        partnership=partnership_of(
            methodology,
            _summed(states),
            by_measure[Measure.STRATEGY],
            by_measure[Measure.STRATEGY_CASES],
            by_measure[Measure.AGENCY],
        ),
        referrals=tuple(referrals),
        recommendations=tuple(recommendations),
        people=progress_of(everyone, by_measure[Measure.ALLOCATED], by_measure[Measure.PACE]),
        written=tuple(written),
    )


def grade_counts(scale: Scale, counts: Mapping[str, int]) -> GradeCounts:
    """Return counts by grade with per cent good and Wilson's interval; None for both where nothing is graded."""
    graded = sum(counts.values())
    good = sum(counts.get(code, 0) for code in scale.good_codes)
    return GradeCounts(
        counts=tuple((code, counts.get(code, 0)) for code in scale.codes),
        graded=graded,
        good=good,
        percent_good=percent(good, graded),
        interval=wilson(good, graded) if graded else None,
    )


def _summed(counts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    total: dict[str, int] = {}
    for (_one, other), count in counts.items():
        total[other] = total.get(other, 0) + count
    return total


def _areas(
    methodology: Methodology, states: Mapping[tuple[str, str], int], grades: Mapping[tuple[str, str], int]
) -> tuple[AreaFindings, ...]:
    cases: dict[str, int] = _summed(states)
    return tuple(
        AreaFindings(
            area,
            cases[area.code],
            grade_counts(methodology.scale, {grade: n for (a, grade), n in grades.items() if a == area.code}),
        )
        for area in methodology.areas
        if cases.get(area.code)
    )


def _stages(methodology: Methodology, counts: Mapping[tuple[str, str], int]) -> tuple[StageFindings, ...]:
    found = []
    for stage in methodology.stages:
        of_stage = {grade: n for (code, grade), n in counts.items() if code == stage.code}
        if of_stage:
            not_applicable = of_stage.pop(NOT_APPLICABLE, 0)
            found.append(StageFindings(stage, grade_counts(methodology.scale, of_stage), not_applicable))
    return tuple(found)


def _reasons(methodology: Methodology, counts: Mapping[tuple[str, str], int]) -> tuple[ReasonFindings, ...]:
    by_reason: dict[str, dict[str, int]] = {}
    for (reason, area), count in counts.items():
        by_reason.setdefault(reason, {})[area] = count
    order = {reason.code: place for place, reason in enumerate(methodology.reasons)}
    found = [
        ReasonFindings(
            methodology.reason_by_code[code],
            sum(by_area.values()),
            tuple((area.code, by_area[area.code]) for area in methodology.areas if area.code in by_area),
        )
        for code, by_area in by_reason.items()
    ]
    return tuple(sorted(found, key=lambda reason: (-reason.cases, order[reason.reason.code])))


def _self_assessment(
    methodology: Methodology, by_measure: Mapping[str, Mapping[tuple[str, str], int]], overall: GradeCounts
) -> SelfAssessment:
    scale, counts = methodology.scale, by_measure[Measure.OWN]
    codes = scale.codes
    matrix = tuple(tuple(counts.get((own, inspectors), 0) for inspectors in codes) for own in codes)
    size = range(len(codes))
    inspectors = {code: sum(row[i] for row in matrix) for i, code in enumerate(codes)}
    areas, stages = by_one(by_measure[Measure.OWN_AREA]), by_one(by_measure[Measure.OWN_STAGE])
    return SelfAssessment(
        grades=codes,
        matrix=matrix,
        both=sum(map(sum, matrix)),
        same=sum(matrix[i][i] for i in size),
        kinder=sum(matrix[own][ours] for own in size for ours in size if own < ours),
        harsher=sum(matrix[own][ours] for own in size for ours in size if own > ours),
        own=grade_counts(scale, {code: sum(matrix[i]) for i, code in enumerate(codes)}),
        inspectors=grade_counts(scale, inspectors),
        inspectors_only=grade_counts(scale, {code: n - inspectors[code] for code, n in overall.counts}),
        all_graded=overall,
        compared=compared_of(scale, {f"{own}{BETWEEN}{ours}": n for (own, ours), n in counts.items()}),
        areas=tuple(
            AreaAgreement(area, compared_of(scale, areas[area.code]))
            for area in methodology.areas
            if area.code in areas
        ),
        stages=tuple(
            StageAgreement(stage, compared_of(scale, stages[stage.code]))
            for stage in methodology.stages
            if stage.code in stages
        ),
    )
