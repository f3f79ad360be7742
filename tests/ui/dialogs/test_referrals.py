"""Referrals in the real window: two keys from every page, nothing typed is lost, a clock that runs while it is seen, a count in the header."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.casework.referral import Referral
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.dialogs.reason_dialog import ReasonDialog
from ncpi_desktop.ui.dialogs.referral_dialog import ReferralDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows import allocating, browsing, finishing, referring, staffing
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import hand_in, key_of
from tests.practice import bring_set_in

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Shown = TypeVar("Shown", bound=QDialog)


@pytest.fixture
def window(open_window: MainWindow) -> MainWindow:
    open_window.sign_in("Team lead")
    return open_window


@pytest.fixture
def session(window: MainWindow) -> AuditSession:
    assert window.audit is not None
    return window.audit.hub.session


def while_open(kind: type[Shown], act: Callable[[Shown], None], press: Callable[[], None]) -> None:
    """Press what opens a dialog of a kind, and act in it; what is still open afterwards is closed, and what went wrong in it is told."""
    seen: list[BaseException | None] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        try:
            assert isinstance(dialog, kind), dialog
            bring_up(dialog)
            act(dialog)
            seen.append(None)
        except BaseException as error:
            seen.append(error)
        finally:
            if dialog is not None and dialog.isVisible():
                QDialog.reject(dialog)  # type: ignore[arg-type]

    QTimer.singleShot(0, look)
    press()
    assert seen, "no dialog was opened"
    if seen[0] is not None:
        raise seen[0]


def bring_up(widget: QWidget) -> None:
    """Let a window be the active one: where there is no desktop nothing else does."""
    widget.activateWindow()
    for _look in range(100):
        QApplication.processEvents()
        if QApplication.activeWindow() is widget:
            return
    pytest.fail("the window did not become the active one")


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifiers)


def type_words(dialog: QDialog, words: str) -> None:
    focused = dialog.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, words)


def refer(window: MainWindow) -> Callable[[], None]:
    bring_up(window)
    return lambda: press(window, Qt.Key.Key_R, CONTROL | SHIFT)


def raised(session: AuditSession) -> list[Referral]:
    return [one for one in referring.all_referrals(session) if one.reference != "EX-02"]


@pytest.mark.parametrize("page", ["overview", "review", "quality", "findings", "compare", "history"])
def test_two_keys_raise_a_referral_from_every_page(window: MainWindow, session: AuditSession, page: str) -> None:
    assert window.audit is not None
    window.audit.pages.go_to_case(key_of(session, "DA-06"))
    window.show_page(page)
    expected = referring.reference_of(session, window.audit.pages.case_in_hand() or key_of(session, "DA-06"))
    if page not in ("quality", "history"):
        assert expected == "DA-06"

    def write(dialog: ReferralDialog) -> None:
        assert dialog.reference.text() == expected
        if dialog.child.currentIndex() < 0:
            assert dialog.focusWidget() is dialog.child
            press(dialog.child, Qt.Key.Key_Down)
            press(dialog.child, Qt.Key.Key_Tab)
        type_words(dialog, "Goes home tonight.")
        press(dialog.risk, Qt.Key.Key_Tab)
        type_words(dialog, "Duty inspector")
        press(dialog.told, Qt.Key.Key_Return, CONTROL)

    while_open(ReferralDialog, write, refer(window))
    (made,) = raised(session)
    assert (made.reference, made.risk, made.told, made.told_at) == (
        *(expected, "Goes home tonight.", "Duty inspector", made.raised_at),
    )
    assert made.child == referring.children_of(session, made.case)[0]
    assert window.notices.bar.text().startswith(f"{expected} is referred to the force.")
    assert window.header.referrals.text() == "2 open referrals"


def test_without_a_case_in_hand_its_reference_is_asked_for(window: MainWindow, session: AuditSession) -> None:
    def write(dialog: ReferralDialog) -> None:
        assert (dialog.reference.text(), dialog.focusWidget()) == ("", dialog.reference)
        type_words(dialog, "DA-06")
        assert [dialog.child.itemText(row) for row in range(dialog.child.count())] == [
            *referring.children_of(session, key_of(session, "DA-06")),
            ", ".join(referring.children_of(session, key_of(session, "DA-06"))),
            "In own words",
        ]
        dialog.child.setCurrentIndex(dialog.child.count() - 1)
        assert dialog.own_words.isVisible()
        for box, words in (
            (dialog.own_words, "The baby"),
            (dialog.told, "A lead"),
            (dialog.told_at, "15/05/2018 09:30"),
        ):
            QTest.keyClicks(box, words)
        QTest.keyClicks(dialog.risk, "Alone.")
        press(dialog.risk, Qt.Key.Key_Enter, CONTROL)

    while_open(ReferralDialog, write, refer(window))
    (made,) = raised(session)
    assert (made.reference, made.child) == ("DA-06", "The baby")
    assert made.told_at == datetime(2018, 5, 15, 9, 30).astimezone()


def test_what_is_missing_is_said_and_gone_to(window: MainWindow, session: AuditSession) -> None:
    assert window.audit is not None
    window.audit.pages.go_to_case(key_of(session, "DA-06"))

    def write(dialog: ReferralDialog) -> None:
        for give, said, field in (
            (lambda: None, "which child", dialog.child),
            (lambda: dialog.child.setCurrentIndex(0), "at what risk", dialog.risk),
            (lambda: dialog.risk.show_text("Alone."), "who in the force", dialog.told),
            (lambda: dialog.told.setText("A lead"), "", dialog.told),
        ):
            give()
            if not said:
                dialog.told_at.setText("yesterday")
                said, field = "no date and time", dialog.told_at
            press(dialog.reference, Qt.Key.Key_Return, CONTROL)
            assert said in dialog.notice.text()
            assert dialog.focusWidget() is field
        dialog.told_at.setText("01/01/2999 10:00")
        dialog.raise_button.click()
        assert "in the future" in dialog.notice.text()
        assert dialog.risk.text() == "Alone."
        dialog.risk.show_text("")

    while_open(ReferralDialog, write, refer(window))
    assert raised(session) == []


def test_words_of_a_referral_are_not_lost_without_a_question(
    window: MainWindow, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.audit is not None
    window.audit.pages.go_to_case(key_of(session, "DA-06"))
    asked: list[str] = []
    answer = False

    def ask(*_given: object) -> bool:
        asked.append("asked")
        return answer

    monkeypatch.setattr(prompts, "ask_to_lose_words", ask)

    def write(dialog: ReferralDialog) -> None:
        nonlocal answer
        press(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        assert asked == []
        dialog.show()
        QTest.keyClicks(dialog.risk, "Alone.")
        for close in (lambda: press(dialog, Qt.Key.Key_Escape), lambda: dialog.close()):
            close()
            assert dialog.isVisible()
        assert dialog.risk.text() == "Alone."
        answer = True
        press(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        assert len(asked) == 3

    dialog = ReferralDialog(window.theme, window.audit.hub, key_of(session, "DA-06"), window)
    dialog.setModal(False)
    dialog.show()
    write(dialog)
    dialog.deleteLater()


def test_a_practice_case_is_not_referred_and_another_can_be_named(window: MainWindow, session: AuditSession) -> None:
    case = bring_set_in(session)[0]
    assert window.audit is not None
    window.audit.pages.go_to_case(case)
    assert not window.audit.pages.review().record.refer_button.isEnabled()

    def look(dialog: ReferralDialog) -> None:
        assert "A practice case is invented" in dialog.notice.text()
        assert dialog.focusWidget() is dialog.reference
        assert dialog.child.count() == 1

    while_open(ReferralDialog, look, refer(window))


def test_an_observer_and_nobody_by_name_are_told_before_they_write(window: MainWindow, session: AuditSession) -> None:
    staffing.add_person(session, "Observer 1", [Role.OBSERVER])
    window.sign_in("Observer 1")
    refer(window)()
    assert QApplication.activeModalWidget() is None
    assert "Observer 1 is an observer" in window.notices.bar.text()
    assert window.audit is not None
    window.audit.pages.go_to_case(key_of(session, "EX-02"))
    assert not window.audit.pages.review().record.refer_button.isEnabled()
    window.show_page("overview")
    needs = window.audit.pages.currentWidget().needs  # type: ignore[union-attr]
    assert needs.referrals.parentWidget().isHidden()
    session.sign_in("")
    refer(window)()
    assert "needs the name of who makes it" in window.notices.bar.text()


def test_the_head_of_the_case_says_that_it_is_referred(window: MainWindow, session: AuditSession) -> None:
    assert window.audit is not None
    review = window.audit.pages.review()
    window.audit.pages.go_to_case(key_of(session, "EX-02"))
    assert review.record.header.words().referred == "Referred, open"
    assert "Referred, open" in review.record.header.accessibleName()
    (held,) = referring.all_referrals(session)
    window.audit.hub.attempt(lambda s: referring.close_referral(s, held.key, "Went.", "Seen."))
    assert review.record.header.words().referred == "Referred, closed"
    window.audit.pages.go_to_case(key_of(session, "DA-06"))
    assert review.record.header.words().referred == ""
    assert review.record.refer_button.accessibleName() == "Refer to force"
    while_open(ReferralDialog, lambda _dialog: None, review.record.refer_button.click)


# -- the list


def test_who_raised_one_is_not_told_to_who_reads_the_case_blind(window: MainWindow, session: AuditSession) -> None:
    case = key_of(session, "DA-02")
    reader = staffing.person_called(session, "Quality assurer 1")
    allocating.allocate_case(session, case, reader, ReviewPurpose.SECOND)
    referring.raise_referral(session, case, "Alone.", "A lead", child="Child A")
    window.sign_in("Quality assurer 1")

    assert window.audit is not None
    window.audit.pages.go_to_case(case)

    def raise_another(dialog: ReferralDialog) -> None:
        said = " ".join([dialog.known.text(), *(dialog.child.itemText(row) for row in range(dialog.child.count()))])
        assert dialog.known.text().startswith("This case is referred already: open for")
        assert not any(word in said for word in ("Team lead", "Inspector", "Good", "improvement", "Inadequate"))

    while_open(ReferralDialog, raise_another, refer(window))


# -- closing, finishing, the final report


def test_closing_the_audit_names_the_open_ones_and_can_be_thought_better_of(
    window: MainWindow, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, ...]] = []
    answers = iter((False, True))

    def ask(_window: object, _theme: object, referrals: tuple[str, ...]) -> bool:
        told.append(referrals)
        return next(answers)

    monkeypatch.setattr(prompts, "ask_to_leave_open", ask)
    window.actions_.close_audit.trigger()
    assert window.audit is not None
    assert len(told) == 1
    assert told[0][0].startswith("EX-02, Child A (13) and Child B (15): Child A, thirteen, is out most nights")
    assert window.reopen()
    assert len(told) == 1
    window.actions_.close_audit.trigger()
    assert window.audit is None
    monkeypatch.setattr(prompts, "ask_to_leave_open", lambda *_given: True)


def test_the_question_stays_unless_it_is_told_to_close(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    said: list[str] = []

    def answer(box: prompts.Prompt) -> int:
        said.append(box.accessibleDescription())
        return int(QDialog.DialogCode.Rejected)

    monkeypatch.setattr(prompts.Prompt, "exec", answer)
    assert not window.close_audit()
    assert "A referral to the force is open." in said[0]
    monkeypatch.setattr(prompts.Prompt, "exec", lambda _box: int(QDialog.DialogCode.Accepted))
    assert window.close_audit()


def test_an_observer_is_not_asked(window: MainWindow, session: AuditSession, monkeypatch: pytest.MonkeyPatch) -> None:
    staffing.add_person(session, "Observer 1", [Role.OBSERVER])
    window.sign_in("Observer 1")
    monkeypatch.setattr(prompts, "ask_to_leave_open", lambda *_given: pytest.fail("asked"))
    assert window.close_audit()


def test_the_inspection_is_finished_and_taken_up_again_with_a_reason(window: MainWindow, session: AuditSession) -> None:
    assert not window.actions_.resume.isEnabled()

    def give(because: str) -> Callable[[ReasonDialog], None]:
        def write(dialog: ReasonDialog) -> None:
            press(dialog.because, Qt.Key.Key_Return, CONTROL)
            assert dialog.isVisible()
            assert "reason" in dialog.notice.text()
            type_words(dialog, because)
            press(dialog.because, Qt.Key.Key_Return, CONTROL)
            assert not dialog.isVisible()

        return write

    def first(dialog: ReasonDialog) -> None:
        assert "EX-02, Child A (13)" in dialog.named.text()
        assert "6 cases are not submitted" in dialog.named.text()
        give("The rest follows.")(dialog)

    while_open(ReasonDialog, first, window.actions_.finish.trigger)
    assert session.inspection.finished_at is not None
    assert "· finished " in window.header.about.text()
    assert window.header.about.text().endswith("sample data")
    assert (window.actions_.finish.isEnabled(), window.actions_.resume.isEnabled()) == (False, True)
    assert browsing.history(session)[0].reason == "The rest follows."
    while_open(ReasonDialog, give("A case came in."), window.actions_.resume.trigger)
    assert session.inspection.finished_at is None
    assert "finished" not in window.header.about.text()


def test_an_inspector_does_not_finish_it(window: MainWindow, session: AuditSession) -> None:
    window.sign_in("Inspector 1")
    window.actions_.finish.trigger()
    assert QApplication.activeModalWidget() is None
    assert "Only a team lead may finish the inspection" in window.notices.bar.text()


def test_a_final_report_names_the_open_referral_and_asks_for_a_reason(
    window: MainWindow, session: AuditSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    window.actions_.export_final.trigger()
    assert "6 cases are not submitted" in window.notices.bar.text()
    while (case := browsing.next_to_do(session, 0)) is not None:
        hand_in(session, case)
    target = session.path.with_name("final.pdf")
    monkeypatch.setattr(prompts, "ask_place_to_save", lambda *_given: target)

    def write(dialog: ReasonDialog) -> None:
        assert dialog.named.text().startswith("EX-02, Child A (13)")
        type_words(dialog, "The child is known to be safe.")
        press(dialog.because, Qt.Key.Key_Return, CONTROL)

    with qtbot.waitSignal(window.commands.handing_over.handed_over, timeout=60_000):
        while_open(ReasonDialog, write, window.actions_.export_final.trigger)
    assert target.read_bytes().startswith(b"%PDF-")
    assert browsing.history(session)[0].action == Action.EXPORT_DESPITE
    assert finishing.open_referrals_words(session) == "1 referral is open (EX-02)"
