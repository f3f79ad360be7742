"""Shows the draft of the report before it is handed over: drawn up in memory, page by page as pictures. All of it is for background threads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.exports.report.extent import Extent
from ncpi_desktop.exports.report.pages import PagePicture, draw_page, page_sizes
from ncpi_desktop.workflows.exporting import Tick, report_preview

__all__ = ["CASES_TOLD", "Extent", "PagePicture", "Preview", "draw_page", "draw_up", "extent_for"]

CASES_TOLD: Final = 300
"""Up to so many cases the preview is of the whole report; laying out 300 takes some ten seconds."""


@dataclass(frozen=True)
class Preview:
    """A report in memory: its bytes, how much of the report it is, and width and height of each page in points."""

    pdf: bytes
    extent: Extent
    sizes: tuple[tuple[float, float], ...]


def extent_for(cases: int) -> Extent:
    """Return how much of the report of an audit with so many cases is shown."""
    return Extent.WHOLE if cases <= CASES_TOLD else Extent.WITHOUT_CASES


def draw_up(path: Path, extent: Extent, tick: Tick, *, key: FileKey | None = None, person: str = "") -> Preview:
    """Draw up the draft of the audit at `path` as `person` may see it.

    Raises:
        KnownError: the audit can't be read, or the report can't be shown.
    """
    pdf = report_preview(path, extent, tick, key=key, person=person)
    return Preview(pdf, extent, page_sizes(pdf))
