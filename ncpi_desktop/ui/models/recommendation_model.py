"""The recommendations as the lines of a list: those of the previous inspection to answer, then this inspection's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation, RecommendationKey
from ncpi_desktop.domain.casework.recommendation_log import Status
from ncpi_desktop.domain.casework.recommendation_words import due_words, overdue_words
from ncpi_desktop.ui.models.reason_model import one_line
from ncpi_desktop.words import _

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()

STATUS_ICONS: Final = {
    Status.AWAITING_REVIEW: "circle-dashed",
    Status.WILL_BE_PROGRESSED: "clock",
    Status.BEING_PROGRESSED: "arrow-right",
    Status.COMPLETE: "circle-check",
}
"""The shape beside each status; its word always stands beside it."""

Row = str | Recommendation


def due_sentence(held: Recommendation, today: date) -> str:
    """Return when it is due, or by how long it is overdue."""
    due = held.due_on
    said = due_words(held.published_on, held.deadline)
    return f"{said}, {overdue_words(due, today)}" if due is not None and held.is_overdue(today) else said


def status_sentence(held: Recommendation) -> str:
    """Return its status in words, and whether a completion waits for another person."""
    if held.asked is not None:
        return _("{status}, completion asked for").format(status=held.status.label)
    return held.status.label


def answer_words(held: Recommendation) -> str:
    """Return whether an earlier recommendation is answered; empty for one of this inspection."""
    if held.origin is Origin.THIS:
        return ""
    return _("answered") if held.is_answered else _("to answer")


def heading_words(held: Recommendation) -> str:
    """Return its number and the beginning of what the force should do, on one line."""
    text = one_line(held.text).strip() or _("nothing written yet")
    return _("{number}  {text}").format(number=held.number, text=text)


class RecommendationModel(QAbstractListModel):
    """Headings and recommendations; an own heading is there even where nothing is recommended yet."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self.today = today

    def show_recommendations(self, held: Iterable[Recommendation], today: date) -> None:
        """Show these; a list that is the same but for its words keeps its lines."""
        every = tuple(held)
        rows: list[Row] = []
        for origin, words in (
            (Origin.PREVIOUS, _("Of the previous inspection, to answer")),
            (Origin.THIS, _("Of this inspection")),
        ):
            of_origin = [one for one in every if one.origin is origin]
            if of_origin:
                rows += [words, *of_origin]
        same = [_key(row) for row in rows] == [_key(row) for row in self._rows]
        self.today = today
        if same:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(max(0, len(rows) - 1)))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_at(self, row: int) -> Row | None:
        """Return a line; None outside the list."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def recommendation_at(self, row: int) -> Recommendation | None:
        """Return the recommendation of a line; None where it is none."""
        found = self.row_at(row)
        return found if isinstance(found, Recommendation) else None

    def row_of(self, key: RecommendationKey) -> int | None:
        """Return where a recommendation stands."""
        return next((place for place, row in enumerate(self._rows) if _key(row) == key), None)

    def first(self) -> int | None:
        """Return where the first one stands that waits for an answer, else the first."""
        held = [(place, row) for place, row in enumerate(self._rows) if isinstance(row, Recommendation)]
        waiting = [place for place, row in held if row.origin is Origin.PREVIOUS and not row.is_answered]
        return next(iter(waiting or [place for place, _row in held]), None)

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a line; its text in full where the mouse rests on it."""
        row = self.row_at(index.row())
        if isinstance(row, str):
            return row if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = (heading_words(row), status_sentence(row), due_sentence(row, self.today), answer_words(row))
            return ", ".join(part for part in said if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the keyboard pass over headings."""
        if not isinstance(self.row_at(index.row()), Recommendation):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _key(row: Row) -> object:
    return row if isinstance(row, str) else row.key
