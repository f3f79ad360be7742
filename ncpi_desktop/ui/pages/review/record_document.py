"""Writes the record of a case into a document: headings, strategy lines and texts, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from ncpi_desktop.domain.casework.case import Case, Entry
from ncpi_desktop.ui.pages.review.button_row import LARGE_TEXT
from ncpi_desktop.ui.pages.review.record_text import EntryPlace, line_breaks, utf16_length, visible_text
from ncpi_desktop.ui.pages.review.wording import day_words, strategy_words
from ncpi_desktop.ui.theme.theme import Theme

TEXT_LEFT: Final = 82
RULE_LEFT: Final = 66
_LARGE_TEXT_LEFT: Final = 10


@dataclass(frozen=True)
class RecordFormats:
    """What headings, strategy lines and texts look like at one text size."""

    heading: tuple[QTextBlockFormat, QTextCharFormat]
    first_heading: QTextBlockFormat
    strategy: tuple[QTextBlockFormat, QTextCharFormat]
    strategy_missing: QTextCharFormat
    text: tuple[QTextBlockFormat, QTextCharFormat]
    preface: QTextBlockFormat
    day: QFont
    time: QFont
    large: bool


def record_formats(theme: Theme) -> RecordFormats:
    """Return the looks of a record in the theme in use."""
    large = theme.text_scale >= LARGE_TEXT

    def block(above: int, right: int = 0) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setLeftMargin(theme.px(_LARGE_TEXT_LEFT if large else TEXT_LEFT))
        made.setTopMargin(theme.px(above))
        made.setRightMargin(0 if large else theme.px(right))
        made.setLineHeight(105, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return made

    def letters(weight: int, colour: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(theme.font("text", weight))
        made.setForeground(QColor(colour))
        return made

    tokens = theme.tokens
    return RecordFormats(
        (block(16, 72), letters(700, tokens.ink)),
        block(4, 72),
        (block(2), letters(400, tokens.muted)),
        letters(600, tokens.ink),
        (block(3), letters(400, tokens.ink)),
        QTextBlockFormat(),
        theme.font("text", 700),
        theme.font("text"),
        large,
    )


def write_record(document: QTextDocument, case: Case, formats: RecordFormats, preface: str) -> list[EntryPlace]:
    """Replace what the document holds by the record of `case`; return where its entries stand."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()
    if preface:
        cursor.setBlockFormat(formats.preface)
        cursor.insertText(preface, formats.strategy[1])
    places = [
        _write_entry(cursor, entry, formats, first=number == 0 and not preface)
        for number, entry in enumerate(case.entries)
    ]
    cursor.endEditBlock()
    return places


def _write_entry(cursor: QTextCursor, entry: Entry, formats: RecordFormats, *, first: bool) -> EntryPlace:
    block, letters = formats.heading
    if first:
        cursor.setBlockFormat(formats.first_heading)
        cursor.setCharFormat(letters)
    else:
        cursor.insertBlock(block, letters)
    top = cursor.position()
    heading = entry.heading.replace("\n", " ").strip() or entry.kind.label
    if formats.large:
        # There is no room for a margin: the moment stands before the heading.
        heading = " · ".join([*([" ".join(_moment_of(entry))] if _moment_of(entry) else []), heading])
    cursor.insertText(visible_text(heading), letters)
    if entry.strategy is not None:
        cursor.insertBlock(*formats.strategy)
        for words, stands_out in strategy_words(entry.strategy):
            cursor.insertText(visible_text(words), formats.strategy_missing if stands_out else formats.strategy[1])
    cursor.insertBlock(*formats.text)
    start = cursor.position()
    shown, breaks = visible_text(entry.text), line_breaks(entry.text)
    if breaks:
        edges = (0, *breaks, len(shown))
        shown = "\n".join(shown[edges[n] : edges[n + 1]] for n in range(len(edges) - 1))
    cursor.insertText(shown, formats.text[1])
    astral = utf16_length(entry.text) != len(entry.text)
    return EntryPlace(entry, top, start, cursor.position(), breaks, astral)


def _moment_of(entry: Entry) -> list[str]:
    return [words for words in (day_words(entry.day) if entry.day is not None else "", entry.time) if words]
