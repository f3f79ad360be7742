"""Opens a stranger's file as a table, whichever kind it is."""

from __future__ import annotations

from pathlib import Path

from ncpi_desktop.imports.tables.source_file import SourceKind, recognise, refused_source, unreadable
from ncpi_desktop.imports.tables.source_row import SourceTable
from ncpi_desktop.words import _


def open_table(path: Path, known: frozenset[str]) -> SourceTable:
    """Return the table in `path`; of a workbook the sheet that has most of the headings `known` (in plain form).

    Raises:
        FileRefusedError: it is no table, or can't be read soundly; it is untouched.
    """
    try:
        table = _table_in(path, known)
    except OSError as error:
        raise unreadable(path.name, error) from None
    if not table.headings:
        table.__exit__(None, None, None)
        raise refused_source(
            _("“{name}” has no rows.").format(name=path.name), _("Choose the file that holds the cases.")
        )
    return table


def _table_in(path: Path, known: frozenset[str]) -> SourceTable:
    kind = recognise(path)
    if kind is SourceKind.WORKBOOK:
        from ncpi_desktop.imports.tables.workbook_table import WorkbookTable

        return WorkbookTable(path, known)
    if kind is SourceKind.TEXT:
        from ncpi_desktop.imports.tables.text_table import TextTable

        return TextTable(path)
    raise refused_source(
        _("“{name}” is a database, not a table of cases.").format(name=path.name),
        _("Choose an Excel workbook (.xlsx) or a CSV file."),
    )
