"""A review: grades by stage, an overall grade, reasons with cited passages, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from ncpi_desktop.domain.casework.case import CaseKey

ReviewKey = NewType("ReviewKey", int)
GivenReasonKey = NewType("GivenReasonKey", int)
CitationKey = NewType("CitationKey", int)


class ReviewPurpose(StrEnum):
    """Why the case is read: first, blind second reading, settling, or practice."""

    FIRST = "first"
    SECOND = "second"
    SETTLEMENT = "settlement"
    PRACTICE = "practice"


class ReviewState(StrEnum):
    """A draft can change; a submitted review never does. Reopening leaves it behind as superseded, beside the new draft."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class StageJudgement:
    """What was found at one stage: a grade, or not applicable, or nothing yet."""

    stage: str
    grade: str | None = None
    not_applicable: bool = False

    @property
    def answered(self) -> bool:
        """Whether the stage has been judged."""
        return self.grade is not None or self.not_applicable


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage of the record cited as evidence: characters `start` up to `end` of the entry's text."""

    key: CitationKey
    identity: str
    entry: int
    start: int
    end: int
    passage: str


@dataclass(frozen=True, slots=True)
class GivenReason:
    """A reason given in a review, with the passages that show it."""

    key: GivenReasonKey
    identity: str
    code: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """One person's judgement of one case. Times are UTC."""

    key: ReviewKey
    identity: str
    case: CaseKey
    reviewer: int | None
    purpose: ReviewPurpose = ReviewPurpose.FIRST
    state: ReviewState = ReviewState.DRAFT
    grade: str | None = None
    rationale: str = ""
    notes: str = ""
    not_sure: bool = False
    parked_because: str = ""
    stages: tuple[StageJudgement, ...] = ()
    reasons: tuple[GivenReason, ...] = ()
    started_at: datetime | None = None
    submitted_at: datetime | None = None
    supersedes: ReviewKey | None = None
    reopened_because: str = ""

    def judgement(self, stage: str) -> StageJudgement:
        """Return what was found at `stage`; unanswered where nothing was recorded."""
        return next((found for found in self.stages if found.stage == stage), StageJudgement(stage))

    def given(self, code: str) -> GivenReason | None:
        """Return the reason `code` as given here; None where it is not."""
        return next((given for given in self.reasons if given.code == code), None)

    @property
    def is_editable(self) -> bool:
        """Whether anything of it may still change."""
        return self.state is ReviewState.DRAFT

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been judged or written yet."""
        judged = self.grade is not None or self.not_sure or self.parked_because or self.rationale or self.notes
        return not judged and not self.reasons and not any(found.answered for found in self.stages)
