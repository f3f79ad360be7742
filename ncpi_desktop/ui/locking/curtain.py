"""Hides what all windows show while nobody may see it: taken out of them and not only covered, so that screen readers find nothing either."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenuBar, QToolTip, QWidget

from ncpi_desktop.ui.application import PROGRAM
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_icon

_ICON = 48


class Shield(QWidget):
    """A plain ground with a lock over the whole of a window."""

    def __init__(self, theme: Theme, words: str, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._words = words
        self.setAccessibleName(words)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, a lock and the words."""
        painter = QPainter(self)
        theme, tokens, rect = self._theme, self._theme.tokens, self.rect()
        painter.fillRect(rect, QColor(tokens.ground))
        side = theme.px(_ICON)
        top = (rect.height() - side) / 2 - theme.px(20)
        draw_icon(painter, theme, "lock", tokens.muted, _ICON, (rect.width() - side) / 2, top + side / 2)
        painter.setPen(QColor(tokens.ink))
        painter.setFont(theme.font("card_title", 600))
        below = QRect(0, round(top + side + theme.px(12)), rect.width(), theme.px(60))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._words)


class _Covered:
    """One window behind its shield, and how it was. What was in it lives on in a holder that no window shows."""

    def __init__(self, theme: Theme, words: str, window: QWidget) -> None:
        self.window = window
        self._title, self._name = window.windowTitle(), window.accessibleName()
        self._described, self._focus = window.accessibleDescription(), window.focusWidget()
        self._holder = QWidget()
        self._content: QWidget | None = None
        self._menu: QWidget | None = None
        self._empty_menu: QMenuBar | None = None
        if isinstance(window, QMainWindow):
            self._content = window.takeCentralWidget()
            self._take_menu(window)
        else:
            # Qt moves the widgets of a layout with it. The window itself must not be hidden: that would end a dialog.
            _move_layout(window, self._holder)
        window.setWindowTitle(PROGRAM)
        window.setAccessibleName(PROGRAM if self._name else "")
        window.setAccessibleDescription("")
        self._shield = Shield(theme, words, window)

    def uncover(self) -> None:
        """Put everything back."""
        window = self.window
        window.removeEventFilter(self._shield)
        self._shield.hide()
        self._shield.setParent(None)
        self._shield.deleteLater()
        if isinstance(window, QMainWindow):
            if self._content is not None:
                window.setCentralWidget(self._content)
                self._content.show()
            self._give_menu_back(window)
        else:
            _move_layout(self._holder, window)
        self._holder.deleteLater()
        window.setWindowTitle(self._title)
        window.setAccessibleName(self._name)
        window.setAccessibleDescription(self._described)

    def _take_menu(self, window: QMainWindow) -> None:
        # Not through the window, which would throw the old one away: in it stands what undo would take back, and in which case.
        layout = window.layout()
        menu = layout.menuBar() if layout is not None else None
        if layout is not None and menu is not None:
            self._menu, self._empty_menu = menu, QMenuBar(window)
            layout.setMenuBar(self._empty_menu)
            menu.setParent(self._holder)

    def _give_menu_back(self, window: QMainWindow) -> None:
        layout = window.layout()
        if layout is not None and self._menu is not None and self._empty_menu is not None:
            self._menu.setParent(window)
            layout.setMenuBar(self._menu)
            self._menu.show()
            self._empty_menu.setParent(None)
            self._empty_menu.deleteLater()

    def focus(self) -> None:
        """Give the keyboard back to where it was."""
        with suppress(RuntimeError):  # It may have gone meanwhile.
            if self._focus is not None:
                self._focus.setFocus(Qt.FocusReason.OtherFocusReason)


class Curtain:
    """Drawn over every window of the program but those in `spare`; the timers of all of them stand still behind it.

    What is half typed stays in its fields, but for passphrases: those are forgotten like the key.
    """

    def __init__(self, theme: Theme, words: str, spare: tuple[QWidget, ...] = ()) -> None:
        _close_popups()
        active = QApplication.activeWindow()
        windows = [window for window in _windows() if window not in spare]
        self._timers = [timer for window in windows for timer in window.findChildren(QTimer) if timer.isActive()]
        for timer in self._timers:
            if not timer.property(KEEPS_RUNNING):
                timer.stop()
        for window in windows:
            _forget_passphrases(window)
        self._covered = [_Covered(theme, words, window) for window in windows]
        self._active = active if active in windows else None

    def windows(self) -> list[QWidget]:
        """Return the windows behind it."""
        return [covered.window for covered in self._covered]

    def put_back(self) -> None:
        """Show everything again; the keyboard is given back by `focus`, once nothing else has it."""
        for covered in self._covered:
            with suppress(RuntimeError):  # A window may have gone meanwhile, and with it all that was in it.
                covered.uncover()

    def run_on(self) -> None:
        """Let the timers go on, and the keyboard be where it was."""
        for timer in self._timers:
            with suppress(RuntimeError):
                if not timer.isActive():
                    timer.start()
        for covered in self._covered:
            covered.focus()
        if self._active is not None:
            self._active.activateWindow()


KEEPS_RUNNING = "keeps-running"
"""The property of a timer that no curtain stops: those of the watches that draw it."""


def _move_layout(source: QWidget, target: QWidget) -> None:
    layout = source.layout()
    if layout is not None:
        target.setLayout(layout)
        for child in target.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            QCoreApplication.sendPostedEvents(
                child, QEvent.Type.MetaCall
            )  # Qt would show them in a moment; focus needs them now.


def _forget_passphrases(window: QWidget) -> None:
    for field in window.findChildren(QLineEdit):
        if field.echoMode() == QLineEdit.EchoMode.Password:
            field.clear()


def _close_popups() -> None:
    QToolTip.hideText()
    for _popup in range(20):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()


def _windows() -> Iterator[QWidget]:
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible() and widget.windowType() in (
            Qt.WindowType.Window,
            Qt.WindowType.Dialog,
            Qt.WindowType.Sheet,
        ):
            yield widget
