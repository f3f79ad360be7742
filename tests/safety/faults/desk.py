"""The real window at work in one case, and what it tells of saving."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.review.review_page import ReviewPage
from ncpi_desktop.workflows import browsing

CONTROL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
TRY_AGAIN = 50
"""Milliseconds; the window itself waits for two seconds before it tries again."""


class Desk:
    """A person at the window: presses keys, types, and sees what is said."""

    def __init__(self, window: MainWindow, audit: Path, qtbot: QtBot) -> None:
        self.window, self.audit, self._qtbot = window, audit, qtbot
        self.acknowledged: list[int] = []
        assert window.open_file(audit)
        assert window.audit is not None
        self.hub = window.audit.hub
        self.hub.saved.connect(lambda _time: self.acknowledged.append(self.hub.session.file.last_sequence()))
        window.show_page("review")
        case = browsing.case_called(self.hub.session, "DA-06")
        assert case is not None
        self.page.go_to(case)
        for save in self.page.judgement.texts.saves.values():
            save.again.setInterval(TRY_AGAIN)

    @property
    def page(self) -> ReviewPage:
        assert self.window.audit is not None
        return self.window.audit.pages.review()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        focused: QWidget = QApplication.focusWidget() or self.window
        QTest.keyClick(focused, key, modifiers)
        QApplication.processEvents()

    def type(self, words: str) -> None:
        """Type into the rationale and leave the box, which saves at once."""
        self.press(Qt.Key.Key_T, CONTROL)
        QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_End, CONTROL)
        self.page.judgement.texts.rationale.insertPlainText(words)
        self.page.flush()
        QApplication.processEvents()

    @property
    def words(self) -> str:
        """What stands in the box."""
        return self.page.judgement.texts.rationale.text()

    def is_told_not_saved(self, *because: str) -> bool:
        """Return whether the save state stands on red, and the notice says one of `because` and what to do."""
        state, notice = self.window.header.save_state, self.window.notices.text()
        reasons = any(words in notice and words in state.toolTip() for words in because)
        return state.state == "failed" and state.text() == "Not saved" and reasons

    def wait_until_saved(self) -> None:
        """Wait until the window has saved by itself."""
        self._qtbot.waitUntil(lambda: self.window.header.save_state.state == "saved", timeout=10_000)


def text_in_file(audit: Path) -> tuple[int, str]:
    """Return the last sequence of the audit, and what its file holds as the rationale of the case on the desk."""
    file = AuditFile.open(audit, read_only=True)
    try:
        row = file.connection.execute(
            "SELECT rationale FROM reviews JOIN cases ON cases.id = reviews.case_id WHERE cases.reference = 'DA-06'"
        ).fetchone()
        return file.last_sequence(), row[0] if row else ""
    finally:
        file.close()
