"""The second reading in figures: how far it has come, how well readers agree, and what settling changed; all from kept counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.findings.tally import (
    ALIKE,
    BETWEEN,
    NOT_APPLICABLE,
    OVERALL,
    REASONS_ALIKE,
    Measure,
    area_scope,
    readers_of_scope,
    stage_scope,
)
from ncpi_desktop.domain.methodology.area import Area
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.domain.methodology.methodology import Methodology
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

Counts = Mapping[str, Mapping[tuple[str, str], int]]
"""The kept counts by measure, then by what they are of."""


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


def quality_of(methodology: Methodology, counts: Counts, people: Iterable[Person]) -> QualityFindings:
    """Return what the kept `counts` say of the second reading; `people` lend the readers their names and order."""
    scale = methodology.scale
    scopes = _scopes(counts[Measure.PAIR])
    seen, states = counts[Measure.SEEN], dict.fromkeys((state.value for state in SecondState), 0)
    for (state, _area), count in counts[Measure.SECOND].items():
        states[state] = states.get(state, 0) + count
    stages = ((stage, scopes.get(stage_scope(stage.code))) for stage in methodology.stages)
    areas = ((area, scopes.get(area_scope(area.code))) for area in methodology.areas)
    return QualityFindings(
        states=tuple((state, states[state.value]) for state in SecondState),
        overall=_compared(scale, scopes.get(OVERALL, {})),
        stages=tuple(StageAgreement(stage, _compared(scale, pairs)) for stage, pairs in stages if pairs),
        areas=tuple(AreaAgreement(area, _compared(scale, pairs)) for area, pairs in areas if pairs),
        readers=_readers(scale, scopes, tuple(people)),
        reasons=_reasons(methodology, counts[Measure.REASON_PAIR], scopes.get(REASONS_ALIKE, {})),
        seen=tuple((what, seen.get((what.value, ""), 0)) for what in Seen),
        settled_grades=SettledGrades(_table(scale, counts[Measure.SETTLED])),
    )


def _scopes(pairs: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (scope, pair), count in pairs.items():
        found.setdefault(scope, {})[pair] = count
    return found


def _compared(scale: Scale, pairs: Mapping[str, int]) -> Compared:
    grades: dict[tuple[str, str], int] = {}
    for pair, count in pairs.items():
        first, _between, second = pair.partition(BETWEEN)
        grades[first, second] = count
    apart = sum(count for (first, second), count in grades.items() if NOT_APPLICABLE in (first, second))
    return Compared(_table(scale, grades), apart)


def _table(scale: Scale, pairs: Mapping[tuple[str, str], int]) -> AgreementTable:
    """Return the table of `pairs`; whatever is no grade of the scale stands in no cell."""
    codes = scale.codes
    return AgreementTable(codes, tuple(tuple(pairs.get((row, column), 0) for column in codes) for row in codes))


def _readers(
    scale: Scale, scopes: Mapping[str, Mapping[str, int]], people: tuple[Person, ...]
) -> tuple[ReadersAgreement, ...]:
    places = {person.key: place for place, person in enumerate(people)}
    pairs = {readers: found for scope, found in scopes.items() if (readers := readers_of_scope(scope)) is not None}

    def order(readers: tuple[int, int]) -> tuple[int, int]:
        first, second = readers
        return places.get(first, len(people)), places.get(second, len(people))

    def named(key: int) -> Person | None:
        return people[places[key]] if key in places else None

    return tuple(
        ReadersAgreement(named(first), named(second), _compared(scale, pairs[first, second]))
        for first, second in sorted(pairs, key=order)
    )


def _reasons(
    methodology: Methodology, counts: Mapping[tuple[str, str], int], alike: Mapping[str, int]
) -> ReasonsCompared:
    given = {code for code, _by in counts}
    found = (
        ReasonAgreement(reason, *(counts.get((reason.code, by), 0) for by in ("both", "first", "second")))
        for reason in methodology.reasons
        if reason.code in given
    )
    return ReasonsCompared(sum(alike.values()), alike.get(ALIKE, 0), tuple(found))
