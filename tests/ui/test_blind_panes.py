"""What a team lead had on screen is gone from every page and pane as soon as a quality assurer signs in, or nobody had by name."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from ncpi_desktop.domain.casework.recommendation import Origin
from ncpi_desktop.storage.finding_repository import read_findings
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.findings.panes import PANES
from ncpi_desktop.workflows import finding_writing, recommending, referring
from tests.casework import key_of
from tests.ui.test_blind_window import PAGES, rationale_of, words_of

LEAD, ASSURER = "Team lead", "Quality assurer 1"
CLOSED = "EX-03"
TOLD = "Zanzibarwards went the bus"
"""Words of an illustration of the closed case."""


@pytest.fixture
def led(open_window: MainWindow) -> MainWindow:
    """A window in which a lead has linked and illustrated the closed case, and looked at every pane."""
    open_window.sign_in(LEAD)
    assert open_window.audit is not None
    session = open_window.audit.hub.session
    case = key_of(session, CLOSED)
    finding = read_findings(session.file.connection)[0].key
    open_window.audit.hub.do(lambda held: finding_writing.link_case(held, finding, case))
    open_window.audit.hub.do(lambda held: finding_writing.illustrate(held, finding, case, TOLD))
    one = next(held for held in recommending.all_recommendations(session) if held.origin is Origin.THIS)
    open_window.audit.hub.do(lambda held: recommending.rest_on_cases(held, one.key, [case]))
    open_window.audit.hub.do(
        lambda held: referring.raise_referral(held, case, "At risk.", "The sergeant", child="Child A")
    )
    open_window.show_page("findings")
    for entry in PANES[:-1]:
        open_window.audit.pages.currentWidget().show_pane(entry.code)
        QTest.qWait(1)
    return open_window


def seen(window: MainWindow) -> str:
    """What the page on screen says, with every pane of it."""
    assert window.audit is not None
    page = window.audit.pages.currentWidget()
    if window.audit.pages.code != "findings":
        return words_of(page)
    told = []
    for entry in PANES[:-1]:
        page.show_pane(entry.code)
        told.append(words_of(page.pane(entry.code)))
    return "\n".join(told)


def test_the_lead_sees_it(led: MainWindow) -> None:
    assert led.audit is not None
    led.audit.pages.currentWidget().show_pane("writing")
    assert TOLD in words_of(led)


@pytest.mark.parametrize("start", [*PAGES, "compare", "referrals"])
def test_nothing_of_it_stays_when_somebody_else_signs_in(led: MainWindow, start: str) -> None:
    assert led.audit is not None
    if start == "history":
        led.show_page("history")
        assert "Illustration" in words_of(led)
    led.show_page(start)
    led.sign_in(ASSURER)
    QTest.qWait(400)
    _case, rationale = rationale_of(led, CLOSED)
    for page in (start, *PAGES, "compare", "referrals"):
        if page != start:
            led.show_page(page)
        told = seen(led)
        assert TOLD not in told, page
        assert rationale not in told, page


def test_the_panes_of_the_findings(led: MainWindow) -> None:
    assert led.audit is not None
    led.sign_in(ASSURER)
    page = led.audit.pages.currentWidget()
    for entry in PANES[:-1]:
        page.show_pane(entry.code)
        words = words_of(page.pane(entry.code))
        assert TOLD not in words
        assert CLOSED not in words, entry.code


def test_the_values_of_the_history_follow_who_signs_in(led: MainWindow) -> None:
    """The page History is on screen while somebody else signs in."""
    assert led.audit is not None
    led.show_page("history")
    history = led.audit.pages.currentWidget()
    for row in range(history.model.rowCount()):
        history.table.selectRow(row)
        if TOLD in words_of(history):
            break
    assert TOLD in words_of(history)
    led.sign_in(ASSURER)
    QTest.qWait(400)
    assert TOLD not in words_of(history)


def test_the_page_referrals_does_not_tell_who_reads_the_case(led: MainWindow) -> None:
    """Whoever reads a closed case first is the one who most likely referred it."""
    assert led.audit is not None
    led.sign_in("Inspector 3")
    case = key_of(led.audit.hub.session, CLOSED)
    led.audit.hub.do(
        lambda held: referring.raise_referral(held, case, "At risk again.", "The sergeant", child="Child A")
    )
    led.show_page("referrals")
    page = led.audit.pages.currentWidget()

    def told() -> str:
        words = []
        for row in range(page.table.rowCount()):
            page.table.setCurrentCell(row, 0)
            words.append(words_of(page))
        return "\n".join(words)

    assert "Inspector 3" in told()
    led.sign_in(ASSURER)
    QTest.qWait(200)
    assert "Inspector 3" not in words_of(page)
    assert "Inspector 3" not in told()
