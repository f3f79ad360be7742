"""The cases behind a figure as the rows of a table: read page by page as somebody scrolls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ncpi_desktop.domain.findings.case_behind import CaseBehind, CasesBehindPage
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.ui.grade_looks import looks_of
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.words import _

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
FULL_WORDS_UP_TO: Final = 150
"""Per cent of text size up to which a grade stands in full; larger, it is short, and in full when read out or pointed at."""
_CASE, _AREA, _GRADE, _OWN = range(4)
_SPOKEN: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


class CasesBehindModel(QAbstractTableModel):
    """Case, area, the inspectors' grade, the force's own. `ask_page` is called with the place behind which the next page begins."""

    def __init__(
        self,
        theme: Theme,
        methodology: Methodology,
        ask_page: Callable[[int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._areas: Mapping[str, str] = {area.code: area.label for area in methodology.areas}
        self._looks = looks_of(methodology)
        self._ask_page = ask_page
        self._lines: list[CaseBehind] = []
        self._next: int | None = None
        self._asked: int | None = None

    def add_page(self, page: CasesBehindPage) -> None:
        """Put another page below."""
        self._next = page.next_after
        if page.cases:
            count = len(self._lines)
            self.beginInsertRows(_TOP, count, count + len(page.cases) - 1)
            self._lines += page.cases
            self.endInsertRows()

    def line_at(self, row: int) -> CaseBehind | None:
        """Return the case of a row; None outside the table."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether there is a page that was not asked for."""
        return not parent.isValid() and self._next is not None and self._next != self._asked

    def fetchMore(self, parent: Index) -> None:
        """Ask for it; it may come later."""
        if self.canFetchMore(parent) and self._next is not None:
            self._asked = self._next
            self._ask_page(self._next)

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return how many cases were read."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands over a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Case"), _("Area"), _("Inspectors' grade"), _("Force's own grade"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell; a grade has its shape too."""
        line = self.line_at(index.row())
        if line is None:
            return None
        look = self._look(line, index.column())
        if look is not None and role == Qt.ItemDataRole.DisplayRole and self._theme.text_scale > FULL_WORDS_UP_TO:
            return look.short
        if role in _SPOKEN:
            return self._words(line, index.column())
        if role == Qt.ItemDataRole.DecorationRole and look is not None:
            return self._theme.icon(look.icon, self._theme.tokens.tone(look.tone).text)
        return None

    def _words(self, line: CaseBehind, column: int) -> str:
        if column == _CASE:
            return line.reference
        if column == _AREA:
            return self._areas.get(line.area, line.area)
        look = self._look(line, column)
        if look is not None:
            return look.label
        return _("closed to you") if line.is_closed and column == _GRADE else ""

    def _look(self, line: CaseBehind, column: int) -> GradeLook | None:
        grade = {_GRADE: line.grade, _OWN: line.own_grade}.get(column)
        return self._looks.get(grade) if grade is not None else None
