"""The reasons given in one review, each with its cited passages below it when unfolded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ncpi_desktop.domain.grading.review import Citation, GivenReason, Review
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.methodology.reason import Polarity, Reason
from ncpi_desktop.words import _, ngettext

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A given reason, or one of its passages where `citation` is there."""

    reason: Reason
    stage: str
    given: GivenReason
    citation: Citation | None = None
    unfolded: bool = False
    comments: int = 0

    @property
    def words(self) -> str:
        """The wording, or the passage in quotation marks."""
        return self.reason.wording if self.citation is None else f"“{one_line(self.citation.passage)}”"

    @property
    def particulars(self) -> str:
        """Polarity, stage and how many passages; empty for a passage."""
        if self.citation is not None:
            return ""
        parts = [polarity_words(self.reason.polarity), self.stage, passages_words(len(self.given.citations))]
        return " · ".join([*parts, comments_words(self.comments)] if self.comments else parts)


class ReasonModel(QAbstractListModel):
    """Reasons in the order they were given."""

    def __init__(self, methodology: Methodology, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._methodology = methodology
        self._given: tuple[GivenReason, ...] = ()
        self._rows: list[ReasonRow] = []
        self._unfolded: set[str] = set()
        self._review: int | None = None
        self._comments: dict[str, int] = {}

    def show_review(self, review: Review) -> bool:
        """Show the reasons of `review`; return whether anything differs from what was shown."""
        another = review.case != self._review
        if another:
            self._unfolded.clear()
            self._review = review.case
        if review.reasons == self._given and not another:
            return False
        if not review.reasons and not self._given:
            return False
        self._given = review.reasons
        self._lay_out()
        return True

    def show_comments(self, counts: Mapping[str, int]) -> None:
        """Show how many threads there are about each reason, by code."""
        if dict(counts) != self._comments:
            self._comments = dict(counts)
            self._lay_out()

    def toggle(self, row: int) -> None:
        """Unfold the passages of a reason, or fold them away."""
        code = self._rows[row].reason.code
        self._unfolded ^= {code}
        self._lay_out()

    def row(self, row: int) -> ReasonRow | None:
        """Return what stands at `row`."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows are unfolded."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, its words, or all of it in words for screen readers."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.words, row.particulars) if part)
        return None

    def _lay_out(self) -> None:
        self.beginResetModel()
        self._rows = []
        for given in self._given:
            reason = self._methodology.reason_by_code[given.code]
            stage = self._methodology.stage_by_code.get(reason.stage)
            label = stage.label if stage else reason.stage
            unfolded = given.code in self._unfolded and bool(given.citations)
            self._rows.append(ReasonRow(reason, label, given, None, unfolded, self._comments.get(given.code, 0)))
            if unfolded:
                self._rows += [ReasonRow(reason, label, given, citation) for citation in given.citations]
        self.endResetModel()


def polarity_words(polarity: Polarity) -> str:
    """Return the polarity in words."""
    return _("Weakness") if polarity is Polarity.WEAKNESS else _("Strength")


def passages_words(count: int) -> str:
    """Return how many passages are cited, in words."""
    if not count:
        return _("no passage yet")
    return ngettext("{count} passage", "{count} passages", count).format(count=count)


def comments_words(count: int) -> str:
    """Return how many comments there are, in words."""
    return ngettext("{count} comment", "{count} comments", count).format(count=count)


def one_line(text: str) -> str:
    """Return `text` on one line, without control characters, for showing in a list."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[:2000]).split())
