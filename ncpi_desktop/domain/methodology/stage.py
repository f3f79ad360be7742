"""A stage in which a case is judged, with the questions an inspector asks of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, in report order.

    `areas` limits the stage to cases of those areas; empty means all. `case_level` is False for a chapter that
    is not judged case by case (leadership). `optional` stages are often not applicable.
    """

    code: str
    label: str
    short: str
    criteria: tuple[str, ...] = ()
    areas: frozenset[str] = frozenset()
    optional: bool = False
    case_level: bool = True

    def applies_to(self, area: str) -> bool:
        """Return whether a case of `area` is judged at this stage."""
        return self.case_level and (not self.areas or area in self.areas)
