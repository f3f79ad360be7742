"""Reads figures of an earlier inspection that somebody types: *2017 inspection=22 good, 20 requires improvement, 34 inadequate*.

Behind the label stand, with commas between them, any of: counts by grade (*22 good*), good of a total (*22/76* or *22 of 76*), a
percentage graded good (*29%* or *29% of 76*), a total (*of 76*). A month or year in the label says when: *January 2017*, *2017-01*, *2017*.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date

from ncpi_desktop.domain.errors import WrongUseError
from ncpi_desktop.domain.findings.comparing.figures import FiguresSource, InspectionFigures
from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.imports.cell_values import CellError, read_name
from ncpi_desktop.imports.published_figures import figures_of_row
from ncpi_desktop.imports.results_table import GRADE_BY_WORDS, PublishedRow, contradiction, good_of, total_of
from ncpi_desktop.words import _

LONGEST_TYPED = 1_000
_COUNT = r"([0-9]{1,7})"
_OF = re.compile(rf"{_COUNT}\s*(?:/|of)\s*{_COUNT}(?:\s+good)?\Z", re.IGNORECASE)
_PERCENT = re.compile(
    rf"([0-9]{{1,3}}(?:\.[0-9]{{1,6}})?)\s*(?:%|per\s+cent)(?:\s+good)?(?:\s*of\s*{_COUNT})?\Z", re.IGNORECASE
)
_TOTAL = re.compile(rf"(?:of|total)\s*{_COUNT}\Z", re.IGNORECASE)
_GRADE = re.compile(rf"{_COUNT}\s+(\D+)\Z")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?:-(0[1-9]|1[0-2]))?(?![0-9])")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WORD = re.compile(r"[a-z]+")


@dataclass(slots=True)
class _Typed:
    """What was gathered from the parts so far."""

    counts: dict[str, int] = field(default_factory=dict)
    total: int | None = None
    percent: float | None = None


def typed_figures(text: str, methodology: Methodology | None = None, force: str = "") -> InspectionFigures:
    """Return the figures of an inspection as `text` gives them: its label, “=” and the figures; grades are those of `methodology` where they fit.

    Raises:
        WrongUseError: it is not understood, or its figures contradict each other.
    """
    if len(text) > LONGEST_TYPED:
        raise _not_understood(_("They are longer than {most} characters").format(most=LONGEST_TYPED))
    label, equals, figures = text.rpartition("=")
    if not equals or not label.strip():
        raise _not_understood(_("A label and “=” are missing before the figures"))
    try:
        label = read_name(label)
    except CellError as error:
        raise _not_understood(str(error)) from None
    row = row_typed(figures)
    good, grades, scale_of = figures_of_row(row, methodology)
    first_day, last_day = days_in(label)
    own = methodology is None or scale_of is None or scale_of.code == methodology.code
    return InspectionFigures(
        label=label,
        source=FiguresSource.TYPED,
        good=good,
        force=force,
        methodology="" if own or scale_of is None else scale_of.code,
        scale=scale_of.scale if scale_of is not None else None,
        first_day=first_day,
        last_day=last_day,
        grades=grades,
    )


def row_typed(figures: str) -> PublishedRow:
    """Return typed figures, without their label, as a row of results.

    Raises:
        WrongUseError: they are not understood, or contradict each other.
    """
    typed = _Typed()
    for part in re.split(r"[,;]|\band\b", figures):
        if part.strip():
            _take(" ".join(part.split()), typed)
    row = PublishedRow(0, "", typed.counts, typed.total, typed.percent)
    if why := contradiction(row):
        raise _not_understood(why)
    counted = good_of(row) is not None and total_of(row)
    if not counted and row.percent_good is None:
        raise _not_understood(_("They hold neither a percentage graded good nor the counts to reckon it from"))
    return row


def days_in(label: str) -> tuple[date | None, date | None]:
    """Return the first and last day of the month or year that a label names; None for both where it names no year."""
    found = _YEAR.search(label)
    if found is None:
        return None, None
    year, month = int(found[1]), int(found[2] or 0)
    if not month:
        words = _WORD.findall(label.casefold())
        month = next((place for word in words for place, name in enumerate(_MONTHS, 1) if word in (name, name[:3])), 0)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _take(part: str, typed: _Typed) -> None:
    if found := _OF.match(part):
        _keep(typed, "good", int(found[1]))
        _keep_total(typed, int(found[2]))
    elif found := _PERCENT.match(part):
        if typed.percent is not None or float(found[1]) > 100:
            raise _not_understood(_("A percentage lies between 0 and 100 and stands once"))
        typed.percent = float(found[1])
        if found[2]:
            _keep_total(typed, int(found[2]))
    elif found := _TOTAL.match(part):
        _keep_total(typed, int(found[1]))
    elif (found := _GRADE.match(part)) and (grade := GRADE_BY_WORDS.get(_grade_words(found[2]))):
        _keep(typed, grade, int(found[1]))
    else:
        raise _not_understood(_("A part of them is neither counts by grade, good of a total, nor a percentage"))


def _grade_words(text: str) -> str:
    return plain_form(text).replace("requiring improvement", "requires improvement")


def _keep(typed: _Typed, grade: str, count: int) -> None:
    if grade in typed.counts:
        raise _not_understood(_("The grade stands twice"))
    typed.counts[grade] = count


def _keep_total(typed: _Typed, total: int) -> None:
    if typed.total not in (None, total):
        raise _not_understood(_("They hold two totals"))
    typed.total = total


def _not_understood(why: str) -> WrongUseError:
    return WrongUseError(
        _("The typed figures can't be used: {why}.").format(why=why.rstrip(".")),
        todo=_(
            "Write them like “2017 inspection=22 good, 20 requires improvement, 34 inadequate”, “2017=22/76” or “January 2017=29%”."
        ),
    )
