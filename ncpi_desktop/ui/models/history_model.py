"""The history as a table that grows page by page as it is scrolled."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ncpi_desktop.domain.record.actions import words_for
from ncpi_desktop.domain.record.change import Change
from ncpi_desktop.ui.models.history_words import time_words
from ncpi_desktop.words import _
from ncpi_desktop.workflows import browsing
from ncpi_desktop.workflows.session import AuditSession

WHEN, WHO, CASE, WHAT, WHY = range(5)

_PAGES_AT_ONCE: Final = 10
"""How many pages one request looks through for steps of one person before it lets the window breathe."""

_NO_PARENT: Final = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """Every step, newest first; of one case or one person where asked. Times are local."""

    def __init__(self, session: AuditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._changes: list[Change] = []
        self._case_identity = ""
        self._person = self._person_identity = ""
        self._before: int | None = None
        self._ended = False

    def show(self, case_identity: str = "", person: str = "") -> None:
        """Begin anew with these filters; empty means all."""
        self.beginResetModel()
        self._case_identity, self._person = case_identity, person
        # Who was renamed has done what stands under the old name too.
        known = next((held for held in self._session.people if held.name == person), None)
        self._person_identity = known.identity if known is not None else ""
        self._changes = []
        self._before, self._ended = None, False
        self.endResetModel()
        self.fetchMore()

    def change_at(self, row: int) -> Change:
        """Return the change of a row."""
        return self._changes[row]

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many steps have been read so far."""
        return 0 if parent.isValid() else len(self._changes)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """When, who, case, what, why."""
        return 0 if parent.isValid() else WHY + 1

    def canFetchMore(self, parent: _Index = _NO_PARENT) -> bool:
        """Return whether there may be older steps."""
        return not parent.isValid() and not self._ended

    def fetchMore(self, parent: _Index = _NO_PARENT) -> None:
        """Read the next older page."""
        if parent.isValid():
            return
        found: list[Change] = []
        for _page in range(_PAGES_AT_ONCE):
            page = browsing.history(self._session, self._before, self._case_identity)
            if page:
                self._before = page[-1].sequence
            self._ended = len(page) < browsing.HISTORY_PAGE
            found += [change for change in page if self._is_wanted(change)]
            if found or self._ended:
                break
        if found:
            first = len(self._changes)
            self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
            self._changes += found
            self.endInsertRows()

    def _is_wanted(self, change: Change) -> bool:
        if not self._person or change.person == self._person:
            return True
        return bool(self._person_identity) and change.person_identity == self._person_identity

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("When"), _("Who"), _("Case"), _("What"), _("Why"))[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        change, column = self._changes[index.row()], index.column()
        if column == WHEN:
            return time_words(change.at)
        if column == WHO:
            return change.person or _("not named")
        if column == CASE:
            return change.case_reference
        if column == WHAT:
            return words_for(change.action, change.detail)
        return " · ".join(
            part for part in (change.reason, _("clock set back") if change.clock_set_back else "") if part
        )
