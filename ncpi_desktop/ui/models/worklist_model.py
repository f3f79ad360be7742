"""The queue of cases for a list view: pages read as they are looked at, headings worked out, any filter."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict
from time import perf_counter
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.worklist import (
    OPEN_STATES,
    CaseState,
    QueueChoice,
    QueueFilter,
    WorklistRow,
)
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.queue_outline import QueueOutline
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import browsing

_PAGE: Final = 256
_PAGES_KEPT: Final = 24
_FIRST_SLICE: Final = 256
_SLICE: Final = 4096
_SLICE_SECONDS: Final = 0.008

Index = QModelIndex | QPersistentModelIndex


class WorklistModel(QAbstractListModel):
    """Cases by area under one filter. Only some pages of lines are ever held.

    The whole queue needs no list of its own: a line stands at its position. Under a filter the positions are gathered in slices,
    so that a file of any size answers at once and fills up while one works.
    """

    def __init__(self, hub: AuditHub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._areas = hub.session.methodology.area_by_code
        self._filter = QueueFilter()
        self._positions: array[int] | None = None
        self._outline = QueueOutline()
        self._ends: list[tuple[str, int]] = []
        self._pages: OrderedDict[int, list[WorklistRow]] = OrderedDict()
        self._filling = QTimer(self)
        self._filling.setInterval(0)
        self._filling.timeout.connect(self._fill_on)
        self._read_anew()

    @property
    def chosen(self) -> QueueFilter:
        """The filter in use."""
        return self._filter

    @property
    def is_filling(self) -> bool:
        """Whether more cases are still being gathered."""
        return self._filling.isActive()

    def set_filter(self, chosen: QueueFilter) -> None:
        """Show other cases."""
        self._filter = chosen
        self.reload()

    def reload(self) -> None:
        """Read everything anew: cases were brought in, or another filter was chosen."""
        self.beginResetModel()
        self._read_anew()
        self.endResetModel()

    def refresh(self, case: CaseKey) -> None:
        """Look at one case again: its line changes, or it comes into the filter, or falls out of it."""
        line = browsing.queue_row(self._hub.session, case)
        if not line.position:
            return  # A practice case stands in no queue.
        if self._positions is None:
            self._replace(line.position - 1, line)
            return
        place = bisect_left(self._positions, line.position)
        shown = place < len(self._positions) and self._positions[place] == line.position
        if shown and self._shows(line):
            self._replace(place, line)
        elif shown:
            self._take_out(place, line.area)
        elif self._shows(line) and not (self.is_filling and place == len(self._positions)):
            self._put_in(place, line)

    def _shows(self, line: WorklistRow) -> bool:
        if self._filter.choice is QueueChoice.SECOND:
            return browsing.is_to_read_again(self._hub.session, line.case)
        return shows(self._filter, line)

    def line(self, row: int) -> WorklistRow | None:
        """Return the case at a row of the list; None at a heading."""
        case = self._outline.case_at(row)
        return None if case is None else self._line_of(case)

    def shown(self, row: int) -> WorklistRow | str | None:
        """Return what stands at a row: a case, or the words of a heading."""
        heading = self._outline.heading_at(row)
        return self._areas[heading].label if heading is not None else self.line(row)

    def row_of_position(self, position: int) -> int | None:
        """Return the row of the case at a queue position; None where the filter leaves it out."""
        if self._positions is None:
            return self._outline.row_of(position - 1) if 0 < position <= self._outline.cases else None
        place = bisect_left(self._positions, position)
        if place < len(self._positions) and self._positions[place] == position:
            return self._outline.row_of(place)
        return None

    def neighbour(self, position: int, step: int) -> int | None:
        """Return the queue position `step` (+1 or -1) away among the cases shown; None beyond the ends."""
        if self._positions is None:
            wanted = position + step
            return wanted if 0 < wanted <= self._outline.cases else None
        place = bisect_left(self._positions, position)
        if step > 0 and place < len(self._positions) and self._positions[place] == position:
            place += 1
        elif step < 0:
            place -= 1
        return self._positions[place] if 0 <= place < len(self._positions) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows there are, headings included."""
        return 0 if parent.isValid() else self._outline.rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the reference, or all of the line in words for screen readers."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self.shown(index.row())
        if line is None or isinstance(line, str):
            return line
        return line.reference if role == Qt.ItemDataRole.DisplayRole else self.words_of(line)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cases be chosen, headings not."""
        if not index.isValid() or self._outline.heading_at(index.row()) is not None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def words_of(self, line: WorklistRow) -> str:
        """Return a line as words: reference, entries, state or grade, mark."""
        scale = self._hub.session.methodology.scale
        parts = [line.reference, entries_words(line.entries)]
        parts.append(scale[line.grade].label if line.grade in scale and line.grade else line.state.label)
        if line.not_sure:
            parts.append(_("not sure"))
        return ", ".join(parts)

    def _read_anew(self) -> None:
        self._pages.clear()
        counts = browsing.cases_by_area(self._hub.session)
        self._ends = []
        end = 0
        for area, count in counts:
            end += count
            self._ends.append((area, end))
        if self._filter.choice is QueueChoice.ALL:
            self._positions = None
            self._outline = QueueOutline(counts)
            self._filling.stop()
            return
        self._positions = array("q", browsing.filtered_positions(self._hub.session, self._filter, 0, _FIRST_SLICE))
        self._outline = self._outline_now()
        if len(self._positions) == _FIRST_SLICE:
            self._filling.start()
        else:
            self._filling.stop()

    def _fill_on(self) -> None:
        positions = self._positions
        if positions is None:
            return
        begun = perf_counter()
        found = array("q")
        done = False
        while not done and perf_counter() - begun < _SLICE_SECONDS:
            last = found[-1] if found else positions[-1]
            more = browsing.filtered_positions(self._hub.session, self._filter, last, _SLICE)
            found.extend(more)
            done = len(more) < _SLICE
        if found:
            self._append(positions, found)
        if done:
            self._filling.stop()

    def _append(self, positions: array[int], found: array[int]) -> None:
        before = self._outline.rows
        self._pages.pop(len(positions) // _PAGE, None)
        positions.extend(found)
        outline = self._outline_now()
        self.beginInsertRows(QModelIndex(), before, outline.rows - 1)
        self._outline = outline
        self.endInsertRows()

    def _outline_now(self) -> QueueOutline:
        """Count the positions held by area: areas are stretches of the queue."""
        positions = self._positions if self._positions is not None else array("q")
        counts, before = [], 0
        for area, end in self._ends:
            place = bisect_left(positions, end + 1)
            counts.append((area, place - before))
            before = place
        return QueueOutline(counts)

    def _outline_with(self, area: str, difference: int) -> QueueOutline:
        counts = {section.area: section.count for section in self._outline.sections}
        counts[area] = counts.get(area, 0) + difference
        return QueueOutline([(code, counts.get(code, 0)) for code, _end in self._ends])

    def _take_out(self, place: int, area: str) -> None:
        assert self._positions is not None  # noqa: S101  only filters call this
        outline = self._outline_with(area, -1)
        with_heading = len(outline.sections) < len(self._outline.sections)
        row = self._outline.row_of(place)
        self.beginRemoveRows(QModelIndex(), row - 1 if with_heading else row, row)
        del self._positions[place]
        self._shift_pages(place, None)
        self._outline = outline
        self.endRemoveRows()

    def _put_in(self, place: int, line: WorklistRow) -> None:
        assert self._positions is not None  # noqa: S101  only filters call this
        outline = self._outline_with(line.area, 1)
        with_heading = len(outline.sections) > len(self._outline.sections)
        row = outline.row_of(place)
        self.beginInsertRows(QModelIndex(), row - 1 if with_heading else row, row)
        self._positions.insert(place, line.position)
        self._shift_pages(place, line)
        self._outline = outline
        self.endInsertRows()

    def _shift_pages(self, place: int, line: WorklistRow | None) -> None:
        """Mend the page where a line came in (`line`) or went out; the pages behind it are read anew when they are looked at."""
        number = place // _PAGE
        page = self._pages.get(number)
        for behind in [held for held in self._pages if held > number]:
            del self._pages[behind]
        if page is None:
            return
        if line is not None:
            page.insert(place % _PAGE, line)
            del page[_PAGE:]
            return
        del page[place % _PAGE]
        assert self._positions is not None  # noqa: S101  only filters call this
        moved_up = self._positions[(number + 1) * _PAGE - 1 : (number + 1) * _PAGE]
        page.extend(browsing.queue_rows(self._hub.session, moved_up) if moved_up else ())

    def _replace(self, case: int, line: WorklistRow) -> None:
        page = self._pages.get(case // _PAGE)
        if page is not None and case % _PAGE < len(page):
            if page[case % _PAGE] == line:
                return
            page[case % _PAGE] = line
        index = self.index(self._outline.row_of(case))
        self.dataChanged.emit(index, index)

    def _line_of(self, case: int) -> WorklistRow | None:
        number = case // _PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._read_page(number)
            self._pages[number] = page
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        place = case % _PAGE
        return page[place] if place < len(page) else None

    def _read_page(self, number: int) -> list[WorklistRow]:
        first = number * _PAGE
        if self._positions is None:
            return browsing.queue_page(self._hub.session, first + 1, _PAGE)
        return browsing.queue_rows(self._hub.session, self._positions[first : first + _PAGE])


def shows(chosen: QueueFilter, line: WorklistRow) -> bool:
    """Return whether the filter shows a line, from what stands in it; what is to be read again no line says."""
    return {
        QueueChoice.ALL: True,
        QueueChoice.TO_DO: line.state in OPEN_STATES,
        QueueChoice.MINE: line.allocated_to is not None and line.allocated_to == chosen.person,
        QueueChoice.NOT_SURE: line.not_sure,
        QueueChoice.PARKED: line.state is CaseState.PARKED,
        QueueChoice.SUBMITTED: line.state is CaseState.SUBMITTED,
        QueueChoice.SECOND: False,
    }[chosen.choice]


def entries_words(count: int) -> str:
    """Return how many entries a record has, in words."""
    return ngettext("{count} entry", "{count} entries", count).format(count=count)
