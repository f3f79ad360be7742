"""The list of the cases behind a figure: its words, its pages, the keyboard, what is closed, and a large audit read beside the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.findings.selection import Selection
from ncpi_desktop.ui.dialogs import cases_behind_dialog
from ncpi_desktop.ui.dialogs.cases_behind_dialog import CasesBehindDialog, closed_words, count_words
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_case
from tests.casework import bring_in, key_of

Make = Callable[..., CasesBehindDialog]


@pytest.fixture
def session(open_window: MainWindow) -> AuditSession:
    assert open_window.audit is not None
    return open_window.audit.hub.session


@pytest.fixture
def make(open_window: MainWindow, session: AuditSession) -> Iterator[Make]:
    made: list[CasesBehindDialog] = []

    def show(code: str, of: int | None = None, large: int = cases_behind_dialog.LARGE) -> CasesBehindDialog:
        chosen = Selection.from_code(code)
        dialog = CasesBehindDialog(
            open_window.theme, open_window.background, session, chosen, of=of, large=large, parent=open_window
        )
        dialog.show()
        made.append(dialog)
        return dialog

    yield show
    for dialog in made:
        dialog.close()
        dialog.deleteLater()


def rows(dialog: CasesBehindDialog) -> list[list[str]]:
    model = dialog.model
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_heading_count_and_lines(make: Make) -> None:
    dialog = make("area-graded:domestic-abuse:inadequate", of=5)
    assert dialog.windowTitle() == "Domestic abuse: cases graded inadequate"
    assert dialog.count.text() == f"{dialog.model.rowCount()} of 5 cases"
    assert not dialog.closed.isVisible()
    assert rows(dialog)
    assert {(line[1], line[2]) for line in rows(dialog)} == {("Domestic abuse", "Inadequate")}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_chosen_case_and_closes(make: Make, session: AuditSession, qtbot: QtBot, key: Qt.Key) -> None:
    dialog = make("graded:any")
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.case_wanted) as wanted:
        qtbot.keyClick(dialog.table, key)
    assert wanted.args == [key_of(session, rows(dialog)[1][0])]
    assert not dialog.isVisible()


def test_a_double_click_opens_too(make: Make, session: AuditSession, qtbot: QtBot) -> None:
    dialog = make("graded:any")
    place = dialog.table.visualRect(dialog.model.index(2, 1)).center()
    qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(dialog.case_wanted) as wanted:
        qtbot.mouseDClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == [key_of(session, rows(dialog)[2][0])]


def test_without_cases_nothing_can_be_opened(make: Make) -> None:
    dialog = make("own:inadequate:good")
    assert dialog.count.text() == "0 cases"
    assert not dialog.open_button.isEnabled()


def test_what_is_closed_is_said(make: Make, session: AuditSession) -> None:
    everything = make("graded:any").model.rowCount()
    session.sign_in("Quality assurer 1")
    dialog = make("graded:any", of=36)
    hidden = everything - dialog.model.rowCount()
    assert hidden > 0
    assert dialog.closed.text().startswith(f"{hidden} of these are closed to you")
    assert dialog.count.text() == f"{everything} of 36 cases"
    bare = [line for line in rows(make("cases")) if line[2] == "closed to you"]
    assert len(bare) >= hidden
    assert {line[3] for line in bare} == {""}


def test_pages_come_as_somebody_scrolls(make: Make, session: AuditSession, qtbot: QtBot) -> None:
    bring_in(session, *(make_case(f"MORE-{number}") for number in range(450)))
    dialog = make("cases")
    assert dialog.count.text() == "486 cases"
    assert dialog.model.rowCount() < 486
    for _page in range(3):
        dialog.table.scrollToBottom()
        qtbot.wait(1)
    assert dialog.model.rowCount() == len({line[0] for line in rows(dialog)}) == 486
    QAbstractItemModelTester(make("cases").model, dialog)


def test_a_large_audit_is_read_beside_the_window(make: Make, qtbot: QtBot) -> None:
    dialog = make("graded:any", large=1)
    assert dialog.count.text() == "Reading…"
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 30, timeout=20_000)
    assert dialog.count.text() == "30 cases"


def test_closing_early_leaves_nothing_behind(make: Make, open_window: MainWindow, qtbot: QtBot) -> None:
    dialog = make("graded:any", large=1)
    dialog.close()
    qtbot.waitUntil(lambda: not open_window.background.is_busy, timeout=20_000)
    assert dialog.model.rowCount() == 0


def test_large_text_shortens_grades_for_the_eye_alone(make: Make, open_window: MainWindow) -> None:
    open_window.theme.set_text_scale(200)
    dialog = make("graded:requires-improvement")
    cell = dialog.model.index(0, 2)
    assert dialog.model.data(cell) == "Req. imp."
    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        assert dialog.model.data(cell, role) == "Requires improvement"


def test_every_control_is_named(make: Make) -> None:
    dialog = make("graded:good")
    assert dialog.accessibleName() == "Cases graded good"
    assert dialog.table.accessibleName() == "Cases behind the figure"
    assert dialog.open_button.accessibleName() == "Open case"


def test_words() -> None:
    assert (count_words(1, None), count_words(1200, None), count_words(3, 1)) == (
        "1 case",
        "1,200 cases",
        "3 of 1 case",
    )
    assert closed_words(0) == ""
    assert "is closed to you" in closed_words(1)
