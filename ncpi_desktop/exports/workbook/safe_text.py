"""Text from outside made fit for a cell: never a formula, never an illegal character, never cut without saying where it goes on."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 32_767
"""What one cell holds, in UTF-16 units: a character beyond U+FFFF counts twice."""

QUOTED_FIRST: Final = frozenset("=+-@\t\n|'%＝＋－＠")
"""Text that begins with one of these could be taken for a formula when it is edited or saved as CSV; it is marked as text."""

_ELLIPSIS: Final = "…"
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_TO_ESCAPE: Final = re.compile(r"[&<>]|_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}
_CONTROL_PICTURES: Final = 0x2400
_UNKNOWN: Final = "\ufffd"


def plain_text(text: str) -> str:
    """Return `text` as a cell can hold it, one visible character for each that XML forbids.

    Line ends become line feeds; other control characters their picture (U+0007 becomes U+2407 ␇); lone surrogates and U+FFFE, U+FFFF
    become U+FFFD. Everything else stays.
    """
    if _NOT_IN_XML.search(text) is None:
        return text
    return _NOT_IN_XML.sub(_visible, text.replace("\r\n", "\n").replace("\r", "\n"))


def xml_text(text: str) -> str:
    """Return plain text as markup. ``_x0041_`` is how a spreadsheet spells a character, so such a run is escaped in its own way."""
    return text if _TO_ESCAPE.search(text) is None else _TO_ESCAPE.sub(lambda found: _ENTITIES[found.group()], text)


def one_line(text: str, longest: int) -> str:
    """Return `text` on one line, cut with an ellipsis after `longest` characters: for titles, headers and tabs."""
    line = " ".join(plain_text(text[: 4 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + _ELLIPSIS


def pieces_of(text: str, longest: int = LONGEST) -> list[str]:
    """Return plain text in pieces of at most `longest` UTF-16 units, which joined give it back; no character is parted."""
    if 2 * len(text) <= longest:
        return [text]
    units = text.encode("utf-16-le")
    pieces, start = [], 0
    while start < len(units):
        end = min(start + 2 * longest, len(units))
        if end < len(units) and 0xD8 <= units[end - 1] <= 0xDB:  # the first half of a pair: keep it with the second
            end -= 2
        pieces.append(units[start:end].decode("utf-16-le"))
        start = end
    return pieces


def _visible(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(_CONTROL_PICTURES + code) if code < 0x20 else _UNKNOWN
