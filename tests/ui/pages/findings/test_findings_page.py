"""The page Findings: tabs by key, panes built when first seen, its place remembered, and nothing typed in a pane lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.findings.findings_page import FindingsPage
from ncpi_desktop.ui.pages.findings.pane import PaneEntry
from ncpi_desktop.ui.pages.findings.panes import PANES
from ncpi_desktop.ui.theme.theme import Theme


class NotePane(QWidget):
    """A pane with one field, which notes what the page asks of it."""

    case_wanted = Signal(object)
    cases_wanted = Signal(object)

    def __init__(self, *_parts: object) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.setFocusProxy(self.field)

    def shown(self) -> None:
        self.asked.append("shown")

    def flush(self) -> None:
        self.asked.append("flush")

    def unsaved(self) -> list[Any]:
        return [self.field.text()] if self.field.text() else []

    def end(self) -> None:
        self.asked.append("end")


@pytest.fixture
def loaded() -> list[str]:
    return []


@pytest.fixture
def page(open_window: MainWindow, theme: Theme, loaded: list[str], qtbot: QtBot) -> FindingsPage:
    """The page with three panes of the test's own, on the real window's audit."""

    def loader(code: str) -> Callable[[], type[NotePane]]:
        def load() -> type[NotePane]:
            loaded.append(code)
            return NotePane

        return load

    assert open_window.audit is not None
    audit = open_window.audit
    entries = [PaneEntry(code, words, loader(code)) for code, words in (("a", "One"), ("b", "Two"), ("c", "Three"))]
    background = Background()
    made = FindingsPage(theme, audit.hub, audit.figures, open_window.actions_, background, entries=entries)
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def test_a_pane_is_built_when_it_is_first_seen(page: FindingsPage, loaded: list[str]) -> None:
    assert loaded == []
    page.shown()
    assert loaded == ["a"]
    page.show_pane("c")
    page.show_pane("a")
    page.show_pane("c")
    assert loaded == ["a", "c"]
    assert page.stack.currentWidget() is page.pane("c")
    assert page.pane("c").asked.count("shown") == 2


def test_control_tab_goes_round_and_takes_the_keyboard_along(page: FindingsPage) -> None:
    page.shown()
    page.pane("a").field.setFocus()
    seen = []
    for _press in range(3):
        QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        seen.append(page.code)
        assert page.pane(page.code).field.hasFocus()
    assert seen == ["b", "c", "a"]
    backwards = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Backtab, backwards)
    assert page.code == "c"


def test_a_pane_that_is_left_saves_what_was_typed(page: FindingsPage) -> None:
    page.shown()
    first = page.pane("a")
    first.field.setText("typed")
    page.show_pane("b")
    assert first.asked == ["shown", "flush"]
    assert page.unsaved() == ["typed"]


def test_cases_are_passed_on_and_the_end_reaches_every_pane(page: FindingsPage, qtbot: QtBot) -> None:
    page.shown()
    page.show_pane("b")
    for name, told in (("case_wanted", CaseKey(3)), ("cases_wanted", (CaseKey(3), CaseKey(4)))):
        with qtbot.waitSignal(getattr(page, name)) as wanted:
            getattr(page.pane("b"), name).emit(told)
        assert wanted.args == [told]
    page.end()
    assert [page.pane(code).asked[-1] for code in ("a", "b")] == ["end", "end"]


def test_the_pane_left_last_is_the_first_seen(page: FindingsPage, loaded: list[str]) -> None:
    page.restore({"pane": "b"})
    page.shown()
    assert loaded == ["b"]
    assert page.tabs.currentIndex() == 1
    assert page.place() == {"pane": "b"}
    page.restore({"pane": "no such pane"})
    assert page.code == "b"


def test_the_window_opens_at_the_pane_it_was_closed_at(open_window: MainWindow, sample_path: Path) -> None:
    open_window.show_page("findings")
    assert open_window.audit is not None
    open_window.audit.pages.currentWidget().show_pane(PANES[-1].code)
    assert open_window.close_audit()
    assert open_window.open_file(sample_path)
    assert open_window.audit is not None
    assert open_window.audit.pages.code == "findings"
    assert open_window.audit.pages.currentWidget().code == PANES[-1].code


def test_every_pane_of_the_program_can_be_loaded_and_is_named_once(open_window: MainWindow) -> None:
    assert len({entry.code for entry in PANES}) == len(PANES)
    open_window.show_page("findings")
    assert open_window.audit is not None
    page = open_window.audit.pages.currentWidget()
    for entry in PANES:
        page.show_pane(entry.code)
        assert page.pane(entry.code).isVisible()
    assert {button.text() for button in open_window.header.findChildren(QPushButton) if button.isVisible()} >= {
        "Export workbook",
        "Export report",
    }


def test_what_is_typed_in_a_pane_counts_as_the_windows(
    open_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(FindingsPage, "flush", lambda _page: asked.append("flush"))
    monkeypatch.setattr(FindingsPage, "unsaved", lambda _page: ["a text"])
    assert open_window.audit is not None
    pages = open_window.audit.pages
    pages.flush_all()
    assert asked == []
    assert pages.unsaved() == []
    open_window.show_page("findings")
    open_window.show_page("overview")
    assert asked == ["flush"], "a page that is left saves"
    assert pages.unsaved() == ["a text"]
    pages.flush_all()
    assert asked == ["flush", "flush"]
    monkeypatch.setattr(FindingsPage, "unsaved", lambda _page: [])
