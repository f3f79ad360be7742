"""Puts the file together: the library's workbook, the rows that were streamed aside, and what the charts are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile

from ncpi_desktop.exports.workbook.row_stream import RowStream
from ncpi_desktop.exports.workbook.safe_text import plain_text
from ncpi_desktop.exports.workbook.table_sheet import ChartPlan

if TYPE_CHECKING:
    from openpyxl import Workbook

_DIMENSION: Final = re.compile(rb'<dimension ref="[A-Z0-9:]+" ?/>')
_END_OF_ROWS: Final = b"</sheetData>"
_TOO_LARGE_FOR_ZIP_32: Final = 2**31 - 2**20
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr"
_NUMBER_FORMAT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}numFmt"


def assemble(workbook: Workbook, streams: Mapping[str, RowStream], part: Path) -> None:
    """Write `workbook` to `part` with the rows of `streams`, by the title of their sheet."""
    from io import BytesIO

    skeleton = BytesIO()
    workbook.save(skeleton)
    rows = {sheet.path.removeprefix("/"): streams[sheet.title] for sheet in workbook.worksheets}
    drawings = _descriptions(workbook, streams)
    with ZipFile(skeleton) as source, ZipFile(part, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name in source.namelist():
            member = source.read(name)
            stream = rows.get(name)
            large = stream is not None and stream.size > _TOO_LARGE_FOR_ZIP_32
            with archive.open(name, "w", force_zip64=large) as out:
                if stream is not None:
                    _write_rows(out, member, stream)
                elif name in drawings:
                    out.write(_described(member, drawings[name]))
                else:
                    out.write(_own_formats(member) if name.startswith("xl/charts/") else member)


def _write_rows(out: IO[bytes], member: bytes, stream: RowStream) -> None:
    """Write a sheet with its rows after its header; a reader that trusts the dimension must find them all."""
    head, found, tail = member.partition(_END_OF_ROWS)
    head, replaced = _DIMENSION.subn(f'<dimension ref="{stream.dimension}"/>'.encode(), head, count=1)
    if not found or not replaced:
        raise ValueError("the library writes its sheets in another form than expected")
    out.write(head)
    stream.copy_to(out.write)
    out.write(found + tail)


def _descriptions(workbook: Workbook, streams: Mapping[str, RowStream]) -> dict[str, Sequence[ChartPlan]]:
    """Return the charts of each drawing; drawings are numbered in the order of the sheets that have one."""
    plans = [streams[sheet.title].sheet.charts for sheet in workbook.worksheets]
    with_charts = [charts for charts in plans if charts]
    return {f"xl/drawings/drawing{number}.xml": charts for number, charts in enumerate(with_charts, start=1)}


def _own_formats(member: bytes) -> bytes:
    """Return a chart whose labels keep their own number format, which the library leaves to the cells: no bar says 0."""
    from lxml import etree

    tree = etree.fromstring(member)
    for number_format in tree.iter(_NUMBER_FORMAT):
        number_format.set("sourceLinked", "0")
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _described(member: bytes, charts: Sequence[ChartPlan]) -> bytes:
    """Return a drawing whose charts have a name and an alternative text, which the library cannot give them."""
    from lxml import etree

    tree = etree.fromstring(member)
    for frame, plan in zip(tree.iter(_DRAWING), charts, strict=True):
        frame.set("name", plain_text(plan.title))
        frame.set("descr", plain_text(plan.description))
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
