"""What goes on around the cases: quality samples, recommendations."""

from __future__ import annotations

from dataclasses import dataclass

from ncpi_desktop.domain.casework.case import CaseKey


@dataclass(frozen=True, slots=True)
class QualitySample:
    """A sample drawn for re-review; the same seed and frame draw the same cases."""

    rules: str
    seed: int
    frame_size: int
    cases: tuple[CaseKey, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the force should do, by when, and how far it has come. `origin` is *previous* or *this* inspection."""

    number: int
    origin: str
    text: str
    particulars: str
    finding: str
    deadline: str
    status: str
    progress: str = ""
