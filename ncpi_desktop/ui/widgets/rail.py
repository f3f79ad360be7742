"""The rail at the left: the pages of the program, one press away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box, draw_icon, words_width
from ncpi_desktop.ui.widgets.pressable import Pressable
from ncpi_desktop.words import _

_WIDTH = 84
_MARGIN = 8
_ICON = 22
_ROOMY_UP_TO = 150


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One page: `code` names it, `label` is its word, `icon` a Lucide name, `shortcut` as written (``Ctrl+1``)."""

    code: str
    label: str
    icon: str
    shortcut: str = ""
    at_bottom: bool = False


class RailButton(Pressable):
    """One page of the rail: icon over word, and a red count while something there is open."""

    def __init__(self, theme: Theme, entry: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.entry = entry
        self._badge = 0
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setText(entry.label)
        self.setAccessibleName(entry.label)
        self.setToolTip(f"{entry.label} ({entry.shortcut})" if entry.shortcut else entry.label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_badge(self, count: int) -> None:
        """Show a count at the icon; none at 0."""
        if count != self._badge:
            self._badge = count
            self.setAccessibleDescription(_("{count} open").format(count=count) if count else "")
            self.update()

    def nextCheckState(self) -> None:
        """Stay chosen: a page can't be left by pressing it again."""
        self.setChecked(True)

    def sizeHint(self) -> QSize:
        """Measure icon and word."""
        metrics = self._metrics("caption", 600)
        width = max(_WIDTH - 2 * _MARGIN, words_width(metrics, self.text()) + 12)
        return QSize(width, self._theme.px(_ICON) + round(metrics.height()) + 4 + 2 * self._above())

    def _above(self) -> int:
        """Return the room above the icon: less where the text is large, so that all pages stay in sight."""
        return 9 if self._theme.text_scale <= _ROOMY_UP_TO else 3

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tile, the icon, the word and the count."""
        painter = QPainter(self)
        theme, tokens, rect = self._theme, self._theme.tokens, QRectF(self.rect())
        chosen = self.isChecked()
        ink = tokens.on_rail if chosen or self._is_hot() else tokens.rail_text
        if chosen:
            draw_box(painter, rect, FIELD_RADIUS, tokens.rail_selected)
        side = theme.px(_ICON)
        draw_icon(
            painter, theme, self.entry.icon, ink, _ICON, round((rect.width() - side) / 2), self._above() + side / 2
        )
        painter.setFont(theme.font("caption", 600 if chosen else 400))
        painter.setPen(QColor(ink))
        painter.drawText(
            rect.adjusted(0, self._above() + side + 4, 0, 0),
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
            self.text(),
        )
        if self._badge:
            self._draw_badge(painter, rect.center().x() + side / 2 - 2)
        if self.hasFocus():
            draw_box(painter, rect, FIELD_RADIUS, None, tokens.on_rail, 2)

    def _draw_badge(self, painter: QPainter, left: float) -> None:
        metrics = self._metrics("caption", 700)
        words = str(self._badge) if self._badge < 100 else "99+"
        height = metrics.height() + 2
        width = max(height, words_width(metrics, words) + 8)
        place = QRectF(min(left, self.width() - width - 2), 3, width, height)
        draw_box(painter, place, height / 2, self._theme.tokens.danger)
        painter.setFont(self._theme.font("caption", 700))
        painter.setPen(QColor(self._theme.tokens.on_danger))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)


class Rail(QWidget):
    """The pages, one of them chosen; Up and Down move between them, Enter or Space choose.

    Signals:
        page_chosen: the code of the entry a person pressed, also when it was chosen already.
    """

    page_chosen = Signal(str)

    def __init__(self, theme: Theme, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._current: str | None = None
        self._buttons = {entry.code: RailButton(theme, entry, self) for entry in entries}
        for button in self._buttons.values():
            button.clicked.connect(lambda _checked, code=button.entry.code: self._pressed(code))
        self._arrange()
        self.setAccessibleName(_("Pages"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._dress)

    def current(self) -> str | None:
        """Return the code of the chosen page."""
        return self._current

    def set_current(self, code: str | None) -> None:
        """Show a page as chosen, without a signal."""
        self._current = code
        for button_code, button in self._buttons.items():
            button.setChecked(button_code == code)

    def set_badge(self, code: str, count: int) -> None:
        """Show a red count at one page; none at 0."""
        self._buttons[code].set_badge(count)

    def button(self, code: str) -> RailButton:
        """Return the button of a page, for enabling and for tests."""
        return self._buttons[code]

    def sizeHint(self) -> QSize:
        """Be 84 pixels wide, or what the longest word needs."""
        widest = max((button.sizeHint().width() for button in self._buttons.values()), default=0)
        return QSize(max(_WIDTH, widest + 2 * _MARGIN), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never cut a word."""
        return QSize(self.sizeHint().width(), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground; in high contrast with an edge."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.tokens.rail))
        if self._theme.tokens.dark:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(self._theme.tokens.line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move between the pages."""
        buttons = [button for button in self._buttons.values() if button.isEnabled()]
        focused = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
        if focused is None or event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
            return
        step = -1 if event.key() == Qt.Key.Key_Up else 1
        buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _pressed(self, code: str) -> None:
        self.set_current(code)
        self.page_chosen.emit(code)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        layout.setSpacing(6)
        for bottom in (False, True):
            if bottom:
                layout.addStretch(1)
            for button in self._buttons.values():
                if button.entry.at_bottom is bottom:
                    layout.addWidget(button)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
