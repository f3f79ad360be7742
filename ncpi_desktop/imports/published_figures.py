"""Makes the figures of inspections from rows of published results: every inspection of one force, by area where that was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ncpi_desktop.domain.casework.force import same_force
from ncpi_desktop.domain.casework.inspection import months_words
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.findings.comparing.figures import AreaFigures, FiguresSource, InspectionFigures, label_of
from ncpi_desktop.domain.findings.comparing.share import Share, counted_share, published_share
from ncpi_desktop.domain.findings.findings import GradeCounts, grade_counts
from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.imports.cell_values import CellError, read_name
from ncpi_desktop.imports.methodology_file import bundled_methodology, methodology_codes
from ncpi_desktop.imports.published_rows import days_of, kind_of, rows_of_force
from ncpi_desktop.imports.results_table import PublishedRow, good_of, is_full_split, total_of
from ncpi_desktop.words import _

USUAL = "ncpi-2018"
"""Whose areas and grades a table is read by, where nothing says otherwise."""


@dataclass(frozen=True, slots=True)
class TableFigures:
    """The inspections that a table tells of, and a sentence for each row of the force that was left out."""

    inspections: tuple[InspectionFigures, ...]
    left_out: tuple[str, ...] = ()


def force_of(name: str, rows: Iterable[PublishedRow]) -> str:
    """Return the one force that a table is of; empty where it names none.

    Raises:
        WrongUseError: it names several.
    """
    forces = [row.force for row in rows if row.force]
    other = next((force for force in forces if not same_force(force, forces[0])), None)
    if other is not None:
        raise WrongUseError(
            _("“{name}” holds results of several forces.").format(name=name), todo=_("Name one with --force.")
        )
    return forces[0] if forces else ""


def figures_in(
    name: str, rows: Sequence[PublishedRow], force: str, methodology: Methodology | None = None
) -> TableFigures:
    """Return what the table called `name` tells of `force`, areas and grades as `methodology` has them.

    Rows of one kind and time are one inspection. Its figures over all areas are those of the row that names none; without such a row its areas are
    added up, where the table is of one force and has every grade of each.

    Raises:
        RefusedError: figures contradict each other, or an area is not known.
    """
    found: list[InspectionFigures] = []
    left_out: list[str] = []
    for of_one in _by_inspection(rows_of_force(rows, force)):
        overall = _overall(name, of_one)
        if overall is None or not _is_known(overall):
            left_out += [_left_out(name, row) for row in of_one if overall is None or row is overall]
            continue
        found.append(_figures(name, overall, of_one, methodology, left_out))
    return TableFigures(tuple(found), tuple(left_out))


def figures_of_row(
    row: PublishedRow, methodology: Methodology | None = None
) -> tuple[Share, GradeCounts | None, Methodology | None]:
    """Return the share graded good of a row, every grade where the split is known, and the methodology whose scale that is on."""
    good, total = good_of(row), total_of(row)
    share = counted_share(good, total) if good is not None and total else published_share(row.percent_good, total)
    split = row.counts if is_full_split(row) else {}
    scale_of = _methodology_of(split, methodology)
    return share, (grade_counts(scale_of.scale, split) if split and scale_of is not None else None), scale_of


def one_line(name: str, row: PublishedRow, text: str) -> str:
    """Return words of a row that are shown, as one line.

    Raises:
        RefusedError: they hold control characters, or are too long.
    """
    try:
        return read_name(text)
    except CellError as error:
        raise _refused(name, row, str(error)) from None


def _by_inspection(rows: Iterable[PublishedRow]) -> list[list[PublishedRow]]:
    found: dict[tuple[object, ...], list[PublishedRow]] = {}
    for row in rows:
        found.setdefault((plain_form(row.kind), row.fieldwork or row.published), []).append(row)
    return list(found.values())


def _overall(name: str, rows: Sequence[PublishedRow]) -> PublishedRow | None:
    overall = [row for row in rows if not row.area]
    if len(overall) > 1:
        why = _("The same inspection stands in row {row} already")
        raise _refused(name, overall[1], why.format(row=overall[0].row))
    if overall:
        return overall[0]
    areas = [row for row in rows if row.area]
    if any(row.force or not is_full_split(row) for row in areas):
        return None
    counts: dict[str, int] = {}
    for row in areas:
        for grade, count in row.counts.items():
            counts[grade] = counts.get(grade, 0) + count
    return replace(areas[0], area="", counts=counts, total=None, percent_good=None, lists_grades=True)


def _is_known(row: PublishedRow) -> bool:
    return row.percent_good is not None or (good_of(row) is not None and bool(total_of(row)))


def _figures(
    name: str,
    overall: PublishedRow,
    rows: Sequence[PublishedRow],
    methodology: Methodology | None,
    left_out: list[str],
) -> InspectionFigures:
    good, grades, scale_of = figures_of_row(overall, methodology)
    kind, (first_day, last_day) = kind_of(overall), days_of(overall)
    areas = _areas(name, rows, scale_of or methodology or bundled_methodology(USUAL), left_out)
    _refuse_areas_beyond(name, overall, good, grades, areas)
    own = methodology is None or scale_of is None or scale_of.code == methodology.code
    return InspectionFigures(
        label=label_of(kind, months_words(first_day, last_day)),
        source=FiguresSource.TABLE,
        good=good,
        source_name=_("{name}, row {row}").format(name=name, row=overall.row),
        force=one_line(name, overall, overall.force),
        kind=kind,
        methodology="" if own or scale_of is None else scale_of.code,
        scale=scale_of.scale if scale_of is not None else None,
        first_day=first_day,
        last_day=last_day,
        chosen=one_line(name, overall, overall.chosen),
        graded_by=one_line(name, overall, overall.assessed_by),
        grades=grades,
        areas=areas,
    )


def _methodology_of(split: Mapping[str, int], methodology: Methodology | None) -> Methodology | None:
    """Return the methodology on whose scale all these grades are: the one given, else the usual one, else the first that fits."""
    if not split:
        return methodology
    if methodology is not None and all(code in methodology.scale for code in split):
        return methodology
    codes = [USUAL, *(code for code in methodology_codes() if code != USUAL)]
    known = [bundled_methodology(code) for code in codes]
    exact = (found for found in known if set(found.scale.codes) == set(split))
    return next(exact, None) or next((f for f in known if all(code in f.scale for code in split)), None)


def _areas(
    name: str, rows: Iterable[PublishedRow], methodology: Methodology, left_out: list[str]
) -> tuple[AreaFigures, ...]:
    found: dict[str, AreaFigures] = {}
    for row in rows:
        if not row.area:
            continue
        area = methodology.find_area(row.area)
        if area is None and not row.force:
            codes = ", ".join(known.code for known in methodology.areas)
            raise _refused(
                name, row, _("This is not an area of this methodology; its areas are {areas}").format(areas=codes)
            )
        if area is None or not _is_known(row):
            left_out.append(_left_out(name, row))
            continue
        if area.code in found:
            raise _refused(name, row, _("The area {area} stands twice").format(area=area.label))
        good, grades, scale_of = figures_of_row(row, methodology)
        found[area.code] = AreaFigures(area, good, grades if scale_of is methodology else None)
    return tuple(found[area.code] for area in methodology.areas if area.code in found)


def _refuse_areas_beyond(
    name: str, row: PublishedRow, good: Share, grades: GradeCounts | None, areas: Sequence[AreaFigures]
) -> None:
    """Refuse areas that add up to more than all together: cases, cases graded good, or cases of one grade."""
    pairs = [
        (_("cases"), sum(area.good.whole or 0 for area in areas), good.whole),
        (_("cases graded good"), sum(area.good.part or 0 for area in areas), good.part),
    ]
    if grades is not None:
        for code, count in grades.counts:
            pairs.append((_("cases of one grade"), sum(area.grades.of(code) for area in areas if area.grades), count))
    for what, added, together in pairs:
        if together is not None and added > together:
            why = _("The areas add up to more {what} ({added}) than all together have ({together})")
            raise _refused(name, row, why.format(what=what, added=added, together=together))


def _left_out(name: str, row: PublishedRow) -> str:
    if row.area:
        told = _(
            "“{name}”, row {row}, is left out: its cases are neither all nor those of one area, or its share is not known."
        )
    else:
        told = _("“{name}”, row {row}, is left out: neither the counts nor the percentage graded good are known.")
    return told.format(name=name, row=row.row)


def _refused(name: str, row: PublishedRow, why: str) -> RefusedError:
    return RefusedError(
        _("“{name}”, row {row}: {why}.").format(name=name, row=row.row, why=why.rstrip(".")),
        safe=_("Nothing was recorded."),
        todo=_("Correct the figures against what was published."),
    )
