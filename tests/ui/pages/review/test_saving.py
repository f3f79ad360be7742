"""Nothing typed is ever lost: when text is committed, what happens when it can't be, and what undo takes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import NotSavedError
from ncpi_desktop.workflows import reviewing

from .conftest import CONTROL, Desk  # type: ignore[import-not-found]

KEY = Qt.Key


@pytest.fixture
def typing(desk: Desk) -> Desk:
    desk.open("DA-06")
    desk.press(KEY.Key_T, CONTROL)
    return desk


def test_half_a_second_after_the_last_key_and_two_after_the_first(typing: Desk, qtbot: QtBot) -> None:
    save = typing.page.judgement.texts.saves["rationale"]
    with qtbot.waitSignal(typing.hub.saving, timeout=1000):
        typing.type("S")
    assert (save.after_last.interval(), save.after_first.interval(), save.again.interval()) == (500, 2000, 2000)
    assert save.after_last.isSingleShot()
    with qtbot.waitSignal(typing.hub.saved, timeout=5000):
        pass
    assert typing.review(typing.page.current_case()).rationale == "S"
    assert not save.after_first.isActive()


def test_typing_on_does_not_put_the_two_seconds_off(typing: Desk) -> None:
    save = typing.page.judgement.texts.saves["rationale"]
    typing.type("a")
    save.after_first.start(1234)
    typing.type("bc")
    assert save.after_first.interval() == 1234  # it was not started anew
    save.after_last.stop()
    save.after_first.timeout.emit()
    assert typing.review(typing.page.current_case()).rationale == "abc"


def test_leaving_the_box_or_the_case_or_the_page_saves_at_once(typing: Desk) -> None:
    case = typing.page.current_case()
    typing.type("one")
    typing.press(KEY.Key_F6)
    assert typing.review(case).rationale == "one"
    typing.press(KEY.Key_T, CONTROL)
    typing.press(KEY.Key_End, CONTROL)
    typing.type(" two")
    typing.press(KEY.Key_PageDown)
    assert typing.page.current_case() != case
    assert typing.review(case).rationale == "one two"
    typing.page.go_to(case)
    typing.page.judgement.texts.focus_box("notes")
    typing.type("mine")
    typing.page.flush()
    assert typing.review(case).notes == "mine"
    typing.type("!")
    typing.page.hide()
    assert typing.review(case).notes == "mine!"


def test_failed_save_keeps_text_and_case_until_it_succeeds(typing: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = typing.page.current_case()
    texts = typing.page.judgement.texts
    real = reviewing.write_text
    failures: list[object] = []
    typing.hub.save_failed.connect(failures.append)

    def fail(*_given: object) -> None:
        raise NotSavedError("The disk is full.")

    monkeypatch.setattr(reviewing, "write_text", fail)
    typing.type("precious")
    typing.press(KEY.Key_PageDown)
    assert typing.page.current_case() == case
    assert texts.rationale.text() == "precious"
    assert "not saved yet" in typing.notice()
    assert failures
    assert texts.saves["rationale"].again.isActive()
    typing.hub.do(lambda session: reviewing.mark_not_sure(session, case, True))
    assert texts.rationale.text() == "precious"
    monkeypatch.setattr(reviewing, "write_text", real)
    texts.saves["rationale"].again.timeout.emit()
    assert typing.review(case).rationale == "precious"
    assert typing.notice() == ""
    assert not texts.is_pending


def test_one_burst_of_typing_is_one_step(typing: Desk) -> None:
    case = typing.page.current_case()
    typing.type("one")
    typing.page.flush()
    typing.type(" two")
    typing.page.flush()
    typing.hub.undo()
    assert typing.review(case).rationale == ""
    assert typing.page.judgement.texts.rationale.text() == ""
    typing.hub.redo()
    assert typing.page.judgement.texts.rationale.text() == "one two"


def test_something_else_in_between_ends_the_burst(typing: Desk) -> None:
    case = typing.page.current_case()
    typing.type("one")
    typing.page.flush()
    typing.hub.do(lambda session: reviewing.mark_not_sure(session, case, True))
    typing.press(KEY.Key_End, CONTROL)
    typing.type(" two")
    typing.page.flush()
    typing.hub.undo()
    assert typing.review(case).rationale == "one"


def test_boxes_undo_their_own_typing_first(typing: Desk) -> None:
    undone: list[bool] = []
    typing.actions.undo.triggered.connect(lambda: undone.append(True))
    typing.type("x")
    typing.press(KEY.Key_Z, CONTROL)
    assert typing.page.judgement.texts.rationale.text() == ""
    assert not undone
    typing.press(KEY.Key_Z, CONTROL)
    assert undone == [True]


@pytest.mark.parametrize(
    "text", ["hard\u00a0space", "line\nline", "\U0001f642 and ŵ", "<b>bold</b>", "=1+1", "tab\tend"]
)
def test_text_is_kept_letter_for_letter(typing: Desk, text: str) -> None:
    case = typing.page.current_case()
    typing.page.judgement.texts.rationale.insertPlainText(text)
    typing.page.flush()
    assert typing.review(case).rationale == text
    typing.open("DA-05")
    typing.open("DA-06")
    assert typing.page.judgement.texts.rationale.text() == text


def test_cursor_stays_when_a_save_is_shown(typing: Desk) -> None:
    typing.type("abc")
    typing.press(KEY.Key_Left)
    typing.page.flush()
    QApplication.processEvents()
    typing.type("X")
    assert typing.page.judgement.texts.rationale.text() == "abXc"


def test_notes_have_a_dot_on_their_tab(typing: Desk) -> None:
    typing.page.judgement.texts.focus_box("notes")
    typing.type("n")
    assert typing.page.judgement.texts.tabs._written == {1}


def test_ten_megabytes_are_refused_in_a_sentence_when_pasted(typing: Desk) -> None:
    typing.type("kept")
    QApplication.clipboard().setText("x" * 10_000_000)
    typing.press(KEY.Key_V, CONTROL)
    assert typing.notice().startswith("10,000,000 characters do not fit: a text holds 200,000.")
    assert typing.page.judgement.texts.rationale.text() == "kept"
    QApplication.clipboard().setText("<b>and</b> more")
    typing.press(KEY.Key_V, CONTROL)
    assert typing.page.judgement.texts.rationale.text() == "kept<b>and</b> more"


def test_ten_megabytes_brought_in_are_read_and_never_cut(typing: Desk) -> None:
    case = typing.page.current_case()
    long = "word and more " * 700_000
    typing.hub.do(lambda session: reviewing.write_text(session, case, "rationale", long))
    box = typing.page.judgement.texts.rationale
    assert box.isReadOnly()
    assert box.text() == long
    assert box.toPlainText().endswith("… 9,600,000 more characters are kept in the file.")
    typing.type("x")
    typing.page.flush()
    assert typing.review(case).rationale == long
    typing.hub.undo()
    assert not box.isReadOnly()
