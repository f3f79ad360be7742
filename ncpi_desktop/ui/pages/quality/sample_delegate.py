"""Draws the lines of the list of cases read twice."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ncpi_desktop.ui.pages.quality.sample_model import More, Row, SampleModel, remark_of, row_words
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_box, draw_focus_ring, words_width

_ROW: Final = 31
_BAR: Final = 3
_SIDE: Final = 8
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class SampleDelegate(QStyledItemDelegate):
    """All lines are equally high. What is chosen has a bar and stronger words, not only a ground."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the one height of all lines."""
        return QSize(self._theme.px(140), self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        model = index.model()
        row = model.row_at(index.row()) if isinstance(model, SampleModel) else None
        rect: QRect = option.rect
        if isinstance(row, str):
            self._paint_heading(painter, rect, row)
        elif row is not None:
            state: QStyle.StateFlag = option.state
            self._paint_line(painter, rect, row, state)

    def _paint_heading(self, painter: QPainter, rect: QRect, words: str) -> None:
        font = self._theme.font("caption", 700)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.tokens.muted))
        shown = QFontMetricsF(font).elidedText(words.upper(), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect.adjusted(0, self._theme.px(6), 0, 0), _LEFT, shown)

    def _paint_line(self, painter: QPainter, rect: QRect, row: Row, state: QStyle.StateFlag) -> None:
        theme, tokens = self._theme, self._theme.tokens
        selected = bool(state & QStyle.StateFlag.State_Selected)
        box = QRectF(rect).adjusted(0, 1, -1, -1)
        if selected:
            draw_box(painter, box, 4, tokens.action)
            draw_box(painter, box.adjusted(_BAR, 0, 0, 0), 4, tokens.action_ground)
            if state & QStyle.StateFlag.State_HasFocus:
                draw_focus_ring(painter, theme, box, 4)
        side = theme.px(_SIDE)
        inside = rect.adjusted(side + _BAR, 0, -side, 0)
        remark = "" if isinstance(row, str | More) else remark_of(row)
        caption = theme.font("caption")
        beside = words_width(QFontMetricsF(caption), remark) + side if remark else 0
        font = theme.font("text", 700 if selected else 400)
        painter.setFont(font)
        painter.setPen(QColor(tokens.action if isinstance(row, More) else tokens.ink))
        words = row_words(row) if isinstance(row, str | More) else row.line.reference
        room = inside.width() - beside
        painter.drawText(inside, _LEFT, QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room))
        painter.setFont(caption)
        painter.setPen(QColor(tokens.ink if selected else tokens.muted))
        painter.drawText(inside, _RIGHT, remark)
