"""What a sheet shows, before it is a sheet: a title, a sentence, one table, and charts of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from ncpi_desktop.domain.methodology.grade import Grade, Scale
from ncpi_desktop.exports.workbook.safe_text import one_line

HEADER_ROW = 5
"""Title, marking, sentence and notice stand above; the header of the table is the same row on every sheet."""


@dataclass(frozen=True, slots=True)
class Percent:
    """A whole percentage; None is shown as *n/a*. Its n stands in the same row."""

    value: int | None


@dataclass(frozen=True, slots=True)
class Points:
    """A change in whole percentage points; None is shown as *n/a*."""

    value: int | None


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient of agreement, shown to two digits; None is shown as *n/a*. Its n stands in the same row."""

    value: float | None


@dataclass(frozen=True, eq=False)
class GradeWord:
    """A grade as its word in the colour of its tone. Made once for each grade and used again."""

    label: str
    tone: str


Value: TypeAlias = str | int | datetime | Percent | Points | Coefficient | GradeWord | None
"""What a cell may hold; times are UTC, None leaves it empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, its width in characters, and whether it holds figures, which stand at the right."""

    header: str
    width: float = 11
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One run of bars: the column it stands in, counted from 0, and the tone of its colour."""

    column: int
    tone: str


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """Bars of some rows of the table: of the whole (`stacked`, to 100 per cent) or each for itself.

    `rows` counts the table's rows from 0, end excluded; `labels` is the column of the bars' names. `description` is the alternative text.
    """

    title: str
    description: str
    labels: int
    series: tuple[Series, ...]
    rows: tuple[int, int]
    stacked: bool
    axis: str


@dataclass(frozen=True)
class TableSheet:
    """One sheet. `table` names the table in formulas and stays English; `nothing` is the only row of a table without rows.

    Charts stand below the table, or beside one that grows long. In print the frozen columns are repeated on each of `pages_wide`.
    """

    name: str
    table: str
    title: str
    sentence: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]
    nothing: str = ""
    charts: tuple[ChartPlan, ...] = ()
    charts_beside: bool = False
    frozen_columns: int = 0
    pages_wide: int = 1
    headers: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "headers", _unique(column.header for column in self.columns))


def grade_words(scale: Scale) -> dict[str, GradeWord]:
    """Return the word of each grade by its code."""
    return {grade.code: grade_word(grade) for grade in scale.grades}


def grade_word(grade: Grade) -> GradeWord:
    """Return `grade` as a cell shows it."""
    return GradeWord(grade.label, grade.tone)


def _unique(headers: Iterable[str]) -> tuple[str, ...]:
    """Return headers that a table accepts: on one line, not empty, none twice even in other letters' case."""
    found: list[str] = []
    taken: set[str] = set()
    for place, header in enumerate(headers, start=1):
        plain = one_line(header, 200) or str(place)
        name, number = plain, 2
        while name.casefold() in taken:
            name, number = f"{plain} ({number})", number + 1
        taken.add(name.casefold())
        found.append(name)
    return tuple(found)
