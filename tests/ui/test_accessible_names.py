"""Every control that takes the keyboard has a name for screen readers, on every page and in every dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.dialogs.about_dialog import AboutDialog
from ncpi_desktop.ui.dialogs.allocate_dialog import AllocateDialog
from ncpi_desktop.ui.dialogs.import_dialog import ImportDialog
from ncpi_desktop.ui.dialogs.interests_dialog import InterestsDialog
from ncpi_desktop.ui.dialogs.keys_dialog import KeysDialog
from ncpi_desktop.ui.dialogs.new_audit_dialog import NewAuditDialog
from ncpi_desktop.ui.dialogs.people_dialog import PeopleDialog
from ncpi_desktop.ui.dialogs.person_dialog import PersonDialog
from ncpi_desktop.ui.dialogs.practice_dialog import PracticeDialog
from ncpi_desktop.ui.dialogs.preferences_dialog import PreferencesDialog
from ncpi_desktop.ui.dialogs.reason_dialog import ReasonDialog
from ncpi_desktop.ui.dialogs.referral_dialog import ReferralDialog
from ncpi_desktop.ui.dialogs.sample_dialog import SampleDialog
from ncpi_desktop.ui.dialogs.unlock_prompt import UnlockPrompt
from ncpi_desktop.ui.main_window import MainWindow

PUBLISHED = {
    "overview": {"Overview", "Review", "History", "Export workbook", "Export report"},
    "review": {
        *("Cases", "Reasons", "Record", "Good", "Requires improvement", "Inadequate", "Add reason", "Cite"),
        *("Submit and next", "Next unanswered", "Rationale", "Search cases", "Refer to force"),
    },
    "findings": {"Findings", "Findings written", "New finding", "Export workbook", "Export report"},
    "compare": {"Compare", "Inspections", "What changed", "Add an inspection…", "Export workbook", "Export report"},
    "history": {"History"},
    "referrals": {"Referrals", "Refer to force", "Go to the case", "Acknowledged", "Close the referral"},
}
"""Names that documentation and scripts rely on."""

DIALOGS: dict[str, Callable[[MainWindow], QDialog]] = {
    "preferences": lambda w: PreferencesDialog(w.theme, w.preferences, w),
    "keys": lambda w: KeysDialog(w.theme, w),
    "about": lambda w: AboutDialog(w.theme, w),
    "new audit": lambda w: NewAuditDialog(w.theme, w.background, "", w),
    "import": lambda w: ImportDialog(w.theme, w.background, w.audit.path, "", w) if w.audit else QDialog(w),
    "people": lambda w: PeopleDialog(w.theme, w.audit.hub, w) if w.audit else QDialog(w),
    "person": lambda w: PersonDialog(w.theme, None, lambda _name, _roles, _active: None, w),
    "allocate": lambda w: AllocateDialog(w.theme, w.audit.hub, CaseKey(1), w) if w.audit else QDialog(w),
    "sample": lambda w: SampleDialog(w.theme, w.background, w.audit.hub, w) if w.audit else QDialog(w),
    "interests": lambda w: (
        InterestsDialog(w.theme, w.audit.hub, w.audit.hub.session.people[0], w) if w.audit else QDialog(w)
    ),
    "practice": lambda w: PracticeDialog(w.theme, w.audit.hub, w) if w.audit else QDialog(w),
    "refer": lambda w: ReferralDialog(w.theme, w.audit.hub, CaseKey(1), w) if w.audit else QDialog(w),
    "reason": lambda w: ReasonDialog(w.theme, "x", "It is open.", ("EX-02",), "Finish", lambda _why: None, w),
    "passphrase": lambda w: w.protection._dialog(w.audit) if w.audit else QDialog(w),
    "unlock": lambda w: UnlockPrompt(w.theme, "x", ("Locked.",), Path("a.ncpi"), leave="Cancel", parent=w),
    "prompt": lambda w: prompts.Prompt(w.theme, "x", ("It happened.",), "info", w),
}


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def focusable(root: QWidget) -> list[QWidget]:
    parts = [root, *root.findChildren(QWidget)]
    return [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(root)]


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(part).__name__} in {type(part.parentWidget()).__name__}"
        for part in focusable(root)
        if not name_of(part)
    ]


@pytest.mark.parametrize("page", PUBLISHED)
def test_every_control_of_a_page_has_a_name(open_window: MainWindow, page: str) -> None:
    open_window.show_page(page)
    assert len(focusable(open_window)) > 3
    assert nameless(open_window) == []


@pytest.mark.parametrize("page", PUBLISHED)
def test_published_names_are_there(open_window: MainWindow, page: str) -> None:
    open_window.show_page(page)
    names = {name_of(part) for part in open_window.findChildren(QWidget)}
    assert PUBLISHED[page] <= names
    assert "Save state" in names


def test_every_control_of_the_start_has_a_name(main_window: MainWindow) -> None:
    main_window.preferences.note_file(main_window.sample_path())
    main_window.start.show_recent(main_window.preferences.recent_files())
    assert len(focusable(main_window)) >= 5
    assert nameless(main_window) == []


@pytest.mark.parametrize("kind", DIALOGS)
def test_every_control_of_a_dialog_has_a_name(open_window: MainWindow, kind: str) -> None:
    dialog = DIALOGS[kind](open_window)
    if isinstance(dialog, prompts.Prompt):
        dialog.add_button("Close", accepts=True)
    dialog.setModal(False)
    dialog.show()
    assert focusable(dialog)
    assert nameless(dialog) == []
    assert dialog.accessibleName() or dialog.windowTitle()
    dialog.close()


def test_an_error_is_told_in_three_parts(main_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def read(prompt: prompts.Prompt) -> int:
        seen.append(prompt.accessibleDescription())
        return 0

    monkeypatch.setattr(prompts.Prompt, "exec", read)
    prompts.tell_error(main_window, main_window.theme, KnownError("It happened.", safe="All safe.", todo="Go on."))
    assert seen == ["It happened. All safe. Go on."]
