"""Taking words out from the window: looked for first, then taken out with a reason, and gone from the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.dialogs.redact_dialog import RedactDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

NUMBER = "07700 900123"


@pytest.fixture
def session(open_window: MainWindow) -> AuditSession:
    assert open_window.audit is not None
    held = open_window.audit.hub.session
    held.sign_in("Team lead")
    reviewing.write_text(held, key_of(held, "DA-06"), "notes", f"Ring {NUMBER}.")
    return held


@pytest.fixture
def dialog(open_window: MainWindow, session: AuditSession) -> Iterator[RedactDialog]:
    made = RedactDialog(open_window.theme, open_window.background, session, open_window)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def looked_for(dialog: RedactDialog, qtbot: QtBot, words: str = NUMBER) -> None:
    dialog.words.setText(words)
    dialog.look_button.click()
    qtbot.waitUntil(lambda: bool(dialog.found_words.text() or dialog.notice.text()), timeout=20000)


def test_the_places_are_shown_and_nothing_is_changed(dialog: RedactDialog, session: AuditSession, qtbot: QtBot) -> None:
    before = session.file.last_seal()
    looked_for(dialog, qtbot)
    assert dialog.found_words.text() == "2 places in 1 case"
    cells = [dialog.places.item(0, column) for column in range(3)]
    assert [cell.text() if cell else "" for cell in cells] == ["DA-06", "history", "1"]
    assert session.file.last_seal() == before


def test_it_waits_for_a_reason_and_for_being_sure(dialog: RedactDialog, qtbot: QtBot) -> None:
    assert not dialog.look_button.isEnabled()
    looked_for(dialog, qtbot)
    assert not dialog.take_button.isEnabled()
    dialog.reason.setText("a telephone number")
    assert not dialog.take_button.isEnabled()
    dialog.sure.setChecked(True)
    assert dialog.take_button.isEnabled()
    dialog.words.setText("07700 900124")
    assert not dialog.take_button.isEnabled()
    assert dialog.look_button.isEnabled()


def test_they_are_taken_out(dialog: RedactDialog, session: AuditSession, sample_path: Path, qtbot: QtBot) -> None:
    looked_for(dialog, qtbot)
    dialog.reason.setText("a telephone number")
    dialog.sure.setChecked(True)
    dialog.take_button.click()
    qtbot.waitUntil(lambda: bool(dialog.outcome), timeout=20000)
    assert dialog.outcome == "The words were taken out of 2 places."
    assert dialog.words.text() == ""
    assert reviewing.lay_on_desk(session, key_of(session, "DA-06")).review.notes == "Ring [taken out]."
    assert NUMBER.encode() not in sample_path.read_bytes()
    assert check(sample_path).problems == ()


@pytest.mark.parametrize(("words", "told"), [("ab", "too short"), ("nowhere at all", "nowhere in this audit")])
def test_what_can_t_be_taken_out_is_said(dialog: RedactDialog, qtbot: QtBot, words: str, told: str) -> None:
    looked_for(dialog, qtbot, words)
    assert told in dialog.notice.text() + dialog.found_words.text()
    assert not dialog.take_button.isEnabled()


def test_the_window_opens_the_audit_anew(open_window: MainWindow, session: AuditSession, qtbot: QtBot) -> None:
    open_window.commands.taking_out.taken_out.emit("The words were taken out of 2 places.")
    assert open_window.audit is not None
    assert open_window.audit.hub.session is not session
    assert open_window.audit.hub.session.name == "Team lead"
    assert open_window.notices.isVisible()


def test_an_inspector_is_refused_before_anything_is_asked(open_window: MainWindow, session: AuditSession) -> None:
    told: list[KnownError] = []
    open_window.commands.taking_out.failed.disconnect()
    open_window.commands.taking_out.failed.connect(told.append)
    session.sign_in("Inspector 2")
    open_window.actions_.take_words_out.trigger()
    assert "Only a team lead" in told[0].happened
