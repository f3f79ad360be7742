"""The overview: every figure as the findings have it, fresh only while it is seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.moderation.comment import About
from ncpi_desktop.ui.grade_looks import looks_of
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.overview_cards import AreasCard
from ncpi_desktop.ui.pages.overview_page import OverviewPage
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import browsing, commenting, reviewing
from tests.builders import make_methodology


def overview_of(window: MainWindow) -> OverviewPage:
    window.show_page("overview")
    assert window.audit is not None
    page = window.audit.pages.currentWidget()
    assert isinstance(page, OverviewPage)
    return page


def test_the_headline_figures_are_those_of_the_findings(open_window: MainWindow) -> None:
    page = overview_of(open_window)
    assert page.good.figure.text() == "53%"
    assert page.good.note.text() == "16 of 30 graded cases · 95% interval 36% to 70%"
    assert page.change.figure.text() == "+24 points"
    assert page.change.note.text().startswith("29% in January 2017 (22 of 76)")
    assert "The kinds of inspection differ" in page.warning.text()


def test_what_waits_is_named(open_window: MainWindow) -> None:
    needs = overview_of(open_window).needs
    assert needs.referrals.text() == "1 referral to the force awaits a reply"
    assert needs.quality.text() == "3 quality re-reviews to settle"
    assert needs.to_do.text() == "6 cases still to review, 2 of them yours"
    assert not needs.nothing.isVisible()


def test_resume_goes_to_a_case_to_do_and_open_to_the_referred_one(open_window: MainWindow) -> None:
    page = overview_of(open_window)
    assert open_window.audit is not None
    session = open_window.audit.hub.session
    page.needs.resume_button.click()
    case = open_window.audit.pages.review().current_case()
    assert case is not None
    assert browsing.queue_row(session, case).state == "to-do"
    overview_of(open_window).needs.open_button.click()
    referred = open_window.audit.figures.findings.referrals[0].case
    assert open_window.audit.pages.review().current_case() == referred


def test_a_change_elsewhere_is_shown_when_the_page_is_seen_again(open_window: MainWindow, qtbot: QtBot) -> None:
    page = overview_of(open_window)
    open_window.show_page("history")
    assert open_window.audit is not None
    hub = open_window.audit.hub
    case = browsing.case_called(hub.session, "S47-01")
    assert case is not None
    hub.do(lambda session: reviewing.reopen(session, case, "A new record came in."))
    with qtbot.waitSignal(open_window.audit.figures.drawn_up):
        pass
    assert page.good.note.text().startswith("16 of 30")
    assert open_window.header.reviewed.text() == "29 of 36 reviewed"
    open_window.show_page("overview")
    assert "of 29 graded cases" in page.good.note.text()


def test_progress_names_everybody_and_their_last_day(open_window: MainWindow) -> None:
    rows = overview_of(open_window).progress._rows
    words = [[label.text() for label in row] for row in rows.values()]
    assert [line[0] for line in words] == ["Inspector 1", "Inspector 2", "Inspector 3"]
    assert all("will finish" in line[-1] for line in words)


def test_an_audit_without_cases_offers_to_bring_them_in(main_window: MainWindow, fresh_path: Path) -> None:
    main_window.open_file(fresh_path)
    page = overview_of(main_window)
    assert page.empty.isVisible()
    assert page.empty.button is not None
    assert page.empty.button.accessibleName() == "Bring cases in"


@pytest.mark.parametrize("methodology", ["ncpi-2014", "ncpi-2018", "ncpi-2024"])
def test_the_legend_of_any_scale_fits_with_text_at_200_per_cent(qapp: object, qtbot: QtBot, methodology: str) -> None:
    theme = Theme("light")
    card = AreasCard(theme, looks_of(make_methodology(methodology)))
    qtbot.addWidget(card)
    theme.set_text_scale(200)
    beside_rail_and_margins = 1366 - 130 - 2 * 14
    assert card.minimumSizeHint().width() <= beside_rail_and_margins


def test_what_waits_for_the_assurer_and_where_it_leads(open_window: MainWindow) -> None:
    assert open_window.audit is not None
    session = open_window.audit.hub.session
    open_window.sign_in("Inspector 1")
    case = browsing.case_called(session, "DA-01")
    assert case is not None
    commenting.comment_on(session, case, About(), "Which entry is meant?")
    open_window.sign_in("Quality assurer 1")
    open_window.audit.figures.draw_up()
    needs = overview_of(open_window).needs
    assert needs.again.text() == "4 cases for you to re-read"
    assert needs.comments.text() == "1 open comment"
    needs.again_button.click()
    shown = open_window.audit.pages.review().current_case()
    assert shown is not None
    assert browsing.is_to_read_again(session, shown)
    overview_of(open_window).needs.comments_button.click()
    assert open_window.audit.pages.review().current_case() == case
    overview_of(open_window).needs.settle_button.click()
    assert open_window.audit.pages.code == "quality"
