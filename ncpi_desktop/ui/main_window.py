"""The window: rail, header, pages, menus. It opens and closes audits and passes on what people press."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ncpi_desktop.domain.errors import FileProtectedError, KnownError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.actions import COMMANDS, PAGE_KEYS, Actions
from ncpi_desktop.ui.application import PROGRAM
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.coming_back import ComingBack
from ncpi_desktop.ui.first_words import first_words
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
    from ncpi_desktop.domain.findings.selection import Selection
    from ncpi_desktop.domain.record.file_key import FileKey
    from ncpi_desktop.ui.finishing_desk import FinishingDesk
    from ncpi_desktop.ui.locking.locking import Locking
    from ncpi_desktop.ui.open_audit import OpenAudit
    from ncpi_desktop.ui.protection import ProtectionDesk
    from ncpi_desktop.ui.referral_desk import ReferralDesk

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

    def open_file(self, path: Path, key: FileKey | None = None, *, take_over: bool = False) -> bool:
        """Open the audit at `path` instead of the one open; return False, and say why, where it is refused.

        For a protected one without its `key`, ask for the passphrase, and open it later.
        """
        if self.audit is not None and self.audit.path == path.resolve():
            return True
        audit = self._opened(path, key, take_over=take_over)
        if audit is None:
            return False
        if not self.close_audit():
            audit.end()
            return False
        self._take_in(audit)
        return True

    def reopen(self, *, take_over: bool = False) -> bool:
        """Close the open audit and open it anew: it was written to from elsewhere, or may be worked in now."""
        if self.audit is None:
            return False
        path, key = self.audit.path, self.audit.copy_key()
        return self.close_audit(asks=False) and self.open_file(path, key, take_over=take_over)

    def go_on_in(self, copy: Path) -> bool:
        """Open `copy`, which holds all that is on screen, in place of the audit that could not be saved."""
        audit = self._opened(copy, self.audit.copy_key() if self.audit is not None else None)
        if audit is None:
            return False
        self._put_away()
        self._take_in(audit)
        return True

    def close_audit(self, *, asks: bool = True) -> bool:
        """Close the open audit; return False where something unsaved is on screen, or a referral open, and the person stays with it.

        Without `asks` nobody is asked about referrals: it comes back at once, or nobody is there to answer.
        """
        audit = self.audit
        if audit is None:
            return True
        audit.pages.flush_all()
        lost = audit.not_saved or (prompts.unsent_comment() if audit.pages.unsent else None)
        lost = lost or (prompts.reason_begun() if audit.pages.reason_begun else None)
        lost = lost or (prompts.status_begun() if audit.pages.status_begun else None)
        lost = lost or (prompts.answer_begun() if audit.pages.answer_begun else None)
        if lost is not None and not prompts.ask_to_lose(self, self.theme, lost):
            return False
        if asks and not self.referrals.may_be_left():
            return False
        self._put_away()
        return True

    def come_back(self) -> None:
        """Open the audit that was open when the program last ended without closing it, if it is free and at its place."""
        path = self.coming_back.file_to_reopen()
        if path is not None and path.is_file():
            self.open_file(path)

    def _opened(self, path: Path, key: FileKey | None, *, take_over: bool = False) -> OpenAudit | None:
        from ncpi_desktop.ui.open_audit import OpenAudit

        try:
            return OpenAudit.open(
                path,
                self.preferences.reviewer,
                self.theme,
                self.actions_,
                self.background,
                self,
                key,
                take_over=take_over,
                backups=self.preferences.backup_place,
            )
        except FileProtectedError:
            self._show_start()
            self.protection.ask_to_open(path)
            return None
        except KnownError as error:
            self._show_start()
            self.rescuing.tell(path, error, key)
            return None

    def _take_in(self, audit: OpenAudit) -> None:
        self.audit = audit
        self.preferences.note_file(audit.path)
        self._show_audit(audit)
        self.coming_back.begin(audit)
        self.backing_up.begin(audit)

    def _put_away(self) -> None:
        audit = self.audit
        if audit is None:
            return
        self.coming_back.end()
        self.backing_up.end()
        self.audit = None
        self._show_no_audit()
        audit.end()
        self.locking.end()

    def open_sample(self) -> None:
        """Open the sample; it is made first where there is none yet, and never overwritten."""
        path = self.sample_path()
        if path.exists():
            self.open_file(path)
            return

        def work(_tick: object) -> Path:
            from ncpi_desktop.workflows.sample import build_sample

            return build_sample(path)

        self.background.run(_("Making the sample audit…"), work, self._open_made, self.tell)

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
        self.protection.end()
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
        self.notices.listen(audit.hub, self.header.save_state, self.saving_trouble.save_copy)
        audit.pages.restore(self.preferences.place(audit.identity))
        self._show_figures(audit.figures.findings)
        self._follow()
        self._say_first_words(audit)
        self.locking.follow(audit)

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
        if code != self.rail.current():  # a page begins at its top, wherever the one before it was scrolled to
            self.page_frame.verticalScrollBar().setValue(0)
        self.rail.set_current(code)
        for page, action in self.page_actions.items():
            action.setChecked(page == code)
        if self.audit is not None:
            self.header.show_buttons(self.audit.pages.page_buttons)

    def _show_figures(self, findings: Findings) -> None:
        if self.audit is not None:
            self.header.show_progress(*self.audit.progress(findings))

    def _list_cases(self, selection: Selection) -> None:
        if self.audit is not None:
            self.audit.pages.list_cases(selection)

    def _follow(self) -> None:
        """After each change: what undo would take back, and who has joined."""
        if self.audit is None:
            return
        session = self.audit.hub.session
        self.team.follow(self.audit.hub)
        self.referrals.follow()
        self.finishing.follow()
        self.header.show_person(session.name, self.team.names(session))

    def _say_first_words(self, audit: OpenAudit) -> None:
        self.notices.clear()
        said = first_words(audit, self.commands, self.team, lambda take: self.reopen(take_over=take))
        if said is not None:
            self.notices.say(*said)

    # -- people

    def sign_in(self, name: str) -> None:
        """Let `name` be who works now, on this laptop from now on."""
        if self.audit is None or not name:
            return
        self.audit.pages.flush_all()
        self.audit.hub.sign_in(name)
        if not self.audit.hub.session.inspection.is_sample:
            self.preferences.reviewer = name
        self._say_first_words(self.audit)

    def tell(self, error: KnownError) -> None:
        """Say what happened, what is safe and what to do, in a box."""
        prompts.tell_error(self, self.theme, error)

    def _forget(self, path: Path) -> None:
        self.preferences.forget_file(path)
        self.start.show_recent(self.preferences.recent_files())

    # -- building

    @cached_property
    def protection(self) -> ProtectionDesk:
        """What asks for passphrases; made when it is first needed, so that the start does not wait for it."""
        from ncpi_desktop.ui.protection import ProtectionDesk

        return ProtectionDesk(self)

    @cached_property
    def locking(self) -> Locking:
        """What locks this window; made when an audit is first opened."""
        from ncpi_desktop.ui.locking.locking import Locking

        made = Locking(self)
        made.passphrase_wanted.connect(self.commands.say_no_passphrase)
        return made

    @cached_property
    def referrals(self) -> ReferralDesk:
        """What raises and lists referrals; made when an audit is first opened."""
        from ncpi_desktop.ui.referral_desk import ReferralDesk

        return ReferralDesk(self)

    @cached_property
    def finishing(self) -> FinishingDesk:
        """What finishes the inspection; made when an audit is first opened."""
        from ncpi_desktop.ui.finishing_desk import FinishingDesk

        return FinishingDesk(self)

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
        # Imported late: these draw in nothing of the disk, but belong behind the first paint all the same.
        from ncpi_desktop.ui.backing_up import BackingUp
        from ncpi_desktop.ui.rescuing import Rescuing
        from ncpi_desktop.ui.saving_trouble import SavingTrouble
        from ncpi_desktop.ui.team import Team
        from ncpi_desktop.ui.window_commands import WindowCommands

        self.coming_back = ComingBack(self.preferences, self)
        self.saving_trouble = SavingTrouble(self)
        self.rescuing = Rescuing(self.theme, self.background, self)
        self.rescuing.rescued.connect(self.open_file)
        self.team = Team(self.theme, self.actions_, self)
        self.backing_up = BackingUp(self)
        self.commands = WindowCommands(self)
        self.rail.page_chosen.connect(self.show_page)
        self.header.person_chosen.connect(self.sign_in)
        self.header.other_person_wanted.connect(self.commands.ask_who)
        self.header.referrals_wanted.connect(lambda: self.referrals.show_all())
        self.header.cases_wanted.connect(self._list_cases)
        self.start.file_chosen.connect(self.open_file)
        self.start.file_forgotten.connect(self._forget)

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
            RailEntry("quality", _("Quality"), "scale", PAGE_KEYS["quality"]),
            RailEntry("findings", _("Findings"), "file-text", PAGE_KEYS["findings"]),
            RailEntry("compare", _("Compare"), "git-compare-arrows", PAGE_KEYS["compare"]),
            RailEntry("history", _("History"), "history", PAGE_KEYS["history"]),
            RailEntry("referrals", _("Referrals"), "siren", PAGE_KEYS["referrals"]),
        ]

    def _file_commands(self) -> list[QAction]:
        named = [getattr(self.actions_, command.name) for command in COMMANDS if command.name not in _WITHOUT_FILE]
        return [*named, *self.page_actions.values()]
