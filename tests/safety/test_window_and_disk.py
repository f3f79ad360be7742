"""The disk fills up, closes or goes away under the real window: it says so, acknowledges nothing, keeps the words, and goes on by itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows.checking import check
from tests.safety.faults.desk import CONTROL, Desk, text_in_file
from tests.safety.faults.mounts import CannotBeMadeError, closed, fill, read_only_disk, small_disk, unplug
from tests.safety.report import tell_fault

SIZE_OF_DISK = 3 * 1024 * 1024
LONG = "Typed on a disk that is filling up, and on it goes. " * 400
MORE = " More."


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window, with whoever works at it agreeing to lose what could not be saved, at the end."""
    monkeypatch.setattr(prompts, "ask_to_lose", lambda *_about: True)
    monkeypatch.setattr(prompts, "ask_to_leave_open", lambda *_about: True)
    theme = Theme("light")
    theme.apply(qapp)
    preferences = Preferences(tmp_path / "preferences.ini")
    preferences.reviewer = "Inspector 2"
    made = MainWindow(theme, preferences)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.close()
    made.deleteLater()
    theme.deleteLater()
    qtbot.wait(1)


@pytest.fixture
def made_or_said(request: pytest.FixtureRequest) -> Iterator[Callable[..., Path]]:
    """Makes a disk; where this process may not, the row says that it was not run, and why."""
    with ExitStack() as stack:

        def make(fault: str, disk: object) -> object:
            try:
                return stack.enter_context(disk)  # type: ignore[arg-type]
            except CannotBeMadeError as error:
                tell_fault(fault, 0, 0, not_run=str(error))
                pytest.skip(f"{fault}: not run, since {error}")

        yield make  # type: ignore[misc]


@pytest.mark.parametrize("free", [0, 4096, 12288, 24576, 49152], ids="{}-bytes-free".format)
def test_a_full_disk_is_said_in_red_and_gone_on_from_by_itself(
    free: int, window: MainWindow, sample_path: Path, tmp_path: Path, qtbot: QtBot, made_or_said: Callable[..., Path]
) -> None:
    fault = "disk full under the window"
    disk = made_or_said(fault, small_disk(tmp_path / "disk", SIZE_OF_DISK))
    desk = Desk(window, Path(shutil.copy(sample_path, disk / "audit.ncpi")), qtbot)
    desk.type("Before. ")
    before = desk.acknowledged[-1]
    filler = fill(disk, free)
    desk.type(LONG)
    assert desk.is_told_not_saved("the disk is full", "the folder can't be written"), window.notices.text()
    assert desk.acknowledged[-1] == before
    assert desk.words == "Before. " + LONG
    assert text_in_file(desk.audit) == (before, "Before. ")
    desk.press(Qt.Key.Key_PageDown)
    assert desk.words == "Before. " + LONG  # the case stays on the desk
    filler.unlink()
    desk.wait_until_saved()
    assert window.notices.text() == ""
    assert text_in_file(desk.audit) == (desk.acknowledged[-1], "Before. " + LONG)
    window.close_audit()
    assert check(desk.audit).sound
    tell_fault(fault, 1, 0, bytes_free=free)


def closed_folder(path: Path) -> object:
    return closed(path.parent)


@pytest.mark.parametrize(("what", "close"), [("file", closed), ("folder", closed_folder)])
def test_what_is_closed_while_somebody_grades_is_said_and_gone_on_from(
    what: str, close: Callable[[Path], object], window: MainWindow, sample_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    fault = f"read-only {what} while grading in the window"
    (tmp_path / "work").mkdir()
    desk = Desk(window, Path(shutil.copy(sample_path, tmp_path / "work" / "audit.ncpi")), qtbot)
    desk.type("Before. ")
    before = desk.acknowledged[-1]
    with ExitStack() as stack:
        try:
            stack.enter_context(close(desk.audit))  # type: ignore[arg-type]
        except CannotBeMadeError as error:
            tell_fault(fault, 0, 0, not_run=str(error))
            pytest.skip(f"{fault}: not run, since {error}")
        desk.type(MORE)
        assert desk.is_told_not_saved("can't be written", "the disk reported an error"), window.notices.text()
        assert desk.acknowledged[-1] == before
        assert desk.words == "Before. " + MORE
    desk.wait_until_saved()
    assert text_in_file(desk.audit) == (desk.acknowledged[-1], "Before. " + MORE)
    tell_fault(fault, 1, 0)


@pytest.mark.parametrize("what", ["file", "folder", "file system"])
def test_what_can_only_be_read_is_opened_for_reading_and_says_so(
    what: str, window: MainWindow, sample_path: Path, tmp_path: Path, qtbot: QtBot, made_or_said: Callable[..., Path]
) -> None:
    fault = f"read-only {what} opened in the window"
    (tmp_path / "work").mkdir()
    audit = Path(shutil.copy(sample_path, tmp_path / "work" / "audit.ncpi"))
    if what == "file system":
        audit = made_or_said(fault, read_only_disk(tmp_path / "disk", audit.parent)) / audit.name
    else:
        made_or_said(fault, closed(audit if what == "file" else audit.parent))
    before = audit.read_bytes()
    desk = Desk(window, audit, qtbot)
    assert "open for reading only" in window.notices.text()
    desk.press(Qt.Key.Key_1)
    assert desk.acknowledged == []
    assert audit.read_bytes() == before
    window.close_audit()
    tell_fault(fault, 1, 0)


def delete(audit: Path) -> None:
    audit.unlink()


def rename(audit: Path) -> None:
    audit.rename(audit.with_name("elsewhere.ncpi"))


def replace(audit: Path) -> None:
    rename(audit)
    shutil.copy(audit.with_name("elsewhere.ncpi"), audit)


def rename_folder(audit: Path) -> None:
    audit.parent.rename(audit.parent.with_name("elsewhere"))


GONE: dict[str, Callable[[Path], None]] = {
    "deleted": delete,
    "renamed": rename,
    "replaced": replace,
    "in a folder that is renamed": rename_folder,
    "on a medium that is unmounted": lambda audit: unplug(audit.parent),
}


@pytest.mark.parametrize("how", GONE)
def test_nothing_is_acknowledged_once_the_file_is_gone(
    how: str, window: MainWindow, sample_path: Path, tmp_path: Path, qtbot: QtBot, made_or_said: Callable[..., Path]
) -> None:
    fault = f"file {how} under the window"
    folder = tmp_path / "work"
    if "medium" in how:
        made_or_said(fault, small_disk(folder, SIZE_OF_DISK))
    else:
        folder.mkdir()
    desk = Desk(window, Path(shutil.copy(sample_path, folder / "audit.ncpi")), qtbot)
    desk.type("Before. ")
    acknowledged = list(desk.acknowledged)
    GONE[how](desk.audit)
    refused: list[KnownError] = []
    desk.hub.save_failed.connect(refused.append)
    tried = 0
    for word in MORE.split():
        desk.type(word)
        tried += 1
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        desk.page.judgement.reasons.setFocus()
        desk.press(key)
        tried += 1
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.acknowledged == acknowledged
    assert len(refused) >= tried
    assert desk.is_told_not_saved("was moved, replaced or deleted"), window.notices.text()
    assert desk.words == "Before. More."
    if how == "renamed":
        desk.audit.with_name("elsewhere.ncpi").rename(desk.audit)
        desk.wait_until_saved()
        assert text_in_file(desk.audit) == (desk.acknowledged[-1], "Before. More.")
    tell_fault(fault, tried, 0)
