"""A damaged file: what can be saved is offered, done beside the window, listed, and opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import FileDamagedError, KnownError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.dialogs.rescue_dialog import RescueDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows.rescuing import RescueReport


@pytest.fixture
def damaged(sample_path: Path) -> Path:
    sample_path.write_bytes(sample_path.read_bytes()[:900_000])
    return sample_path


def test_what_can_be_saved_is_listed_and_opened(
    main_window: MainWindow, damaged: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    offered: list[KnownError] = []
    listed: list[str] = []
    target = damaged.with_name("Northshire rescued.ncpi")

    def offer(_window: object, _theme: object, error: KnownError) -> bool:
        offered.append(error)
        return True

    def place(_window: object, _theme: object, _title: str, proposed: Path, _suffix: str) -> Path:
        return proposed

    def read(dialog: RescueDialog) -> QDialog.DialogCode:
        assert dialog.lacking is not None
        listed.extend(dialog.lacking.item(row).text() for row in range(dialog.lacking.count()))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(prompts, "ask_to_rescue", offer)
    monkeypatch.setattr(prompts, "ask_place_to_save", place)
    monkeypatch.setattr(RescueDialog, "exec", read)
    before = damaged.read_bytes()
    assert not main_window.open_file(damaged)
    qtbot.waitUntil(lambda: main_window.audit is not None, timeout=20_000)
    assert isinstance(offered[0], FileDamagedError)
    assert main_window.audit is not None
    assert main_window.audit.path == target.resolve()
    assert listed
    assert damaged.read_bytes() == before


def test_the_offer_can_be_turned_down(main_window: MainWindow, damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "ask_to_rescue", lambda _window, _theme, _error: False)
    assert not main_window.open_file(damaged)
    assert not main_window.background.is_busy
    assert [held.name for held in damaged.parent.iterdir() if held.is_file() and held.suffix == ".ncpi"] == [
        damaged.name
    ]


def test_where_nothing_can_be_saved_it_is_said(
    main_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[KnownError] = []
    monkeypatch.setattr(prompts, "tell_error", lambda _window, _theme, error: told.append(error))
    (tmp_path / "old.ncpi").write_bytes(bytes(8192))
    main_window.rescuing.rescue(tmp_path / "old.ncpi", tmp_path / "new.ncpi")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "Nothing of an audit can be read" in told[0].happened


def test_the_offer_is_a_box_of_two_buttons(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []

    def press_first(prompt: prompts.Prompt) -> QDialog.DialogCode:
        buttons = [prompt.buttons.itemAt(place).widget() for place in range(1, prompt.buttons.count())]
        names.extend(button.accessibleName() or button.text() for button in buttons)  # type: ignore[union-attr]
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(prompts.Prompt, "exec", press_first)
    assert prompts.ask_to_rescue(None, theme, FileDamagedError("It is damaged.", safe="Untouched.", todo="Save it."))
    assert names == ["Save what can be saved…", "Close"]


@pytest.mark.parametrize(
    "missing", [(), ("Case DA-01 is missing, with its record.",), tuple(f"Case {n}" for n in range(6000))]
)
def test_the_list(theme: Theme, qtbot: QtBot, missing: tuple[str, ...]) -> None:
    report = RescueReport("old.ncpi", Path("new.ncpi"), 35, 36, 74, missing)
    dialog = RescueDialog(theme, report)
    qtbot.addWidget(dialog)
    dialog.show()
    if not missing:
        assert dialog.lacking is None
        return
    assert dialog.lacking is not None
    assert dialog.lacking.accessibleName() == "Missing or doubtful"
    assert dialog.lacking.item(0).text() == missing[0]
    if len(missing) > 5000:
        assert dialog.lacking.item(dialog.lacking.count() - 1).text() == "And 1000 more."
