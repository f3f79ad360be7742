"""Reads the figures of inspections for a comparison: from audit files and from tables of published results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ncpi_desktop.domain.casework.force import same_force
from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind
from ncpi_desktop.domain.errors import FileDamagedError, RefusedError
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures, figures_of
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.imports.published_figures import TableFigures, figures_in, force_of
from ncpi_desktop.imports.results_table import read_results
from ncpi_desktop.imports.tables.source_file import SourceKind, recognise
from ncpi_desktop.words import _
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of

AUDIT_SUFFIX = ".ncpi"


@dataclass(frozen=True, slots=True)
class AuditFigures:
    """The figures of an audit file, with what a table or typed figures beside it are read by."""

    figures: InspectionFigures
    inspection: Inspection
    methodology: Methodology


def is_audit(path: Path, key: FileKey | None = None) -> bool:
    """Return whether `path` is to be read as an audit file: it has a key, the name of one, or is a database.

    Raises:
        FileRefusedError: it can't be read, or is a kind of file that holds neither an audit nor a table.
    """
    return key is not None or path.suffix.casefold() == AUDIT_SUFFIX or recognise(path) is SourceKind.DATABASE


def figures_of_audit(path: Path, key: FileKey | None = None) -> AuditFigures:
    """Return the figures of the audit at `path`, read from its kept counts; the file is opened for reading only.

    Raises:
        FileRefusedError: it is not a sound audit file; it is untouched.
        FileDamagedError: its kept counts contradict each other.
        FileProtectedError: it needs a passphrase, or `key` is not its key.
    """
    session = AuditSession.open(path, read_only=True, key=key)
    try:
        findings = findings_of(session)
        figures = figures_of(findings, source_name=path.name)
    except ValueError:  # More good than graded, or a reason given more often than cases were graded.
        raise FileDamagedError(
            _("The counts kept in “{name}” contradict each other.").format(name=path.name),
            safe=_("The file is untouched."),
            todo=_("Check it with “{command}”.").format(command="ncpi-desktop check"),
        ) from None
    finally:
        session.close()
    return AuditFigures(figures, findings.inspection, findings.methodology)


def figures_of_table(path: Path, force: str = "", methodology: Methodology | None = None) -> TableFigures:
    """Return every inspection of `force` that the table at `path` tells of; of its one force where none is named.

    Raises:
        FileRefusedError: it is no table, or can't be read soundly.
        WrongUseError: no force is named, and the table has several.
        RefusedError: it holds nothing of this force, or figures that contradict each other.
    """
    rows = read_results(path)
    named = force or force_of(path.name, rows)
    found = figures_in(path.name, rows, named, methodology)
    if not found.inspections:
        happened = (
            _("“{name}” holds no results of {force} over all areas.")
            if named
            else _("“{name}” holds no results over all areas.")
        )
        raise _nothing(happened.format(name=path.name, force=named))
    return found


def earlier_ones(found: TableFigures, path: Path, inspection: Inspection) -> TableFigures:
    """Return of a table those inspections that came before `inspection`.

    Dates are published by the month, so what the table tells of its month and later may be this inspection's own result. Where it has no
    date, inspections of another kind are taken if there are any, since its own kind may be itself.

    Raises:
        RefusedError: the table holds none.
    """
    kept = found.inspections
    start = inspection.fieldwork_start
    if start is not None:
        kept = tuple(one for one in kept if (one.first_day or date.min) < start.replace(day=1))
    elif inspection.kind is not InspectionKind.INSPECTION:
        kept = tuple(one for one in kept if one.kind is not inspection.kind) or kept
    if not kept:
        happened = _("“{name}” holds no results of {force} over all areas from before this inspection.")
        raise _nothing(happened.format(name=path.name, force=inspection.force))
    later = tuple(_of_this_or_later(one) for one in found.inspections if one not in kept)
    return TableFigures(kept, (*found.left_out, *later))


def without_those_read(found: TableFigures, read: Iterable[InspectionFigures]) -> TableFigures:
    """Return of a table those inspections that were not `read` already, from their audit files or from a table before it."""
    already = tuple(read)
    twice = [one for one in found.inspections if any(_is_same_inspection(one, other) for other in already)]
    told = tuple(
        _("{row} is left out: this inspection is compared from another file.").format(row=one.source_name)
        for one in twice
    )
    return TableFigures(tuple(one for one in found.inspections if one not in twice), (*found.left_out, *told))


def _of_this_or_later(one: InspectionFigures) -> str:
    return _("{row} is left out: it is of this inspection's own time, or later.").format(row=one.source_name)


def _is_same_inspection(one: InspectionFigures, other: InspectionFigures) -> bool:
    """Whether a row is of an inspection that was read: the same force and kind, and a month of its fieldwork."""
    if (
        one.first_day is None
        or other.first_day is None
        or not same_force(one.force or other.force, other.force or one.force)
    ):
        return False
    months = {(day.year, day.month) for day in (one.first_day, one.last_day) if day is not None}
    return one.kind in (None, other.kind) and (other.first_day.year, other.first_day.month) in months


def _nothing(happened: str) -> RefusedError:
    return RefusedError(happened, todo=_("Check the force's name and the dates, or type the published figures in."))
