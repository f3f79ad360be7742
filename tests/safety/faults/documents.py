"""Whether a document that was handed over is whole."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2


def is_whole_workbook(path: Path) -> bool:
    """Return whether each part of the workbook can be read to its end."""
    with zipfile.ZipFile(path) as archive:
        return archive.testzip() is None and "xl/workbook.xml" in archive.namelist()


def is_whole_report(path: Path) -> bool:
    """Return whether the report opens and has its pages."""
    with pypdfium2.PdfDocument(path) as document:
        return len(document) > 3
