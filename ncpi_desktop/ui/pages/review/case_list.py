"""The lists of the queue pane: a list view in which headings are passed over and digits are left to the grades."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from ncpi_desktop.ui.pages.review.uniform_list import UniformList

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class CaseList(UniformList):
    """Rows of one height, chosen by arrow, Home, End, Enter or mouse.

    Signals:
        row_chosen: the row that a person moved to by key.
        row_pressed: the row that was pressed with the mouse.
        row_entered: Enter: the person wants to be in the case.
    """

    row_chosen = Signal(int)
    row_pressed = Signal(int)
    row_entered = Signal(int)

    def show_row(self, row: int | None) -> None:
        """Mark a row, without a signal; None marks nothing. The list scrolls only as far as it must."""
        if row is None:
            self.clearSelection()
            return
        index = self.model().index(row, 0)
        if index != self.currentIndex() or not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move over headings; leave letters and digits to others, for there is nothing to type into."""
        key = Qt.Key(event.key())
        current = self.currentIndex().row()
        if key in _STEPS:
            self._choose(self._next_case(current, _STEPS[key]))
        elif key in _ENDS:
            rows = self.model().rowCount()
            self._choose(self._next_case(-1, 1) if _ENDS[key] == 0 else self._next_case(rows, -1))
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            if current >= 0:
                self.row_entered.emit(current)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is pressed."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._can_choose(index):
            self.row_pressed.emit(index.row())

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a plain tool tip only where the delegate has one."""
        if event.type() == QEvent.Type.ToolTip:
            return True
        return super().viewportEvent(event)

    def _next_case(self, row: int, step: int) -> int | None:
        row += step
        rows = self.model().rowCount()
        while 0 <= row < rows:
            if self._can_choose(self.model().index(row, 0)):
                return row
            row += step
        return None

    def _choose(self, row: int | None) -> None:
        if row is not None:
            self.show_row(row)
            self.row_chosen.emit(row)

    def _can_choose(self, index: QModelIndex) -> bool:
        return index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsSelectable)
