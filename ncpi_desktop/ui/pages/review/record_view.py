"""The record of a case to read, select from and cite: one document, laid anew for each case."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from ncpi_desktop.domain.casework.case import Case, Entry
from ncpi_desktop.domain.grading.review import Citation
from ncpi_desktop.ui.pages.review.button_row import LARGE_TEXT
from ncpi_desktop.ui.pages.review.record_text import (
    EntryPlace,
    Passage,
    line_breaks,
    passages_between,
    utf16_length,
    visible_text,
)
from ncpi_desktop.ui.pages.review.wording import day_words, strategy_words
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.chip import chip_size, paint_chip
from ncpi_desktop.words import _

_TEXT_LEFT: Final = 82
_RULE_LEFT: Final = 66
_LARGE_TEXT_LEFT: Final = 10


@dataclass(frozen=True)
class _Formats:
    """What headings, strategy lines and texts look like at one text size."""

    heading: tuple[QTextBlockFormat, QTextCharFormat]
    first_heading: QTextBlockFormat
    strategy: tuple[QTextBlockFormat, QTextCharFormat]
    strategy_missing: QTextCharFormat
    text: tuple[QTextBlockFormat, QTextCharFormat]
    preface: QTextBlockFormat
    day: QFont
    time: QFont


def _formats(theme: Theme) -> _Formats:
    large = theme.text_scale >= LARGE_TEXT

    def block(above: int, right: int = 0) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setLeftMargin(theme.px(_LARGE_TEXT_LEFT if large else _TEXT_LEFT))
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
    return _Formats(
        (block(16, 72), letters(700, tokens.ink)),
        block(4, 72),
        (block(2), letters(400, tokens.muted)),
        letters(600, tokens.ink),
        (block(3), letters(400, tokens.ink)),
        QTextBlockFormat(),
        theme.font("text", 700),
        theme.font("text"),
    )


class RecordView(QTextEdit):
    """Shows entries with day and time at their left; what is cited is coloured, underlined and said in a chip.

    Signals:
        passage_selected: whether words are selected now.
    """

    passage_selected = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._formats = _formats(theme)
        self._places: list[EntryPlace] = []
        self._cited: Mapping[int, Sequence[Citation]] = {}
        self._had_selection = False
        self._case: Case | None = None
        self._preface = ""
        self.setAccessibleName(_("Record"))
        self.setProperty("frameless", True)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setCursorWidth(2)
        self.selectionChanged.connect(self._tell_selection)
        theme.changed.connect(self._dress)

    def show_case(self, case: Case, preface: str = "") -> None:
        """Lay out the record of `case`, behind a `preface` of our own words where there is one, and begin at its top."""
        self._case, self._preface = case, preface
        formats = self._formats
        cursor = QTextCursor(self.document())
        self._places = []
        self._cited = {}
        self.setExtraSelections([])
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        if preface:
            cursor.setBlockFormat(formats.preface)
            cursor.insertText(preface, formats.strategy[1])
        for number, entry in enumerate(case.entries):
            self._write_entry(cursor, entry, formats, first=number == 0 and not preface)
        cursor.endEditBlock()
        start = QTextCursor(self.document())
        self.setTextCursor(start)
        self.verticalScrollBar().setValue(0)
        self._tell_selection()

    def show_citations(self, citations: Sequence[Citation]) -> None:
        """Mark the cited passages; nothing moves."""
        cited: dict[int, list[Citation]] = {}
        for citation in citations:
            cited.setdefault(citation.entry, []).append(citation)
        if cited == self._cited:
            return
        self._cited = cited
        colours = QTextCharFormat()
        colours.setBackground(QColor(self._theme.tokens.cited))
        colours.setForeground(QColor(self._theme.tokens.ink))
        colours.setFontUnderline(True)
        selections = []
        for place in self._places:
            for citation in cited.get(place.entry.key, ()):
                selection = QTextEdit.ExtraSelection()
                selection.format = colours
                selection.cursor = self._cursor_over(place, citation.start, citation.end)
                selections.append(selection)
        self.setExtraSelections(selections)
        self.viewport().update()

    def go_to_entry(self, entry: int) -> None:
        """Bring an entry (its key) to the top of the view."""
        place = self._place_of(entry)
        if place is not None:
            self._scroll_to(place.top)
            cursor = QTextCursor(self.document())
            cursor.setPosition(place.start)
            self.setTextCursor(cursor)

    def go_to_passage(self, citation: Citation) -> None:
        """Bring a cited passage into view and select it."""
        place = self._place_of(citation.entry)
        if place is not None:
            cursor = self._cursor_over(place, citation.start, citation.end)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def selected_passages(self) -> list[Passage]:
        """Return the selected words by entry; more than one where the selection crosses entries."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return []
        return passages_between(self._places, cursor.selectionStart(), cursor.selectionEnd())

    def clear_selection(self) -> None:
        """Let go of the selected words, the cursor staying at their end."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self.setTextCursor(cursor)

    def cursor_place(self) -> int:
        """Return where the text cursor stands, in UTF-16 units of the document."""
        return self.textCursor().position()

    def set_cursor_place(self, position: int) -> None:
        """Put the text cursor back; a place that isn't there means the end."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(max(position, 0), self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what Qt offers for text that is only read: copy and select all."""
        menu = self.createStandardContextMenu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw rules, days and times, then the text."""
        painter = QPainter(self.viewport())
        self._draw_margin(painter, event.rect().top(), event.rect().bottom())
        painter.end()
        super().paintEvent(event)

    def _write_entry(self, cursor: QTextCursor, entry: Entry, formats: _Formats, *, first: bool) -> None:
        block, letters = formats.heading
        if first:
            cursor.setBlockFormat(formats.first_heading)
            cursor.setCharFormat(letters)
        else:
            cursor.insertBlock(block, letters)
        top = cursor.position()
        heading = entry.heading.replace("\n", " ").strip() or entry.kind.label
        if self._theme.text_scale >= LARGE_TEXT:
            # There is no room for a margin: the moment stands before the heading.
            heading = " ".join([*_moment_of(entry), "·", heading])
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
        self._places.append(EntryPlace(entry, top, start, cursor.position(), breaks, astral))

    def _draw_margin(self, painter: QPainter, above: int, below: int) -> None:
        if not self._places:
            return
        viewport = self.viewport()
        last_position = self.cursorForPosition(QPoint(viewport.width(), viewport.height())).position()
        first_position = self.cursorForPosition(QPoint(0, 0)).position()
        tops = [place.top for place in self._places]
        first = max(bisect_right(tops, first_position) - 1, 0)
        last = bisect_right(tops, last_position)
        layout, document = self.document().documentLayout(), self.document()
        scrolled = self.verticalScrollBar().value()
        for place in self._places[first:last]:
            heading = document.findBlock(place.top)
            box = layout.blockBoundingRect(heading).translated(0, -scrolled)
            bottom = float(viewport.height())
            if place.end <= last_position:
                end = document.findBlock(place.end)
                bottom = layout.blockBoundingRect(end).bottom() - scrolled
            if bottom >= above and box.top() <= below:
                self._draw_entry_margin(painter, place, box, bottom, heading.layout().lineAt(0).naturalTextWidth())

    def _draw_entry_margin(
        self, painter: QPainter, place: EntryPlace, heading: QRectF, bottom: float, heading_width: float
    ) -> None:
        theme, tokens = self._theme, self._theme.tokens
        px = theme.px
        cited = place.entry.key in self._cited
        top = heading.top()
        width = px(2)
        if theme.text_scale >= LARGE_TEXT:
            rule = QRectF(0, top, width, bottom - top + px(2))
            painter.fillRect(rule, QColor(tokens.action if cited else tokens.line))
            return
        painter.fillRect(
            QRectF(px(_RULE_LEFT), top, width, bottom - top + px(2)), QColor(tokens.action if cited else tokens.line)
        )
        painter.setPen(QColor(tokens.ink))
        painter.setFont(self._formats.day)
        line = QFontMetricsF(self._formats.day).height()
        room = px(_RULE_LEFT - 6)
        if place.entry.day is not None:
            painter.drawText(QRectF(0, top, room, line), 0, day_words(place.entry.day))
            top += line
        painter.setFont(self._formats.time)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QRectF(0, top, room, line), 0, visible_text(place.entry.time))
        if cited:
            words = _("cited")
            size = chip_size(theme, words)
            left = min(px(_TEXT_LEFT) + heading_width + px(8), self.viewport().width() - size.width())
            chip_top = heading.top() + (line - size.height()) / 2 + 1
            paint_chip(painter, theme, QRectF(left, chip_top, size.width(), size.height()), words, "action")

    def _cursor_over(self, place: EntryPlace, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place.position(start))
        cursor.setPosition(place.position(end, closing=True), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _place_of(self, entry: int) -> EntryPlace | None:
        return next((place for place in self._places if place.entry.key == entry), None)

    def _scroll_to(self, position: int) -> None:
        block = self.document().findBlock(position)
        self.verticalScrollBar().setValue(round(self.document().documentLayout().blockBoundingRect(block).top()))

    def _tell_selection(self) -> None:
        has_selection = self.textCursor().hasSelection()
        if has_selection != self._had_selection:
            self._had_selection = has_selection
            self.passage_selected.emit(has_selection)

    def _dress(self) -> None:
        self._formats = _formats(self._theme)
        if self._case is not None:
            cited = [citation for found in self._cited.values() for citation in found]
            position, scrolled = self.cursor_place(), self.verticalScrollBar().value()
            self.show_case(self._case, self._preface)
            self.show_citations(cited)
            self.set_cursor_place(position)
            self.verticalScrollBar().setValue(scrolled)


def _moment_of(entry: Entry) -> list[str]:
    return [words for words in (day_words(entry.day) if entry.day is not None else "", entry.time) if words]
