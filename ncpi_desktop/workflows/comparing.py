"""Sets an inspection beside others of any number: audit files, tables of published results, figures typed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ncpi_desktop.domain.casework.force import same_force
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures
from ncpi_desktop.domain.findings.comparing.series import Series, build_series
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.imports.published_figures import TableFigures
from ncpi_desktop.imports.typed_figures import typed_figures
from ncpi_desktop.words import _
from ncpi_desktop.workflows.reading_inspections import (
    AuditFigures,
    earlier_ones,
    figures_of_audit,
    figures_of_table,
    is_audit,
    without_those_read,
)

__all__ = ["compare", "typed_figures"]

Tick = Callable[[int, int], None]
"""Told how many files are read, of how many; raises to stop between two of them."""


def compare(
    path: Path,
    *others: Path,
    keys: Mapping[Path, FileKey] | None = None,
    typed: Sequence[str] = (),
    force: str = "",
    tick: Tick = lambda done, total: None,
) -> Series:
    """Compare the inspection in `path` with those in `others` and with `typed` figures, in order of time.

    `path` is an audit file, or a table: then every inspection that it tells of `force` is compared. Of a table among `others` those of
    the audit's force count that came before it; all those of another `force`. `keys` has a key for each protected audit file. For a
    background thread.

    Raises:
        KnownError: one of them can't be read, holds nothing to compare, is given twice, or contradicts itself; all are untouched.
    """
    every, known = (path, *others), keys or {}
    tables = [file for file in every if not is_audit(file, known.get(file))]
    _refuse_twice(tables)
    files = [file for file in every if file not in tables]
    audits = [figures_of_audit(file, known.get(file)) for file in _told(files, tick, 0, len(every))]
    newest = audits[0] if path not in tables else None
    for audit in audits:
        _refuse_ungraded(audit.figures, newest)
    read = [audit.figures for audit in audits]
    left_out: list[str] = []
    for file in _told(tables, tick, len(files), len(every)):
        table = without_those_read(_of_table(file, force, newest), read)
        read += table.inspections
        left_out += table.left_out
    read += [typed_figures(text, newest.methodology if newest else None) for text in typed]
    tick(len(every), len(every))
    if newest is not None:  # without a date it is the newest, and so the last one given
        read = [*(one for one in read if one is not newest.figures), newest.figures]
    return build_series(read, left_out)


def _told(files: Sequence[Path], tick: Tick, done: int, total: int) -> Iterator[Path]:
    """Yield `files` and tell before each how many of all are `done`."""
    for place, file in enumerate(files, start=done):
        tick(place, total)
        yield file


def _of_table(file: Path, force: str, newest: AuditFigures | None) -> TableFigures:
    if newest is None:
        return figures_of_table(file, force)
    of_force = force or newest.inspection.force
    found = figures_of_table(file, of_force, newest.methodology)
    return earlier_ones(found, file, newest.inspection) if same_force(of_force, newest.inspection.force) else found


def _refuse_twice(tables: Sequence[Path]) -> None:
    twice = next((file for place, file in enumerate(tables) if file in tables[:place]), None)
    if twice is not None:
        raise RefusedError(
            _("“{name}” is given twice: there is nothing to compare.").format(name=twice.name),
            safe=_("Nothing was changed."),
            todo=_("Leave it out once."),
        )


def _refuse_ungraded(figures: InspectionFigures, newest: AuditFigures | None) -> None:
    """Refuse an earlier audit without a graded case; the newest one may be in its first days."""
    if not figures.good.whole and (newest is None or figures is not newest.figures):
        raise RefusedError(
            _("“{name}” holds no graded case.").format(name=figures.source_name),
            todo=_("Choose the audit file of a finished inspection, or type the published figures in."),
        )
