"""A grade and the scale it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ncpi_desktop.domain.methodology.lookup import find_by_code_or_label


@dataclass(frozen=True, slots=True)
class Grade:
    """One step of a scale, such as *requires improvement*.

    `shape` and `tone` name how it is drawn (never by colour alone); `key` is the digit that gives it.
    """

    code: str
    label: str
    short: str
    letter: str
    shape: str
    tone: str
    counts_as_good: bool
    key: str


@dataclass(frozen=True)
class Scale:
    """The grades of one methodology, best first."""

    grades: tuple[Grade, ...]

    @cached_property
    def _by_code(self) -> dict[str, Grade]:
        return {grade.code: grade for grade in self.grades}

    def __getitem__(self, code: str) -> Grade:
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, best first."""
        return tuple(grade.code for grade in self.grades)

    @property
    def good_codes(self) -> frozenset[str]:
        """The codes that *per cent good* counts."""
        return frozenset(grade.code for grade in self.grades if grade.counts_as_good)

    @property
    def worst(self) -> Grade:
        """The lowest grade."""
        return self.grades[-1]

    def rank(self, code: str) -> int:
        """Return the place on the scale, 0 for the best."""
        return self.codes.index(code)

    def find(self, text: str) -> Grade | None:
        """Return the grade that `text` names by code or label, case and hyphens ignored."""
        return find_by_code_or_label(self.grades, text)
