"""What makes a figure open its cases: a button without a ground that lies over the figure wherever that goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.casework.worklist import QueueChoice
from ncpi_desktop.domain.findings.selection import Selection
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box, draw_focus_ring
from ncpi_desktop.ui.widgets.pressable import Pressable
from ncpi_desktop.words import _

_AROUND: Final = (5, 3)
_TINT: Final = 0.10
_FRAME: Final = 1.5
_MOVED: Final = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.ShowToParent,
        QEvent.Type.HideToParent,
    }
)

Chosen = Selection | QueueChoice
Part = Callable[[], QRect | None]
"""Gives the part of the figure that opens, in the figure's own pixels; None where it is not there."""


class CasesLink(Pressable):
    """Lies over `over` (or a `part` of it) within `host`, which holds it at any depth; a frame shows it to mouse and keyboard.

    It is there only while the figure has cases. A mouse's click, Enter and Space press it.

    Signals:
        cases_wanted: whose cases should be listed, as it was told: a Selection, or the choice of a queue.
    """

    cases_wanted = Signal(object)

    def __init__(self, theme: Theme, over: QWidget, host: QWidget, part: Part | None = None) -> None:
        super().__init__(theme, host)
        self._over, self._host = over, host
        self._part = part or over.rect
        self._selection: Chosen | None = None
        held: QWidget | None = over
        while held is not None and held is not host:
            held.installEventFilter(self)
            held = held.parentWidget()
        self.clicked.connect(lambda: self.cases_wanted.emit(self._selection))
        self.follow()

    @property
    def selection(self) -> Chosen | None:
        """Whose cases it opens; None while it opens none."""
        return self._selection

    def open_for(self, figure: str, selection: Chosen, cases: int) -> None:
        """Open the cases of `selection`; `figure` is what stands there in words, `cases` how many they are: without any there is nothing to open."""
        words = _("{figure}; show cases").format(figure=figure)
        self._selection = selection if cases else None
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(words)
            self.setToolTip(words)
        self.follow()

    def follow(self) -> None:
        """Lie where the figure is."""
        part = self._part()
        there = self._selection is not None and part is not None and self._over.isVisibleTo(self._host)
        if part is not None:
            across, down = _AROUND
            place = QRect(self._over.mapTo(self._host, QPoint(0, 0)) + part.topLeft(), part.size())
            self.setGeometry(place.adjusted(-across, -down, across, down))
        if self.isHidden() == there:
            self.setVisible(there)
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the figure and all that holds it."""
        if event.type() in _MOVED:
            self.follow()
        return False

    def sizeHint(self) -> QSize:
        """Be as large as what it lies over."""
        return self._over.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame while the mouse is over it, and the ring while the keyboard is at it."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self._is_hot():
            tint = QColor(self._theme.tokens.action)
            tint.setAlphaF(_TINT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawRoundedRect(rect, FIELD_RADIUS, FIELD_RADIUS)
            draw_box(painter, rect, FIELD_RADIUS, None, self._theme.tokens.action, _FRAME)
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, rect, FIELD_RADIUS)
