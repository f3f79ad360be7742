"""Reads published results: one row an inspection and area (wide), or one row a grade (long)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ncpi_desktop.domain.errors import KnownError, RefusedError
from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.imports.tables.open_table import open_table
from ncpi_desktop.words import _

GRADES = ("outstanding", "good", "adequate", "requires-improvement", "inadequate")
"""The grade codes of every methodology, best first: earlier results can stand on another scale than this inspection's."""

GRADE_BY_WORDS = {plain_form(code): code for code in GRADES}
"""The grade codes by their words as people spell them."""
_ABOUT = ("force", "inspection kind", "fieldwork date", "published date", "assessed by", "area", "cases chosen")
_LONG = frozenset({"grade", "cases"})
_FIGURES = ("total", "percent good")
_KNOWN = frozenset((*_ABOUT, *_FIGURES, *GRADE_BY_WORDS, *_LONG))
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_BRITISH_DATE = re.compile(r"\b([0-9]{2})/([0-9]{2})/([0-9]{4})\b")
_ALL = frozenset({"", "all", "all areas", "total"})
MOST_ROWS = 10_000
SMALLEST_SCALE = 3


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """Results of one inspection over one area (empty for all). `counts` is by grade code; figures not published are None.

    `lists_grades` says that it comes from a long table, where a grade that is not listed has no case. `chosen` says how its cases were
    chosen, where that was told. `fieldwork` and `published` are (first day, last day) as far as they are known.
    """

    row: int
    area: str
    counts: Mapping[str, int] = field(default_factory=dict)
    total: int | None = None
    percent_good: float | None = None
    force: str = ""
    kind: str = ""
    assessed_by: str = ""
    chosen: str = ""
    fieldwork: tuple[date, date] | None = None
    published: tuple[date, date] | None = None
    lists_grades: bool = False


def read_results(path: Path) -> tuple[PublishedRow, ...]:
    """Return the rows of a table of results, wide or long; a long table becomes one row an area.

    Raises:
        FileRefusedError: it is no table, or can't be read soundly.
        RefusedError: it has no columns of results, a figure is no number, or its figures contradict each other.
    """
    with open_table(path, _KNOWN) as table:
        headings = [plain_form(heading) for heading in table.headings]
        rows: list[tuple[int, dict[str, str]]] = []
        for row in table.rows():
            if row.faults:
                raise _refused(path, row.number, row.faults[0][1])
            if len(rows) == MOST_ROWS:
                raise _refused(path, row.number, _("There are more rows than any table of results has"))
            rows.append((row.number, dict(zip(headings, (cell.strip() for cell in row.cells), strict=True))))
    if set(headings) >= _LONG:
        found = tuple(_long_rows(path, rows))
    elif set(headings) & {*GRADE_BY_WORDS, "percent good"}:
        found = tuple(_wide_row(path, number, cells) for number, cells in rows)
    else:
        raise RefusedError(
            _("“{name}” has no columns of results.").format(name=path.name),
            todo=_("Give the columns grade and cases, or a column for each grade, or percent_good."),
        )
    for result in found:
        if why := contradiction(result):
            raise _refused(path, result.row, why)
    return found


def _wide_row(path: Path, number: int, cells: Mapping[str, str]) -> PublishedRow:
    counts = {
        code: count
        for words, code in GRADE_BY_WORDS.items()
        if (count := _count(path, number, words, cells.get(words, ""))) is not None
    }
    area = cells.get("area", "")
    return PublishedRow(
        row=number,
        area="" if plain_form(area) in _ALL else area,
        counts=counts,
        total=_count(path, number, "total", cells.get("total", "")),
        percent_good=_percent(path, number, cells.get("percent good", "")),
        force=cells.get("force", ""),
        kind=cells.get("inspection kind", cells.get("kind", "")),
        assessed_by=cells.get("assessed by", ""),
        chosen=cells.get("cases chosen", ""),
        fieldwork=_days(cells.get("fieldwork date", "")),
        published=_days(cells.get("published date", "")),
    )


def _long_rows(path: Path, rows: list[tuple[int, dict[str, str]]]) -> Iterator[PublishedRow]:
    counts: dict[str, dict[str, int]] = {}
    totals: dict[str, int] = {}
    first: dict[str, int] = {}
    for number, cells in rows:
        area = "" if plain_form(cells.get("area", "")) in _ALL else cells["area"]
        grade = plain_form(cells["grade"])
        count = _count(path, number, "cases", cells["cases"])
        into = totals if grade in _ALL else counts.setdefault(area, {})
        key = area if grade in _ALL else GRADE_BY_WORDS.get(grade)
        first.setdefault(area, number)
        if key is None:
            raise _refused(
                path, number, _("This is not a grade: the grades are {grades}").format(grades=", ".join(GRADES))
            )
        if count is None:
            raise _refused(path, number, _("The number of cases is missing"))
        if key in into:
            raise _refused(path, number, _("The grade stands twice"))
        into[key] = count
    for area, number in first.items():
        yield PublishedRow(number, area, counts.get(area, {}), totals.get(area), lists_grades=True)


def contradiction(result: PublishedRow) -> str:
    """Return in what the figures of a row contradict each other, without a full stop; empty where they do not."""
    good, total = good_of(result), total_of(result)
    added = sum(result.counts.values())
    if is_full_split(result) and result.total is not None and added != result.total:
        return _("The grades add up to {added}, yet the total is {total}").format(added=added, total=result.total)
    if total is not None and added > total:
        return _("More cases are graded ({added}) than the total ({total})").format(added=added, total=total)
    if (
        result.percent_good is not None
        and good is not None
        and total
        and abs(100 * good / total - result.percent_good) > 1
    ):
        return _("{good} good of {total} is not {percent} per cent").format(
            good=good, total=total, percent=f"{result.percent_good:g}"
        )
    return ""


def is_full_split(result: PublishedRow) -> bool:
    """Whether every grade of its scale is known: at least three counts, as many as make up the total, or a list of grades."""
    if len(result.counts) >= SMALLEST_SCALE or (result.lists_grades and result.counts):
        return True
    return len(result.counts) > 1 and "good" in result.counts and result.total in (None, sum(result.counts.values()))


def good_of(result: PublishedRow) -> int | None:
    """Return how many were graded good or better; None where that was not published."""
    if "good" not in result.counts and not (result.lists_grades and result.counts):
        return None
    return result.counts.get("good", 0) + result.counts.get("outstanding", 0)


def total_of(result: PublishedRow) -> int | None:
    """Return how many were graded; None where that was not published."""
    if result.total is not None:
        return result.total
    return sum(result.counts.values()) if is_full_split(result) else None


def _count(path: Path, number: int, column: str, text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,7}", text):
        raise _refused(path, number, _("“{column}” is not a whole number").format(column=column))
    return int(text)


def _percent(path: Path, number: int, text: str) -> float | None:
    plain = text.removesuffix("%").strip()
    if not plain:
        return None
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?", plain) or float(plain) > 100:
        raise _refused(path, number, _("“percent_good” is not a percentage"))
    return float(plain)


def _days(text: str) -> tuple[date, date] | None:
    found = [_day(match) for match in _DATE.finditer(_BRITISH_DATE.sub(r"\3-\2-\1", text))]
    days = [day for day in found if day is not None]
    return (min(days), max(days)) if days else None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None


def _refused(path: Path, row: int, why: str) -> KnownError:
    return RefusedError(
        _("“{name}”, row {row}: {why}.").format(name=path.name, row=row, why=why.rstrip(".")),
        safe=_("Nothing was recorded."),
        todo=_("Correct the figures against what was published."),
    )
