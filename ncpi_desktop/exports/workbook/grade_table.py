"""The columns that every table of grades shares: a count for each grade, per cent good, its n and its interval."""

from __future__ import annotations

from collections.abc import Iterable

from ncpi_desktop.domain.findings.findings import GradeCounts
from ncpi_desktop.domain.findings.sentences import interval_words
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.exports.workbook.table_sheet import ChartPlan, Column, Percent, Series, Value
from ncpi_desktop.words import _, ngettext

LONGEST_DESCRIPTION = 1_500


def grade_columns(scale: Scale) -> tuple[Column, ...]:
    """Return the columns: the grades best first, per cent good, how many were graded, the interval."""
    return (
        *(Column(grade.label, 14, figures=True) for grade in scale.grades),
        Column(_("Per cent good"), 11, figures=True),
        Column(_("Of graded (n)"), 11, figures=True),
        Column(_("95% interval"), 15),
    )


def grade_values(grades: GradeCounts) -> tuple[Value, ...]:
    """Return one row's values for `grade_columns`."""
    counts = (count for _code, count in grades.counts)
    return *counts, Percent(grades.percent_good), grades.graded, interval_words(grades.interval)


def grade_chart(
    title: str, rows: Iterable[tuple[str, GradeCounts]], scale: Scale, *, first_column: int, axis: str
) -> tuple[ChartPlan, ...]:
    """Return the chart of a table of grades, whose counts begin at `first_column`; none where there is nothing to show."""
    told = list(rows)
    if not any(grades.graded for _label, grades in told):
        return ()
    return (
        ChartPlan(
            title=title,
            description=_description(title, told, scale),
            labels=0,
            series=tuple(Series(first_column + place, grade.tone) for place, grade in enumerate(scale.grades)),
            rows=(0, len(told)),
            stacked=True,
            axis=axis,
        ),
    )


def _description(title: str, rows: list[tuple[str, GradeCounts]], scale: Scale) -> str:
    parts = []
    for label, grades in rows:
        told = ", ".join(f"{scale[code].label.lower()} {count}" for code, count in grades.counts)
        of = ngettext("{n} graded", "{n} graded", grades.graded).format(n=grades.graded)
        parts.append(f"{label}: {told} ({of})")
    words = _("{title}. A bar for each, parted by grade. {figures}.").format(title=title, figures="; ".join(parts))
    if len(words) <= LONGEST_DESCRIPTION:
        return words
    return _("{title}. A bar for each, parted by grade; the figures stand in the table of this sheet.").format(
        title=title
    )
