"""A methodology: everything that decides how cases are judged and reported."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ncpi_desktop.domain.methodology.area import Area
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.domain.methodology.lookup import find_by_code_or_label
from ncpi_desktop.domain.methodology.reason import Reason
from ncpi_desktop.domain.methodology.stage import Stage


@dataclass(frozen=True)
class Methodology:
    """One version of the yardstick. It is copied into an audit file when that is created, so an old file keeps its own."""

    code: str
    title: str
    year: int
    note: str
    scale: Scale
    areas: tuple[Area, ...]
    stages: tuple[Stage, ...]
    reasons: tuple[Reason, ...]
    report_sections: tuple[str, ...]

    @cached_property
    def area_by_code(self) -> dict[str, Area]:
        """The areas by code."""
        return {area.code: area for area in self.areas}

    @cached_property
    def stage_by_code(self) -> dict[str, Stage]:
        """The stages by code."""
        return {stage.code: stage for stage in self.stages}

    @cached_property
    def reason_by_code(self) -> dict[str, Reason]:
        """The reasons by code."""
        return {reason.code: reason for reason in self.reasons}

    @cached_property
    def _stages_by_area(self) -> dict[str, tuple[Stage, ...]]:
        return {area.code: tuple(stage for stage in self.stages if stage.applies_to(area.code)) for area in self.areas}

    def stages_for(self, area: str) -> tuple[Stage, ...]:
        """Return the stages at which a case of `area` is judged, in report order."""
        return self._stages_by_area[area]

    def find_area(self, text: str) -> Area | None:
        """Return the area that `text` names by code or label."""
        return find_by_code_or_label(self.areas, text)

    def find_stage(self, text: str) -> Stage | None:
        """Return the stage that `text` names by code or label."""
        return find_by_code_or_label(self.stages, text)

    def find_reason(self, text: str) -> Reason | None:
        """Return the reason that `text` names by code or wording."""
        return find_by_code_or_label(self.reasons, text)
