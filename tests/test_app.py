"""Where everything is put together: what is loaded at the start, and what happens to an error nobody foresaw."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ncpi_desktop import app
from ncpi_desktop.domain.errors import KnownError, WrongUseError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme

_LOADED = """
import sys
from pathlib import Path
import ncpi_desktop.app as app
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
application = app.make_application()
theme = Theme("light"); theme.apply(application)
window = app.MainWindow(theme, Preferences(Path(sys.argv[1])))
window.show(); application.processEvents()
heavy = {"sqlcipher3", "sqlite3", "sqlite_utils", "openpyxl", "lxml", "reportlab", "numpy", "pandas", "pypdfium2"}
print(sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, str(tmp_path / "p.ini")],
        capture_output=True,
        text=True,
        check=True,
        env=surroundings,
        timeout=60,
    )
    assert done.stdout.strip() == "[]"


@pytest.fixture
def window(qapp: object, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(prompts, "ask_to_leave_open", lambda *_about: True)
    theme = Theme("light")
    made = MainWindow(theme, Preferences(tmp_path / "p.ini"), sample_folder=tmp_path)
    qtbot.addWidget(made)
    return made


def test_a_file_is_opened_behind_the_first_paint(window: MainWindow, sample_path: Path, qtbot: QtBot) -> None:
    app.open_after_paint(window, sample_path)
    assert window.audit is None
    window.show()
    qtbot.waitUntil(lambda: window.audit is not None)
    window.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_a_sentence_is_said_and_qt_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(app, "make_application", lambda: pytest.fail("Qt would abort"))
    with pytest.raises(WrongUseError, match="no display"):
        app.run_window(None, sample=True)


def test_an_unforeseen_error_is_told_without_its_words(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[KnownError] = []
    monkeypatch.setattr(prompts, "tell_error", lambda _window, _theme, error: told.append(error))
    hook = app._calm_hook(window, window.theme)
    try:
        raise ValueError("Child A was not seen")
    except ValueError as error:
        hook(type(error), error, error.__traceback__)
    assert len(told) == 1
    assert "Child A" not in str(told[0]) + caplog.text
    assert "ValueError" in caplog.text
    assert "test_app.py" in caplog.text
