"""The window locks: what is typed is saved, the key forgotten, nothing of the case shown, and everything is there again afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import NotSavedError
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.dialogs.referral_dialog import ReferralDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.protecting import unlock
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of
from tests.conftest import PASSPHRASE

TYPED = "Half a thought about xylophones"


def lock(window: MainWindow) -> None:
    window.actions_.lock.trigger()
    assert window.locking.is_locked


def give(window: MainWindow, passphrase: str) -> None:
    prompt = window.locking.prompt
    assert prompt is not None
    prompt.field.setText(passphrase)
    QTest.keyClick(prompt, Qt.Key.Key_Return)


def unlock_window(window: MainWindow, qtbot: QtBot) -> None:
    give(window, PASSPHRASE)
    qtbot.waitUntil(lambda: not window.locking.is_locked, timeout=10000)


def session_of(window: MainWindow) -> AuditSession:
    assert window.audit is not None
    return window.audit.hub.session


def open_case(window: MainWindow, reference: str = "DA-06") -> None:
    assert window.audit is not None
    window.audit.pages.go_to_case(key_of(session_of(window), reference))


def rationale(window: MainWindow):  # type: ignore[no-untyped-def]
    assert window.audit is not None
    return window.audit.pages.review().judgement.texts.rationale


def all_words(interface: QAccessibleInterface | None) -> Iterator[str]:
    """Every name, value and description that a screen reader finds from here on."""
    if interface is None:
        return
    for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description, QAccessible.Text.Help):
        yield interface.text(kind)
    for place in range(interface.childCount()):
        yield from all_words(interface.child(place))


def heard() -> str:
    """All that the program tells screen readers, in any window."""
    app = QApplication.instance()
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    roots = [QAccessible.queryAccessibleInterface(root) for root in (app, *windows)]
    return "\n".join(word for root in roots for word in all_words(root) if word)


def test_what_is_typed_is_saved_and_the_key_forgotten(protected_window: MainWindow, protected_path: Path) -> None:
    window = protected_window
    open_case(window)
    rationale(window).setFocus()
    QTest.keyClicks(rationale(window), TYPED)
    key = session_of(window).file.key
    assert key is not None
    lock(window)
    assert key.is_forgotten
    assert session_of(window).is_resting
    with pytest.raises(Exception, match="closed"):
        session_of(window).file.connection.execute("SELECT 1")
    file = AuditFile.open(protected_path, read_only=True, key=unlock(protected_path, PASSPHRASE))
    kept = file.connection.execute("SELECT count(*) FROM reviews WHERE rationale = ?", (TYPED,)).fetchone()[0]
    file.close()
    assert kept == 1


def test_nothing_of_the_case_is_seen_or_heard(protected_window: MainWindow) -> None:
    window = protected_window
    open_case(window)
    assert window.audit is not None
    case = key_of(session_of(window), "DA-06")
    window.audit.hub.do(lambda session: reviewing.give_grade(session, case, "good"))
    QApplication.processEvents()
    before = heard()
    assert "Undo: overall grade: Good, DA-06" in before
    assert "DA-06" in before
    assert "Northshire" in before
    shown = window.grab().toImage()
    lock(window)
    QApplication.processEvents()
    assert window.windowTitle() == "NCPI Case Review"
    after = heard()
    for word in ("DA-06", "Northshire", "Rationale", "Child A", "Inspector"):
        assert word not in after, word
    assert "Locked" in after
    locked = window.grab().toImage()
    assert locked != shown
    colours = {locked.pixel(x, y) for x in range(0, locked.width(), 7) for y in range(0, 300, 7)}
    assert len(colours) == 1, "something is drawn where only the ground should be"


def test_case_field_cursor_and_text_are_where_they_were(protected_window: MainWindow, qtbot: QtBot) -> None:
    window = protected_window
    open_case(window)
    box = rationale(window)
    box.setFocus()
    QTest.keyClicks(box, TYPED)
    for _step in range(5):
        QTest.keyClick(box, Qt.Key.Key_Left)
    view = window.audit.pages.review().record.view if window.audit else None
    assert view is not None
    view.verticalScrollBar().setValue(40)
    QApplication.processEvents()
    menus = [menu.text() for menu in window.menuBar().actions()]
    place, scrolled = box.textCursor().position(), view.verticalScrollBar().value()
    session = session_of(window)
    lock(window)
    unlock_window(window, qtbot)
    QApplication.processEvents()
    assert session_of(window) is session
    assert window.audit is not None
    assert window.audit.pages.review().current_case() == key_of(session, "DA-06")
    assert rationale(window) is box
    assert box.text() == TYPED
    assert box.textCursor().position() == place
    assert window.focusWidget() is box
    assert view.verticalScrollBar().value() == scrolled
    assert window.windowTitle() == "Northshire Police – NCPI Case Review"
    assert window.menuBar().isVisible()
    assert [menu.text() for menu in window.menuBar().actions()] == menus
    QTest.keyClicks(box, "!")
    window.audit.pages.flush()
    assert reviewing.lay_on_desk(session, key_of(session, "DA-06")).review.rationale == TYPED[:-5] + "!" + TYPED[-5:]


def test_a_wrong_passphrase_is_said_and_asked_for_again(protected_window: MainWindow, qtbot: QtBot) -> None:
    lock(protected_window)
    give(protected_window, "wrong")
    prompt = protected_window.locking.prompt
    assert prompt is not None
    qtbot.waitUntil(prompt.notice.isVisible, timeout=10000)
    assert "does not open with this passphrase" in prompt.notice.text()
    assert prompt.field.isEnabled()
    assert prompt.field.text() == ""
    assert session_of(protected_window).is_resting
    unlock_window(protected_window, qtbot)


def test_nothing_but_the_passphrase_opens_it(protected_window: MainWindow) -> None:
    lock(protected_window)
    prompt = protected_window.locking.prompt
    assert prompt is not None
    QTest.keyClick(prompt, Qt.Key.Key_Escape)
    prompt.close()
    QTest.keyClick(prompt, Qt.Key.Key_Return)
    assert prompt.isVisible()
    assert protected_window.locking.is_locked
    assert prompt.isModal()


def test_a_plain_file_says_that_it_needs_a_passphrase(open_window: MainWindow) -> None:
    open_window.actions_.lock.trigger()
    assert not open_window.locking.is_locked
    assert "this one has none" in open_window.notices.text()
    assert open_window.notices.bar.button.text() == "Set a passphrase"


def test_what_could_not_be_saved_is_saved_after_unlocking(
    protected_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = protected_window
    open_case(window)
    with monkeypatch.context() as patch:

        def full(*_given: object, **_named: object) -> None:
            raise NotSavedError("Not saved: the disk is full.")

        patch.setattr(AuditFile, "change", full)
        QTest.keyClicks(rationale(window), TYPED)
        lock(window)
    prompt = window.locking.prompt
    assert prompt is not None
    assert "could not be saved yet" in prompt.accessibleDescription()
    unlock_window(window, qtbot)
    session = session_of(window)
    assert reviewing.lay_on_desk(session, key_of(session, "DA-06")).review.rationale == TYPED
    assert window.header.save_state.state == "saved"


def test_while_locked_no_timer_writes_or_complains(
    protected_window: MainWindow, qtbot: QtBot, protected_path: Path
) -> None:
    window = protected_window
    open_case(window)
    texts = window.audit.pages.review().judgement.texts if window.audit else None
    assert texts is not None
    ticked: list[str] = []
    timer = QTimer(window)
    timer.setInterval(1)
    timer.timeout.connect(lambda: ticked.append("ticked"))
    timer.start()
    lock(window)
    ticked.clear()
    before = protected_path.read_bytes()
    running = [t for t in window.findChildren(QTimer) if t.isActive() and not t.property("keeps-running")]
    assert not running, [type(t.parent()) for t in running]
    texts.saves["rationale"].touched()  # as a late signal would
    texts.saves["rationale"].flush()
    QTest.qWait(30)
    assert ticked == []
    assert protected_path.read_bytes() == before
    assert window.notices.text() == ""
    unlock_window(window, qtbot)
    qtbot.waitUntil(lambda: bool(ticked), timeout=5000)
    timer.stop()


def run_in_dialog(dialog: QDialog, act: Callable[[], None]) -> int:
    """Run `dialog` as the program does, in a loop of its own, and `act` in it."""
    errors: list[BaseException] = []

    def acted() -> None:
        try:
            act()
        except BaseException as error:
            errors.append(error)
            dialog.reject()

    QTimer.singleShot(0, acted)
    code = QDialog.exec(dialog)
    if errors:
        raise errors[0]
    return code


def test_an_open_dialog_survives_with_what_is_typed_in_it(protected_window: MainWindow, qtbot: QtBot) -> None:
    window = protected_window
    dialog = prompts.Prompt(window.theme, "Park DA-06", ("Why is DA-06 parked?",), "pause", window)
    field = QPlainTextEdit()
    field.setAccessibleName("Reason")
    dialog.words.addWidget(field)
    hidden = QLabel("Not now")
    dialog.words.addWidget(hidden)
    hidden.hide()
    dialog.add_button("Park", accepts=True, primary=True)

    def act() -> None:
        field.setFocus()
        QTest.keyClicks(field, TYPED)
        lock(window)
        QApplication.processEvents()
        assert dialog.isVisible(), "hiding it would end it"
        assert dialog.windowTitle() == "NCPI Case Review"
        assert TYPED not in heard()
        assert "DA-06" not in heard()
        unlock_window(window, qtbot)
        QApplication.processEvents()
        assert field.toPlainText() == TYPED
        assert field.isVisible()
        assert hidden.isHidden()
        assert dialog.windowTitle() == "Park DA-06"
        assert dialog.focusWidget() is field
        dialog.accept()

    assert run_in_dialog(dialog, act) == QDialog.DialogCode.Accepted
    dialog.deleteLater()


def test_a_file_dialog_survives_too(protected_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = QFileDialog(protected_window, "Open", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)

    def act() -> None:
        lock(protected_window)
        QApplication.processEvents()
        assert "Northshire" not in heard()
        unlock_window(protected_window, qtbot)
        dialog.reject()

    assert run_in_dialog(dialog, act) == QDialog.DialogCode.Rejected
    dialog.deleteLater()


@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_popups_are_closed(protected_window: MainWindow) -> None:
    menu = QMenu(protected_window)
    menu.addAction("Undo: overall grade: Good, DA-06")
    menu.popup(protected_window.pos())
    lock(protected_window)
    assert not menu.isVisible()


def test_half_typed_passphrases_are_forgotten(protected_window: MainWindow, qtbot: QtBot) -> None:
    window = protected_window
    dialog = window.protection._dialog(window.audit)  # type: ignore[arg-type]
    dialog.show()
    assert dialog.now is not None
    dialog.now.setText(PASSPHRASE)
    lock(window)
    assert dialog.now.text() == ""
    unlock_window(window, qtbot)
    dialog.reject()


def test_work_beside_the_window_goes_on_and_tells_its_end_afterwards(
    protected_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, target = protected_window, tmp_path / "out.xlsx"
    assert window.audit is not None
    handed: list[object] = []
    window.commands.handing_over.handed_over.connect(handed.append)
    window.commands.handing_over.write("workbook", window.audit.path, target, window.audit.copy_key())
    lock(window)
    qtbot.waitUntil(lambda: not window.background.is_busy, timeout=60000)
    assert target.exists()
    assert handed == []
    unlock_window(window, qtbot)
    assert handed == [target]


def test_what_somebody_else_changed_meanwhile_is_shown(
    protected_window: MainWindow, qtbot: QtBot, protected_path: Path
) -> None:
    window = protected_window
    open_case(window)
    lock(window)
    other = AuditSession.open(
        protected_path, person="Inspector 3", key=unlock(protected_path, PASSPHRASE), beside=session_of(window)
    )
    reviewing.give_grade(other, key_of(other, "DA-06"), "inadequate")
    other.close()
    unlock_window(window, qtbot)
    assert window.audit is not None
    desk = window.audit.pages.review()._desk
    assert desk is not None
    assert desk.review.grade == "inadequate"


def test_a_file_that_is_gone_keeps_it_locked(protected_window: MainWindow, qtbot: QtBot, protected_path: Path) -> None:
    lock(protected_window)
    aside = protected_path.rename(protected_path.with_name("aside"))
    give(protected_window, PASSPHRASE)
    prompt = protected_window.locking.prompt
    assert prompt is not None
    qtbot.waitUntil(prompt.notice.isVisible, timeout=10000)
    assert "no file" in prompt.notice.text()
    aside.rename(protected_path)
    unlock_window(protected_window, qtbot)


def test_the_program_can_be_closed_while_it_is_locked(
    protected_window: MainWindow, protected_path: Path, qtbot: QtBot
) -> None:
    window = protected_window
    open_case(window)
    lock(window)
    prompt = window.locking.prompt
    assert prompt is not None
    QTest.mouseClick(prompt.leave_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    assert window.audit is None
    AuditSession.open(protected_path, key=unlock(protected_path, PASSPHRASE)).close()


def test_it_locks_when_nobody_touches_it(protected_window: MainWindow) -> None:
    watch = protected_window.locking.idle_watch
    assert watch.minutes == 10
    watch._clock = lambda: time.monotonic() + 599
    watch.look()
    assert not protected_window.locking.is_locked
    watch._clock = lambda: time.monotonic() + 601
    watch.look()
    assert protected_window.locking.is_locked


def test_the_time_is_a_preference(protected_window: MainWindow) -> None:
    protected_window.preferences.idle_minutes = 0
    assert protected_window.audit is not None
    protected_window.locking.follow(protected_window.audit)
    watch = protected_window.locking.idle_watch
    watch._clock = lambda: time.monotonic() + 100_000
    watch.look()
    assert not protected_window.locking.is_locked


@pytest.mark.parametrize("fixture", ["open_window", "protected_window"])
def test_when_the_laptop_sleeps_what_is_typed_is_saved(request: pytest.FixtureRequest, fixture: str) -> None:
    window: MainWindow = request.getfixturevalue(fixture)
    open_case(window)
    QTest.keyClicks(rationale(window), TYPED)
    last = session_of(window).file.last_sequence()
    window.locking.system_watch.leaving.emit()
    assert window.locking.is_locked is (fixture == "protected_window")
    if fixture == "open_window":
        assert session_of(window).file.last_sequence() == last + 1
    else:
        assert not rationale(window).document().isEmpty()


def test_a_window_without_layout_keeps_what_is_in_it(protected_window: MainWindow, qtbot: QtBot) -> None:
    bare = QDialog(protected_window)
    inside = QWidget(bare)
    QVBoxLayout(inside)
    bare.show()
    lock(protected_window)
    unlock_window(protected_window, qtbot)
    assert inside.parent() is bare
    bare.close()


def test_a_referral_begun_is_not_lost_by_closing_the_program_while_it_is_locked(
    protected_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = protected_window
    assert window.audit is not None
    dialog = ReferralDialog(window.theme, window.audit.hub, key_of(session_of(window), "DA-06"), window)
    monkeypatch.setattr(prompts, "ask_to_lose_words", lambda *_asked: False)

    def act() -> None:
        QTest.keyClicks(dialog.risk, TYPED)
        lock(window)
        QApplication.processEvents()
        assert TYPED not in heard()
        prompt = window.locking.prompt
        assert prompt is not None
        QTest.mouseClick(prompt.leave_button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        assert window.isVisible()
        unlock_window(window, qtbot)
        assert dialog.risk.text() == TYPED
        monkeypatch.setattr(prompts, "ask_to_lose_words", lambda *_asked: True)
        dialog.reject()

    assert run_in_dialog(dialog, act) == QDialog.DialogCode.Rejected
    dialog.deleteLater()
