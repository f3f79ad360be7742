"""The queue of cases as an inspector works through it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.words import _


class CaseState(StrEnum):
    """How far the first review of a case has come."""

    TO_DO = "to-do"
    IN_PROGRESS = "in-progress"
    PARKED = "parked"
    SUBMITTED = "submitted"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            CaseState.TO_DO: _("To do"),
            CaseState.IN_PROGRESS: _("In progress"),
            CaseState.PARKED: _("Parked"),
            CaseState.SUBMITTED: _("Submitted"),
        }[self]


OPEN_STATES = (CaseState.TO_DO, CaseState.IN_PROGRESS)
"""The states that *to do* means to an inspector; a parked case waits until it is taken up again."""


class WorklistRow(NamedTuple):
    """One line of the queue. `position` counts from 1 in queue order; `grade` is shown once submitted."""

    position: int
    case: CaseKey
    reference: str
    area: str
    entries: int
    state: CaseState
    grade: str | None
    not_sure: bool
    allocated_to: int | None


class QueueChoice(StrEnum):
    """The filters above the queue."""

    ALL = "all"
    TO_DO = "to-do"
    MINE = "mine"
    NOT_SURE = "not-sure"
    PARKED = "parked"
    SUBMITTED = "submitted"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which cases the queue shows; `person` is whose cases *mine* means."""

    choice: QueueChoice = QueueChoice.ALL
    person: int | None = None
