"""Adds earlier inspections from a file: asks for it, reads it beside the window, and records what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ncpi_desktop.domain.errors import FileProtectedError, KnownError
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.ui.dialogs.unlock_prompt import UnlockPrompt
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.earlier_inspections import inspections_in, record_earlier

if TYPE_CHECKING:
    from ncpi_desktop.domain.record.file_key import FileKey


class AddingInspections(QObject):
    """One file after the other.

    Signals:
        added: how many inspections were recorded, in words.
        refused: a KnownError; nothing of the file was recorded.
    """

    added = Signal(str)
    refused = Signal(object)

    def __init__(self, theme: Theme, hub: AuditHub, background: Background, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._hub = hub
        self._background = background
        self._window = window
        self.prompt: UnlockPrompt | None = None

    def ask(self) -> None:
        """Ask for an audit file, or a table of published results."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self._window.window(),
            _("Add an inspection"),
            str(self._hub.session.path.parent),
            _("Audit files and tables (*.ncpi *.csv *.xlsx);;All files (*)"),
        )
        if chosen:
            self.add(Path(chosen))

    def add(self, path: Path, key: FileKey | None = None) -> None:
        """Read the file at `path` beside the window, and record what it holds; `key` is forgotten then."""
        inspection, methodology = self._hub.session.inspection, self._hub.session.methodology

        def work(_tick: Tick) -> tuple[InspectionFigures, ...]:
            try:
                return inspections_in(path, inspection, methodology, key)
            finally:
                if key is not None:
                    key.forget()

        self._background.run(
            _("Reading an earlier inspection…"), work, self._record, lambda error: self._failed(path, error)
        )

    def _record(self, found: tuple[InspectionFigures, ...]) -> None:
        recorded = 0
        for figures in found:
            try:
                self._hub.attempt(lambda session, one=figures: record_earlier(session, one))  # type: ignore[misc]
            except KnownError as error:
                self.refused.emit(error)
                return
            recorded += 1
        told = ngettext("{count} inspection is recorded.", "{count} inspections are recorded.", recorded)
        self.added.emit(told.format(count=recorded))

    def _failed(self, path: Path, error: KnownError) -> None:
        if not isinstance(error, FileProtectedError) or self.prompt is not None:
            self.refused.emit(error)
            return
        said = (
            _("“{name}” is protected by a passphrase.").format(name=path.name),
            _("Give its passphrase to read its figures."),
        )
        self.prompt = UnlockPrompt(
            self._theme, _("Add an inspection"), said, path, leave=_("Cancel"), parent=self._window.window()
        )
        self.prompt.given_up.connect(self._end_prompt)
        self.prompt.unlocked.connect(lambda key: self._unlocked(path, key))
        self.prompt.show()

    def _unlocked(self, path: Path, key: FileKey) -> None:
        self._end_prompt()
        self.add(path, key)

    def _end_prompt(self) -> None:
        if self.prompt is not None:
            self.prompt.end()
            self.prompt = None
