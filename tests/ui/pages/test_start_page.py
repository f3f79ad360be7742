"""The first page: recent files, open, new, the sample."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.main_window import MainWindow


def test_it_offers_open_new_and_the_sample(main_window: MainWindow) -> None:
    names = [choice.accessibleName() for choice in main_window.start.choices]
    assert names == ["Open audit", "New audit", "Open the sample"]


def test_a_missing_file_is_marked_and_can_be_forgotten(main_window: MainWindow, tmp_path: Path) -> None:
    here, gone = tmp_path / "here.ncpi", tmp_path / "gone.ncpi"
    here.write_bytes(b"")
    for path in (here, gone):
        main_window.preferences.note_file(path)
    main_window.start.show_recent(main_window.preferences.recent_files())
    assert [(line.path, line.is_missing) for line in main_window.start.recent()] == [(gone, True), (here, False)]
    main_window.start.file_forgotten.emit(gone)
    assert [line.path for line in main_window.start.recent()] == [here]


def test_a_recent_file_opens_by_key(main_window: MainWindow, sample_path: Path, qtbot: QtBot) -> None:
    main_window.preferences.note_file(sample_path)
    main_window.start.show_recent(main_window.preferences.recent_files())
    line = main_window.start.recent()[0]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert main_window.audit is not None
    assert main_window.audit.path == sample_path
