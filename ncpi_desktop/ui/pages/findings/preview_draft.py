"""The draft behind the preview: drawn up beside the window, out of date after a change, forgotten when nobody may see it any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.background import Background, CancelledError, Tick
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.words import _
from ncpi_desktop.workflows.previewing import Extent, Preview, draw_up, extent_for
from ncpi_desktop.workflows.session import Changed

if TYPE_CHECKING:
    from ncpi_desktop.domain.record.file_key import FileKey

REST_MS: Final = 1500
"""How long nothing must change before a small audit is drawn up again by itself."""
BY_ITSELF_UP_TO: Final = 100
"""Cases up to which it is: laying them out takes some three seconds beside the window."""


@dataclass
class _Order:
    """One draft that was asked for; who asked may have lost interest meanwhile."""

    has_begun: bool = False
    is_unwanted: bool = False


class PreviewDraft(QObject):
    """Draws up the draft as whoever works here may see it. Nothing of it is ever put on the disk.

    Signals:
        drawn_up: a Preview: first of the first page alone where nothing is on screen yet, then of all pages.
        forgotten: the pages on screen may not be seen any more.
        changed: whether it is out of date, at work, or how far it is.
        failed: a KnownError; what is on screen stays.
    """

    drawn_up = Signal(object)
    forgotten = Signal()
    changed = Signal()
    failed = Signal(object)

    def __init__(self, hub: AuditHub, figures: FindingsModel, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._hub = hub
        self._figures = figures
        self._background = background
        self._order: _Order | None = None
        self._again = False
        self.preview: Preview | None = None
        self.is_stale = True
        self.share = 0.0
        self.rest = QTimer(self)
        self.rest.setSingleShot(True)
        self.rest.setInterval(REST_MS)
        hub.changed.connect(self._note)
        hub.person_changed.connect(lambda: self._note(Changed()))
        background.progressed.connect(self._moved)

    @property
    def is_working(self) -> bool:
        """Whether a draft is being drawn up, or waits for other work."""
        return self._order is not None

    @property
    def is_small(self) -> bool:
        """Whether it is drawn up again by itself behind a change."""
        return self._figures.findings.cases <= BY_ITSELF_UP_TO

    def ask(self) -> None:
        """Draw it up; where that is being done, once more behind it if the audit has changed since."""
        self.rest.stop()
        if self._hub.session.is_resting:
            return
        if self._order is not None:
            self._again = self.is_stale
            return
        self.is_stale = self._again = False
        self.share = 0.0
        self._order = _Order()
        extent = extent_for(self._figures.findings.cases)
        self._run(self._order, Extent.FIRST_PAGE if self.preview is None else extent, extent)
        self.changed.emit()

    def stop(self) -> None:
        """Draw up no more; what is on screen stays, and is out of date."""
        self.rest.stop()
        if self._order is not None:
            self._order.is_unwanted = True
            self._order, self._again, self.is_stale = None, False, True
            self.changed.emit()

    def forget(self) -> None:
        """Let go of the pages, and of those being drawn up."""
        self.stop()
        self.is_stale = True
        self.preview = None
        self.forgotten.emit()

    def _run(self, order: _Order, extent: Extent, wanted: Extent) -> None:
        session = self._hub.session
        path, person = session.path, session.name
        key: FileKey | None = session.file.key.copy() if session.file.key is not None else None

        def work(tick: Tick) -> Preview:
            order.has_begun = True  # Before that what is told of progress is of other work.

            def told(done: int, total: int) -> None:
                if order.is_unwanted:
                    raise CancelledError
                tick(done, total)

            try:
                return draw_up(path, extent, told, key=key, person=person)
            finally:
                if key is not None:
                    key.forget()

        self._background.run(
            _("Drawing up the preview…"),
            work,
            lambda made: self._made(order, made, wanted),
            lambda error: self._ended(order, error),
            lambda: self._ended(order, None),
            quiet=True,
        )

    def _made(self, order: _Order, made: Preview, wanted: Extent) -> None:
        if order.is_unwanted:
            return
        self.preview = made
        if made.extent is not wanted:
            self.drawn_up.emit(made)
            self._run(order, wanted, wanted)
            return
        self._order = None
        self.drawn_up.emit(made)
        if self._again:
            self.ask()
        self.changed.emit()

    def _ended(self, order: _Order, error: KnownError | None) -> None:
        if order.is_unwanted:
            return
        self._order, self._again, self.is_stale = None, False, True
        if error is not None:
            self.failed.emit(error)
        self.changed.emit()

    def _moved(self, done: int, total: int) -> None:
        if self._order is not None and self._order.has_begun and total:
            self.share = min(done / total, 1.0)
            self.changed.emit()

    def _note(self, changed: Changed) -> None:
        """After a change: it may be of who works here, or of what is read again; then pages may not be seen that were."""
        if changed.case is None:
            self.forget()
        self.is_stale = True
        if self._order is not None:
            self._again = True
        self.rest.start()
        self.changed.emit()
