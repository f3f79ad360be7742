"""The pages of the preview under each other, scrolled by page, by line or by hand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ncpi_desktop.ui.pages.findings.preview_pages import PreviewPages
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_focus_ring
from ncpi_desktop.words import _

_GAP: Final = 14
_WIDEST: Final = 1000
"""Pixels at 100 per cent that a page is shown wide at most: wider, a line of it is harder to read."""
_WORDS_TOLD: Final = 4000
"""Characters of a page that a screen reader is told."""


class Zoom(Enum):
    """Whether a page fills the width of the pane, or stands in it whole."""

    WIDTH = "width"
    PAGE = "page"


class PreviewView(QAbstractScrollArea):
    """Shows pages that `pages` draws. PgUp and PgDn go by page, Space by screen, Ctrl+Home and Ctrl+End to the first and the last.

    Signals:
        page_changed: the place of the page now looked at; 0 is the first.
    """

    page_changed = Signal(int)

    def __init__(self, theme: Theme, pages: PreviewPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages = pages
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._tops: list[int] = []
        self._heights: list[int] = []
        self._numbered = True
        self._current = 0
        self._painted: set[int] = set()
        self.zoom = Zoom.WIDTH
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(_("Report preview"))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        pages.drawn.connect(self._page_drawn)
        theme.changed.connect(self._lay_out)

    @property
    def current(self) -> int:
        """The place of the page looked at."""
        return self._current

    def page_words(self) -> str:
        """Return where one is, such as *Page 2 of 9*; before all pages are laid out *Page 1*."""
        if not self._sizes:
            return ""
        if not self._numbered:
            return _("Page {page}").format(page=self._current + 1)
        return _("Page {page} of {pages}").format(page=self._current + 1, pages=len(self._sizes))

    def is_painted(self, place: int) -> bool:
        """Whether the picture of a page stood on screen when it was last painted."""
        return place in self._painted

    def show_sizes(self, sizes: Sequence[tuple[float, float]], *, numbered: bool = True) -> None:
        """Show pages of these sizes, in points, and stay at the page and the line looked at."""
        self._sizes = tuple(sizes)
        self._numbered = numbered
        self._lay_out()
        self._follow(tell=True)

    def set_zoom(self, zoom: Zoom) -> None:
        """Show a page as wide as the pane, or whole."""
        self.zoom = zoom
        self._lay_out()

    def go_to(self, place: int) -> None:
        """Bring the head of a page to the top."""
        if self._tops:
            self.verticalScrollBar().setValue(self._tops[min(max(place, 0), len(self._tops) - 1)] - self._gap())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by page, by screen, or to the ends."""
        bar, key = self.verticalScrollBar(), event.key()
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_PageDown:
            self.go_to(self._current + 1)
        elif key == Qt.Key.Key_PageUp:
            at_head = bar.value() <= self._top(self._current) - self._gap()
            self.go_to(self._current - 1 if at_head else self._current)
        elif key == Qt.Key.Key_Space:
            bar.setValue(bar.value() + (-1 if back else 1) * bar.pageStep())
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the pages out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and of the pages those that are seen; a page that is not drawn yet is a blank sheet with its number."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._theme.tokens.ground))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        seen = self._seen()
        self._painted = set()
        for place in seen:
            self._draw(painter, place)
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, QRectF(self.viewport().rect()), 4)
        if seen:
            # Those just above and below come next, so that a step finds its page.
            near = [seen[-1] + 1, seen[0] - 1]
            wanted = [*seen, *(place for place in near if 0 <= place < len(self._sizes))]
            self._pages.want(wanted, round(self._width(seen[0]) * self.devicePixelRatioF()))

    def _draw(self, painter: QPainter, place: int) -> None:
        tokens = self._theme.tokens
        sheet = self._rect(place)
        page = self._pages.page(place)
        if page is None:
            painter.fillRect(sheet, Qt.GlobalColor.white)
            painter.setFont(self._theme.font("text"))
            painter.setPen(QColor("#566370"))  # Paper is white in every theme.
            words = _("Page {page}").format(page=place + 1)
            painter.drawText(sheet, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, words)
        else:
            painter.drawImage(sheet, page.image)
            self._painted.add(place)
        painter.setPen(QColor(tokens.line))
        painter.drawRect(sheet.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _lay_out(self) -> None:
        """Place the pages, and keep the line in view that was at the top."""
        bar = self.verticalScrollBar()
        place, share = self._line_at_top(bar.value())
        gap, top, self._tops = self._gap(), self._gap(), []
        self._heights = [self._height(number) for number in range(len(self._sizes))]
        for height in self._heights:
            self._tops.append(top)
            top += height + gap
        view = self.viewport().height()
        bar.setPageStep(max(1, view - self._theme.px(40)))
        bar.setSingleStep(self._theme.px(40))
        bar.setRange(0, max(0, top - view))
        if self._tops:
            place = min(place, len(self._tops) - 1)
            bar.setValue(round(self._tops[place] + share * self._heights[place]))
        self._follow()
        self.viewport().update()

    def _line_at_top(self, value: int) -> tuple[int, float]:
        """Return the page at the top as it was laid out last, and how far down it the top is; before it, less than 0."""
        if not self._tops:
            return 0, -1.0
        place = max(0, bisect_right(self._tops, value + self._gap()) - 1)
        return place, (value - self._tops[place]) / max(1, self._heights[place])

    def _scrolled(self, _value: int) -> None:
        self._follow()
        self.viewport().update()

    def _follow(self, *, tell: bool = False) -> None:
        """Work out which page is looked at: the one that holds the line a third down the pane."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        current = max(0, bisect_right(self._tops, middle) - 1)
        if current != self._current or tell:
            self._current = current
            self._tell()
            self.page_changed.emit(current)

    def _page_drawn(self, place: int) -> None:
        if place == self._current:
            self._tell()
        self.viewport().update()

    def _tell(self) -> None:
        """Tell screen readers where one is and what the page says."""
        page = self._pages.page(self._current) if self._sizes else None
        words = page.words if page is not None else ""
        if len(words) > _WORDS_TOLD:
            words = words[:_WORDS_TOLD] + "…"
        told = ". ".join(part for part in (self.page_words(), words) if part)
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _seen(self) -> list[int]:
        first = self.verticalScrollBar().value()
        last = first + self.viewport().height()
        begin = max(0, bisect_right(self._tops, first) - 1)
        return [n for n in range(begin, bisect_right(self._tops, last)) if self._tops[n] + self._heights[n] >= first]

    def _rect(self, place: int) -> QRectF:
        width, height = self._width(place), self._height(place)
        left = (self.viewport().width() - width) // 2
        return QRectF(left, self._tops[place] - self.verticalScrollBar().value(), width, height)

    def _top(self, place: int) -> int:
        return self._tops[place] if place < len(self._tops) else 0

    def _gap(self) -> int:
        return self._theme.px(_GAP)

    def _width(self, place: int) -> int:
        """Return the width at which a page is shown, in pixels of the window."""
        gap = self._gap()
        room = max(60, min(self.viewport().width() - 2 * gap, self._theme.px(_WIDEST)))
        if self.zoom is Zoom.WIDTH:
            return room
        wide, high = self._sizes[place]
        return min(room, max(60, round((self.viewport().height() - 2 * gap) * wide / high)))

    def _height(self, place: int) -> int:
        wide, high = self._sizes[place]
        return round(self._width(place) * high / wide)
