"""Everything of a sheet but its rows: the lines above the table, the table, widths, charts, and how it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.exports.workbook.cell_styles import look_as_header, look_as_heading, put_text
from ncpi_desktop.exports.workbook.charts import bar_chart, chart_height
from ncpi_desktop.exports.workbook.row_stream import LINE_POINTS, RowStream, lines_of
from ncpi_desktop.exports.workbook.safe_text import one_line
from ncpi_desktop.exports.workbook.table_sheet import HEADER_ROW
from ncpi_desktop.words import _, ngettext

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

A4: Final = 9
POINTS_PER_CM: Final = 72 / 2.54
GAP_POINTS: Final = 2 * LINE_POINTS
SHORT_NAME: Final = 60
FILTER_BUTTON: Final = 2
GAP_WIDTH: Final = 3


def frame(sheet: Worksheet, stream: RowStream, findings: Findings) -> None:
    """Lay out `sheet` around the rows of `stream`, which follow the header once the workbook is put together."""
    _head(sheet, stream, findings)
    _table(sheet, stream)
    _charts(sheet, stream)
    _print_setup(sheet, stream, findings)


def notice_of(findings: Findings) -> str:
    """Return the line above every table: that it is sample data, or what the figures were drawn from."""
    if findings.inspection.is_sample:
        return _("Sample data: force, cases and people are invented.")
    provenance = findings.provenance
    return ngettext(
        "Drawn up {moment} UTC after {count} change in the audit file",
        "Drawn up {moment} UTC after {count} changes in the audit file",
        provenance.sequence,
    ).format(moment=f"{provenance.drawn_up_at:%Y-%m-%d %H:%M}", count=provenance.sequence)


def about(findings: Findings, longest: int = 200) -> str:
    """Return force, kind and time on one line."""
    inspection = findings.inspection
    parts = (one_line(inspection.force, longest), inspection.kind.label, inspection.fieldwork)
    return " · ".join(part for part in parts if part)


def _head(sheet: Worksheet, stream: RowStream, findings: Findings) -> None:
    from openpyxl.utils import get_column_letter

    told = stream.sheet
    marking = f"{findings.inspection.marking.value} · {about(findings)}"
    lines = (told.title, marking, one_line(told.sentence, 1_000), notice_of(findings))
    for row, line in enumerate(lines, start=1):
        cell = sheet.cell(row=row, column=1)
        put_text(cell, line)
        is_notice = row == len(lines)
        look_as_heading(
            cell,
            size=16 if row == 1 else 11,
            bold=row <= 2 or (is_notice and findings.inspection.is_sample),
            muted=is_notice and not findings.inspection.is_sample,
        )
    sheet.row_dimensions[1].height = 26
    needed = 1
    for place, (header, column) in enumerate(zip(told.headers, told.columns, strict=True), start=1):
        cell = sheet.cell(row=HEADER_ROW, column=place)
        put_text(cell, header)
        look_as_header(cell, figures=column.figures)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        needed = max(needed, lines_of(header, max(4, int(column.width) - FILTER_BUTTON)))
    sheet.row_dimensions[HEADER_ROW].height = LINE_POINTS * needed + 6


def _table(sheet: Worksheet, stream: RowStream) -> None:
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

    # Without columns of its own the library would name them by reading every row of the range.
    columns = [TableColumn(id=place, name=header) for place, header in enumerate(stream.sheet.headers, start=1)]
    sheet.add_table(
        Table(
            displayName=stream.sheet.table,
            name=stream.sheet.table,
            ref=stream.ref,
            tableColumns=columns,
            autoFilter=AutoFilter(ref=stream.ref),
            tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=False),
        )
    )


def _charts(sheet: Worksheet, stream: RowStream) -> None:
    from openpyxl.utils import get_column_letter

    told = stream.sheet
    beside = told.charts_beside
    letters = get_column_letter(len(told.columns) + 2) if beside else "A"
    row = HEADER_ROW + 1 if beside else stream.last_row + 2
    if beside:
        sheet.column_dimensions[get_column_letter(len(told.columns) + 1)].width = GAP_WIDTH
    for plan in told.charts:
        sheet.add_chart(bar_chart(sheet, plan, beside=beside), f"{letters}{row}")
        row = _row_below(row, chart_height(plan) * POINTS_PER_CM + GAP_POINTS, stream)


def _row_below(row: int, points: float, stream: RowStream) -> int:
    """Return the row that begins `points` below the top of `row`."""
    heights = stream.heights or []
    while points > 0:
        place = row - HEADER_ROW - 1
        points -= heights[place] if 0 <= place < len(heights) else LINE_POINTS
        row += 1
    return row


def _print_setup(sheet: Worksheet, stream: RowStream, findings: Findings) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    told = stream.sheet
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"{get_column_letter(1 + told.frozen_columns)}{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    if told.frozen_columns:
        sheet.print_title_cols = f"A:{get_column_letter(told.frozen_columns)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = told.pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.75
    _header_and_footer(sheet, told.title, findings)


def _header_and_footer(sheet: Worksheet, title: str, findings: Findings) -> None:
    header: Any = sheet.oddHeader
    footer: Any = sheet.oddFooter
    marking = findings.inspection.marking.value
    header.left.text = _printed(one_line(title, SHORT_NAME))
    header.center.text = footer.center.text = marking
    header.right.text = _printed(_("Sample data")) if findings.inspection.is_sample else None
    footer.left.text = _printed(one_line(findings.inspection.force, SHORT_NAME))
    footer.right.text = _("Page {page} of {pages}").format(page="&P", pages="&N")


def _printed(text: str) -> str:
    """Return `text` for a header or footer, where an ampersand begins a code."""
    return text.replace("&", "&&")
