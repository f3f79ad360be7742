"""A row of widgets that wraps like words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowRow(QWidget):
    """Places its widgets itself, so that a chip with another count does not have the whole page measured again."""

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._held: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hold(self, widgets: Sequence[QWidget]) -> None:
        """Take the widgets, in their order."""
        self._held = list(widgets)
        for widget in widgets:
            widget.setParent(self)

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._place(width, moving=False)

    def sizeHint(self) -> QSize:
        """Accept any width that shows the widest."""
        return QSize(self.minimumSizeHint().width(), self._place(self.width(), moving=False))

    def minimumSizeHint(self) -> QSize:
        """Accept one a line."""
        sizes = [widget.sizeHint() for widget in self._held if not widget.isHidden()]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place them anew."""
        self._place(self.width(), moving=True)

    def event(self, event: QEvent) -> bool:
        """Place them anew when one asks for another size; tell the page only when the number of lines changes."""
        if event.type() == QEvent.Type.LayoutRequest and self._place(self.width(), moving=True) != self.height():
            self.updateGeometry()
        return super().event(event)

    def _place(self, width: int, *, moving: bool) -> int:
        left = top = line = 0
        for widget in self._held:
            if widget.isHidden():
                continue
            size = widget.sizeHint()
            if left and left + size.width() > width:
                left, top, line = 0, top + line + self._gap, 0
            if moving:
                widget.setGeometry(left, top, size.width(), size.height())
            left += size.width() + self._gap
            line = max(line, size.height())
        return top + line
