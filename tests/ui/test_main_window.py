"""The window: opening and closing, pages by key, undo by name, handing over, and what it remembers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import KnownError, NotSavedError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.session import AuditSession


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[KnownError]:
    """The errors that a box would have told."""
    errors: list[KnownError] = []
    monkeypatch.setattr(prompts, "tell_error", lambda _window, _theme, error: errors.append(error))
    monkeypatch.setattr(prompts, "ask_to_rescue", lambda _window, _theme, error: bool(errors.append(error)))
    return errors


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def hub_of(window: MainWindow):  # type: ignore[no-untyped-def]
    assert window.audit is not None
    return window.audit.hub


def open_case(session: AuditSession, reference: str):  # type: ignore[no-untyped-def]
    case = browsing.case_called(session, reference)
    assert case is not None
    return case


def test_without_a_file_only_the_start_is_seen(main_window: MainWindow) -> None:
    assert main_window.windowTitle() == "NCPI Case Review"
    assert main_window.rail.isHidden()
    assert main_window.header.isHidden()
    assert main_window.start.isVisible()
    assert not main_window.actions_.export_workbook.isEnabled()
    assert main_window.actions_.open_audit.isEnabled()


def test_an_opened_audit_says_what_it_is(open_window: MainWindow) -> None:
    assert open_window.windowTitle() == "Northshire Police – NCPI Case Review"
    header = open_window.header
    assert header.force.text() == "Northshire Police"
    assert header.about.text() == "Post-inspection review · fieldwork May 2018 · sample data"
    assert header.marking.accessibleName() == "OFFICIAL-SENSITIVE"
    open_window.show_page("history")
    assert header.reviewed.text() == "30 of 36 reviewed"
    assert header.person.text() == "Inspector 1"


def test_closing_puts_everything_away(open_window: MainWindow, sample_path: Path) -> None:
    assert open_window.close_audit()
    assert open_window.windowTitle() == "NCPI Case Review"
    assert open_window.rail.isHidden()
    assert not list(sample_path.parent.glob("*.ncpi-*"))
    assert open_window.start.recent()[0].path == sample_path


def test_the_pages_have_their_keys(open_window: MainWindow) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    pages = {
        Qt.Key.Key_6: "history",
        Qt.Key.Key_4: "findings",
        Qt.Key.Key_3: "quality",
        Qt.Key.Key_2: "review",
        Qt.Key.Key_1: "overview",
    }
    for key, code in pages.items():
        press(open_window, key, alt)
        assert open_window.audit is not None
        assert open_window.audit.pages.code == code
        assert open_window.rail.current() == code
        assert open_window.page_actions[code].isChecked()


def test_commands_of_the_review_act_only_there(open_window: MainWindow) -> None:
    act = open_window.actions_
    assert not act.next_case.isEnabled()
    assert act.search_cases.isEnabled()
    open_window.show_page("review")
    assert act.next_case.isEnabled()
    assert act.rationale.isEnabled()
    open_window.show_page("history")
    assert not act.rationale.isEnabled()


def test_search_goes_to_the_review_from_any_page(open_window: MainWindow) -> None:
    press(open_window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert open_window.audit is not None
    assert open_window.audit.pages.code == "review"
    assert open_window.audit.pages.review().queue.search_field.hasFocus()


def test_undo_names_its_step_and_goes_to_its_case(open_window: MainWindow) -> None:
    undo, redo = open_window.actions_.undo, open_window.actions_.redo
    assert not undo.isEnabled()
    hub = hub_of(open_window)
    case = open_case(hub.session, "DA-06")
    hub.do(lambda session: reviewing.give_grade(session, case, "good"))
    assert undo.text() == "&Undo: overall grade: Good, DA-06"
    undo.trigger()
    assert redo.text() == "&Redo: overall grade: Good, DA-06"
    assert open_window.audit is not None
    assert open_window.audit.pages.review().current_case() == case
    redo.trigger()
    assert reviewing.lay_on_desk(hub.session, case).review.grade == "good"


def test_undo_survives_a_restart(open_window: MainWindow, sample_path: Path) -> None:
    hub = hub_of(open_window)
    case = open_case(hub.session, "DA-06")
    hub.do(lambda session: reviewing.give_grade(session, case, "good"))
    open_window.close_audit()
    open_window.open_file(sample_path)
    assert open_window.actions_.undo.text() == "&Undo: overall grade: Good, DA-06"


def test_a_save_is_shown_and_a_failed_one_stays(open_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = hub_of(open_window)
    error = NotSavedError("Not saved: the disk is full.", safe="All else is safe.", todo="Make room.")
    hub.save_failed.emit(error)
    assert open_window.header.save_state.state == "failed"
    assert "the disk is full" in open_window.notices.text()
    monkeypatch.setattr(prompts, "ask_to_lose", lambda *_asked: False)
    assert not open_window.close_audit()
    case = open_case(hub.session, "DA-06")
    hub.do(lambda session: reviewing.give_grade(session, case, "good"))
    assert open_window.header.save_state.state == "saved"
    assert open_window.notices.text() == ""
    assert open_window.close_audit()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", b"SQLite format 3\x00short"])
def test_a_wrong_file_gets_a_sentence_and_the_open_one_stays(
    open_window: MainWindow, tmp_path: Path, told: list[KnownError], content: bytes
) -> None:
    wrong = tmp_path / "wrong.ncpi"
    wrong.write_bytes(content)
    before = open_window.audit
    assert not open_window.open_file(wrong)
    assert open_window.audit is before
    assert len(told) == 1
    assert wrong.read_bytes() == content
    assert wrong not in open_window.preferences.recent_files()


def test_the_sample_is_made_once_and_reopened(main_window: MainWindow, qtbot: QtBot) -> None:
    main_window.open_sample()
    qtbot.waitUntil(lambda: main_window.audit is not None, timeout=20000)
    path = main_window.sample_path()
    hub = hub_of(main_window)
    case = open_case(hub.session, "DA-06")
    hub.do(lambda session: reviewing.give_grade(session, case, "good"))
    main_window.close_audit()
    main_window.open_sample()
    assert reviewing.lay_on_desk(hub_of(main_window).session, case).review.grade == "good"
    main_window.close_audit()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_the_laptop_remembers_holds_nothing_of_a_case(open_window: MainWindow, preferences: Preferences) -> None:
    open_window.show_page("review")
    hub = hub_of(open_window)
    words = []
    for row in browsing.queue_page(hub.session, 1, 36):
        case = reviewing.lay_on_desk(hub.session, row.case).case
        words += [row.reference, *(entry.text for entry in case.entries)]
    open_window.close()
    kept = preferences.path.read_text(encoding="utf-8")
    assert "recent_files" in kept
    assert not [word for word in words if word in kept]


def test_page_and_case_are_where_they_were(open_window: MainWindow, sample_path: Path) -> None:
    assert open_window.audit is not None
    case = open_case(hub_of(open_window).session, "MIS-03")
    open_window.audit.pages.go_to_case(case)
    open_window.close_audit()
    open_window.open_file(sample_path)
    assert open_window.audit is not None
    assert open_window.audit.pages.code == "review"
    assert open_window.audit.pages.review().current_case() == case


def test_somebody_else_signs_in(open_window: MainWindow) -> None:
    open_window.sign_in("Inspector 3")
    hub = hub_of(open_window)
    assert hub.session.name == "Inspector 3"
    assert open_window.header.person.text() == "Inspector 3"
    assert open_window.preferences.reviewer == ""  # the sample's people are not this laptop's


def test_a_file_without_a_name_asks_for_one(main_window: MainWindow, fresh_path: Path) -> None:
    main_window.open_file(fresh_path)
    assert "Nobody has signed in" in main_window.notices.text()
    main_window.sign_in("Inspector 9")
    assert main_window.notices.text() == ""
    assert main_window.preferences.reviewer == "Inspector 9"


def test_text_grows_by_key_and_is_remembered(open_window: MainWindow, theme: Theme, preferences: Preferences) -> None:
    for _step in range(12):
        open_window.actions_.larger_text.trigger()
    assert theme.text_scale == 200
    assert preferences.text_scale == 200
    open_window.actions_.smaller_text.trigger()
    assert theme.text_scale == 190


@pytest.mark.parametrize(("document", "suffix", "magic"), [("workbook", ".xlsx", b"PK"), ("report", ".pdf", b"%PDF")])
def test_documents_are_handed_over_from_the_window(
    open_window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    document: str,
    suffix: str,
    magic: bytes,
) -> None:
    target = tmp_path / f"out{suffix}"
    proposed: list[Path] = []

    def ask(_window: object, _theme: object, _title: str, name: Path, _suffix: str) -> Path:
        proposed.append(name)
        return target

    monkeypatch.setattr(prompts, "ask_place_to_save", ask)
    getattr(open_window.actions_, f"export_{document}").trigger()
    qtbot.waitUntil(lambda: target.exists() and not open_window.background.is_busy, timeout=60000)
    assert target.read_bytes()[: len(magic)] == magic
    assert proposed[0].name == f"northshire-police-post-inspection-review{suffix}"
    assert target.name in open_window.notices.text()


def test_an_export_that_fails_says_so(
    open_window: MainWindow, tmp_path: Path, qtbot: QtBot, told: list[KnownError]
) -> None:
    assert open_window.audit is not None
    open_window.commands.handing_over.write("workbook", open_window.audit.path, tmp_path / "missing" / "out.xlsx")
    qtbot.waitUntil(lambda: bool(told), timeout=60000)
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("page", ["overview", "review", "history"])
def test_the_window_fits_the_laptop(open_window: MainWindow, theme: Theme, page: str, scale: int) -> None:
    open_window.show_page(page)
    theme.set_text_scale(scale)
    open_window.resize(1366, 768)
    QTest.qWait(1)
    assert open_window.width() == 1366
    assert open_window.height() == 768
    assert open_window.centralWidget().minimumSizeHint().width() <= 1366
    if scale == 100:
        assert open_window.audit is not None
        assert open_window.page_frame.verticalScrollBar().maximum() == 0
        assert open_window.rail.width() == 84
        assert open_window.header.height() == 56


def test_a_comment_that_is_refused_is_asked_about_before_closing(
    open_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert open_window.audit is not None
    pages = open_window.audit.pages
    pages.show_page("review")
    box = pages.review().left.comments.box
    box.setPlainText("Words")
    asked = []
    monkeypatch.setattr(prompts, "ask_to_lose", lambda _window, _theme, error: asked.append(error.happened))
    monkeypatch.setattr(hub_of(open_window), "do", lambda _act: None)
    assert not open_window.close_audit()
    assert asked == ["A comment could not be sent."]
    assert box.toPlainText() == "Words"
    assert [words.text for words in pages.unsaved()] == ["Words"]
    monkeypatch.setattr(prompts, "ask_to_lose", lambda *_asked: True)
    assert open_window.close_audit()


def test_a_page_begins_at_its_top(open_window: MainWindow, qtbot: QtBot) -> None:
    assert open_window.audit is not None
    open_window.show_page("findings")
    open_window.audit.pages.setMinimumHeight(2000)  # as where large text needs the room
    bar = open_window.page_frame.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    open_window.show_page("findings")
    assert bar.value() == bar.maximum()
    open_window.show_page("history")
    open_window.show_page("overview")
    assert bar.value() == 0
