"""The dated log of a recommendation's status, and the rules by which its status moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.domain.casework.recommendation import Recommendation

MOST_COMMENT: Final = 10_000
MOST_YEARS_AHEAD: Final = 10
"""So many characters fit into a comment of the log."""


class Status(StrEnum):
    """How far a recommendation has come, in the words of the public register, in their order."""

    AWAITING_REVIEW = "awaiting-review"
    WILL_BE_PROGRESSED = "will-be-progressed"
    BEING_PROGRESSED = "being-progressed"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            Status.AWAITING_REVIEW: _("Awaiting review"),
            Status.WILL_BE_PROGRESSED: _("Will be progressed"),
            Status.BEING_PROGRESSED: _("Being progressed"),
            Status.COMPLETE: _("Complete"),
        }[self]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One dated line: which status, why, by whom. A line that completes names who authorised it; one that asks for completion names nobody yet.

    `person` and `authorised_by` are keys of people, None where not known, as in lines brought in from elsewhere; `by` and `authoriser` their names.
    """

    at: datetime
    status: Status
    comment: str
    person: int | None = None
    authorised_by: int | None = None
    by: str = ""
    authoriser: str = ""
    identity: str = ""


def status_from(text: str) -> Status:
    """Return the status that `text` names by code or in words, case and hyphens ignored.

    Raises:
        RefusedError: it names none.
    """
    wanted = plain_form(text)
    for status in Status:
        if wanted in (plain_form(status.value), plain_form(status.label)):
            return status
    raise RefusedError(
        _("“{text}” is not a status.").format(text=text.strip()[:60]),
        safe=_("Nothing was changed."),
        todo=_("Give one of {statuses}.").format(statuses=", ".join(status.value for status in Status)),
    )


def fit_comment(text: str) -> str:
    """Return a comment without the blanks around it.

    Raises:
        RefusedError: it says nothing, or more than `MOST_COMMENT` characters.
    """
    said = text.strip()
    if not said:
        raise RefusedError(
            _("Each line of the status log needs a comment: what was done, or why it changed."),
            safe=_("Nothing was changed."),
            todo=_("Write the comment."),
        )
    if len(said) > MOST_COMMENT:
        raise RefusedError(
            _("These words have {count} characters; {most} fit.").format(
                count=f"{len(said):,}", most=f"{MOST_COMMENT:,}"
            ),
            safe=_("The words are still in the box."),
            todo=_("Shorten them."),
        )
    return said


def refuse_moment(recommendation: Recommendation, at: datetime, now: datetime) -> None:
    """Let a line of the log be dated `at`.

    Raises:
        RefusedError: that is in the future, before publication, or before the line before it.
    """
    day, nothing = at.date(), _("Nothing was changed.")
    if at > now and day > now.date():
        raise RefusedError(_("A line of the status log can’t be dated in the future."), safe=nothing)
    published = recommendation.published_on
    if published is not None and day < published:
        raise RefusedError(
            _("Recommendation {number} was published on {day}; its status log can’t begin before.").format(
                number=recommendation.number, day=published.strftime("%d/%m/%Y")
            ),
            safe=nothing,
            todo=_("Check the date of the line and the day of publication."),
        )
    if recommendation.log and day < recommendation.log[-1].at.date():
        raise RefusedError(
            _("The last line of this status log is of {day}; lines follow one another.").format(
                day=recommendation.log[-1].at.strftime("%d/%m/%Y")
            ),
            safe=nothing,
            todo=_("Give that day or a later one."),
        )


def refuse_move(recommendation: Recommendation, status: Status) -> None:
    """Let a recommendation move to `status` by one line of the log: forward step by step or further, and back at any time.

    Raises:
        RefusedError: it would be complete, which takes a second person; or it stands there already and nobody asks for completion.
    """
    if status is Status.COMPLETE:
        raise RefusedError(
            _("A recommendation is completed in two acts: one person asks for it, another authorises it."),
            safe=_("Nothing was changed."),
            todo=_("Ask for completion, with what was done."),
        )


def refuse_asking(recommendation: Recommendation) -> None:
    """Let somebody ask for completion.

    Raises:
        RefusedError: it is complete, or somebody has asked already.
    """
    if recommendation.is_complete:
        raise RefusedError(_("This recommendation is complete already."), safe=_("Nothing was changed."))
    if recommendation.asked is not None:
        raise RefusedError(
            _("Completion has been asked for already and waits for another person to authorise it."),
            safe=_("Nothing was changed."),
        )


def refuse_authorising(recommendation: Recommendation, person: int) -> None:
    """Let `person` authorise the completion that somebody else asked for.

    Raises:
        RefusedError: nobody has asked, or it was the same person.
    """
    asked = recommendation.asked
    if asked is None:
        raise RefusedError(
            _("Nobody has asked for completion of this recommendation."),
            safe=_("Nothing was changed."),
            todo=_("Ask for completion first; another person then authorises it."),
        )
    if asked.person == person:
        raise RefusedError(
            _("Whoever asks for completion can’t authorise it."),
            safe=_("It stays as it was, and the request is kept."),
            todo=_("Another team lead, or a quality assurer, authorises it."),
        )


def refuse_publication(recommendation: Recommendation, published: date) -> None:
    """Let a recommendation be published on that day.

    Raises:
        RefusedError: its log began before.
    """
    if recommendation.log and recommendation.log[0].at.date() < published:
        raise RefusedError(
            _("The status log of recommendation {number} begins on {day}, before that day of publication.").format(
                number=recommendation.number, day=recommendation.log[0].at.strftime("%d/%m/%Y")
            ),
            safe=_("Nothing was changed."),
            todo=_("Check the day of publication."),
        )


def refuse_far_day(published: date, today: date) -> None:
    """Let a report be published on a day not too far ahead: due dates run from it, and one figure too many would move them by decades.

    Raises:
        RefusedError: it lies more than ten years ahead.
    """
    if published.year > today.year + MOST_YEARS_AHEAD:
        raise RefusedError(
            _("The day of publication, {day}, lies more than {years} years ahead.").format(
                day=published.strftime("%d/%m/%Y"), years=MOST_YEARS_AHEAD
            ),
            safe=_("Nothing was changed."),
            todo=_("Check the day of publication."),
        )
