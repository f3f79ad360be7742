"""Draws what stands beside the entries of a record: day and time, the rule, and the chip of what is cited."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QTextEdit

from ncpi_desktop.ui.pages.review.record_document import RULE_LEFT, TEXT_LEFT, RecordFormats
from ncpi_desktop.ui.pages.review.record_text import EntryPlace, visible_text
from ncpi_desktop.ui.pages.review.wording import day_words
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.chip import chip_size, paint_chip
from ncpi_desktop.words import _


class RecordMargin:
    """The margin of one view. Only what is in view is measured: laying out the rest is left to Qt."""

    def __init__(self, theme: Theme, view: QTextEdit) -> None:
        self._theme = theme
        self._view = view

    def draw(
        self,
        painter: QPainter,
        places: Sequence[EntryPlace],
        cited: Collection[int],
        formats: RecordFormats,
        above: int,
        below: int,
    ) -> None:
        """Draw the margin between two heights of the viewport; `cited` are the keys of the entries cited from."""
        if not places:
            return
        viewport = self._view.viewport()
        last_position = self._view.cursorForPosition(QPoint(viewport.width(), viewport.height())).position()
        first_position = self._view.cursorForPosition(QPoint(0, 0)).position()
        tops = [place.top for place in places]
        first = max(bisect_right(tops, first_position) - 1, 0)
        last = bisect_right(tops, last_position)
        layout, document = self._view.document().documentLayout(), self._view.document()
        scrolled = self._view.verticalScrollBar().value()
        for place in places[first:last]:
            heading = document.findBlock(place.top)
            box = layout.blockBoundingRect(heading).translated(0, -scrolled)
            bottom = float(viewport.height())
            if place.end <= last_position:
                end = document.findBlock(place.end)
                bottom = layout.blockBoundingRect(end).bottom() - scrolled
            if bottom >= above and box.top() <= below:
                self._draw_rule(painter, formats, box.top(), bottom, cited=place.entry.key in cited)
                if not formats.large:
                    self._draw_moment(painter, place, formats, box.top())
                if place.entry.key in cited and not formats.large:
                    self._draw_chip(painter, formats, box.top(), heading.layout().lineAt(0).naturalTextWidth())

    def _draw_rule(self, painter: QPainter, formats: RecordFormats, top: float, bottom: float, *, cited: bool) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        left = 0 if formats.large else px(RULE_LEFT)
        painter.fillRect(
            QRectF(left, top, px(2), bottom - top + px(2)), QColor(tokens.action if cited else tokens.line)
        )

    def _draw_moment(self, painter: QPainter, place: EntryPlace, formats: RecordFormats, top: float) -> None:
        tokens = self._theme.tokens
        line = QFontMetricsF(formats.day).height()
        room = self._theme.px(RULE_LEFT - 6)
        if place.entry.day is not None:
            painter.setPen(QColor(tokens.ink))
            painter.setFont(formats.day)
            painter.drawText(QRectF(0, top, room, line), 0, day_words(place.entry.day))
            top += line
        painter.setFont(formats.time)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QRectF(0, top, room, line), 0, visible_text(place.entry.time))

    def _draw_chip(self, painter: QPainter, formats: RecordFormats, top: float, heading_width: float) -> None:
        px, words = self._theme.px, _("cited")
        size = chip_size(self._theme, words)
        left = min(px(TEXT_LEFT) + heading_width + px(8), self._view.viewport().width() - size.width())
        top += (QFontMetricsF(formats.day).height() - size.height()) / 2 + 1
        paint_chip(painter, self._theme, QRectF(left, top, size.width(), size.height()), words, "action")
