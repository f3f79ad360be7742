"""An anonymised case as it was brought in: its children and the dated entries of its record."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from ncpi_desktop.words import _

CaseKey = NewType("CaseKey", int)
"""The row of a case in this file; its identity is what copies of the file share."""


class EntryKind(StrEnum):
    """What an entry of a record is about."""

    CONTACT = "contact"
    ATTENDANCE = "attendance"
    RISK_ASSESSMENT = "risk-assessment"
    INFORMATION_SHARING = "information-sharing"
    STRATEGY_DISCUSSION = "strategy-discussion"
    INVESTIGATION = "investigation"
    INTERVIEW = "interview"
    SUPERVISION = "supervision"
    DECISION = "decision"
    VISIT = "visit"
    CUSTODY = "custody"
    CLOSURE = "closure"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            EntryKind.CONTACT: _("Contact"),
            EntryKind.ATTENDANCE: _("Attendance"),
            EntryKind.RISK_ASSESSMENT: _("Risk assessment"),
            EntryKind.INFORMATION_SHARING: _("Information sharing"),
            EntryKind.STRATEGY_DISCUSSION: _("Strategy discussion"),
            EntryKind.INVESTIGATION: _("Investigation"),
            EntryKind.INTERVIEW: _("Interview"),
            EntryKind.SUPERVISION: _("Supervision"),
            EntryKind.DECISION: _("Decision"),
            EntryKind.VISIT: _("Visit"),
            EntryKind.CUSTODY: _("Custody"),
            EntryKind.CLOSURE: _("Closure"),
            EntryKind.OTHER: _("Other"),
        }[self]

    @property
    def code(self) -> str:
        """The code that files use."""
        return self.value


@dataclass(frozen=True, slots=True)
class Child:
    """A child by pseudonym; age in whole years, None where not recorded."""

    pseudonym: str
    age: int | None = None

    @property
    def words(self) -> str:
        """Pseudonym and age, such as *Child A (6)*."""
        return self.pseudonym if self.age is None else f"{self.pseudonym} ({self.age})"


@dataclass(frozen=True, slots=True)
class StrategyDiscussion:
    """How a strategy discussion with partners was held and recorded; None where the record does not say."""

    invited: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    in_time: bool | None = None
    rationale_recorded: bool | None = None
    actions_recorded: bool | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The agencies invited that did not take part."""
        return tuple(agency for agency in self.invited if agency not in self.present)


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated entry of a record. `day` counts from the first report (Day 0); `time` is HH:MM or empty."""

    key: int
    identity: str
    day: int | None
    time: str
    kind: EntryKind
    heading: str
    text: str
    strategy: StrategyDiscussion | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case with its whole record, entries in order."""

    key: CaseKey
    identity: str
    reference: str
    area: str
    tags: tuple[str, ...] = ()
    children: tuple[Child, ...] = ()
    entries: tuple[Entry, ...] = field(default=())
    allocated_to: int | None = None

    @property
    def record_length(self) -> int | None:
        """Days from the first to the last dated entry; None where no entry has a day."""
        days = [entry.day for entry in self.entries if entry.day is not None]
        return max(days) - min(days) if days else None
