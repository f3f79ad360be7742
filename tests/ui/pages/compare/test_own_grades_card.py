"""The card of the force's own grades: every choice shows the bundle's table, and every count opens its cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.findings.selection import OwnAgainst, Selection
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.compare.own_grades_card import OwnGradesCard
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.tracing import count_behind
from tests.builders import make_case
from tests.casework import bring_in, hand_in, key_of


@pytest.fixture
def hub(open_window: MainWindow) -> AuditHub:
    assert open_window.audit is not None
    return open_window.audit.hub


@pytest.fixture
def card(theme: Theme, hub: AuditHub, qtbot: QtBot) -> Iterator[OwnGradesCard]:
    figures = FindingsModel(hub)
    made = OwnGradesCard(theme, hub, figures)
    figures.setParent(made)
    made.resize(1000, 500)
    made.show()
    yield made
    figures.end()
    made.close()
    made.deleteLater()


def test_the_overall_table_comes_first_with_its_sentences(card: OwnGradesCard) -> None:
    assert card.choice.currentText() == "Overall grade (28)"
    assert [[cell.count for cell in row] for row in card.matrix.cells] == [[12, 3, 2], [2, 6, 3], [0, 0, 0]]
    assert card.sentences.text().startswith("The force graded 8 of 28 cases higher than the inspectors, 2 lower.")
    assert [link.text() for link in card.against.values()] == ["Same: 18", "Over-rated: 8", "Under-rated: 2"]
    assert [words.text().split(" good")[0] for _link, _bar, words in card.sets] == [
        *("17 of 28", "14 of 28", "2 of 2", "16 of 30")
    ]
    assert not card.nothing.isVisible()


def test_every_cell_of_every_choice_opens_as_many_cases_as_it_shows(
    card: OwnGradesCard, hub: AuditHub, qtbot: QtBot
) -> None:
    assert card.choice.count() > 5
    wanted: list[Selection] = []
    card.cases_wanted.connect(wanted.append)
    for place in range(card.choice.count()):
        card.choice.setCurrentIndex(place)
        cells = [cell for row in card.matrix.cells for cell in row]
        assert card.choice.currentText().endswith(f"({sum(cell.count for cell in cells)})")
        for cell in cells:
            wanted.clear()
            cell.click()
            assert [count_behind(hub.session, chosen) for chosen in wanted] == ([cell.count] if cell.count else [])


def test_a_cell_is_pressed_by_key_and_named(card: OwnGradesCard, qtbot: QtBot) -> None:
    cell = card.matrix.cells[0][1]
    assert cell.accessibleName() == "Force good, inspectors requires improvement: 3 cases"
    assert card.matrix.accessibleName() == "The force's own grade against the inspectors'"
    assert card.matrix.accessibleDescription().startswith("Force good: inspectors good 12, ")
    with qtbot.waitSignal(card.cases_wanted) as asked:
        qtbot.keyClick(cell, Qt.Key.Key_Space)
    assert asked.args == [Selection.from_code("own:good:requires-improvement")]


@pytest.mark.parametrize(
    ("press", "cases"),
    [
        (lambda card: card.against[OwnAgainst.SAME], 18),
        (lambda card: card.against[OwnAgainst.KINDER], 8),
        (lambda card: card.against[OwnAgainst.HARSHER], 2),
        (lambda card: card.sets[0][0], 28),
        (lambda card: card.sets[2][0], 2),
        (lambda card: card.sets[3][0], 30),
    ],
)
def test_counts_and_sets_open_their_cases(
    card: OwnGradesCard, hub: AuditHub, qtbot: QtBot, press: Callable[[OwnGradesCard], object], cases: int
) -> None:
    with qtbot.waitSignal(card.cases_wanted) as asked:
        press(card).click()  # type: ignore[attr-defined]
    (chosen,) = asked.args
    assert count_behind(hub.session, chosen) == cases


def test_what_is_chosen_stays_when_figures_change(card: OwnGradesCard, hub: AuditHub, qtbot: QtBot) -> None:
    place = next(n for n in range(card.choice.count()) if card.choice.itemText(n).startswith("Stage: Investigation"))
    card.choice.setCurrentIndex(place)
    assert not any(link.isVisible() for link in card.against.values())
    before = card.choice.currentText()
    hub.do(lambda session: reviewing.reopen(session, key_of(session, "S47-01"), "Because."))
    qtbot.waitUntil(lambda: card.choice.currentText() != before, timeout=5000)
    counts = [int(words.rpartition("(")[2].rstrip(")")) for words in (before, card.choice.currentText())]
    assert card.choice.currentText().startswith("Stage: Investigation")
    assert counts[1] == counts[0] - 1


def test_without_own_grades_it_is_said(theme: Theme, fresh_audit: AuditSession, qtbot: QtBot) -> None:
    bring_in(fresh_audit, make_case("A-1"))
    fresh_audit.sign_in("Inspector 1")
    hand_in(fresh_audit, key_of(fresh_audit, "A-1"))
    hub = AuditHub(fresh_audit)
    figures = FindingsModel(hub)
    card = OwnGradesCard(theme, hub, figures)
    card.show()
    assert card.nothing.isVisible()
    assert not card.choice.isVisible()
    figures.end()
    card.close()
    card.deleteLater()


def test_large_text_puts_the_words_below(hub: AuditHub, theme: Theme, qtbot: QtBot) -> None:
    figures = FindingsModel(hub)
    theme.set_text_scale(200)
    card = OwnGradesCard(theme, hub, figures)
    card.resize(card.minimumSizeHint())
    card.show()
    assert card.minimumSizeHint().width() < 1100
    assert card.sentences.y() > card.matrix.y() + card.matrix.height() - 1
    figures.end()
    card.close()
    card.deleteLater()
