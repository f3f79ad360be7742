"""Where the characters of a record stand in the document that shows it: code points here, UTF-16 units there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ncpi_desktop.domain.casework.case import Entry

_VISIBLE: Final[dict[int, int | str]] = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},  # control pictures
    0x0D: " ",
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys((0x202D, 0x202E), 0xFFFD),  # overrides would show words in another order than they are kept in
    0x2029: "\n",
    **dict.fromkeys((0xFDD0, 0xFDD1, 0xFFFC), 0xFFFD),  # Qt keeps frames and pictures behind these
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
_LONGEST_LINE: Final = 4000
"""Longer lines than this are broken in the window, or laying them out would take seconds."""


def visible_text(text: str) -> str:
    """Return `text` as it may be shown: control characters become visible signs, one for one, so that places stay."""
    if "\r" in text:
        # A lone carriage return ends a line; one before a line feed is only a space at its end.
        text = "".join(
            "\n" if letter == "\r" and text[place + 1 : place + 2] != "\n" else letter
            for place, letter in enumerate(text)
        )
    return text.translate(_VISIBLE)


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units `text` has: what Qt counts in."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def line_breaks(text: str) -> tuple[int, ...]:
    """Return where over-long lines are broken: before these characters, after a space where there is one."""
    if len(text) <= _LONGEST_LINE:
        return ()
    found = []
    start = 0
    for line in text.split("\n"):
        begun = 0
        while len(line) - begun > _LONGEST_LINE:
            space = line.rfind(" ", begun + _LONGEST_LINE // 2, begun + _LONGEST_LINE)
            begun = space + 1 if space >= 0 else begun + _LONGEST_LINE
            found.append(start + begun)
        start += len(line) + 1
    return tuple(found)


@dataclass(slots=True)
class EntryPlace:
    """Where one entry stands in the document: its heading begins at `top`, its text fills `start` up to `end`."""

    entry: Entry
    top: int
    start: int
    end: int
    breaks: tuple[int, ...] = ()
    astral: bool = False

    def position(self, offset: int, *, closing: bool = False) -> int:
        """Return the place of character `offset` of the entry's text; a `closing` one stays before a broken line."""
        units = utf16_length(self.entry.text[:offset]) if self.astral else offset
        passed = bisect_left(self.breaks, offset) if closing else bisect_right(self.breaks, offset)
        return self.start + units + passed

    def offset(self, position: int) -> int:
        """Return the character of the entry's text at a place in the document; inside a pair, the one it belongs to."""
        units = min(max(position, self.start), self.end) - self.start
        if self.breaks:
            units -= bisect_left(self._break_units(), units)
        if not self.astral:
            return units
        encoded = self.entry.text.encode("utf-16-le", "surrogatepass")[: 2 * units]
        return len(encoded.decode("utf-16-le", "ignore"))

    def _break_units(self) -> list[int]:
        if not self.astral:
            return [offset + place for place, offset in enumerate(self.breaks)]
        return [utf16_length(self.entry.text[:offset]) + place for place, offset in enumerate(self.breaks)]


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start` up to `end` of the text of an entry (its key)."""

    entry: int
    start: int
    end: int


def passages_between(places: Sequence[EntryPlace], first: int, last: int) -> list[Passage]:
    """Return the words of each entry that a selection in the document takes in, without spaces at their ends."""
    found = []
    for place in places:
        if first >= place.end or last <= place.start:
            continue
        start, end = place.offset(first), place.offset(last)
        words = place.entry.text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start < end:
            found.append(Passage(place.entry.key, start, end))
    return found
