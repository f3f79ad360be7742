"""The window: rail, header, pages, menus. It opens and closes audits and passes on what people press."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QAction, QCloseEvent, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.actions import COMMANDS, PAGE_KEYS, Actions
from ncpi_desktop.ui.application import PROGRAM
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.menus import fill_menus, name_undo
from ncpi_desktop.ui.notices import Notices
from ncpi_desktop.ui.pages.start_page import StartPage
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.rail import Rail, RailEntry
from ncpi_desktop.ui.window_header import WindowHeader
from ncpi_desktop.ui.work_bar import WorkBar
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.domain.findings.findings import Findings
    from ncpi_desktop.ui.open_audit import OpenAudit

SMALLEST: Final = (1024, 640)
_WITHOUT_FILE: Final = frozenset({"new_audit", "open_audit", "open_sample", "quit", "preferences", "keys", "about"}) | {
    "larger_text",
    "smaller_text",
}


class MainWindow(QMainWindow):
    """One window, at most one open audit."""

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        *,
        sample_folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.preferences = preferences
        self.audit: OpenAudit | None = None
        self._sample_folder = sample_folder
        self.background = Background(self)
        self.actions_ = Actions(self, theme)
        self.page_actions = self._page_actions()
        fill_menus(self.menuBar(), self.actions_, list(self.page_actions.values()))
        self._build()
        self._connect()
        self._show_no_audit()
        self.setMinimumSize(*SMALLEST)
        self.resize(1366, 768)
        packed = preferences.geometry
        if packed is not None:
            self.restoreGeometry(packed)

    # -- opening and closing

    def open_file(self, path: Path) -> bool:
        """Open the audit at `path` instead of the one open; return False, and say why, where it is refused."""
        from ncpi_desktop.ui.open_audit import OpenAudit

        if self.audit is not None and self.audit.path == path.resolve():
            return True
        try:
            audit = OpenAudit.open(path, self.preferences.reviewer, self.theme, self.actions_, self)
        except KnownError as error:
            self._show_start()
            self.rescuing.tell(path, error)
            return False
        if not self.close_audit():
            audit.end()
            return False
        self.audit = audit
        self.preferences.note_file(path)
        self._show_audit(audit)
        return True

    def close_audit(self) -> bool:
        """Close the open audit; return False where something unsaved is on screen and the person stays with it."""
        audit = self.audit
        if audit is None:
            return True
        audit.pages.flush()
        if audit.not_saved is not None and not prompts.ask_to_lose(self, self.theme, audit.not_saved):
            return False
        self.preferences.keep_place(audit.identity, audit.pages.place())
        self.audit = None
        self._show_no_audit()
        audit.end()
        return True

    def open_sample(self) -> None:
        """Open the sample; it is made first where there is none yet, and never overwritten."""
        path = self.sample_path()
        if path.exists():
            self.open_file(path)
            return

        def work(_tick: object) -> Path:
            from ncpi_desktop.workflows.sample import build_sample

            return build_sample(path)

        self.background.run(_("Making the sample audit…"), work, self._open_made, self._tell)

    def _open_made(self, path: Path) -> None:
        self.open_file(path)

    def sample_path(self) -> Path:
        """Return where the sample audit stands, or will stand."""
        folder = self._sample_folder
        if folder is None:
            found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            folder = Path(found) if found and Path(found).is_dir() else Path.home()
        return folder / _("NCPI sample audit.ncpi")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what was typed, close the file, end every thread, remember the window."""
        if not self.close_audit():
            event.ignore()
            return
        self.background.close()
        self.preferences.geometry = self.saveGeometry()
        self.preferences.write()
        super().closeEvent(event)

    # -- pages

    def show_page(self, code: str) -> None:
        """Show a page of the open audit."""
        if self.audit is not None:
            self.audit.pages.show_page(code)

    def _show_audit(self, audit: OpenAudit) -> None:
        inspection = audit.hub.session.inspection
        self.setWindowTitle(_("{force} – {program}").format(force=inspection.force, program=PROGRAM))
        self.header.show_inspection(inspection)
        self.header.save_state.clear()
        self.page_frame.setWidget(audit.pages)
        self.stack.setCurrentWidget(self.page_frame)
        for part in (self.rail, self.header):
            part.show()
        for action in self._file_commands():
            action.setEnabled(True)
        audit.pages.page_shown.connect(self._page_shown)
        audit.pages.import_wanted.connect(self.actions_.import_cases.trigger)
        audit.figures.drawn_up.connect(self._show_figures)
        audit.hub.changed.connect(lambda _changed: self._follow())
        audit.hub.person_changed.connect(self._follow)
        self.notices.listen(audit.hub, self.header.save_state)
        audit.pages.restore(self.preferences.place(audit.identity))
        self._show_figures(audit.figures.findings)
        self._follow()
        self._say_first_words(audit)

    def _show_no_audit(self) -> None:
        self.setWindowTitle(PROGRAM)
        for part in (self.rail, self.header):
            part.hide()
        for action in self._file_commands():
            action.setEnabled(False)
        name_undo(self.actions_, None, None)
        self.notices.clear()
        self._show_start()

    def _show_start(self) -> None:
        if self.audit is None:
            self.start.show_recent(self.preferences.recent_files())
            self.stack.setCurrentWidget(self.start)

    def _page_shown(self, code: str) -> None:
        self.rail.set_current(code)
        for page, action in self.page_actions.items():
            action.setChecked(page == code)
        if self.audit is not None:
            self.header.show_buttons(self.audit.pages.page_buttons)

    def _show_figures(self, findings: Findings) -> None:
        if self.audit is not None:
            self.header.show_progress(*self.audit.progress(findings))

    def _follow(self) -> None:
        """After each change: what undo would take back, and who has joined."""
        if self.audit is None:
            return
        session = self.audit.hub.session
        name_undo(self.actions_, session.ledger.to_undo, session.ledger.to_redo)
        self.header.show_person(session.name, [person.name for person in session.people])

    def _say_first_words(self, audit: OpenAudit) -> None:
        session = audit.hub.session
        if session.read_only:
            self.notices.say(
                _("This file is open for reading only. Copy it to a folder you may write to, and open the copy.")
            )
        elif not session.name:
            self.notices.say(
                _("Nobody has signed in yet: each grade and reason is kept in somebody's name."),
                _("Say who is working"),
                self._ask_who,
            )

    # -- people

    def sign_in(self, name: str) -> None:
        """Let `name` be who works now, on this laptop from now on."""
        if self.audit is None or not name:
            return
        self.audit.pages.flush()
        self.audit.hub.sign_in(name)
        if not self.audit.hub.session.inspection.is_sample:
            self.preferences.reviewer = name
        self.notices.clear()

    def _ask_who(self) -> None:
        self.sign_in(prompts.ask_name(self, self.theme))

    # -- commands

    def _undo_or_redo(self, *, redo: bool) -> None:
        if self.audit is None:
            return
        self.audit.pages.flush()
        changed = self.audit.hub.redo() if redo else self.audit.hub.undo()
        if changed is not None and changed.case is not None:
            self.audit.pages.go_to_case(changed.case)

    def _export(self, document: str) -> None:
        if self.audit is None:
            return
        self.audit.pages.flush()
        self.handing_over.ask(
            "workbook" if document == "workbook" else "report",
            self.audit.path,
            self.audit.hub.session.inspection,
        )

    def _handed_over(self, path: Path) -> None:
        self.notices.say(
            _("“{name}” is written, and was read back and found right. It is in {folder}.").format(
                name=path.name, folder=path.parent
            ),
            _("Open folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            tone="action",
        )

    def _tell(self, error: KnownError) -> None:
        prompts.tell_error(self, self.theme, error)

    def _ask_for_file(self) -> None:
        recent = self.preferences.recent_files()
        chosen = prompts.ask_audit_to_open(self, recent[0].parent if recent else Path.home())
        if chosen is not None:
            self.open_file(chosen)

    def _forget(self, path: Path) -> None:
        self.preferences.forget_file(path)
        self.start.show_recent(self.preferences.recent_files())

    def _new_audit(self) -> None:
        from ncpi_desktop.ui.dialogs.new_audit_dialog import NewAuditDialog

        dialog = NewAuditDialog(self.theme, self.background, self.preferences.reviewer, self)
        made = dialog.exec() == NewAuditDialog.DialogCode.Accepted and dialog.made
        path = dialog.path
        dialog.deleteLater()
        if made and path is not None:
            self.open_file(path)

    def _import_cases(self) -> None:
        from ncpi_desktop.ui.dialogs.import_dialog import ImportDialog

        if self.audit is None:
            return
        path, name = self.audit.path, self.audit.hub.session.name
        self.audit.pages.flush()
        dialog = ImportDialog(self.theme, self.background, path, name, self)
        brought_in = dialog.exec() == ImportDialog.DialogCode.Accepted
        dialog.deleteLater()
        if brought_in and self.close_audit():
            self.open_file(path)
            self.notices.say(dialog.outcome, tone="action")

    def _show_preferences(self) -> None:
        from ncpi_desktop.ui.dialogs.preferences_dialog import PreferencesDialog

        dialog = PreferencesDialog(self.theme, self.preferences, self)
        dialog.exec()
        dialog.deleteLater()
        if self.audit is not None and not self.audit.hub.session.name:
            self.sign_in(self.preferences.reviewer)

    def _show_keys(self) -> None:
        from ncpi_desktop.ui.dialogs.keys_dialog import KeysDialog

        dialog = KeysDialog(self.theme, self)
        dialog.exec()
        dialog.deleteLater()

    def _show_about(self) -> None:
        from ncpi_desktop.ui.dialogs.about_dialog import AboutDialog

        dialog = AboutDialog(self.theme, self)
        dialog.exec()
        dialog.deleteLater()

    def _scale_text(self, by: int) -> None:
        self.theme.set_text_scale(self.theme.text_scale + by)
        self.preferences.text_scale = self.theme.text_scale

    def _other_pane(self) -> None:
        """Outside Review, F6 goes between the rail and the page."""
        code = self.rail.current()
        if self.audit is None or self.audit.pages.code == "review" or code is None:
            return
        button = self.rail.button(code)
        page = self.audit.pages.currentWidget()
        if button.hasFocus() and page is not None:
            page.setFocus()
            page.focusNextChild()
        else:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    # -- building

    def _build(self) -> None:
        self.rail = Rail(self.theme, self._rail_entries())
        self.header = WindowHeader(self.theme)
        self.start = StartPage(self.theme, self.actions_)
        self.stack = QStackedWidget()
        self.page_frame = (
            QScrollArea()
        )  # Scrolls where large text makes a page larger than the screen; else it is not seen.
        self.page_frame.setWidgetResizable(True)
        self.page_frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self.start, self.page_frame):
            self.stack.addWidget(part)
        self.notices = Notices(self.theme)
        self.work_bar = WorkBar(self.theme, self.background)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        column.addWidget(self.notices)
        column.addWidget(self.work_bar)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(inside)

    def _connect(self) -> None:
        # Imported late: this draws in nothing of the disk, but belongs behind the first paint all the same.
        from ncpi_desktop.ui.handing_over import HandingOver
        from ncpi_desktop.ui.rescuing import Rescuing

        act = self.actions_
        self.rescuing = Rescuing(self.theme, self.background, self)
        self.rescuing.rescued.connect(self.open_file)
        self.handing_over = HandingOver(self.theme, self.background, self)
        self.handing_over.handed_over.connect(self._handed_over)
        self.handing_over.failed.connect(self._tell)
        self.handing_over.cancelled.connect(
            lambda: self.notices.say(_("Cancelled: nothing was written."), tone="neutral")
        )
        self.rail.page_chosen.connect(self.show_page)
        self.header.person_chosen.connect(self.sign_in)
        self.header.other_person_wanted.connect(self._ask_who)
        self.start.file_chosen.connect(self.open_file)
        self.start.file_forgotten.connect(self._forget)
        for action, slot in (
            (act.open_audit, self._ask_for_file),
            (act.new_audit, self._new_audit),
            (act.open_sample, self.open_sample),
            (act.import_cases, self._import_cases),
            (act.close_audit, self.close_audit),
            (act.quit, self.close),
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

    def _from_anywhere(self, action: QAction) -> None:
        if self.audit is not None:
            self.audit.pages.do_from_anywhere(action)

    def _page_actions(self) -> dict[str, QAction]:
        made: dict[str, QAction] = {}
        for entry in self._rail_entries():
            action = QAction(entry.label, self)
            action.setObjectName(entry.code)
            action.setCheckable(True)
            action.setShortcut(QKeySequence(entry.shortcut))
            action.triggered.connect(lambda _checked=False, code=entry.code: self.show_page(code))
            self.addAction(action)
            made[entry.code] = action
        return made

    @staticmethod
    def _rail_entries() -> list[RailEntry]:
        return [
            RailEntry("overview", _("Overview"), "layout-dashboard", PAGE_KEYS["overview"]),
            RailEntry("review", _("Review"), "clipboard-check", PAGE_KEYS["review"]),
            RailEntry("history", _("History"), "history", PAGE_KEYS["history"]),
        ]

    def _file_commands(self) -> list[QAction]:
        named = [getattr(self.actions_, command.name) for command in COMMANDS if command.name not in _WITHOUT_FILE]
        return [*named, *self.page_actions.values()]
