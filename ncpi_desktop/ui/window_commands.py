"""What the commands of the window do: the dialogs they open, the exports they ask for, undo and redo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QDialog

from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.handing_over import Document, HandingOver
from ncpi_desktop.ui.taking_out import TakingOut
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.ui.main_window import MainWindow


class WindowCommands(QObject):
    """Connects each command that is not of one page to what it does in `window`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._theme = window.theme
        self.handing_over = HandingOver(window.theme, window.background, window)
        self.handing_over.handed_over.connect(self._handed_over)
        self.handing_over.failed.connect(window.tell)
        self.handing_over.cancelled.connect(
            lambda: window.notices.say(_("Cancelled: nothing was written."), tone="neutral")
        )
        self.taking_out = TakingOut(window.theme, window.background, window)
        self.taking_out.taken_out.connect(self._open_anew)
        self.taking_out.failed.connect(window.tell)
        self._connect()

    def ask_who(self) -> None:
        """Ask who works here, and sign that person in."""
        self._window.sign_in(prompts.ask_name(self._window, self._theme))

    def say_no_passphrase(self) -> None:
        """Say that only a protected audit can be locked, and offer to protect it."""
        self._window.notices.say(
            _("Only an audit with a passphrase can be locked, and this one has none."),
            _("Set a passphrase"),
            self._window.protection.ask_to_change,
        )

    def _connect(self) -> None:
        window, act = self._window, self._window.actions_
        for action, slot in (
            (act.open_audit, self._ask_for_file),
            (act.new_audit, self._new_audit),
            (act.open_sample, window.open_sample),
            (act.import_cases, self._import_cases),
            (act.draw_sample, self._draw_sample),
            (act.take_words_out, self._take_words_out),
            (act.practice, self._show_practice),
            (act.refer, lambda: window.referrals.refer()),
            (act.referrals, lambda: window.referrals.show_all()),
            (act.export_final, lambda: window.finishing.export_final()),
            (act.finish, lambda: window.finishing.finish()),
            (act.resume, lambda: window.finishing.resume()),
            (act.passphrase, lambda: window.protection.ask_to_change()),
            (act.lock, lambda: window.locking.lock()),
            (act.close_audit, window.close_audit),
            (act.quit, window.close),
            (act.preferences, self._show_preferences),
            (act.keys, self._show_keys),
            (act.about, self._show_about),
            (act.next_pane, self._other_pane),
            (act.previous_pane, self._other_pane),
        ):
            action.triggered.connect(lambda _checked=False, do=slot: do())
        act.export_workbook.triggered.connect(lambda: self._export("workbook"))
        act.export_report.triggered.connect(lambda: self._export("report"))
        act.undo.triggered.connect(lambda: self._undo_or_redo(redo=False))
        act.redo.triggered.connect(lambda: self._undo_or_redo(redo=True))
        act.larger_text.triggered.connect(lambda: self._scale_text(10))
        act.smaller_text.triggered.connect(lambda: self._scale_text(-10))
        for action in (act.search_cases, act.next_to_do):
            action.triggered.connect(lambda _checked=False, done=action: self._from_anywhere(done))

    def _undo_or_redo(self, *, redo: bool) -> None:
        audit = self._window.audit
        if audit is None:
            return
        audit.pages.flush()
        changed = audit.hub.redo() if redo else audit.hub.undo()
        if changed is not None and changed.case is not None:
            audit.pages.go_to_case(changed.case)

    def _export(self, document: Document) -> None:
        audit = self._window.audit
        if audit is None:
            return
        audit.pages.flush()
        session = audit.hub.session
        self.handing_over.ask(document, audit.path, session.inspection, audit.copy_key, session.name)

    def _handed_over(self, path: Path) -> None:
        self._window.notices.say(
            _("“{name}” is written, and was read back and found right. It is in {folder}.").format(
                name=path.name, folder=path.parent
            ),
            _("Open folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            tone="action",
        )

    def _ask_for_file(self) -> None:
        recent = self._window.preferences.recent_files()
        chosen = prompts.ask_audit_to_open(self._window, recent[0].parent if recent else Path.home())
        if chosen is not None:
            self._window.open_file(chosen)

    def _new_audit(self) -> None:
        from ncpi_desktop.ui.dialogs.new_audit_dialog import NewAuditDialog

        window = self._window
        dialog = NewAuditDialog(self._theme, window.background, window.preferences.reviewer, window)
        made = dialog.exec() == NewAuditDialog.DialogCode.Accepted and dialog.made
        path, key = dialog.path, dialog.key
        dialog.deleteLater()
        if made and path is not None:
            window.open_file(path, key)

    def _import_cases(self) -> None:
        from ncpi_desktop.ui.dialogs.import_dialog import ImportDialog

        window, audit = self._window, self._window.audit
        if audit is None:
            return
        audit.pages.flush()
        session = audit.hub.session
        dialog = ImportDialog(
            self._theme, window.background, audit.path, session.name, window, key=audit.copy_key, beside=session
        )
        brought_in = dialog.exec() == ImportDialog.DialogCode.Accepted
        outcome = dialog.outcome
        dialog.deleteLater()
        if brought_in and window.reopen():
            window.notices.say(outcome, tone="action")

    def _draw_sample(self) -> None:
        from ncpi_desktop.ui.dialogs.sample_dialog import SampleDialog

        window, audit = self._window, self._window.audit
        if audit is None:
            return
        audit.pages.flush()
        dialog = SampleDialog(self._theme, window.background, audit.hub, window)
        dialog.exec()
        outcome = dialog.outcome
        dialog.deleteLater()
        if outcome:
            window.notices.say(outcome, tone="action")

    def _show_practice(self) -> None:
        from ncpi_desktop.ui.dialogs.practice_dialog import PracticeDialog

        audit = self._window.audit
        if audit is None:
            return
        audit.pages.flush()
        dialog = PracticeDialog(self._theme, audit.hub, self._window)
        dialog.exec()
        chosen = dialog.chosen
        dialog.deleteLater()
        if chosen is not None:
            audit.pages.go_to_case(chosen)

    def _take_words_out(self) -> None:
        audit = self._window.audit
        if audit is not None:
            audit.pages.flush()
            self.taking_out.ask(audit.hub.session)

    def _open_anew(self, outcome: str) -> None:
        """What is on screen, and what undo knows, still holds the words that were taken out."""
        window, audit = self._window, self._window.audit
        if audit is None:
            return
        name = audit.hub.session.name
        if window.reopen():
            window.sign_in(name)
            window.notices.say(outcome, tone="action")

    def _show_preferences(self) -> None:
        from ncpi_desktop.ui.dialogs.preferences_dialog import PreferencesDialog

        window = self._window
        self._show(PreferencesDialog(self._theme, window.preferences, window))
        if window.audit is not None:
            window.locking.follow(window.audit)
        if window.audit is not None and not window.audit.hub.session.name:
            window.sign_in(window.preferences.reviewer)

    def _show_keys(self) -> None:
        from ncpi_desktop.ui.dialogs.keys_dialog import KeysDialog

        self._show(KeysDialog(self._theme, self._window))

    def _show_about(self) -> None:
        from ncpi_desktop.ui.dialogs.about_dialog import AboutDialog

        self._show(AboutDialog(self._theme, self._window))

    @staticmethod
    def _show(dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()

    def _scale_text(self, by: int) -> None:
        self._theme.set_text_scale(self._theme.text_scale + by)
        self._window.preferences.text_scale = self._theme.text_scale

    def _other_pane(self) -> None:
        """Outside Review, F6 goes between the rail and the page."""
        window, audit = self._window, self._window.audit
        code = window.rail.current()
        if audit is None or audit.pages.code == "review" or code is None:
            return
        button = window.rail.button(code)
        page = audit.pages.currentWidget()
        if button.hasFocus() and page is not None:
            page.setFocus()
            if page.focusProxy() is None:
                page.focusNextChild()
        else:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def _from_anywhere(self, action: QAction) -> None:
        if self._window.audit is not None:
            self._window.audit.pages.do_from_anywhere(action)
