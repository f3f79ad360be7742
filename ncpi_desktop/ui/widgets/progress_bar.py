"""How far the review is: the cases graded so far by grade, and what is left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.stacked_bar import Segment, segment_rects, segments_in_words
from ncpi_desktop.words import _


class GradeProgress(QWidget):
    """A thin bar; the part of `total` that is not graded yet stays empty."""

    def __init__(
        self, theme: Theme, segments: Sequence[Segment] = (), total: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments: tuple[Segment, ...] = tuple(segments)
        self._total = total
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Progress"))
        self._describe()
        theme.changed.connect(self.update)

    def set_progress(self, segments: Sequence[Segment], total: int) -> None:
        """Show these counts out of `total` cases."""
        if (tuple(segments), total) == (self._segments, self._total):
            return
        self._segments, self._total = tuple(segments), total
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Be 230 by 12 pixels."""
        return QSize(230, 12)

    def minimumSizeHint(self) -> QSize:
        """Shrink in width only."""
        return QSize(80, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the counts over the empty track."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(rect, 6, 6)
        painter.setClipPath(outline)
        painter.fillRect(rect, QColor(self._theme.tokens.track))
        for part, place in segment_rects(self._segments, self._total, rect):
            painter.fillRect(place, QColor(self._theme.tokens.tone(part.look.tone).bar))

    def _describe(self) -> None:
        graded = sum(part.count for part in self._segments)
        words = _("{graded} of {total} reviewed: {grades}").format(
            graded=graded, total=self._total, grades=segments_in_words(self._segments)
        )
        self.setAccessibleDescription(words)
        self.setToolTip(words)
