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
    PACE = "pace"  # reviewer, day of submission


NOT_APPLICABLE = "not-applicable"
"""How a stage that does not apply stands in tables and counts."""


class TallyKey(NamedTuple):
    """What one count is of."""

    measure: str
    one: str
    other: str


Tallies = Mapping[TallyKey, int]


@dataclass(frozen=True, slots=True)
class FinalJudgement:
    """The judgement that counts: settled, else submitted. `day` is the UTC date of submission, `stages` holds (stage, grade)."""

    grade: str
    stages: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    reviewer: int | None = None
    day: str = ""


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """A case as the counts see it."""

    area: str
    state: str
    not_sure: bool = False
    allocated_to: int | None = None
    own_grade: str | None = None
    final: FinalJudgement | None = None


def contributions(outcome: CaseOutcome) -> Iterator[TallyKey]:
    """Yield every count that `outcome` adds one to."""
    yield TallyKey(Measure.STATE, outcome.state, outcome.area)
    if outcome.allocated_to is not None:
        yield TallyKey(Measure.ALLOCATED, str(outcome.allocated_to), outcome.state)
    if outcome.not_sure:
        yield TallyKey(Measure.MARK, "not-sure", "")
    if outcome.final is None:
        return
    final = outcome.final
    yield TallyKey(Measure.GRADE, outcome.area, final.grade)
    for stage, grade in final.stages:
        yield TallyKey(Measure.STAGE, stage, grade)
    for reason in final.reasons:
        yield TallyKey(Measure.REASON, reason, outcome.area)
    if outcome.own_grade is not None:
        yield TallyKey(Measure.OWN, outcome.own_grade, final.grade)
    if final.reviewer is not None:
        yield TallyKey(Measure.PACE, str(final.reviewer), final.day)


def moved(before: CaseOutcome, after: CaseOutcome) -> dict[TallyKey, int]:
    """Return by how much each count moves when a case goes from `before` to `after`; only those that move."""
    difference: dict[TallyKey, int] = {}
    for key in contributions(after):
        difference[key] = difference.get(key, 0) + 1
    for key in contributions(before):
        difference[key] = difference.get(key, 0) - 1
    return {key: by for key, by in difference.items() if by}
