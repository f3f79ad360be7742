"""Reads recommendations of an earlier inspection from a table: one row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final, TypeVar

from ncpi_desktop.domain.casework.recommendation import MOST_PROGRESS, Origin, Recommendation, fit_text
from ncpi_desktop.domain.casework.recommendation_log import MOST_COMMENT, LogLine, Status, status_from
from ncpi_desktop.domain.casework.recommendation_words import deadline_from
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.imports.tables.open_table import open_table
from ncpi_desktop.words import _

COLUMNS: Final = ("number", "text", "particulars", "finding", "deadline", "status", "published", "comment", "progress")
MOST_ROWS: Final = 500
HIGHEST: Final = 9_999
EARLIEST_YEAR: Final = 1900
"""A day before is a slip of the pen, or a spreadsheet's way to write no day."""
_DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S")

Read = TypeVar("Read")


def read_recommendations_table(path: Path, today: date) -> tuple[Recommendation, ...]:
    """Return the recommendations that a csv or workbook lists, under the columns `COLUMNS`; text and deadline must be there.

    A status without a comment is kept as it stands; with one it becomes the first line of the log, on the day of publication, or on
    `today` where that is not known.

    Raises:
        FileRefusedError: it is no table, or can't be read soundly.
        RefusedError: a column or a deadline is missing, a status is unknown, a number stands twice, or a text is too long.
    """
    with open_table(path, frozenset(COLUMNS)) as table:
        headings = [plain_form(heading) for heading in table.headings]
        missing = [column for column in ("number", "text", "deadline") if column not in headings]
        if missing:
            raise RefusedError(
                _("“{name}” has no column “{column}”.").format(name=path.name, column=missing[0]),
                safe=_("Nothing was recorded."),
                todo=_("Its columns are {columns}.").format(columns=", ".join(COLUMNS)),
            )
        found: dict[int, Recommendation] = {}
        for row in table.rows():
            if row.faults:
                raise _refused(path, row.number, row.faults[0][1])
            if len(found) == MOST_ROWS:
                raise _refused(path, row.number, _("There are more rows than any report has recommendations"))
            cells = dict(zip(headings, (cell.strip() for cell in row.cells), strict=True))
            held = _recommendation(path, row.number, cells, today)
            if held.number in found:
                raise _refused(path, row.number, _("The number {n} stands twice").format(n=held.number))
            found[held.number] = held
    if not found:
        raise RefusedError(
            _("“{name}” lists no recommendation.").format(name=path.name), safe=_("Nothing was recorded.")
        )
    return tuple(found[number] for number in sorted(found))


def _recommendation(path: Path, row: int, cells: Mapping[str, str], today: date) -> Recommendation:
    def told(read: Callable[[], Read]) -> Read:
        try:
            return read()
        except RefusedError as error:
            raise _refused(path, row, error.happened, error.todo) from None

    text = told(lambda: fit_text(cells["text"]))
    if not text:
        raise _refused(path, row, _("The text is missing"))
    published = _day(path, row, cells.get("published", ""))
    if published is not None and published > today:
        raise _refused(path, row, _("The day of publication is in the future"))
    if published is not None and published.year < EARLIEST_YEAR:
        raise _refused(path, row, _("The day of publication lies before {year}").format(year=EARLIEST_YEAR))
    status = told(lambda: status_from(cells["status"])) if cells.get("status") else Status.AWAITING_REVIEW
    comment = told(lambda: fit_text(cells.get("comment", ""), most=MOST_COMMENT))
    at = datetime.combine(published or today, time(12), UTC)
    return Recommendation(
        number=_number(path, row, cells["number"]),
        origin=Origin.PREVIOUS,
        text=text,
        particulars=told(lambda: fit_text(cells.get("particulars", ""))),
        finding=told(lambda: fit_text(cells.get("finding", ""))),
        deadline=told(lambda: deadline_from(cells["deadline"])),
        status=status,
        progress=told(lambda: fit_text(cells.get("progress", ""), most=MOST_PROGRESS)),
        published_on=published,
        log=(LogLine(at, status, comment),) if comment else (),
    )


def _number(path: Path, row: int, text: str) -> int:
    plain = text.removesuffix(".0").removesuffix(".")
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 4 or not 1 <= int(plain) <= HIGHEST:
        raise _refused(path, row, _("“number” is not a whole number from 1 to {most}").format(most=HIGHEST))
    return int(plain)


def _day(path: Path, row: int, text: str) -> date | None:
    if not text:
        return None
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise _refused(path, row, _("“published” is not a day; write it like 2018-05-14"))


def _refused(path: Path, row: int, why: str, todo: str = "") -> RefusedError:
    return RefusedError(
        _("“{name}”, row {row}: {why}.").format(name=path.name, row=row, why=why.rstrip(".")),
        safe=_("Nothing was recorded."),
        todo=todo,
    )
