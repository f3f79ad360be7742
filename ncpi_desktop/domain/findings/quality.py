"""The second reading in figures: how far it has come, how well readers agree, and what settling changed; all from kept counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.methodology.area import Area
from ncpi_desktop.domain.methodology.reason import Reason
from ncpi_desktop.domain.methodology.stage import Stage
from ncpi_desktop.domain.moderation.agreement import (
    Agreement,
    AgreementTable,
    gwet_ac2,
    quadratic_kappa,
    share_same,
)
from ncpi_desktop.domain.moderation.second_reading import UNSETTLED, SecondState, Seen


@dataclass(frozen=True)
class Compared:
    """Two readings of the same cases. The coefficients are reckoned when they are first asked for.

    `applies_or_not` counts the cases in which one reader alone found the stage not applicable; they are in no table and no coefficient.
    """

    table: AgreementTable
    applies_or_not: int = 0

    @cached_property
    def same(self) -> Agreement:
        """The share of cases with the same grade."""
        return share_same(self.table)

    @cached_property
    def kappa(self) -> Agreement:
        """Cohen's kappa with quadratic weights."""
        return quadratic_kappa(self.table)

    @cached_property
    def ac2(self) -> Agreement:
        """Gwet's AC2 with quadratic weights."""
        return gwet_ac2(self.table)


@dataclass(frozen=True, slots=True)
class StageAgreement:
    """How far readers agree on one stage."""

    stage: Stage
    compared: Compared


@dataclass(frozen=True, slots=True)
class AreaAgreement:
    """How far readers agree on the overall grades of one area."""

    area: Area
    compared: Compared


@dataclass(frozen=True, slots=True)
class ReadersAgreement:
    """How far two people agree on overall grades; None stands for someone the file does not name."""

    first: Person | None
    second: Person | None
    compared: Compared


@dataclass(frozen=True, slots=True)
class ReasonAgreement:
    """One reason, and in how many cases read twice it was given by both readers, by the first alone, by the second alone."""

    reason: Reason
    both: int
    first_only: int
    second_only: int


@dataclass(frozen=True, slots=True)
class ReasonsCompared:
    """The reasons of both readers, apart from all grades: in how many cases they are the same throughout, and each reason."""

    n: int
    same: int
    reasons: tuple[ReasonAgreement, ...]

    @property
    def differing(self) -> tuple[ReasonAgreement, ...]:
        """The reasons that one reader alone gave in some case, those in most cases first."""
        found = (reason for reason in self.reasons if reason.first_only + reason.second_only)
        return tuple(sorted(found, key=lambda reason: -reason.first_only - reason.second_only))


@dataclass(frozen=True)
class SettledGrades:
    """The overall grade handed in first (row) against the one settled in its place (column), over settled cases."""

    table: AgreementTable

    @property
    def settled(self) -> int:
        """How many cases count with a settled judgement."""
        return self.table.n

    @property
    def up(self) -> int:
        """How many grades settling changed for the better."""
        return self.table.second_kinder

    @property
    def down(self) -> int:
        """How many grades settling changed for the worse."""
        return self.table.second_harsher

    @property
    def changed(self) -> int:
        """How many grades settling changed."""
        return self.up + self.down


@dataclass(frozen=True, slots=True)
class QualityFindings:
    """The second reading: where the sampled cases stand now, and how far the original readings agree.

    `states` counts sampled cases only. Agreement is over every case that two people read, drawn or not, on both readings as they were first
    handed in: nothing later moves it, so `compared` may count cases that wait again because the first reading was reopened.
    """

    states: tuple[tuple[SecondState, int], ...]
    overall: Compared
    stages: tuple[StageAgreement, ...]
    areas: tuple[AreaAgreement, ...]
    readers: tuple[ReadersAgreement, ...]
    reasons: ReasonsCompared
    seen: tuple[tuple[Seen, int], ...]
    settled_grades: SettledGrades

    def state_count(self, state: SecondState) -> int:
        """Return how many sampled cases are in `state`."""
        return dict(self.states).get(state, 0)

    @property
    def sampled(self) -> int:
        """How many cases were drawn for a second reading."""
        return sum(count for _state, count in self.states)

    @property
    def read_twice(self) -> int:
        """How many sampled cases have both readings handed in now."""
        return sum(count for state, count in self.states if state.is_read_twice)

    @property
    def missing(self) -> int:
        """How many sampled cases lack one of the two readings now."""
        return self.sampled - self.read_twice

    @property
    def to_settle(self) -> int:
        """How many sampled cases wait to be settled, those with the team lead included."""
        return sum(self.state_count(state) for state in UNSETTLED)

    @property
    def with_lead(self) -> int:
        """How many of those to settle the two readers passed on to a team lead."""
        return self.state_count(SecondState.WITH_LEAD)

    @property
    def compared(self) -> int:
        """How many cases agreement is reckoned from."""
        return self.overall.table.n

    @property
    def same(self) -> int:
        """How many cases got the same overall grade twice."""
        return self.overall.table.same

    @property
    def agreement(self) -> Agreement:
        """The share of cases with the same overall grade."""
        return self.overall.same

    @property
    def not_blind(self) -> int:
        """In how many cases the second reader had seen something of the first reading before."""
        return sum(count for seen, count in self.seen if seen is not Seen.NOTHING)
