"""Draws what the search found: the case, where in it, and the passage with the words found in bold."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ncpi_desktop.domain.casework.hit import Hit
from ncpi_desktop.ui.models.reason_model import one_line
from ncpi_desktop.ui.pages.review.hits_model import FOUND_BEGINS, FOUND_ENDS, HIT_ROLE, where_words
from ncpi_desktop.ui.pages.review.record_text import utf16_length
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_box, draw_focus_ring

_LINES = 3

Index = QModelIndex | QPersistentModelIndex


def snippet_parts(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a snippet as it is shown, and where the words found stand in it, as (start, length) in UTF-16 units."""
    shown = ""
    found: list[tuple[int, int]] = []
    parts = re.split(f"[{FOUND_BEGINS}{FOUND_ENDS}]", snippet)
    for number, part in enumerate(parts):
        padded = one_line(f"|{part}|")[1:-1]
        if number % 2:
            found.append((utf16_length(shown), utf16_length(padded)))
        shown += padded
    return shown, found


class HitDelegate(QStyledItemDelegate):
    """Rows of one height: a line for the case, and up to three for the passage."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the one height of all rows."""
        line = QFontMetricsF(self._theme.font()).height()
        return QSize(self._theme.px(160), round(line * (_LINES + 1)) + self._theme.px(18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one hit."""
        hit = index.data(HIT_ROLE)
        if not isinstance(hit, Hit):
            return
        theme, tokens = self._theme, self._theme.tokens
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        box = QRectF(rect).adjusted(0, 2, 0, -2)
        if state & QStyle.StateFlag.State_Selected:
            draw_box(painter, box, 5, tokens.action_ground)
            painter.fillRect(QRectF(box.left(), box.top() + 1, 3, box.height() - 2), QColor(tokens.action))
            if state & QStyle.StateFlag.State_HasFocus:
                draw_focus_ring(painter, theme, box, 5)
        inner = box.adjusted(theme.px(9), theme.px(5), -theme.px(6), -theme.px(4))
        metrics = QFontMetricsF(theme.font("text", 700))
        painter.setFont(theme.font("text", 700))
        painter.setPen(QColor(tokens.ink))
        painter.drawText(QPointF(inner.left(), inner.top() + metrics.ascent()), hit.reference)
        left = inner.left() + metrics.horizontalAdvance(hit.reference) + theme.px(8)
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QPointF(left, inner.top() + metrics.ascent()), where_words(hit))
        self._draw_snippet(painter, inner.adjusted(0, metrics.height() + 2, 0, 0), hit.snippet)

    def _draw_snippet(self, painter: QPainter, rect: QRectF, snippet: str) -> None:
        shown, found = snippet_parts(snippet)
        layout = QTextLayout(shown, self._theme.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        marks = []
        for start, length in found:
            mark = QTextLayout.FormatRange()
            mark.start, mark.length = start, length
            letters = mark.format
            letters.setFont(self._theme.font("text", 700))
            letters.setForeground(QColor(self._theme.tokens.action))
            mark.format = letters
            marks.append(mark)
        layout.setFormats(marks)
        layout.beginLayout()
        top = 0.0
        for _number in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(rect.width())
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        painter.setPen(QColor(self._theme.tokens.ink))
        painter.save()
        painter.setClipRect(rect)
        layout.draw(painter, rect.topLeft())
        painter.restore()
