"""Draws how a share moved: the difference with its interval on a scale round nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ncpi_desktop.domain.findings.comparing.share_change import ShareChange
from ncpi_desktop.domain.findings.comparison import Verdict
from ncpi_desktop.ui.models.changes_model import ChangesModel
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import words_width

_DOT: Final = 5.0
_SIDE: Final = 10
_ROW: Final = 44
_WIDEST: Final = "\u2212100 to +100 points"
_AXIS: Final = 110

Index = QModelIndex | QPersistentModelIndex


class ChangeDelegate(QStyledItemDelegate):
    """The dot is filled where the change is unlikely to be chance and hollow where it could be, as the words beside it say too."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give the scale room, and the words below it none."""
        return QSize(self.width(), self._theme.px(_ROW))

    def width(self) -> int:
        """Return the pixels that scale and words need."""
        words = words_width(QFontMetricsF(self._theme.font("caption")), _WIDEST)
        return self._theme.px(_AXIS) + words + 3 * self._theme.px(_SIDE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line's scale, whisker and dot, and its words."""
        model = index.model()
        change = model.change_at(index.row()) if isinstance(model, ChangesModel) else None
        if change is None:
            return
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self._theme.tokens.action_ground))
        side = self._theme.px(_SIDE)
        axis = QRectF(rect.left() + side, rect.top(), self._theme.px(_AXIS), rect.height())
        self._draw_scale(painter, axis)
        self._draw_change(painter, axis, change)
        self._draw_words(painter, rect.adjusted(axis.width() + 2 * side, 0, 0, 0), str(index.data() or ""))
        painter.restore()

    def _draw_words(self, painter: QPainter, place: QRectF, words: str) -> None:
        points, _line, interval = words.partition("\n")
        left = Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._theme.font("text", 600))
        painter.setPen(QColor(self._theme.tokens.ink))
        if not interval:
            painter.drawText(place, left | Qt.AlignmentFlag.AlignVCenter, points)
            return
        upper = QRectF(place.left(), place.top(), place.width(), place.height() / 2)
        painter.drawText(upper, left | Qt.AlignmentFlag.AlignBottom, points)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(QColor(self._theme.tokens.muted))
        painter.drawText(upper.translated(0, place.height() / 2), left | Qt.AlignmentFlag.AlignTop, interval)

    def _draw_scale(self, painter: QPainter, axis: QRectF) -> None:
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(axis.left(), axis.center().y()), QPointF(axis.right(), axis.center().y()))
        painter.setPen(QPen(QColor(tokens.field_line), 1))
        middle = axis.center().x()
        painter.drawLine(QPointF(middle, axis.top() + 5), QPointF(middle, axis.bottom() - 5))

    def _draw_change(self, painter: QPainter, axis: QRectF, change: ShareChange) -> None:
        if change.points is None:
            return
        tokens = self._theme.tokens
        told = change.verdict is Verdict.UNLIKELY_CHANCE
        colour = QColor(tokens.action if told else tokens.muted)

        def at(difference: float) -> float:
            return axis.center().x() + difference * axis.width() / 2

        middle = axis.center().y()
        if change.interval is not None:
            painter.setPen(QPen(colour, 2))
            painter.drawLine(QPointF(at(change.interval.low), middle), QPointF(at(change.interval.high), middle))
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if told else QColor(tokens.card))
        painter.drawEllipse(QPointF(at(change.points / 100), middle), _DOT, _DOT)
