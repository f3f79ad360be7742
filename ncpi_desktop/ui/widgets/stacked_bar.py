"""The grades of one area as one bar: a segment a grade, its count inside where it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.words import _

GAP: Final = 2.0
LEAST_WIDTH: Final = 3.0


@dataclass(frozen=True, slots=True)
class Segment:
    """How many cases have one grade."""

    look: GradeLook
    count: int


def segments_in_words(segments: Sequence[Segment]) -> str:
    """Return the counts as a sentence part: ``4 good, 2 requires improvement, 1 inadequate``; zeros are left out."""
    parts = [f"{part.count} {part.look.label.lower()}" for part in segments if part.count]
    return ", ".join(parts) if parts else _("nothing graded")


def segment_rects(segments: Sequence[Segment], total: int, rect: QRectF) -> list[tuple[Segment, QRectF]]:
    """Share the width of `rect` among the counts of `total`, with gaps between; a count above 0 is at least 3 px wide, at the cost of the widest."""
    shown = [part for part in segments if part.count > 0]
    if not shown or total <= 0:
        return []
    room = rect.width() - GAP * (len(shown) - 1)
    widths = [max(LEAST_WIDTH, room * part.count / total) for part in shown]
    widest = widths.index(max(widths))
    widths[widest] -= max(0.0, sum(widths) - room)
    placed, left = [], rect.left()
    for part, width in zip(shown, widths, strict=True):
        placed.append((part, QRectF(left, rect.top(), width, rect.height())))
        left += width + GAP
    return placed


class StackedBar(QWidget):
    """A bar as wide as its place; read by screen readers as its counts in words."""

    def __init__(self, theme: Theme, segments: Sequence[Segment] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments: tuple[Segment, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Grades"))
        self.set_segments(segments)
        theme.changed.connect(self._dress)

    def set_segments(self, segments: Sequence[Segment]) -> None:
        """Show these counts, in this order."""
        if tuple(segments) == self._segments and self.accessibleDescription():
            return
        self._segments = tuple(segments)
        words = segments_in_words(self._segments)
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def place_of(self, grade: str) -> QRect | None:
        """Return where the segment of a grade is drawn; None where no case has it."""
        total = sum(part.count for part in self._segments)
        placed = segment_rects(self._segments, total, QRectF(self.rect()))
        return next((place.toAlignedRect() for part, place in placed if part.look.code == grade), None)

    def sizeHint(self) -> QSize:
        """Be high enough for the counts."""
        metrics = QFontMetricsF(self._theme.font("caption", 600))
        return QSize(self._theme.px(200), max(18, round(metrics.height()) + 2))

    def minimumSizeHint(self) -> QSize:
        """Shrink in width only."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segments and their counts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(rect, 4, 4)
        painter.setClipPath(outline)
        total = sum(part.count for part in self._segments)
        if not total:
            painter.fillRect(rect, QColor(self._theme.tokens.track))
        font = self._theme.font("caption", 600)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        for part, place in segment_rects(self._segments, total, rect):
            colours = self._theme.tokens.tone(part.look.tone)
            painter.fillRect(place, QColor(colours.bar))
            if metrics.horizontalAdvance(str(part.count)) + 6 <= place.width():
                painter.setPen(QColor(colours.on_bar))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(part.count))

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
