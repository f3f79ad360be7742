"""New audit: an earlier inspection in a file says how many recommendations come along, and they do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.casework.recommendation import Origin
from ncpi_desktop.storage.inspection_repository import read_previous
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.dialogs.new_audit_dialog import COUNTS, FROM_FILE, NewAuditDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows import recommending
from ncpi_desktop.workflows.session import AuditSession
from tests.conftest import PASSPHRASE


@pytest.fixture
def dialog(main_window: MainWindow, tmp_path: Path) -> NewAuditDialog:
    made = NewAuditDialog(main_window.theme, main_window.background, "Team lead", main_window)
    made.place.setText(str(tmp_path / "New.ncpi"))
    made.methodology.setCurrentIndex(made.methodology.findData("ncpi-2018"))
    made.known.setCurrentIndex(made.known.findData(FROM_FILE))
    return made


def shown(dialog: NewAuditDialog) -> set[str]:
    fields = {"place": dialog.earlier.place, "passphrase": dialog.earlier.passphrase, "label": dialog.label}
    dialog.show()
    return {name for name, field in fields.items() if field.isVisible()}


def test_it_says_what_comes_along_and_brings_it(
    dialog: NewAuditDialog, sample_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(prompts, "ask_earlier_inspection", lambda _window, _folder: sample_path)
    assert shown(dialog) == {"place"}
    dialog.earlier.choose_button.click()
    assert dialog.earlier.words.text() == "The name of the force is missing."
    dialog.force.setText("Northshire Police")
    dialog.earlier.choose_button.click()
    qtbot.waitUntil(lambda: "come along" in dialog.earlier.words.text(), timeout=20000)
    words = dialog.earlier.words.text()
    assert words.startswith("Post-inspection review, May 2018. 8 recommendations come along from it, to be answered.")
    assert "does not say when its report was published" in words
    dialog.make_button.click()
    qtbot.waitUntil(lambda: dialog.made, timeout=20000)
    assert dialog.path is not None
    session = AuditSession.open(dialog.path, read_only=True)
    held = recommending.all_recommendations(session)
    previous = read_previous(session.file.connection)
    session.close()
    assert [(one.origin, one.number) for one in held] == [(Origin.PREVIOUS, number) for number in range(1, 9)]
    assert previous is not None
    assert (previous.good, previous.total, previous.force) == (16, 30, "Northshire Police")


def test_another_force_is_said_and_may_be_meant(dialog: NewAuditDialog, sample_path: Path, qtbot: QtBot) -> None:
    dialog.force.setText("Southshire Police")
    dialog.earlier.place.setText(str(sample_path))
    dialog.earlier.look()
    qtbot.waitUntil(lambda: "not of Southshire Police" in dialog.earlier.words.text(), timeout=20000)
    dialog.make_button.click()
    qtbot.waitUntil(lambda: "not of Southshire Police" in dialog.notice.text(), timeout=20000)
    assert not dialog.made
    dialog.earlier.other_force.setChecked(True)
    qtbot.waitUntil(lambda: "come along" in dialog.earlier.words.text(), timeout=20000)


def test_a_protected_one_asks_for_its_passphrase(dialog: NewAuditDialog, protected_path: Path, qtbot: QtBot) -> None:
    dialog.force.setText("Northshire Police")
    dialog.earlier.place.setText(str(shutil.copy(protected_path, protected_path.with_name("Old.ncpi"))))
    dialog.earlier.look()
    qtbot.waitUntil(lambda: "passphrase" in dialog.earlier.words.text(), timeout=20000)
    assert shown(dialog) == {"place", "passphrase"}
    dialog.earlier.passphrase.setText(PASSPHRASE)
    dialog.earlier.look()
    qtbot.waitUntil(lambda: "8 recommendations" in dialog.earlier.words.text(), timeout=20000)
    dialog.done(0)
    assert dialog.earlier.passphrase.text() == ""


def test_no_file_and_other_ways(dialog: NewAuditDialog) -> None:
    dialog.force.setText("Northshire Police")
    dialog.make_button.click()
    assert "Choose the file of the previous inspection" in dialog.notice.text()
    dialog.known.setCurrentIndex(dialog.known.findData(COUNTS))
    assert shown(dialog) == {"label"}
