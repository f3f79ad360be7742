"""A file that somebody else works in is read, with a sentence naming who, and worked in once it is free."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.writer_lock import Writer
from ncpi_desktop.storage.writer_row import claim
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows.session import AuditSession


def test_while_another_window_works_in_it_it_is_read(
    main_window: MainWindow, sample_path: Path, opener: Callable[..., AuditSession]
) -> None:
    other = opener(sample_path, "Inspector 3")
    assert main_window.open_file(sample_path)
    assert main_window.audit is not None
    assert main_window.audit.hub.session.read_only
    assert "Inspector 3" in main_window.notices.text()
    assert "since" in main_window.notices.text()
    main_window.audit.pages.go_to_case(None)
    assert not main_window.audit.pages.review().judgement.editable
    button = main_window.notices.bar.button
    assert button.text() == "Open for work"
    button.click()
    assert main_window.audit.hub.session.read_only
    other.close()
    main_window.notices.bar.button.click()
    assert not main_window.audit.hub.session.read_only
    assert "Inspector 3" not in main_window.notices.text()


def test_one_that_was_left_open_on_another_machine_is_taken_over_by_a_button(
    main_window: MainWindow, sample_path: Path
) -> None:
    long_ago = datetime.now(UTC) - timedelta(hours=2)
    file = AuditFile.open(sample_path)
    claim(file.connection, Writer("Inspector 3", "LAPTOP-7", 12, long_ago), "foreign", long_ago)
    file.close()
    assert main_window.open_file(sample_path)
    assert "LAPTOP-7" in main_window.notices.text()
    assert main_window.notices.bar.button.text() == "Take it over"
    main_window.notices.bar.button.click()
    assert main_window.audit is not None
    assert not main_window.audit.hub.session.read_only


def test_a_risky_place_is_said(main_window: MainWindow, fresh_path: Path) -> None:
    folder = fresh_path.parent / "OneDrive"
    folder.mkdir()
    moved = fresh_path.rename(folder / fresh_path.name)
    main_window.preferences.reviewer = "Inspector 9"
    assert main_window.open_file(moved)
    assert "not synchronised" in main_window.notices.text()
