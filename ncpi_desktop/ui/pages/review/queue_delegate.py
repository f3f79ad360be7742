"""Draws the lines of the queue: a heading an area, a reference with its entries and a chip a case."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ncpi_desktop.domain.casework.worklist import CaseState, WorklistRow
from ncpi_desktop.ui.models.worklist_model import WorklistModel, entries_words
from ncpi_desktop.ui.pages.review.button_row import LARGE_TEXT
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.chip import chip_size, paint_chip
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.painting import draw_box, draw_focus_ring, draw_icon, words_width

_ROW = 33
_BAR = 3
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class QueueDelegate(QStyledItemDelegate):
    """All rows are equally high, so that a list of a million needs no measuring. Fonts and chips are made once a theme."""

    def __init__(self, theme: Theme, looks: Mapping[str, GradeLook], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._looks = looks
        self._chips: dict[tuple[str, Tone, str | None, float], QPixmap] = {}
        self._dress()
        theme.changed.connect(self._dress)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the one height of all rows."""
        return QSize(self._theme.px(160), self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        model = index.model()
        if not isinstance(model, WorklistModel):
            return
        shown = model.shown(index.row())  # asked directly: a line made into a QVariant would lose its type
        rect: QRect = option.rect
        if isinstance(shown, str):
            painter.setFont(self._heading_font)
            painter.setPen(self._muted)
            words = self._heading_metrics.elidedText(shown.upper(), Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect.adjusted(0, self._theme.px(7), 0, 0), _LEFT, words)
        elif shown is not None:
            state = option.state
            self._paint_case(painter, rect, shown, state)

    def _paint_case(self, painter: QPainter, rect: QRect, line: WorklistRow, state: QStyle.StateFlag) -> None:
        theme = self._theme
        selected = bool(state & QStyle.StateFlag.State_Selected)
        box = QRectF(rect).adjusted(0, theme.px(2), 0, -theme.px(2))
        if selected:
            draw_box(painter, box, 5, theme.tokens.action_ground)
            painter.fillRect(QRectF(box.left(), box.top() + 1, _BAR, box.height() - 2), self._action)
            if state & QStyle.StateFlag.State_HasFocus:
                draw_focus_ring(painter, theme, box, 5)
        whole, above = box.right(), box
        if self._two_lines:
            above = box.adjusted(0, theme.px(3), 0, -box.height() / 2)
            box = box.adjusted(0, box.height() / 2 - theme.px(2), 0, -theme.px(3))
        right = self._paint_chip(painter, box, line, selected)
        if line.not_sure:
            side = theme.px(16)
            right -= side + theme.px(4)
            draw_icon(painter, theme, "circle-help", theme.tokens.warning, 16, right, box.center().y())
        if self._two_lines:
            box, right = above, whole
        left = box.left() + theme.px(8) + (_BAR if selected else 0)
        painter.setFont(self._chosen_font if selected else self._font)
        painter.setPen(self._ink)
        metrics = self._chosen_metrics if selected else self._metrics
        room = right - left - theme.px(6)
        reference = line.reference
        width = metrics.horizontalAdvance(reference)
        if width > room:
            reference = metrics.elidedText(reference, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, box.top(), room, box.height()), _LEFT, reference)
        left += width + theme.px(8)
        words = entries_words(line.entries)
        if words_width(self._metrics, words) <= right - left - theme.px(4):
            painter.setFont(self._font)
            painter.setPen(self._muted)
            painter.drawText(QRectF(left, box.top(), right - left, box.height()), _LEFT, words)

    def _paint_chip(self, painter: QPainter, box: QRectF, line: WorklistRow, selected: bool) -> float:
        words, tone, icon = self._chip_of(line)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        key = (words, tone, icon if not selected else "selected", ratio)
        pixmap = self._chips.get(key)
        if pixmap is None:
            size = chip_size(self._theme, words, icon)
            pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            brush = QPainter(pixmap)
            area = QRectF(0, 0, size.width(), size.height())
            if selected and tone in ("action", "neutral"):
                self._paint_plain_chip(brush, area, words, tone)
            else:
                paint_chip(brush, self._theme, area, words, tone, icon)
            brush.end()
            self._chips[key] = pixmap
        width, height = pixmap.width() / ratio, pixmap.height() / ratio
        left = box.right() - width - self._theme.px(5)
        painter.drawPixmap(QPointF(left, round(box.center().y() - height / 2)), pixmap)
        return left

    def _paint_plain_chip(self, painter: QPainter, rect: QRectF, words: str, tone: Tone) -> None:
        """Draw a chip that stands out on the ground of the chosen row."""
        draw_box(painter, rect, rect.height() / 2, self._theme.tokens.card)
        painter.setFont(self._theme.font("caption", 600))
        painter.setPen(QColor(self._theme.tokens.tone(tone).text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)

    def _chip_of(self, line: WorklistRow) -> tuple[str, Tone, str | None]:
        look = self._looks.get(line.grade) if line.grade else None
        if look is not None:
            return look.short, look.tone, look.icon
        if line.state is CaseState.IN_PROGRESS:
            return line.state.label, "action", None
        return line.state.label, "neutral", "pause" if line.state is CaseState.PARKED else None

    def _dress(self) -> None:
        theme = self._theme
        self._chips.clear()
        self._two_lines = theme.text_scale >= LARGE_TEXT
        line = max(theme.px(_ROW), round(QFontMetricsF(theme.font()).height()) + theme.px(10))
        self._height = line * 2 - theme.px(6) if self._two_lines else line
        self._font, self._chosen_font = theme.font(), theme.font("text", 700)
        self._heading_font = theme.font("caption", 600)
        self._heading_font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.3)
        self._metrics = QFontMetricsF(self._font)
        self._chosen_metrics = QFontMetricsF(self._chosen_font)
        self._heading_metrics = QFontMetricsF(self._heading_font)
        self._ink, self._muted = QColor(theme.tokens.ink), QColor(theme.tokens.muted)
        self._action = QColor(theme.tokens.action)
