"""One part of a case read twice: what each reader found, and what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.moderation.settlement import GIVEN, Part, PartKind, PartLine
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.chip import chip_size, paint_chip
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.painting import draw_box, draw_focus_ring, draw_icon
from ncpi_desktop.ui.widgets.pressable import Pressable
from ncpi_desktop.words import _

_BAR: Final = 3
_SIDE: Final = 8
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
NAME_SHARE: Final = 0.28
"""The part of the width that the names of the parts have; the three columns share the rest."""


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part in words: its name, what is read out, and what stands in the last column where nothing stands yet."""

    line: PartLine
    name: str
    spoken: str
    pending: str = ""


def column_edges(width: int) -> tuple[int, int, int]:
    """Return where the columns of first, second and agreed begin."""
    begin = width * NAME_SHARE
    step = (width - begin) / 3
    return round(begin), round(begin + step), round(begin + 2 * step)


class PartRow(Pressable):
    """A line of the table. The chosen one is the table's Tab stop; Up and Down ask for the next.

    Signals:
        step_wanted: -1 for Up, +1 for Down.
        page_wanted: -1 for Page Up, +1 for Page Down.
    """

    step_wanted = Signal(int)
    page_wanted = Signal(int)

    def __init__(
        self, theme: Theme, shown: ShownPart, looks: Mapping[str, GradeLook], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._looks = looks
        self._shown = shown
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_part(shown)

    @property
    def part(self) -> Part:
        """The part it shows."""
        return self._shown.line.part

    def show_part(self, shown: ShownPart) -> None:
        """Show what is now known of it."""
        self._shown = shown
        self.setText(shown.name)
        self.setAccessibleName(shown.spoken)
        self.setToolTip(shown.name)
        self.updateGeometry()
        self.update()

    def set_chosen(self, chosen: bool) -> None:
        """Be the part that is settled next, or not."""
        self.setChecked(chosen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)

    def nextCheckState(self) -> None:
        """Stay chosen when pressed again."""
        self.setChecked(True)

    def sizeHint(self) -> QSize:
        """Measure the names and three short chips."""
        return QSize(self._theme.px(430), self.heightForWidth(max(self.width(), self._theme.px(430))))

    def minimumSizeHint(self) -> QSize:
        """Keep room for short chips."""
        return QSize(self._theme.px(380), self._theme.px(29))

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped name."""
        room = column_edges(width)[0] - self._theme.px(_SIDE) * 2
        metrics = QFontMetricsF(self._font())
        name = metrics.boundingRect(QRectF(0, 0, room, 4000), Qt.TextFlag.TextWordWrap, self.text())
        return max(self._theme.px(29), round(name.height()) + self._theme.px(9))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the part above or below."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_wanted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.page_wanted.emit(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, both findings, and what stands."""
        painter = QPainter(self)
        theme, tokens, line = self._theme, self._theme.tokens, self._shown.line
        rect = QRectF(self.rect())
        if self.isChecked() or self._is_hot():
            box = rect.adjusted(0, 1, 0, -1)
            draw_box(painter, box, 4, tokens.action if self.isChecked() else tokens.action_ground)
            draw_box(painter, box.adjusted(_BAR, 0, 0, 0), 4, tokens.action_ground)
        edges = column_edges(self.width())
        painter.setFont(self._font())
        painter.setPen(QColor(tokens.ink if line.differs else tokens.muted))
        side = theme.px(_SIDE)
        room = QRectF(side, 0, edges[0] - 2 * side, rect.height())
        painter.drawText(room, _LEFT | Qt.TextFlag.TextWordWrap, self.text())
        width = edges[1] - edges[0] - theme.px(6)
        places = [QRectF(left, 0, width, rect.height()) for left in edges]
        self._paint_value(painter, places[0], line.first)
        self._paint_value(painter, places[1], line.second)
        if line.is_settled:
            self._paint_value(painter, places[2], line.standing)
        else:
            self._paint_words(painter, places[2], self._shown.pending)
        if self.hasFocus():
            draw_focus_ring(painter, theme, rect, 4)

    def _paint_value(self, painter: QPainter, place: QRectF, value: str | None) -> None:
        theme = self._theme
        if self.part.kind is PartKind.REASON:
            icon, colour = ("check", theme.tokens.action) if value == GIVEN else ("minus", theme.tokens.muted)
            draw_icon(painter, theme, icon, colour, 18, place.left() + theme.px(24), place.center().y())
        elif value is not None and value in self._looks:
            look = self._looks[value]
            size = chip_size(theme, look.label)
            words = look.label if size.width() <= place.width() else look.short
            size = chip_size(theme, words)
            top = place.center().y() - size.height() / 2
            paint_chip(painter, theme, QRectF(place.left(), top, size.width(), size.height()), words, look.tone)
        else:
            self._paint_words(painter, place, _("n/a") if value == NOT_APPLICABLE else _("nothing"))

    def _paint_words(self, painter: QPainter, place: QRectF, words: str) -> None:
        font = self._theme.font("caption")
        painter.setFont(font)
        painter.setPen(QColor(self._theme.tokens.muted))
        flags = _LEFT | Qt.TextFlag.TextWordWrap
        painter.drawText(place.adjusted(self._theme.px(2), 0, 0, 0), flags, words)

    def _font(self) -> QFont:
        return self._theme.font("text", 700 if self._shown.line.differs else 400)
