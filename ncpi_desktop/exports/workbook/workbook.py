"""Hands over the findings as a workbook, internal edition: figures by sheet, and every case."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.errors import OutputNotWrittenError
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.exports.atomic_file import put_in_place
from ncpi_desktop.exports.workbook.areas_sheet import areas_sheet
from ncpi_desktop.exports.workbook.assembly import assemble
from ncpi_desktop.exports.workbook.cases_sheet import GRADE_COLUMN, cases_sheet
from ncpi_desktop.exports.workbook.cell_styles import CellStyles
from ncpi_desktop.exports.workbook.comparison_sheet import comparison_sheet, inspections_sheet
from ncpi_desktop.exports.workbook.cover_sheet import cover_sheet
from ncpi_desktop.exports.workbook.findings_sheet import findings_sheet
from ncpi_desktop.exports.workbook.long_texts_sheet import LongTexts
from ncpi_desktop.exports.workbook.notes_sheet import notes_sheet
from ncpi_desktop.exports.workbook.own_grades_sheet import own_agreement_sheet, own_grades_sheet, own_sets_sheet
from ncpi_desktop.exports.workbook.quality_sheet import quality_grades_sheet, quality_reasons_sheet, quality_sheet
from ncpi_desktop.exports.workbook.read_back import MismatchError, check_cases, check_tables
from ncpi_desktop.exports.workbook.reasons_sheet import reasons_by_area_sheet, reasons_sheet
from ncpi_desktop.exports.workbook.recommendations_sheet import recommendation_log_sheet, recommendations_sheet
from ncpi_desktop.exports.workbook.referrals_sheet import referrals_sheet
from ncpi_desktop.exports.workbook.row_stream import RowStream
from ncpi_desktop.exports.workbook.safe_text import one_line
from ncpi_desktop.exports.workbook.sheet_frame import about, frame
from ncpi_desktop.exports.workbook.stages_sheet import stages_sheet
from ncpi_desktop.exports.workbook.strategy_sheet import strategy_sheet
from ncpi_desktop.exports.workbook.summary_sheet import summary_sheet
from ncpi_desktop.exports.workbook.table_sheet import TableSheet
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from openpyxl import Workbook

# What comes of a file that is not as written, whoever reads it.
_UNREADABLE = (MismatchError, BadZipFile, zlib.error, ExpatError, SyntaxError, ValueError, KeyError)


def write_workbook(target: Path, findings: Findings, cases: Iterable[CaseLine]) -> None:
    """Write `findings` and `cases` to `target`, read it back, and only then put it in place.

    Cases are taken one at a time and never held. What their iterator raises passes through; whatever fails, what stood at `target`
    stays.

    Raises:
        OutputNotWrittenError: the disk or another program stands in the way, or the file does not read back as the findings.
    """
    from openpyxl import Workbook

    with put_in_place(target) as part, ExitStack() as stack:
        workbook = Workbook()
        styles = CellStyles(workbook)
        long_texts = LongTexts(styles, target.parent)
        stack.enter_context(long_texts.stream)

        def filled(sheet: TableSheet) -> RowStream:
            stream = stack.enter_context(RowStream(sheet, styles, long_texts, target.parent))
            _fill(stream)
            return stream

        counted = _Withheld(cases)
        streams = [filled(sheet) for sheet in _sheets(findings, counted)]
        cover = filled(cover_sheet(findings, [stream.sheet for stream in streams]))
        streams = [cover, *streams, *([long_texts.stream] if long_texts.stream.rows else [])]
        try:
            _frame_all(workbook, streams, findings)
            assemble(workbook, {stream.sheet.name: stream for stream in streams}, part)
            _check(part, streams, findings, counted.grades)
        except _UNREADABLE as error:
            raise _not_as_found(target, error) from error


def _sheets(findings: Findings, cases: Iterable[CaseLine]) -> list[TableSheet]:
    return [
        summary_sheet(findings),
        areas_sheet(findings),
        stages_sheet(findings),
        findings_sheet(findings),
        reasons_sheet(findings),
        reasons_by_area_sheet(findings),
        inspections_sheet(findings),
        comparison_sheet(findings),
        own_grades_sheet(findings),
        own_agreement_sheet(findings),
        own_sets_sheet(findings),
        strategy_sheet(findings),
        quality_sheet(findings),
        quality_grades_sheet(findings),
        quality_reasons_sheet(findings),
        referrals_sheet(findings),
        recommendations_sheet(findings),
        recommendation_log_sheet(findings),
        cases_sheet(findings, cases),
        notes_sheet(findings),
    ]


class _Withheld:
    """Hands cases on and counts those whose grade is not told: so many grades are missing from the sheet."""

    def __init__(self, cases: Iterable[CaseLine]) -> None:
        self._cases = cases
        self.grades = 0

    def __iter__(self) -> Iterator[CaseLine]:
        for line in self._cases:
            self.grades += line.is_closed and line.state is CaseState.SUBMITTED
            yield line


def _fill(stream: RowStream) -> None:
    for row in stream.sheet.rows:
        stream.add(row)
    if not stream.rows:
        stream.add((stream.sheet.nothing, *[None] * (len(stream.sheet.columns) - 1)))


def _frame_all(workbook: Workbook, streams: list[RowStream], findings: Findings) -> None:
    first, *others = streams
    sheet = workbook.worksheets[0]
    sheet.title = first.sheet.name
    frame(sheet, first, findings)
    for stream in others:
        frame(workbook.create_sheet(stream.sheet.name), stream, findings)
    _set_properties(workbook, findings)


def _set_properties(workbook: Workbook, findings: Findings) -> None:
    from openpyxl.packaging.custom import StringProperty

    inspection = findings.inspection
    properties = workbook.properties
    particulars: Any = workbook
    properties.title = _("Child protection case review: {about}").format(about=about(findings, 100))
    properties.subject = _("Findings and cases, internal edition")
    properties.creator = "NCPI Case Review"
    properties.category = inspection.marking.value
    properties.keywords = _("sample data") if inspection.is_sample else None
    properties.language = _("en-GB")  # a translation names its own language here
    properties.created = properties.modified = findings.provenance.drawn_up_at.astimezone(UTC).replace(tzinfo=None)
    for name, value in ((_("Marking"), inspection.marking.value), (_("Force"), one_line(inspection.force, 200))):
        particulars.custom_doc_props.append(StringProperty(name=name, value=value))


def _check(part: Path, streams: list[RowStream], findings: Findings, withheld: int) -> None:
    from openpyxl.utils import get_column_letter

    places = {stream.sheet.table: place for place, stream in enumerate(streams, start=1)}
    check_tables(part, [stream for stream in streams if stream.sheet.table not in ("Cases", "LongTexts")])
    member, column = f"xl/worksheets/sheet{places['Cases']}.xml", get_column_letter(GRADE_COLUMN + 1)
    check_cases(part, member, column, findings, withheld)


def _not_as_found(target: Path, error: Exception) -> OutputNotWrittenError:
    sheet = str(error) if isinstance(error, MismatchError) else ""
    happened = _("“{name}” was not handed over: read back, it did not show the findings.").format(name=target.name)
    if sheet:
        happened = _("“{name}” was not handed over: read back, its sheet “{sheet}” did not show the findings.").format(
            name=target.name, sheet=sheet
        )
    return OutputNotWrittenError(
        happened,
        safe=_("An earlier export of that name is as it was, and the audit file is untouched."),
        todo=_("Export again. If it happens twice, run “Check this file” on the History page."),
    )
