"""The status log of a recommendation as a line of time: newest first, each with its day, its status by shape and word, and why."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.recommendation import Recommendation
from ncpi_desktop.domain.casework.recommendation_log import LogLine
from ncpi_desktop.domain.casework.recommendation_words import day_words
from ncpi_desktop.ui.models.recommendation_model import STATUS_ICONS
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_icon
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

_ICON: Final = 16
_GAP: Final = 10


def line_words(held: Recommendation, line: LogLine) -> str:
    """Return day, status and people of a line, such as *20 November 2017 · Complete · Team lead, authorised by Quality assurer 1*."""
    status = _("Completion asked for") if line is held.asked else line.status.label
    said = [day_words(line.at.date()), status]
    if line.authoriser:
        said.append(_("authorised by {name}").format(name=line.authoriser))
    if line.by:
        said.append(_("asked for by {name}").format(name=line.by) if line.authoriser else line.by)
    return " · ".join(said)


class StatusEntry(QWidget):
    """One line of the log: its shape at the left, tied to the next by a line."""

    def __init__(self, theme: Theme, held: Recommendation, line: LogLine, *, last: bool) -> None:
        super().__init__()
        self._theme = theme
        self._icon = STATUS_ICONS[line.status] if line is not held.asked else "circle-help"
        self._last = last
        self.head = TextLabel(theme, line_words(held, line), role="caption", weight=700, wrap=True)
        self.comment = TextLabel(theme, line.comment, wrap=True)
        self.comment.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(f"{self.head.text()}. {line.comment}".strip())
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        self._column.addWidget(self.head)
        self._column.addWidget(self.comment)
        self.comment.setHidden(not line.comment)
        theme.changed.connect(self._dress)
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape, and the line down to the next."""
        painter = QPainter(self)
        tokens, px = self._theme.tokens, self._theme.px
        middle = self.head.geometry().top() + self.head.fontMetrics().height() / 2
        if not self._last:
            painter.setPen(QPen(QColor(tokens.field_line), 1.5))
            across = px(_ICON) / 2
            painter.drawLine(QPointF(across, middle + px(_ICON) / 2 + 2), QPointF(across, QRectF(self.rect()).bottom()))
        draw_icon(painter, self._theme, self._icon, tokens.ink, _ICON, 0, middle)

    def _dress(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(_ICON + _GAP), 0, 0, px(8))


class StatusLog(QWidget):
    """All lines, newest at the top; a sentence where there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.entries: list[StatusEntry] = []
        self._shown: object = None
        self.nothing = TextLabel(theme, _("No status has been logged yet."), tone="muted", wrap=True)
        self.setAccessibleName(_("Status log"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.nothing)

    def show_log(self, held: Recommendation) -> None:
        """Show the log of a recommendation; the same one is not built again."""
        if (held.key, held.log, held.status) == self._shown:
            return
        self._shown = (held.key, held.log, held.status)
        for entry in self.entries:
            entry.hide()
            entry.setParent(None)
            entry.deleteLater()
        newest = tuple(reversed(held.log))
        self.entries = [StatusEntry(self._theme, held, line, last=line is newest[-1]) for line in newest]
        for entry in self.entries:
            self._column.addWidget(entry)
        self.nothing.setVisible(not newest)
