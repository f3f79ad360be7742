"""A comparison as JSON: the names are published and stay.

Shares and intervals are fractions of one, unrounded; `percent` and `points` are the whole numbers that every output prints. What is not known
is null.

`compare`: `force`, `now`, `previous`, `change` and `areas` are of the newest inspection and the one before it: `now` (`graded`, `good`,
`grades`, `percent_good`, `interval`), `previous` (`label`, `good`, `total`, `percent_good`, `interval`), `change` (`points`, `interval`,
`p`, `verdict`, `warnings`, `raw_p`), `areas` (list of `area`, `label`, `now`, `previous`, `change`; there `p` is Holm's and `raw_p` each by
itself); `warnings` are of all inspections. Then `grades`, `stages` and `reasons` (lists of changes of the same two), `inspections` (the oldest
first: `label`, `source`, `source_name`, `force`, `kind`, `methodology`, `first_day`, `last_day`, `chosen`, `graded_by`, `cases`, `good`,
`grades`, `areas`, `stages`, `reasons`, `changes`, `seal`) and `series` (list of `before` and `now`: places in `inspections`; `overall`,
`grades`, `areas`, `stages`, `reasons`, `warnings`, `remarks`); `remarks` tell what the sources hold that could
not be compared, and which audits are not graded to their end.

A change is `code`, `label`, `before` and `now` (shares: `part`, `whole`, `percent`, `interval`), `points`, `interval`, `p` (by itself),
`corrected_p` (Holm's), `asked_together`, `verdict`, `few_cases`, `sentence`.
"""

from __future__ import annotations

from ncpi_desktop.domain.findings.comparing.between import ChangeBetween
from ncpi_desktop.domain.findings.comparing.change_words import change_sentence_of
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures
from ncpi_desktop.domain.findings.comparing.series import Series
from ncpi_desktop.domain.findings.comparing.share import Share
from ncpi_desktop.domain.findings.comparing.share_change import ShareChange
from ncpi_desktop.domain.findings.findings import GradeCounts
from ncpi_desktop.domain.findings.json_parts import Json, interval_form


def series_form(series: Series) -> Json:
    """Return a comparison of two or more inspections, under the published names."""
    latest, newest = series.latest, series.newest
    places = {id(one): place for place, one in enumerate(series.inspections)}
    now_grades = {found.area.code: (found.good, found.grades) for found in newest.areas}
    return {
        "force": newest.force,
        "now": _now_form(newest.good, newest.grades),
        "previous": _previous_form(latest.before.label, latest.before.good),
        "change": _change_form(latest.overall, latest.warnings),
        "areas": [
            {
                "area": change.code,
                "label": change.label,
                "now": _now_form(*now_grades[change.code]),
                "previous": _previous_form(latest.before.label, change.before),
                "change": _change_form(change, ()),
            }
            for change in latest.areas
        ],
        "warnings": list(series.warnings),
        "grades": [share_change_form(change) for change in latest.grades],
        "stages": [share_change_form(change) for change in latest.stages],
        "reasons": [share_change_form(change) for change in latest.reasons],
        "inspections": [_inspection_form(one) for one in series.inspections],
        "series": [_between_form(change, places) for change in series.changes],
        "remarks": list(series.remarks),
    }


def share_change_form(change: ShareChange) -> Json:
    """Return one change with its sentence."""
    return {
        "code": change.code,
        "label": change.label,
        "before": share_form(change.before),
        "now": share_form(change.now),
        "points": change.points,
        "interval": interval_form(change.interval),
        "p": change.p,
        "corrected_p": change.corrected_p,
        "asked_together": change.asked_together,
        "verdict": change.verdict.value,
        "few_cases": change.rests_on_few,
        "sentence": change_sentence_of(change),
    }


def share_form(share: Share) -> Json:
    """Return a share as far as it is known."""
    return {
        "part": share.part,
        "whole": share.whole,
        "percent": share.percent,
        "interval": interval_form(share.interval),
    }


def _between_form(change: ChangeBetween, places: dict[int, int]) -> Json:
    return {
        "before": places[id(change.before)],
        "now": places[id(change.now)],
        "overall": share_change_form(change.overall),
        "grades": [share_change_form(found) for found in change.grades],
        "areas": [share_change_form(found) for found in change.areas],
        "stages": [share_change_form(found) for found in change.stages],
        "reasons": [share_change_form(found) for found in change.reasons],
        "warnings": list(change.warnings),
        "remarks": list(change.remarks),
    }


def _inspection_form(one: InspectionFigures) -> Json:
    return {
        "label": one.label,
        "source": one.source.value,
        "source_name": one.source_name,
        "force": one.force,
        "kind": one.kind.code if one.kind is not None else None,
        "methodology": one.methodology or None,
        "first_day": one.first_day.isoformat() if one.first_day else None,
        "last_day": one.last_day.isoformat() if one.last_day else None,
        "chosen": one.chosen or None,
        "graded_by": one.graded_by or None,
        "cases": one.cases,
        "good": share_form(one.good),
        "grades": _grades_form(one.grades),
        "areas": [
            {
                "area": found.area.code,
                "label": found.area.label,
                "good": share_form(found.good),
                "grades": _grades_form(found.grades),
            }
            for found in one.areas
        ],
        "stages": [
            {
                "stage": found.stage.code,
                "label": found.stage.label,
                "good": share_form(found.good),
                "grades": _grades_form(found.grades),
                "not_applicable": found.not_applicable,
            }
            for found in one.stages
        ],
        "reasons": [
            {
                "code": found.reason.code,
                "polarity": found.reason.polarity.value,
                "wording": found.reason.wording,
                "given": share_form(found.given),
            }
            for found in one.reasons
            if found.given.part
        ],
        "changes": one.provenance.sequence if one.provenance is not None else None,
        "seal": one.provenance.seal if one.provenance is not None else None,
    }


def _now_form(good: Share, grades: GradeCounts | None) -> Json:
    return {
        "graded": good.whole,
        "good": good.part,
        "grades": _grades_form(grades),
        "percent_good": good.percent,
        "interval": interval_form(good.interval),
    }


def _previous_form(label: str, good: Share) -> Json:
    return {
        "label": label,
        "good": good.part,
        "total": good.whole,
        "percent_good": good.percent,
        "interval": interval_form(good.interval),
    }


def _change_form(change: ShareChange, warnings: tuple[str, ...]) -> Json:
    return {
        "points": change.points,
        "interval": interval_form(change.interval),
        "p": change.corrected_p,
        "verdict": change.verdict.value,
        "warnings": list(warnings),
        "raw_p": change.p,
    }


def _grades_form(grades: GradeCounts | None) -> Json | None:
    return None if grades is None else dict(grades.counts)
