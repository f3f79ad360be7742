"""How a judgement differs between two copies of an audit, value by value, and which of these can be brought back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ncpi_desktop.domain.grading.review import ReviewState


class Facet(StrEnum):
    """One kind of value of a judgement; published in `backup --compare --json`, so the codes stay."""

    GRADE = "grade"
    STAGE = "stage"
    REASON = "reason"
    RATIONALE = "rationale"
    NOTES = "notes"
    NOT_SURE = "not-sure"
    PARKED = "parked"
    STATE = "state"


_FACETS = {
    "grade": Facet.GRADE,
    "rationale": Facet.RATIONALE,
    "notes": Facet.NOTES,
    "not_sure": Facet.NOT_SURE,
    "parked_because": Facet.PARKED,
}


def facet_of(table: str, column: str) -> Facet | None:
    """Return which value of a judgement a line of the history is about; None for what is not brought back by itself."""
    if table == "stage_grades":
        return Facet.STAGE
    return _FACETS.get(column) if table == "reviews" else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited passage wherever the file is: the identity of its entry, characters `start` up to `end`, and its words."""

    entry: str
    start: int
    end: int
    words: str


FacetValue = str | bool | tuple[Passage, ...] | None
"""A value of a judgement. A stage is graded, `not-applicable` or None; a reason has its passages, or None where it is not given."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stands in the first review of a case, without the keys of one file. `state` is None where it has not been begun."""

    state: ReviewState | None = None
    grade: str | None = None
    rationale: str = ""
    notes: str = ""
    not_sure: bool = False
    parked_because: str = ""
    stages: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs: as it is `now` and as it was `then`. `code` is the stage or the reason, else empty."""

    facet: Facet
    code: str
    now: FacetValue
    then: FacetValue

    @property
    def can_be_brought_back(self) -> bool:
        """Whether it is a value of the draft; a submission is handed in or reopened, never put in place."""
        return self.facet is not Facet.STATE


def differences_between(now: Judgement, then: Judgement) -> Iterator[Difference]:
    """Yield what differs, in the order in which a case is judged: state, overall grade, stages, reasons, texts, marks."""
    pairs: list[tuple[Facet, str, FacetValue, FacetValue]] = [
        (Facet.STATE, "", now.state, then.state),
        (Facet.GRADE, "", now.grade, then.grade),
    ]
    for stage in dict.fromkeys((*now.stages, *then.stages)):
        pairs.append((Facet.STAGE, stage, now.stages.get(stage), then.stages.get(stage)))
    for reason in dict.fromkeys((*now.reasons, *then.reasons)):
        pairs.append((Facet.REASON, reason, _sorted(now.reasons.get(reason)), _sorted(then.reasons.get(reason))))
    pairs += [
        (Facet.RATIONALE, "", now.rationale, then.rationale),
        (Facet.NOTES, "", now.notes, then.notes),
        (Facet.NOT_SURE, "", now.not_sure, then.not_sure),
        (Facet.PARKED, "", now.parked_because, then.parked_because),
    ]
    for facet, code, here, there in pairs:
        if here != there:
            yield Difference(facet, code, here, there)


def _sorted(passages: tuple[Passage, ...] | None) -> tuple[Passage, ...] | None:
    if passages is None:
        return None
    return tuple(sorted(passages, key=lambda passage: (passage.entry, passage.start, passage.end)))
