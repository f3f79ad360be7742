"""How moments stand in the file: UTC to the millisecond, in text that sorts."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """Return `moment` (with its zone) as UTC text, such as ``2018-05-16T10:42:07.000Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def from_text(text: str | None) -> datetime | None:
    """Return the moment that `text` holds, or None."""
    return datetime.fromisoformat(text) if text else None


def from_stored(text: str) -> datetime:
    """Return the moment that `text` holds, where there always is one."""
    return datetime.fromisoformat(text)
