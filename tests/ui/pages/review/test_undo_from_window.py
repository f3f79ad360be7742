"""Undo and redo as the window does them: what is typed is saved first, and the case of the step comes onto the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import browsing, reviewing


@pytest.fixture
def window(theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(theme, Preferences(tmp_path / "preferences.ini"), sample_folder=tmp_path)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.open_sample()
    qtbot.waitUntil(lambda: made.audit is not None, timeout=30_000)
    yield made
    made.close()


def test_undo_brings_the_case_of_the_step_onto_the_desk(window: MainWindow) -> None:
    assert window.audit is not None
    window.show_page("review")
    session, page = window.audit.hub.session, window.audit.pages.review()
    first, second = (browsing.case_called(session, reference) for reference in ("S47-06", "DA-06"))
    assert first is not None
    assert second is not None
    page.go_to(first)
    page.judgement.press_grade("inadequate")
    page.go_to(second)
    page.judgement.texts.focus_box("rationale")
    box = page.judgement.texts.rationale
    QTest.keyClicks(box, "Not seen.")
    assert page.judgement.texts.is_pending
    window.actions_.undo.trigger()
    assert reviewing.lay_on_desk(session, second).review.rationale == ""
    assert box.text() == ""
    assert page.current_case() == second
    window.actions_.undo.trigger()
    assert page.current_case() == first
    assert page.judgement.grade_row.grade() is None
    window.actions_.redo.trigger()
    assert page.judgement.grade_row.grade() == "inadequate"
    window.actions_.redo.trigger()
    assert page.current_case() == second
    assert box.text() == "Not seen."
    assert QApplication.focusWidget() is box


def test_digits_grade_as_soon_as_the_page_is_shown(window: MainWindow) -> None:
    assert window.audit is not None
    for code in ("overview", "review", "history", "review"):
        window.show_page(code)
        QApplication.processEvents()
    page = window.audit.pages.review()
    assert QApplication.focusWidget() is page.queue.list
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_2)
    assert page.judgement.grade_row.grade() == "requires-improvement"


def test_large_text_begins_in_the_record(window: MainWindow, theme: Theme) -> None:
    assert window.audit is not None
    window.resize(1366, 768)
    theme.set_text_scale(200)
    window.show_page("review")
    QApplication.processEvents()
    page = window.audit.pages.review()
    assert QApplication.focusWidget() is page.record.view
    assert not page.left.isVisible()


def test_keyboard_begins_in_the_pane_where_it_was_left(window: MainWindow) -> None:
    assert window.audit is not None
    pages = window.audit.pages
    window.show_page("overview")
    case = browsing.case_called(window.audit.hub.session, "DA-06")
    assert case is not None
    identity = reviewing.lay_on_desk(window.audit.hub.session, case).case.identity
    position = browsing.queue_row(window.audit.hub.session, case).position
    pages.restore({"page": "review", "review-case": identity, "review-position": position, "review-pane": 1})
    QApplication.processEvents()
    assert pages.review().current_case() == case
    assert QApplication.focusWidget() is pages.review().record.view
