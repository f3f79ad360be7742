"""What the search found, page by page as it is scrolled."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ncpi_desktop.domain.casework.hit import Hit, Place
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.words import _
from ncpi_desktop.workflows import browsing

HIT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
FOUND_BEGINS, FOUND_ENDS = "\x02", "\x03"

Index = QModelIndex | QPersistentModelIndex


class HitsModel(QAbstractListModel):
    """Hits in the order of the records; the next page is read when the list is scrolled to its end."""

    def __init__(self, hub: AuditHub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._words = ""
        self._hits: list[Hit] = []
        self._next: Place | None = None

    @property
    def words(self) -> str:
        """What was searched for last."""
        return self._words

    @property
    def has_more(self) -> bool:
        """Whether there are more pages."""
        return self._next is not None

    def search(self, words: str) -> None:
        """Show the first page of hits for `words`."""
        page = browsing.search(self._hub.session, words)
        self.beginResetModel()
        self._words = words
        self._hits = list(page.hits)
        self._next = page.next_place
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        """Return the hit at `row`."""
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many hits have been read so far."""
        return 0 if parent.isValid() else len(self._hits)

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether the list may ask for more."""
        return not parent.isValid() and self._next is not None

    def fetchMore(self, parent: Index) -> None:
        """Read the next page."""
        if self._next is None or parent.isValid():
            return
        page = browsing.search(self._hub.session, self._words, self._next)
        self._next = page.next_place
        if not page.hits:
            return
        first = len(self._hits)
        self.beginInsertRows(QModelIndex(), first, first + len(page.hits) - 1)
        self._hits.extend(page.hits)
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the hit, its reference, or all of it in words for screen readers."""
        hit = self.hit(index.row())
        if hit is None:
            return None
        if role == HIT_ROLE:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.reference
        if role == Qt.ItemDataRole.AccessibleTextRole:
            plain = hit.snippet.replace(FOUND_BEGINS, "").replace(FOUND_ENDS, "")
            return f"{hit.reference}, {where_words(hit)}: {plain}"
        return None


def where_words(hit: Hit) -> str:
    """Return where in a case the words stand."""
    return {"entry": _("record"), "rationale": _("rationale or notes"), "reference": _("reference")}[hit.where]
