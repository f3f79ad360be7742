"""The slim bar at the bottom while something takes longer than half a second."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_box
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

SHOWN_AFTER_MS: Final = 500


class WorkProgress(QWidget):
    """A track that fills; told in words to screen readers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = 0.0
        self.setAccessibleName(_("Progress"))
        theme.changed.connect(self.update)

    def set_share(self, share: float) -> None:
        """Fill it to `share`, 0 to 1."""
        self._share = min(max(share, 0.0), 1.0)
        self.setAccessibleDescription(_("{percent} per cent").format(percent=round(100 * self._share)))
        self.update()

    def sizeHint(self) -> QSize:
        """Be slim."""
        return QSize(240, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and filling."""
        painter = QPainter(self)
        rect = QRectF(0, (self.height() - 8) / 2, self.width(), 8)
        draw_box(painter, rect, 4, self._theme.tokens.track)
        filled = QRectF(rect)
        filled.setWidth(max(8.0, rect.width() * self._share))
        draw_box(painter, filled, 4, self._theme.tokens.action)


class WorkBar(QFrame):
    """Label, progress and Cancel of the work that `background` runs; hidden while there is none."""

    def __init__(self, theme: Theme, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = TextLabel(theme, weight=600)
        self._progress = WorkProgress(theme)
        self.cancel_button = PushButton(theme, _("Cancel"))
        self.cancel_button.clicked.connect(background.cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 6, 14, 6)
        layout.setSpacing(14)
        layout.addWidget(self._label)
        layout.addWidget(self._progress, 1)
        layout.addWidget(self.cancel_button)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SHOWN_AFTER_MS)
        self._patience.timeout.connect(self.show)
        background.started.connect(self._begun)
        background.progressed.connect(self._moved)
        background.idle.connect(self._ended)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.card))
        painter.fillRect(0, 0, self.width(), 1, QColor(tokens.line))

    def _begun(self, label: str) -> None:
        self._label.setText(label)
        self.setAccessibleName(label)
        self._progress.set_share(0)
        self._patience.start()

    def _moved(self, done: int, total: int) -> None:
        self._progress.set_share(done / total if total else 0.0)

    def _ended(self) -> None:
        self._patience.stop()
        self.hide()
