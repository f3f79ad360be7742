"""A list of headings and lines of words that wrap: the gathered reasons, the findings, what a picker offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_box, draw_icon, words_width
from ncpi_desktop.ui.widgets.text_label import TextTone, text_colour

Index = QModelIndex | QPersistentModelIndex
_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_ICON = 16


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `key` says what it stands for; a heading has None and is passed over. `aside` stands at the right, `below` in small type."""

    key: object
    words: str
    below: str = ""
    aside: str = ""
    icon: str = ""
    tone: TextTone = "ink"
    indent: int = 0
    strong: bool = False

    @property
    def spoken(self) -> str:
        """The whole line for screen readers."""
        return ", ".join(part for part in (self.words, self.aside, self.below) if part)


class OutlineModel(QAbstractListModel):
    """The lines in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> bool:
        """Hold these lines; return whether they are others than before."""
        if tuple(lines) == self._lines:
            return False
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()
        return True

    def line(self, row: int) -> Line | None:
        """Return the line at `row`."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, key: object) -> int | None:
        """Return where the line with `key` stands."""
        return next((row for row, line in enumerate(self._lines) if line.key == key), None)

    def first_row(self) -> int | None:
        """Return the first line that can be chosen."""
        return next((row for row, line in enumerate(self._lines) if line.key is not None), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words, or all of the line for screen readers."""
        line = self.line(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words
        return line.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let headings be passed over."""
        line = self.line(index.row())
        return Qt.ItemFlag.NoItemFlags if line is None or line.key is None else super().flags(index)


class OutlineDelegate(QStyledItemDelegate):
    """Draws the lines, each as high as its words need."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Measure the wrapped words."""
        line, view = self._line(index), option.widget
        width = view.viewport().width() if isinstance(view, QListView) else 260
        if line is None:
            return QSize(width, 0)
        left, right = self._edges(line)
        room = QRectF(0, 0, max(width - left - right, 40), 90_000)
        words = QFontMetricsF(self._font(line)).boundingRect(room, _WRAP, line.words).height()
        if line.below:
            words += QFontMetricsF(self._theme.font("caption")).boundingRect(room, _WRAP, line.below).height()
        return QSize(width, round(words) + self._theme.px(16 if line.key is None else 9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line = self._line(index)
        if line is None:
            return
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected and line.key is not None:
            draw_box(painter, rect.adjusted(0, 1, 0, -1), 5, tokens.action_ground)
            painter.fillRect(QRectF(rect.left(), rect.top() + 3, 3, rect.height() - 6), QColor(tokens.action))
        left, right = self._edges(line)
        top = px(10 if line.key is None else 4)
        words = rect.adjusted(left, top, -right, 0)
        font = self._font(line)
        if line.icon:
            middle = words.top() + QFontMetricsF(font).height() / 2
            draw_icon(painter, theme, line.icon, text_colour(theme, line.tone), _ICON, left - px(22), middle)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted if line.key is None else tokens.ink))
        taken = painter.boundingRect(words, _WRAP, line.words)
        painter.drawText(words, _WRAP, line.words)
        if line.aside:
            place = QRectF(words.right(), words.top(), right - px(8), taken.height())
            painter.setFont(theme.font("caption", 600))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, line.aside)
        if line.below:
            painter.setFont(theme.font("caption"))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(words.adjusted(0, taken.height(), 0, 0), _WRAP, line.below)

    def _line(self, index: Index) -> Line | None:
        model = index.model()
        return model.line(index.row()) if isinstance(model, OutlineModel) else None

    def _font(self, line: Line) -> Any:
        if line.key is None:
            return self._theme.font("caption", 700)
        return self._theme.font("text", 600 if line.strong else 400)

    def _edges(self, line: Line) -> tuple[int, int]:
        """Return the room left and right of the words."""
        px = self._theme.px
        left = px(8 + 14 * line.indent + (22 if line.icon else 0))
        aside = words_width(QFontMetricsF(self._theme.font("caption", 600)), line.aside)
        return left, px(8) + (aside + px(12) if aside else 0)


class OutlineList(QListView):
    """The list. Enter enters a line, Right and Left open and close it, Delete asks to take it away, Alt+Up and Alt+Down to move it.

    Signals:
        line_chosen: the key of the line now chosen.
        line_entered: the key of the line that was entered or clicked twice.
        opened: Right was pressed on the line with this key.
        closed: Left was pressed.
        removal_wanted: Delete was pressed.
        move_wanted: *up* or *down*.
        commanded: Ctrl+Enter was pressed.
    """

    line_chosen = Signal(object)
    line_entered = Signal(object)
    opened = Signal(object)
    closed = Signal(object)
    removal_wanted = Signal(object)
    move_wanted = Signal(str)
    commanded = Signal(object)

    def __init__(self, theme: Theme, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = OutlineModel(self)
        self._showing = False
        self.setModel(self.lines)
        self.setItemDelegate(OutlineDelegate(theme, self))
        self.setAccessibleName(accessible_name)
        self.setProperty("frameless", True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._tell_chosen)
        self.doubleClicked.connect(lambda index: self._tell(self.line_entered, index.row()))
        theme.changed.connect(self.doItemsLayout)

    def chosen(self) -> object:
        """Return the key of the line chosen; None where there is none."""
        line = self.lines.line(self.currentIndex().row())
        return line.key if line is not None else None

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; the one chosen stays chosen where it is still there, without a signal."""
        held, place = self.chosen(), self.verticalScrollBar().value()
        self._showing = True
        try:
            if self.lines.show_lines(lines):
                self.choose(held)
                self.verticalScrollBar().setValue(place)
        finally:
            self._showing = False

    def choose(self, key: object) -> bool:
        """Choose a line by its key; return whether it is there."""
        row = self.lines.row_of(key) if key is not None else None
        if row is None:
            self.selectionModel().clear()
            return False
        self.setCurrentIndex(self.lines.index(row))
        return True

    def bring_to_top(self, key: object) -> None:
        """Scroll until the line stands at the top, so that what follows it is seen."""
        row = self.lines.row_of(key)
        if row is not None:
            self.scrollTo(self.lines.index(row), QListView.ScrollHint.PositionAtTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the lines for another width."""
        super().resizeEvent(event)
        self.doItemsLayout()

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter here, where it is a key of the list and not of the program."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_command(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, open, close, move and take away, or go on as lists do."""
        key, row = Qt.Key(event.key()), self.currentIndex().row()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        told = {
            Qt.Key.Key_Return: self.line_entered,
            Qt.Key.Key_Enter: self.line_entered,
            Qt.Key.Key_Right: self.opened,
            Qt.Key.Key_Left: self.closed,
            Qt.Key.Key_Delete: self.removal_wanted,
        }.get(key)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_wanted.emit("up" if key == Qt.Key.Key_Up else "down")
        elif _is_command(event):
            self._tell(self.commanded, row)
        elif told is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._tell(told, row)
        else:
            super().keyPressEvent(event)

    def _tell(self, signal: Any, row: int) -> None:
        line = self.lines.line(row)
        if line is not None and line.key is not None:
            signal.emit(line.key)

    def _tell_chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._showing:
            self._tell(self.line_chosen, current.row())


def _is_command(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
