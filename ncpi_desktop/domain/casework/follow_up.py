"""What goes on around the cases: quality samples, referrals back to the force, recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ncpi_desktop.domain.casework.case import CaseKey


@dataclass(frozen=True, slots=True)
class QualitySample:
    """A sample drawn for re-review; the same seed and frame draw the same cases."""

    rules: str
    seed: int
    frame_size: int
    cases: tuple[CaseKey, ...]


@dataclass(frozen=True, slots=True)
class Referral:
    """A case sent back to the force because a child may still be at risk; open until it is closed."""

    case: CaseKey
    raised_by: int | None
    raised_at: datetime
    risk: str
    told: str
    reference: str = ""
    acknowledged_at: datetime | None = None
    outcome: str = ""
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the force still owes an outcome."""
        return self.closed_at is None


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
