"""The notices written in the window: drafted, typed and saved by themselves, followed by the figures, undone, handed over beside the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.findings.notice import NoticeKind
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.findings.notices_pane import NoticesPane
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.notices import notice_text, write_notice
from ncpi_desktop.workflows.saving_elsewhere import UnsavedNotice, save_copy_elsewhere
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

PRESS, BRIEFING = NoticeKind.PRESS_NOTICE, NoticeKind.EXIT_BRIEFING


@pytest.fixture
def lead(sample: AuditSession) -> AuditSession:
    sample.sign_in("Team lead")
    return sample


@pytest.fixture
def pane(theme: Theme, lead: AuditSession, qtbot: QtBot) -> Iterator[NoticesPane]:
    window = QWidget()
    hub = AuditHub(lead, window)
    figures = FindingsModel(hub, window)
    background = Background(window)
    made = NoticesPane(theme, hub, figures, Actions(window, theme), background, window)
    window.resize(1256, 600)
    made.resize(1256, 600)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    made.shown()
    yield made
    made.flush()
    made.end()
    figures.end()
    background.close()
    window.close()
    window.deleteLater()
    qtbot.wait(1)


def asked(pane: NoticesPane) -> list[str]:
    return [label.text() for label in pane._question_labels]


def test_before_a_draft_both_sides_say_what_will_be_there(pane: NoticesPane, qtbot: QtBot) -> None:
    assert "Alt+D" in pane.text.placeholderText()
    assert pane.view.placeholderText().startswith("The press notice stands here")
    pane.show_kind(NoticeKind.EXIT_BRIEFING)
    assert pane.view.placeholderText().startswith("The exit briefing stands here")
    assert {chip.height() for chip in pane.chips.values()} == {pane.draft_button.height()}
    with qtbot.waitActive(pane.window()):
        pane.window().activateWindow()
    qtbot.keyClick(pane.text, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "{{" in pane.text.text())


def test_drafting_shows_text_and_page(pane: NoticesPane, lead: AuditSession) -> None:
    pane.draft_button.click()
    assert "{{percent-good}}" in pane.text.text()
    assert "Northshire Police: 53 per cent of the cases examined were good" in pane.view.toPlainText()
    assert notice_text(lead, PRESS) == pane.text.text()
    assert asked(pane) == []


def test_typing_saves_itself_and_undo_takes_it_back(pane: NoticesPane, lead: AuditSession, qtbot: QtBot) -> None:
    qtbot.keyClicks(pane.text, "Thank you.")
    assert pane.unsaved() == [UnsavedNotice(PRESS, "Thank you.")]
    qtbot.waitUntil(lambda: notice_text(lead, PRESS) == "Thank you.")
    assert pane.unsaved() == []
    pane._hub.undo()
    assert pane.text.text() == ""
    assert notice_text(lead, PRESS) == ""


def test_the_other_notice_has_its_own_text(pane: NoticesPane, lead: AuditSession, qtbot: QtBot) -> None:
    qtbot.keyClicks(pane.text, "Press")
    pane.chips[BRIEFING].click()
    assert pane.text.text() == ""
    qtbot.keyClicks(pane.text, "Force")
    pane.chips[PRESS].click()
    assert pane.text.text() == "Press"
    assert (notice_text(lead, PRESS), notice_text(lead, BRIEFING)) == ("Press", "Force")


def test_what_is_written_gives_place_to_a_draft_only_where_that_is_wanted(
    pane: NoticesPane, lead: AuditSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.keyClicks(pane.text, "Mine.")
    monkeypatch.setattr(prompts, "ask_to_draft_anew", lambda *_: False)
    pane.draft_button.click()
    assert notice_text(lead, PRESS) == pane.text.text() == "Mine."
    monkeypatch.setattr(prompts, "ask_to_draft_anew", lambda *_: True)
    pane.draft_button.click()
    assert pane.text.text().startswith("# Northshire Police")
    pane._hub.undo()
    assert pane.text.text() == "Mine."


def test_the_page_follows_the_figures_within_a_tenth_of_a_second_after_they_are_drawn_up(
    pane: NoticesPane, lead: AuditSession, qtbot: QtBot
) -> None:
    qtbot.keyClicks(pane.text, "Graded: {{graded}}.")
    pane.flush()
    case = key_of(lead, "DA-01")
    pane._hub.do(lambda session: reviewing.reopen(session, case, "New facts."))
    qtbot.waitUntil(lambda: pane.view.toPlainText() == "Graded: 29.", timeout=2000)


def test_a_figure_is_put_where_the_cursor_is(pane: NoticesPane, qtbot: QtBot) -> None:
    qtbot.keyClicks(pane.text, "Good: ")
    pane.figure_button.click()
    qtbot.keyClicks(pane.picker.field, "per cent good")
    qtbot.keyClick(pane.picker.field, Qt.Key.Key_Return)
    assert pane.text.text() == "Good: {{percent-good}}"


def test_typed_counts_unknown_figures_and_identifiers_are_asked_about(pane: NoticesPane, qtbot: QtBot) -> None:
    pane.text.setPlainText("Good in 17 cases, {{gold}}.\n\nCall 01632 960983.")
    pane._follow()
    assert any("gold" in sentence for sentence in asked(pane))
    assert any("17 cases" in sentence and "typed" in sentence for sentence in asked(pane))
    assert any("01632 960983" in sentence and "identify" in sentence for sentence in asked(pane))
    pane.text.setPlainText("All is said.")
    pane._follow()
    assert asked(pane) == []


@pytest.mark.parametrize("suffix", [".pdf", ".txt"])
def test_it_is_written_beside_the_window(pane: NoticesPane, qtbot: QtBot, tmp_path: Path, suffix: str) -> None:
    pane.draft_button.click()
    pane.write(tmp_path / f"n{suffix}")
    qtbot.waitUntil(lambda: pane.notice.isVisible() and "is written" in pane.notice.text(), timeout=20_000)
    assert (tmp_path / f"n{suffix}").stat().st_size > 500


def test_one_that_no_page_holds_is_written_where_more_pages_are_wanted(
    pane: NoticesPane, lead: AuditSession, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_notice(lead, PRESS, "\n\n".join(["Officers spoke to the children and wrote down what they said. " * 5] * 30))
    pane.shown()
    heard = []
    monkeypatch.setattr(prompts, "ask_for_more_pages", lambda _w, _t, error: heard.append(error.happened) or True)
    pane.write(tmp_path / "n.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "n.pdf").exists(), timeout=30_000)
    assert heard == ["The press notice takes 2 pages, even in small type."]


def test_what_keeps_it_back_is_said(
    pane: NoticesPane, lead: AuditSession, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_notice(lead, PRESS, "Good in {{gold}} cases.")
    heard = []
    monkeypatch.setattr(prompts, "tell_error", lambda _w, _t, error: heard.append(str(error)))
    pane.write(tmp_path / "n.txt")
    qtbot.waitUntil(lambda: bool(heard), timeout=20_000)
    assert "gold" in heard[0]
    assert not (tmp_path / "n.txt").exists()


def test_who_does_not_lead_reads_only(pane: NoticesPane, lead: AuditSession, qtbot: QtBot) -> None:
    write_notice(lead, PRESS, "Ours.")
    pane._hub.sign_in("Inspector 2")
    assert pane.text.text() == "Ours."
    assert pane.text.isReadOnly()
    assert not pane.draft_button.isEnabled()
    assert pane.text.placeholderText() == "The team lead writes it; nothing is written yet."
    qtbot.keyClick(pane.text, Qt.Key.Key_A)
    assert pane.unsaved() == []


def test_what_could_not_be_saved_is_saved_elsewhere(lead: AuditSession, tmp_path: Path) -> None:
    copy = save_copy_elsewhere(lead, tmp_path / "copy.ncpi", [UnsavedNotice(BRIEFING, "Kept.")])
    session = AuditSession.open(copy, read_only=True)
    assert notice_text(session, BRIEFING) == "Kept."
    session.close()


def test_markup_is_words(pane: NoticesPane, lead: AuditSession) -> None:
    write_notice(lead, PRESS, "# <b>x</b>\n\n<img src='file:///x'> & \x01")
    pane.shown()
    assert "<b>x</b>" in pane.view.toPlainText()
    assert "<img src='file:///x'> &" in pane.view.toPlainText()
