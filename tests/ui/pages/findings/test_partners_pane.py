"""The strategy discussions in the window: rows with their n, each opening the cases that it counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.findings.selection import Selection, SelectionKind
from ncpi_desktop.domain.findings.strategy import StrategyAspect
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.findings.partners_pane import PartnersPane
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import tracing
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of


def built(theme: Theme, session: AuditSession, qtbot: QtBot) -> Iterator[PartnersPane]:
    window = QWidget()
    hub = AuditHub(session, window)
    figures = FindingsModel(hub, window)
    background = Background(window)
    made = PartnersPane(theme, hub, figures, Actions(window, theme), background, window)
    window.resize(1256, 600)
    made.resize(1256, 600)
    with qtbot.waitExposed(window):
        window.show()
    made.shown()
    yield made
    figures.end()
    background.close()
    window.close()
    window.deleteLater()
    qtbot.wait(1)


@pytest.fixture
def pane(theme: Theme, sample: AuditSession, qtbot: QtBot) -> Iterator[PartnersPane]:
    yield from built(theme, sample, qtbot)


@pytest.fixture
def empty_pane(theme: Theme, fresh_audit: AuditSession, qtbot: QtBot) -> Iterator[PartnersPane]:
    yield from built(theme, fresh_audit, qtbot)


def test_every_row_says_its_count_with_its_n(pane: PartnersPane, sample: AuditSession) -> None:
    found = findings_of(sample).partnership
    rows = [row.words for row in pane.aspects.rows]
    assert [row.label for row in rows] == [aspect.label for aspect in StrategyAspect]
    for row, aspect in zip(rows, found.aspects, strict=True):
        share = aspect.share
        assert row.counted == f"{share.yes} of {share.known} · {share.percent}%"
        assert aspect.reads_as.label in row.below
        assert row.spoken.startswith(f"{row.label}, {row.counted}")
    assert pane.held.text() == "38 strategy discussions are recorded, in 33 of 36 cases."
    assert [row.words.label for row in pane.agencies.rows] == [agency.name for agency in found.agencies]


def test_a_row_opens_the_cases_that_it_counts(pane: PartnersPane, sample: AuditSession, qtbot: QtBot) -> None:
    found = findings_of(sample).partnership
    for row, aspect in zip(pane.aspects.rows, found.aspects, strict=True):
        with qtbot.waitSignal(pane.cases_wanted) as heard:
            row.click()
        assert tracing.count_behind(sample, heard.args[0]) == aspect.cases_without
    row = pane.aspects.rows[0]
    row.setFocus()
    with qtbot.waitSignal(pane.cases_wanted):
        qtbot.keyClick(row, Qt.Key.Key_Return)


def test_areas_follow_the_aspect_chosen(pane: PartnersPane, sample: AuditSession, qtbot: QtBot) -> None:
    place = list(StrategyAspect).index(StrategyAspect.HEALTH)
    pane.aspect_field.setCurrentIndex(place)
    pane.aspect_field.activated.emit(place)
    area = findings_of(sample).partnership.areas[0]
    share = area.of(StrategyAspect.HEALTH).share
    assert pane.areas.rows[0].words.counted == f"{share.yes} of {share.known} · {share.percent}%"
    with qtbot.waitSignal(pane.cases_wanted) as heard:
        pane.areas.rows[0].click()
    assert heard.args[0] == Selection(SelectionKind.STRATEGY_IN_AREA, (area.area.code, "health", "no"))


def test_an_agency_opens_the_cases_it_was_missing_in(pane: PartnersPane, sample: AuditSession, qtbot: QtBot) -> None:
    row = next(row for row in pane.agencies.rows if row.words.label == "Health")
    with qtbot.waitSignal(pane.cases_wanted) as heard:
        row.click()
    assert heard.args[0] == Selection(SelectionKind.AGENCY, ("Health", "absent"))
    assert "invited 31, absent 10" in row.words.below


def test_both_kinds_of_cases_can_be_listed(pane: PartnersPane, sample: AuditSession, qtbot: QtBot) -> None:
    for button, cases in ((pane.all_button, 33), (pane.none_button, 3)):
        with qtbot.waitSignal(pane.cases_wanted) as heard:
            button.click()
        assert tracing.count_behind(sample, heard.args[0]) == cases


def test_without_a_discussion_it_says_so_and_claims_nothing(empty_pane: PartnersPane) -> None:
    assert empty_pane.held.text() == "No strategy discussion is recorded."
    assert empty_pane.empty.isVisible()
    assert not empty_pane.aspects.isVisible()
    assert not empty_pane.agencies.isVisible()


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut_at_any_text_size(pane: PartnersPane, theme: Theme, qtbot: QtBot, scale: int) -> None:
    theme.set_text_scale(scale)
    qtbot.wait(10)
    room = pane.area.viewport().width()
    for rows in (pane.aspects, pane.areas, pane.agencies):
        for row in rows.rows:
            assert row.mapTo(pane.inside, row.rect().topRight()).x() <= room
            assert row.height() >= row.heightForWidth(row.width())
    theme.set_text_scale(100)
