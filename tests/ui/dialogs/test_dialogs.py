"""The dialogs: preferences, keys, new audit, bringing cases in."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import WrongUseError
from ncpi_desktop.ui.actions import COMMANDS
from ncpi_desktop.ui.dialogs.import_dialog import ImportDialog
from ncpi_desktop.ui.dialogs.keys_dialog import KeysDialog, key_lines
from ncpi_desktop.ui.dialogs.new_audit_dialog import COUNTS, PERCENTAGE, NewAuditDialog
from ncpi_desktop.ui.dialogs.preferences_dialog import PreferencesDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of

CSV = "case,area,day,time,heading,text\nDA-90,domestic-abuse,0,10:00,Call,A call came in.\n"


def test_preferences_act_at_once_and_are_kept(theme: Theme, preferences: Preferences, qtbot: QtBot) -> None:
    dialog = PreferencesDialog(theme, preferences)
    qtbot.addWidget(dialog)
    dialog.looks.setCurrentIndex(dialog.looks.findData("dark"))
    dialog.text_size.setCurrentIndex(dialog.text_size.findData(150))
    dialog.reviewer.setText("Inspector 4")
    assert theme.tokens.name == "dark"
    assert theme.text_scale == 150
    assert dialog.text_size.currentText() == "150 per cent"
    assert (preferences.theme, preferences.text_scale, preferences.reviewer) == ("dark", 150, "Inspector 4")


def test_every_key_is_listed(theme: Theme) -> None:
    listed = {key for _group, _words, keys in key_lines() for key in keys}
    assert {key for command in COMMANDS for key in command.keys} <= listed
    assert {"Alt+1", "Alt+2", "Alt+3", "Alt+6"} <= listed


def test_keys_are_found_by_typing(theme: Theme, qtbot: QtBot) -> None:
    dialog = KeysDialog(theme)
    qtbot.addWidget(dialog)
    everything = len(dialog.shown_lines())
    dialog.search.setText("submit")
    assert len(dialog.shown_lines()) == 1
    dialog.search.setText("nothing like it")
    assert dialog.shown_lines() == []
    dialog.search.clear()
    assert len(dialog.shown_lines()) == everything


@pytest.fixture
def new_audit(main_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> NewAuditDialog:
    dialog = NewAuditDialog(main_window.theme, main_window.background, "Team lead", main_window)
    dialog.place.setText(str(tmp_path / "New.ncpi"))
    dialog.methodology.setCurrentIndex(dialog.methodology.findData("ncpi-2018"))
    return dialog


def test_earlier_counts_may_be_of_another_methodology(new_audit: NewAuditDialog) -> None:
    new_audit.force.setText("Northshire Police")
    new_audit.known.setCurrentIndex(new_audit.known.findData(COUNTS))
    new_audit.label.setText("2015")
    new_audit.previous_methodology.setCurrentIndex(new_audit.previous_methodology.findData("ncpi-2014"))
    assert not new_audit._counts["adequate"].isHidden()
    assert new_audit._counts["requires-improvement"].isHidden()
    for code, count in (("good", "10"), ("adequate", "20"), ("inadequate", "5")):
        new_audit._counts[code].setText(count)
    previous = new_audit.previous()
    assert previous is not None
    assert (previous.methodology, previous.good, previous.total) == ("ncpi-2014", 10, 35)


def test_a_new_audit_is_made_with_counts(new_audit: NewAuditDialog, qtbot: QtBot) -> None:
    new_audit.force.setText("Northshire Police")
    new_audit.start.setText("14/05/2018")
    new_audit.end.setText("2018-05-18")
    new_audit.known.setCurrentIndex(new_audit.known.findData(COUNTS))
    new_audit.label.setText("January 2017")
    for code, count in (("good", "22"), ("requires-improvement", "33"), ("inadequate", "21")):
        new_audit._counts[code].setText(count)
    new_audit.make_button.click()
    qtbot.waitUntil(lambda: new_audit.made, timeout=20000)
    assert new_audit.path is not None
    session = AuditSession.open(new_audit.path, read_only=True)
    try:
        findings = findings_of(session)
        assert session.inspection.force == "Northshire Police"
        assert session.inspection.fieldwork == "May 2018"
        assert findings.previous is not None
        assert (findings.previous.good, findings.previous.total, findings.previous.percent_good) == (22, 76, 29)
    finally:
        session.close()


def test_a_percentage_alone_is_kept_as_one(new_audit: NewAuditDialog) -> None:
    new_audit.force.setText("Northshire Police")
    new_audit.known.setCurrentIndex(new_audit.known.findData(PERCENTAGE))
    new_audit.label.setText("2017")
    new_audit.percent.setText("29,5 %".replace(" ", ""))
    previous = new_audit.previous()
    assert previous is not None
    assert (previous.percent_good, previous.good, previous.total) == (29.5, None, None)
    for wrong in ("", "many", "101", "-1"):
        new_audit.percent.setText(wrong)
        with pytest.raises(WrongUseError):
            new_audit.previous()


def test_what_is_amiss_is_said_and_nothing_is_made(new_audit: NewAuditDialog, tmp_path: Path) -> None:
    new_audit.make_button.click()
    assert "name of the force" in new_audit.notice.text()
    new_audit.force.setText("Northshire Police")
    new_audit.start.setText("31/02/2018")
    new_audit.make_button.click()
    assert "is not a day" in new_audit.notice.text()
    new_audit.start.setText("18/05/2018")
    new_audit.end.setText("14/05/2018")
    new_audit.make_button.click()
    assert "ends before it begins" in new_audit.notice.text()
    assert not (tmp_path / "New.ncpi").exists()


def test_an_existing_file_is_never_overwritten(new_audit: NewAuditDialog, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "New.ncpi").write_bytes(b"mine")
    new_audit.force.setText("Northshire Police")
    new_audit.make_button.click()
    qtbot.waitUntil(lambda: "exists already" in new_audit.notice.text(), timeout=20000)
    assert (tmp_path / "New.ncpi").read_bytes() == b"mine"


@pytest.fixture
def import_dialog(main_window: MainWindow, fresh_path: Path) -> ImportDialog:
    return ImportDialog(main_window.theme, main_window.background, fresh_path, "Team lead", main_window)


def test_cases_are_planned_then_brought_in(
    import_dialog: ImportDialog, tmp_path: Path, fresh_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "cases.csv"
    source.write_text(CSV, encoding="utf-8")
    import_dialog.look_at(source)
    qtbot.waitUntil(import_dialog.bring_button.isEnabled, timeout=20000)
    session = AuditSession.open(fresh_path, read_only=True)
    assert findings_of(session).cases == 0
    session.close()
    import_dialog.bring_button.click()
    qtbot.waitUntil(lambda: bool(import_dialog.outcome), timeout=20000)
    assert "1 new case" in import_dialog.outcome
    session = AuditSession.open(fresh_path, read_only=True)
    assert findings_of(session).cases == 1
    session.close()


def test_refused_rows_are_listed_and_nothing_can_be_brought_in(
    import_dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "cases.csv"
    source.write_text(CSV + "DA-91,nowhere,0,10:00,Call,A secret word.\n", encoding="utf-8")
    import_dialog.look_at(source)
    qtbot.waitUntil(lambda: import_dialog.refusals.rowCount() == 1, timeout=20000)
    cells = [import_dialog.refusals.item(0, column) for column in range(3)]
    row, column, reason = (cell.text() if cell else "" for cell in cells)
    assert (row, column) == ("3", "area")
    assert "secret" not in reason
    assert not import_dialog.bring_button.isEnabled()


def test_a_file_that_is_no_table_gets_a_sentence(import_dialog: ImportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    source = tmp_path / "cases.xlsx"
    source.write_bytes(b"\xff\xd8\xff not a workbook")
    import_dialog.look_at(source)
    qtbot.waitUntil(lambda: bool(import_dialog.notice.text()), timeout=20000)
    assert not import_dialog.bring_button.isEnabled()
