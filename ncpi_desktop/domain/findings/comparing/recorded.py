"""Earlier inspections as an audit records them, and as a comparison reads them: the two forms of the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ncpi_desktop.domain.casework.inspection import CaseChoice, PreviousResults
from ncpi_desktop.domain.findings.comparing.figures import (
    AreaFigures,
    FiguresSource,
    InspectionFigures,
    ReasonFigures,
    StageFigures,
    chosen_words,
    share_good,
)
from ncpi_desktop.domain.findings.comparing.share import Share, counted_share, published_share
from ncpi_desktop.domain.findings.findings import GradeCounts, grade_counts
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.methodology.methodology import Methodology


def figures_of_previous(previous: PreviousResults, methodology: Methodology) -> InspectionFigures:
    """Return recorded results as figures to compare; their grades, areas, stages and reasons are named by `methodology`."""
    scale = methodology.scale
    grades = grade_counts(scale, dict(previous.counts)) if previous.counts else None
    graded = grades.graded if grades is not None else (previous.total or 0)
    codes = {code for code, _n in previous.reason_counts}
    return InspectionFigures(
        label=previous.label,
        source=FiguresSource.AUDIT_FILE if previous.inspection_identity else FiguresSource.TYPED,
        good=_share_of(previous, grades),
        identity=previous.inspection_identity,
        force=previous.force,
        kind=previous.kind,
        methodology=previous.methodology or "",
        scale=scale,
        first_day=previous.fieldwork_start or previous.published_on,
        chosen=chosen_words(previous.case_choice),
        grades=grades,
        areas=tuple(
            AreaFigures(methodology.area_by_code[code], share_good(counts), counts)
            for code, counts in _counted(methodology, previous.area_counts)
            if code in methodology.area_by_code
        ),
        stages=tuple(
            StageFigures(methodology.stage_by_code[code], share_good(counts), counts, dict(told).get(NOT_APPLICABLE, 0))
            for (code, counts), (_code, told) in zip(
                _counted(methodology, previous.stage_counts), previous.stage_counts, strict=True
            )
            if code in methodology.stage_by_code and counts.graded
        ),
        reasons=tuple(
            ReasonFigures(reason, counted_share(dict(previous.reason_counts).get(reason.code, 0), graded))
            for reason in methodology.reasons
            if codes and (reason.code in codes or not reason.retired)
        ),
    )


def previous_of_figures(figures: InspectionFigures, identity: str, choice: CaseChoice) -> PreviousResults:
    """Return figures as an audit records them, under a new `identity`."""
    counted = figures.good.is_counted
    return PreviousResults(
        identity=identity,
        label=figures.label,
        kind=figures.kind,
        methodology=figures.methodology or None,
        counts=figures.grades.counts if figures.grades is not None else (),
        area_counts=tuple((one.area.code, one.grades.counts) for one in figures.areas if one.grades is not None),
        good=figures.good.part if counted else None,
        total=figures.good.whole if counted else None,
        percent_good=None if counted else figures.good.percent,
        stage_counts=tuple(
            (
                one.stage.code,
                (*one.grades.counts, *(((NOT_APPLICABLE, one.not_applicable),) if one.not_applicable else ())),
            )
            for one in figures.stages
        ),
        reason_counts=tuple((one.reason.code, one.given.part) for one in figures.reasons if one.given.part),
        force=figures.force,
        inspection_identity=figures.identity,
        case_choice=choice,
        fieldwork_start=figures.first_day,
    )


def _share_of(previous: PreviousResults, grades: GradeCounts | None) -> Share:
    if previous.good is not None and previous.total:
        return counted_share(previous.good, previous.total)
    if grades is not None and grades.graded:
        return share_good(grades)
    return published_share(previous.percent_good, previous.total)


def _counted(
    methodology: Methodology, told: Iterable[tuple[str, tuple[tuple[str, int], ...]]]
) -> Iterable[tuple[str, GradeCounts]]:
    for code, counts in told:
        of_scale: Mapping[str, int] = {grade: n for grade, n in counts if grade in methodology.scale}
        yield code, grade_counts(methodology.scale, of_scale)
