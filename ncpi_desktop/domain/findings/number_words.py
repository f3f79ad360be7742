"""Whole numbers as people type them, in digits or in English words up to 999."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_UP_TO_NINETEEN: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_SMALL: Final = _UP_TO_NINETEEN.split()
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES: Final = {
    **{word: value for value, word in enumerate(_SMALL)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    "dozen": 12,
    "a": 1,
}
_BELOW_TEN: Final = "|".join(_SMALL[1:10])
_BELOW_HUNDRED: Final = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{_BELOW_TEN}))?\b|(?:{'|'.join(reversed(_SMALL[1:]))})\b"
_HUNDREDS: Final = rf"(?:{_BELOW_TEN}|a)\shundred\b(?:\sand\s(?:{_BELOW_HUNDRED}))?"
_DIGITS: Final = (
    r"(?<![\w£$#/.,:\u2013-])(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9})(?:\.[0-9]{1,4})?(?![\w/:\u2013]|-\w|[.,][0-9])"
)
_SPELT: Final = rf"(?<![\w-])(?:{_HUNDREDS}|a\sdozen|{_BELOW_HUNDRED})(?!-\w|\w)"
_NUMBER: Final = re.compile(rf"{_DIGITS}|{_SPELT}", re.IGNORECASE)


class Number(NamedTuple):
    """A number in a text; `value` is its whole part, and `digits` whether it stands in digits."""

    start: int
    end: int
    value: int
    digits: bool


def numbers_in(text: str) -> Iterator[Number]:
    """Yield the numbers in `text` in their order. A part of a reference, an amount, a clock time or a span such as 3-5 is none."""
    for found in _NUMBER.finditer(text):
        yield Number(*found.span(), _value(found[0].lower()), found[0][0].isdigit())


def number_at(text: str, position: int) -> Number | None:
    """Return the number that begins at `position`, if one does."""
    found = _NUMBER.match(text, position)
    return Number(*found.span(), _value(found[0].lower()), found[0][0].isdigit()) if found else None


def _value(words: str) -> int:
    if words[0].isdigit():
        return int(words.partition(".")[0].replace(",", ""))
    hundreds, hundred, rest = words.replace("-", " ").partition("hundred")
    values = [_VALUES[word] for word in (rest if hundred else hundreds).split() if word not in ("and", "a")]
    return (100 * _VALUES[hundreds.strip()] if hundred else 0) + sum(values)
