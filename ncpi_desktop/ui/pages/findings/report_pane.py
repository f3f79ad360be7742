"""The report page by page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.words import _


class ReportPane(QWidget):
    """Hands the report over.

    Signals:
        case_wanted, cases_wanted: of every pane; the report leads to no case.
    """

    case_wanted = Signal(object)
    cases_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        hub: AuditHub,
        figures: FindingsModel,
        actions: Actions,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Report"))
        self.empty = EmptyState(
            theme, "file-text", _("The draft report, with everything graded so far."), _("Export report")
        )
        self.empty.button_pressed.connect(actions.export_report.trigger)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.empty)

    def shown(self) -> None:
        """Nothing to bring up to date yet."""

    def flush(self) -> None:
        """Nothing is typed here."""

    def unsaved(self) -> list[Any]:
        """Return nothing: nothing is typed here."""
        return []
