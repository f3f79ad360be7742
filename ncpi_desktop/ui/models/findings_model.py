"""The figures that header and overview show, drawn up once behind each change."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.workflows.summarising import findings_of

REST_MS: Final = 120
"""How long nothing must change before figures are drawn up again: grading by key never waits for them."""


class FindingsModel(QObject):
    """The findings of the open audit.

    Signals:
        drawn_up: the Findings after something changed.
    """

    drawn_up = Signal(object)

    def __init__(self, hub: AuditHub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.findings: Findings = findings_of(hub.session)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.draw_up)
        hub.changed.connect(lambda _changed: self._rest.start())
        hub.person_changed.connect(self._rest.start)

    def end(self) -> None:
        """The audit is about to be closed: draw nothing up any more."""
        self._rest.stop()

    def draw_up(self) -> None:
        """Draw them up now."""
        self._rest.stop()
        try:
            self.findings = findings_of(self._hub.session)
        except KnownError as error:
            self._hub.refused.emit(error)
            return
        self.drawn_up.emit(self.findings)
