"""Where the headings stand in the queue: rows of a list that shows cases by area, worked out from counts alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """The cases of one area: the first of them, counted from 0 over all cases shown, and how many there are."""

    area: str
    first: int
    count: int


class QueueOutline:
    """Rows of a list in which each area has a heading row above its cases.

    Every question costs the logarithm of the number of areas, however many cases there are.
    """

    def __init__(self, counts: Iterable[tuple[str, int]] = ()) -> None:
        self.sections: list[Section] = []
        self.cases = 0
        for area, count in counts:
            if count:
                self.sections.append(Section(area, self.cases, count))
                self.cases += count
        self._firsts = [section.first for section in self.sections]
        self._headings = [section.first + place for place, section in enumerate(self.sections)]

    @property
    def rows(self) -> int:
        """How many rows the list has, headings included."""
        return self.cases + len(self.sections)

    def heading_at(self, row: int) -> str | None:
        """Return the area whose heading stands at `row`; None where a case stands there."""
        place = bisect_right(self._headings, row) - 1
        return self.sections[place].area if place >= 0 and self._headings[place] == row else None

    def case_at(self, row: int) -> int | None:
        """Return which case stands at `row`, counted from 0; None at a heading or outside."""
        place = bisect_right(self._headings, row) - 1
        if place < 0 or self._headings[place] == row or row >= self.rows:
            return None
        return row - place - 1

    def row_of(self, case: int) -> int:
        """Return the row of a case, counted from 0."""
        return case + bisect_right(self._firsts, case)
