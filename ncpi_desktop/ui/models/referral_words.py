"""One referral in the words of the list and of questions that name it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from ncpi_desktop.domain.casework.referral import Referral, age_words, first_words
from ncpi_desktop.words import _

SHORT = 90


class ReferralLine(NamedTuple):
    """The cells of one referral, in the order of the columns."""

    clock: str
    case: str
    child: str
    told: str
    acknowledged: str
    answer: str
    closed_by: str


def moment_words(at: datetime) -> str:
    """Return a moment in local time, such as *14/05/2018 10:42*."""
    try:
        return at.astimezone().strftime("%d/%m/%Y %H:%M")
    except (OSError, OverflowError, ValueError):
        return at.strftime("%d/%m/%Y %H:%M")  # Windows knows no local time before 1970


def line_of(referral: Referral, now: datetime, named: Callable[[int | None], str]) -> ReferralLine:
    """Return the cells of a referral at the moment `now`; `named` tells who a person is."""
    age = age_words(referral, now)
    return ReferralLine(
        clock=age[:1].upper() + age[1:],
        case=referral.reference,
        child=" – ".join(
            part for part in (first_words(referral.child, SHORT), first_words(referral.risk, SHORT)) if part
        ),
        told=first_words(f"{referral.told}, {moment_words(referral.since)}", SHORT),
        acknowledged=_("no") if referral.acknowledged_at is None else moment_words(referral.acknowledged_at),
        answer=first_words(" ".join(part for part in (referral.force_did, referral.outcome) if part), SHORT),
        closed_by=named(referral.closed_by),
    )


def whole_words(referral: Referral, now: datetime, named: Callable[[int | None], str]) -> str:
    """Return all that is known of a referral, a line for each part."""
    by = named(referral.raised_by)
    raised = moment_words(referral.raised_at) + (f", {by}" if by else "")
    lines = [
        _("{case}, {age}").format(case=referral.reference, age=age_words(referral, now)),
        _("Child: {words}").format(words=referral.child or _("not recorded")),
        _("Risk: {words}").format(words=referral.risk),
        _("Told: {words}").format(words=f"{referral.told}, {moment_words(referral.since)}"),
        _("Raised: {words}").format(words=raised),
    ]
    if referral.acknowledged_at is not None:
        lines.append(_("Acknowledged: {words}").format(words=moment_words(referral.acknowledged_at)))
    if referral.force_did:
        lines.append(_("What the force did: {words}").format(words=referral.force_did))
    if referral.outcome:
        lines.append(_("Outcome: {words}").format(words=referral.outcome))
    if referral.closed_at is not None:
        closer = named(referral.closed_by)
        closed = moment_words(referral.closed_at) + (f", {closer}" if closer else "")
        lines.append(_("Closed: {words}").format(words=closed))
    return "\n".join(lines)


def naming_words(referral: Referral) -> str:
    """Return a referral in one short line, such as *EX-02, Child A (13): is out most nights…*; for the program's own windows alone."""
    whose = ", ".join(part for part in (referral.reference, first_words(referral.child, 40)) if part)
    return _("{whose}: {risk}").format(whose=whose, risk=first_words(referral.risk))
