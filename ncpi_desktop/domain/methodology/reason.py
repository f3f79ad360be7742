"""A reason why practice fell short or worked well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Polarity(StrEnum):
    """Whether a reason speaks against or for the practice seen."""

    WEAKNESS = "weakness"
    STRENGTH = "strength"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of the methodology's list; `stage` is a stage code."""

    code: str
    stage: str
    polarity: Polarity
    wording: str
    retired: bool = False

    @property
    def label(self) -> str:
        """The wording, under the name that look-ups share."""
        return self.wording
