"""What is done to a disk: one operation at a time, in the order in which it was asked for, and how it may fail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["create", "read", "write", "truncate", "sync", "delete", "rename", "sync folder", "acknowledged"]
FailureKind = Literal["I/O error", "no space", "short write"]

FAILURES: tuple[FailureKind, ...] = ("I/O error", "no space", "short write")


@dataclass(frozen=True, slots=True)
class Place:
    """A file as it is named; `is_audit` where it is a database itself, not its journal."""

    path: str
    is_audit: bool = False

    def exists(self) -> bool:
        """Return whether something stands there."""
        return Path(self.path).exists()


@dataclass(frozen=True, slots=True)
class Failure:
    """How an operation fails."""

    kind: FailureKind


@dataclass(slots=True)
class Operation:
    """One operation. `offset` is where a write begins or the size that a truncation leaves; `to` where a renamed file goes.

    Of the kind *acknowledged* is what the program tells a person: that everything up to `sequence` is saved.
    """

    kind: Kind
    place: Place
    offset: int = 0
    data: bytes = b""
    to: str = ""
    syncs_folder: bool = False
    sequence: int = 0
    seal: str = ""
    failure: Failure | None = None


class Gauntlet:
    """Lets the `at`-th operation fail, once or with all after it; counts them all. Armed and disarmed around one act.

    What a failure cannot befall is not counted: no read runs out of space, and only a write is cut short.
    """

    def __init__(self) -> None:
        self.count = 0
        self.failed = 0
        self._at = 0
        self._kind: FailureKind = "I/O error"
        self._for_ever = False
        self._armed = False

    def arm(self, kind: FailureKind, at: int, *, for_ever: bool) -> None:
        """Begin to count; the `at`-th (from 1; 0: none) is the first to fail."""
        self.count = self.failed = 0
        self._kind, self._at, self._for_ever, self._armed = kind, at, for_ever, True

    def disarm(self) -> None:
        """Let everything succeed again: the cause is gone."""
        self._armed = False

    def hear(self, operation: Operation) -> Failure | None:
        """Count `operation` and say whether it fails."""
        if not self._armed or operation.kind not in BEFALLS[self._kind]:
            return None
        self.count += 1
        if not self._at or self.count < self._at or (self.count > self._at and not self._for_ever):
            return None
        self.failed += 1
        return Failure(self._kind)


BEFALLS: dict[FailureKind, frozenset[str]] = {
    "I/O error": frozenset({"create", "read", "write", "truncate", "sync", "delete", "rename", "sync folder"}),
    "no space": frozenset({"create", "write", "truncate"}),
    "short write": frozenset({"write"}),
}
"""Which operations each failure befalls."""
