"""Counts and shares that somebody typed by hand: where a live figure would stand better, since it can't contradict the findings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ncpi_desktop.domain.findings.number_words import Number, number_at, numbers_in
from ncpi_desktop.domain.findings.prose import parts_of
from ncpi_desktop.domain.findings.prose_blocks import Part, PartKind, Prose

_SLOT: Final = "\ufffc"
"""Stands for a live figure in the words that are looked through; a point of a list begins with a character that is no blank."""
_BEGINS: Final = "\0"
_REACH: Final = 48
"""How far before a number its company is looked for."""

_GAP: Final = r"\s{1,4}"
_MONTHS: Final = "january|february|march|april|may|june|july|august|september|october|november|december"
_GRADES: Final = rf"(?:outstanding|good|adequate|inadequate|requir(?:es|ing){_GAP}improvement)"
_ALL_OF: Final = rf"(?:(?:the|all|these|those|our|every){_GAP}){{0,2}}"
_KINDS: Final = (
    rf"(?:(?:graded|other|further|more|such|open|closed|new|different|similar|remaining|submitted|sampled|audited|examined|reviewed|"
    rf"inspected|assessed|young|looked-after|vulnerable|missing|online|child|protection|domestic|abuse|exploitation|sexual|custody|"
    rf"police|section|47|or|and|{_GRADES}){_GAP}){{0,5}}"
)
_NAMES: Final = (
    "age aged ages between day days section sections s ss page pages paragraph paragraphs chapter figure table part article recommendation "
    "number no case child male female adult officer inspector stage step unit room act year week month version under over above below"
)
_NAMED_BY: Final = frozenset(_NAMES.split()) | frozenset(_MONTHS.split("|"))
"""The words before a number that make it a name, an age, a day or a bound."""
_MEASURES_TIME: Final = re.compile(
    rf"[\s-]{{0,3}}(?:(?:years?|yrs?|months?|weeks?|working|days?|hours?|hrs?|minutes?|mins?|seconds?|am|pm|o['’]clock|times|metres|miles|"
    rf"{_MONTHS})\b|(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)
_OUT_OF: Final = re.compile(rf"{_GAP}(?:out{_GAP})?(of|in){_GAP}{_ALL_OF}", re.IGNORECASE)
_SHARE: Final = re.compile(rf"\s{{0,2}}(?:%|(?:per\s{{0,4}}cent|percentage{_GAP}points?)\b)", re.IGNORECASE)
_MANY: Final = re.compile(rf"{_GAP}(?:of{_GAP})?{_ALL_OF}{_KINDS}(?:cases|children)\b", re.IGNORECASE)
_ONE: Final = re.compile(
    rf"{_GAP}{_KINDS}case\b(?!{_GAP}(?:conference|file|review|summary|note|worker))", re.IGNORECASE
)
_IN_ONE: Final = re.compile(rf"\b(?:in|of|for|from|at|with|this|than){_GAP}$", re.IGNORECASE)
_GRADED: Final = re.compile(
    rf"{_GAP}(?:(?:were|was|graded|as){_GAP}){{0,3}}{_GRADES}(?=\s{{0,2}}(?:[,;.)\0]|$|and\b))", re.IGNORECASE
)
_TOLD_BEFORE: Final = re.compile(
    rf"(?:{_GRADES}{_GAP}in|(?:cases|children|,|{_SLOT}){_GAP}(?:out{_GAP})?of|{_SLOT}{_GAP}in){_GAP}{_ALL_OF}$",
    re.IGNORECASE,
)
_CASES_BEFORE: Final = re.compile(
    rf"\bcases(?:\s{{0,2}}[(:=]\s{{0,2}}|{_GAP}(?:was|were|is|are|totalled|numbered){_GAP})$", re.IGNORECASE
)
_ENDS: Final = re.compile(r"\s{0,2}(?:[),;:.\0]|$)")
_FRACTION: Final = re.compile(
    rf"\b(?:half|(?:an?|one|two|three|four|nine)[\s-](?:half|thirds?|quarters?|fifths?|tenths?)){_GAP}(?:of{_GAP})?{_ALL_OF}{_KINDS}"
    rf"(?:cases|children)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TypedCount:
    """A place where a count or share was typed.

    `line` counts from 0, `start` and `end` are columns in it, in the text as typed; what goes on in the next line is left out. `words` are
    those that stand there. `value` is the number, None for a fraction; `of` what it is of, where that is typed; `is_share` whether it
    is in per cent or a fraction.
    """

    line: int
    start: int
    end: int
    words: str
    value: int | None
    of: int | None = None
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """The same in the words looked through."""

    start: int
    end: int
    value: int | None
    of: int | None = None
    is_share: bool = False


def typed_counts(prose: Prose) -> tuple[TypedCount, ...]:
    """Return where a number stands in the words that looks like a count of cases or a share, in the order of the text.

    Ages, days, dates, clock times, sections and numbers of things are none; neither is *one child* nor *in one case*, which tells a story.
    """
    found: list[TypedCount] = []
    line = column = 0
    for parts in parts_of(prose):
        found.extend(_in_block(parts, line, column))
        text = "".join(part.text for part in parts)
        line += text.count("\n")
        column = len(text) - text.rfind("\n") - 1 if "\n" in text else column + len(text)
    return tuple(found)


def _in_block(parts: tuple[Part, ...], line: int, column: int) -> Iterator[TypedCount]:
    words, seen_at, typed_at = [], [], []
    seen = typed = 0
    for part in parts:
        shown = {PartKind.WORDS: part.text, PartKind.SLOT: _SLOT}.get(part.kind, _BEGINS if "\n" in part.text else "")
        words.append(shown)
        seen_at.append(seen)
        typed_at.append(typed)
        seen, typed = seen + len(shown), typed + len(part.text)
    whole = "".join(part.text for part in parts)
    breaks = [place for place, letter in enumerate(whole) if letter == "\n"]

    def typed_place(position: int) -> int:
        held = bisect_right(seen_at, position) - 1
        return typed_at[held] + position - seen_at[held]

    for place in _places("".join(words)):
        start, end = typed_place(place.start), typed_place(place.end - 1) + 1
        before = bisect_right(breaks, start)
        first = breaks[before - 1] + 1 if before else -column
        last = breaks[before] if before < len(breaks) else len(whole)
        yield TypedCount(
            line + before,
            start - first,
            min(end, last) - first,
            whole[start:end],
            place.value,
            place.of,
            place.is_share,
        )


def _places(text: str) -> Iterator[_Place]:
    """Yield the places in their order, none over another."""
    fractions = [_Place(*found.span(), None, is_share=True) for found in _FRACTION.finditer(text)]
    counts = [place for number in numbers_in(text) if (place := _counted(text, number))]
    done = 0
    for place in sorted((*fractions, *counts), key=lambda place: (place.start, -place.end)):
        if place.start >= done:
            done = place.end
            yield place


def _counted(text: str, number: Number) -> _Place | None:
    before = text[max(0, number.start - _REACH) : number.start]
    if share := _SHARE.match(text, number.end):
        value = None if "." in text[number.start : number.end] else number.value
        return _Place(number.start, share.end(), value, is_share=True)
    if _is_a_name(before) or _MEASURES_TIME.match(text, number.end):
        return None
    if (other := _out_of(text, number)) is not None:
        end = many.end() if (many := _MANY.match(text, other.end)) else other.end
        return _Place(number.start, end, number.value, other.value)
    year = number.digits and _is_year(number)
    if not year and (many := _MANY.match(text, number.end)):
        return _Place(number.start, many.end(), number.value)
    if number.value == 1 and not _IN_ONE.search(before) and (one := _ONE.match(text, number.end)):
        return _Place(number.start, one.end(), 1)
    if graded := _GRADED.match(text, number.end):
        return _Place(number.start, graded.end(), number.value)
    if year:
        return None
    told = _TOLD_BEFORE.search(before) or ("cases" in before.lower() and _follows_cases(text, before, number))
    return _Place(number.start, number.end, number.value) if told else None


def _follows_cases(text: str, before: str, number: Number) -> bool:
    """Return whether a number ends *cases: 16* or *the number of cases was 16*."""
    return bool(_CASES_BEFORE.search(before) and _ENDS.match(text, number.end))


def _is_a_name(before: str) -> bool:
    """Return whether the words before a number make it a name or an age: *day*, *section*, *aged 14 or*."""
    if not before[-1:].isspace():
        return False
    words = before.lower().split()[-3:]
    if words and words[-1].strip("(.,") in _NAMED_BY:
        return True
    return len(words) == 3 and words[0].startswith("age") and words[2] in ("and", "or", "to")


def _out_of(text: str, number: Number) -> Number | None:
    """Return what `number` is out of: *16 of 30*, *one in five*."""
    between = _OUT_OF.match(text, number.end)
    other = number_at(text, between.end()) if between else None
    if between is None or other is None or _MEASURES_TIME.match(text, other.end):
        return None
    whole = other.value >= number.value and not (other.digits and _is_year(other))
    return other if whole or between[1].lower() == "of" else None


def _is_year(number: Number) -> bool:
    return number.end - number.start == 4 and 1900 <= number.value < 2100
