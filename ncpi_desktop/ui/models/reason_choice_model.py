"""The reasons one may give, found by typing a few letters of wording, stage, polarity or code."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.methodology.reason import Reason
from ncpi_desktop.ui.models.reason_model import polarity_words
from ncpi_desktop.words import _

CHOICE_ROLE: Final = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ReasonChoice:
    """A reason on offer, with its stage in words; `given` where the review has it already."""

    reason: Reason
    stage: str
    given: bool = False

    @property
    def particulars(self) -> str:
        """Polarity, stage and code, and whether it has been given."""
        parts = [polarity_words(self.reason.polarity), self.stage, self.reason.code]
        return " · ".join([*parts, _("given")] if self.given else parts)


class ReasonChoiceModel(QAbstractListModel):
    """Reasons that match what was typed. Retired ones are never offered; nor is a stage that the area does not have."""

    def __init__(self, methodology: Methodology, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._methodology = methodology
        self._on_offer: list[ReasonChoice] = []
        self._rows: list[ReasonChoice] = []
        self._typed = ""

    def offer(self, review: Review, area: str, *, stage: str | None = None, with_given: bool = False) -> None:
        """Offer the reasons for a case of `area`, those on `stage` first.

        `with_given` begins with the reasons given already: for citing. Otherwise they are left out.
        """
        given = {reason.code for reason in review.reasons}
        stages = {held.code for held in self._methodology.stages if not held.case_level or held.applies_to(area)}
        ranked = sorted(
            (reason for reason in self._methodology.reasons if not reason.retired and reason.stage in stages),
            key=lambda reason: (reason.code not in given, reason.stage != stage),
        )
        self._on_offer = [
            ReasonChoice(reason, self._stage_words(reason.stage), reason.code in given)
            for reason in ranked
            if with_given or reason.code not in given
        ]
        self.find(self._typed)

    def find(self, typed: str) -> None:
        """Show the reasons in which every typed word begins a word, or stands somewhere; beginnings first."""
        self._typed = typed
        wanted = typed.casefold().split()
        found = [(rank, choice) for choice in self._on_offer if (rank := _rank(choice, wanted)) is not None]
        if wanted:
            found.sort(key=lambda ranked: (not ranked[1].given, ranked[0]))
        self.beginResetModel()
        self._rows = [choice for _rank_of, choice in found]
        self.endResetModel()

    def choice(self, row: int) -> ReasonChoice | None:
        """Return the reason at `row`."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many match."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the choice, its wording, or all of it in words for screen readers."""
        choice = self.choice(index.row())
        if choice is None:
            return None
        if role == CHOICE_ROLE:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.reason.wording
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{choice.reason.wording}, {choice.particulars}"
        return None

    def _stage_words(self, code: str) -> str:
        stage = self._methodology.stage_by_code.get(code)
        return stage.label if stage else code


def _rank(choice: ReasonChoice, wanted: Collection[str]) -> int | None:
    """Return 0 where all the words begin words of the wording, 1 of anything else, 2 where they stand inside; None: no match."""
    if not wanted:
        return 0
    wording = choice.reason.wording.casefold()
    all_words = f"{wording} {choice.particulars.casefold()}"
    if not all(word in all_words for word in wanted):
        return None
    if _begin_words(wording, wanted):
        return 0
    return 1 if _begin_words(all_words, wanted) else 2


def _begin_words(text: str, wanted: Collection[str]) -> bool:
    words = text.replace("-", " ").replace("’", " ").split()
    return all(any(word.startswith(part) for word in words) or f" {part}" in f" {text}" for part in wanted)
