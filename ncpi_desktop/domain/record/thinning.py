"""Which backups stay: all of today, one a day for a month, one a month after that, and no more bytes than they may take."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from ncpi_desktop.domain.record.backup import Backup

DAILY_FOR = timedelta(days=30)
"""So long one backup a day stays; of the time before, one a month."""

_NONE: frozenset[Backup] = frozenset()


def staying(
    backups: Iterable[Backup],
    now: datetime,
    limit: int,
    *,
    unsound: Collection[Backup] = _NONE,
    apart: Collection[Backup] = _NONE,
) -> frozenset[Backup]:
    """Return which of `backups` stay. Days and months are those of the zone that `now` is in.

    Of a day or a month the one that holds most changes stays, whatever its occasion: one that was made before a risky act counts like any
    other. What is dated after today, as when a clock was set back, counts as of today. Those known to be `unsound` stand for no day, and
    those `apart`, of another copy of the audit, are thinned when that copy is open; both are left alone until room is needed.

    Above `limit` bytes unsound ones go first, then those of days before today, then those of today, the oldest first. The sound one that
    holds most changes never goes.
    """
    held = frozenset(backups)
    sound = sorted(held - frozenset(unsound) - frozenset(apart), key=_changes)
    standing: dict[object, Backup] = {}
    for backup in sound:  # the one with most changes comes last and takes the place of its day
        standing[_period(backup, now)] = backup
    kept = held - frozenset(sound) | frozenset(standing.values())
    return _within(kept, now, limit, frozenset(unsound), sound[-1] if sound else None)


def _within(
    kept: frozenset[Backup], now: datetime, limit: int, unsound: frozenset[Backup], newest: Backup | None
) -> frozenset[Backup]:
    def rank(backup: Backup) -> tuple[bool, bool, datetime, int, str]:
        return (
            backup not in unsound,
            _day(backup, now) >= now.date(),
            backup.made_at,
            backup.sequence,
            backup.path.name,
        )

    size = sum(backup.size for backup in kept)
    gone: set[Backup] = set()
    for backup in sorted(kept, key=rank):
        if size <= limit:
            break
        if backup != newest:
            gone.add(backup)
            size -= backup.size
    return kept - gone


def _period(backup: Backup, now: datetime) -> object:
    day = _day(backup, now)
    if day >= now.date():
        return backup
    if now.date() - day <= DAILY_FOR:
        return day
    return day.year, day.month


def _day(backup: Backup, now: datetime) -> date:
    return backup.made_at.astimezone(now.tzinfo).date()


def _changes(backup: Backup) -> tuple[int, datetime, str]:
    return backup.sequence, backup.made_at, backup.path.name
