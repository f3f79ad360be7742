"""The boxes for rationale and notes: plain text, kept letter for letter."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import ngettext

MOST: Final = 200_000
"""Characters that a box holds and takes. Ten million in one line would keep the window busy for seconds at each key."""


class JudgementText(QPlainTextEdit):
    """A text box with its own undo while there is something typed to take back; then `Ctrl+Z` is the program's.

    Signals:
        typed: a person changed the text.
        was_entered: the keyboard came here.
        was_left: the keyboard went elsewhere.
        refused: how many characters were pasted that do not fit; nothing was put in.
    """

    typed = Signal()
    was_entered = Signal()
    was_left = Signal()
    refused = Signal(int)

    def __init__(self, theme: Theme, accessible_name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._showing = False
        self._beyond: str | None = None
        self.setAccessibleName(accessible_name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self._dress()
        theme.changed.connect(self._dress)
        self.textChanged.connect(self._tell)

    def text(self) -> str:
        """Return the text as it was typed: Qt's own plain text would turn hard spaces into soft ones."""
        if self._beyond is not None:
            return self._beyond
        raw = self.document().toRawText().replace("\u2029", "\n")
        try:
            raw.encode()
        except UnicodeEncodeError:
            return raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return raw

    def show_text(self, text: str) -> None:
        """Show what is kept, without a signal; the cursor stays where it can."""
        if text == self.text():
            return
        self._beyond = text if len(text) > MOST else None
        place = self.textCursor().position() if self.hasFocus() else 0
        self._showing = True
        try:
            self.setPlainText(text if self._beyond is None else text[:MOST] + "\n" + _goes_on(len(text) - MOST))
        finally:
            self._showing = False
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    @property
    def goes_on(self) -> bool:
        """Whether only the beginning of what is kept is shown; it can be read here, and not changed."""
        return self._beyond is not None

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take plain words, unless there are more of them than a box can hold without stopping the window."""
        words = source.text()
        if self.document().characterCount() + len(words) > MOST:
            self.refused.emit(len(words))
        elif words:
            self.textCursor().insertText(words)
            self.ensureCursorVisible()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the program where nothing typed here can be taken back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable()
            if undo or redo or (self.isReadOnly() and not event.modifiers()):
                event.ignore()
                return False
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard came here: the line that is written on is brought into view."""
        super().focusInEvent(event)
        self.was_entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the box was left: what was typed is saved at once."""
        super().focusOutEvent(event)
        self.was_left.emit()

    def _tell(self) -> None:
        if not self._showing:
            self.typed.emit()

    def _dress(self) -> None:
        self.setFont(self._theme.font())
        self.viewport().setFont(self._theme.font())  # else what stands there while it is empty keeps its first size


def _goes_on(count: int) -> str:
    return ngettext(
        "… {count} more character is kept in the file.", "… {count} more characters are kept in the file.", count
    ).format(count=f"{count:,}")
