"""Gathers the rows of a table into cases: rows of one case follow one another, and say the same of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ncpi_desktop.domain.casework.case import Child, Entry
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.grading.review import StageJudgement
from ncpi_desktop.imports.case_row import CaseRow
from ncpi_desktop.imports.column_mapping import OWN_STAGE, STAGE, ColumnMapping
from ncpi_desktop.imports.tables.source_row import Refusal
from ncpi_desktop.imports.vocabulary import Vocabulary
from ncpi_desktop.words import _

Refuse = Callable[[Refusal], None]
AreaOf = Callable[[str], str | None]
"""Gives the area of a case that the audit holds already, by its reference; None for a new one."""


@dataclass(frozen=True, slots=True)
class BroughtReview:
    """A finished review that a file brings. It may lack what a review made here must have: published results give grades alone.

    `submitted_at` is None where the file does not say; `zoned` tells whether it named its zone (else UTC was taken).
    """

    grade: str
    stages: tuple[StageJudgement, ...] = ()
    reasons: tuple[str, ...] = ()
    rationale: str = ""
    submitted_at: datetime | None = None
    zoned: bool = True


@dataclass(frozen=True, slots=True)
class BroughtCase:
    """A case that a file brings, or what it adds to one already held. `row` is its first row.

    `own_stages` holds (stage, grade) as the force graded its own work.
    """

    row: int
    reference: str
    area: str
    tags: tuple[str, ...] = ()
    children: tuple[Child, ...] = ()
    entries: tuple[Entry, ...] = ()
    own_grade: str | None = None
    own_rationale: str = ""
    own_stages: tuple[tuple[str, str], ...] = ()
    reviewer: str = ""
    review: BroughtReview | None = None


@dataclass(slots=True)
class _Gathered:
    """The rows of one case so far; `said_in` is the row that first said each value."""

    row: int
    reference: str
    values: dict[str, Any] = field(default_factory=dict)
    said_in: dict[str, int] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    sound: bool = True


class CaseGatherer:
    """Makes cases of rows. Refusals are told as they are found; a case with a refused row is not yielded."""

    def __init__(self, mapping: ColumnMapping, vocabulary: Vocabulary, refuse: Refuse, area_of: AreaOf) -> None:
        self._mapping = mapping
        self._words = vocabulary
        self._refuse = refuse
        self._area_of = area_of
        self._first_rows: dict[str, int] = {}

    def cases(self, rows: Iterable[CaseRow]) -> Iterator[BroughtCase]:
        """Yield each case as soon as its last row has been read."""
        held: _Gathered | None = None
        for row in rows:
            if held is None or (row.reference and row.reference != held.reference):
                if held is not None:
                    yield from self._finished(held)
                held = self._begun(row)
            elif row.reference and row.entry is None and not row.refusals:
                self._tell(held, row.number, "case", self._twice(held.row))
            self._take(held, row)
        if held is not None:
            yield from self._finished(held)

    def _begun(self, row: CaseRow) -> _Gathered:
        begun = _Gathered(row.number, row.reference)
        earlier = self._first_rows.setdefault(row.reference, row.number) if row.reference else row.number
        if earlier != row.number:
            self._tell(begun, row.number, "case", self._twice(earlier))
        return begun

    def _twice(self, earlier: int) -> str:
        return _("The case stands twice: it began in row {row}. Keep the rows of one case together.").format(
            row=earlier
        )

    def _take(self, held: _Gathered, row: CaseRow) -> None:
        for refusal in row.refusals:
            held.sound = False
            self._refuse(refusal)
        for column, value in row.values.items():
            if column not in held.values:
                held.values[column], held.said_in[column] = value, row.number
            elif held.values[column] != value:
                reason = _("This says something else than row {row} of the same case.")
                self._tell(held, row.number, column, reason.format(row=held.said_in[column]))
        if row.entry is not None:
            held.entries.append(row.entry)

    def _finished(self, held: _Gathered) -> Iterator[BroughtCase]:
        values = held.values
        if values.get("own_rationale") and "own_grade" not in values:
            self._tell(held, held.row, "own_grade", _("The force's rationale is given without its grade."))
        area = self._area(held)
        review = self._review(held, area)
        own_stages = self._own_stages(held, area)
        if held.sound:
            yield BroughtCase(
                row=held.row,
                reference=held.reference,
                area=area,
                tags=values.get("tags", ()),
                children=values.get("children", ()),
                entries=tuple(held.entries),
                own_grade=values.get("own_grade"),
                own_rationale=values.get("own_rationale", ""),
                own_stages=own_stages,
                reviewer=values.get("reviewer", ""),
                review=review,
            )

    def _area(self, held: _Gathered) -> str:
        said: str | None = held.values.get("area")
        known = self._area_of(held.reference)
        if said is None and known is None and held.sound:
            self._tell(held, held.row, "area", _("The area of the case is missing."))
        if said is not None and known is not None and said != known:
            self._tell(held, held.said_in["area"], "area", _("The audit holds this case in another area."))
        return said or known or ""

    def _review(self, held: _Gathered, area: str) -> BroughtReview | None:
        values = held.values
        stages = self._stages(held, area)
        if "grade" not in values:
            if stages or any(column in values for column in ("reasons", "rationale", "submitted_at")):
                reason = _("A review needs its overall grade: stages, reasons or a rationale are given without one.")
                self._tell(held, held.row, "grade", reason)
            return None
        moment, zoned = values.get("submitted_at", (None, True))
        return BroughtReview(
            grade=values["grade"],
            stages=stages,
            reasons=values.get("reasons", ()),
            rationale=values.get("rationale", ""),
            submitted_at=moment,
            zoned=zoned,
        )

    def _stages(self, held: _Gathered, area: str) -> tuple[StageJudgement, ...]:
        found: list[StageJudgement] = []
        for stage in self._words.methodology.stages:
            grade = held.values.get(f"stage:{stage.code}")
            if grade is None:
                continue
            if area and not stage.applies_to(area):
                if grade != NOT_APPLICABLE:
                    self._refuse_stage(held, f"stage:{stage.code}")
                continue
            not_applicable = grade == NOT_APPLICABLE
            found.append(StageJudgement(stage.code, None if not_applicable else grade, not_applicable))
        return tuple(found)

    def _own_stages(self, held: _Gathered, area: str) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        for stage in self._words.methodology.stages:
            grade = held.values.get(f"{OWN_STAGE}:{stage.code}")
            if grade is not None and area and not stage.applies_to(area):
                self._refuse_stage(held, f"{OWN_STAGE}:{stage.code}")
            elif grade is not None:
                found.append((stage.code, grade))
        return tuple(found)

    def _refuse_stage(self, held: _Gathered, column: str) -> None:
        reason = _("Cases of this area are not judged at this stage. Leave the cell empty.")
        self._tell(held, held.said_in[column], column, reason)

    def _tell(self, held: _Gathered, row: int, column: str, reason: str) -> None:
        held.sound = False
        kind, _colon, stage = column.partition(":")
        places = {STAGE: self._mapping.stages, OWN_STAGE: self._mapping.own_stages}.get(kind, {})
        place = places.get(stage)
        heading = self._mapping.heading(column) if place is None else self._mapping.headings[place]
        self._refuse(Refusal(row, heading, reason))
