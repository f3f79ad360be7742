"""The record of a case to read, select from and cite: one document, laid anew for each case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from ncpi_desktop.domain.casework.case import Case
from ncpi_desktop.domain.grading.review import Citation
from ncpi_desktop.ui.pages.review.record_document import record_formats, write_record
from ncpi_desktop.ui.pages.review.record_margin import RecordMargin
from ncpi_desktop.ui.pages.review.record_text import (
    EntryPlace,
    Passage,
    passages_between,
)
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import _


class RecordView(QTextEdit):
    """Shows entries with day and time at their left; what is cited is coloured, underlined and said in a chip.

    Signals:
        passage_selected: whether words are selected now.
    """

    passage_selected = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._formats = record_formats(theme)
        self._margin = RecordMargin(theme, self)
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
        self._cited = {}
        self.setExtraSelections([])
        self._places = write_record(self.document(), case, self._formats, preface)
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
        self._margin.draw(painter, self._places, self._cited, self._formats, event.rect().top(), event.rect().bottom())
        painter.end()
        super().paintEvent(event)

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
        self._formats = record_formats(self._theme)
        if self._case is not None:
            cited = [citation for found in self._cited.values() for citation in found]
            position, scrolled = self.cursor_place(), self.verticalScrollBar().value()
            self.show_case(self._case, self._preface)
            self.show_citations(cited)
            self.set_cursor_place(position)
            self.verticalScrollBar().setValue(scrolled)
