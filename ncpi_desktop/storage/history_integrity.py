"""Checks the history itself: that its chain of seals holds from the first change to the last, and what its times tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.change import FIRST_SEAL, Operation, Sealing, texts_digest_of, value_digest
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.words import _

Advance = Callable[[], None]
"""Called after each change or value looked at; raises to stop the check."""

_LINES: Final = (
    "SELECT sequence, at, person, person_identity, action, case_identity, case_reference, detail, reason, step, undoes, salt, texts_digest,"
    " previous_seal, seal FROM history ORDER BY sequence"
)
_VALUES: Final = (
    'SELECT sequence, position, "table", "row", field, operation, old_value, new_value, "offset", salt, old_digest, new_digest,'
    " redacted_because FROM history_values ORDER BY sequence, position"
)


@dataclass(frozen=True, slots=True)
class ChainWalk:
    """How far the chain holds: changes walked, the last seal that holds, the first fault (empty: none), and where `asked` was found.

    `told_the_rest` is the change that told what version 1 had not told; 0 where there is none. `set_back` are changes, the first few of
    `times_set_back`, whose time is before that of the change before them.
    """

    changes: int
    seal: str
    fault: str = ""
    asked_at: int | None = None
    told_the_rest: int = 0
    times_set_back: int = 0
    set_back: tuple[int, ...] = ()


def walk_chain(connection: Connection, asked: str, advance: Advance) -> ChainWalk:
    """Recompute every digest and seal from the first change on; stop at the first that does not hold.

    `asked` is a seal, or its beginning, as printed in a report; empty where none is asked for. One value at a time is held in memory.
    """
    walk = _Walk(connection, asked, advance)
    try:
        fault = walk.fault()
    except (ValueError, TypeError, UnicodeError):
        fault = _("it holds something that can't be read")
    return ChainWalk(
        changes=walk.count,
        seal=walk.seal,
        fault=_at(walk.count + 1, fault) if fault else "",
        asked_at=walk.asked_at,
        told_the_rest=walk.told_the_rest,
        times_set_back=walk.times_set_back,
        set_back=tuple(walk.set_back),
    )


MOST_SET_BACK: Final = 5
"""So many changes whose time was set back are named."""


@dataclass
class _Walk:
    """One walk along the chain: what holds so far."""

    connection: Connection
    asked: str
    advance: Advance
    count: int = 0
    seal: str = FIRST_SEAL
    asked_at: int | None = None
    told_the_rest: int = 0
    times_set_back: int = 0
    set_back: list[int] = field(default_factory=list)
    _first_form: bool | None = None
    _last_at: str = ""

    def fault(self) -> str:
        """Go on to the end; return what is wrong with the change after `count`, empty where all hold."""
        values = _ValuesInOrder(self.connection)
        for line in self.connection.execute(_LINES):
            sealing = self._sealing(line)
            fault = self._fault_in_line(line) or values.fault_in(line[0], sealing, self.advance)
            if fault:
                return fault
            if not self._holds(line, sealing):
                return _("its seal does not fit what it says")
            self._note(line)
            self.advance()
        return _("it is missing, and its values are there") if values.any_left else ""

    def _fault_in_line(self, line: tuple[Any, ...]) -> str:
        sequence, _at_text, person, _identity, _action, _case, reference, detail, reason = line[:9]
        salt, texts_digest, previous_seal = line[11:14]
        if sequence != self.count + 1:
            return _("it is missing")
        if previous_seal != self.seal:
            return _("it does not follow from the change before it")
        # Words that were taken out took their salt with them; their digest stays and is still sealed.
        if salt and texts_digest_of(salt, person, reference, detail, reason) != texts_digest:
            return _("its words were altered")
        return ""

    def _sealing(self, line: tuple[Any, ...]) -> tuple[Sealing, Sealing | None]:
        """Return the seal to be made of a change in today's form, and in that of version 1 while it may still be one of its changes."""
        datetime.fromisoformat(line[1])  # a moment that is none is told as what can't be read
        head = (self.seal, line[0], line[1], line[3], line[4], line[5], line[12])
        today = Sealing(*head, steps=(line[9], line[10]))
        return today, None if self._first_form is False else Sealing(*head, steps=None)

    def _holds(self, line: tuple[Any, ...], sealing: tuple[Sealing, Sealing | None]) -> bool:
        today, first = sealing
        if first is not None and first.seal() == line[14] and _steps_make_sense(line):
            self._first_form = True
            return True
        # Only the line that tells the rest ends the first form: no other may leave its step unsealed.
        if today.seal() != line[14] or (self._first_form and line[4] != Action.TELL_THE_REST):
            return False
        if self._first_form:
            self.told_the_rest = line[0]
        self._first_form = False
        return True

    def _note(self, line: tuple[Any, ...]) -> None:
        self.count, self.seal = line[0], line[14]
        if self.asked and self.asked_at is None and self.seal.startswith(self.asked):
            self.asked_at = self.count
        if line[1] < self._last_at:
            self.times_set_back += 1
            if len(self.set_back) < MOST_SET_BACK:
                self.set_back.append(self.count)
        self._last_at = line[1]


class _ValuesInOrder:
    """The values of all changes as one stream, beside the stream of the changes."""

    def __init__(self, connection: Connection) -> None:
        self._rows: Iterator[tuple[Any, ...]] = connection.execute(_VALUES)
        self._next: tuple[Any, ...] | None = next(self._rows, None)

    @property
    def any_left(self) -> bool:
        """Whether there are values of a change that there is not."""
        return self._next is not None

    def fault_in(self, sequence: int, sealing: tuple[Sealing, Sealing | None], advance: Advance) -> str:
        """Take the values of one change into its seal; return what is wrong with one of them, empty where nothing is."""
        position = 0
        while self._next is not None and self._next[0] <= sequence:
            value = self._next
            if value[0] < sequence or value[1] != position:
                return _("the values that it keeps are not in order")
            fault = _fault_in_value(value)
            if fault:
                return fault
            for seal in sealing:
                if seal is not None:
                    seal.add(value[2], value[3], value[4], value[5], value[8], value[10], value[11])
            position += 1
            self._next = next(self._rows, None)
            advance()
        return ""


def _fault_in_value(value: tuple[Any, ...]) -> str:
    operation, old, new = value[5:8]
    salt, old_digest, new_digest, redacted_because = value[9:]
    if not salt:
        # A value that was taken out took its salt with it.
        taken_out = redacted_because is not None and old is None and new is None
        return "" if taken_out else _("a value that it keeps was altered")
    if redacted_because is not None or value_digest(salt, old) != old_digest:
        return _("a value that it keeps was altered")
    stands_in_table = new is None and operation in (Operation.ADD, Operation.SET)
    if value_digest(salt, new) == new_digest or (stands_in_table and value[4] == "*"):
        return ""
    return _("a value that it keeps was altered")


def _steps_make_sense(line: tuple[Any, ...]) -> bool:
    """Return whether step and undone step of a change of version 1, which did not seal them, can be what they say."""
    sequence, action, step, undoes = line[0], line[4], line[9], line[10]
    if action in (Action.UNDO, Action.REDO):
        return bool(step == sequence and undoes is not None and 0 < undoes < sequence)
    typing = action in (Action.WRITE_RATIONALE, Action.WRITE_NOTES)
    return undoes is None and (step == sequence or (typing and 0 < step < sequence))


def _at(sequence: int, fault: str) -> str:
    return _("The history is broken at change {number}: {fault}. What stands before it holds.").format(
        number=sequence, fault=fault
    )
