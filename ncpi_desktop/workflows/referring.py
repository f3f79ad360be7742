"""Referring a case back to the force: raising it, noting that the force has it, and closing it with what the force did.

Whoever may judge may do that for any case that is no practice case, whatever its grade and whoever reads it. Raising one shows nothing of a
first reading; who raised one is not told to anybody to whom the first reading of that case is closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.referral import (
    Referral,
    ReferralKey,
    fit_child,
    fit_force_did,
    fit_outcome,
    fit_risk,
    fit_told,
    fit_told_at,
    open_first,
)
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage import referral_repository as referrals
from ncpi_desktop.storage.allocation_repository import is_for_practice
from ncpi_desktop.storage.case_repository import case_identified, find_case, names_of, read_children
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.words import _
from ncpi_desktop.workflows.blinding import closed_cases
from ncpi_desktop.workflows.session import AuditSession, Changed

_LARGEST: Final = 2**63 - 1
"""The largest number that a file can be asked for."""


def raise_referral(
    session: AuditSession, case: CaseKey, risk: str, told: str, *, child: str, told_at: datetime | None = None
) -> Changed:
    """Refer a case to the force: which child is at what risk, who there was told, and when; None: now.

    Raises:
        RefusedError: a part has no words or too many, the force can't have been told then, nobody has signed in, or it is a practice case;
            nothing was kept.
    """
    refuse_practice(session, case)
    child, risk, told = fit_child(storable(child)), fit_risk(storable(risk)), fit_told(storable(told))
    if told_at is not None:
        told_at = fit_told_at(told_at, session.clock(), session.inspection.fieldwork_start)
    with _change(session, case, Action.RAISE_REFERRAL) as (change, person):
        raised = Referral(case, person, change.at, risk, told, child=child, told_at=told_at or change.at)
        referrals.add_referral(change, raised)
    return Changed(case, change.at)


def refuse_practice(session: AuditSession, case: CaseKey) -> None:
    """Let a case be referred only where it is one of the audit's own.

    Raises:
        RefusedError: it is a practice case.
    """
    if is_for_practice(session.file.connection, case):
        raise RefusedError(
            _("A practice case is invented: there is no child to refer."), safe=_("Nothing was changed.")
        )


def moment_from(text: str, now: datetime) -> datetime | None:
    """Return the moment that `text` names in local time: *15/05/2018 09:30*, *2018-05-15T09:30*, or *09:30* today; None where it is empty.

    Raises:
        RefusedError: it is none of these.
    """
    said = " ".join(storable(text).split())
    if not said:
        return None
    today = f"{now.astimezone():%d/%m/%Y}"
    for words, form in ((said, "%d/%m/%Y %H:%M"), (f"{today} {said}", "%d/%m/%Y %H:%M"), (said, "%d/%m/%Y")):
        try:
            return datetime.strptime(words, form).astimezone()
        except (ValueError, OverflowError, OSError):
            continue
    try:
        found = datetime.fromisoformat(said)
        return found.astimezone()
    except (ValueError, OverflowError, OSError):
        raise RefusedError(
            _("That is no date and time."),
            safe=_("Nothing was changed."),
            todo=_("Write it as 15/05/2018 09:30, or leave it empty for now."),
        ) from None


def refuse_unless_may_refer(session: AuditSession) -> None:
    """Let a referral be written only where it could be kept.

    Raises:
        RefusedError: the file is open for reading only, nobody has signed in, or the role does not allow it.
    """
    session.refuse_unless_may(Action.RAISE_REFERRAL)
    if session.read_only:
        raise RefusedError(_("This file is open for reading only."), todo=session.file.how_to_write())
    if not session.name:
        raise _nameless()


def case_called(session: AuditSession, reference: str) -> CaseKey:
    """Return the case with that reference.

    Raises:
        RefusedError: there is none in this audit, or it is a practice case.
    """
    found = find_case(session.file.connection, storable(reference).strip())
    if found is None:
        raise RefusedError(
            _("There is no case with that reference in this audit."),
            safe=_("Nothing was changed."),
            todo=_("Give the reference as the queue has it."),
        )
    refuse_practice(session, found)
    return found


def referral_numbered(session: AuditSession, number: int) -> ReferralKey:
    """Return the referral with that number in this file.

    Raises:
        RefusedError: there is none.
    """
    return _held(session, ReferralKey(number if 0 < number <= _LARGEST else 0)).key


def reference_of(session: AuditSession, case: CaseKey) -> str:
    """Return the reference of a case."""
    return names_of(session.file.connection, case)[0]


def case_with(session: AuditSession, identity: str) -> CaseKey | None:
    """Return the case with that identity, such as the one that Review was left at; None where it is not there."""
    with session.file.reading() as connection:
        return case_identified(connection, identity)


def children_of(session: AuditSession, case: CaseKey) -> tuple[str, ...]:
    """Return the children of a case by pseudonym and age, such as *Child A (6)*."""
    return tuple(child.words for child in read_children(session.file.connection, case))


def acknowledge(session: AuditSession, referral: ReferralKey) -> Changed:
    """Note that the force has acknowledged a referral, now.

    Raises:
        RefusedError: it is closed or was acknowledged before, or is not there any more.
    """
    case = _held(session, referral).case
    with _change(session, case, Action.ACKNOWLEDGE_REFERRAL) as (change, _person):
        held = _held(session, referral)
        referrals.update_referral(change, held, held.acknowledged(change.at))
    return Changed(case, change.at)


def close_referral(session: AuditSession, referral: ReferralKey, force_did: str, outcome: str) -> Changed:
    """Close a referral with what the force did and what came of it for the child.

    Raises:
        RefusedError: it is closed already or not there any more, or one of the two has no words or too many.
    """
    force_did, outcome = fit_force_did(storable(force_did)), fit_outcome(storable(outcome))
    case = _held(session, referral).case
    with _change(session, case, Action.CLOSE_REFERRAL) as (change, person):
        held = _held(session, referral)
        referrals.update_referral(change, held, held.closed(force_did, outcome, change.at, person))
    return Changed(case, change.at)


def referrals_of(session: AuditSession, case: CaseKey) -> tuple[Referral, ...]:
    """Return the referrals of a case, open ones first."""
    return open_first(_as_seen(session, referrals.referrals_of(session.file.connection, case)))


def all_referrals(session: AuditSession) -> tuple[Referral, ...]:
    """Return every referral, open ones first; costs as much as there are referrals."""
    return open_first(_as_seen(session, referrals.read_referrals(session.file.connection)))


def open_referrals(session: AuditSession) -> tuple[Referral, ...]:
    """Return the referrals that the force still owes an outcome, the oldest first; costs as much as there are of these."""
    with session.file.reading() as connection:
        return open_first(_as_seen(session, referrals.read_open(connection)))


def count_open(session: AuditSession) -> int:
    """Return how many referrals are open."""
    with session.file.reading() as connection:
        return referrals.count_open(connection)


def _as_seen(session: AuditSession, held: tuple[Referral, ...]) -> tuple[Referral, ...]:
    """Return the referrals without who raised and closed them where that would tell who reads a closed case."""
    if not held:  # Nearly every case: each step in Review asks.
        return held
    closed = closed_cases(session, list({one.case for one in held}))
    own = session.person.key if session.person else None
    return tuple(
        replace(
            one,
            raised_by=one.raised_by if one.raised_by == own else None,
            closed_by=one.closed_by if one.closed_by == own else None,
        )
        if one.case in closed
        else one
        for one in held
    )


@contextmanager
def _change(session: AuditSession, case: CaseKey, action: Action) -> Iterator[tuple[ChangeInProgress, int]]:
    """Open a change about the referrals of `case`; yields it with the key of who makes it."""
    if not session.name:
        raise _nameless()
    reference, identity = names_of(session.file.connection, case)
    with session.change(action, case_identity=identity, case_reference=reference) as change:
        if session.person is None:
            raise _nameless()
        yield change, session.person.key


def _held(session: AuditSession, key: ReferralKey) -> Referral:
    held = referrals.read_referral(session.file.connection, key)
    if held is None:
        raise RefusedError(_("This referral is not there any more."), safe=_("Nothing was changed."))
    return held


def _nameless() -> RefusedError:
    return RefusedError(_("A referral needs the name of who makes it."), todo=_("Say first who is working."))
