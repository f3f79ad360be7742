"""The page Quality in the real window, and hands on its keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.quality.quality_page import QualityPage
from ncpi_desktop.workflows import browsing

Press = Callable[..., None]


@pytest.fixture
def page(open_window: MainWindow) -> QualityPage:
    """Quality as the team lead sees it."""
    open_window.sign_in("Team lead")
    open_window.show_page("quality")
    assert open_window.audit is not None
    shown = open_window.audit.pages.currentWidget()
    assert isinstance(shown, QualityPage)
    return shown


@pytest.fixture
def press(page: QualityPage) -> Press:
    """Press keys, or type a text, where the keyboard is."""

    def do(*keys: Qt.Key | str, control: bool = False) -> None:
        for key in keys:
            there = QApplication.focusWidget()
            assert there is not None
            if isinstance(key, str):
                QTest.keyClicks(there, key)
            else:
                held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
                QTest.keyClick(there, key, held)

    return do


@pytest.fixture
def case_called(page: QualityPage, open_window: MainWindow) -> Callable[[str], CaseKey]:
    """Return the key of a case by its reference."""

    def find(reference: str) -> CaseKey:
        assert open_window.audit is not None
        found = browsing.case_called(open_window.audit.hub.session, reference)
        assert found is not None
        return found

    return find
