"""Which column of a table brings what: the headings that an import understands by default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.imports.tables.source_row import Refusal
from ncpi_desktop.imports.vocabulary import Vocabulary
from ncpi_desktop.words import _

CASE_COLUMNS = ("case", "area", "tags", "children")
STRATEGY_COLUMNS = ("invited", "present", "in_time", "rationale_recorded", "actions_recorded")
ENTRY_COLUMNS = ("day", "time", "kind", "heading", "text", *STRATEGY_COLUMNS)
OWN_COLUMNS = ("own_grade", "own_rationale")
REVIEW_COLUMNS = ("reviewer", "grade", "reasons", "rationale", "submitted_at")

COLUMNS = (*CASE_COLUMNS, *ENTRY_COLUMNS, *OWN_COLUMNS, *REVIEW_COLUMNS)
"""Every column understood by name; `stage:<name>` and `own_stage:<name>` come on top, once for each stage."""

REQUIRED = ("case", "area")
STAGE = "stage"
OWN_STAGE = "own_stage"
"""What stands before the name of a stage over the inspectors' grades of it, and over the force's own."""

_BY_HEADING = {plain_form(column): column for column in COLUMNS}
KNOWN_HEADINGS = frozenset(_BY_HEADING)
"""The headings in plain form, by which the right sheet of a workbook is found."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Where each column stands (index from 0), stage columns by stage code (`own_stages`: the force's own grades).

    `ignored` are headings that mean nothing here.
    """

    headings: tuple[str, ...]
    columns: Mapping[str, int]
    stages: Mapping[str, int]
    ignored: tuple[str, ...]
    blank: tuple[int, ...]
    own_stages: Mapping[str, int] = field(default_factory=dict)

    def cell(self, cells: Sequence[str], column: str) -> str:
        """Return what the row has in `column`; empty where the table has no such column."""
        place = self.columns.get(column)
        return "" if place is None else cells[place]

    def heading(self, column: str) -> str:
        """Return the heading that stands over `column` in the table."""
        place = self.columns.get(column)
        return column if place is None else self.headings[place]


def map_columns(headings: Sequence[str], row: int, vocabulary: Vocabulary) -> tuple[ColumnMapping, tuple[Refusal, ...]]:
    """Return what the columns bring, case, hyphens and spaces of the headings ignored, and what is wrong with them.

    `row` is the row of the headings, under which faults are told: a required column missing, one twice, or a stage unknown.
    """
    columns: dict[str, int] = {}
    stages: dict[str, int] = {}
    own_stages: dict[str, int] = {}
    staged = {plain_form(STAGE): stages, plain_form(OWN_STAGE): own_stages}
    ignored: list[str] = []
    refusals: list[Refusal] = []
    for place, heading in enumerate(headings):
        start, _colon, name = heading.partition(":")
        of_stage = staged.get(plain_form(start)) if _colon else None
        found = _BY_HEADING.get(plain_form(heading)) if of_stage is None else vocabulary.stage(name)
        into = columns if of_stage is None else of_stage
        if of_stage is not None and found is None:
            refusals.append(Refusal(row, heading, _("The methodology has no such stage.")))
        elif found is None:
            ignored.append(heading)
        elif found in into:
            refusals.append(Refusal(row, heading, _("The column stands twice.")))
        else:
            into[found] = place
    for column in REQUIRED:
        if column not in columns:
            refusals.append(Refusal(row, column, _("The column is missing.")))
    blank = tuple(place for place, heading in enumerate(headings) if not heading.strip())
    named = tuple(text for text in ignored if text.strip())
    return ColumnMapping(tuple(headings), columns, stages, named, blank, own_stages), tuple(refusals)
