"""Reads one row of a table of cases: what it says of the case, and the entry of the record that it may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ncpi_desktop.domain.casework.case import Entry, EntryKind, StrategyDiscussion
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.imports.cell_values import (
    CellError,
    read_answer,
    read_children,
    read_day,
    read_list,
    read_moment,
    read_name,
    read_time,
)
from ncpi_desktop.imports.column_mapping import ENTRY_COLUMNS, OWN_STAGE, STAGE, STRATEGY_COLUMNS, ColumnMapping
from ncpi_desktop.imports.tables.source_row import Refusal, SourceRow
from ncpi_desktop.imports.vocabulary import Vocabulary
from ncpi_desktop.words import _

ReadT = TypeVar("ReadT")


@dataclass(slots=True)
class CaseRow:
    """One row. `values` holds what it says of the case, by column (`stage:<code>`, `own_stage:<code>` for stages), only where it says something."""

    number: int
    reference: str
    values: dict[str, object] = field(default_factory=dict)
    entry: Entry | None = None
    refusals: list[Refusal] = field(default_factory=list)


class RowReader:
    """Reads rows of one table by its columns and its methodology's words."""

    def __init__(self, mapping: ColumnMapping, vocabulary: Vocabulary) -> None:
        self._mapping = mapping
        self._words = vocabulary
        self._cells: Sequence[str] = ()
        self._row = CaseRow(0, "")
        scale = ", ".join(grade.label for grade in vocabulary.methodology.scale.grades)
        self._no_grade = _("This is not a grade of this methodology. Its grades are: {grades}.").format(grades=scale)
        codes = ", ".join(area.code for area in vocabulary.methodology.areas)
        self._no_area = _("This is not an area of this methodology. Its areas are: {areas}.").format(areas=codes)

    def read(self, row: SourceRow) -> CaseRow:
        """Return what `row` says, with a refusal for each cell that can't be understood."""
        self._cells = row.cells
        self._row = CaseRow(row.number, "")
        for place, reason in row.faults:
            heading = self._mapping.headings[place] if 0 <= place < len(self._mapping.headings) else ""
            self._row.refusals.append(Refusal(row.number, heading, reason))
        self._refuse_what_no_cell_may_hold()
        self._row.reference = self._value("case", read_name) or ""
        if not self._mapping.cell(self._cells, "case").strip():
            self._refuse("case", _("The reference of the case is missing."))
        self._read_case()
        self._read_review()
        self._row.entry = self._entry()
        return self._row

    def _read_case(self) -> None:
        self._keep("area", lambda text: _known(self._words.area(text), self._no_area))
        self._keep("tags", read_list)
        self._keep("children", read_children)
        self._keep("own_grade", lambda text: _known(self._words.grade(text), self._no_grade))
        self._keep("own_rationale", str)
        for column, grade in self._stage_grades(OWN_STAGE, self._mapping.own_stages):
            if grade != NOT_APPLICABLE:  # the force says that there is nothing to grade, as an empty cell does
                self._row.values[column] = grade

    def _read_review(self) -> None:
        self._keep("reviewer", read_name)
        self._keep("grade", lambda text: _known(self._words.grade(text), self._no_grade))
        self._keep("rationale", str)
        self._keep("reasons", self._reasons)
        self._keep("submitted_at", read_moment)
        self._row.values.update(self._stage_grades(STAGE, self._mapping.stages))

    def _stage_grades(self, column: str, places: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        """Yield the columns of the stages that a row grades, with the grade or that the stage does not apply."""
        for stage, place in places.items():
            text = self._cells[place].strip()
            if not text:
                continue
            grade = NOT_APPLICABLE if self._words.is_not_applicable(text) else self._words.grade(text)
            if grade is None:
                self._row.refusals.append(Refusal(self._row.number, self._mapping.headings[place], self._no_grade))
            else:
                yield f"{column}:{stage}", grade

    def _reasons(self, text: str) -> tuple[str, ...]:
        # A wording may itself hold a semicolon, so the whole cell is tried first.
        whole = self._words.reason(text)
        named = [whole] if whole else [self._words.reason(part) for part in read_list(text)]
        if None in named:
            raise CellError(_("A reason is not in this methodology's list: write codes with ; between them."))
        return tuple(dict.fromkeys(code for code in named if code))

    def _entry(self) -> Entry | None:
        if not any(self._mapping.cell(self._cells, column).strip() for column in ENTRY_COLUMNS):
            return None
        strategy = self._strategy()
        named = self._value("kind", lambda text: self._kind(text) if text.strip() else None)
        kind = named or (EntryKind.OTHER if strategy is None else EntryKind.STRATEGY_DISCUSSION)
        if strategy is not None and kind is not EntryKind.STRATEGY_DISCUSSION:
            self._refuse("kind", _("Agencies and answers are kept with strategy discussions only."))
        if strategy is None and kind is EntryKind.STRATEGY_DISCUSSION:
            strategy = StrategyDiscussion()
        return Entry(
            key=0,
            identity="",
            day=self._value("day", read_day),
            time=self._value("time", read_time) or "",
            kind=kind,
            heading=self._mapping.cell(self._cells, "heading").strip(),
            text=self._mapping.cell(self._cells, "text"),
            strategy=strategy,
        )

    def _kind(self, text: str) -> EntryKind:
        kind = self._words.kind(text)
        if kind is None:
            kinds = ", ".join(kind.code for kind in EntryKind)
            raise CellError(_("This is not a kind of entry. The kinds are: {kinds}.").format(kinds=kinds))
        return kind

    def _strategy(self) -> StrategyDiscussion | None:
        if not any(self._mapping.cell(self._cells, column).strip() for column in STRATEGY_COLUMNS):
            return None
        return StrategyDiscussion(
            invited=self._value("invited", read_list) or (),
            present=self._value("present", read_list) or (),
            in_time=self._value("in_time", read_answer),
            rationale_recorded=self._value("rationale_recorded", read_answer),
            actions_recorded=self._value("actions_recorded", read_answer),
        )

    def _refuse_what_no_cell_may_hold(self) -> None:
        for place, text in enumerate(self._cells):
            if "\x00" in text:
                reason = _("The cell holds a NUL character, which no text has.")
                self._row.refusals.append(Refusal(self._row.number, self._mapping.headings[place], reason))
        if any(self._cells[place].strip() for place in self._mapping.blank):
            self._row.refusals.append(Refusal(self._row.number, "", _("A value stands in a column without a heading.")))

    def _keep(self, column: str, read: Callable[[str], object]) -> None:
        if self._mapping.cell(self._cells, column).strip():
            value = self._value(column, read)
            if value is not None:
                self._row.values[column] = value

    def _value(self, column: str, read: Callable[[str], ReadT]) -> ReadT | None:
        try:
            return read(self._mapping.cell(self._cells, column))
        except CellError as error:
            self._refuse(column, str(error))
            return None

    def _refuse(self, column: str, reason: str) -> None:
        self._row.refusals.append(Refusal(self._row.number, self._mapping.heading(column), reason))


def _known(code: str | None, reason: str) -> str:
    if code is None:
        raise CellError(reason)
    return code
