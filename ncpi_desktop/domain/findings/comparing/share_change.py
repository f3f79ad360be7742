"""How one share moved between two inspections: overall, or of a grade, an area, a stage or a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ncpi_desktop.domain.findings.comparing.share import Share
from ncpi_desktop.domain.findings.comparison import CHANCE_LEVEL, Verdict, rounded
from ncpi_desktop.domain.findings.statistics import Interval, fisher_exact, holm, newcombe
from ncpi_desktop.domain.methodology.area import Area
from ncpi_desktop.domain.methodology.grade import Grade
from ncpi_desktop.domain.methodology.reason import Reason
from ncpi_desktop.domain.methodology.stage import Stage

FEW_CASES = 10
"""A share of fewer cases than this moves by more than ten points with a single one: it is marked and warned about."""


class Subject(StrEnum):
    """What a share is of: graded good overall, in an area or at a stage; given a grade; given a reason."""

    OVERALL = "overall"
    GRADE = "grade"
    AREA = "area"
    STAGE = "stage"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A share before and now, and what chance could do. `about` is None overall.

    `points` is the difference in hundredths of the whole: of the exact shares, rounded; where one is a percentage alone, of the printed
    percentages. `interval` is Newcombe's for the difference, as proportions, `p` Fisher's exact test, two-sided, by itself; both None where
    counts are not known. `corrected_p` is Holm's over the `asked_together` changes of the same subject, and what the verdict goes by;
    overall it is `p`. `same_cases` says that both shares are of the same cases, which neither test is made for.
    """

    subject: Subject
    about: Grade | Area | Stage | Reason | None
    before: Share
    now: Share
    points: int | None
    interval: Interval | None
    p: float | None
    corrected_p: float | None
    verdict: Verdict
    asked_together: int = 1
    same_cases: bool = False

    @property
    def code(self) -> str:
        """The code of the grade, area, stage or reason; empty overall."""
        return self.about.code if self.about is not None else ""

    @property
    def label(self) -> str:
        """The words of the grade, area, stage or reason; empty overall."""
        return self.about.label if self.about is not None else ""

    @property
    def rests_on_few(self) -> bool:
        """Whether one of the two shares is of fewer than `FEW_CASES` cases."""
        return any(share.whole is not None and share.whole < FEW_CASES for share in (self.before, self.now))


def share_change(
    subject: Subject,
    about: Grade | Area | Stage | Reason | None,
    before: Share,
    now: Share,
    *,
    same_cases: bool = False,
) -> ShareChange:
    """Return how a share moved from `before` to `now`, asked by itself."""
    interval, p = None, None
    if before.part is not None and before.whole and now.part is not None and now.whole and not same_cases:
        interval = newcombe(now.part, now.whole, before.part, before.whole)
        p = fisher_exact(now.part, now.whole - now.part, before.part, before.whole - before.part)
    return ShareChange(
        subject, about, before, now, _points(before, now), interval, p, p, _verdict(p), same_cases=same_cases
    )


def corrected(changes: Iterable[ShareChange]) -> tuple[ShareChange, ...]:
    """Return `changes` of one subject with Holm's correction for being asked together; those without p do not count."""
    asked = tuple(changes)
    count = sum(change.p is not None for change in asked)
    return tuple(
        replace(change, corrected_p=p, verdict=_verdict(p), asked_together=count)
        for change, p in zip(asked, holm([change.p for change in asked]), strict=True)
    )


def _points(before: Share, now: Share) -> int | None:
    if before.exact is not None and now.exact is not None:
        return rounded(100 * (now.exact - before.exact))
    if before.percent is None or now.percent is None:
        return None
    return now.percent - before.percent


def _verdict(p: float | None) -> Verdict:
    if p is None:
        return Verdict.CANNOT_TELL
    return Verdict.UNLIKELY_CHANCE if p < CHANCE_LEVEL else Verdict.COULD_BE_CHANCE
