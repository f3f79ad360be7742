"""Where two readings of a case differ, and how each difference is settled: part by part, with a reason, beside both originals.

A part is the overall grade, one stage, or one reason. Texts, marks and comments are never a difference. What both readers found alike
settles itself; of a reason that both gave, the passages of both are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.words import _

GIVEN = "given"
"""The value of a reason that a reading gives; None where it does not."""


class PartKind(StrEnum):
    """What may differ; kept in the file, so the codes stay."""

    GRADE = "grade"
    STAGE = "stage"
    REASON = "reason"


class Choice(StrEnum):
    """Whose finding stands; kept in the file, so the codes stay."""

    FIRST = "first"
    SECOND = "second"
    OTHER = "other"


class Part(NamedTuple):
    """The overall grade (`code` is empty), a stage, or a reason (its code)."""

    kind: PartKind
    code: str = ""


OVERALL_GRADE = Part(PartKind.GRADE)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to stand for one part, why, and who says so. `value` is as in `PartLine`.

    `decided_by` and `agreed_by` are people's keys; `agreed_by` is the other reader, or the lead who decided alone. Until somebody has agreed
    it is a proposal.
    """

    part: Part
    choice: Choice
    value: str | None
    because: str
    decided_by: int | None
    decided_at: datetime
    agreed_by: int | None = None

    @property
    def stands(self) -> bool:
        """Whether it is settled, and not only proposed."""
        return self.agreed_by is not None


@dataclass(frozen=True, slots=True)
class PartLine:
    """What both readings found at one part: a grade's code, `not-applicable`, `given`, or None for nothing; and what was decided of it."""

    part: Part
    first: str | None
    second: str | None
    decision: Decision | None = None

    @property
    def differs(self) -> bool:
        """Whether the readings differ here."""
        return self.first != self.second

    @property
    def is_settled(self) -> bool:
        """Whether it is known what stands: both say the same, or a decision stands."""
        return not self.differs or (self.decision is not None and self.decision.stands)

    @property
    def standing(self) -> str | None:
        """What stands: what both say, or what was decided. Ask only where it `is_settled`."""
        return self.decision.value if self.differs and self.decision is not None else self.first


@dataclass(frozen=True)
class Settling:
    """Both readings of a case laid side by side, part by part, in the order in which a case is judged."""

    lines: tuple[PartLine, ...]
    decisions: Mapping[Part, Decision] = field(default_factory=dict)

    @property
    def differences(self) -> tuple[PartLine, ...]:
        """Only what differs."""
        return tuple(line for line in self.lines if line.differs)

    @property
    def open(self) -> tuple[PartLine, ...]:
        """What differs and is not settled."""
        return tuple(line for line in self.lines if not line.is_settled)

    @property
    def only_reasons_differ(self) -> bool:
        """Whether both gave the same grades for partly other reasons: a difference of its own."""
        differences = self.differences
        return bool(differences) and all(line.part.kind is PartKind.REASON for line in differences)

    def line(self, part: Part) -> PartLine | None:
        """Return the line of `part`; None where neither reading says anything of it."""
        return next((line for line in self.lines if line.part == part), None)


def settling_of(first: Review, second: Review, decisions: Iterable[Decision], methodology: Methodology) -> Settling:
    """Lay two readings side by side. A decision on what does not differ any more is left out."""
    made = {decision.part: decision for decision in decisions}
    lines = [PartLine(OVERALL_GRADE, first.grade, second.grade, made.get(OVERALL_GRADE))]
    for stage in methodology.stages:
        part = Part(PartKind.STAGE, stage.code)
        one, other = _found(first, stage.code), _found(second, stage.code)
        if one is not None or other is not None:
            lines.append(PartLine(part, one, other, made.get(part)))
    for reason in methodology.reasons:
        part = Part(PartKind.REASON, reason.code)
        one, other = _given(first, reason.code), _given(second, reason.code)
        if one is not None or other is not None:
            lines.append(PartLine(part, one, other, made.get(part)))
    kept = {line.part: line.decision for line in lines if line.differs and line.decision is not None}
    return Settling(tuple(lines), kept)


def value_of(line: PartLine, choice: Choice, other: str | None, methodology: Methodology) -> str | None:
    """Return what stands after `choice`; `other` is the code of another grade, or `not-applicable` for a stage.

    Raises:
        RefusedError: the readings do not differ here.
        WrongUseError: another grade was chosen that the methodology has not, or that one of the readers gave.
    """
    if not line.differs:
        raise RefusedError(
            _("Both readings say the same here: there is nothing to settle."), safe=_("Nothing was changed.")
        )
    if choice is not Choice.OTHER:
        return line.first if choice is Choice.FIRST else line.second
    if line.part.kind is PartKind.REASON:
        raise WrongUseError(_("A reason is kept or left out: take what the first or the second reading says."))
    allowed = other in methodology.scale or (line.part.kind is PartKind.STAGE and other == NOT_APPLICABLE)
    if other is None or not allowed:
        raise WrongUseError(_("This methodology has no grade “{grade}”.").format(grade=other or ""))
    if other in (line.first, line.second):
        raise WrongUseError(
            _("One of the readers gave this grade."), todo=_("Keep the first grade or take the second instead.")
        )
    return other


def _found(review: Review, stage: str) -> str | None:
    judged = review.judgement(stage)
    return NOT_APPLICABLE if judged.not_applicable else judged.grade


def _given(review: Review, reason: str) -> str | None:
    return GIVEN if review.given(reason) is not None else None
