"""What every pane of the page Findings is to the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.theme.theme import Theme


class Pane(QWidget):
    """One tab's contents; `build` puts them together once it knows what it works with. Where nothing is typed, nothing need be saved.

    Signals:
        case_wanted: the key of a case that should be opened in Review.
        cases_wanted: the Selection of cases that should be listed.
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
        self._theme = theme
        self._hub = hub
        self._figures = figures
        self._actions = actions
        self._background = background
        self.build()

    def build(self) -> None:
        """Make the parts of the pane, and lay them out."""
        raise NotImplementedError

    def shown(self) -> None:
        """Bring it up to date: it is about to be seen."""
        raise NotImplementedError

    def flush(self) -> object:
        """Save what has been typed and not yet been saved."""
        return True

    def unsaved(self) -> list[Any]:
        """Return what stands on screen and is not in the file."""
        return []

    def end(self) -> None:
        """The audit is about to be closed: nothing of the pane may go on."""


@dataclass(frozen=True, slots=True)
class PaneEntry:
    """One tab: its `code` in the place that is remembered, its words, and what loads the class when it is first seen."""

    code: str
    words: str
    load: Callable[[], type[Any]]
