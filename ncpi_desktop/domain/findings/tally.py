"""What each case adds to the counts: the one definition behind every figure.

Counts are kept beside the cases and moved in the same transaction as a change; a full recount must always give the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Measure(StrEnum):
    """What is counted; *one* and *other* are what the count is of."""

    STATE = "state"  # state, area
    ALLOCATED = "allocated"  # person, state
    MARK = "mark"  # mark, ""
    GRADE = "grade"  # area, grade
    STAGE = "stage"  # stage, grade or not applicable
    REASON = "reason"  # reason, area
    OWN = "own"  # the force's own grade, the inspectors' grade
    OWN_AREA = "own-area"  # area, own grade>inspectors' grade
    OWN_STAGE = "own-stage"  # stage, own grade>inspectors' grade or not applicable
    PACE = "pace"  # who gave the first reading, day of submission
    SECOND = "second"  # how far the second reading of a sampled case has come, area
    PAIR = "pair"  # scope (see `pair_scopes`), first grade>second grade
    REASON_PAIR = "reason-pair"  # reason, whether given in both readings, the first only or the second only
    SEEN = "seen"  # what the second reader had seen before, ""
    SETTLED = "settled"  # submitted grade, settled grade
    STRATEGY = "strategy"  # discussions: an aspect and its answer (see `strategy`), area
    STRATEGY_CASES = "strategy-cases"  # cases with at least one such discussion: the same, area
    AGENCY = "strategy-agency"  # agency as it is spelt, how it took part:area


NOT_APPLICABLE = "not-applicable"
"""How a stage that does not apply stands in tables and counts."""


class TallyKey(NamedTuple):
    """What one count is of."""

    measure: str
    one: str
    other: str


Tallies = Mapping[TallyKey, int]

OVERALL = "overall"
REASONS_ALIKE = "reasons"
"""The scope of a pair that says whether the reasons were the same (`alike`) or not (`differ`), apart from all grades."""
ALIKE, DIFFER = "alike", "differ"
BETWEEN = ">"
"""Stands between the two grades of a pair; no code has it."""
_READERS = "readers:"


@dataclass(frozen=True, slots=True)
class FinalJudgement:
    """The judgement that counts: settled, else submitted. `stages` holds (stage, grade).

    `reviewer` and `day` (a UTC date) are who gave the first reading and when, whoever settled it; `submitted_grade` is the grade handed in
    where a settled one stands in its place, else None.
    """

    grade: str
    stages: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    reviewer: int | None = None
    day: str = ""
    submitted_grade: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the two readings that are compared, as it was first handed in."""

    grade: str
    stages: tuple[tuple[str, str], ...] = ()
    reasons: frozenset[str] = frozenset()
    reader: int | None = None


@dataclass(frozen=True, slots=True)
class ReadTwice:
    """Two readings of one case as they were before anybody talked: what agreement is reckoned from, and never moved by what came after.

    `second` is the second reading as first handed in, `first` the first reading that stood when it was begun. `seen` is what the second reader had
    seen of it before.
    """

    first: Reading
    second: Reading
    seen: str = "nothing"


@dataclass(frozen=True, slots=True)
class SecondOutcome:
    """The second reading of a case as the counts see it: `state` counts where the case is `sampled`, `pair` wherever it was read twice."""

    state: str
    sampled: bool = True
    pair: ReadTwice | None = None


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """A case as the counts see it. `own_stages` holds (stage, grade) as the force graded its own work."""

    area: str
    state: str
    not_sure: bool = False
    allocated_to: int | None = None
    own_grade: str | None = None
    final: FinalJudgement | None = None
    second: SecondOutcome | None = None
    own_stages: tuple[tuple[str, str], ...] = ()


def contributions(outcome: CaseOutcome) -> Iterator[TallyKey]:
    """Yield every count that `outcome` adds one to."""
    yield TallyKey(Measure.STATE, outcome.state, outcome.area)
    if outcome.allocated_to is not None:
        yield TallyKey(Measure.ALLOCATED, str(outcome.allocated_to), outcome.state)
    if outcome.not_sure:
        yield TallyKey(Measure.MARK, "not-sure", "")
    if outcome.final is not None:
        yield from _of_judgement(outcome, outcome.final)
    if outcome.second is not None:
        if outcome.second.sampled:
            yield TallyKey(Measure.SECOND, outcome.second.state, outcome.area)
        if outcome.second.pair is not None:
            yield from pair_contributions(outcome.area, outcome.second.pair)


def pair_scopes(area: str, pair: ReadTwice) -> tuple[str, ...]:
    """Return what the overall grades of a pair count for: all cases, the area, the two readers (their keys, first reader first)."""
    readers = (pair.first.reader or 0, pair.second.reader or 0)
    return (OVERALL, area_scope(area), f"{_READERS}{readers[0]}:{readers[1]}")


def readers_of_scope(scope: str) -> tuple[int, int] | None:
    """Return the two readers whose grades a scope is of, the first reader first, 0 for one who is not known; None where it is another."""
    if not scope.startswith(_READERS):
        return None
    first, second = scope.removeprefix(_READERS).split(":")
    return int(first), int(second)


def area_scope(area: str) -> str:
    """Return the scope of the overall grades of an area."""
    return f"area:{area}"


def stage_scope(stage: str) -> str:
    """Return the scope of a stage's grades."""
    return f"stage:{stage}"


def _of_judgement(outcome: CaseOutcome, final: FinalJudgement) -> Iterator[TallyKey]:
    yield TallyKey(Measure.GRADE, outcome.area, final.grade)
    for stage, grade in final.stages:
        yield TallyKey(Measure.STAGE, stage, grade)
    for reason in final.reasons:
        yield TallyKey(Measure.REASON, reason, outcome.area)
    if outcome.own_grade is not None:
        yield TallyKey(Measure.OWN, outcome.own_grade, final.grade)
        yield TallyKey(Measure.OWN_AREA, outcome.area, f"{outcome.own_grade}{BETWEEN}{final.grade}")
    ours = dict(final.stages)
    for stage, grade in outcome.own_stages:
        if stage in ours:
            yield TallyKey(Measure.OWN_STAGE, stage, f"{grade}{BETWEEN}{ours[stage]}")
    if final.reviewer is not None:
        yield TallyKey(Measure.PACE, str(final.reviewer), final.day)
    if final.submitted_grade is not None:
        yield TallyKey(Measure.SETTLED, final.submitted_grade, final.grade)


def pair_contributions(area: str, pair: ReadTwice) -> Iterator[TallyKey]:
    """Yield what two readings of a case of `area` add; a stage that neither found applicable is no agreement and adds nothing."""
    first, second = pair.first, pair.second
    for scope in pair_scopes(area, pair):
        yield TallyKey(Measure.PAIR, scope, f"{first.grade}{BETWEEN}{second.grade}")
    ones, others = dict(first.stages), dict(second.stages)
    for stage in sorted(ones.keys() | others.keys()):
        one, other = ones.get(stage, NOT_APPLICABLE), others.get(stage, NOT_APPLICABLE)
        if one != NOT_APPLICABLE or other != NOT_APPLICABLE:
            yield TallyKey(Measure.PAIR, stage_scope(stage), f"{one}{BETWEEN}{other}")
    yield TallyKey(Measure.PAIR, REASONS_ALIKE, ALIKE if first.reasons == second.reasons else DIFFER)
    for reason in sorted(first.reasons | second.reasons):
        both = reason in first.reasons and reason in second.reasons
        yield TallyKey(
            Measure.REASON_PAIR, reason, "both" if both else "first" if reason in first.reasons else "second"
        )
    yield TallyKey(Measure.SEEN, pair.seen, "")


def moved(before: CaseOutcome, after: CaseOutcome) -> dict[TallyKey, int]:
    """Return by how much each count moves when a case goes from `before` to `after`; only those that move."""
    difference: dict[TallyKey, int] = {}
    for key in contributions(after):
        difference[key] = difference.get(key, 0) + 1
    for key in contributions(before):
        difference[key] = difference.get(key, 0) - 1
    return {key: by for key, by in difference.items() if by}
