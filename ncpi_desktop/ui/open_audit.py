"""One audit open in the window: its session, its hub, its figures and its pages, built together and ended together."""

from __future__ import annotations

import gc
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.errors import FileInUseError, KnownError
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.record.backup import BackupPlace
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.audit_pages import REVIEW, AuditPages
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.grade_looks import looks_of, segments_of
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.stacked_bar import Segment
from ncpi_desktop.workflows.looking_around import warning_about
from ncpi_desktop.workflows.one_writer import BEAT_EVERY
from ncpi_desktop.workflows.session import AuditSession, Changed


class OpenAudit:
    """Everything that lives as long as one audit is open; `not_saved` holds the failure of the last change, until one is saved."""

    def __init__(
        self, session: AuditSession, theme: Theme, actions: Actions, background: Background, parent: QObject
    ) -> None:
        self.hub = AuditHub(session, parent)
        self.figures = FindingsModel(self.hub, self.hub)
        self.pages = AuditPages(theme, self.hub, self.figures, actions, background)
        self.not_saved: KnownError | None = None
        self.in_use: FileInUseError | None = None
        self.warning = warning_about(session.path) if not session.inspection.is_sample else ""
        self._heart = QTimer(self.hub)
        self._heart.setInterval(int(BEAT_EVERY.total_seconds() * 1000))
        self._heart.timeout.connect(self.hub.beat)
        self._heart.start()
        self.hub.save_failed.connect(self._note_failure)
        self.hub.saved.connect(lambda _time: self._note_failure(None))

    @classmethod
    def open(
        cls,
        path: Path,
        reviewer: str,
        theme: Theme,
        actions: Actions,
        background: Background,
        parent: QObject,
        key: FileKey | None = None,
        *,
        take_over: bool = False,
        backups: BackupPlace | None = None,
    ) -> OpenAudit:
        """Open the audit at `path` in the name of `reviewer`; where somebody else works in it, for reading (`in_use` says who).

        A protected one is opened with its `key`, which is forgotten when it is closed. `take_over` takes a file that was left open on
        another machine; `backups` says where backups go.

        Raises:
            FileRefusedError: it is not a sound audit file; it is untouched.
            FileProtectedError: it needs a passphrase.
        """
        in_use = None
        resolved = path.resolve()
        try:
            session = AuditSession.open(resolved, person=reviewer, key=key, take_over=take_over, backups=backups)
        except FileInUseError as error:
            in_use = error
            session = AuditSession.open(resolved, person=reviewer, key=key, read_only=True, backups=backups)
        if not session.name and session.inspection.is_sample:
            session.sign_in(_newcomers_name(session))
        opened = cls(session, theme, actions, background, parent)
        opened.in_use = in_use
        return opened

    @property
    def after_crash(self) -> bool:
        """Whether the program had ended without closing this file."""
        writing = self.hub.session.writing
        return writing is not None and writing.after_crash

    @property
    def path(self) -> Path:
        """Where the audit file is."""
        return self.hub.session.path

    @property
    def identity(self) -> str:
        """What the file is remembered by: the identity of its inspection."""
        return self.hub.session.inspection.identity

    @property
    def is_protected(self) -> bool:
        """Whether it has a passphrase."""
        return self.hub.session.file.key is not None

    @property
    def is_resting(self) -> bool:
        """Whether its file is closed behind a curtain."""
        return self.hub.session.is_resting

    def copy_key(self) -> FileKey | None:
        """Return a key for work beside the window, which has to forget it; None where the file has no passphrase."""
        key = self.hub.session.file.key
        return key.copy() if key is not None else None

    def look_again(self) -> None:
        """Show what somebody else changed meanwhile."""
        moment = self.hub.session.clock()
        case = self.pages.review().current_case() if self.pages.code == REVIEW else None
        for changed in (Changed(None, moment), Changed(case, moment)):
            self.hub.changed.emit(changed)
        self.hub.person_changed.emit()

    def progress(self, findings: Findings) -> tuple[int, int, list[Segment]]:
        """Return how many cases are submitted, of how many, with which grades."""
        looks = looks_of(self.hub.session.methodology)
        return (
            findings.state_count(CaseState.SUBMITTED),
            findings.cases,
            segments_of(looks, findings.overall),
        )

    def end(self) -> None:
        """Close the file and take the pages away."""
        gc.unfreeze()
        self._heart.stop()
        self.figures.end()
        self.pages.end()
        self.hub.blockSignals(True)  # What could not be saved is known to be lost: nobody is told a second time.
        self.pages.hide()
        self.pages.setParent(None)
        self.pages.deleteLater()
        self.hub.session.close()
        if self.hub.session.file.key is not None:
            self.hub.session.file.key.forget()
        self.hub.deleteLater()

    def _note_failure(self, error: KnownError | None) -> None:
        self.not_saved = error


def _newcomers_name(session: AuditSession) -> str:
    """Return in whose place a newcomer tries the sample: the first inspector."""
    return next((person.name for person in session.people if Role.INSPECTOR in person.roles), "")
