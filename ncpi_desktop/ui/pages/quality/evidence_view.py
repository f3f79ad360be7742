"""The two readings of one part beside each other: cited passages, where they stand, and the rationale of each reader."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ncpi_desktop.ui.pages.quality.settle_words import CitedPassage
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box, draw_focus_ring
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _


class ReadingView(QWidget):
    """What one reader wrote and cited; a Tab stop that is read out whole."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._held: list[TextLabel] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(10, 8, 10, 8)
        self._body.setSpacing(4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def show_reading(self, reader: str, passages: Sequence[CitedPassage], rationale: str) -> None:
        """Show a reading."""
        for label in self._held:
            self._body.removeWidget(label)
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
        self._add(TextLabel(self._theme, _("Why"), role="caption", weight=600))
        written = rationale.strip() or _("No rationale was written.")
        self._add(TextLabel(self._theme, written, wrap=True))
        self._body.addStretch(1)
        self.setAccessibleName(_("Reading of {name}").format(name=reader))
        self.setAccessibleDescription("\n".join(label.text() for label in self._held[1:]))

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


class EvidenceView(QWidget):
    """Both readings of one part."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.second = ReadingView(theme, self), ReadingView(theme, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for view in (self.first, self.second):
            layout.addWidget(view, 1)
