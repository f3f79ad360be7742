"""What goes on around the cases: quality samples."""

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
