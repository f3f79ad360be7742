"""Says whether what was typed is safe: saving, saved when, or not saved."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_icon, words_width
from ncpi_desktop.words import _

State = Literal["", "saving", "saved", "failed"]

_ICONS: Final[dict[State, str]] = {"saving": "circle-dashed", "saved": "circle-check", "failed": "triangle-alert"}
_ICON: Final = 16


class SaveState(QWidget):
    """A word, a shape and a colour. Its place is as wide as its longest usual words, so that nothing beside it moves.

    A failure stays until something is saved: `set_saving` does not hide it.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: State = ""
        self._words = ""
        self._settled: tuple[State, str, str] = ("", "", "")
        self.setAccessibleName(_("Save state"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)

    @property
    def state(self) -> State:
        """What it says: nothing yet, saving, saved or failed."""
        return self._state

    def text(self) -> str:
        """Return its words."""
        return self._words

    def clear(self) -> None:
        """Say nothing: no file is open."""
        self._show("", "", "")

    def set_saving(self) -> None:
        """Say that something typed is not committed yet."""
        if self._state != "failed":
            self._show("saving", _("Saving…"), "")

    def set_unchanged(self) -> None:
        """Say again what was said before *Saving*: what was typed stood in the file already."""
        if self._state == "saving":
            self._show(*self._settled)

    def set_saved(self, time: str) -> None:
        """Say that everything is committed; `time` is the clock time of the commit, ``10:42:07``."""
        self._show("saved", _("Saved {time}").format(time=time), "")

    def set_failed(self, reason: str) -> None:
        """Say that something is not saved; `reason` says why and what to do, and goes to tool tip and screen reader."""
        self._show("failed", _("Not saved"), reason)

    def sizeHint(self) -> QSize:
        """Leave room for a time."""
        metrics = QFontMetricsF(self._theme.font("text", 400))
        usual = words_width(metrics, _("Saved {time}").format(time="00:00:00"))
        failed = words_width(QFontMetricsF(self._theme.font("text", 700)), _("Not saved"))
        width = max(usual, failed, words_width(metrics, self._words)) + self._theme.px(_ICON + 8)
        return QSize(width, round(metrics.height()) + 4)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw shape and words."""
        if not self._state:
            return
        painter = QPainter(self)
        theme, tokens = self._theme, self._theme.tokens
        colour = {"saved": tokens.muted, "saving": tokens.muted, "failed": tokens.danger}[self._state]
        shape = tokens.action if self._state == "saved" else colour
        left = draw_icon(painter, theme, _ICONS[self._state], shape, _ICON, 0, self.height() / 2) + theme.px(5)
        painter.setPen(QColor(colour))
        painter.setFont(theme.font("text", 700 if self._state == "failed" else 400))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 0, self.width() - left, self.height()), flags, self._words)

    def _show(self, state: State, words: str, reason: str) -> None:
        if (state, words, reason) == (self._state, self._words, self.toolTip()):
            return
        self._state, self._words = state, words
        if state != "saving":
            self._settled = (state, words, reason)
        self.setToolTip(reason)
        self.setAccessibleDescription(f"{words}. {reason}" if reason else words)
        if state == "failed" and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.update()

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
