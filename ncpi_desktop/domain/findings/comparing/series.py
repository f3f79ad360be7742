"""Two or more inspections in order of time, and what changed between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ncpi_desktop.domain.casework.force import same_force
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.findings.comparing.between import ChangeBetween, change_between
from ncpi_desktop.domain.findings.comparing.differences import unfinished
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures
from ncpi_desktop.words import _

MOST_INSPECTIONS = 50
"""More are no series that anybody reads."""


@dataclass(frozen=True, slots=True)
class Series:
    """Inspections, the oldest first.

    `changes` has every pair that is told of, each once: one after the other in order of time, then from the first to the last, then each to
    the newest. `warnings` are of all of them, each once; `remarks` tell what the sources hold that could not be compared, and which
    audits are not graded to their end.
    """

    inspections: tuple[InspectionFigures, ...]
    changes: tuple[ChangeBetween, ...]
    warnings: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def newest(self) -> InspectionFigures:
        """The inspection that the others are held against."""
        return self.inspections[-1]

    @property
    def latest(self) -> ChangeBetween:
        """What changed from the inspection before the newest."""
        return self.between(len(self.inspections) - 2, len(self.inspections) - 1)

    @property
    def first_to_last(self) -> ChangeBetween:
        """What changed from the oldest to the newest."""
        return self.between(0, len(self.inspections) - 1)

    @property
    def consecutive(self) -> tuple[ChangeBetween, ...]:
        """What changed from each to the next, in order of time."""
        return tuple(self.between(place, place + 1) for place in range(len(self.inspections) - 1))

    @property
    def against_newest(self) -> tuple[ChangeBetween, ...]:
        """What changed from each of the others to the newest, in order of time."""
        return tuple(self.between(place, len(self.inspections) - 1) for place in range(len(self.inspections) - 1))

    def between(self, before: int, now: int) -> ChangeBetween:
        """Return what changed from the inspection at one place to that at another.

        Raises:
            KeyError: this pair is not told of.
        """
        pair = self.inspections[before], self.inspections[now]
        for change in self.changes:
            if change.before is pair[0] and change.now is pair[1]:
                return change
        raise KeyError((before, now))


def build_series(inspections: Sequence[InspectionFigures], remarks: Iterable[str] = ()) -> Series:
    """Return the comparison of `inspections`, given with the newest last wherever no day tells otherwise; `remarks` are the sources'.

    Raises:
        WrongUseError: they are fewer than two, or more than anybody could read.
        RefusedError: one of them is given twice.
    """
    if len(inspections) < 2:
        raise WrongUseError(
            _("A comparison needs two inspections."), todo=_("Add an audit file, a table of results or typed figures.")
        )
    if len(inspections) > MOST_INSPECTIONS:
        raise WrongUseError(
            _("{count} inspections are too many to compare: {most} at most.").format(
                count=len(inspections), most=MOST_INSPECTIONS
            ),
            todo=_("Leave some of them out."),
        )
    _refuse_twice(inspections)
    ordered = told_apart(in_order_of_time(inspections))
    last = len(ordered) - 1
    pairs = [(place, place + 1) for place in range(last)]
    pairs += [(place, last) for place in range(last - 1)]
    changes = tuple(change_between(ordered[before], ordered[now]) for before, now in pairs)
    warnings = dict.fromkeys(warning for change in changes for warning in change.warnings)
    far = [told for one in ordered for told in unfinished(one)]
    return Series(ordered, changes, tuple(warnings), (*remarks, *far))


def in_order_of_time(inspections: Sequence[InspectionFigures]) -> tuple[InspectionFigures, ...]:
    """Return the oldest first. The last one given is the newest where it has no day; any other without one goes to the front."""
    newest = inspections[-1] if inspections else None

    def day(one: InspectionFigures) -> date:
        return one.first_day or (date.max if one is newest else date.min)

    return tuple(sorted(inspections, key=day))


def told_apart(inspections: Sequence[InspectionFigures]) -> tuple[InspectionFigures, ...]:
    """Return `inspections` under labels that differ: with the force where they are of several, then with their source, then numbered."""
    forces = [one.force for one in inspections if one.force]
    found = list(inspections)
    if any(not same_force(force, forces[0]) for force in forces):
        found = [replace(one, label=_joined(one.force, one.label)) for one in found]
    for way in (lambda one, _n: one.source_name, lambda _one, n: str(n)):
        labels = [one.label for one in found]
        found = [
            replace(one, label=_("{label} ({which})").format(label=one.label, which=way(one, n)))
            if labels.count(one.label) > 1 and way(one, n)
            else one
            for n, one in enumerate(found, start=1)
        ]
    return tuple(found)


def _joined(force: str, label: str) -> str:
    return _("{force}: {label}").format(force=force, label=label) if force else label


def _refuse_twice(inspections: Iterable[InspectionFigures]) -> None:
    seen: dict[str, InspectionFigures] = {}
    for one in inspections:
        if not one.identity:
            continue
        if one.identity in seen:
            names = seen[one.identity].source_name, one.source_name
            raise RefusedError(
                _("“{one}” and “{other}” are the same audit: there is nothing to compare.").format(
                    one=names[0], other=names[1]
                ),
                safe=_("Nothing was changed."),
                todo=_("Choose the audit file of another inspection."),
            )
        seen[one.identity] = one
