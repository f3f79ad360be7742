"""The reasons for settling that were begun and not used yet, each for its person, case and part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.moderation.settlement import Part
from ncpi_desktop.ui.pages.quality.settle_steps import Wanted


@dataclass(frozen=True, slots=True)
class Place:
    """What a reason is for; `part` is None where it is for all differences of the case at once."""

    person: int
    case: CaseKey
    part: Part | None


@dataclass(frozen=True, slots=True)
class Begun:
    """A reason that was begun, and what was to be done for it."""

    words: str = ""
    wanted: Wanted | None = None


class BegunReasons:
    """Holds them as long as the page lives. A reason never goes from one part to another: it would be kept as why something else stands."""

    def __init__(self) -> None:
        self._held: dict[Place, Begun] = {}

    def keep(self, place: Place, words: str, wanted: Wanted | None) -> None:
        """Hold a reason; without words and without a wish nothing is held."""
        if words.strip() or wanted is not None:
            self._held[place] = Begun(words, wanted)
        else:
            self._held.pop(place, None)

    def at(self, place: Place) -> Begun:
        """Return what was begun there."""
        return self._held.get(place, Begun())

    def forget(self, place: Place) -> None:
        """Let go of a reason that was used."""
        self._held.pop(place, None)

    def has_words(self, place: Place) -> bool:
        """Return whether words were begun there."""
        return bool(self.at(place).words.strip())

    def part_of(self, person: int, case: CaseKey, parts: Sequence[Part]) -> Part | None:
        """Return the first of `parts` for which somebody began something; None where there is none."""
        return next((part for part in parts if Place(person, case, part) in self._held), None)

    def unfinished(self) -> dict[CaseKey, str]:
        """Return the words that were begun, by case."""
        found: dict[CaseKey, list[str]] = {}
        for place, begun in self._held.items():
            if begun.words.strip():
                found.setdefault(place.case, []).append(begun.words)
        return {case: "\n".join(words) for case, words in found.items()}
