"""The overall grade: one button a grade, at most one chosen, wrapping into rows where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.grade_button import GradeButton
from ncpi_desktop.ui.widgets.grade_look import GradeLook

_GAP = 6


class GradeRow(QWidget):
    """Chooses one grade of a scale, best first; pressing the chosen one again clears it. Arrow keys move, Space presses.

    Signals:
        grade_chosen: the grade's code, or None when it was cleared; only ever from a person's action.
    """

    grade_chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        looks: Sequence[GradeLook],
        key_hints: Sequence[str] = (),
        accessible_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        hints = list(key_hints) + [""] * len(looks)
        self.buttons = [GradeButton(theme, look, hint, self) for look, hint in zip(looks, hints, strict=False)]
        for button in self.buttons:
            button.clicked.connect(lambda _checked, pressed=button: self._pressed(pressed))
        self.setAccessibleName(accessible_name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._dress)

    def grade(self) -> str | None:
        """Return the code of the chosen grade."""
        return next((button.look.code for button in self.buttons if button.isChecked()), None)

    def set_grade(self, code: str | None) -> None:
        """Show `code` as chosen, without a signal."""
        for button in self.buttons:
            button.setChecked(button.look.code == code)

    def press(self, code: str) -> None:
        """Do as if a person had pressed the button of `code`; nothing when the scale has no such grade."""
        for button in self.buttons:
            if button.look.code == code and button.isEnabled():
                button.click()

    def rows(self, width: int) -> list[list[GradeButton]]:
        """Return the buttons row by row as they fit into `width` pixels, no word cut."""
        rows: list[list[GradeButton]] = []
        left = 0
        for button in self.buttons:
            need = button.least_width()
            if not rows or left + _GAP + need > width:
                rows.append([])
                left = -_GAP
            rows[-1].append(button)
            left += _GAP + need
        return rows

    def hasHeightForWidth(self) -> bool:
        """Narrower means more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at `width`."""
        rows = len(self.rows(width))
        return rows * self._row_height() + max(rows - 1, 0) * _GAP

    def sizeHint(self) -> QSize:
        """Prefer one row."""
        width = sum(button.least_width() + _GAP for button in self.buttons) - _GAP
        return QSize(width, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Accept one button a row."""
        narrowest = max((button.least_width() for button in self.buttons), default=0)
        return QSize(narrowest, self._row_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the buttons."""
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move between the grades."""
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        focused = next((place for place, button in enumerate(self.buttons) if button.hasFocus()), None)
        move = moves.get(Qt.Key(event.key()))
        if move is None or focused is None:
            super().keyPressEvent(event)
            return
        target = min(max(focused + move, 0), len(self.buttons) - 1)
        self.buttons[target].setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self, pressed: GradeButton) -> None:
        for button in self.buttons:
            if button is not pressed:
                button.setChecked(False)
        self.grade_chosen.emit(pressed.look.code if pressed.isChecked() else None)

    def _row_height(self) -> int:
        return max((button.sizeHint().height() for button in self.buttons), default=0)

    def _place(self) -> None:
        height = self._row_height()
        for number, row in enumerate(self.rows(self.width())):
            left = 0
            for button, width in zip(row, self._widths(row), strict=True):
                button.setGeometry(left, number * (height + _GAP), width, height)
                left += width + _GAP

    def _widths(self, row: Sequence[GradeButton]) -> list[int]:
        """Fill the width as evenly as the words allow: the widest needs are met first, the others share the rest."""
        room = self.width() - (len(row) - 1) * _GAP
        widths = dict.fromkeys(row, 0)
        for place, button in enumerate(sorted(row, key=GradeButton.least_width, reverse=True)):
            widths[button] = max(button.least_width(), room // (len(row) - place))
            room -= widths[button]
        return list(widths.values())

    def _dress(self) -> None:
        self.updateGeometry()
        self._place()
