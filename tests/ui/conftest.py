"""A theme, and the real window with preferences and a sample folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows.protecting import unlock
from tests.conftest import PASSPHRASE


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme("light")
    made.apply(qapp)
    yield made
    made.deleteLater()


@pytest.fixture(autouse=True)
def no_box_waits_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A box that nobody expected would wait for ever: it fails the test instead."""

    def refuse(box: prompts.Prompt) -> int:
        pytest.fail(f"an unexpected box: {box.accessibleDescription()}")

    monkeypatch.setattr(prompts.Prompt, "exec", refuse)
    # The sample has an open referral: whoever closes it is asked, and most tests are about something else.
    monkeypatch.setattr(prompts, "ask_to_leave_open", lambda *_asked: True)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path / "preferences.ini")


@pytest.fixture
def main_window(theme: Theme, preferences: Preferences, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window, empty and shown."""
    window = MainWindow(theme, preferences, sample_folder=tmp_path / "Documents")
    (tmp_path / "Documents").mkdir(exist_ok=True)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield window
    window.close()
    window.deleteLater()
    qtbot.wait(1)


@pytest.fixture
def open_window(main_window: MainWindow, sample_path: Path) -> MainWindow:
    """The window with the sample open."""
    assert main_window.open_file(sample_path)
    return main_window


@pytest.fixture
def protected_window(main_window: MainWindow, protected_path: Path) -> MainWindow:
    """The window with the protected sample open."""
    assert main_window.open_file(protected_path, unlock(protected_path, PASSPHRASE))
    return main_window
