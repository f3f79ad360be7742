"""Takes the results of an earlier inspection from its audit file, or from a table of published results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind, PreviousResults, months_words
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.comparing.figures import label_of
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.imports.methodology_file import bundled_methodology
from ncpi_desktop.imports.published_rows import days_of, in_order, kind_of, other_scale, rows_of_force
from ncpi_desktop.imports.results_table import GRADES, PublishedRow, good_of, is_full_split, read_results, total_of
from ncpi_desktop.imports.tables.source_file import SourceKind, recognise
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.words import _
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of


def previous_from(source: Path, inspection: Inspection, *, key: FileKey | None = None) -> PreviousResults:
    """Return what `source` says of the inspection before `inspection`: another audit file, or a table of published results.

    With a `key`, `source` is a protected audit file.

    Of a table with several inspections, those of the same force are looked at, and the latest before this one is taken. Counts
    that were not published stay None, and nothing can then be claimed of chance.

    Raises:
        FileRefusedError: the source is neither, or can't be read soundly; it is untouched.
        RefusedError: it holds nothing of this force, nothing graded, or figures that contradict each other.
    """
    if key is not None or recognise(source) is SourceKind.DATABASE:
        return _from_audit(source, key)
    rows = read_results(source)
    own = rows_of_force(rows, inspection.force)
    chosen = _latest_before(inspection, [row for row in own if not row.area])
    if chosen is None:
        areas = [row for row in own if row.area and row.counts]
        if not areas or not all(is_full_split(row) for row in areas) or any(row.force for row in areas):
            raise _nothing_of(source, inspection)
        chosen = _summed(areas)
    return _results(source, chosen, own, inspection)


def _from_audit(source: Path, key: FileKey | None) -> PreviousResults:
    session = AuditSession.open(source, read_only=True, key=key)
    try:
        findings = findings_of(session)
    finally:
        session.close()
    if not findings.overall.graded:
        raise RefusedError(
            _("“{name}” holds no graded case.").format(name=source.name),
            todo=_("Choose the audit file of a finished inspection, or type the published figures in."),
        )
    earlier = findings.inspection
    return PreviousResults(
        identity=fresh_identity(),
        label=label_of(earlier.kind, earlier.fieldwork),
        kind=earlier.kind,
        methodology=earlier.methodology,
        counts=findings.overall.counts,
        area_counts=tuple((found.area.code, found.grades.counts) for found in findings.areas if found.grades.graded),
        good=findings.overall.good,
        total=findings.overall.graded,
        stage_counts=tuple((found.stage.code, found.grades.counts) for found in findings.stages),
        reason_counts=tuple((found.reason.code, found.cases) for found in findings.reasons),
        force=earlier.force,
        inspection_identity=earlier.identity,
        case_choice=earlier.case_choice,
        fieldwork_start=earlier.fieldwork_start,
        published_on=earlier.published_on,
    )


def _results(
    source: Path, chosen: PublishedRow, own: Iterable[PublishedRow], inspection: Inspection
) -> PreviousResults:
    good, total = good_of(chosen), total_of(chosen)
    if not total or good is None:
        good = total = None
    if good is None and chosen.percent_good is None:
        raise RefusedError(
            _("“{name}”, row {row}: neither the counts nor the percentage graded good were published.").format(
                name=source.name, row=chosen.row
            ),
            todo=_("Type the published figures in instead."),
        )
    kind = kind_of(chosen)
    split = dict(chosen.counts) if is_full_split(chosen) else {}
    methodology = bundled_methodology(inspection.methodology)
    areas = _area_counts(source, chosen, own, methodology) if split else ()
    _refuse_areas_beyond(source, chosen, areas)
    return PreviousResults(
        identity=fresh_identity(),
        label=label_of(kind, months_words(*days_of(chosen))),
        kind=kind,
        methodology=other_scale(split, methodology),
        counts=in_order(split),
        area_counts=areas,
        good=good,
        total=total,
        percent_good=None if good is not None else chosen.percent_good,
    )


def _latest_before(inspection: Inspection, rows: list[PublishedRow]) -> PublishedRow | None:
    """Return the latest row that is of an earlier inspection; where dates do not tell, one of another kind comes first."""
    before = inspection.fieldwork_start
    if before is not None:
        # Dates are published by the month, so this inspection's own results must not pass for earlier ones.
        rows = [row for row in rows if _day_of(row) < before.replace(day=1)]
    other = [row for row in rows if kind_of(row) is not inspection.kind]
    if before is None and inspection.kind is not InspectionKind.INSPECTION and other:
        rows = other
    return max(rows, key=lambda row: (_day_of(row), len(row.counts)), default=None)


def _day_of(row: PublishedRow) -> date:
    return days_of(row)[0] or date.min


def _summed(areas: list[PublishedRow]) -> PublishedRow:
    counts = {
        code: sum(row.counts.get(code, 0) for row in areas)
        for code in GRADES
        if any(code in row.counts for row in areas)
    }
    return replace(areas[0], area="", counts=counts, total=None, percent_good=None)


def _area_counts(
    source: Path, chosen: PublishedRow, own: Iterable[PublishedRow], methodology: Methodology
) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for row in own:
        area = methodology.find_area(row.area) if row.area else None
        if row.area and area is None and not row.force:
            codes = ", ".join(known.code for known in methodology.areas)
            raise RefusedError(
                _("“{name}”, row {row}: this is not an area of this methodology.").format(
                    name=source.name, row=row.row
                ),
                todo=_("Its areas are: {areas}.").format(areas=codes),
            )
        same = (row.kind, row.fieldwork) == (chosen.kind, chosen.fieldwork)
        if area is not None and same and is_full_split(row):
            found[area.code] = in_order(row.counts)
    return tuple(found.items())


def _refuse_areas_beyond(
    source: Path, chosen: PublishedRow, areas: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
) -> None:
    for grade, overall in chosen.counts.items():
        added = sum(dict(counts).get(grade, 0) for _area, counts in areas)
        if areas and added > overall:
            raise RefusedError(
                _(
                    "“{name}”: the areas add up to more cases of one grade ({added}) than all together have ({all})."
                ).format(name=source.name, added=added, all=overall),
                safe=_("Nothing was recorded."),
                todo=_("Correct the figures against what was published."),
            )


def _nothing_of(source: Path, inspection: Inspection) -> RefusedError:
    return RefusedError(
        _("“{name}” holds no results of {force} over all areas from before this inspection.").format(
            name=source.name, force=inspection.force
        ),
        todo=_("Check the force's name and the dates, or type the published figures in."),
    )
