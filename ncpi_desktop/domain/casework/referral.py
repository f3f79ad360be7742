"""A referral back to the force: which child is at what risk, whom in the force was told, and what the force did about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NewType

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.words import _, ngettext

ReferralKey = NewType("ReferralKey", int)

MOST: Final = 10_000
"""So many characters fit into the risk, into whom was told and into the outcome."""


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

    def acknowledged(self, at: datetime) -> Referral:
        """Return the referral acknowledged by the force.

        Raises:
            RefusedError: it is closed, or was acknowledged before.
        """
        self._refuse_closed()
        if self.acknowledged_at is not None:
            raise RefusedError(_("The force has acknowledged this referral already."), safe=_("Nothing was changed."))
        return replace(self, acknowledged_at=at)

    def closed(self, outcome: str, at: datetime, by: int | None) -> Referral:
        """Return the referral closed with what the force did.

        Raises:
            RefusedError: it is closed already, or the outcome has no words or too many.
        """
        self._refuse_closed()
        return replace(self, outcome=fit_outcome(outcome), closed_at=at, closed_by=by)

    def _refuse_closed(self) -> None:
        if not self.is_open:
            raise RefusedError(
                _("This referral is closed, and is not changed any more."),
                safe=_("Nothing was changed."),
                todo=_("Raise a new referral for what has come up since."),
            )


def fit_risk(text: str) -> str:
    """Return the risk without the blanks around it.

    Raises:
        RefusedError: it says nothing, or more than `MOST` characters.
    """
    return _fit(text, _("A referral says which child is at what risk."))


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
    return _fit(text, _("A referral is closed with its outcome: what the force did."))


def open_first(referrals: tuple[Referral, ...]) -> tuple[Referral, ...]:
    """Return the referrals with the open ones first, the oldest of them at the top; the closed ones follow, the latest first."""
    still = sorted((one for one in referrals if one.is_open), key=lambda one: one.raised_at)
    done = sorted((one for one in referrals if not one.is_open), key=lambda one: one.raised_at, reverse=True)
    return (*still, *done)


def age_words(referral: Referral, now: datetime) -> str:
    """Return how long it has been open, or was, such as *open for 2 days 3 hours*; a clock set back counts as no time."""
    minutes = max(0, int(((referral.closed_at or now) - referral.raised_at).total_seconds()) // 60)
    days, hours = divmod(minutes // 60, 24)
    parts = []
    if days:
        parts.append(ngettext("{n} day", "{n} days", days).format(n=days))
    if hours:
        parts.append(ngettext("{n} hour", "{n} hours", hours).format(n=hours))
    if not days and not hours:
        parts.append(ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes))
    for_so_long = " ".join(parts)
    if referral.is_open:
        return _("open for {time}").format(time=for_so_long)
    return _("closed after {time}").format(time=for_so_long)


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
