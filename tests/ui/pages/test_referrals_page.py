"""The page Referrals in the real window: reached by key, a clock that runs while it is seen, what is typed about one stays with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.referrals_page import A_MINUTE, CLOCK, CLOSED_BY, ReferralsPage
from ncpi_desktop.workflows import allocating, browsing, referring, staffing
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of
from tests.ui.dialogs.test_referrals import ALT, CONTROL, bring_up, press


@pytest.fixture
def window(open_window: MainWindow) -> MainWindow:
    open_window.sign_in("Team lead")
    return open_window


@pytest.fixture
def session(window: MainWindow) -> AuditSession:
    assert window.audit is not None
    return window.audit.hub.session


def page_of(window: MainWindow) -> ReferralsPage:
    bring_up(window)
    press(window, Qt.Key.Key_R, CONTROL | ALT)
    assert window.audit is not None
    page = window.audit.pages.currentWidget()
    assert isinstance(page, ReferralsPage)
    return page


@pytest.fixture
def listed(window: MainWindow) -> ReferralsPage:
    return page_of(window)


def cell(page: ReferralsPage, row: int, column: int) -> str:
    found = page.table.item(row, column)
    assert found is not None
    return found.text()


def test_its_key_shows_it_from_every_page_and_it_goes_to_a_case(window: MainWindow, session: AuditSession) -> None:
    for code in ("overview", "quality", "findings", "compare", "history", "review"):
        window.show_page(code)
        page = page_of(window)
        assert cell(page, 0, 1) == "EX-02"
        page.case_button.click()
        assert window.audit is not None
        assert window.audit.pages.code == "review"
        assert window.audit.pages.review().current_case() == key_of(session, "EX-02")


def test_alt_7_and_the_rail_show_it_with_a_count(window: MainWindow) -> None:
    bring_up(window)
    press(window, Qt.Key.Key_7, ALT)
    assert window.audit is not None
    assert window.audit.pages.code == "referrals"
    assert window.rail.button("referrals").accessibleDescription() == "1 open"


def test_the_count_in_the_header_lists_them(window: MainWindow) -> None:
    assert window.header.referrals.isVisible()
    assert window.header.referrals.text() == window.header.referrals.accessibleName() == "1 open referral"
    window.header.referrals.click()
    assert window.audit is not None
    assert window.audit.pages.code == "referrals"


def test_one_is_acknowledged_and_closed_by_key(
    window: MainWindow, session: AuditSession, listed: ReferralsPage
) -> None:
    assert listed.said.text() == "1 open, of 1 referral."
    listed.acknowledge_button.click()
    assert not listed.acknowledge_button.isEnabled()
    press(listed.table, Qt.Key.Key_Return, CONTROL)
    assert "closed with what the force did" in listed.notice.text()
    assert listed.did.hasFocus()
    QTest.keyClicks(listed.did, "Officers went.")
    press(listed.did, Qt.Key.Key_Tab)
    assert listed.outcome.hasFocus()
    QTest.keyClicks(listed.outcome, "She is safe.")
    press(listed.outcome, Qt.Key.Key_Return, CONTROL)
    (done,) = referring.all_referrals(session)
    assert (done.force_did, done.outcome, session.person_named(done.closed_by)) == (
        *("Officers went.", "She is safe.", "Team lead"),
    )
    assert listed.said.text() == "0 open, of 1 referral."
    assert cell(listed, 0, CLOCK).startswith("Closed after ")
    assert cell(listed, 0, CLOSED_BY) == "Team lead"
    assert not listed.did.isVisible()
    assert not window.header.referrals.isVisible()
    assert browsing.history(session)[0].action == Action.CLOSE_REFERRAL


def test_the_clock_runs_while_it_is_seen_and_stands_while_it_is_not(
    session: AuditSession, listed: ReferralsPage
) -> None:
    assert (listed.clock.isActive(), listed.clock.interval()) == (True, A_MINUTE == 60_000 and A_MINUTE)
    session.clock = lambda: datetime(2018, 5, 16, 17, 20, tzinfo=UTC)
    listed.clock.timeout.emit()
    assert cell(listed, 0, CLOCK) == "Open for 2 hours"
    session.clock = lambda: datetime(2018, 5, 16, 18, 20, tzinfo=UTC) + timedelta(days=1)
    listed.clock.timeout.emit()
    assert cell(listed, 0, CLOCK) == "Open for 1 day 3 hours"
    assert listed.whole.text().startswith("EX-02, open for 1 day 3 hours")
    listed.hide()
    assert not listed.clock.isActive()
    listed.show()
    assert listed.clock.isActive()


def test_words_about_one_stay_with_it_and_are_not_lost(
    window: MainWindow, session: AuditSession, listed: ReferralsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.audit is not None
    QTest.keyClicks(listed.did, "Went")
    window.audit.hub.attempt(
        lambda s: referring.raise_referral(s, key_of(s, "DA-06"), "Alone.", "A lead", child="Child A")
    )
    assert (listed.table.rowCount(), listed.did.toPlainText()) == (2, "Went")
    listed.table.setCurrentCell(1, 0)
    assert listed.did.toPlainText() == ""
    listed.case_button.click()
    asked: list[str] = []
    monkeypatch.setattr(prompts, "ask_to_lose", lambda _window, _theme, error: bool(asked.append(str(error))))
    assert not window.close_audit()
    assert "What the force did about a referral was begun" in asked[0]
    page = page_of(window)
    page.table.setCurrentCell(0, 0)
    assert page.did.toPlainText() == "Went"
    page.did.clear()
    page.did.typed.emit()
    assert not page.is_begun


def test_who_may_not_judge_reads_only(window: MainWindow, session: AuditSession) -> None:
    staffing.add_person(session, "Observer 1", [Role.OBSERVER])
    window.sign_in("Observer 1")

    page = page_of(window)
    assert page.case_button.isEnabled()
    assert not any(button.isEnabled() for button in (page.acknowledge_button, page.close_button))
    assert not page.did.isVisible()


def test_who_raised_one_is_not_told_to_who_reads_the_case_blind(window: MainWindow, session: AuditSession) -> None:
    case = key_of(session, "DA-02")
    reader = staffing.person_called(session, "Quality assurer 1")
    allocating.allocate_case(session, case, reader, ReviewPurpose.SECOND)
    referring.raise_referral(session, case, "Alone.", "A lead", child="Child A")
    window.sign_in("Quality assurer 1")

    page = page_of(window)
    place = next(row for row in range(page.table.rowCount()) if cell(page, row, 1) == "DA-02")
    page.table.setCurrentCell(place, 0)
    assert "Risk: Alone." in page.whole.text()
    assert "Team lead" not in page.whole.text()


def test_where_none_was_raised_there_is_a_sentence_alone(main_window: MainWindow, fresh_path: Path) -> None:
    main_window.open_file(fresh_path)
    page = page_of(main_window)
    assert page.said.text() == "No case has been referred to the force. Ctrl+Shift+R refers the case in hand."
    assert not any(widget.isVisible() for widget in (page.table, page.case_button, page.did))
