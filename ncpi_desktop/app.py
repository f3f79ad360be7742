"""Where everything is put together: the application, its looks, its preferences, its window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.errors import KnownError, WrongUseError
from ncpi_desktop.ui.application import make_application
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import _

_PLACES_TO_SHOW = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Where on Linux one of these is set, Qt has somewhere to draw."""

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def run_window(path: Path | None, sample: bool) -> int:
    """Show the window, open `path` or the sample in it, and return when it is closed; the exit code of Qt's loop.

    Raises:
        WrongUseError: there is no display to show it on.
    """
    _refuse_without_display()
    app = make_application()
    preferences = Preferences()
    theme = Theme(preferences.theme, preferences.text_scale, app)
    theme.apply(app)
    window = MainWindow(theme, preferences)
    sys.excepthook = _calm_hook(window, theme)
    if path is not None or sample:
        open_after_paint(window, path)
    elif window.coming_back.file_to_reopen() is not None:
        do_after_paint(window, window.come_back)
    window.show()
    QTimer.singleShot(0, gc.enable)  # `__main__` holds the collector back while the window is loaded.
    return app.exec()


def _refuse_without_display() -> None:
    # Qt itself would end the program with an abort and a list of its plugins.
    if sys.platform.startswith("linux") and not any(map(os.environ.get, _PLACES_TO_SHOW)):
        raise WrongUseError(
            _("There is no display here to show the window on."),
            todo=_("Work on a desktop, or use the commands; “{help}” lists them.").format(help="ncpi-desktop --help"),
        )


def open_after_paint(window: MainWindow, path: Path | None) -> None:
    """Open `path`, or the sample without one, once the window has been painted: nobody waits before an empty screen."""
    do_after_paint(window, (lambda: window.open_file(path)) if path is not None else window.open_sample)


def do_after_paint(window: MainWindow, do: Callable[[], object]) -> None:
    """Do something once the window has been painted."""
    _AfterPaint(window, do)


class _AfterPaint(QObject):
    """Calls something once, behind the first painting of a window."""

    def __init__(self, window: QWidget, do: Callable[[], object]) -> None:
        super().__init__(window)
        self._do = do
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for the paint."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._do)
        return False


def _calm_hook(window: MainWindow, theme: Theme) -> Hook:
    """Return what is called for an error nobody foresaw: type and place go to the log, a sentence to the person."""
    from ncpi_desktop.ui import prompts

    telling = False

    def hook(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
        nonlocal telling
        import logging

        logging.getLogger(__name__).error("unexpected %s at %s", kind.__name__, place_of(trace))
        if telling or issubclass(kind, KeyboardInterrupt):
            return
        telling = True
        try:
            prompts.tell_error(window, theme, unexpected())
        finally:
            telling = False

    return hook


def unexpected() -> KnownError:
    """Return what a person is told of an error of ours: nothing of a case, and no traceback."""
    return KnownError(
        _("Something went wrong inside the program."),
        safe=_("Everything that says “Saved” is safe in the file."),
        todo=_("Go on; if it happens again, close the program, open it anew, and tell whoever looks after it."),
    )


def place_of(trace: TracebackType | None) -> str:
    """Return where an error came from, as file and line; never what it said."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else "?"
