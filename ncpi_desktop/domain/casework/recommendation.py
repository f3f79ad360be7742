"""A recommendation: what the force should do, why, by when, how far it has come, and what a later inspection found of it.

Statuses and deadlines are those of the public register of recommendations; the words for progress are those that reviews print.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal, NewType

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.recommendation_log import LogLine, Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline, due_date
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.words import _

RecommendationKey = NewType("RecommendationKey", int)

TextField = Literal["text", "particulars", "finding", "summary", "detail", "progress"]
"""The texts of a recommendation, by the names of their fields."""

MOST: Final = 20_000
"""So many characters fit into each text of a recommendation."""

MOST_PROGRESS: Final = 200
"""So many characters fit into the words for progress."""


class Origin(StrEnum):
    """Whose recommendation it is: an earlier inspection's, to be answered, or this inspection's own."""

    PREVIOUS = "previous"
    THIS = "this"


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """A case that a recommendation rests on. `is_final` says whether its judgement stands now."""

    key: CaseKey
    identity: str
    reference: str
    is_final: bool = True


@dataclass(frozen=True, slots=True)
class LinkedFinding:
    """A finding that a recommendation follows from; `title` may be empty while it is being written."""

    key: int
    identity: str
    title: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the force should do, by when, and how far it has come.

    `finding` says in words why it is made. `published_on` is the day from which the deadline runs: for a recommendation of this inspection
    the day on which its report is published, for an earlier one the day of that report; None where it is not known. `summary` and `detail` are
    what this inspection found of an earlier recommendation, `progress` the words that it prints for it. `follows` is the earlier
    recommendation that this one takes up again. `withheld` counts the linked cases that are left out because their first reading is closed
    to whoever looks.
    """

    number: int
    origin: Origin
    text: str
    particulars: str
    finding: str
    deadline: Deadline
    status: Status = Status.AWAITING_REVIEW
    progress: str = ""
    published_on: date | None = None
    summary: str = ""
    detail: str = ""
    follows: RecommendationKey | None = None
    log: tuple[LogLine, ...] = ()
    cases: tuple[LinkedCase, ...] = ()
    findings: tuple[LinkedFinding, ...] = ()
    withheld: int = 0
    key: RecommendationKey = RecommendationKey(0)
    identity: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether it is complete, authorised where it was completed here."""
        return self.status is Status.COMPLETE

    @property
    def is_answered(self) -> bool:
        """Whether this inspection has said what it found of an earlier recommendation: a summary and the progress."""
        return bool(self.summary.strip() and self.progress.strip())

    @property
    def due_on(self) -> date | None:
        """The day by which it has to be complete; None while the day of publication is not known."""
        return due_date(self.published_on, self.deadline)

    def is_overdue(self, today: date) -> bool:
        """Whether its due day is past and it is not complete."""
        due = self.due_on
        return due is not None and due < today and not self.is_complete

    @property
    def asked(self) -> LogLine | None:
        """The line that asks for completion and waits for another person; None where none does."""
        last = self.log[-1] if self.log else None
        waits = last is not None and last.status is Status.COMPLETE and last.authorised_by is None
        return last if waits and not self.is_complete else None


def fit_text(text: str, *, most: int = MOST) -> str:
    """Return a text of a recommendation as it is kept.

    Raises:
        RefusedError: it has more than `most` characters.
    """
    if len(text) > most:
        raise RefusedError(
            _("These words have {count} characters; {most} fit.").format(count=f"{len(text):,}", most=f"{most:,}"),
            safe=_("The words are still in the box."),
            todo=_("Shorten them."),
        )
    return text


def refuse_follows(taking_up: Recommendation, earlier: Recommendation, every: Iterable[Recommendation]) -> None:
    """Let a recommendation take up an earlier one.

    Raises:
        RefusedError: it is the same one, the other is of this inspection, or one takes up the other in a circle.
    """
    nothing = _("Nothing was changed.")
    if taking_up.key == earlier.key:
        raise RefusedError(_("A recommendation can’t take up itself."), safe=nothing)
    if taking_up.origin is not Origin.THIS or earlier.origin is not Origin.PREVIOUS:
        raise RefusedError(
            _("Only a recommendation of this inspection takes up another, and only one of an earlier inspection."),
            safe=nothing,
        )
    by_key = {held.key: held for held in every}
    seen, at = {taking_up.key}, by_key.get(earlier.key, earlier)
    while at.follows is not None:
        if at.key in seen or at.follows in seen:
            raise RefusedError(
                _("These recommendations would take up each other in a circle."),
                safe=nothing,
                todo=_("Take the other link away first."),
            )
        seen.add(at.key)
        if at.follows not in by_key:
            return
        at = by_key[at.follows]


def questions_about(recommendation: Recommendation) -> tuple[str, ...]:
    """Return what is to be asked about a recommendation before it is published; it never forbids."""
    asked = [
        _("Case {case} was opened again after it was linked: does the recommendation still rest on it?").format(
            case=linked.reference
        )
        for linked in recommendation.cases
        if not linked.is_final
    ]
    if recommendation.origin is Origin.THIS:
        if not recommendation.text.strip():
            asked.append(_("What should the force do?"))
        if not recommendation.finding.strip() and not recommendation.findings:
            asked.append(_("No finding stands behind it: why is it made?"))
    elif recommendation.progress.strip() and not recommendation.summary.strip():
        asked.append(_("Progress is given without a summary of what was found."))
    return tuple(asked)


def open_first(recommendations: Iterable[Recommendation], today: date) -> tuple[Recommendation, ...]:
    """Return recommendations by number, those that are overdue first."""
    return tuple(sorted(recommendations, key=lambda held: (not held.is_overdue(today), held.number)))
