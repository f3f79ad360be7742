"""Shows a written text as it will be printed, its live figures in place; nothing in it is markup to Qt."""

from __future__ import annotations

from math import ceil
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from ncpi_desktop.domain.findings.prose import Emphasis, Heading, Points, Prose, Run
from ncpi_desktop.ui.pages.review.record_text import visible_text
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import _

SHOWN: Final = 20_000
"""Characters shown: more would hold up whoever types."""


class ProseView(QTextEdit):
    """A read-only text of headings, paragraphs, lists and emphasis."""

    def __init__(self, theme: Theme, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._prose: Prose | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(accessible_name)
        self.setTabChangesFocus(True)
        theme.changed.connect(self._show)

    def show_prose(self, prose: Prose) -> None:
        """Show a text; the same one is not laid out again."""
        if prose != self._prose:
            self._prose = prose
            self._show()

    def sizeHint(self) -> QSize:
        """Show six lines; it scrolls."""
        lines = ceil(6 * QFontMetricsF(self._theme.font()).lineSpacing())
        return QSize(self._theme.px(300), lines + 2 * self.frameWidth() + 8)

    def minimumSizeHint(self) -> QSize:
        """Keep the lines."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def _show(self) -> None:
        self.setFont(self._theme.font())
        place = self.verticalScrollBar().value()
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        room, first = SHOWN, True
        for block in self._prose.blocks if self._prose is not None else ():
            points = block.points if isinstance(block, Points) else (None,)
            for point in points:
                runs = point.runs if point is not None else block.runs  # type: ignore[union-attr]
                mark = "" if point is None else "•\u2002" if point.number is None else f"{point.number}.\u2002"
                self._begin(cursor, first, is_point=point is not None)
                first = False
                room = self._write(cursor, runs, room, mark, isinstance(block, Heading))
            if room <= 0:
                break
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(place)

    def _begin(self, cursor: QTextCursor, first: bool, *, is_point: bool) -> None:
        shape = QTextBlockFormat()
        shape.setBottomMargin(self._theme.px(2 if is_point else 4))
        shape.setTopMargin(0 if is_point or first else self._theme.px(4))
        shape.setLeftMargin(self._theme.px(14 if is_point else 0))
        if first:
            cursor.setBlockFormat(shape)
        else:
            cursor.insertBlock(shape)

    def _write(self, cursor: QTextCursor, runs: tuple[Run, ...], room: int, mark: str, heading: bool) -> int:
        cursor.insertText(mark, self._letters(Emphasis.NONE, heading))
        for run in runs:
            words = visible_text(run.text)[:room].replace("\n", "\u2028")
            cursor.insertText(words, self._letters(run.emphasis, heading))
            room -= len(words)
        if room <= 0:
            cursor.insertText(_(" … goes on"), self._letters(Emphasis.ITALIC, heading))
        return room

    def _letters(self, emphasis: Emphasis, heading: bool) -> QTextCharFormat:
        letters = QTextCharFormat()
        font = QFont(self._theme.font("text", 700 if heading or emphasis is Emphasis.BOLD else 400))
        font.setItalic(emphasis is Emphasis.ITALIC)
        letters.setFont(font)
        return letters
