"""Text from outside made fit for paper: what the typeface can't show is named by its code, never dropped.

A character without a letterform (Arabic, Chinese, emoji, control characters) is printed as ``[U+4E2D]``; the method annex says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Final

from ncpi_desktop.exports.charts.typefaces import characters_known, width_of

LONGEST_LABEL: Final = 300
ELLIPSIS: Final = "…"

# Spaces and hyphens of other widths look like the plain ones: the plain ones stand for them.
_LOOK_ALIKES: Final = str.maketrans(
    {**dict.fromkeys("\t\n\r\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "), "\u2010": "-", "\u2011": "-"}
)


def runs_of(text: str) -> Iterator[tuple[str, bool]]:
    """Yield `text` in runs, each with whether it is a notation for characters that can't be shown."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = text.translate(_LOOK_ALIKES)
    position = 0
    for found in _unknown().finditer(text):
        if found.start() > position:
            yield text[position : found.start()], False
        yield _notation(found.group()), True
        position = found.end()
    if position < len(text):
        yield text[position:], False


def shown(text: str) -> str:
    """Return `text` as one plain line that the typeface can show in full."""
    return "".join(words for words, _is_notation in runs_of(text))


def label_of(text: str) -> str:
    """Return `text` as a label: one line, cut with an ellipsis after 300 characters, notations counted in full."""
    words = shown(text[: LONGEST_LABEL + 1])
    return words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1] + ELLIPSIS


def fitted(text: str, face: str, size: float, width: float) -> str:
    """Return `text` as one line no wider than `width` points, cut with an ellipsis where it must be."""
    words = label_of(text)
    if width_of(words, face, size) <= width:
        return words
    fits, too_long = 0, len(words)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if width_of(words[:middle] + ELLIPSIS, face, size) <= width:
            fits = middle
        else:
            too_long = middle
    return words[:fits].rstrip() + ELLIPSIS


def lines_of(text: str, face: str, size: float, width: float) -> list[str]:
    """Return `text` as one line, or as two where one is too narrow for it; the second is cut where it must be."""
    words = label_of(text).split(" ")
    first = words.pop(0)
    while words and width_of(f"{first} {words[0]}", face, size) <= width:
        first = f"{first} {words.pop(0)}"
    lines = [first, " ".join(words)] if words else [first]
    return [fitted(line, face, size, width) for line in lines]


def _notation(characters: str) -> str:
    parts = []
    for character, same in groupby(characters):
        count = sum(1 for _one in same)
        parts.append(f"U+{ord(character):04X}" + (f"×{count}" if count > 1 else ""))
    return f"[{' '.join(parts)}]"


@cache
def _unknown() -> re.Pattern[str]:
    """Match runs outside the typeface. Runs are kept short, so that a line can be broken between two notations."""
    spans: list[list[int]] = []
    for point in sorted(characters_known()):
        if spans and spans[-1][1] == point - 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    known = "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in spans)
    return re.compile(f"[^{known}]{{1,400}}")
