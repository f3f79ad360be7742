"""What changed between two inspections: overall, by grade, area, stage and reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ncpi_desktop.domain.casework.force import same_force
from ncpi_desktop.domain.findings.comparing.differences import differences, few_cases
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures, same_graders
from ncpi_desktop.domain.findings.comparing.share import counted_share
from ncpi_desktop.domain.findings.comparing.share_change import ShareChange, Subject, corrected, share_change


@dataclass(frozen=True, slots=True)
class ChangeBetween:
    """Two inspections, the earlier and the later, and what moved between them.

    `grades` has each grade that both scales have, best first; `areas` and `stages` those that both graded, in report order; `reasons` those
    that both could give and at least one gave, the largest change first. Areas, stages and reasons are corrected, each of the three by
    itself; the grades are views of one split, of which *good* is the overall question. `warnings` say why the two should not be
    compared plainly, `remarks` which areas and stages rest on few cases.
    """

    before: InspectionFigures
    now: InspectionFigures
    overall: ShareChange
    grades: tuple[ShareChange, ...]
    areas: tuple[ShareChange, ...]
    stages: tuple[ShareChange, ...]
    reasons: tuple[ShareChange, ...]
    warnings: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[ShareChange, ...]:
        """Every change in the order in which it is told: overall, grades, areas, stages, reasons."""
        return (self.overall, *self.grades, *self.areas, *self.stages, *self.reasons)


def change_between(before: InspectionFigures, now: InspectionFigures) -> ChangeBetween:
    """Return what changed from `before` to `now`."""
    same = are_same_cases(before, now)
    areas = corrected(_areas(before, now, same))
    stages = corrected(_stages(before, now, same))
    return ChangeBetween(
        before=before,
        now=now,
        overall=share_change(Subject.OVERALL, None, before.good, now.good, same_cases=same),
        grades=tuple(_grades(before, now, same)),
        areas=areas,
        stages=stages,
        reasons=corrected(sorted(_reasons(before, now, same), key=_largest_first)),
        warnings=differences(before, now, same_cases=same),
        remarks=few_cases(areas, stages),
    )


def are_same_cases(before: InspectionFigures, now: InspectionFigures) -> bool:
    """Whether both graded the same cases: one inspection whose cases two graded, such as the force and the inspectorate."""
    if same_graders(before.graded_by, now.graded_by):
        return False
    return same_force(before.force, now.force) and (before.first_day, before.chosen) == (now.first_day, now.chosen)


def _grades(before: InspectionFigures, now: InspectionFigures, same: bool) -> Iterator[ShareChange]:
    if before.grades is None or now.grades is None or now.scale is None:
        return
    then = dict(before.grades.counts)
    for code, count in now.grades.counts:
        if code in then and before.grades.graded and now.grades.graded:
            earlier, later = counted_share(then[code], before.grades.graded), counted_share(count, now.grades.graded)
            yield share_change(Subject.GRADE, now.scale[code], earlier, later, same_cases=same)


def _areas(before: InspectionFigures, now: InspectionFigures, same: bool) -> Iterator[ShareChange]:
    then = {found.area.code: found.good for found in before.areas}
    for found in now.areas:
        if found.area.code in then:
            yield share_change(Subject.AREA, found.area, then[found.area.code], found.good, same_cases=same)


def _stages(before: InspectionFigures, now: InspectionFigures, same: bool) -> Iterator[ShareChange]:
    then = {found.stage.code: found.good for found in before.stages}
    for found in now.stages:
        if found.stage.code in then:
            yield share_change(Subject.STAGE, found.stage, then[found.stage.code], found.good, same_cases=same)


def _reasons(before: InspectionFigures, now: InspectionFigures, same: bool) -> Iterator[ShareChange]:
    then = {found.reason.code: found.given for found in before.reasons}
    for found in now.reasons:
        earlier = then.get(found.reason.code)
        if earlier is not None and earlier.is_counted and found.given.is_counted and (earlier.part or found.given.part):
            yield share_change(Subject.REASON, found.reason, earlier, found.given, same_cases=same)


def _largest_first(change: ShareChange) -> float:
    before, now = change.before.exact, change.now.exact
    return -abs(float(now - before)) if before is not None and now is not None else 0.0
