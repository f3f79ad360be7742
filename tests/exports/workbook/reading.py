"""Reads a finished workbook as its readers do, and holds it against the rules of an accessible, inert one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def table_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """Return the rows of the sheet's one table by header."""
    (table,) = sheet.tables.values()
    header, *rows = sheet[table.ref]
    names = [cell.value for cell in header]
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]


def frame_of(path: Path, name: str, **how: Any) -> pd.DataFrame:
    """Return a sheet as pandas reads it."""
    return pd.read_excel(path, sheet_name=name, header=4, keep_default_na=False, na_values=[""], **how)


def members(path: Path) -> dict[str, bytes]:
    """Return every part of the file by name."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lint_workbook(path: Path) -> list[str]:
    """Return every rule that the workbook breaks."""
    parts = members(path)
    workbook = load_workbook(path)
    found = [*_outside(parts), *_properties(workbook), *_charts(parts)]
    for sheet in workbook.worksheets:
        found += [f"{sheet.title}: {fault}" for fault in (*_sheet(sheet), *_table(sheet), *_print(sheet))]
    return found


def _outside(parts: dict[str, bytes]) -> list[str]:
    forbidden = re.compile(r"vba|externalLink|pivot|activeX|embeddings|connections", re.IGNORECASE)
    found = [name for name in parts if forbidden.search(name)]
    found += [name for name, data in parts.items() if name.endswith(".rels") and b'TargetMode="External"' in data]
    for name, data in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            tree = etree.fromstring(data)
            found += [f"{name}: a formula" for _cell in tree.iter(f"{MAIN}f")]
            rows = [int(row.get("r")) for row in tree.iter(f"{MAIN}row")]
            if rows != sorted(set(rows)):
                found.append(f"{name}: rows twice or out of order")
    return found


def _properties(workbook: Workbook) -> list[str]:
    held = workbook.properties
    found = [f"no {name}" for name in ("title", "language", "category", "creator") if not getattr(held, name)]
    if "Marking" not in workbook.custom_doc_props.names:
        found.append("no marking among the properties")
    if workbook.active.title != workbook.sheetnames[0]:
        found.append("does not open on its first sheet")
    return found


def _sheet(sheet: Worksheet) -> list[str]:
    found = []
    if sheet.sheet_state != "visible":
        found.append("hidden")
    if sheet.merged_cells.ranges:
        found.append("merged cells")
    if any(held.hidden for held in (*sheet.column_dimensions.values(), *sheet.row_dimensions.values())):
        found.append("hidden rows or columns")
    if not sheet["A1"].value:
        found.append("no title in A1")
    if "OFFICIAL" not in sheet["A2"].value:
        found.append("no marking")
    return found


def _table(sheet: Worksheet) -> list[str]:
    if len(sheet.tables) != 1:
        return [f"{len(sheet.tables)} tables"]
    (table,) = sheet.tables.values()
    left, top, right, bottom = range_boundaries(table.ref)
    headers = [sheet.cell(row=top, column=column).value for column in range(left, right + 1)]
    found = []
    if left != 1 or bottom <= top or (right, bottom) != (sheet.max_column, sheet.max_row):
        found.append(f"table {table.ref} is not the rest of the sheet")
    if table.autoFilter is None or table.autoFilter.ref != table.ref:
        found.append("filter does not cover the table")
    if not all(isinstance(header, str) and header.strip() and "\n" not in header for header in headers):
        found.append("a header is empty")
    if len({header.casefold() for header in headers}) != len(headers):
        found.append("a header occurs twice")
    if [column.name for column in table.tableColumns] != headers:
        found.append("the table's columns are not called as its header")
    for row in sheet.iter_rows(min_row=top + 1, min_col=1, max_col=1):
        if row[0].value is None:
            found.append(f"row {row[0].row} is blank at its beginning")
    return found


def _print(sheet: Worksheet) -> list[str]:
    found = []
    if sheet.page_setup.orientation != "landscape" or not sheet.sheet_properties.pageSetUpPr.fitToPage:
        found.append("does not print landscape and fitted")
    if sheet.print_title_rows != "$5:$5":
        found.append("does not repeat its header in print")
    if "&P" not in (sheet.oddFooter.right.text or "") or "&N" not in sheet.oddFooter.right.text:
        found.append("no page x of y")
    if "OFFICIAL" not in (sheet.oddHeader.center.text or "") or "OFFICIAL" not in (sheet.oddFooter.center.text or ""):
        found.append("prints no marking")
    return found


def _charts(parts: dict[str, bytes]) -> list[str]:
    found = []
    for name, data in parts.items():
        if name.startswith("xl/drawings/drawing"):
            for frame in etree.fromstring(data).iter(f"{DRAWING}cNvPr"):
                if len(frame.get("descr", "")) < 30 or frame.get("name", "").startswith("Chart "):
                    found.append(f"{name}: a chart without an alternative text")
    return found
