"""One audit open in the window: its session, its hub, its figures and its pages, built together and ended together."""

from __future__ import annotations

import gc
from pathlib import Path

from PySide6.QtCore import QObject

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.record.backup import BackupPlace
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.audit_pages import AuditPages
from ncpi_desktop.ui.grade_looks import looks_of, segments_of
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.stacked_bar import Segment
from ncpi_desktop.workflows.session import AuditSession


class OpenAudit:
    """Everything that lives as long as one audit is open; `not_saved` holds the failure of the last change, until one is saved."""

    def __init__(self, session: AuditSession, theme: Theme, actions: Actions, parent: QObject) -> None:
        self.hub = AuditHub(session, parent)
        self.figures = FindingsModel(self.hub, self.hub)
        self.pages = AuditPages(theme, self.hub, self.figures, actions)
        self.not_saved: KnownError | None = None
        self.hub.save_failed.connect(self._note_failure)
        self.hub.saved.connect(lambda _time: self._note_failure(None))

    @classmethod
    def open(
        cls,
        path: Path,
        reviewer: str,
        theme: Theme,
        actions: Actions,
        parent: QObject,
        *,
        backups: BackupPlace | None = None,
    ) -> OpenAudit:
        """Open the audit at `path` in the name of `reviewer`.

        Raises:
            FileRefusedError: it is not a sound audit file; it is untouched.
        """
        session = AuditSession.open(path.resolve(), person=reviewer, backups=backups)
        if not session.name and session.inspection.is_sample:
            session.sign_in(_newcomers_name(session))
        return cls(session, theme, actions, parent)

    @property
    def path(self) -> Path:
        """Where the audit file is."""
        return self.hub.session.path

    @property
    def identity(self) -> str:
        """What the file is remembered by: the identity of its inspection."""
        return self.hub.session.inspection.identity

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
        self.figures.end()
        self.hub.blockSignals(True)  # What could not be saved is known to be lost: nobody is told a second time.
        self.pages.hide()
        self.pages.setParent(None)
        self.pages.deleteLater()
        self.hub.session.close()
        self.hub.deleteLater()

    def _note_failure(self, error: KnownError | None) -> None:
        self.not_saved = error


def _newcomers_name(session: AuditSession) -> str:
    """Return in whose place a newcomer tries the sample: the first inspector."""
    return next((person.name for person in session.people if Role.INSPECTOR in person.roles), "")
