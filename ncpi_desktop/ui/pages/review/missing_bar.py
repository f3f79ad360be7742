"""What the review still lacks, or which comments wait, always in view, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.pages.review.hinted_button import HintedButton
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_icon, words_width
from ncpi_desktop.words import _


class MissingBar(QWidget):
    """Two lines of fixed height: how much is missing with the button to go there, and what it is.

    Where count and button do not fit beside each other, what is missing stands behind the count, and the button below.
    """

    longest = "10 things missing"
    """What room is kept for the count, so that nothing moves when it changes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = ""
        self._names = ""
        self.button = self._way()
        self.button.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)

    def show_missing(self, count: str, names: str) -> None:
        """Say how much is missing, and what; nothing where `names` is empty."""
        if (count, names) == (self._count, self._names):
            return
        self._count, self._names = count, names
        self.setAccessibleName(f"{count}: {names}" if names else count)
        self.setToolTip(names)
        if self.button.isEnabled() != bool(names):
            self.button.setEnabled(bool(names))
        self.update()

    def _way(self) -> HintedButton:
        return HintedButton(self._theme, _("Next unanswered"), "link", key="Ctrl+U")

    def _icon(self) -> str:
        return "circle-dashed" if self._names else "circle-check"

    def _rest(self) -> str:
        """Return what stands below the count where there are no names."""
        return _("Ready to be submitted")

    def words(self) -> str:
        """Return what it says."""
        return self.accessibleName()

    def hasHeightForWidth(self) -> bool:
        """Narrower may put the button on a line of its own."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the two lines."""
        return self._first_line() + (self.button.sizeHint().height() if self._is_stacked(width) else self._theme.px(18))

    def sizeHint(self) -> QSize:
        """Measure all lines."""
        return QSize(self.minimumSizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Never cut the count or the button."""
        width = max(self._count_width(), self.button.width_with(hint=False))
        return QSize(width, self._first_line() + self._theme.px(18))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right."""
        stacked = self._is_stacked(self.width())
        beside = self._theme.px(8) + self._count_width()
        room = self.width() - (0 if stacked else beside)
        self.button.show_hint(self.button.width_with(hint=True) <= room)
        size = self.button.sizeHint()
        top = self._first_line() if stacked else 0
        self.button.setGeometry(self.width() - size.width(), top, size.width(), self._first_line())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw shape, count and names."""
        painter = QPainter(self)
        theme, tokens = self._theme, self._theme.tokens
        first = self._first_line()
        left = draw_icon(painter, theme, self._icon(), tokens.action, 16, 0, first / 2) + theme.px(6)
        painter.setFont(theme.font("text", 600))
        painter.setPen(QColor(tokens.ink))
        painter.drawText(QRectF(left, 0, self.width(), first), Qt.AlignmentFlag.AlignVCenter, self._count)
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(tokens.muted))
        metrics = QFontMetricsF(theme.font("caption"))
        names = self._names or self._rest()
        below = QRectF(left, first, self.width() - left, theme.px(17))
        align = Qt.AlignmentFlag.AlignTop
        if self._is_stacked(self.width()):
            left += words_width(QFontMetricsF(theme.font("text", 600)), self._count) + theme.px(8)
            below, align = QRectF(left, 0, self.width() - left, first), Qt.AlignmentFlag.AlignVCenter
        names = metrics.elidedText(names, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, align, names)

    def _is_stacked(self, width: int) -> bool:
        return self._count_width() + self.button.width_with(hint=False) + self._theme.px(8) > width

    def _count_width(self) -> int:
        return words_width(QFontMetricsF(self._theme.font("text", 600)), self.longest) + self._theme.px(22)

    def _first_line(self) -> int:
        return max(self.button.sizeHint().height(), self._theme.px(22))

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()


class CommentsBar(MissingBar):
    """How many comments wait for an answer on this case, and where the next one is; away while there is nothing to say."""

    longest = "10 open comments"

    def show_comments(self, count: str, names: str, *, leads_on: bool) -> None:
        """Say how many are open here, and what else is to be known; `leads_on` is whether there is one to go to."""
        self.show_missing(count, names)
        if self.button.isEnabled() != leads_on:
            self.button.setEnabled(leads_on)

    def _way(self) -> HintedButton:
        return HintedButton(self._theme, _("Next open comment"), "link", key="Ctrl+Shift+M")

    def _icon(self) -> str:
        return "message-square"

    def _rest(self) -> str:
        return ""
