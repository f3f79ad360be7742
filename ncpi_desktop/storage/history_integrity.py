"""Checks the history itself: that its chain of seals holds from the first change to the last, and what its times tell."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.change import FIRST_SEAL, Operation, Sealing, texts_digest_of, value_digest
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.words import _, ngettext

Span = tuple[int, int]
"""Numbers of changes from the first to the last, both in it."""

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


_UNKNOWN_SEAL: Final = "?"
"""Stands for the seal of a change that is lost."""

_SHORT_CHANGE: Final = 2_000
"""A change of more values than these is not read when a file is opened."""


@dataclass(frozen=True, slots=True)
class ChainWalk:
    """How far the chain holds: changes walked, the last seal that holds, the first fault (empty: none), and where `asked` was found.

    `told_the_rest` is the change that told what version 1 had not told; 0 where there is none; `is_first_form` says that all changes are of
    version 1, and nothing has told it yet. `set_back` are changes, the first few of `times_set_back`, whose time is before that of the change
    before them. `lost` are changes that a rescue declares lost, which `declared` tells of: a remark, no fault.
    """

    changes: int
    seal: str
    fault: str = ""
    asked_at: int | None = None
    told_the_rest: int = 0
    times_set_back: int = 0
    set_back: tuple[int, ...] = ()
    lost: tuple[Span, ...] = ()
    declared: tuple[str, ...] = ()
    is_first_form: bool = False


def walk_chain(connection: Connection, asked: str, advance: Advance) -> ChainWalk:
    """Recompute every digest and seal from the first change on; stop at the first that does not hold.

    `asked` is a seal, or its beginning, as printed in a report; empty where none is asked for. One value at a time is held in memory.
    """
    walk = _Walk(connection, asked, advance)
    declared: tuple[str, ...] = ()
    try:
        lost, declared = declared_lost(connection)
        walk.lost = lost
        fault = walk.fault()
    except (ValueError, TypeError, UnicodeError):
        fault = _("it holds something that can't be read")
    return ChainWalk(
        changes=walk.count,
        seal=walk.seal,
        fault=_at(walk.place + 1, fault) if fault else "",
        asked_at=walk.asked_at,
        told_the_rest=walk.told_the_rest,
        times_set_back=walk.times_set_back,
        set_back=tuple(walk.set_back),
        lost=tuple(walk.lost),
        declared=declared,
        is_first_form=walk.is_first_form,
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
    lost: list[Span] = field(default_factory=list)
    place: int = 0
    _first_form: bool | None = None
    _last_at: str = ""

    @property
    def is_first_form(self) -> bool:
        """Whether what was walked is all of version 1."""
        return self._first_form is True

    def fault(self) -> str:
        """Go on to the end; return what is wrong with the change after `place`, empty where all hold."""
        values = _ValuesInOrder(self.connection)
        for line in self.connection.execute(_LINES):
            gap = not_in(self.lost, self.place + 1, line[0] - 1)
            if gap is not None:
                self.place = gap - 1
                return _("it is missing")
            if line[0] > self.place + 1:
                self._go_on_from(line)
            if is_in(self.lost, line[0]):
                values.leave_out(line[0])
                self.place, self.seal = line[0], _UNKNOWN_SEAL
                continue
            fault = self._fault_in(line, values)
            if fault:
                return fault
            self._note(line)
            self.advance()
        return _("it is missing, and its values are there") if values.any_left else ""

    def broken(self) -> list[Span]:
        """Go on to the end past whatever is wrong; return the changes beside `lost` that are missing, or are not as they were sealed."""
        broken: list[Span] = []
        values = _ValuesInOrder(self.connection)
        for line in self.connection.execute(_LINES):
            if line[0] > self.place + 1:
                broken += _gaps(self.lost, self.place + 1, line[0] - 1)
                self._go_on_from(line)
            if is_in(self.lost, line[0]):
                values.leave_out(line[0])
                self.place, self.seal = line[0], _UNKNOWN_SEAL
                continue
            try:
                fault = self._fault_in(line, values)
            except (ValueError, TypeError, UnicodeError):
                fault = _("it holds something that can't be read")
            values.leave_out(line[0])
            if fault:
                broken.append((line[0], line[0]))
                self.place, self.seal = line[0], _UNKNOWN_SEAL
            else:
                self._note(line)
            self.advance()
        return merged(broken)

    def _go_on_from(self, line: tuple[Any, ...]) -> None:
        """Begin anew behind a gap: what the change before sealed is not known."""
        self.place, self.seal = line[0] - 1, _UNKNOWN_SEAL

    def _fault_in(self, line: tuple[Any, ...], values: _ValuesInOrder) -> str:
        if self.seal == _UNKNOWN_SEAL:
            self.seal = line[13]
        sealing = self._sealing(line)
        fault = self._fault_in_line(line) or values.fault_in(line[0], sealing, self.advance)
        if fault:
            return fault
        return "" if self._holds(line, sealing) else _("its seal does not fit what it says")

    def _fault_in_line(self, line: tuple[Any, ...]) -> str:
        sequence, _at_text, person, _identity, _action, _case, reference, detail, reason = line[:9]
        salt, texts_digest, previous_seal = line[11:14]
        if sequence != self.place + 1:
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
        # Only the line that tells the rest, as that of a rescue does too, ends the first form: no other may leave its step unsealed.
        if today.seal() != line[14] or (self._first_form and line[4] not in (Action.TELL_THE_REST, Action.RESCUE)):
            return False
        if self._first_form:
            self.told_the_rest = line[0]
        self._first_form = False
        return True

    def _note(self, line: tuple[Any, ...]) -> None:
        self.count += 1
        self.place, self.seal = line[0], line[14]
        if self.asked and self.asked_at is None and self.seal.startswith(self.asked):
            self.asked_at = self.place
        if line[1] < self._last_at:
            self.times_set_back += 1
            if len(self.set_back) < MOST_SET_BACK:
                self.set_back.append(self.place)
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

    def leave_out(self, sequence: int) -> None:
        """Pass over the values of the changes up to `sequence`."""
        while self._next is not None and self._next[0] <= sequence:
            self._next = next(self._rows, None)

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


@dataclass(frozen=True, slots=True)
class Broken:
    """What does not hold of a history: `changes` that are missing or not as they were sealed, `lost` with those of earlier rescues.

    `told_the_rest` is as in `ChainWalk`; `is_first_form` says that nothing has told it yet.
    """

    changes: list[Span]
    lost: list[Span]
    told_the_rest: int
    is_first_form: bool


def broken_changes(connection: Connection, advance: Advance) -> Broken:
    """Return which changes no longer hold, beside those that an earlier rescue, whose line does hold, declares lost."""
    broken: list[Span] = []
    while True:
        walk = _Walk(connection, "", advance, lost=declared_lost(connection, broken)[0])
        found = walk.broken()
        rescues = [sequence for sequence, _at_text, _told in _rescues(connection) if not is_in(broken, sequence)]
        if not any(is_in(found, sequence) for sequence in rescues):
            return Broken(found, merged([*walk.lost, *found]), walk.told_the_rest, walk.is_first_form)
        broken = merged([*broken, *found])  # What a rescue declared whose own line is broken counts for nothing.


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans of numbers in ascending order, those that touch made one."""
    joined: list[Span] = []
    for first, last in sorted(spans):
        if joined and joined[-1][1] >= first - 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def told_spans(spans: Iterable[Span]) -> str:
    """Return spans as they stand in the history, such as *3-5, 9*."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def is_in(spans: Sequence[Span], number: int) -> bool:
    """Return whether `number` is in one of `spans`."""
    return not_in(spans, number, number) is None


def not_in(spans: Sequence[Span], first: int, last: int) -> int | None:
    """Return the first number from `first` to `last` that is in none of `spans`; None where all are."""
    number = first
    while number <= last:
        place = bisect_right(spans, (number, sys.maxsize)) - 1
        if place < 0 or spans[place][1] < number:
            return number
        number = spans[place][1] + 1
    return None


def _gaps(spans: Sequence[Span], first: int, last: int) -> Iterator[Span]:
    """Yield what of the numbers from `first` to `last` is in none of `spans`."""
    gap = not_in(spans, first, last)
    while gap is not None:
        after = bisect_right(spans, (gap, sys.maxsize))
        end = min(last, spans[after][0] - 1) if after < len(spans) else last
        yield gap, end
        gap = not_in(spans, end + 1, last)


def declared_lost(connection: Connection, broken: Sequence[Span] = ()) -> tuple[list[Span], tuple[str, ...]]:
    """Return the changes that rescues declare lost, each earlier than itself, and a sentence for each rescue.

    What a rescue declares whose own line is lost, by a later one or as one of `broken`, counts for nothing: no seal vouches for it.
    """
    lost: list[Span] = list(broken)
    declared: list[Span] = []
    sentences: list[str] = []
    for sequence, at, told in reversed(_rescues(connection)):
        if is_in(lost, sequence):
            continue
        day = datetime.fromisoformat(at).strftime("%d/%m/%Y")
        spans = _spans_from(told.get("lost"), sequence - 1)
        declared += spans
        lost = merged([*lost, *spans])
        sentences[:0] = _sentences(spans, told, day)
    return merged(declared), tuple(sentences)


def _rescues(connection: Connection) -> list[tuple[int, str, dict[str, object]]]:
    """Return the line of each rescue: its number, its moment, and what it declares, by field."""
    rows = connection.execute(
        "SELECT h.sequence, h.at, v.field, v.new_value FROM history h JOIN history_values v USING (sequence) WHERE h.action = ?"
        " AND v.\"table\" = 'rescue' ORDER BY h.sequence, v.position",
        (Action.RESCUE.value,),
    ).fetchall()
    found: dict[int, tuple[int, str, dict[str, object]]] = {}
    for sequence, at, told_field, told in rows:
        found.setdefault(sequence, (sequence, at, {}))[2][told_field] = told
    return list(found.values())


def _sentences(spans: list[Span], told: Mapping[str, object], day: str) -> Iterator[str]:
    count = sum(end - first + 1 for first, end in spans)
    if count:
        yield ngettext(
            "{count} change was lost before the rescue of {day}: number {numbers}.",
            "{count} changes were lost before the rescue of {day}: numbers {numbers}.",
            count,
        ).format(count=count, day=day, numbers=told_spans(spans))
    if told.get("lost-after") is not None:
        yield _("More changes after number {number} may have been lost before the rescue of {day}.").format(
            number=told["lost-after"], day=day
        )
    anew = told.get("told-anew")
    if isinstance(anew, int):
        yield ngettext(
            "{count} row was not as the history told at the rescue of {day}; it stands as it was found then.",
            "{count} rows were not as the history told at the rescue of {day}; they stand as they were found then.",
            anew,
        ).format(count=anew, day=day)


def _spans_from(told: object, most: int) -> list[Span]:
    """Return spans as `told_spans` wrote them; none where they make no sense, which the seal of their line then shows."""
    try:
        parts = [part.partition("-") for part in str(told or "").split(", ") if part]
        return [(int(first), min(int(last or first), most)) for first, _dash, last in parts]
    except ValueError:
        return []


def last_seal_holds(connection: Connection) -> bool:
    """Return whether the last change is sealed onto the one before it, as after a change that was made wholly or not at all.

    A change of very many values (an import) is taken at its word here; `walk_chain` reads those too.
    """
    lines = connection.execute(
        "SELECT sequence, at, person_identity, action, case_identity, texts_digest, previous_seal, seal, step, undoes FROM history"
        " ORDER BY sequence DESC LIMIT 2"
    ).fetchall()
    if not lines:
        return connection.execute("SELECT 1 FROM history_values LIMIT 1").fetchone() is None
    sequence, at, person, action, case, texts, previous_seal, seal, step, undoes = lines[0]
    before = (lines[1][0], lines[1][7]) if len(lines) > 1 else (0, FIRST_SEAL)
    # The line of a rescue follows whatever change was left; the check reads what it declares.
    if (sequence - 1, previous_seal) != before and action != Action.RESCUE:
        return False
    values = connection.execute(
        'SELECT "table", "row", field, operation, "offset", old_digest, new_digest FROM history_values WHERE sequence = ?'
        " ORDER BY position LIMIT ?",
        (sequence, _SHORT_CHANGE + 1),
    ).fetchall()
    if len(values) > _SHORT_CHANGE:
        return True
    head = (previous_seal, sequence, at, person, action, case, texts)
    for steps in ((step, undoes), None):  # None is the form of version 1.
        sealing = Sealing(*head, steps=steps)
        for value in values:
            sealing.add(*value)
        if sealing.seal() == str(seal):
            return True
    return False
