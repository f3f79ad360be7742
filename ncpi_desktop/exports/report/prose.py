"""Text from outside as paragraphs: escaped, cut into pieces that lay out quickly, nothing left out.

Laying out a paragraph takes longer than in proportion to its length, so none is longer than a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from ncpi_desktop.exports.charts.characters import label_of, runs_of, shown

PIECE: Final = 2400
"""Characters of the longest paragraph."""
LINES_KEPT: Final = 2000
"""Up to so many lines a text keeps its line breaks; in a longer one a pilcrow stands for each."""
NOTATION_SET_OFF: Final = 600
"""Up to so many characters of notation in one paragraph stand on a ground of their own, which takes time to lay out."""
_LINE: Final = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def markup(text: str) -> str:
    """Return `text` for a paragraph: nothing in it is markup, and the notation for missing characters is set off."""
    runs = list(runs_of(text))
    if sum(len(words) for words, is_notation in runs if is_notation) > NOTATION_SET_OFF:
        return escape("".join(words for words, _is_notation in runs))
    return "".join(
        f'<font backColor="#eceff2" size="-1">{words}</font>' if is_notation else escape(words)
        for words, is_notation in runs
    )


def label_markup(text: str) -> str:
    """Return `text` as a label for a paragraph, cut with an ellipsis after 300 characters."""
    return escape(label_of(text))


def paragraphs(text: str, style: ParagraphStyle, lead: str = "") -> Iterator[Paragraph]:
    """Yield `text` as paragraphs; `lead` is markup of our own before the first."""
    for piece in pieces(text):
        yield Paragraph(lead + markup(piece), style)
        lead = ""
    if lead:
        yield Paragraph(lead, style)


def pieces(text: str) -> Iterator[str]:
    """Yield the lines of `text` that hold something, each cut into pieces at a space where there is one.

    A piece is short where most of its characters are printed by number, which takes seven times the room.
    """
    found: Iterator[str] = (line.group().strip() for line in _LINE.finditer(text))
    if text.count("\n") > LINES_KEPT or text.count("\r") > LINES_KEPT:
        found = iter([" ¶ ".join(line for line in found if line)])
    for line in found:
        yield from cut(line)


def cut(line: str) -> Iterator[str]:
    """Yield a line in pieces that lay out quickly, parted behind a space where there is one; nothing is left out."""
    start = 0
    while len(line) - start > PIECE // 8:
        piece = PIECE if len(shown(line[start : start + PIECE])) < 2 * PIECE else PIECE // 8
        if len(line) - start <= piece:
            break
        end = line.rfind(" ", start + piece // 2, start + piece)
        end = start + piece if end < 0 else end + 1
        yield line[start:end]
        start = end
    if line[start:]:
        yield line[start:]
