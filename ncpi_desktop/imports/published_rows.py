"""What a row of published results is of: whose force, which inspection, which scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ncpi_desktop.domain.casework.force import same_force
from ncpi_desktop.domain.casework.inspection import InspectionKind
from ncpi_desktop.domain.methodology.lookup import find_by_code_or_label, plain_form
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.imports.methodology_file import bundled_methodology, methodology_codes
from ncpi_desktop.imports.results_table import GRADES, PublishedRow

_SELF_ASSESSED = "force self assessment"


def rows_of_force(rows: Iterable[PublishedRow], force: str) -> tuple[PublishedRow, ...]:
    """Return the rows of `force` that inspectors graded; a table that names no force is all of it."""
    return tuple(row for row in rows if is_of_force(row, force) and not is_self_assessed(row))


def is_of_force(row: PublishedRow, force: str) -> bool:
    """Whether a row is of `force`, or names none."""
    return not row.force or same_force(row.force, force)


def is_self_assessed(row: PublishedRow) -> bool:
    """Whether the force graded these cases itself."""
    return plain_form(row.assessed_by) == _SELF_ASSESSED


def kind_of(row: PublishedRow) -> InspectionKind | None:
    """Return the kind of inspection a row is of; None where it is not told."""
    return find_by_code_or_label(InspectionKind, row.kind)


def days_of(row: PublishedRow) -> tuple[date | None, date | None]:
    """Return the first and the last day of the fieldwork, or of publication where that alone is known."""
    return row.fieldwork or row.published or (None, None)


def in_order(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return counts by grade, the best first."""
    return tuple((code, counts[code]) for code in GRADES if code in counts)


def other_scale(split: Mapping[str, int], methodology: Methodology) -> str | None:
    """Return the methodology whose scale these grades are, where they can't be of `methodology`; else it is not known."""
    if not split or all(code in methodology.scale for code in split):
        return None
    scales = {code: bundled_methodology(code).scale.codes for code in methodology_codes()}
    return next((code for code, grades in scales.items() if set(split) == set(grades)), None)
