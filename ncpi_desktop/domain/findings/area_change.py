"""What changed area by area since an earlier inspection, corrected for asking about many areas at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ncpi_desktop.domain.casework.inspection import PreviousResults
from ncpi_desktop.domain.findings.comparison import (
    CHANCE_LEVEL,
    Change,
    PreviousShare,
    Verdict,
    change_since,
    previous_share,
)
from ncpi_desktop.domain.findings.findings import Findings, GradeCounts, grade_counts
from ncpi_desktop.domain.findings.statistics import holm
from ncpi_desktop.domain.methodology.area import Area
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.words import _


@dataclass(frozen=True, slots=True)
class AreaChange:
    """One area now and before. `change.p` and its verdict are Holm's, over all areas compared; no warnings of its own."""

    area: Area
    now: GradeCounts
    previous: PreviousShare
    change: Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """An audit against an earlier inspection: overall, and the areas that both graded. `warnings` are of both."""

    findings: Findings
    previous: PreviousShare
    change: Change
    areas: tuple[AreaChange, ...]
    warnings: tuple[str, ...]


def compared(findings: Findings, previous: PreviousResults, previous_scale: Scale) -> Comparison:
    """Compare `findings` with `previous`, whose counts are of grades on `previous_scale`."""
    overall, code = findings.overall, findings.methodology.code
    change = change_since(previous, findings.inspection, overall.good, overall.graded, code)
    before = {area: grade_counts(previous_scale, dict(counts)) for area, counts in previous.area_counts}
    found = []
    for area in findings.areas:
        then = before.get(area.area.code)
        if then is None or not then.graded or not area.grades.graded:
            continue
        of_area = replace(previous, good=then.good, total=then.graded, percent_good=None)
        change_of_area = change_since(of_area, findings.inspection, area.grades.good, area.grades.graded, code)
        found.append(AreaChange(area.area, area.grades, previous_share(of_area), replace(change_of_area, warnings=())))
    return Comparison(
        findings=findings,
        previous=previous_share(previous),
        change=change,
        areas=_corrected(found),
        warnings=(*change.warnings, *_area_warnings(findings, before)),
    )


def _corrected(areas: Iterable[AreaChange]) -> tuple[AreaChange, ...]:
    held = tuple(areas)
    corrected = []
    for area, p in zip(held, holm([area.change.p for area in held]), strict=True):
        verdict = area.change.verdict
        if p is not None:
            verdict = Verdict.UNLIKELY_CHANCE if p < CHANCE_LEVEL else Verdict.COULD_BE_CHANCE
        corrected.append(replace(area, change=replace(area.change, p=p, verdict=verdict)))
    return tuple(corrected)


def _area_warnings(findings: Findings, before: dict[str, GradeCounts]) -> tuple[str, ...]:
    """Say which areas only one of the two graded: the overall shares are then of different mixtures."""
    if not before:
        return ()
    then = {code for code, counts in before.items() if counts.graded}
    now = {area.area.code for area in findings.areas if area.grades.graded}
    labels = {area.code: area.label for area in findings.methodology.areas}
    found = []
    for codes, sentence in (
        (now - then, _("The areas differ: only this inspection graded {areas}.")),
        (then - now, _("The areas differ: only the previous inspection graded {areas}.")),
    ):
        if codes:
            found.append(sentence.format(areas=", ".join(sorted(labels.get(code, code) for code in codes))))
    return tuple(found)
