"""Words that identify somebody and have to go: how they are found in texts, and in texts that were typed in pieces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import Final

from ncpi_desktop.words import _

SHORTEST: Final = 3
"""Fewer characters than these would be found in every other word."""

LONGEST: Final = 500

_WIDEST_GAP: Final = 20
"""Between two of the words up to so many spaces or line breaks may stand."""

_UNKNOWN: Final = "\uffff"
"""Stands for a character that was taken out of the history before."""

Span = tuple[int, int]


class PlaceKind(StrEnum):
    """Where words were found."""

    CASE = "case"
    RECORD = "record"
    JUDGEMENT = "judgement"
    PASSAGE = "passage"
    OWN_GRADE = "own-grade"
    FOLLOW_UP = "follow-up"
    HISTORY = "history"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            PlaceKind.CASE: _("references, tags and pseudonyms"),
            PlaceKind.RECORD: _("records"),
            PlaceKind.JUDGEMENT: _("rationales and notes"),
            PlaceKind.PASSAGE: _("cited passages"),
            PlaceKind.OWN_GRADE: _("the force's own grades"),
            PlaceKind.FOLLOW_UP: _("referrals, findings, recommendations and comments"),
            PlaceKind.HISTORY: _("history"),
        }[self]


@dataclass(frozen=True, slots=True)
class Places:
    """How often words were found, by the reference of the case (empty: of no one case) and the kind of place. Never what stands around.

    `backups` is how many kept backups hold them too, of those that could be looked into.
    """

    counts: tuple[tuple[str, PlaceKind, int], ...]
    backups: int = 0

    @property
    def total(self) -> int:
        """How many places there are."""
        return sum(count for _case, _kind, count in self.counts)

    @property
    def cases(self) -> tuple[str, ...]:
        """The references of the cases, each once."""
        return tuple(dict.fromkeys(case for case, _kind, _count in self.counts if case))


def mark() -> str:
    """Return what stands in place of words that were taken out."""
    return _("[taken out]")


class Sought:
    """The words to take out, whatever their capitals, and however many spaces stand between them."""

    def __init__(self, words: str) -> None:
        self._forms = tuple(
            dict.fromkeys(unicodedata.normalize(form, words.strip()).replace("\0", "") for form in ("NFC", "NFD"))
        )

    @property
    def length(self) -> int:
        """How many characters they have, spaces at both ends left out."""
        return len(self._forms[0])

    @property
    def reach(self) -> int:
        """How long a place where they stand can be."""
        return max(len(form) + _WIDEST_GAP * len(form.split()) for form in self._forms)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        gap = rf"\s{{1,{_WIDEST_GAP}}}"
        return re.compile("|".join(gap.join(map(re.escape, form.split())) for form in self._forms), re.IGNORECASE)

    def spans(self, text: str) -> list[Span]:
        """Return where they stand in `text`, first to last."""
        return [found.span() for found in self._pattern.finditer(text)]

    def is_in(self, text: object) -> bool:
        """Return whether they stand in `text`; in what is no text they do not."""
        return isinstance(text, str) and self._pattern.search(text) is not None

    def taken_out_of(self, text: str) -> str:
        """Return `text` with the mark in their place."""
        return self._pattern.sub(lambda _found: mark(), text)

    def shares_an_end_with(self, passage: str) -> bool:
        """Return whether `passage` holds three or more characters of them: whole inside them, or at one of its ends."""
        part = passage.strip().casefold()
        for form in (held.casefold() for held in self._forms):
            if len(part) >= SHORTEST and part in form:
                return True
            for length in range(SHORTEST, min(len(part), len(form)) + 1):
                if part.endswith(form[:length]) or part.startswith(form[-length:]):
                    return True
        return False


def moved(position: int, spans: Iterable[Span], *, end: bool) -> int:
    """Return where a position of a text is once the mark stands in place of each span; inside of one it moves to the mark's start or end."""
    shift = 0
    for start, stop in spans:
        if position <= start:
            break
        if position < stop:
            return start + shift + (len(mark()) if end else 0)
        shift += len(mark()) - (stop - start)
    return position + shift


class TypedText:
    """A text followed from its first key to its last, each character with the changes that put it there and took it away.

    `Key`s name values of the history. What was taken out of the history before is unknown, and so is where it ended.
    """

    def __init__(self, sought: Sought) -> None:
        self._sought = sought
        self._text = ""
        self._letters: list[int] = []
        self._told_by: list[list[Hashable]] = []
        self._of_them: set[int] = set()
        self._lost: list[tuple[str, list[int]]] = []

    def splice(self, key: Hashable, offset: int, old: str, new: str) -> None:
        """Follow `old` being replaced by `new` at `offset`."""
        stop = offset + len(old)
        self._fill_up_to(stop)
        if self._text[offset:stop] != old:  # known now, having been unknown
            self._text = self._text[:offset] + old + self._text[stop:]
            self._look(offset, stop)
        for letter in self._letters[offset:stop]:
            self._told_by[letter].append(key)
        self._text = self._text[:offset] + new + self._text[stop:]
        self._letters[offset:stop] = self._new_letters(len(new), key)
        self._look(offset, offset + len(new))

    def lose(self, offset: int | None) -> None:
        """Follow a change at `offset` that was taken out of the history: what came behind it stands nobody knows where."""
        at = min(offset or 0, len(self._text))
        self._lost.append((self._text[at:], self._letters[at:]))
        self._text, self._letters = self._text[:at], self._letters[:at]

    def tell(self, key: Hashable, text: str) -> None:
        """Follow the whole text being told; what of it stood there before keeps those who put it there."""
        letters = self._new_letters(len(text), key)
        for known, of_known in ((self._text, self._letters), *self._lost):
            for block in SequenceMatcher(None, known, text, autojunk=False).get_matching_blocks():
                if block.size >= SHORTEST or block.size == len(known) > 0:
                    letters[block.b : block.b + block.size] = of_known[block.a : block.a + block.size]
                    for letter in of_known[block.a : block.a + block.size]:
                        self._told_by[letter].append(key)
        self._text, self._letters, self._lost = text, letters, []
        self._look(0, len(text))

    @property
    def tellers(self) -> set[Hashable]:
        """The changes that wrote or took away any character of the words, wherever these ever stood whole."""
        return {key for letter in self._of_them for key in self._told_by[letter]}

    def _new_letters(self, count: int, key: Hashable | None) -> list[int]:
        first = len(self._told_by)
        self._told_by.extend([key] if key is not None else [] for _letter in range(count))
        return list(range(first, first + count))

    def _fill_up_to(self, length: int) -> None:
        missing = length - len(self._text)
        if missing > 0:
            self._text += _UNKNOWN * missing
            self._letters += self._new_letters(missing, None)

    def _look(self, start: int, stop: int) -> None:
        first = max(0, start - self._sought.reach)
        for begin, end in self._sought.spans(self._text[first : stop + self._sought.reach]):
            self._of_them.update(self._letters[first + begin : first + end])
