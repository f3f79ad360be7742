"""Notices that nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from ncpi_desktop.ui.locking.curtain import KEEPS_RUNNING

LOOKS_EVERY: Final = 5000
"""Milliseconds."""

_TOUCHES: Final = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel),
        *(QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletMove, QEvent.Type.TabletPress),
    }
)


class IdleWatch(QObject):
    """Listens at the windows themselves and not at every widget in them: that would cost each key and each painting.

    Signals:
        idle: nobody has touched anything for `minutes`.
    """

    idle = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.minutes = 0
        self._clock = clock
        self._touched = clock()
        self.timer = QTimer(self)
        self.timer.setInterval(LOOKS_EVERY)
        self.timer.setProperty(KEEPS_RUNNING, True)
        self.timer.timeout.connect(self.look)

    def begin(self, minutes: int) -> None:
        """Watch from now on; with 0 minutes never tell."""
        self.minutes = minutes
        self._touched = self._clock()
        if not self.timer.isActive():
            QGuiApplication.instance().focusWindowChanged.connect(self._listen)  # type: ignore[union-attr]
            for window in QGuiApplication.topLevelWindows():
                self._listen(window)
            self.timer.start()

    def end(self) -> None:
        """Watch no more."""
        if self.timer.isActive():
            self.timer.stop()
            QGuiApplication.instance().focusWindowChanged.disconnect(self._listen)  # type: ignore[union-attr]

    def look(self) -> None:
        """Tell where it has been too long."""
        if self.minutes and self._clock() - self._touched >= 60 * self.minutes:
            self._touched = self._clock()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of a touch."""
        if event.type() in _TOUCHES:
            self._touched = self._clock()
        return False

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # Qt hears it once, however often it is said.
