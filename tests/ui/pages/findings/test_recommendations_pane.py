"""The recommendations by keyboard alone: answering, writing, logging, completing by two people, and what is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation
from ncpi_desktop.domain.casework.recommendation_log import Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.domain.errors import KnownError, NotSavedError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.findings.recommendation_delegate import RecommendationDelegate
from ncpi_desktop.ui.pages.findings.recommendations_pane import RecommendationsPane
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import recommending, reviewing
from ncpi_desktop.workflows.saving_elsewhere import UnsavedRecommendation, save_copy_elsewhere
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

KEY = Qt.Key
PLAIN, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
HOSTILE = "<b>bold</b> {{}} %s =cmd"


@pytest.fixture
def pane(theme: Theme, sample: AuditSession, qtbot: QtBot) -> Iterator[RecommendationsPane]:
    """The pane as the team lead sees it, with the keyboard in its list."""
    sample.sign_in("Team lead")
    window = QWidget()
    hub = AuditHub(sample, window)
    figures = FindingsModel(hub, window)
    background = Background(window)
    made = RecommendationsPane(theme, hub, figures, Actions(window, theme), background, window)
    for shown in (window, made):
        shown.resize(1216, 618)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.shown()
    made.list.setFocus()
    QApplication.processEvents()
    yield made
    made.flush()
    figures.end()
    background.close()
    window.close()
    window.deleteLater()
    qtbot.wait(1)


def press(key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    there = QApplication.focusWidget()
    assert there is not None
    QTest.keyClick(there, key, held)
    QApplication.processEvents()


def type_words(words: str) -> None:
    there = QApplication.focusWidget()
    assert there is not None
    QTest.keyClicks(there, words)


def of(pane: RecommendationsPane, origin: Origin, number: int) -> Recommendation:
    held = recommending.all_recommendations(pane._hub.session)
    return next(one for one in held if (one.origin, one.number) == (origin, number))


def lines(pane: RecommendationsPane) -> list[str]:
    return [pane.model.data(pane.model.index(row)) for row in range(pane.model.rowCount())]


def test_the_list_tells_number_status_due_day_and_answer_in_words(
    pane: RecommendationsPane, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(pane.model)
    told = lines(pane)
    assert told[0] == "Of the previous inspection, to answer"
    assert told[10] == "Of this inspection"
    assert told[1].endswith("…, Being progressed, due 18 May 2017, overdue by 363 days, answered") or told[1].endswith(
        ", Being progressed, due 18 May 2017, overdue by 363 days, answered"
    )
    assert told[11].endswith("Awaiting review, due date not known yet")
    assert pane.overdue.text() == "Overdue: recommendations 1, 2, 4, 6, 7, 9."
    chosen = pane.chosen()
    assert chosen is not None
    assert (chosen.origin, chosen.number) == (Origin.PREVIOUS, 2)  # the first that waits for an answer


def test_an_earlier_one_is_answered_with_the_keys(pane: RecommendationsPane, qtbot: QtBot) -> None:
    press(KEY.Key_Return)
    type_words("They look at every reason.")
    qtbot.waitUntil(lambda: of(pane, Origin.PREVIOUS, 2).summary == "They look at every reason.", timeout=3000)
    press(KEY.Key_Tab)
    type_words(HOSTILE)
    press(KEY.Key_Tab)  # leaving saves at once
    held = of(pane, Origin.PREVIOUS, 2)
    assert held.detail == HOSTILE
    pane.editor.progress.choice.setFocus()
    press(KEY.Key_Home)
    press(KEY.Key_Down)
    pane.editor.progress.choice.activated.emit(pane.editor.progress.choice.currentIndex())
    assert of(pane, Origin.PREVIOUS, 2).progress == "improved"
    assert "answered" in lines(pane)[2]


def test_progress_in_other_words(pane: RecommendationsPane) -> None:
    progress = pane.editor.progress
    progress.choice.setCurrentIndex(progress.choice.count() - 1)
    progress.choice.activated.emit(progress.choice.currentIndex())
    assert QApplication.focusWidget() is progress.other
    type_words("mixed")
    press(KEY.Key_Return)
    assert of(pane, Origin.PREVIOUS, 2).progress == "mixed"
    press(KEY.Key_Tab)
    pane.list.setFocus()
    press(KEY.Key_Down)
    press(KEY.Key_Up)
    assert (progress.other.text(), progress.other.isVisible()) == ("mixed", True)


def test_the_original_text_is_read_only_words(pane: RecommendationsPane) -> None:
    original = pane.editor.original
    assert original.textFormat() is Qt.TextFormat.PlainText
    assert "In particular: The check should be repeated" in original.text()
    assert not pane.editor.texts["text"].isVisible()
    assert not pane.editor.remove_button.isVisible()


def test_one_is_added_written_moved_and_removed_with_the_keys(pane: RecommendationsPane) -> None:
    press(KEY.Key_R, ALT)
    assert QApplication.focusWidget() is pane.editor.texts["finding"].box
    type_words("Nobody was trained.")
    press(KEY.Key_Tab)
    type_words("Train them.")
    pane.flush()
    held = of(pane, Origin.THIS, 3)
    assert (held.finding, held.text, held.deadline) == ("Nobody was trained.", "Train them.", Deadline.THREE_MONTHS)
    press(KEY.Key_U, ALT)
    assert of(pane, Origin.THIS, 2).text == "Train them."
    assert pane.chosen() == of(pane, Origin.THIS, 2)
    pane.editor.deadline.setCurrentIndex(2)
    pane.editor.deadline.activated.emit(2)
    assert of(pane, Origin.THIS, 2).deadline is Deadline.SIX_MONTHS
    press(KEY.Key_M, ALT)
    assert [one.number for one in recommending.all_recommendations(pane._hub.session)] == [*range(1, 10), 1, 2]


def test_a_status_is_logged_and_stands_in_the_line_of_time(pane: RecommendationsPane) -> None:
    press(KEY.Key_L, ALT)
    form = pane.editor.form
    assert form.isVisible()
    assert QApplication.focusWidget() is form.status
    assert form.day.text() == "16/05/2018"
    press(KEY.Key_Home)
    form.comment.setFocus()
    press(KEY.Key_Return, CONTROL)
    assert "needs a comment" in form.notice.text()
    type_words("It has come back.")
    press(KEY.Key_Return, CONTROL)
    assert form.isHidden()
    assert of(pane, Origin.PREVIOUS, 2).status is Status.AWAITING_REVIEW
    newest = pane.editor.log.entries[0]
    assert newest.head.text() == "16 May 2018 · Awaiting review · Team lead"
    assert newest.comment.text() == "It has come back."
    assert len(pane.editor.log.entries) == 3


def test_a_bad_day_is_said_and_the_comment_stays(pane: RecommendationsPane) -> None:
    press(KEY.Key_L, ALT)
    form = pane.editor.form
    form.comment.setFocus()
    type_words("Begun.")
    for day, said in (("soon", "“soon” is not a day"), ("01/01/2030", "in the future"), ("01/01/2017", "published on")):
        form.day.setText(day)
        press(KEY.Key_Return, CONTROL)
        assert said in form.notice.text()
    assert form.comment.text() == "Begun."
    assert form.is_begun
    press(KEY.Key_Escape)
    assert form.isHidden()
    assert not form.is_begun
    assert len(of(pane, Origin.PREVIOUS, 2).log) == 2


def test_two_people_complete_one(pane: RecommendationsPane) -> None:
    press(KEY.Key_K, ALT)
    type_words("Every reason was looked at.")
    press(KEY.Key_Return, CONTROL)
    editor = pane.editor
    assert editor.chip.text() == "Being progressed, completion asked for"
    assert not editor.ask_button.isVisible()
    press(KEY.Key_S, ALT)
    type_words("Seen.")
    press(KEY.Key_Return, CONTROL)
    assert "Whoever asks for completion can’t authorise it" in editor.form.notice.text()
    press(KEY.Key_Escape)
    pane._hub.sign_in("Quality assurer 1")
    QApplication.processEvents()
    assert not editor.log_button.isEnabled()
    assert editor.texts["summary"].box.isReadOnly()
    press(KEY.Key_S, ALT)
    type_words("A sample was looked at.")
    press(KEY.Key_Return, CONTROL)
    assert of(pane, Origin.PREVIOUS, 2).is_complete
    assert editor.chip.text() == "Complete"
    assert "authorised by Quality assurer 1" in editor.log.entries[0].head.text()


def test_cases_are_linked_by_reference_opened_and_listed(pane: RecommendationsPane, qtbot: QtBot) -> None:
    pane.choose(of(pane, Origin.THIS, 2).key)
    QApplication.processEvents()
    cases = pane.editor.cases
    cases.line.setFocus()
    cases.line.selectAll()
    type_words("DA-03, DA-01")
    press(KEY.Key_Return)
    assert [case.reference for case in of(pane, Origin.THIS, 2).cases] == ["DA-01", "DA-03"]
    with qtbot.waitSignal(pane.case_wanted) as opened:
        cases.buttons[0].click()
    assert opened.args == [key_of(pane._hub.session, "DA-01")]
    with qtbot.waitSignal(pane.cases_wanted) as listed:
        cases.all_button.click()
    assert listed.args == [tuple(case.key for case in of(pane, Origin.THIS, 2).cases)]
    cases.line.setFocus()
    type_words(", XX-99")
    press(KEY.Key_Return)
    assert "There is no case “XX-99”" in pane.notice.text()
    assert len(of(pane, Origin.THIS, 2).cases) == 2
    reviewing.reopen(pane._hub.session, key_of(pane._hub.session, "DA-01"), "A word was missing.")
    pane.shown()
    assert "Case DA-01 was opened again" in pane.editor.question.text()


def test_a_comment_begun_waits_with_its_recommendation(pane: RecommendationsPane) -> None:
    press(KEY.Key_L, ALT)
    form = pane.editor.form
    form.comment.setFocus()
    type_words("Begun.")
    pane.list.setFocus()
    press(KEY.Key_Down)
    assert form.isHidden()
    assert pane.is_begun
    press(KEY.Key_Up)
    assert form.isVisible()
    assert (form.comment.text(), form.heading.text()) == ("Begun.", "Log a status of recommendation 2")
    form.comment.setFocus()
    press(KEY.Key_Return, CONTROL)
    assert not pane.is_begun
    assert of(pane, Origin.PREVIOUS, 2).log[-1].comment == "Begun."


def test_in_the_real_window_the_keys_work_and_closing_asks_about_a_comment_begun(
    open_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_window.sign_in("Team lead")
    open_window.show_page("findings")
    assert open_window.audit is not None
    page = open_window.audit.pages.currentWidget()
    page.show_pane("recommendations")
    pane = page.pane("recommendations")
    pane.list.setFocus()
    QApplication.processEvents()
    press(KEY.Key_L, ALT)
    pane.editor.form.comment.setFocus()
    type_words("Begun.")
    asked: list[str] = []

    def stay(_window: object, _theme: object, error: KnownError) -> bool:
        asked.append(error.happened)
        return False

    with monkeypatch.context() as answered:
        answered.setattr(prompts, "ask_to_lose", stay)
        assert not open_window.close_audit()
    assert asked == ["A comment on a recommendation was begun, and stands in no line of its status log yet."]
    press(KEY.Key_Return, CONTROL)
    assert of(pane, Origin.PREVIOUS, 2).log[-1].comment == "Begun."
    assert not pane.is_begun


def test_publication_gives_due_days(pane: RecommendationsPane) -> None:
    pane.published.setFocus()
    type_words("16/05/2018")
    press(KEY.Key_Return)
    assert lines(pane)[12].endswith("Awaiting review, due 16 August 2018")
    pane.published.setFocus()
    pane.published.selectAll()
    type_words("01/05/2018")
    press(KEY.Key_Return)
    assert "before the fieldwork began" in pane.notice.text()


def test_what_could_not_be_saved_stays_and_can_be_saved_elsewhere(
    pane: RecommendationsPane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session = pane._hub.session
    press(KEY.Key_Return)
    with monkeypatch.context() as broken:

        def refuse(*_about: object, **_named: object) -> None:
            raise NotSavedError("Not saved.")

        broken.setattr(session.file, "change", refuse)
        type_words("Kept?")
        assert not pane.flush()
        pane.list.setFocus()
        press(KEY.Key_Down)
        assert pane.chosen() == of(pane, Origin.PREVIOUS, 2)
        unsaved = pane.unsaved()
    assert unsaved == [UnsavedRecommendation(of(pane, Origin.PREVIOUS, 2).key, "summary", "Kept?")]
    copy = AuditSession.open(save_copy_elsewhere(session, tmp_path / "else.ncpi", unsaved), read_only=True)
    assert recommending.all_recommendations(copy)[1].summary == "Kept?"
    copy.close()
    assert pane.flush()
    assert of(pane, Origin.PREVIOUS, 2).summary == "Kept?"


def test_who_may_not_write_reads(pane: RecommendationsPane) -> None:
    pane._hub.sign_in("Inspector 2")
    QApplication.processEvents()
    editor = pane.editor
    assert not pane.add_button.isEnabled()
    assert not editor.log_button.isEnabled()
    assert all(text.box.isReadOnly() for text in editor.texts.values() if text.isVisible())
    assert pane.published.isReadOnly()
    assert pane.words.isVisible()
    assert "read them here" in pane.words.text()


def test_at_200_per_cent_no_chip_is_wider_than_its_room(pane: RecommendationsPane, theme: Theme) -> None:
    theme.set_text_scale(200)
    pane.resize(1166, 500)
    QApplication.processEvents()
    editor = pane.editor
    assert editor.due.text().startswith("due 18 May 2017, overdue by")
    room = editor.scroller.viewport().width()
    for chip in (editor.chip, editor.term, editor.due):
        assert chip.isVisible()
        assert chip.geometry().right() <= room


def test_a_long_heading_takes_two_lines_and_no_more(pane: RecommendationsPane) -> None:
    delegate = pane.list.itemDelegate()
    assert isinstance(delegate, RecommendationDelegate)
    first = of(pane, Origin.PREVIOUS, 1)
    lines = delegate._heading(first, 330)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert len(delegate._heading(first, 100_000)) == 1


def test_everything_has_a_name(pane: RecommendationsPane) -> None:
    pane.choose(of(pane, Origin.THIS, 1).key)
    press(KEY.Key_L, ALT)
    QApplication.processEvents()
    for widget in pane.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible() and not isinstance(widget, QLabel):
            assert widget.accessibleName(), widget
