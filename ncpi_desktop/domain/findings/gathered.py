"""The reasons of the judgements that count, gathered by stage for whoever writes the findings."""

from __future__ import annotations

from dataclasses import dataclass

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.findings import Findings, ReasonFindings
from ncpi_desktop.domain.methodology.reason import Polarity
from ncpi_desktop.domain.methodology.stage import Stage
from ncpi_desktop.words import _


@dataclass(frozen=True, slots=True)
class GatheredStage:
    """One stage with the reasons that were given at it, most frequent first: what worked well, and what fell short."""

    stage: Stage
    strengths: tuple[ReasonFindings, ...]
    weaknesses: tuple[ReasonFindings, ...]


@dataclass(frozen=True, slots=True)
class GatheredPassage:
    """A passage cited for a reason: in which case, where in its record, and its words."""

    case: CaseKey
    reference: str
    day: int | None
    time: str
    heading: str
    passage: str

    @property
    def where(self) -> str:
        """Where it stands in the record, such as *Day 1, 00:50, Attendance*."""
        day = _("Day {day}").format(day=self.day) if self.day is not None else ""
        return ", ".join(part for part in (day, self.time, self.heading) if part)


def gathered_stages(findings: Findings) -> tuple[GatheredStage, ...]:
    """Return the stages at which reasons were given, in report order; the counts are those of the bundle."""
    found = []
    for stage in findings.methodology.stages:
        of_stage = [one for one in findings.reasons if one.reason.stage == stage.code and one.cases]
        if of_stage:
            strengths = tuple(one for one in of_stage if one.reason.polarity is Polarity.STRENGTH)
            weaknesses = tuple(one for one in of_stage if one.reason.polarity is Polarity.WEAKNESS)
            found.append(GatheredStage(stage, strengths, weaknesses))
    return tuple(found)
