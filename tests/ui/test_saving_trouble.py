"""When saving fails the words stay, the reason is said, and a copy elsewhere goes on with all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.review.judgement_texts import JudgementTexts
from ncpi_desktop.workflows import browsing
from ncpi_desktop.workflows.checking import check


def texts_of(window: MainWindow) -> JudgementTexts:
    assert window.audit is not None
    return window.audit.pages.review().judgement.texts


@pytest.fixture
def in_trouble(open_window: MainWindow, sample_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The window with words on screen that can't be saved: the file was deleted."""
    monkeypatch.setattr(prompts, "ask_to_lose", lambda *_asked: True)
    assert open_window.audit is not None
    open_window.audit.pages.go_to_case(browsing.case_called(open_window.audit.hub.session, "DA-06"))
    sample_path.unlink()
    texts_of(open_window).focus_box("rationale")
    QTest.keyClicks(texts_of(open_window).rationale, "Nobody asked")
    assert not texts_of(open_window).flush()
    return open_window


def test_the_reason_is_said_and_stays_with_a_way_out(in_trouble: MainWindow) -> None:
    assert in_trouble.header.save_state.state == "failed"
    assert "was moved, replaced or deleted" in in_trouble.notices.text()
    assert in_trouble.notices.bar.button.text() == "Save a copy elsewhere…"
    QTest.keyClicks(texts_of(in_trouble).rationale, " the child")
    assert in_trouble.header.save_state.state == "failed"
    assert not texts_of(in_trouble).flush()
    assert texts_of(in_trouble).rationale.toPlainText() == "Nobody asked the child"


def test_the_copy_goes_on_with_what_was_on_screen(
    in_trouble: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.ncpi"
    monkeypatch.setattr(prompts, "ask_place_to_save", lambda *_asked: copy)
    in_trouble.notices.bar.button.click()
    assert in_trouble.audit is not None
    assert in_trouble.audit.path == copy
    assert texts_of(in_trouble).rationale.toPlainText() == "Nobody asked"
    assert in_trouble.header.save_state.state == ""
    assert "You go on in the copy" in in_trouble.notices.text()
    assert in_trouble.close_audit()
    assert check(copy).problems == ()


def test_a_copy_that_fails_loses_nothing(
    in_trouble: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[KnownError] = []
    monkeypatch.setattr(prompts, "tell_error", lambda _window, _theme, error: told.append(error))
    before = in_trouble.audit
    assert not in_trouble.saving_trouble.save_copy_to(tmp_path / "gone" / "copy.ncpi")
    assert len(told) == 1
    assert in_trouble.audit is before
    assert texts_of(in_trouble).rationale.toPlainText() == "Nobody asked"
    assert in_trouble.close_audit()
