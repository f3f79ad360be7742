"""The table of both grades: each cell is a button that lists its cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ncpi_desktop.domain.methodology.grade import Grade, Scale
from ncpi_desktop.domain.moderation.agreement import AgreementTable
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box, draw_focus_ring
from ncpi_desktop.ui.widgets.pressable import Pressable
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext

_STEPS: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


@dataclass(frozen=True, slots=True)
class MatrixWords:
    """What a table of two gradings is called, and whose each of them is."""

    name: str
    first: str
    second: str
    cell: Callable[[str, str, int], str]


def readings_words() -> MatrixWords:
    """Return the words for two readings of one case."""
    return MatrixWords(
        _("First grade against re-review"),
        _("First grade: {grade}"),
        _("Re-review: {grade}"),
        lambda first, second, n: ngettext(
            "First {first}, second {second}: {n} case", "First {first}, second {second}: {n} cases", n
        ).format(first=first, second=second, n=n),
    )


class MatrixCell(Pressable):
    """How many cases got these two grades. Where they are the same the ground is the strong colour's; a frame marks the others.

    Signals:
        step_wanted: rows and columns to go, for an arrow key.
    """

    step_wanted = Signal(int, int)

    def __init__(
        self, theme: Theme, first: Grade, second: Grade, words: MatrixWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._words = words
        self.first, self.second = first, second
        self.count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show how many there are; a cell without cases can't be pressed, and is read out all the same."""
        self.count = count
        self.setText(str(count))
        said = self._words.cell(self.first.label.lower(), self.second.label.lower(), count)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setEnabled(count > 0)
        self.update()

    def sizeHint(self) -> QSize:
        """Grow with the text."""
        return QSize(self._theme.px(44), self._theme.px(40))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next cell that has cases."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.step_wanted.emit(*step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and number."""
        painter = QPainter(self)
        tokens, rect = self._theme.tokens, QRectF(self.rect())
        same = self.first.code == self.second.code
        edge = tokens.action if self._is_hot() else None
        if not self.count:
            draw_box(painter, rect, FIELD_RADIUS, tokens.ground)
        elif same:
            draw_box(painter, rect, FIELD_RADIUS, tokens.action_ground, edge)
        else:
            draw_box(painter, rect, FIELD_RADIUS, tokens.card, edge or tokens.field_line, 1.5)
        painter.setFont(self._theme.font("text", 700 if self.count else 400))
        painter.setPen(QColor(tokens.ink if self.count else tokens.muted))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, rect, FIELD_RADIUS)


class Matrix(QWidget):
    """One grade (row) against another (column): first grade against re-review, where `words` say nothing else.

    Signals:
        cell_pressed: the codes of both grades of a cell that has cases.
    """

    cell_pressed = Signal(str, str)

    def __init__(
        self, theme: Theme, scale: Scale, words: MatrixWords | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        words = words or readings_words()
        self.setAccessibleName(words.name)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        self.cells: list[list[MatrixCell]] = []
        for place, grade in enumerate(scale.grades):
            above = TextLabel(theme, grade.short, role="caption", tone="muted")
            above.setAlignment(Qt.AlignmentFlag.AlignCenter)
            above.setToolTip(words.second.format(grade=grade.label))
            grid.addWidget(above, 0, place + 1)
            beside = TextLabel(theme, grade.short, role="caption", tone="muted")
            beside.setToolTip(words.first.format(grade=grade.label))
            grid.addWidget(beside, place + 1, 0)
            grid.setColumnStretch(place + 1, 1)
            self.cells.append([MatrixCell(theme, grade, other, words, self) for other in scale.grades])
            for column, cell in enumerate(self.cells[-1]):
                grid.addWidget(cell, place + 1, column + 1)
                cell.clicked.connect(
                    lambda _on=False, cell=cell: self.cell_pressed.emit(cell.first.code, cell.second.code)
                )
                cell.step_wanted.connect(lambda down, right, cell=cell: self._step(cell, down, right))

    def show_table(self, table: AgreementTable) -> None:
        """Show these counts."""
        for cells, counts in zip(self.cells, table.counts, strict=True):
            for cell, count in zip(cells, counts, strict=True):
                cell.set_count(count)

    def _step(self, cell: MatrixCell, down: int, right: int) -> None:
        row = next(place for place, cells in enumerate(self.cells) if cell in cells)
        column = self.cells[row].index(cell)
        size = len(self.cells)
        while True:
            row, column = row + down, column + right
            if not (0 <= row < size and 0 <= column < size):
                return
            if self.cells[row][column].isEnabled():
                self.cells[row][column].setFocus(Qt.FocusReason.TabFocusReason)
                return
