"""Finds areas, grades, stages and reasons by code or label, remembering what was asked: a table asks the same a million times."""

from __future__ import annotations

from collections.abc import Iterable

from ncpi_desktop.domain.casework.case import EntryKind
from ncpi_desktop.domain.methodology.lookup import Named, plain_form
from ncpi_desktop.domain.methodology.methodology import Methodology

_NOT_APPLICABLE = frozenset({"n/a", "na", "not applicable"})


class Vocabulary:
    """The words of one methodology, each under its code and its label; look-ups return codes, or None for an unknown word."""

    def __init__(self, methodology: Methodology) -> None:
        self.methodology = methodology
        self._areas = _by_words(methodology.areas)
        self._grades = _by_words(methodology.scale.grades)
        self._stages = _by_words(methodology.stages)
        self._reasons = _by_words(methodology.reasons)
        self._kinds = _by_words(EntryKind)

    def area(self, text: str) -> str | None:
        """Return the code of the area that `text` names."""
        return self._areas.get(plain_form(text))

    def grade(self, text: str) -> str | None:
        """Return the code of the grade that `text` names."""
        return self._grades.get(plain_form(text))

    def stage(self, text: str) -> str | None:
        """Return the code of the stage that `text` names."""
        return self._stages.get(plain_form(text))

    def reason(self, text: str) -> str | None:
        """Return the code of the reason that `text` names."""
        return self._reasons.get(plain_form(text))

    def kind(self, text: str) -> EntryKind | None:
        """Return the kind of entry that `text` names."""
        code = self._kinds.get(plain_form(text))
        return None if code is None else EntryKind(code)

    @staticmethod
    def is_not_applicable(text: str) -> bool:
        """Whether `text` says that a stage does not apply."""
        return plain_form(text) in _NOT_APPLICABLE


def _by_words(named: Iterable[Named]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in named:
        for text in (word.code, word.label):
            found.setdefault(plain_form(text), word.code)
    return found
