"""What the page lists and says: groups, a cell's cases, figures, names; and nothing of what is closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.json_form import findings_form
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.quality.quality_page import QualityPage
from ncpi_desktop.ui.pages.quality.sample_model import Group, SampleModel
from ncpi_desktop.ui.widgets.painting import plain_words
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.workflows import quality_list

Press = Callable[..., None]


def lines(page: QualityPage) -> list[str]:
    model = page.sample.model
    return [model.index(row).data() for row in range(model.rowCount())]


def test_the_list_is_a_sound_model(page: QualityPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.sample.model)  # type: ignore[no-untyped-call]


def test_cases_stand_by_what_they_wait_for(page: QualityPage) -> None:
    found = lines(page)
    headings = [line for line in found if "," not in line]
    assert headings == ["To settle", "To re-read", "Agreed"]
    assert found[:4] == [
        "To settle",
        "S47-05, To settle, reasons differ",
        "DA-03, To settle, 1 grade apart",
        "MIS-02, To settle, 2 grades apart",
    ]
    assert page.sample.words.text() == "12 of 36 cases, drawn in 2 samples, the last with seed 4128"


def test_up_and_down_pass_over_headings(page: QualityPage, press: Press) -> None:
    page.sample.list.setFocus()
    press(Qt.Key.Key_Home)
    passed = []
    for _step in range(5):
        chosen = page.sample.chosen()
        assert chosen is not None
        passed.append(chosen.line.reference)
        press(Qt.Key.Key_Down)
    assert passed == ["S47-05", "DA-03", "MIS-02", "OC-02", "EX-03"]


def test_enter_opens_a_case_to_read_again_in_review(
    page: QualityPage, open_window: MainWindow, press: Press, case_called: Callable[[str], CaseKey]
) -> None:
    open_window.sign_in("Quality assurer 1")
    page.go_to(case_called("OC-02"))
    page.sample.list.setFocus()
    press(Qt.Key.Key_Return)
    assert open_window.audit is not None
    assert open_window.audit.pages.code == "review"


def test_a_cell_of_the_matrix_lists_its_cases(page: QualityPage, press: Press) -> None:
    cell = page.agreement.matrix.cells[0][2]
    assert cell.accessibleName() == "First good, second inadequate: 1 case"
    cell.setFocus()
    press(Qt.Key.Key_Return)
    assert lines(page) == ["First good, second inadequate", "MIS-02, To settle, 2 grades apart"]
    assert QApplication.focusWidget() is page.sample.list
    press(Qt.Key.Key_Escape)
    assert lines(page)[0] == "To settle"


def test_the_cells_hold_every_case_that_counts(page: QualityPage) -> None:
    matrix = page.agreement.matrix
    for row in matrix.cells:
        for cell in row:
            assert cell.isEnabled() == (cell.count > 0)
            if cell.count:
                page.show_cell(cell.first.code, cell.second.code)
                assert sum(line.count(",") > 0 for line in lines(page)[1:]) == cell.count


def test_figures_are_those_of_every_other_output(page: QualityPage, open_window: MainWindow) -> None:
    assert open_window.audit is not None
    form: Any = findings_form(open_window.audit.figures.findings)["quality"]
    told = page.agreement.headline.note.text() + page.agreement.others.text()
    assert page.agreement.headline.figure.text() == f"{form['ac2']['value']:.2f}"
    assert f"{form['kappa']['value']:.2f}" in told
    assert " to ".join(f"{bound:.2f}" for bound in form["ac2"]["interval"].values()) in told
    assert f"{form['same']} of {form['compared']} grades the same" in told
    assert f"The same: {form['per_cent_same']}%" in told
    assert [[cell.count for cell in row] for row in page.agreement.matrix.cells] == form["matrix"]
    same = {found["label"]: f"{found['same']} of {found['compared']} same" for found in form["stages"]}
    shown = {name.text(): words.text() for name, words in page.agreement.stages if name.text()}
    assert shown
    assert shown.items() <= same.items()


def test_settling_moves_no_figure_of_agreement(page: QualityPage, open_window: MainWindow, press: Press) -> None:
    before = page.agreement.headline.accessibleDescription()
    page.sample.list.setFocus()
    press(Qt.Key.Key_Home, Qt.Key.Key_Return)
    page.pane.box.all_at_once.setChecked(True)
    press("t", "A reason")
    press(Qt.Key.Key_Return, control=True)
    assert open_window.audit is not None
    open_window.audit.figures.draw_up()
    assert page.agreement.headline.accessibleDescription() == before
    assert "1 case was settled" in page.agreement.sentences.text()


def test_what_is_closed_shows_nothing_of_the_first_reading(page: QualityPage, open_window: MainWindow) -> None:
    open_window.sign_in("Quality assurer 1")
    for reference in ("OC-02", "EX-03", "OM-01", "ON-02"):
        row = next(place for place, line in enumerate(lines(page)) if line.startswith(reference))
        listed = page.sample.model.case_at(row)
        assert listed is not None
        assert listed.is_closed
        assert (listed.line.apart, listed.line.edited) == (0, False)
        assert lines(page)[row] == f"{reference}, To re-read"
        page.sample.choose(listed.line.case)
        assert page.pane.desk is None
        assert page.pane.table.isHidden()
        assert page.pane.box.isHidden()


def test_every_button_is_called_what_it_says(page: QualityPage) -> None:
    for button in page.findChildren(QAbstractButton):
        assert button.accessibleName(), button
        if isinstance(button, PushButton):
            assert button.accessibleName() == plain_words(button.text())
    assert page.pane.box.reason.accessibleName() == "Reason for settling"


def test_more_pages_are_read_when_they_are_wanted(page: QualityPage) -> None:
    session = page._hub.session
    group = Group("Agreed", lambda after: quality_list.cases_in_state(session, SecondState.AGREED, after, 2))
    model = SampleModel()
    model.show_groups([group])
    assert model.rowCount() == 4
    model.read_more(3)
    model.read_more(5)
    words = [model.index(row).data().split(",")[0] for row in range(model.rowCount())]
    assert words == ["Agreed", "S47-01", "DA-01", "MIS-01", "PP-01", "PD-01"]


def test_without_a_sample_one_is_offered(main_window: MainWindow, fresh_path: Path, qtbot: QtBot) -> None:
    assert main_window.open_file(fresh_path)
    main_window.show_page("quality")
    assert main_window.audit is not None
    page = main_window.audit.pages.currentWidget()
    assert isinstance(page, QualityPage)
    assert page.empty.button is not None
    assert page.empty.isVisible()
    assert page.empty.button.accessibleName() == "Draw a sample…"
    page.sample_wanted.disconnect()  # no dialog
    with qtbot.waitSignal(page.sample_wanted):
        page.empty.button.click()
