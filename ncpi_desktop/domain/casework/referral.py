"""A referral back to the force: which child is at what risk, whom in the force was told, and what the force did about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NewType

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.words import _, ngettext

ReferralKey = NewType("ReferralKey", int)

MOST: Final = 10_000
"""So many characters fit into each part of a referral that holds words."""

FIRST_OF_PROGRAMME: Final = date(2014, 4, 1)
"""The inspections began in April 2014: no force was told of one of their cases before, where the fieldwork's dates are not known."""

LONG_BEFORE: Final = timedelta(days=365)
"""A force is told of what its inspectors read: more than so long before the fieldwork a date is a slip of the pen."""


DAYS_ALONE: Final = 30
"""From so many days on its age is told in days alone."""


@dataclass(frozen=True, slots=True)
class Referral:
    """A case sent back to the force because a child may still be at risk; open until it is closed.

    `raised_by` and `closed_by` are keys of people; None where nobody is named, or where whoever looks may not see it. `child` says in anonymous
    words which child it is about, `told_at` when the force was told, `force_did` what it did, `outcome` what came of it for the child; `child` and
    `told_at` are not known of referrals that were raised before these were asked.
    """

    case: CaseKey
    raised_by: int | None
    raised_at: datetime
    risk: str
    told: str
    reference: str = ""
    acknowledged_at: datetime | None = None
    outcome: str = ""
    closed_at: datetime | None = None
    closed_by: int | None = None
    child: str = ""
    told_at: datetime | None = None
    force_did: str = ""
    key: ReferralKey = ReferralKey(0)
    identity: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the force still owes an outcome."""
        return self.closed_at is None

    @property
    def since(self) -> datetime:
        """When its clock began to run: when the force was told; of older ones, when it was raised."""
        return self.told_at or self.raised_at

    def acknowledged(self, at: datetime) -> Referral:
        """Return the referral acknowledged by the force.

        Raises:
            RefusedError: it is closed, or was acknowledged before.
        """
        self._refuse_closed()
        if self.acknowledged_at is not None:
            raise RefusedError(_("The force has acknowledged this referral already."), safe=_("Nothing was changed."))
        return replace(self, acknowledged_at=at)

    def closed(self, force_did: str, outcome: str, at: datetime, by: int | None) -> Referral:
        """Return the referral closed with what the force did and what came of it.

        Raises:
            RefusedError: it is closed already, or one of the two has no words or too many.
        """
        self._refuse_closed()
        return replace(
            self, force_did=fit_force_did(force_did), outcome=fit_outcome(outcome), closed_at=at, closed_by=by
        )

    def _refuse_closed(self) -> None:
        if not self.is_open:
            raise RefusedError(
                _("This referral is closed, and is not changed any more."),
                safe=_("Nothing was changed."),
                todo=_("Raise a new referral for what has come up since."),
            )


def fit_child(text: str) -> str:
    """Return which child it is about, without the blanks around it.

    Raises:
        RefusedError: it says nothing, or more than `MOST` characters.
    """
    return _fit(text, _("A referral says which child it is about."))


def fit_risk(text: str) -> str:
    """Return the risk without the blanks around it.

    Raises:
        RefusedError: it says nothing, or more than `MOST` characters.
    """
    return _fit(text, _("A referral says at what risk the child is."))


def fit_told(text: str) -> str:
    """Return who in the force was told, without the blanks around it.

    Raises:
        RefusedError: it says nothing, or more than `MOST` characters.
    """
    return _fit(text, _("A referral says who in the force was told."))


def fit_outcome(text: str) -> str:
    """Return the outcome without the blanks around it.

    Raises:
        RefusedError: it says nothing, or more than `MOST` characters.
    """
    return _fit(text, _("A referral is closed with its outcome: what came of it for the child."))


def fit_force_did(text: str) -> str:
    """Return what the force did, without the blanks around it.

    Raises:
        RefusedError: it says nothing, or more than `MOST` characters.
    """
    return _fit(text, _("A referral is closed with what the force did."))


def fit_told_at(told_at: datetime, now: datetime, fieldwork_start: date | None) -> datetime:
    """Return when the force was told, where it can have been then.

    Raises:
        RefusedError: it is in the future, or long before the fieldwork; where its dates are not known, before the programme of inspections began.
    """
    if told_at > now:
        raise RefusedError(
            _("The force can’t have been told in the future."),
            safe=_("Nothing was changed."),
            todo=_("Tell the force first, then say when."),
        )
    first = datetime.combine(fieldwork_start or FIRST_OF_PROGRAMME, time(), UTC)
    if fieldwork_start is not None:
        first -= LONG_BEFORE
    if told_at < first:
        raise RefusedError(
            _("{day} is long before this inspection’s fieldwork.").format(day=f"{told_at:%d/%m/%Y}"),
            safe=_("Nothing was changed."),
            todo=_("Say when the force was told of this case."),
        )
    return told_at


def open_first(referrals: tuple[Referral, ...]) -> tuple[Referral, ...]:
    """Return the referrals with the open ones first, the oldest of them at the top; the closed ones follow, the latest first."""
    still = sorted((one for one in referrals if one.is_open), key=lambda one: one.since)
    done = sorted((one for one in referrals if not one.is_open), key=lambda one: one.since, reverse=True)
    return (*still, *done)


def first_words(text: str, most: int = 60) -> str:
    """Return the beginning of `text` on one line, cut between two words where it is longer than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most + 1].rsplit(" ", 1)[0]
    return (cut if len(cut) <= most else cut[:most]) + "…"


def age_words(referral: Referral, now: datetime) -> str:
    """Return how long it has been open, or was, such as *open for 2 days 3 hours*; a clock set back counts as no time."""
    for_so_long = time_open_words(referral, now)
    if referral.is_open:
        return _("open for {time}").format(time=for_so_long)
    return _("closed after {time}").format(time=for_so_long)


def time_open_words(referral: Referral, now: datetime) -> str:
    """Return how long it has been open, or was, such as *2 days 3 hours*, from when the force was told."""
    minutes = max(0, int(((referral.closed_at or now) - referral.since).total_seconds()) // 60)
    days, hours = divmod(minutes // 60, 24)
    parts = []
    if days:
        parts.append(ngettext("{n} day", "{n} days", days).format(n=days))
    if hours and days < DAYS_ALONE:
        parts.append(ngettext("{n} hour", "{n} hours", hours).format(n=hours))
    if not days and not hours:
        parts.append(ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes))
    return " ".join(parts)


def _fit(text: str, missing: str) -> str:
    said = text.strip()
    if not said:
        raise RefusedError(missing, safe=_("Nothing was changed."), todo=_("Write it in anonymous words."))
    if len(said) > MOST:
        raise RefusedError(
            _("These words have {count} characters; {most} fit.").format(count=f"{len(said):,}", most=f"{MOST:,}"),
            safe=_("The words are still in the box."),
            todo=_("Shorten them."),
        )
    return said
