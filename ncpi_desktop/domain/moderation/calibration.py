"""Calibration: how a reader's answers to the practice set stand to the agreed ones, before their readings count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.grading.difference import Facet
from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.moderation.agreement import Agreement, AgreementTable, gwet_ac2, quadratic_kappa, share_same


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """A case for practice. Cases that were brought in together are a round, counted from 1; `added_at` is UTC."""

    case: CaseKey
    reference: str
    area: str
    round: int
    added_at: datetime


class Timing(StrEnum):
    """When the practice was finished, as against live work; published in `practice --json`, so the codes stay."""

    BEFORE_LIVE = "before-live"
    AFTER_LIVE = "after-live"
    NOT_FINISHED = "not-finished"
    LIVE_UNFINISHED = "live-unfinished"


@dataclass(frozen=True, slots=True)
class Apart:
    """One value that a reader answered otherwise: codes, `not-applicable`, or None. `given` is the reader's; of a reason its code or None."""

    facet: Facet
    code: str
    agreed: str | None
    given: str | None


@dataclass(frozen=True, slots=True)
class PracticeOnDesk:
    """What a reader sees of a practice case beside its record: the agreed answer once they have handed theirs in, and what is apart."""

    agreed: Review | None = None
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True, slots=True)
class StageResult:
    """How often a stage was answered as agreed, of the cases in which it was judged."""

    stage: str
    n: int
    same: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """One reader's result in one round of `cases` practice cases, over those handed in.

    In `table` the agreed grades are the rows and the reader's the columns. `harsher` and `kinder` count cases in which the reader's grade
    is worse or better than agreed. `finished_at` (UTC) is when the last case was handed in, None while any is missing.
    """

    cases: int
    table: AgreementTable
    stages: tuple[StageResult, ...]
    harsher: int
    kinder: int
    finished_at: datetime | None
    timing: Timing

    @property
    def n(self) -> int:
        """How many cases were handed in."""
        return self.table.n

    @property
    def missing(self) -> int:
        """How many cases of the round were not handed in."""
        return self.cases - self.n

    @property
    def share(self) -> Agreement:
        """The share of cases graded as agreed."""
        return share_same(self.table)

    @property
    def kappa(self) -> Agreement:
        """Cohen's kappa with quadratic weights."""
        return quadratic_kappa(self.table)

    @property
    def ac2(self) -> Agreement:
        """Gwet's AC2 with quadratic weights."""
        return gwet_ac2(self.table)


def calibrate(
    pairs: Iterable[tuple[Review, Review]],
    cases: int,
    grades: Sequence[str],
    stages: Sequence[str],
    first_live: datetime | None,
) -> Calibration:
    """Return a reader's result from `pairs` of the agreed and their own answer, those handed in alone, of a round of `cases`.

    `grades` is the scale, best first; `stages` the codes to tell apart, in report order. `first_live` (UTC) is when they first handed in a
    reading of the audit itself; None where they never have.
    """
    held = list(pairs)
    rank = {code: place for place, code in enumerate(grades)}
    table = AgreementTable.from_pairs([(agreed.grade or "", given.grade or "") for agreed, given in held], grades)
    steps = [rank[given.grade or ""] - rank[agreed.grade or ""] for agreed, given in held]
    moments = [given.submitted_at for _agreed, given in held if given.submitted_at is not None]
    finished = max(moments) if moments and len(held) == cases else None
    return Calibration(
        cases=cases,
        table=table,
        stages=tuple(_stage_results(held, stages)),
        harsher=sum(step > 0 for step in steps),
        kinder=sum(step < 0 for step in steps),
        finished_at=finished,
        timing=_timing(finished, first_live),
    )


def answers_apart(agreed: Review, given: Review, stages: Sequence[str]) -> tuple[Apart, ...]:
    """Return what `given` answers otherwise than `agreed`: overall grade, stages in the order of `stages`, reasons. Texts are no answer."""
    return tuple(_apart(agreed, given, stages))


def _apart(agreed: Review, given: Review, stages: Sequence[str]) -> Iterator[Apart]:
    if agreed.grade != given.grade:
        yield Apart(Facet.GRADE, "", agreed.grade, given.grade)
    for stage in stages:
        one, other = _judged(agreed, stage), _judged(given, stage)
        if one != other:
            yield Apart(Facet.STAGE, stage, one, other)
    wanted = [reason.code for reason in agreed.reasons]
    told = [reason.code for reason in given.reasons]
    for code in wanted:
        if code not in told:
            yield Apart(Facet.REASON, code, code, None)
    for code in told:
        if code not in wanted:
            yield Apart(Facet.REASON, code, None, code)


def _stage_results(pairs: Sequence[tuple[Review, Review]], stages: Sequence[str]) -> Iterator[StageResult]:
    for stage in stages:
        answers = [(_judged(agreed, stage), _judged(given, stage)) for agreed, given in pairs]
        told = [(one, other) for one, other in answers if one is not None]
        if told:
            yield StageResult(stage, len(told), sum(one == other for one, other in told))


def _judged(review: Review, stage: str) -> str | None:
    found = review.judgement(stage)
    return NOT_APPLICABLE if found.not_applicable else found.grade


def _timing(finished: datetime | None, first_live: datetime | None) -> Timing:
    if finished is None:
        return Timing.NOT_FINISHED if first_live is None else Timing.LIVE_UNFINISHED
    return Timing.BEFORE_LIVE if first_live is None or finished <= first_live else Timing.AFTER_LIVE
