"""After a crash the window is where it was, and says what is there; closed well, it says nothing."""

from __future__ import annotations

import shutil
import socket
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.writer_lock import Writer
from ncpi_desktop.storage.writer_row import claim
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import browsing


def type_half_a_sentence(window: MainWindow) -> None:
    assert window.audit is not None
    case = browsing.case_called(window.audit.hub.session, "DA-06")
    window.audit.pages.go_to_case(case)
    texts = window.audit.pages.review().judgement.texts
    texts.focus_box("notes")
    QTest.keyClicks(texts.notes, "half a sent")
    texts.flush()
    cursor = texts.notes.textCursor()
    cursor.setPosition(4)
    texts.notes.setTextCursor(cursor)
    window.coming_back.keep()


def as_after_a_crash(window: MainWindow, tmp_path: Path) -> tuple[Path, Path]:
    """Copy audit and preferences as a power cut would leave them while `window` is open."""
    assert window.audit is not None
    audit = Path(shutil.copy(window.audit.path, tmp_path / "after.ncpi"))
    file = AuditFile.open(audit)
    claim(file.connection, Writer("Inspector 1", socket.gethostname(), 4, datetime.now(UTC)), "dead", datetime.now(UTC))
    file.close()
    kept = tmp_path / "after.ini"
    kept.write_text(window.preferences.path.read_text().replace(str(window.audit.path), str(audit)))
    return audit, kept


def test_after_a_crash_case_field_and_cursor_are_where_they_were(
    open_window: MainWindow, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    type_half_a_sentence(open_window)
    audit, kept = as_after_a_crash(open_window, tmp_path)
    again = MainWindow(theme, Preferences(kept), sample_folder=tmp_path)
    with qtbot.waitExposed(again):
        again.show()
    again.activateWindow()
    assert again.coming_back.file_to_reopen() == audit
    again.come_back()
    assert again.audit is not None
    review = again.audit.pages.review()
    assert review.current_case() == browsing.case_called(again.audit.hub.session, "DA-06")
    notes = review.judgement.texts.notes
    assert notes.toPlainText() == "half a sent"
    assert again.focusWidget() is notes
    assert notes.textCursor().position() == 4
    said = again.notices.text()
    assert "ended without closing" in said
    assert "typing in the notes, DA-06" in said
    assert "half a sent" not in said
    assert again.close()
    assert Preferences(kept).open_file is None
    again.deleteLater()


def test_closed_well_nothing_is_reopened_and_nothing_said(open_window: MainWindow) -> None:
    assert open_window.coming_back.file_to_reopen() is not None
    assert open_window.close_audit()
    assert open_window.coming_back.file_to_reopen() is None
    open_window.come_back()
    assert open_window.audit is None


def test_a_file_that_is_gone_is_not_asked_for(main_window: MainWindow, tmp_path: Path) -> None:
    main_window.preferences.open_file = tmp_path / "gone.ncpi"
    main_window.come_back()
    assert main_window.audit is None
    assert main_window.start.isVisible()


def test_what_is_remembered_meanwhile_holds_no_words(open_window: MainWindow, preferences: Preferences) -> None:
    type_half_a_sentence(open_window)
    kept = preferences.path.read_text(encoding="utf-8")
    assert "text_cursor" in kept
    assert "half a sent" not in kept
    assert "DA-06" not in kept
