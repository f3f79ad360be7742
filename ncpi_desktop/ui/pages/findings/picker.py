"""Finds one of many by typing a few letters, inside the pane: a figure for the text, a reason or a case to rest on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ncpi_desktop.ui.pages.findings.outline import Line, OutlineList
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.search_field import SearchField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

SHOWN: Final = 200
"""So many lines are offered at once; more letters show the others."""


def lines_with(lines: Sequence[Line], typed: str) -> list[Line]:
    """Return the lines that hold every typed word; those whose words begin with the first come first."""
    wanted = typed.casefold().split()
    found = [line for line in lines if all(word in line.spoken.casefold() for word in wanted)]
    if wanted:
        found.sort(key=lambda line: not line.words.casefold().startswith(wanted[0]))
    return found[:SHOWN]


class Picker(QWidget):
    """A field and a list over the pane. Enter takes the line, Escape closes; the keyboard goes back to where it was."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._find: Callable[[str], Sequence[Line]] = lambda _typed: ()
        self._take: Callable[[object], None] = lambda _key: None
        self._return_to: QWidget | None = None
        self.title = TextLabel(theme, "", role="card_title")
        self.told = TextLabel(theme, "", role="caption", tone="muted", wrap=True)
        self.field = SearchField(theme, _("Find"), parent=self)
        self.list = OutlineList(theme, _("On offer"), self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button = PushButton(theme, _("Done"), "link", key_hint="Esc")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.field)
        layout.addWidget(self.told)
        layout.addWidget(self.list, 1)
        self.field.textChanged.connect(lambda _typed: self._offer())
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._take_row(index.row()))
        self.close_button.clicked.connect(self.close_picker)
        self.hide()

    def open_picker(
        self, title: str, find: Callable[[str], Sequence[Line]], take: Callable[[object], None], told: str = ""
    ) -> None:
        """Offer what `find` returns for what is typed; `take` is called with the key of the line taken."""
        self._return_to = self.window().focusWidget()
        self._find, self._take = find, take
        self.title.setText(title)
        self.setAccessibleName(title)
        self.told.setText(told or _("Enter takes it, Esc closes"))
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._place()
        self._offer()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_picker(self) -> None:
        """Go away; the keyboard goes back to where it was."""
        if self.isHidden():
            return
        self.hide()
        if self._return_to is not None and self._return_to.isVisible():
            self._return_to.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: object) -> bool:
        """Let the field move in the list, take and close."""
        if not isinstance(event, QKeyEvent) or event.type() != QKeyEvent.Type.KeyPress:
            return False
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in moves:
            row = min(max(self.list.currentIndex().row() + moves[key], 0), self.list.lines.rowCount() - 1)
            self.list.setCurrentIndex(self.list.lines.index(row))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_row(self.list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.close_picker()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and edge."""
        tokens = self._theme.tokens
        draw_box(QPainter(self), QRectF(self.rect()), FIELD_RADIUS, tokens.card, tokens.action, 1.5)

    def _place(self) -> None:
        room = self._over.rect().adjusted(8, 8, -8, -8)
        room.setHeight(min(room.height(), self._theme.px(460)))
        self.setGeometry(room)

    def _offer(self) -> None:
        self.list.show_lines(self._find(self.field.text()))
        row = self.list.lines.first_row()
        if row is not None:
            self.list.setCurrentIndex(self.list.lines.index(row))
            self.list.scrollToTop()

    def _take_row(self, row: int) -> None:
        line = self.list.lines.line(row)
        if line is not None and line.key is not None:
            self.close_picker()
            self._take(line.key)
