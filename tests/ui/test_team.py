"""Roles in the window: an observer sees everything read-only from the start, a team lead names people and allocates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.dialogs.allocate_dialog import AllocateDialog
from ncpi_desktop.ui.dialogs.people_dialog import AT_WORK, NAME, ROLES, PeopleDialog
from ncpi_desktop.ui.dialogs.person_dialog import PersonDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows import browsing, reviewing, staffing
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

OBSERVER, LEAD = "Observer 1", "Team lead"
JUDGING = ("park", "not_sure", "clear_grade", "add_reason", "cite", "next_unanswered", "reopen")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def observed(main_window: MainWindow, sample_path: Path) -> MainWindow:
    """The window with the sample, which has an observer; they have signed in on this laptop before."""
    session = AuditSession.open(sample_path, person=LEAD)
    staffing.add_person(session, OBSERVER, [Role.OBSERVER])
    session.close()
    main_window.preferences.reviewer = OBSERVER
    assert main_window.open_file(sample_path)
    return main_window


def hub_of(window: MainWindow) -> AuditHub:
    assert window.audit is not None
    return window.audit.hub


def open_case(window: MainWindow, reference: str) -> None:
    assert window.audit is not None
    window.audit.pages.go_to_case(key_of(hub_of(window).session, reference))


def enabled(window: MainWindow, *names: str) -> list[str]:
    return [name for name in names if getattr(window.actions_, name).isEnabled()]


def test_an_observer_sees_everything_read_only_from_the_start(observed: MainWindow) -> None:
    assert observed.notices.text() == f"{OBSERVER} is an observer and may not change anything. Ask a team lead: {LEAD}."
    assert enabled(observed, "import_cases", "undo", "redo") == []
    assert enabled(observed, "people", "export_workbook", "export_report") == [
        "people",
        "export_workbook",
        "export_report",
    ]
    for reference in ("DA-06", "DA-01"):  # to do, and submitted
        open_case(observed, reference)
        assert observed.audit is not None
        judgement = observed.audit.pages.review().judgement
        assert not judgement.editable
        assert not judgement.grade_row.isEnabled()
        assert not judgement.not_sure_chip.isEnabled()
        assert judgement.texts.rationale.isReadOnly()
        buttons = (judgement.hand_in.reopen_button, judgement.hand_in.park_button, judgement.hand_in.missing.button)
        assert not any(button.isEnabled() and button.isVisible() for button in buttons)
        assert enabled(observed, *JUDGING, "allocate") == []


def test_what_an_observer_presses_changes_nothing(observed: MainWindow) -> None:
    open_case(observed, "DA-06")
    assert observed.audit is not None
    before = hub_of(observed).session.file.last_sequence()
    page = observed.audit.pages.review()
    for press in (
        lambda: QTest.keyClick(page, Qt.Key.Key_1),
        lambda: page.judgement.press_grade("good"),
        page.judgement.toggle_not_sure,
        page.judgement.open_picker,
        page.judgement.ask_to_park,
        page.judgement.ask_to_reopen,
        page.judgement.clear_grade,
        page._cite,
        page._submit_anyway,
    ):
        press()
    QTest.keyClicks(page.judgement.texts.rationale, "Else.")
    page.flush()
    assert hub_of(observed).session.file.last_sequence() == before
    assert hub_of(observed).session.name == OBSERVER


def test_signing_in_switches_at_once_and_back(observed: MainWindow) -> None:
    open_case(observed, "DA-06")
    assert observed.audit is not None
    judgement = observed.audit.pages.review().judgement
    for _round in range(2):
        observed.header.person_chosen.emit("Inspector 2")
        assert judgement.editable
        assert judgement.grade_row.isEnabled()
        assert enabled(observed, "park", "add_reason") == ["park", "add_reason"]
        assert judgement.hand_in.missing.button.isEnabled()
        assert observed.notices.text() == ""
        observed.header.person_chosen.emit(OBSERVER)
        assert not judgement.editable
        assert enabled(observed, *JUDGING) == []
        assert "is an observer" in observed.notices.text()


def test_signing_in_on_another_page_switches_the_review_too(observed: MainWindow) -> None:
    open_case(observed, "DA-06")
    observed.show_page("history")
    observed.sign_in("Inspector 2")
    assert enabled(observed, *JUDGING) == []  # they act in Review alone
    observed.show_page("review")
    assert observed.audit is not None
    assert observed.audit.pages.review().judgement.editable
    assert "park" in enabled(observed, *JUDGING)
    observed.show_page("overview")
    observed.sign_in(OBSERVER)
    observed.show_page("review")
    assert not observed.audit.pages.review().judgement.editable
    assert enabled(observed, *JUDGING) == []


def test_half_typed_words_are_saved_before_an_observer_takes_over(observed: MainWindow) -> None:
    observed.sign_in("Inspector 2")
    open_case(observed, "DA-06")
    assert observed.audit is not None
    QTest.keyClicks(observed.audit.pages.review().judgement.texts.rationale, "Nobody spoke")
    observed.sign_in(OBSERVER)
    session = hub_of(observed).session
    assert reviewing.lay_on_desk(session, key_of(session, "DA-06")).review.rationale == "Nobody spoke"
    assert browsing.history(session)[0].person == "Inspector 2"


def test_lead_s_acts_are_offered_to_leads(observed: MainWindow) -> None:
    for name, offered in (("Inspector 2", []), (LEAD, ["import_cases", "allocate"])):
        observed.sign_in(name)
        open_case(observed, "DA-06")
        assert enabled(observed, "import_cases", "allocate") == offered
    open_case(observed, "DA-01")
    assert enabled(observed, "allocate") == ["allocate"]  # submitted, and may be read a second time


def test_an_empty_audit_offers_to_bring_cases_in_only_to_who_may(main_window: MainWindow, tmp_path: Path) -> None:
    from ncpi_desktop.workflows.creating import create_audit
    from tests.builders import make_inspection

    main_window.preferences.reviewer = "Lead 1"
    assert main_window.open_file(create_audit(tmp_path / "a.ncpi", make_inspection(), person="Lead 1"))
    assert main_window.audit is not None
    page = main_window.audit.pages.currentWidget()
    assert page.empty.button.isVisible()
    main_window.sign_in("Somebody new")
    assert main_window.audit is not None
    main_window.audit.figures._rest.timeout.emit()
    assert not page.empty.button.isVisible()
    assert enabled(main_window, "import_cases") == []


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[QDialog], Callable[[QDialog], None]], None]:
    """Answers dialogs: what each kind is asked to do when it would wait for a person."""
    answers: dict[type[QDialog], Callable[[QDialog], None]] = {}

    def answer(kind: type[QDialog], what: Callable[[QDialog], None]) -> None:
        answers[kind] = what

        def stand_in(dialog: QDialog) -> int:
            dialog.setModal(False)
            dialog.show()
            QApplication.processEvents()
            answers[kind](dialog)
            dialog.close()
            return dialog.result()

        monkeypatch.setattr(kind, "exec", stand_in)

    return answer


def cell(dialog: PeopleDialog, row: int, column: int) -> str:
    held = dialog.table.item(row, column)
    return held.text() if held is not None else ""


def test_a_lead_adds_and_changes_people_by_key(observed: MainWindow, answered: Callable[..., None]) -> None:
    observed.sign_in(LEAD)
    seen: list[str] = []

    def fill_in(dialog: PersonDialog) -> None:
        dialog.name.clear()
        QTest.keyClicks(dialog.name, "Inspector 4")
        dialog.roles[Role.QUALITY_ASSURER].setFocus()
        QTest.keyClick(dialog.roles[Role.QUALITY_ASSURER], Qt.Key.Key_Space)
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    def change(dialog: PersonDialog) -> None:
        seen.append(dialog.name.text())
        dialog.active.setChecked(False)
        dialog.keep_button.click()

    def work(dialog: PeopleDialog) -> None:
        answered(PersonDialog, fill_in)
        dialog.add_person_button.click()
        row = dialog.table.rowCount() - 1
        assert dialog.table.currentRow() == row
        assert (cell(dialog, row, NAME), cell(dialog, row, ROLES)) == ("Inspector 4", "Inspector and quality assurer")
        answered(PersonDialog, change)
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        assert cell(dialog, row, AT_WORK) == "No longer"

    answered(PeopleDialog, work)
    QTest.keyClick(observed, Qt.Key.Key_T, CONTROL | SHIFT)
    session = hub_of(observed).session
    assert seen == ["Inspector 4"]
    added = staffing.person_called(session, "Inspector 4")
    assert (added.roles, added.active) == ({Role.INSPECTOR, Role.QUALITY_ASSURER}, False)
    assert "Inspector 4" not in observed.team.names(session)  # who has left is not offered as working now
    assert [change.action for change in browsing.history(session)[:2]] == [Action.SET_ACTIVE, Action.ADD_PERSON]


def test_what_is_refused_is_said_in_the_dialog(observed: MainWindow, answered: Callable[..., None]) -> None:
    observed.sign_in(LEAD)
    said: list[str] = []

    def give_up_leading(dialog: PersonDialog) -> None:
        dialog.roles[Role.TEAM_LEAD].setChecked(False)
        dialog.roles[Role.OBSERVER].setChecked(True)
        dialog.keep_button.click()
        said.append(dialog.notice.text())
        assert dialog.isVisible()

    answered(PersonDialog, give_up_leading)
    answered(PeopleDialog, lambda dialog: dialog.change_chosen())
    observed.actions_.people.trigger()
    assert "At least one team lead must remain" in said[0]
    assert observed.notices.text() == ""


def test_renaming_oneself_shows_at_once(observed: MainWindow, answered: Callable[..., None]) -> None:
    observed.sign_in(LEAD)

    def rename(dialog: PersonDialog) -> None:
        dialog.name.setText("Lead 1")
        dialog.keep_button.click()

    answered(PersonDialog, rename)
    answered(PeopleDialog, lambda dialog: dialog.change_chosen())
    observed.actions_.people.trigger()
    assert observed.header.person.text() == "Lead 1"


def test_everybody_else_reads_the_list(observed: MainWindow, answered: Callable[..., None]) -> None:
    seen: list[str] = []

    def look(dialog: PeopleDialog) -> None:
        seen.append(dialog.said.text())
        assert dialog.table.rowCount() == 6
        assert not dialog.add_person_button.isVisible()
        assert not dialog.change_button.isVisible()
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)

    def fail(_dialog: PersonDialog) -> None:
        pytest.fail("offered a change to an observer")

    answered(PersonDialog, fail)
    answered(PeopleDialog, look)
    observed.actions_.people.trigger()
    assert seen[0].startswith("Only a team lead changes people and roles. Ask a team lead: Team lead.")


def test_a_lead_allocates_the_case_at_hand_by_key(observed: MainWindow, answered: Callable[..., None]) -> None:
    observed.sign_in(LEAD)
    open_case(observed, "DA-06")
    offered: list[str] = []

    def give(dialog: AllocateDialog) -> None:
        offered.extend(dialog.reader.itemText(place) for place in range(dialog.reader.count()))
        dialog.reader.setCurrentIndex(next(n for n, words in enumerate(offered) if words.startswith("Inspector 3")))
        QTest.keyClick(dialog.reader, Qt.Key.Key_Return)
        dialog.give_button.click()

    answered(AllocateDialog, give)
    QTest.keyClick(observed, Qt.Key.Key_A, CONTROL | SHIFT)
    assert offered == [
        "Team lead, 0 cases to do",
        "Inspector 1, 2 cases to do",
        "Inspector 3, 2 cases to do",
        "Quality assurer 1, 0 cases to do",
    ]  # neither who has it now nor an observer
    session = hub_of(observed).session
    row = browsing.queue_row(session, key_of(session, "DA-06"))
    assert session.person_named(row.allocated_to) == "Inspector 3"


def test_the_one_with_the_fewest_cases_is_proposed(observed: MainWindow) -> None:
    observed.sign_in(LEAD)
    session = hub_of(observed).session
    dialog = AllocateDialog(observed.theme, hub_of(observed), key_of(session, "DA-06"), observed)
    assert dialog.reader.currentText() == "Inspector 1, 2 cases to do"
    dialog.deleteLater()


def test_a_second_reading_goes_to_the_assurer_with_the_fewest(observed: MainWindow) -> None:
    observed.sign_in(LEAD)
    session = hub_of(observed).session
    case = key_of(session, "DA-02")
    dialog = AllocateDialog(observed.theme, hub_of(observed), case, observed)
    assert [dialog.purpose.itemText(place) for place in range(dialog.purpose.count())] == ["Second reading"]
    assert dialog.reader.currentText() == "Quality assurer 1, 4 cases to re-read"
    offered = [dialog.reader.itemText(place).split(",")[0] for place in range(dialog.reader.count())]
    first_reader = session.person_named(browsing.queue_row(session, case).allocated_to)
    assert first_reader not in offered
    dialog.give_button.click()
    assert browsing.history(session)[0].detail == "Quality assurer 1, second reading"
    dialog.deleteLater()
    both = AllocateDialog(observed.theme, hub_of(observed), key_of(session, "DA-06"), observed)
    both.purpose.setCurrentIndex(1)
    assert both.reader.currentText() == "Quality assurer 1, 5 cases to re-read"
    both.deleteLater()
    read_twice = AllocateDialog(observed.theme, hub_of(observed), key_of(session, "DA-01"), observed)
    assert not read_twice.give_button.isEnabled()
    read_twice.deleteLater()
