"""Keeps the referrals back to the force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.referral import Referral, ReferralKey
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import from_stored, from_text, to_text

_SELECT = (
    "SELECT r.id, r.identity, r.case_id, c.reference, r.raised_by, r.raised_at, r.risk, r.told, r.acknowledged_at, r.outcome,"
    " r.closed_at, r.closed_by, r.child, r.told_at, r.force_did FROM referrals r JOIN cases c ON c.id = r.case_id"
)


def add_referral(change: ChangeInProgress, referral: Referral) -> None:
    """Keep a referral back to the force."""
    identity = fresh_identity()
    change.connection.execute(
        "INSERT INTO referrals (identity, case_id, raised_by, raised_at, child, risk, told, told_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(identity, referral.case, referral.raised_by, to_text(referral.raised_at), referral.child, referral.risk),
            *(referral.told, _text_of(referral.told_at)),
        ),
    )
    change.add_standing("referrals", identity)


def update_referral(change: ChangeInProgress, was: Referral, now: Referral) -> None:
    """Keep how far a referral has come: when it was acknowledged, its outcome, when and by whom it was closed."""
    run = change.connection
    run.execute(
        "UPDATE referrals SET acknowledged_at = ?, force_did = ?, outcome = ?, closed_at = ?, closed_by = ? WHERE id = ?",
        (
            *(_text_of(now.acknowledged_at), now.force_did, now.outcome, _text_of(now.closed_at)),
            *(now.closed_by, was.key),
        ),
    )
    fields = ("acknowledged_at", "force_did", "outcome", "closed_at", "closed_by")
    before, after = (
        (
            _text_of(one.acknowledged_at),
            one.force_did,
            one.outcome,
            _text_of(one.closed_at),
            _person(change, one.closed_by),
        )
        for one in (was, now)
    )
    for field, old, new in zip(fields, before, after, strict=True):
        change.set("referrals", was.identity, field, old, new)


def _text_of(at: datetime | None) -> str | None:
    return to_text(at) if at else None


def read_referrals(connection: Connection) -> tuple[Referral, ...]:
    """Return every referral, oldest first."""
    return tuple(_referral(row) for row in connection.execute(f"{_SELECT} ORDER BY r.id"))


def referrals_of(connection: Connection, case: CaseKey) -> tuple[Referral, ...]:
    """Return the referrals of a case, oldest first."""
    return tuple(_referral(row) for row in connection.execute(f"{_SELECT} WHERE r.case_id = ? ORDER BY r.id", (case,)))


def read_open(connection: Connection) -> tuple[Referral, ...]:
    """Return the referrals that are not closed, oldest first; costs as much as there are of these."""
    return tuple(_referral(row) for row in connection.execute(f"{_SELECT} WHERE r.closed_at IS NULL ORDER BY r.id"))


def count_open(connection: Connection) -> int:
    """Return how many referrals are not closed."""
    return int(connection.execute("SELECT COUNT(*) FROM referrals WHERE closed_at IS NULL").fetchone()[0])


def read_referral(connection: Connection, key: ReferralKey) -> Referral | None:
    """Return one referral; None where it is not there."""
    row = connection.execute(f"{_SELECT} WHERE r.id = ?", (key,)).fetchone()
    return _referral(row) if row else None


def _person(change: ChangeInProgress, key: int | None) -> str | None:
    row = change.connection.execute("SELECT identity FROM people WHERE id = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def _referral(row: tuple[Any, ...]) -> Referral:
    return Referral(
        key=ReferralKey(row[0]),
        identity=row[1],
        case=CaseKey(row[2]),
        reference=row[3],
        raised_by=row[4],
        raised_at=from_stored(row[5]),
        risk=row[6],
        told=row[7],
        acknowledged_at=from_text(row[8]),
        outcome=row[9],
        closed_at=from_text(row[10]),
        closed_by=row[11],
        child=row[12],
        told_at=from_text(row[13]),
        force_did=row[14],
    )
