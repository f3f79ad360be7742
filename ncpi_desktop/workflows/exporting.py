"""Hands over the workbook and the report: draws up the findings, writes them aside, reads back, puts in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from ncpi_desktop.domain.casework.case import Case, CaseKey, Entry
from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.errors import NotSavedError
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.grading.review import ReviewPurpose, ReviewState
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.exports.report.extent import Extent
from ncpi_desktop.storage.case_repository import case_keys_after, read_case, read_own_grade, read_own_stage_grades
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.storage.worklist_repository import worklist_row
from ncpi_desktop.words import _
from ncpi_desktop.workflows.blinding import closed_cases
from ncpi_desktop.workflows.earlier_inspections import recorded_series
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of

if TYPE_CHECKING:
    from ncpi_desktop.exports.report.material import Material

Made = TypeVar("Made")

PAGE = 500
BLOCKS: Final = 400
"""Half of the layout is told as done after so many blocks: how many there will be is not known before."""

Tick = Callable[[int, int], None]
"""Told how much is done, of how much; raises to stop the work, whose part file then goes."""


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to hand over; None leaves a document out. A report that is not `final` says on each page that it is a draft."""

    workbook: Path | None = None
    report: Path | None = None
    final: bool = False


def export(
    path: Path,
    order: ExportOrder,
    tick: Tick = lambda done, total: None,
    *,
    key: FileKey | None = None,
    person: str = "",
) -> Findings:
    """Write what `order` names from the audit at `path`, through a connection of its own: for a background thread.

    A draft tells of no first reading that is closed to `person`; to nobody by name, of none that is to be read again. A final document, a team
    lead's act, tells of all. Returns the findings that the documents show. An earlier export of the same name survives any failure.

    Raises:
        FileRefusedError: the audit can't be opened.
        OutputNotWrittenError: a document can't be written, or does not read back as the findings.
        NotSavedError: the audit kept changing while it was read.
    """
    session = AuditSession.open(path, person=person, read_only=True, key=key)
    try:
        return _of_one_moment(session, lambda findings: _write(session, order, findings, tick), final=order.final)[0]
    finally:
        session.close()


def report_preview(
    path: Path,
    extent: Extent,
    tick: Tick = lambda done, total: None,
    *,
    key: FileKey | None = None,
    person: str = "",
) -> bytes:
    """Return the draft of the report, or as much of it as `extent` says, as `export` would write it: in memory, for a background thread.

    Nothing of it reaches the disk, so that it is kept from others as well as the audit itself is. The file is closed before the pages are
    laid out. `tick` is told the cases read, which are half of the work, then as much again bit by bit.

    Raises:
        FileRefusedError: the audit can't be opened.
        NotSavedError: the audit kept changing while it was read.
    """
    from ncpi_desktop.exports.report.material import gather
    from ncpi_desktop.exports.report.report import write_report_to

    def gathered(findings: Findings) -> Material:
        lines = case_lines(session, findings) if extent is Extent.WHOLE else iter(())
        return gather(findings, _counted(lines, tick, 0, 2 * findings.cases))

    tick(0, 1)
    session = AuditSession.open(path, person=person, read_only=True, key=key)
    try:
        findings, material = _of_one_moment(session, gathered)
    finally:
        session.close()
    laid_out, total = count(1), 2 * max(1, findings.cases)
    stream = BytesIO()
    write_report_to(
        stream,
        material,
        extent=extent,
        tick=lambda: tick(total - int(total / 2 * BLOCKS / (BLOCKS + next(laid_out))), total),
    )
    tick(total, total)
    return stream.getvalue()


def _of_one_moment(
    session: AuditSession, act: Callable[[Findings], Made], *, final: bool = False
) -> tuple[Findings, Made]:
    """Do `act` with the findings, and again where the file moved on while it read; return them, and what it made."""
    for _attempt in range(3):
        findings = findings_of(session, final=final)
        findings = replace(findings, series=recorded_series(session, findings))
        try:
            return findings, act(findings)
        except _ChangedMeanwhileError:
            continue
    raise NotSavedError(
        _("The audit kept changing while it was exported."),
        safe=_("The audit is as it was; a document that was finished shows the state that its seal names."),
        todo=_("Export again when nobody is grading in this file."),
    )


def case_lines(session: AuditSession, findings: Findings, *, final: bool = False) -> Iterator[CaseLine]:
    """Yield every case in queue order, read page by page so that memory does not grow with the file.

    No lock is held between pages: someone may go on grading. The pages are then no longer of one moment, which is noticed here.
    """
    position = 0
    while True:
        with session.file.reading() as connection:
            if session.file.last_sequence() != findings.provenance.sequence:
                raise _ChangedMeanwhileError
            page = case_keys_after(connection, position, PAGE)
            cases = [case for _place, case in page]
            closed = frozenset() if final else closed_cases(session, cases)
            lines = [_closed_line(session, case) if case in closed else _line(session, case) for case in cases]
        if not page:
            return
        yield from lines
        position = page[-1][0]


class _ChangedMeanwhileError(Exception):
    """The file moved on while an export was reading it."""


def _write(session: AuditSession, order: ExportOrder, findings: Findings, tick: Tick) -> None:
    documents = sum(target is not None for target in (order.workbook, order.report))
    total = max(1, documents * findings.cases)

    if order.workbook is not None:
        from ncpi_desktop.exports.workbook.workbook import write_workbook

        write_workbook(
            order.workbook, findings, _counted(case_lines(session, findings, final=order.final), tick, 0, total)
        )
    if order.report is not None:
        from ncpi_desktop.exports.report.report import write_report

        already = findings.cases if order.workbook is not None else 0
        write_report(
            order.report,
            findings,
            _counted(case_lines(session, findings, final=order.final), tick, already, total),
            draft=not order.final,
        )
    tick(total, total)


def _counted(lines: Iterator[CaseLine], tick: Tick, already: int, total: int) -> Iterator[CaseLine]:
    for done, line in enumerate(lines, start=already):
        if done % 20 == 0:
            tick(done, total)
        yield line


def _line(session: AuditSession, key: CaseKey) -> CaseLine:
    connection = session.file.connection
    case = read_case(connection, key)
    row = worklist_row(connection, key)
    settled = current_review(connection, key, ReviewPurpose.SETTLEMENT)
    review = settled if settled is not None and settled.state is ReviewState.SUBMITTED else None
    if review is None:
        first = current_review(connection, key)
        review = first if first is not None and first.state is ReviewState.SUBMITTED else None
    own = read_own_grade(connection, key) if review is not None else None
    return CaseLine(
        case=case,
        state=row.state,
        inspector=session.person_named(review.reviewer if review is not None else case.allocated_to),
        review=review,
        own_grade=own[0] if own else None,
        own_rationale=own[1] if own else "",
        entry_words=_entry_words(case),
        own_stages=read_own_stage_grades(connection, key) if review is not None else (),
    )


def _closed_line(session: AuditSession, key: CaseKey) -> CaseLine:
    case = read_case(session.file.connection, key)
    row = worklist_row(session.file.connection, key)
    return CaseLine(replace(case, allocated_to=None), row.state, "", None, None, "", _entry_words(case), is_closed=True)


def _entry_words(case: Case) -> dict[int, str]:
    return {entry.key: words_of_entry(entry) for entry in case.entries}


def words_of_entry(entry: Entry) -> str:
    """Return where an entry stands, such as *Day 1, 00:50, Attendance*."""
    day = _("Day {day}").format(day=entry.day) if entry.day is not None else ""
    return ", ".join(part for part in (day, entry.time, entry.heading) if part)
