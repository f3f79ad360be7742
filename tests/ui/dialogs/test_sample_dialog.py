"""A sample from the window: what would be drawn is told while it is chosen, and drawn as told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.moderation.sampling import Every
from ncpi_desktop.ui.dialogs.sample_dialog import LARGE, SampleDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows import reviewing, sampling, staffing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.proving import prove_sample
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def session(open_window: MainWindow) -> AuditSession:
    assert open_window.audit is not None
    held = open_window.audit.hub.session
    open_window.sign_in("Team lead")
    return held


@pytest.fixture
def made(open_window: MainWindow, session: AuditSession) -> Iterator[Callable[[int], SampleDialog]]:
    dialogs: list[SampleDialog] = []

    def make(large: int = LARGE) -> SampleDialog:
        assert open_window.audit is not None
        dialogs.append(
            SampleDialog(open_window.theme, open_window.background, open_window.audit.hub, open_window, large)
        )
        dialogs[-1].setModal(False)
        dialogs[-1].show()
        return dialogs[-1]

    yield make
    for dialog in dialogs:
        dialog.close()
        dialog.deleteLater()


def settled(dialog: SampleDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog._beside.is_working and bool(dialog.preview.text()), timeout=20000)


@pytest.mark.parametrize("large", [LARGE, 1])
def test_each_rule_tells_its_count_and_the_plan_follows(made, session: AuditSession, qtbot: QtBot, large: int) -> None:
    dialog = made(large)
    settled(dialog, qtbot)
    assert dialog.every[Every.INADEQUATE].text() == "Every case graded inadequate (5)"
    assert dialog.every[Every.INADEQUATE].accessibleName() == dialog.every[Every.INADEQUATE].text()
    assert dialog.preview.text() == "Choose a rule: 30 cases have been submitted."
    assert not dialog.draw_button.isEnabled()
    before = session.file.last_seal()
    dialog.every[Every.TWO_APART].setChecked(True)
    dialog.share.setText("50")
    settled(dialog, qtbot)
    plan = sampling.plan_sample(session, sampling.SampleRules(frozenset({Every.TWO_APART}), 50), 4128)
    count = len(plan.cases)
    assert dialog.preview.text().startswith(f"Would draw {count} of 30 cases: {plan.cases[0].reference}, ")
    assert dialog.preview.text().endswith(f"{count} to Quality assurer 1.")
    assert dialog.draw_button.isEnabled()
    assert session.file.last_seal() == before


@pytest.mark.parametrize("large", [LARGE, 1])
def test_what_is_told_is_drawn(made, session: AuditSession, qtbot: QtBot, large: int) -> None:
    dialog = made(large)
    dialog.named.setText("DA-02; EX-02, ")
    dialog.seed.setText("12")
    settled(dialog, qtbot)
    qtbot.waitUntil(dialog.draw_button.isEnabled, timeout=20000)
    dialog.draw_button.click()
    qtbot.waitUntil(lambda: bool(dialog.outcome), timeout=20000)
    assert dialog.outcome == "2 cases were drawn with seed 12. 2 to Quality assurer 1."
    assert dialog.result() == SampleDialog.DialogCode.Accepted
    proof = prove_sample(session)[-1]
    assert (proof.holds, proof.cases, proof.seed) == (True, 2, 12)
    assert check(session.path).problems == ()


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("share", "few", "“Per cent” needs a whole number, not “few”."),
        ("share", "0", "A share is a whole percentage from 1 to 100."),
        ("number", "0", "A number of cases is at least 1."),
        ("seed", "four", "The seed is not a number: “four”."),
        ("named", "DA-99", "There is no case DA-99 here."),
        ("named", "DA-06", "DA-06 can't be drawn: its first reading has not been submitted."),
    ],
)
def test_what_makes_no_sense_is_said_and_not_drawn(
    made, session: AuditSession, qtbot: QtBot, field: str, text: str, told: str
) -> None:
    dialog = made()
    dialog.every[Every.INADEQUATE].setChecked(True)
    assert dialog.draw_button.isEnabled()
    getattr(dialog, field).setText(text)
    assert dialog.preview.text().startswith(told)
    assert not dialog.draw_button.isEnabled()


def test_rules_that_nothing_fits_are_said(made) -> None:
    dialog = made()
    dialog.every[Every.CHANGED].setChecked(True)
    assert dialog.preview.text() == "No case fits the rules."
    assert not dialog.draw_button.isEnabled()


def test_what_nobody_can_be_given_is_said_before(made, session: AuditSession) -> None:
    staffing.set_active(session, staffing.person_called(session, "Quality assurer 1"), False)
    dialog = made()
    dialog.number.setText("9")
    assert "can be given to nobody: nobody at work is a quality assurer." in dialog.remarks.text()
    assert "Nor can 15 more." in dialog.remarks.text()
    assert dialog.draw_button.isEnabled()
    dialog.draw_button.click()
    assert "18 could be given to nobody: " in dialog.outcome


def test_a_large_audit_can_be_left_while_it_is_looked_through(made, qtbot: QtBot) -> None:
    dialog = made(1)
    assert dialog._beside.is_working
    dialog.share.setText("20")
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20000)
    assert not dialog._beside.is_working


def test_the_command_opens_it_and_the_window_tells_what_was_drawn(
    open_window: MainWindow, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = key_of(session, "DA-06")
    open_window.show_page("review")
    assert open_window.audit is not None
    open_window.audit.pages.go_to_case(case)
    QTest.keyClicks(open_window.audit.pages.review().judgement.texts.rationale, "Nobody spoke")

    def draw(dialog: SampleDialog) -> int:
        dialog.every[Every.REFERRAL].setChecked(True)
        dialog.draw_button.click()
        return 1

    monkeypatch.setattr(SampleDialog, "exec", draw)
    QTest.keyClick(open_window, Qt.Key.Key_D, CONTROL | SHIFT)
    assert "1 case was drawn with seed 4128." in open_window.notices.text()
    assert reviewing.lay_on_desk(session, case).review.rationale == "Nobody spoke"


def test_the_command_is_for_assurers_and_leads(open_window: MainWindow, session: AuditSession) -> None:
    action = open_window.actions_.draw_sample
    for name, may in (("Inspector 2", False), ("Quality assurer 1", True), ("Team lead", True)):
        open_window.sign_in(name)
        assert action.isEnabled() is may
    open_window.close_audit()
    assert not action.isEnabled()


def test_a_large_protected_audit_is_drawn_from_too(protected_window: MainWindow, qtbot: QtBot) -> None:
    assert protected_window.audit is not None
    protected_window.sign_in("Team lead")
    hub = protected_window.audit.hub
    told: list[object] = []
    hub.changed.connect(told.append)
    dialog = SampleDialog(protected_window.theme, protected_window.background, hub, protected_window, 1)
    dialog.share.setText("100")
    qtbot.waitUntil(dialog.draw_button.isEnabled, timeout=20000)
    dialog.draw_button.click()
    qtbot.waitUntil(lambda: bool(dialog.outcome), timeout=20000)
    assert dialog.outcome.startswith("18 cases were drawn")
    assert len(told) == 1
    dialog.deleteLater()


def test_a_plan_by_grades_names_no_case_to_an_assurer(open_window: MainWindow, made, session: AuditSession) -> None:
    open_window.sign_in("Quality assurer 1")
    dialog = made()
    dialog.every[Every.INADEQUATE].setChecked(True)
    assert dialog.preview.text() == "Would draw 4 of 30 cases. 4 to Quality assurer 1."
    assert "These rules go by the grade" in dialog.remarks.text()
    dialog.every[Every.INADEQUATE].setChecked(False)
    dialog.share.setText("20")
    assert "cases: " in dialog.preview.text()
