"""The cases that are read twice as the lines of a list: a heading to each state, its cases page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.moderation.second_reading import UNSETTLED, SecondState
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.quality_list import ListedCase, ListPage

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()

ORDER: Final = (
    SecondState.TO_SETTLE,
    SecondState.WITH_LEAD,
    SecondState.TO_READ,
    SecondState.READING,
    SecondState.WAITING,
    SecondState.AGREED,
    SecondState.SETTLED,
)
"""The groups as they stand below one another: what has to be done first."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and how its cases are read: a page of them behind a place."""

    heading: str
    read: Callable[[int], ListPage | None]


@dataclass(frozen=True, slots=True)
class More:
    """The last line of a group whose next page has not been read."""

    group: Group
    after: int


Row = str | ListedCase | More


def remark_of(listed: ListedCase) -> str:
    """Return what stands beside a reference: how far the readings are apart, or what else is to be known of it."""
    line = listed.line
    if listed.is_closed:
        return ""
    if line.state in UNSETTLED:
        if line.apart:
            return ngettext("{n} grade apart", "{n} grades apart", line.apart).format(n=line.apart)
        return _("stages differ") if listed.stages_differ else _("reasons differ")
    if line.edited and line.state.is_read_twice:
        return _("edited since")
    return ""


def row_words(row: Row) -> str:
    """Return a line as it is read out."""
    if isinstance(row, str):
        return row
    if isinstance(row, More):
        return _("Show more…")
    return ", ".join(part for part in (row.line.reference, row.line.state.label, remark_of(row)) if part)


class SampleModel(QAbstractListModel):
    """Headings, cases, and a line at the end of a group that has more. Only pages are ever read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show_groups(self, groups: Iterable[Group]) -> None:
        """Show these groups, each as far as it has been read before; one without cases is left out."""
        rows: list[Row] = []
        read = self._cases_read()
        for group in groups:
            if lines := _pages(group, read.get(group.heading, 0)):
                rows += [group.heading, *lines]
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def read_more(self, row: int) -> None:
        """Put the next page in place of the line that stands for it."""
        more = self._rows[row]
        if isinstance(more, More):
            lines = _page(more.group, more.after)
            self.beginResetModel()
            self._rows[row : row + 1] = lines
            self.endResetModel()

    def row_at(self, row: int) -> Row | None:
        """Return a line; None outside the list."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def case_at(self, row: int) -> ListedCase | None:
        """Return the case of a line; None where it is none."""
        found = self.row_at(row)
        return found if isinstance(found, ListedCase) else None

    def row_of(self, case: CaseKey) -> int | None:
        """Return where a case stands; None where it is on no page that was read."""
        return next((place for place, row in enumerate(self._rows) if _case_of(row) == case), None)

    def first_case(self) -> int | None:
        """Return where the first case stands."""
        return next((place for place, row in enumerate(self._rows) if isinstance(row, ListedCase)), None)

    def _cases_read(self) -> dict[str, int]:
        """Return how many cases of each group are in the list, by its heading."""
        read: dict[str, int] = {}
        heading = ""
        for row in self._rows:
            if isinstance(row, str):
                heading = row
            elif isinstance(row, ListedCase):
                read[heading] = read.get(heading, 0) + 1
        return read

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a line."""
        row = self.row_at(index.row())
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return row_words(row) if row is not None and role in spoken else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the keyboard pass over headings."""
        if not isinstance(self.row_at(index.row()), ListedCase | More):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _page(group: Group, after: int) -> list[Row]:
    page = group.read(after)
    if page is None:
        return []
    more: list[Row] = [More(group, page.next_after)] if page.next_after is not None else []
    return [*page.cases, *more]


def _pages(group: Group, at_least: int) -> list[Row]:
    """Return the pages of a group until so many cases are read."""
    lines = _page(group, 0)
    while lines and isinstance(more := lines[-1], More) and len(lines) <= at_least:
        lines[-1:] = _page(group, more.after)
    return lines


def _case_of(row: Row) -> CaseKey | None:
    return row.line.case if isinstance(row, ListedCase) else None
