"""Deadlines of recommendations, their due days, and the words for deadlines, due days and progress."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.words import _, ngettext, phrase


class Deadline(StrEnum):
    """By when the force should do it, counted from publication."""

    IMMEDIATELY = "immediately"
    THREE_MONTHS = "three-months"
    SIX_MONTHS = "six-months"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            Deadline.IMMEDIATELY: _("immediately"),
            Deadline.THREE_MONTHS: _("within three months"),
            Deadline.SIX_MONTHS: _("within six months"),
        }[self]

    @property
    def months(self) -> int:
        """How many months after publication it ends."""
        return {Deadline.IMMEDIATELY: 0, Deadline.THREE_MONTHS: 3, Deadline.SIX_MONTHS: 6}[self]


PROGRESS: Final = (
    phrase("improved"),
    phrase("some progress"),
    phrase("limited progress"),
    phrase("slow to implement"),
    phrase("not fully achieved"),
)
"""The words in use for progress; others may be typed."""

_MONTHS = {
    "three": Deadline.THREE_MONTHS,
    "3": Deadline.THREE_MONTHS,
    "six": Deadline.SIX_MONTHS,
    "6": Deadline.SIX_MONTHS,
}


def due_date(published_on: date | None, deadline: Deadline) -> date | None:
    """Return the day on which a deadline ends: the day of publication itself, or the same day so many months later.

    Months are the calendar's: where the month has no such day it is the month's last, so that 31 August and six months end in
    February. None where the day of publication is not known.
    """
    if published_on is None:
        return None
    years, month = divmod(published_on.month - 1 + deadline.months, 12)
    year, month = published_on.year + years, month + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(published_on.day, monthrange(year, month)[1]))


def deadline_from(text: str) -> Deadline:
    """Return the deadline that `text` names by code or in words, such as *three-months* or *within 3 months*.

    Raises:
        RefusedError: it names none, or nothing is there.
    """
    said = plain_form(text)
    known = "immediately, three-months, six-months"
    if not said:
        raise RefusedError(
            _("A recommendation needs its deadline."),
            safe=_("Nothing was changed."),
            todo=_("Give one of {deadlines}.").format(deadlines=known),
        )
    if said.removeprefix("within ") in ("immediately", "immediate", "at once"):
        return Deadline.IMMEDIATELY
    words = said.removeprefix("within ").split()
    if len(words) == 2 and words[1] in ("month", "months") and words[0] in _MONTHS:
        return _MONTHS[words[0]]
    raise RefusedError(
        _("“{text}” is not a deadline.").format(text=text.strip()[:60]),
        safe=_("Nothing was changed."),
        todo=_("Give one of {deadlines}.").format(deadlines=known),
    )


def day_words(day: date) -> str:
    """Return a day as a report prints it, such as *31 May 2018*."""
    months = [_("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August")]
    months += [_("September"), _("October"), _("November"), _("December")]
    return _("{day} {month} {year}").format(day=day.day, month=months[day.month - 1], year=day.year)


def due_words(published_on: date | None, deadline: Deadline) -> str:
    """Return when it is due, such as *due 31 May 2018*, or that it is not known yet."""
    due = due_date(published_on, deadline)
    if due is None:
        return _("due date not known yet")
    return _("due {day}").format(day=day_words(due))


def overdue_words(due: date, today: date) -> str:
    """Return how long it is overdue, such as *overdue by 12 days*."""
    days = (today - due).days
    return ngettext("overdue by {n} day", "overdue by {n} days", days).format(n=f"{days:,}")


def overdue_sentence(numbers: Iterable[int]) -> str:
    """Return which recommendations are overdue, by number; empty where none is."""
    named = [str(number) for number in numbers]
    if not named:
        return ""
    return ngettext("Overdue: recommendation {numbers}.", "Overdue: recommendations {numbers}.", len(named)).format(
        numbers=", ".join(named)
    )
