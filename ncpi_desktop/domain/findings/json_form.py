"""The findings as JSON: the names are published and stay.

Shares and intervals are fractions of one, unrounded (`{"low": 0.36, "high": 0.70}`; a difference lies between -1 and 1); `percent_good`
and `points` are the whole numbers that every output prints. What is not known is null. `grades` has every grade of the scale, by code.

`summary`: `force`, `kind`, `methodology`, `marking`, `sample`, `fieldwork` (`start`, `end`), `cases`, `states` (state to count),
`not_sure`, `graded`, `good`, `grades` (code to count), `percent_good`, `interval`, `areas` (list of `area`, `label`, `cases`, `grades`,
`graded`, `good`, `percent_good`, `interval`), `stages` (list of `stage`, `label`, `grades`, `graded`, `good`, `percent_good`, `interval`,
`not_applicable`), `reasons` (list of `code`, `stage`, `polarity`, `wording`, `cases`, `areas`: code to count), `previous` (`label`,
`good`, `total`, `percent_good`, `interval`), `change` (`points`, `interval`, `p`, `verdict`, `warnings`), `self_assessment` (`grades`,
`matrix`: a row to each own grade and a column to each of the inspectors', `both`, `same`, `kinder`: over-rated by the force, `harsher`:
under-rated, `own`, `inspectors`; `inspectors_only` and `all_graded`: the inspectors' grades of cases that the force did not grade, and of all;
`agreement`, `per_cent_same`, `kappa`, `ac2`, `steps` as in `quality_form`; `areas` (list of `area`, `label`) and `stages` (list of `stage`,
`label`), each entry with `compared`, `same`, `kinder`, `harsher`, `matrix`, `agreement`, `per_cent_same`, `kappa`, `ac2`, `steps`,
`applies_or_not`: cases in which the inspectors found the stage not applicable),
`quality` (see `quality_form`), `strategy_discussions` (see `partnership_form`), `referrals` (`raised`,
`open`, `acknowledged`, `closed`), `recommendations` (status to count),
`recommendation_list` (see `recommendation_form`), `findings` (see `finding_form`), `people` (list of `name`,
`allocated`, `submitted`, `open`, `parked`, `per_day`, `last_day`), `changes` (sequence of the last one), `seal`, `drawn_up_at`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ncpi_desktop.domain.casework.recommendation import Recommendation
from ncpi_desktop.domain.findings.comparison import Change, PreviousShare
from ncpi_desktop.domain.findings.finding_form import written_form
from ncpi_desktop.domain.findings.finding_text import plain_text
from ncpi_desktop.domain.findings.findings import Findings, GradeCounts, SelfAssessment
from ncpi_desktop.domain.findings.json_parts import RECOMMENDATION_STATUSES, Json, interval_form
from ncpi_desktop.domain.findings.partnership_form import partnership_form
from ncpi_desktop.domain.findings.quality import Compared
from ncpi_desktop.domain.findings.quality_form import agreement_form, quality_form
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
        "strategy_discussions": partnership_form(findings.partnership),
        "referrals": {
            "raised": len(findings.referrals),
            "open": findings.open_referrals,
            "acknowledged": findings.acknowledged_referrals,
            "closed": findings.closed_referrals,
        },
        "recommendations": _recommendations_form(findings.recommendations),
        "recommendation_list": recommendation_list(
            findings.recommendations, findings.as_of.date(), lambda text: plain_text(text, findings)
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
        "inspectors_only": grades_form(found.inspectors_only),
        "all_graded": grades_form(found.all_graded),
        **_agreement_form(found.compared),
        "areas": [
            {"area": one.area.code, "label": one.area.label, **_own_compared_form(one.compared)} for one in found.areas
        ],
        "stages": [
            {"stage": one.stage.code, "label": one.stage.label, **_own_compared_form(one.compared)}
            for one in found.stages
        ],
    }


def _own_compared_form(compared: Compared) -> Json:
    """Return one table of the force's grades (its rows) against the inspectors': where these were the harsher, the force was the kinder."""
    table = compared.table
    return {
        "compared": table.n,
        "same": table.same,
        "kinder": table.second_harsher,
        "harsher": table.second_kinder,
        "matrix": [list(row) for row in table.counts],
        **_agreement_form(compared),
        "applies_or_not": compared.applies_or_not,
    }


def _agreement_form(compared: Compared) -> Json:
    return {
        "agreement": agreement_form(compared.same),
        "per_cent_same": compared.table.per_cent_same,
        "kappa": agreement_form(compared.kappa),
        "ac2": agreement_form(compared.ac2),
        "steps": {str(steps): cases for steps, cases in compared.table.steps_apart},
    }


def _recommendations_form(recommendations: Iterable[Recommendation]) -> Json:
    counts = Counter(recommendation.status.value for recommendation in recommendations)
    return {**dict.fromkeys(RECOMMENDATION_STATUSES, 0), **counts}
