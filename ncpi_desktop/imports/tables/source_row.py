"""A row of a stranger's table as it stands there, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

ROW_AS_A_WHOLE = -1
"""Stands for the column of a fault that concerns the whole row."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not taken, and why. `row` is the number that the spreadsheet program shows; `column` is a heading, or empty.

    The reason never repeats what stands in the cell: it could be words of a case.
    """

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row that is not blank: as many cells as there are headings, and faults as (column index, reason)."""

    number: int
    cells: Sequence[str]
    faults: tuple[tuple[int, str], ...] = ()


class SourceTable(AbstractContextManager["SourceTable"], Protocol):
    """A table of a stranger's file while it is being read. `notes` is complete once all rows have been read."""

    headings: tuple[str, ...]
    heading_row: int
    notes: list[str]

    def rows(self) -> Iterator[SourceRow]:
        """Yield the rows below the headings, once, in order; blank ones are left out.

        Raises:
            FileRefusedError: the rest can't be read soundly.
        """

    @property
    def share_read(self) -> float:
        """How much has been read, from 0 to 1."""
