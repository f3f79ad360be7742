"""Findings written with the keyboard alone: begun from a reason, typed, undone, held against the figures, read by those who may not write."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import NotSavedError, RefusedError
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, Subject, WrittenFinding
from ncpi_desktop.domain.findings.selection import Selection, SelectionKind
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.findings import gathered_card
from ncpi_desktop.ui.pages.findings.gathered_card import MoreOf, OfPassage, OfReason
from ncpi_desktop.ui.pages.findings.writing_pane import WritingPane
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import finding_writing, gathering, reviewing
from ncpi_desktop.workflows.finding_reading import read_findings
from ncpi_desktop.workflows.gathering import PassagePage
from ncpi_desktop.workflows.saving_elsewhere import UnsavedFinding, save_copy_elsewhere
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import key_of

REASON = "DEC-W01"
PLACE = FindingPlace(FindingKind.SHORTCOMING, Subject.CASEWORK, "decision-making")
HOSTILE = "<b>bold</b> {{}} %s =cmd \x01 {{nothing}}"


_before: dict[str, int] = {}


def added(session: AuditSession) -> list[WrittenFinding]:
    """The findings that the sample did not have, in report order."""
    return [held for held in read_findings(session) if held.key > _before["key"]]


@pytest.fixture
def lead(sample: AuditSession) -> AuditSession:
    sample.sign_in("Team lead")
    _before["key"] = max((held.key for held in read_findings(sample)), default=0)
    return sample


@pytest.fixture
def pane(theme: Theme, lead: AuditSession, qtbot: QtBot) -> Iterator[WritingPane]:
    window = QWidget()
    hub = AuditHub(lead, window)
    figures = FindingsModel(hub, window)
    background = Background(window)
    made = WritingPane(theme, hub, figures, Actions(window, theme), background, window)
    window.resize(1256, 640)
    made.resize(1256, 640)
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


def hub_of(pane: WritingPane) -> AuditHub:
    return pane._hub


def kept(pane: WritingPane) -> WrittenFinding:
    """The finding chosen, as the file has it."""
    chosen = pane.written.list.chosen()
    return next(held for held in read_findings(hub_of(pane).session) if held.identity == chosen)


def begin_from_reason(pane: WritingPane, qtbot: QtBot) -> None:
    pane.gathered.list.setFocus()
    assert pane.gathered.list.choose(OfReason(REASON))
    qtbot.keyClick(pane.gathered.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_finding_begins_from_a_reason_with_its_figure_and_typing_goes_on(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    held = kept(pane)
    assert (held.place, held.reasons) == (PLACE, (REASON,))
    assert held.text.startswith("In {{reason:DEC-W01}} of {{graded}} graded cases: poor decision making")
    assert "In 4 of 30 graded cases" in pane.editor.preview.toPlainText()
    assert pane.editor.text.hasFocus()
    qtbot.keyClicks(pane.editor.text, " And more.")
    assert pane.flush()
    assert kept(pane).text.endswith(" And more.")


def test_ctrl_shift_f_begins_an_empty_one_whose_title_is_typed_first(pane: WritingPane, qtbot: QtBot) -> None:
    pane.written.list.setFocus()
    qtbot.keyClick(pane, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert pane.editor.title_field.hasFocus()
    qtbot.keyClicks(pane.editor.title_field, "Late decisions")
    qtbot.keyClick(pane.editor.title_field, Qt.Key.Key_Return)
    assert kept(pane).title == "Late decisions"
    assert pane.written.list.lines.line(pane.written.list.currentIndex().row()).words == "Late decisions"  # type: ignore[union-attr]


def test_a_title_without_words_is_refused_and_the_old_one_shown(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    title = kept(pane).title
    with qtbot.waitSignal(hub_of(pane).refused) as refused:
        pane.editor.title_field.selectAll()
        pane.editor.title_field.setFocus()
        qtbot.keyClick(pane.editor.title_field, Qt.Key.Key_Delete)
        qtbot.keyClick(pane.editor.title_field, Qt.Key.Key_Return)
    assert isinstance(refused.args[0], RefusedError)
    assert pane.editor.title_field.text() == kept(pane).title == title


def test_typing_is_one_step_and_undo_shows_what_was_before(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    before = kept(pane).text
    for words in (" One.", " Two."):
        qtbot.keyClicks(pane.editor.text, words)
        pane.editor.saves.flush()
    hub_of(pane).undo()
    assert kept(pane).text == before
    assert pane.editor.text.text() == before
    hub_of(pane).undo()
    assert added(hub_of(pane).session) == []
    hub_of(pane).redo()
    assert pane.editor.text.text() == before


def test_the_toolbar_marks_lines_and_takes_the_marks_off_again(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    box, control = pane.editor.text, Qt.KeyboardModifier.ControlModifier
    box.setPlainText("One\nTwo")
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_L, control | Qt.KeyboardModifier.ShiftModifier)
    assert box.text() == "- One\n- Two"
    qtbot.keyClick(box, Qt.Key.Key_H, control)
    assert box.text() == "# One\n# Two"
    qtbot.keyClick(box, Qt.Key.Key_H, control)
    assert box.text() == "One\nTwo"


def test_a_figure_is_found_by_typing_and_stands_in_text_and_preview(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    pane.editor.text.setPlainText("Good in ")
    pane.editor.enter()
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(pane.editor.text, Qt.Key.Key_I, shift)
    assert pane.picker.field.hasFocus()
    qtbot.keyClicks(pane.picker.field, "per cent good")
    qtbot.keyClick(pane.picker.field, Qt.Key.Key_Return)
    assert pane.editor.text.text() == "Good in {{percent-good}}"
    assert pane.editor.preview.toPlainText() == "Good in 53 per cent"
    assert pane.editor.text.hasFocus()
    pane.editor.flush()
    qtbot.keyClick(pane.editor.text, Qt.Key.Key_I, shift)
    qtbot.keyClick(pane.picker.field, Qt.Key.Key_Escape)
    assert pane.picker.isHidden()
    assert kept(pane).text == "Good in {{percent-good}}"


def test_a_figure_follows_a_grade_without_waiting_for_a_rest(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    assert "of 30 graded" in pane.editor.preview.toPlainText()
    session = hub_of(pane).session
    with qtbot.waitSignal(pane._figures.drawn_up, timeout=1000):
        hub_of(pane).do(lambda opened: reviewing.reopen(opened, key_of(session, "DA-01"), "New facts."))
    assert "of 29 graded" in pane.editor.preview.toPlainText()


def test_hostile_words_are_shown_as_words_and_asked_about(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    pane.editor.text.setPlainText(HOSTILE)
    pane.editor.flush()
    pane._read()
    assert kept(pane).text == HOSTILE
    shown = pane.editor.preview.toPlainText()
    assert "<b>bold</b>" in shown
    assert "[figure not known: nothing]" in shown
    assert any("“nothing” is not known" in label.text() for label in pane.editor._question_labels)
    assert pane.editor.questions.isVisibleTo(pane)


def test_a_title_is_kept_while_it_is_typed_and_typing_goes_on(pane: WritingPane, qtbot: QtBot) -> None:
    """No crash takes more than two seconds of it."""
    pane.begin()
    field = pane.editor.title_field
    qtbot.keyClicks(field, "Too  late ")
    assert pane.editor._title_waits.isActive()
    pane.editor._title_waits.timeout.emit()
    (held,) = added(hub_of(pane).session)
    assert held.title == "Too late"
    qtbot.keyClicks(field, "decisions")
    assert field.text() == "Too  late decisions"
    pane.editor._title_waits.timeout.emit()
    (held,) = added(hub_of(pane).session)
    assert held.title == "Too late decisions"
    assert not field.isModified()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    pane.editor._title_waits.timeout.emit()  # nothing yet: it is only said when the field is left
    assert field.text() == ""
    qtbot.keyClicks(field, "Late")
    assert pane.editor.flush()
    assert not pane.editor._title_waits.isActive()


def test_what_is_closed_is_not_looked_through_to_the_end_at_once(
    pane: WritingPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To a quality assurer all passages of a reason may be closed: the window goes on through them press by press."""
    asked: list[object] = []

    def nothing_open(_session: AuditSession, _code: str, after: tuple[int, int]) -> PassagePage:
        asked.append(after)
        return PassagePage((), (len(asked), 0))

    monkeypatch.setattr(gathered_card, "cited_for", nothing_open)
    card = pane.gathered
    card.list.choose(OfReason(REASON))
    card.list.opened.emit(OfReason(REASON))
    assert asked == [(0, 0)]
    for press in (1, 2):
        assert card.list.choose(MoreOf(REASON))
        card.list.line_entered.emit(MoreOf(REASON))
        assert asked[1:] == [(place, 0) for place in range(1, press + 1)]
        assert card.list.chosen() == MoreOf(REASON)
    card.show_findings(findings_of(hub_of(pane).session))
    assert len(asked) == 4


def test_passages_fold_out_page_by_page_and_open_their_case(pane: WritingPane, qtbot: QtBot) -> None:
    card = pane.gathered
    card.list.choose(OfReason(REASON))
    qtbot.keyClick(card.list, Qt.Key.Key_Right)
    lines = [card.list.lines.line(row) for row in range(card.list.lines.rowCount())]
    passages = [line.key for line in lines if line is not None and isinstance(line.key, OfPassage)]
    assert len(passages) > 3
    assert not any(line is not None and isinstance(line.key, MoreOf) for line in lines)
    with qtbot.waitSignal(pane.case_wanted) as wanted:
        card.list.choose(passages[0])
        qtbot.keyClick(card.list, Qt.Key.Key_Return)
    assert wanted.args == [passages[0].case]
    with qtbot.waitSignal(pane.cases_wanted) as listed:
        card.cases_button.click()
    assert listed.args == [Selection(SelectionKind.REASON, (REASON,))]
    qtbot.keyClick(card.list, Qt.Key.Key_Left)
    assert card.list.lines.row_of(passages[0]) is None
    assert card.list.chosen() == OfReason(REASON)


def test_cases_and_illustrations_are_added_written_and_taken_off(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    pane.editor.case_button.click()
    qtbot.keyClicks(pane.picker.field, "DA-02")
    qtbot.keyClick(pane.picker.field, Qt.Key.Key_Return)
    assert [linked.reference for linked in kept(pane).cases] == ["DA-02"]
    pane.editor.illustration_button.click()
    qtbot.keyClicks(pane.picker.field, "DA-02")
    qtbot.keyClick(pane.picker.field, Qt.Key.Key_Return)
    (box,) = pane.editor.illustrations
    assert box.box.hasFocus()
    qtbot.keyClicks(box.box, "A child waited.")
    assert pane.unsaved() == [UnsavedFinding(box.key, "illustration", "A child waited.")]
    pane.flush()
    assert kept(pane).illustrations[0].text == "A child waited."
    box.remove_button.click()
    assert pane.editor.illustrations == []
    (cross,) = pane.editor.cases.crosses.values()
    cross.click()
    assert kept(pane).cases == ()
    pane.editor.reasons.buttons[0].click()
    assert kept(pane).reasons == ()


def test_beyond_casework_no_case_can_be_added(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    row = next(row for row in range(pane.editor.chapter.count()) if pane.editor.chapter.itemText(row) == "Leadership")
    pane.editor.chapter.setCurrentIndex(row)
    pane.editor.chapter.activated.emit(row)
    assert kept(pane).subject is Subject.LEADERSHIP
    assert pane.editor.case_button.isHidden()
    assert pane.editor.illustration_button.isHidden()


def test_findings_are_moved_and_taken_away_by_key(pane: WritingPane, qtbot: QtBot, lead: AuditSession) -> None:
    for title in ("One", "Two"):
        hub_of(pane).do(lambda session, title=title: finding_writing.add_finding(session, PLACE, title))  # type: ignore[misc]
    two = next(held.identity for held in added(lead) if held.title == "Two")
    pane.choose(two)
    qtbot.keyClick(pane.written.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [held.title for held in added(lead)] == ["Two", "One"]
    qtbot.keyClick(pane.written.list, Qt.Key.Key_Delete)
    assert [held.title for held in added(lead)] == ["One"]


def test_what_could_not_be_saved_is_named_and_goes_into_a_copy(
    pane: WritingPane,
    qtbot: QtBot,
    lead: AuditSession,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    begin_from_reason(pane, qtbot)
    key = kept(pane).key
    pane.editor.text.setPlainText("Unsaved words.")
    assert pane.unsaved() == [UnsavedFinding(key, "finding", "Unsaved words.")]
    to = tmp_path_factory.mktemp("elsewhere") / "copy.ncpi"
    save_copy_elsewhere(lead, to, pane.unsaved())
    copy = AuditSession.open(to, read_only=True)
    try:
        assert [held.text for held in added(copy)] == ["Unsaved words."]
    finally:
        copy.close()


def test_who_may_not_write_reads(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    hub_of(pane).sign_in("Quality assurer 1")
    assert not pane.writable
    assert pane.editor.text.isReadOnly()
    assert pane.editor.title_field.isReadOnly()
    for part in (
        *(pane.written.new_button, pane.gathered.begin_button, pane.editor.remove_button, pane.editor.kind),
        *(pane.editor.figure_button, pane.editor.reason_button, pane.editor.case_button, *pane.editor.reasons.buttons),
    ):
        assert not part.isEnabled()
    for part in (pane.editor.reason_button, pane.editor.remove_button, *pane.editor.reasons.buttons):
        assert not part.isVisible()  # a cross that can't be pressed only looks as if it could
    pane.begin()
    pane.begin_from(REASON)
    qtbot.keyClick(pane.written.list, Qt.Key.Key_Delete)
    assert len(added(hub_of(pane).session)) == 1


@pytest.mark.parametrize("scale", [100, 200])
def test_every_part_is_named_and_nothing_is_cut_at_the_side(
    pane: WritingPane, theme: Theme, qtbot: QtBot, scale: int
) -> None:
    begin_from_reason(pane, qtbot)
    theme.set_text_scale(scale)
    qtbot.wait(1)
    assert pane.minimumSizeHint().width() <= 1256
    inside = pane.editor.inside
    assert inside.minimumSizeHint().width() <= pane.editor.area.viewport().width()
    for part in pane.findChildren(QWidget):
        if part.isVisibleTo(pane) and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert part.accessibleName() or part.objectName().startswith("qt_"), type(part).__name__
    theme.set_text_scale(100)


def test_a_long_text_is_looked_through_beside_the_window(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    words = "\n\n".join(f"Paragraph {number} says what nobody had looked at." for number in range(200))
    pane.editor.text.setPlainText(f"{words}\n\nShe rang 07700 900125.")
    with qtbot.waitSignal(pane._background.idle, timeout=20_000):
        pane.editor._rest.timeout.emit()
    assert any("07700 900125" in label.text() for label in pane.editor._question_labels)


def test_passages_come_page_by_page(pane: WritingPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        gathered_card, "cited_for", lambda session, code, place=(0, 0): gathering.cited_for(session, code, place, 2)
    )
    card = pane.gathered
    card.list.choose(OfReason(REASON))
    qtbot.keyClick(card.list, Qt.Key.Key_Right)
    shown = []
    while (row := card.list.lines.row_of(MoreOf(REASON))) is not None:
        card.list.setCurrentIndex(card.list.lines.index(row))
        qtbot.keyClick(card.list, Qt.Key.Key_Return)
        chosen = card.list.chosen()
        shown.append(chosen)
    keys = [line.key for row in range(card.list.lines.rowCount()) if (line := card.list.lines.line(row)) is not None]
    passages = [key for key in keys if isinstance(key, OfPassage)]
    every = gathering.cited_for(hub_of(pane).session, REASON, count=1000).passages
    assert [key.case for key in passages] == [held.case for held in every]
    assert shown[:-1] == [key for key in passages if key.place and key.place % 2 == 0][: len(shown) - 1]


def test_what_could_not_be_saved_is_not_left(pane: WritingPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_from_reason(pane, qtbot)
    first = kept(pane)
    pane.begin()
    assert pane.choose(first.identity)
    pane.editor.text.setPlainText("Words that the disk did not take.")
    pane.editor.title_field.setText("")
    pane.editor.title_field.insert("A title that it did not take")

    def refuse(*_args: object, **_rest: object) -> None:
        raise NotSavedError("The disk is full.")

    hub = hub_of(pane)
    with monkeypatch.context() as patched:
        patched.setattr(hub.session, "change", refuse)
        other = next(held.identity for held in added(hub.session) if held.identity != first.identity)
        pane.choose(other)
        assert pane.written.list.chosen() == first.identity
        assert pane.editor.text.text() == "Words that the disk did not take."
        assert pane.unsaved() == [
            UnsavedFinding(first.key, "title", "A title that it did not take"),
            UnsavedFinding(first.key, "finding", "Words that the disk did not take."),
        ]
        pane.begin()
        assert len(added(hub.session)) == 2
    assert pane.choose(other)
    assert pane.written.list.chosen() == other
    saved = next(held for held in added(hub.session) if held.identity == first.identity)
    assert (saved.title, saved.text) == ("A title that it did not take", "Words that the disk did not take.")


def test_a_finding_that_was_taken_away_and_brought_back_is_written_on(pane: WritingPane, qtbot: QtBot) -> None:
    begin_from_reason(pane, qtbot)
    pane.editor.remove()
    hub_of(pane).undo()
    pane.editor.enter()
    qtbot.keyClicks(pane.editor.text, " Again.")
    assert pane.flush()
    assert kept(pane).text.endswith(" Again.")
