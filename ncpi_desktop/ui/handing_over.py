"""Hands over the workbook and the report: asks where to, writes beside the window, says where they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.domain.casework.inspection import Inspection
    from ncpi_desktop.domain.record.file_key import FileKey

KeyCopy = Callable[[], "FileKey | None"]
"""Gives a key for work beside the window, at the moment when it begins."""

Document = Literal["workbook", "report"]

SUFFIXES: dict[Document, str] = {"workbook": ".xlsx", "report": ".pdf"}


def _no_key() -> None:
    return None


class HandingOver(QObject):
    """Exports from the window.

    Signals:
        handed_over: the path of a document that has been written and read back.
        failed: a KnownError; what stood there before is untouched.
        cancelled: the person stopped it; nothing was written.
    """

    handed_over = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, theme: Theme, background: Background, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._background = background
        self._window = window

    def ask(
        self,
        document: Document,
        audit: Path,
        inspection: Inspection,
        key: KeyCopy = _no_key,
        person: str = "",
        *,
        final: bool = False,
    ) -> None:
        """Ask for a place and write the document of the audit at that path there; `key` gives a copy of its key, if it has one.

        A `final` one bears no mark of a draft and tells of every case: whoever asks has seen to it that it may be written.
        """
        title = _("Export workbook") if document == "workbook" else _("Export report")
        proposed = audit.parent / proposed_name(inspection, document)
        target = prompts.ask_place_to_save(self._window, self._theme, title, proposed, SUFFIXES[document])
        if target is not None:
            self.write(document, audit, target, key(), person, final=final)

    def write(
        self,
        document: Document,
        audit: Path,
        target: Path,
        key: FileKey | None = None,
        person: str = "",
        *,
        final: bool = False,
    ) -> None:
        """Write the document beside the window, through a connection of its own; `key` is forgotten when it is written."""
        label = _("Writing the workbook…") if document == "workbook" else _("Writing the report…")

        def work(tick: Tick) -> Path:
            from ncpi_desktop.workflows.exporting import ExportOrder, export

            workbook, report = (target, None) if document == "workbook" else (None, target)
            order = ExportOrder(workbook=workbook, report=report, final=final)
            try:
                export(audit, order, tick, key=key, person=person)
            finally:
                if key is not None:
                    key.forget()
            return target

        self._background.run(label, work, self.handed_over.emit, self._report, self.cancelled.emit)

    def _report(self, error: KnownError) -> None:
        self.failed.emit(error)


def proposed_name(inspection: Inspection, document: Document) -> str:
    """Return a name such as *northshire-police-post-inspection-review.xlsx*, of letters, digits and hyphens alone."""
    force = re.sub(r"[^\w]+", "-", inspection.force.lower()).strip("-_") or "audit"
    return f"{force[:80]}-{inspection.kind.value}{SUFFIXES[document]}"
