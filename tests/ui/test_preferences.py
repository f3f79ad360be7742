"""What the laptop remembers, and what it must never remember."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from ncpi_desktop.ui.preferences import MOST_RECENT, Preferences


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "preferences.ini"


def test_everything_survives_a_restart(path: Path) -> None:
    first = Preferences(path)
    first.reviewer = "  Inspector 1 "
    first.theme = "dark"
    first.text_scale = 150
    first.geometry = QByteArray(b"packed")
    first.keep_place("a1", {"page": "review", "review-position": 7, "review-widths": [1, 2, 3]})
    first.write()
    again = Preferences(path)
    assert again.reviewer == "Inspector 1"
    assert again.theme == "dark"
    assert again.text_scale == 150
    assert again.geometry == QByteArray(b"packed")
    assert again.place("a1") == {"page": "review", "review-position": 7, "review-widths": [1, 2, 3]}
    assert again.place("another") == {}


def test_a_first_run_has_sound_values(path: Path) -> None:
    preferences = Preferences(path)
    assert preferences.reviewer == ""
    assert preferences.theme == "system"
    assert preferences.text_scale == 100
    assert preferences.geometry is None
    assert preferences.recent_files() == []


@pytest.mark.parametrize("damaged", ["theme=purple\ntext_scale=9000\nplaces={[\nrecent_files=17", "\x00\x01", ""])
def test_a_damaged_file_is_no_obstacle(path: Path, damaged: str) -> None:
    path.write_text("[General]\n" + damaged, encoding="utf-8")
    preferences = Preferences(path)
    assert preferences.theme == "system"
    assert 100 <= preferences.text_scale <= 200
    assert preferences.recent_files() == []
    assert preferences.place("a1") == {}


def test_recent_files_are_newest_first_without_doubles(path: Path, tmp_path: Path) -> None:
    preferences = Preferences(path)
    files = [tmp_path / f"{number}.ncpi" for number in range(MOST_RECENT + 2)]
    for file in files:
        preferences.note_file(file)
    preferences.note_file(files[3])
    assert preferences.recent_files()[0] == files[3]
    assert len(preferences.recent_files()) == MOST_RECENT
    preferences.forget_file(files[3])
    assert files[3] not in preferences.recent_files()


@pytest.mark.parametrize("words", ["DA-06", "Child A was not seen", "Ärger", ["Child A"], {"a": 1}, None, 1.5])
def test_no_reference_and_no_sentence_is_kept_of_a_place(path: Path, words: object) -> None:
    preferences = Preferences(path)
    preferences.keep_place("a1", {"page": "review", "case": words})
    preferences.write()
    assert preferences.place("a1") == {"page": "review"}
    assert "Child" not in path.read_text(encoding="utf-8")
    assert "DA-06" not in path.read_text(encoding="utf-8")
