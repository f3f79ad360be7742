"""The one Qt application, and what is done with Qt's own messages."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

PROGRAM = "NCPI Case Review"

_HARMLESS = "This plugin does not support propagateSizeHints()"
"""What the offscreen platform says at every window; nothing is amiss."""


def make_application() -> QApplication:
    """Return the one application, named, with Qt's own warnings heard."""
    qInstallMessageHandler(_hear_qt)
    running = QApplication.instance()
    # The style is named here and not set later: setting it makes Python's face of every style class, 10 ms before the first paint.
    app = running if isinstance(running, QApplication) else QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("ncpi-desktop")
    app.setApplicationDisplayName(PROGRAM)
    app.setDesktopFileName("ncpi-desktop")
    return app


def _hear_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if message.strip() == _HARMLESS:
        return
    import logging  # Late: it costs the start some milliseconds, and there is rarely anything to say.

    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    logging.getLogger(__name__).log(level, "%s", message)
