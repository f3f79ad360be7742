"""Force units are declared under People: anybody their own, a team lead anybody's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.dialogs.interests_dialog import InterestsDialog
from ncpi_desktop.ui.dialogs.people_dialog import PeopleDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows import browsing, staffing
from ncpi_desktop.workflows.allocating import allocate_case
from ncpi_desktop.workflows.declaring import declared_interests, units_known
from ncpi_desktop.workflows.handing_on import waiting_with_who_left
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

Make = Callable[[str], InterestsDialog]


@pytest.fixture
def session(open_window: MainWindow) -> AuditSession:
    assert open_window.audit is not None
    open_window.sign_in("Team lead")
    return open_window.audit.hub.session


@pytest.fixture
def made(open_window: MainWindow, session: AuditSession) -> Iterator[Make]:
    dialogs: list[InterestsDialog] = []

    def make(name: str) -> InterestsDialog:
        assert open_window.audit is not None
        person = staffing.person_called(session, name)
        dialogs.append(InterestsDialog(open_window.theme, open_window.audit.hub, person, open_window))
        dialogs[-1].setModal(False)
        dialogs[-1].show()
        return dialogs[-1]

    yield make
    for dialog in dialogs:
        dialog.close()
        dialog.deleteLater()


def cells(dialog: InterestsDialog) -> list[str]:
    found = [dialog.table.item(row, 0) for row in range(dialog.table.rowCount())]
    return [cell.text() for cell in found if cell is not None]


def test_a_unit_is_declared_and_withdrawn(made: Make, session: AuditSession) -> None:
    dialog = made("Quality assurer 1")
    assert not dialog.declare_button.isEnabled()
    dialog.unit.setText("Harbour team")
    dialog.because.setText("Served there.")
    dialog.declare_button.click()
    assert (cells(dialog), dialog.unit.text()) == (["Harbour team"], "")
    assert dialog.notice.text().startswith("No case bears this unit as a tag so far.")
    (held,) = declared_interests(session)
    assert (session.person_named(held.person), held.because) == ("Quality assurer 1", "Served there.")
    dialog.table.selectRow(0)
    dialog.withdraw_button.click()
    assert cells(dialog) == []
    assert browsing.history(session)[0].action == Action.WITHDRAW_INTEREST
    assert not dialog.withdraw_button.isEnabled()


def test_what_goes_back_is_said(made: Make, session: AuditSession) -> None:
    (tag,) = session.file.connection.execute(
        "SELECT tag FROM case_tags t JOIN worklist w USING (case_id) WHERE w.reference = 'DA-06'"
    ).fetchone()
    assert tag in units_known(session)
    dialog = made("Inspector 2")
    dialog.unit.setText(tag.upper())
    dialog.declare_button.click()
    assert dialog.notice.text().startswith("These cases are nobody's now: DA-06")
    assert browsing.queue_row(session, key_of(session, "DA-06")).allocated_to is None


def test_others_only_read(made: Make, open_window: MainWindow, session: AuditSession) -> None:
    open_window.sign_in("Inspector 2")
    dialog = made("Inspector 1")
    dialog.unit.setText("CID")
    assert not dialog.unit.isEnabled()
    assert not dialog.declare_button.isEnabled()
    own = made("Inspector 2")
    own.unit.setText("CID")
    own.declare_button.click()
    assert cells(own) == ["CID"]


def test_people_lead_there(open_window: MainWindow, session: AuditSession, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def look(dialog: InterestsDialog) -> int:
        seen.append(dialog.windowTitle())
        return 0

    monkeypatch.setattr(InterestsDialog, "exec", look)
    assert open_window.audit is not None
    people = PeopleDialog(open_window.theme, open_window.audit.hub, open_window)
    people.table.selectRow(2)
    people.interests_button.click()
    assert seen == ["Force units of Inspector 2"]
    people.deleteLater()


def test_the_second_readings_of_who_left_are_handed_on(open_window: MainWindow, session: AuditSession) -> None:
    assert open_window.audit is not None
    staffing.add_person(session, "Quality assurer 2", [Role.QUALITY_ASSURER])
    gone = staffing.person_called(session, "Quality assurer 1")
    allocate_case(session, key_of(session, "DA-02"), gone, ReviewPurpose.SECOND)
    people = PeopleDialog(open_window.theme, open_window.audit.hub, open_window)
    people.show()
    row = next(n for n, person in enumerate(session.people) if person.key == gone.key)
    people.table.selectRow(row)
    assert not people.hand_on_button.isVisible()  # still at work
    staffing.set_active(session, gone, False)
    waits = waiting_with_who_left(session)[gone.key]
    people._fill(row)
    assert people.hand_on_button.isVisible()
    people.table.selectRow(0)
    assert not people.hand_on_button.isVisible()
    people.table.selectRow(row)
    people.hand_on_button.click()
    assert people.notice.text().startswith(f"{waits} second reading")
    assert not people.hand_on_button.isVisible()
    assert waiting_with_who_left(session) == {}
    people.close()
    people.deleteLater()
