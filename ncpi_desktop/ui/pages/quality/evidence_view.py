"""The two readings of one part beside each other: cited passages, where they stand, and the rationale of each reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ncpi_desktop.ui.pages.quality.settle_words import CitedPassage
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box, draw_focus_ring
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

_GAP: Final = 8
_BAR: Final = 6
_SIDE: Final = 10
_EDGE: Final = 8
_SPACE: Final = 4


class ReadingView(QWidget):
    """What one reader wrote and cited; a Tab stop that is read out whole."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._held: list[TextLabel] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(_SIDE, _EDGE, _SIDE, _EDGE)
        self._body.setSpacing(_SPACE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def show_reading(self, reader: str, passages: Sequence[CitedPassage], rationale: str) -> None:
        """Show a reading."""
        for label in self._held:
            self._body.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._held.clear()
        while self._body.count():
            self._body.takeAt(0)
        self._add(TextLabel(self._theme, reader, role="caption", weight=700, tone="muted", capitals=True, wrap=True))
        reason = ""
        for cited in passages:
            if cited.reason != reason:
                self._add(TextLabel(self._theme, cited.reason, role="caption", weight=600, wrap=True))
                reason = cited.reason
            self._add(TextLabel(self._theme, _("“{passage}”").format(passage=cited.passage), wrap=True))
            self._add(TextLabel(self._theme, cited.where, role="caption", tone="muted", wrap=True))
        if not passages:
            self._add(
                TextLabel(self._theme, _("No passage is cited for this."), role="caption", tone="muted", wrap=True)
            )
        self._add(TextLabel(self._theme, _("Why"), role="caption", weight=600, wrap=True))
        written = rationale.strip() or _("No rationale was written.")
        self._add(TextLabel(self._theme, written, wrap=True))
        self._body.addStretch(1)
        self.setAccessibleName(_("Reading of {name}").format(name=reader))
        self.setAccessibleDescription("\n".join(label.text() for label in self._held[1:]))

    def height_at(self, width: int) -> int:
        """Return how high all of it is at this width."""
        words = sum(max(0, label.heightForWidth(width - 2 * _SIDE)) for label in self._held)
        return words + _SPACE * len(self._held) + 2 * _EDGE

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll what holds it."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -1}.get(
            Qt.Key(event.key())
        )
        above = self.parentWidget()
        while above is not None and not isinstance(above, EvidenceView):
            above = above.parentWidget()
        if step is None or above is None:
            super().keyPressEvent(event)
        else:
            above.scroll_page(step)

    def _add(self, label: TextLabel) -> None:
        self._held.append(label)
        self._body.addWidget(label)
        label.show()  # at once: a layout leaves out what Qt would show later

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a quiet frame."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        draw_box(painter, rect, FIELD_RADIUS, self._theme.tokens.ground, self._theme.tokens.line)
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, rect, FIELD_RADIUS)


class EvidenceView(QScrollArea):
    """Both readings of one part, beside each other in a place of their own: nothing else moves while they are read."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.second = ReadingView(theme), ReadingView(theme)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        layout = QHBoxLayout(self._inside)
        layout.setContentsMargins(0, 0, _BAR, 0)
        layout.setSpacing(_GAP)
        for view in (self.first, self.second):
            layout.addWidget(view, 1)
        self.setWidget(self._inside)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        theme.changed.connect(self.fit)

    def fit(self) -> None:
        """Be as high as the words are at this width: Qt would squeeze them."""
        half = (self.viewport().width() - _BAR - _GAP) // 2
        self._inside.setFixedHeight(max(self.first.height_at(half), self.second.height_at(half)))

    def scroll_page(self, by: int) -> None:
        """Scroll most of a page down (1) or up (-1)."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * round(bar.pageStep() * 0.8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.fit()
