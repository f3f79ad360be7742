"""Draws the lines of the list of recommendations: number and words, below them status by shape and word, and when it is due."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ncpi_desktop.domain.casework.recommendation import Recommendation
from ncpi_desktop.ui.models.recommendation_model import (
    STATUS_ICONS,
    RecommendationModel,
    answer_words,
    due_sentence,
    heading_words,
    status_sentence,
)
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_box, draw_focus_ring, draw_icon

_BAR: Final = 3
_SIDE: Final = 8
_ICON: Final = 14
_WRAPPED: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class RecommendationDelegate(QStyledItemDelegate):
    """A recommendation has three lines or four, a heading one. What is chosen has a bar and stronger words, not only a ground."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a line by its kind; words that do not fit beside one another wrap."""
        model = index.model()
        row = model.row_at(index.row()) if isinstance(model, RecommendationModel) else None
        if isinstance(row, Recommendation) and isinstance(model, RecommendationModel):
            below = sum(self._height(words, self._room()) for words in _below(row, model))
            heading = len(self._heading(row, self._room())) * self._line("text")
            return QSize(self._theme.px(160), heading + below + self._theme.px(14))
        return QSize(self._theme.px(160), self._line("caption") + self._theme.px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        model = index.model()
        row = model.row_at(index.row()) if isinstance(model, RecommendationModel) else None
        rect: QRect = option.rect
        if isinstance(row, str):
            font = self._theme.font("caption", 700)
            painter.setFont(font)
            painter.setPen(QColor(self._theme.tokens.muted))
            shown = QFontMetricsF(font).elidedText(row, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect.adjusted(0, self._theme.px(6), 0, 0), _LEFT, shown)
        elif isinstance(row, Recommendation) and isinstance(model, RecommendationModel):
            state: QStyle.StateFlag = option.state
            self._paint_one(painter, rect, row, model, state)

    def _paint_one(
        self, painter: QPainter, rect: QRect, row: Recommendation, model: RecommendationModel, state: QStyle.StateFlag
    ) -> None:
        theme, tokens = self._theme, self._theme.tokens
        selected = bool(state & QStyle.StateFlag.State_Selected)
        box = QRectF(rect).adjusted(0, 1, -1, -1)
        if selected:
            draw_box(painter, box, 4, tokens.action)
            draw_box(painter, box.adjusted(_BAR, 0, 0, 0), 4, tokens.action_ground)
            if state & QStyle.StateFlag.State_HasFocus:
                draw_focus_ring(painter, theme, box, 4)
        side = theme.px(_SIDE)
        inside = rect.adjusted(side + _BAR, theme.px(6), -side, -theme.px(6))
        top, text = inside.top(), self._line("text")
        painter.setFont(theme.font("text", 700 if selected else 600))
        painter.setPen(QColor(tokens.ink))
        for words in self._heading(row, inside.width()):
            painter.drawText(QRect(inside.left(), top, inside.width(), text), _LEFT, words)
            top += text
        muted = tokens.ink if selected else tokens.muted
        overdue = row.is_overdue(model.today)
        status, due = _below(row, model)
        looks = (
            (status, STATUS_ICONS[row.status], muted, 600 if selected else 400),
            (due, "triangle-alert", tokens.tone("danger").text, 700)
            if overdue
            else (due, "calendar", muted, 600 if selected else 400),
        )
        for words, icon, colour, weight in looks:
            height = self._height(words, inside.width())
            draw_icon(painter, theme, icon, colour, _ICON, inside.left(), top + self._line("caption") / 2)
            painter.setFont(theme.font("caption", weight))
            painter.setPen(QColor(colour))
            place = QRect(inside.left() + theme.px(_ICON + 5), top, inside.width() - theme.px(_ICON + 5), height)
            painter.drawText(place, _WRAPPED, words)
            top += height

    def _height(self, words: str, room: int) -> int:
        """Return the height of words below the first line, measured as if they were bold, which is the widest."""
        metrics = QFontMetricsF(self._theme.font("caption", 700))
        beside = max(1, room - self._theme.px(_ICON + 5))
        return round(metrics.boundingRect(QRectF(0, 0, beside, 10_000), _WRAPPED, words).height()) + 1

    def _room(self) -> int:
        """Return how wide the words of a line may be in the list."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else self._theme.px(300)
        return width - 2 * self._theme.px(_SIDE) - _BAR

    def _heading(self, row: Recommendation, room: int) -> list[str]:
        """Return number and words in at most two lines: many begin alike, with the deadline and the name of the force."""
        words, font = heading_words(row), self._theme.font("text", 700)  # the widest it is drawn in
        layout = QTextLayout(words, font)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(max(1, room))
        layout.endLayout()
        ends = line.textStart() + line.textLength()
        if ends >= len(words):
            return [words]
        rest = QFontMetricsF(font).elidedText(words[ends:], Qt.TextElideMode.ElideRight, max(1, room))
        return [words[:ends].rstrip(), rest]

    def _line(self, role: str) -> int:
        font = self._theme.font("caption") if role == "caption" else self._theme.font("text", 700)
        return round(QFontMetricsF(font).height()) + 1


def _below(row: Recommendation, model: RecommendationModel) -> tuple[str, str]:
    """Return what stands below the first line: status, and when it is due."""
    answered = answer_words(row)
    status = status_sentence(row)
    return (f"{status} · {answered}" if answered else status), due_sentence(row, model.today)
