"""The findings and the comparison as JSON: the names are published and stay.

Shares and intervals are fractions of one, unrounded (`{"low": 0.36, "high": 0.70}`; a difference lies between -1 and 1); `percent_good`
and `points` are the whole numbers that every output prints. What is not known is null. `grades` has every grade of the scale, by code.

`summary`: `force`, `kind`, `methodology`, `marking`, `sample`, `fieldwork` (`start`, `end`), `cases`, `states` (state to count),
`not_sure`, `graded`, `good`, `grades` (code to count), `percent_good`, `interval`, `areas` (list of `area`, `label`, `cases`, `grades`,
`graded`, `good`, `percent_good`, `interval`), `stages` (list of `stage`, `label`, `grades`, `graded`, `good`, `percent_good`, `interval`,
`not_applicable`), `reasons` (list of `code`, `stage`, `polarity`, `wording`, `cases`, `areas`: code to count), `previous` (`label`,
`good`, `total`, `percent_good`, `interval`), `change` (`points`, `interval`, `p`, `verdict`, `warnings`), `self_assessment` (`grades`,
`matrix`: a row to each own grade and a column to each of the inspectors', `both`, `same`, `kinder`, `harsher`, `own`, `inspectors`),
`quality` (see `quality_form`), `referrals` (`raised`, `open`), `recommendations` (status to count), `recommendation_list` (see
`recommendation_form`), `findings` (see `finding_form`), `people` (list of `name`, `allocated`, `submitted`, `open`, `parked`, `per_day`,
`last_day`), `changes` (sequence of the last one), `seal`, `drawn_up_at`.

`compare`: `force`, `now` (`graded`, `good`, `grades`, `percent_good`, `interval`), `previous`, `change`, `areas` (list of `area`,
`label`, `now`, `previous`, `change`; there `p` is Holm's), `warnings`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ncpi_desktop.domain.casework.recommendation import Recommendation
from ncpi_desktop.domain.findings.area_change import Comparison
from ncpi_desktop.domain.findings.comparison import Change, PreviousShare
from ncpi_desktop.domain.findings.finding_form import written_form
from ncpi_desktop.domain.findings.finding_text import plain_text
from ncpi_desktop.domain.findings.findings import Findings, GradeCounts, SelfAssessment
from ncpi_desktop.domain.findings.json_parts import RECOMMENDATION_STATUSES, Json, interval_form
from ncpi_desktop.domain.findings.quality_form import quality_form
from ncpi_desktop.domain.findings.recommendation_form import recommendation_list


def findings_form(findings: Findings) -> Json:
    """Return every figure of the findings, under the published names."""
    inspection = findings.inspection
    return {
        "force": inspection.force,
        "kind": inspection.kind.code,
        "methodology": findings.methodology.code,
        "marking": inspection.marking.value,
        "sample": inspection.is_sample,
        "fieldwork": {
            "start": inspection.fieldwork_start.isoformat() if inspection.fieldwork_start else None,
            "end": inspection.fieldwork_end.isoformat() if inspection.fieldwork_end else None,
        },
        "cases": findings.cases,
        "states": {state.value: count for state, count in findings.states},
        "not_sure": findings.not_sure,
        **grades_form(findings.overall),
        "areas": [
            {
                "area": found.area.code,
                "label": found.area.label,
                "cases": found.cases,
                **grades_form(found.grades),
            }
            for found in findings.areas
        ],
        "stages": [
            {
                "stage": found.stage.code,
                "label": found.stage.label,
                **grades_form(found.grades),
                "not_applicable": found.not_applicable,
            }
            for found in findings.stages
        ],
        "reasons": [
            {
                "code": found.reason.code,
                "stage": found.reason.stage,
                "polarity": found.reason.polarity.value,
                "wording": found.reason.wording,
                "cases": found.cases,
                "areas": dict(found.areas),
            }
            for found in findings.reasons
        ],
        "previous": previous_form(findings.previous) if findings.previous else None,
        "change": change_form(findings.change) if findings.change else None,
        "self_assessment": _self_assessment_form(findings.self_assessment),
        "quality": quality_form(findings.quality),
        "referrals": {"raised": len(findings.referrals), "open": findings.open_referrals},
        "recommendations": _recommendations_form(findings.recommendations),
        "recommendation_list": recommendation_list(
            findings.recommendations, findings.provenance.drawn_up_at.date(), lambda text: plain_text(text, findings)
        ),
        "findings": written_form(findings),
        "people": [
            {
                "name": found.person.name,
                "allocated": found.allocated,
                "submitted": found.submitted,
                "open": found.open,
                "parked": found.parked,
                "per_day": found.per_day,
                "last_day": found.last_day.isoformat() if found.last_day else None,
            }
            for found in findings.people
        ],
        "changes": findings.provenance.sequence,
        "seal": findings.provenance.seal,
        "drawn_up_at": findings.provenance.drawn_up_at.isoformat(timespec="seconds"),
    }


def comparison_form(comparison: Comparison) -> Json:
    """Return a comparison with an earlier inspection, under the published names."""
    return {
        "force": comparison.findings.inspection.force,
        "now": grades_form(comparison.findings.overall),
        "previous": previous_form(comparison.previous),
        "change": change_form(comparison.change),
        "areas": [
            {
                "area": found.area.code,
                "label": found.area.label,
                "now": grades_form(found.now),
                "previous": previous_form(found.previous),
                "change": change_form(found.change),
            }
            for found in comparison.areas
        ],
        "warnings": list(comparison.warnings),
    }


def grades_form(grades: GradeCounts) -> Json:
    """Return counts by grade with n, per cent good and its interval."""
    return {
        "graded": grades.graded,
        "good": grades.good,
        "grades": dict(grades.counts),
        "percent_good": grades.percent_good,
        "interval": interval_form(grades.interval),
    }


def previous_form(previous: PreviousShare) -> Json:
    """Return the share graded good before."""
    return {
        "label": previous.label,
        "good": previous.good,
        "total": previous.total,
        "percent_good": previous.percent_good,
        "interval": interval_form(previous.interval),
    }


def change_form(change: Change) -> Json:
    """Return a change and what chance could do."""
    return {
        "points": change.points,
        "interval": interval_form(change.interval),
        "p": change.p,
        "verdict": change.verdict.value,
        "warnings": list(change.warnings),
    }


def _self_assessment_form(found: SelfAssessment) -> Json:
    return {
        "grades": list(found.grades),
        "matrix": [list(row) for row in found.matrix],
        "both": found.both,
        "same": found.same,
        "kinder": found.kinder,
        "harsher": found.harsher,
        "own": grades_form(found.own),
        "inspectors": grades_form(found.inspectors),
    }


def _recommendations_form(recommendations: Iterable[Recommendation]) -> Json:
    counts = Counter(recommendation.status.value for recommendation in recommendations)
    return {**dict.fromkeys(RECOMMENDATION_STATUSES, 0), **counts}
