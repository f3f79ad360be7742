"""Hears from the system that the laptop goes to sleep, is locked or logged off, and finds out for itself that it has slept.

On Linux logind tells it over the system's bus; where there is none nothing is said. On Windows messages to the window tell it. That part
is written by Microsoft's documentation and could not be run where this was made.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from ncpi_desktop.ui.application import PROGRAM
from ncpi_desktop.ui.locking.curtain import KEEPS_RUNNING
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusPendingCallWatcher

LOOKS_EVERY: Final = 2000
"""Milliseconds between two looks at the clocks."""

SLEPT: Final = 30.0
"""Seconds that a clock must have jumped between two looks for the laptop to have slept."""

_LOGIND: Final = "org.freedesktop.login1"
_MANAGER: Final = "/org/freedesktop/login1"


class SystemWatch(QObject):
    """Watches while an audit is open.

    Signals:
        leaving: nobody may be before the screen any more, or somebody else may come back to it.
    """

    leaving = Signal()

    def __init__(
        self,
        parent: QObject,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._clocks = (monotonic, wall)
        self._seen = (0.0, 0.0)
        self._begun = False
        self._logind: Logind | None = None
        self._messages: WindowsMessages | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(LOOKS_EVERY)
        self.timer.setProperty(KEEPS_RUNNING, True)
        self.timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Watch from now on."""
        self._seen = self._now()
        if self._begun:
            return
        self._begun = True
        self.timer.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.commitDataRequest.connect(self._session_ends)
            app.applicationStateChanged.connect(self._looked_at)
        if sys.platform == "win32":
            self._messages = WindowsMessages(self.leaving.emit)
        elif sys.platform.startswith("linux"):
            self._logind = Logind(self)
            self._logind.leaving.connect(self.leaving)

    def end(self) -> None:
        """Watch no more."""
        if not self._begun:
            return
        self._begun = False
        self.timer.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.commitDataRequest.disconnect(self._session_ends)
            app.applicationStateChanged.disconnect(self._looked_at)
        if self._messages is not None:
            self._messages.end()
            self._messages = None
        if self._logind is not None:
            self._logind.end()
            self._logind = None

    def look(self) -> None:
        """Tell where a clock has jumped: the laptop has slept, and whoever woke it may be somebody else."""
        if self._logind is not None:
            self._logind.listen()  # From the first look on: loading the bus would hold up the opening of a file.
        before, self._seen = self._seen, self._now()
        if any(now - then >= SLEPT for now, then in zip(self._seen, before, strict=True)):
            self.leaving.emit()

    def _now(self) -> tuple[float, float]:
        monotonic, wall = self._clocks
        return monotonic(), wall()

    def _looked_at(self, _state: object) -> None:
        self.look()  # Before the window is painted anew, where it can be.

    def _session_ends(self, _manager: object) -> None:
        self.leaving.emit()


class Logind(QObject):
    """Listens to logind, and asks it to wait with sleeping until what is typed is saved.

    Signals:
        leaving: the laptop is about to sleep, or the session was locked.
    """

    leaving = Signal()

    def __init__(self, parent: QObject | None, bus: QDBusConnection | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._listens = False
        self._delay: object = None
        """logind's answer, which holds a handle: while that is open the laptop waits up to five seconds with sleeping."""

    def listen(self) -> None:
        """Listen from now on, where there is a bus; nothing here waits for an answer."""
        if self._listens:
            return
        self._listens = True
        from PySide6.QtDBus import QDBusConnection

        self._bus = self._bus or QDBusConnection.systemBus()
        if self._bus.isConnected():
            for place, interface, member, slot in _signals():
                self._bus.connect(_LOGIND, place, interface, member, self, slot)
            self._ask_to_wait()

    def end(self) -> None:
        """Listen no more."""
        self._delay = None
        if self._bus is not None and self._bus.isConnected():
            for place, interface, member, slot in _signals():
                self._bus.disconnect(_LOGIND, place, interface, member, self, slot)

    @Slot(bool)
    def goes_to_sleep(self, before: bool) -> None:
        """Save and lock before the laptop sleeps; behind it ask to be waited for again."""
        if before:
            self.leaving.emit()
            self._delay = None
        else:
            self._ask_to_wait()

    @Slot()
    def session_locked(self) -> None:
        """Save and lock with the screen."""
        self.leaving.emit()

    def _ask_to_wait(self) -> None:
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        if self._bus is None:
            return
        call = QDBusMessage.createMethodCall(_LOGIND, _MANAGER, f"{_LOGIND}.Manager", "Inhibit")
        call.setArguments(["sleep", PROGRAM, _("What is typed is saved first"), "delay"])
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(call), self)

        def answered(done: QDBusPendingCallWatcher) -> None:
            self._delay = done.reply().arguments() if not done.isError() else None
            done.setParent(None)
            done.deleteLater()

        watcher.finished.connect(answered)


def _signals() -> tuple[tuple[str, str, str, Any], ...]:
    """Return where logind tells what, and the slots that take it."""
    return (
        (_MANAGER, f"{_LOGIND}.Manager", "PrepareForSleep", SLOT("goes_to_sleep(bool)")),
        (_session_path(os.environ.get("XDG_SESSION_ID", "")), f"{_LOGIND}.Session", "Lock", SLOT("session_locked()")),
    )


def _session_path(session: str) -> str:
    """Return the object of a session as logind writes it: a digit in front, and all but letters and digits, as a number.

    Without a session's name it is empty, which stands for every session.
    """
    if not session:
        return ""
    return f"{_MANAGER}/session/" + "".join(
        char if char.isascii() and char.isalnum() and not (place == 0 and char.isdigit()) else f"_{ord(char):02x}"
        for place, char in enumerate(session)
    )


_POWER, _SESSION, _ENDING = 0x0218, 0x02B1, 0x0011
_SUSPENDS, _WOKE, _WOKE_BY_HAND = 0x0004, 0x0012, 0x0007
_SESSION_LOCKED, _SESSION_LEFT = 0x7, 0x2


def means_leaving(message: int, word: int) -> bool:
    """Return whether a Windows message (WM_POWERBROADCAST, WM_WTSSESSION_CHANGE, WM_QUERYENDSESSION) says that nobody may be there."""
    return (
        (message == _POWER and word in (_SUSPENDS, _WOKE, _WOKE_BY_HAND))
        or (message == _SESSION and word in (_SESSION_LOCKED, _SESSION_LEFT))
        or message == _ENDING
    )


class WindowsMessages(QAbstractNativeEventFilter):
    """Hears the messages that Windows sends to the program's windows. Could not be run where it was written."""

    def __init__(self, told: Callable[[], object]) -> None:
        super().__init__()
        self._told = told
        self._registered: int | None = None
        app = QGuiApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self)
        self._register()

    def end(self) -> None:
        """Hear no more."""
        app = QGuiApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self)
        if sys.platform == "win32" and self._registered is not None:
            import ctypes

            ctypes.windll.wtsapi32.WTSUnRegisterSessionNotification(self._registered)

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Look at a message; it is always passed on."""
        if bytes(kind) == b"windows_generic_MSG":  # type: ignore[arg-type]
            import ctypes.wintypes

            told = ctypes.wintypes.MSG.from_address(int(message))
            if means_leaving(told.message, told.wParam):
                self._told()
        return False, 0

    def _register(self) -> None:
        """Ask Windows to tell the first window when its session is locked: without being asked it does not."""
        windows = QGuiApplication.topLevelWindows()
        if sys.platform == "win32" and windows:
            import ctypes

            handle = int(windows[0].winId())
            if ctypes.windll.wtsapi32.WTSRegisterSessionNotification(handle, 0):
                self._registered = handle
