"""The buttons that do something: primary, secondary, danger, link and quiet."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tokens
from ncpi_desktop.ui.widgets.painting import (
    FIELD_RADIUS,
    draw_box,
    draw_focus_ring,
    draw_icon,
    plain_words,
    words_width,
)

Kind = Literal["primary", "secondary", "danger", "link", "quiet"]

_SIDE = {"primary": 14, "secondary": 14, "danger": 14, "link": 5, "quiet": 8}
_ICON = 18


def _colours(kind: Kind, tokens: Tokens, hot: bool, enabled: bool) -> tuple[str | None, str | None, str]:
    """Return fill, border and ink."""
    if not enabled:
        plain = kind in ("link", "quiet")
        return (None, None, tokens.muted) if plain else (tokens.ground, tokens.line, tokens.muted)
    return {
        "primary": (tokens.action_hover if hot else tokens.action, None, tokens.on_action),
        "secondary": (tokens.action_ground if hot else tokens.card, tokens.field_line, tokens.ink),
        "danger": (tokens.danger_ground if hot else tokens.card, tokens.danger, tokens.danger),
        "link": (tokens.action_ground if hot else None, None, tokens.action),
        "quiet": (tokens.action_ground if hot else None, None, tokens.ink),
    }[kind]


class PushButton(QPushButton):
    """A button of one `kind`; with `key_hint`, the key that presses it stands beside its words but not in its name."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: Kind = "secondary",
        icon: str | None = None,
        key_hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._kind: Kind = kind
        self._icon = icon
        self._key_hint = key_hint
        self._icon_only = False
        self.setAccessibleName(plain_words(text))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)

    @property
    def key_hint(self) -> str:
        """The key that stands beside its words; empty where none does."""
        return self._key_hint

    def set_words(self, text: str, icon: str | None = None) -> None:
        """Say something else, to the eye and to screen readers."""
        self.setText(text)
        self.setAccessibleName(plain_words(text))
        self._icon = icon or self._icon
        self._dress()

    def set_kind(self, kind: Kind) -> None:
        """Be of another kind: of the buttons that stand together one alone is primary."""
        if kind != self._kind:
            self._kind = kind
            self._dress()

    def set_icon_only(self) -> None:
        """Show the icon alone; the words stay the name and become the tool tip."""
        self._icon_only = True
        words = plain_words(self.text())
        self.setToolTip(f"{words} ({self._key_hint})" if self._key_hint else words)
        self._dress()

    def sizeHint(self) -> QSize:
        """Measure icon, words and key."""
        metrics = QFontMetricsF(self._theme.font("text", 600))
        height = round(metrics.height()) + self._theme.px(6 if self._kind == "link" else 15)
        if self._icon_only:
            return QSize(max(height, self._theme.px(34)), height)
        width = sum(self._parts()) + 2 * self._theme.px(_SIDE[self._kind])
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, then icon, words and key in its middle."""
        painter = QPainter(self)
        theme, rect = self._theme, QRectF(self.rect())
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        fill, border, ink = _colours(self._kind, theme.tokens, hot, self.isEnabled())
        draw_box(painter, rect, FIELD_RADIUS, fill, border)
        icon, words, key = self._parts()
        left = (rect.width() - icon - words - key) / 2
        if self._icon:
            draw_icon(painter, theme, self._icon, ink, _ICON, round(left), rect.center().y())
            left += icon
        painter.setPen(QColor(ink))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if not self._icon_only:
            painter.setFont(theme.font("text", 600))
            mnemonic = Qt.TextFlag.TextShowMnemonic
            painter.drawText(QRectF(left, 0, words + 2, rect.height()), flags | mnemonic, self.text())
            painter.drawText(QRectF(left + words, 0, key + 2, rect.height()), flags, self._spaced_key())
        if self.hasFocus():
            draw_focus_ring(painter, theme, rect, FIELD_RADIUS)
            if self._kind == "primary":
                draw_box(painter, rect.adjusted(2, 2, -2, -2), FIELD_RADIUS - 2, None, ink, 1.5)

    def _spaced_key(self) -> str:
        return f"  {self._key_hint}" if self._key_hint else ""

    def _parts(self) -> tuple[int, int, int]:
        """Return the widths of icon with its gap, words, and key."""
        metrics = QFontMetricsF(self._theme.font("text", 600))
        if self._icon_only:
            return self._theme.px(_ICON), 0, 0
        icon = self._theme.px(_ICON + 4) if self._icon else 0
        return icon, words_width(metrics, plain_words(self.text())), words_width(metrics, self._spaced_key())

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
