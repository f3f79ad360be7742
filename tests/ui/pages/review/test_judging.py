"""What the judgement pane does with each act, and what it says where one is refused or questioned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import ReviewState, StageJudgement
from ncpi_desktop.storage.case_repository import read_own_stage_grades
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.review.review_page import ReviewPage
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.session import AuditSession, Changed
from tests.casework import key_of

from .conftest import CONTROL, SHIFT, Desk  # type: ignore[import-not-found]

KEY = Qt.Key


def complete(desk: Desk, grade: str = "inadequate", stage_grade: str = "requires-improvement") -> None:
    session, case = desk.hub.session, desk.page.current_case()
    area = browsing.queue_row(session, case).area
    for stage in session.methodology.stages_for(area):
        reviewing.judge_stage(session, case, StageJudgement(stage.code, stage_grade))
    reviewing.give_reason(session, case, "INV-W01")
    reviewing.give_grade(session, case, grade)
    desk.hub.do(lambda held: reviewing.write_text(held, case, "rationale", "Seen."))


def test_incomplete_submission_says_what_is_missing_and_goes_there(desk: Desk) -> None:
    case = desk.open("DA-06")
    desk.press(KEY.Key_Return, CONTROL)
    said = desk.notice()
    assert said.startswith("Not submitted yet. Neither graded nor marked not applicable: Initial contact, Assessment")
    assert "No reason is given. The overall grade is missing. The rationale is empty." in said
    assert desk.focused() is desk.page.judgement.stage_rows["initial-contact"].buttons[0]
    assert desk.review(case).state is ReviewState.DRAFT
    assert desk.page.judgement.hand_in.missing.words().startswith("9 things missing: Initial contact, ")


def test_next_unanswered_goes_round(desk: Desk) -> None:
    case = desk.open("DA-06")
    desk.press(KEY.Key_U, CONTROL)
    assert desk.page.judgement.focused_stage() == "initial-contact"
    desk.press(KEY.Key_U, CONTROL)
    assert desk.page.judgement.focused_stage() == "assessment-and-help"
    session = desk.hub.session
    for stage in session.methodology.stages_for("domestic-abuse"):
        desk.hub.do(lambda held, code=stage.code: reviewing.judge_stage(held, case, StageJudgement(code, "good")))
    desk.press(KEY.Key_U, CONTROL)
    assert desk.focused() is desk.page.judgement.picker.field
    desk.press(KEY.Key_U, CONTROL)
    assert desk.focused() is desk.page.judgement.grade_row.buttons[0]
    desk.press(KEY.Key_U, CONTROL)
    assert desk.focused() is desk.page.judgement.texts.rationale
    assert desk.page.judgement.hand_in.missing.words() == "3 things missing: A reason, overall grade, rationale"


def test_contradiction_is_questioned_and_may_be_submitted_anyway(desk: Desk) -> None:
    case = desk.open("DA-06")
    complete(desk, "good", "good")
    desk.press(KEY.Key_Return, CONTROL)
    assert desk.notice().startswith("Graded Good, yet every reason is a weakness.")
    assert desk.page.judgement.hand_in.notice.button.text() == "Submit anyway"
    assert desk.review(case).state is ReviewState.DRAFT
    desk.press(KEY.Key_Return, CONTROL)
    assert desk.review(case).state is ReviewState.SUBMITTED
    assert desk.page.current_case() != case


def test_change_after_the_question_asks_again(desk: Desk) -> None:
    case = desk.open("DA-06")
    complete(desk, "good", "good")
    desk.press(KEY.Key_Return, CONTROL)
    desk.hub.do(lambda session: reviewing.mark_not_sure(session, case, True))
    desk.press(KEY.Key_Return, CONTROL)
    assert desk.review(case).state is ReviewState.DRAFT


def test_own_grades_of_stages_are_marked_once_the_review_is_submitted(desk: Desk) -> None:
    judgement = desk.page.judgement

    def marked() -> dict[str, str | None]:
        return {
            code: button.code
            for code, row in judgement.stage_rows.items()
            for button in row.buttons
            if button.is_dotted()
        }

    def sealed(reference: str) -> dict[str, str]:
        connection = desk.hub.session.file.connection
        return dict(read_own_stage_grades(connection, key_of(desk.hub.session, reference)))

    desk.open("DA-03")
    assert marked() == sealed("DA-03") != {}
    assert judgement.own_words.isVisible()
    desk.open("DA-06")
    assert sealed("DA-06") != {}
    assert marked() == {}
    assert not judgement.own_words.isVisible()


def test_submitted_review_is_read_only_and_shows_the_forces_own_grade(desk: Desk) -> None:
    case = desk.open("DA-03")
    judgement = desk.page.judgement
    assert judgement.hand_in.banner.text() == "Submitted 16 May 2018 10:42 by Inspector 2"
    facts = {fact.caption: fact.words for fact in desk.page.record.header.words().facts}
    assert facts["Force self-assessment"] == "Good"
    assert facts["Record length"] == "31 days"
    assert not judgement.grade_row.isEnabled()
    assert judgement.texts.rationale.isReadOnly()
    assert not desk.actions.cite.isEnabled()
    before = desk.review(case)
    desk.press(KEY.Key_1)
    desk.press(KEY.Key_0, CONTROL)
    judgement.reasons.setFocus()
    desk.press(KEY.Key_Delete)
    assert desk.review(case) == before
    desk.open("DA-06")
    facts = {fact.caption: fact.words for fact in desk.page.record.header.words().facts}
    assert facts["Force self-assessment"] == "Not shown until submitted"


def test_reopening_asks_for_a_reason_and_keeps_the_submission(desk: Desk) -> None:
    case = desk.open("DA-03")
    first = desk.review(case)
    desk.press(KEY.Key_O, CONTROL | SHIFT)
    assert desk.focused() is desk.page.judgement.hand_in.because.field
    desk.press(KEY.Key_Return)
    assert desk.page.judgement.hand_in.because.hint.text() == "Say in a few words why."
    desk.type("New facts")
    desk.press(KEY.Key_Return)
    again = desk.review(case)
    assert again.is_editable
    assert again.supersedes == first.key
    assert again.reopened_because == "New facts"
    assert desk.page.judgement.grade_row.isEnabled()
    assert desk.page.judgement.grade_row.grade() == first.grade


def test_parking_and_taking_up_again(desk: Desk) -> None:
    case = desk.open("DA-06")
    desk.press(KEY.Key_K, CONTROL)
    desk.type("Wait for the medical report")
    desk.press(KEY.Key_Return)
    assert desk.review(case).parked_because == "Wait for the medical report"
    assert browsing.queue_row(desk.hub.session, case).state is CaseState.PARKED
    assert desk.page.queue.chips[browsing.QueueChoice.PARKED].isVisible()
    assert "the case is parked" in desk.page.judgement.hand_in.missing.words()
    desk.press(KEY.Key_K, CONTROL)
    assert desk.review(case).parked_because == ""
    desk.press(KEY.Key_K, CONTROL)
    desk.press(KEY.Key_Escape)
    assert desk.review(case).parked_because == ""


def test_not_sure_is_a_mark(desk: Desk) -> None:
    case = desk.open("DA-06")
    desk.press(KEY.Key_U, CONTROL | SHIFT)
    assert desk.review(case).not_sure
    assert desk.page.judgement.not_sure_chip.isChecked()
    desk.press(KEY.Key_U, CONTROL | SHIFT)
    assert not desk.review(case).not_sure


def test_reasons_are_added_one_after_the_other_and_withdrawn(desk: Desk) -> None:
    case = desk.open("DA-06")
    desk.press(KEY.Key_R, CONTROL)
    picker = desk.page.judgement.picker
    offered = picker.choices.rowCount()
    assert offered == len([r for r in desk.hub.session.methodology.reasons if r.stage != "detention"])
    desk.type("inv-w01")
    assert picker.choices.rowCount() == 1
    desk.press(KEY.Key_Return)
    assert picker.isVisible()
    desk.type("zzzz")
    assert picker.told.text() == "No reason holds these letters"
    picker.field.selectAll()
    desk.type("strength investigation")
    desk.press(KEY.Key_Down)
    second = picker.choices.choice(1).reason.code
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Escape)
    assert [given.code for given in desk.review(case).reasons] == ["INV-W01", second]
    reasons = desk.page.judgement.reasons
    assert [reasons.reasons.row(n).particulars for n in range(2)] == [
        "Weakness · Investigation · no passage yet",
        "Strength · Investigation · no passage yet",
    ]
    reasons.setFocus()
    desk.press(KEY.Key_Delete)
    assert [given.code for given in desk.review(case).reasons] == [second]


def test_citing_asks_for_which_reason_unless_there_is_one(desk: Desk) -> None:
    case = desk.open("DA-06")
    view = desk.page.record.view
    desk.press(KEY.Key_E, CONTROL)
    assert desk.page.record.notice.text() == "Select the words first, then press Ctrl+E."
    view.setFocus()
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_End, SHIFT)
    desk.press(KEY.Key_E, CONTROL)
    assert desk.page.judgement.picker.isVisible()
    desk.type("inv-w01")
    desk.press(KEY.Key_Return)
    assert not desk.page.judgement.picker.isVisible()
    cited = desk.review(case).reasons[0].citations[0]
    entry = next(e for e in reviewing.lay_on_desk(desk.hub.session, case).case.entries if e.key == cited.entry)
    assert entry.text[cited.start : cited.end] == cited.passage
    assert entry.text.startswith(cited.passage)
    assert not view.textCursor().hasSelection()
    reasons = desk.page.judgement.reasons
    reasons.setFocus()
    desk.press(KEY.Key_Return)  # unfolds, and shows the passage
    assert view.textCursor().selectedText() == cited.passage
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Delete)
    assert desk.review(case).reasons[0].citations == ()


def test_selection_across_entries_gets_a_sentence(desk: Desk) -> None:
    desk.open("DA-06")
    desk.page.record.view.selectAll()
    desk.press(KEY.Key_E, CONTROL)
    assert desk.page.record.notice.text().startswith("A passage stands in one entry")


def test_criteria_fold_out_beside_the_record_and_follow_the_stage(desk: Desk) -> None:
    desk.open("DA-06")
    view = desk.page.record.view
    width = view.width()
    desk.press(KEY.Key_U, CONTROL)
    desk.press(KEY.Key_G, CONTROL)
    assert desk.page.left.is_showing_criteria
    assert desk.page.left.criteria.heading.text() == "Initial contact"
    assert "Was each child seen" in desk.page.left.criteria.text.toPlainText()
    desk.press(KEY.Key_Down)
    assert desk.page.left.criteria.heading.text() == "Assessment and help"
    assert view.width() == width
    desk.press(KEY.Key_G, CONTROL)
    assert not desk.page.left.is_showing_criteria


def test_undo_and_redo_show_at_once(desk: Desk) -> None:
    case = desk.open("DA-06")
    desk.press(KEY.Key_2)
    desk.hub.undo()
    assert desk.page.judgement.grade_row.grade() is None
    assert desk.review(case).grade is None
    desk.hub.redo()
    assert desk.page.judgement.grade_row.grade() == "requires-improvement"


def test_refused_act_shows_what_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.open("DA-06")

    def refuse(*_given: object) -> None:
        raise RefusedError("No.")

    monkeypatch.setattr(reviewing, "give_grade", refuse)
    desk.press(KEY.Key_1)
    assert desk.page.judgement.grade_row.grade() is None


def test_file_open_for_reading_only_can_be_read_and_not_judged(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(read_only=True)
    desk.open("DA-06")
    assert not desk.page.judgement.grade_row.isEnabled()
    assert desk.page.judgement.texts.rationale.isReadOnly()
    desk.open("DA-03")
    assert not desk.page.judgement.hand_in.reopen_button.isEnabled()


def test_area_decides_the_stages(desk: Desk) -> None:
    desk.open("PD-02")
    assert desk.page.judgement.stage_rows["detention"].isVisible()
    desk.open("DA-06")
    assert not desk.page.judgement.stage_rows["detention"].isVisible()


def test_place_is_restored_and_holds_no_words(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    case = desk.open("MIS-02")
    desk.page.record.view.setFocus()
    desk.page.record.view.set_cursor_place(40)
    place = desk.page.place()
    assert "MIS-02" not in repr(place)
    again = open_desk("Inspector 1")
    again.page.restore(place)
    assert again.page.current_case() == case
    assert again.page.record.view.cursor_place() == 40
    assert again.focused() is again.page.record.view
    again.page.restore({**place, "case": "another"})
    assert again.page.current_case() == again.case("S47-06")  # the first to do of Inspector 1


def test_large_text_keeps_everything_within_the_window(desk: Desk) -> None:
    desk.theme.set_text_scale(200)
    for reference in ("DA-06", "DA-03"):
        desk.open(reference)
        QApplication.processEvents()
        assert desk.window.width() <= 1282
        assert desk.window.height() <= 712
        judgement = desk.page.judgement
        for part in (judgement.grade_row, judgement.hand_in, *judgement.stage_rows.values()):
            assert part.mapTo(judgement, part.rect().topRight()).x() < judgement.width()


def test_page_of_a_closed_file_lets_go_of_actions_and_theme(desk: Desk, open_desk: Callable[..., Desk]) -> None:
    desk.window.takeCentralWidget()
    desk.page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    desk.actions.next_case.trigger()
    desk.theme.set_text_scale(110)
    desk.hub.changed.emit(Changed())


def test_key_held_down_does_not_answer_the_question(desk: Desk) -> None:
    assert not desk.actions.submit_and_next.autoRepeat()
    assert desk.actions.next_case.autoRepeat()


def test_audit_without_cases_offers_the_next_step(
    theme: Theme, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    path = tmp_path / "empty.ncpi"
    inspection = Inspection("i", "Northshire Police", InspectionKind.INSPECTION, "ncpi-2024")
    create_audit(path, inspection, person="Lead", at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    session = AuditSession.open(path, person="Lead")
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window, theme)
    page = ReviewPage(theme, AuditHub(session), actions)
    window.setCentralWidget(page)
    window.show()
    page.shown()
    asked: list[bool] = []
    actions.import_cases.triggered.connect(lambda: asked.append(True))
    button = next(b for b in page.findChildren(QAbstractButton) if b.text() == "Bring cases in…")
    assert button.isVisible()
    button.click()
    assert asked == [True]
    assert page.current_case() is None
    assert page.place() == {}
    actions.submit_and_next.trigger()
    actions.criteria.trigger()
    actions.cite.trigger()
    session.close()
