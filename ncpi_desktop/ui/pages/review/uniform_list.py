"""A list view whose rows are all equally high, so that a million of them cost no more than a screenful."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex


class UniformList(QListView):
    """Works out where each row is instead of laying the rows out.

    Qt's own list asks the model about every row at each layout, even when it is told that all are equally high: two
    calls into Python a row. It stays a QListView, which is what screen readers know as a list.
    """

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_height = 1
        self._empty_words = ""
        self.setAccessibleName(accessible_name)
        self.setProperty("frameless", True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show the rows of `model`."""
        super().setModel(model)
        self.doItemsLayout()

    def set_empty_words(self, words: str) -> None:
        """Say `words` where there is no row."""
        self._empty_words = words

    def doItemsLayout(self) -> None:
        """Take the height of a row from the delegate; that is all the layout there is."""
        delegate = self.itemDelegate()
        if delegate is not None:
            self._row_height = max(delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height(), 1)
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Give the scroll bar its range."""
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(self._row_height)
        bar.setRange(0, max(self._rows() * self._row_height - height, 0))

    def verticalOffset(self) -> int:
        """Return how far the list is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """Return 0: rows are as wide as the list."""
        return 0

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Show other rows."""
        self.viewport().update()

    def visualRect(self, index: Index) -> QRect:
        """Return where a row is drawn."""
        if not index.isValid():
            return QRect()
        return QRect(
            0, index.row() * self._row_height - self.verticalOffset(), self.viewport().width(), self._row_height
        )

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return what is drawn at a point."""
        row = (point.y() + self.verticalOffset()) // self._row_height
        model = self.model()
        return model.index(row, 0) if model is not None and 0 <= row < self._rows() else QModelIndex()

    def scrollTo(self, index: Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        """Scroll only as far as the row needs; a row far away comes to the middle."""
        bar = self.verticalScrollBar()
        top, height = index.row() * self._row_height, self.viewport().height()
        above, below = bar.value() - top, top + self._row_height - bar.value() - height
        if above <= 0 and below <= 0 and hint == QListView.ScrollHint.EnsureVisible:
            return
        if max(above, below) > 2 * self._row_height or hint == QListView.ScrollHint.PositionAtCenter:
            bar.setValue(top - (height - self._row_height) // 2)
        else:
            bar.setValue(bar.value() - above if above > 0 else bar.value() + below)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the row that is pressed."""
        index = self.indexAt(rect.center())
        if index.isValid() and self.selectionModel() is not None:
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return where the selected rows are drawn."""
        region = QRegion()
        for index in selection.indexes():
            region = region.united(QRegion(self.visualRect(index)))
        return region

    def isIndexHidden(self, index: Index) -> bool:
        """Return False: no row is hidden."""
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that are in view."""
        model = self.model()
        painter = QPainter(self.viewport())
        if not self._rows():
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            wrapped = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(2, 8, -8, 0), wrapped, self._empty_words)
            return
        offset, height, width = self.verticalOffset(), self._row_height, self.viewport().width()
        first = (event.rect().top() + offset) // height
        last = min((event.rect().bottom() + offset) // height, self._rows() - 1)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        focused = QStyle.StateFlag.State_HasFocus if self.hasFocus() else QStyle.StateFlag.State_None
        selection, current = self.selectionModel(), self.currentIndex().row()
        for row in range(max(first, 0), last + 1):
            index = model.index(row, 0)
            option.rect = QRect(0, row * height - offset, width, height)
            option.state = QStyle.StateFlag.State_Enabled
            if row == current and selection.isSelected(index):
                option.state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Selected | focused
            self.itemDelegate().paint(painter, option, index)

    def _rows(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0
