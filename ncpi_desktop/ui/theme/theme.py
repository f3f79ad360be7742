"""The looks in use: which colours and what text size, and word of it when they change."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from ncpi_desktop.ui.theme import fonts, icons
from ncpi_desktop.ui.theme.palette import palette
from ncpi_desktop.ui.theme.style_sheet import style_sheet
from ncpi_desktop.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens

ThemePreference = Literal["system", "light", "dark", "high-contrast"]

SMALLEST_SCALE: Final = 100
LARGEST_SCALE: Final = 200
_CHOSEN: Final[dict[str, Tokens]] = {"light": LIGHT, "dark": DARK, "high-contrast": HIGH_CONTRAST}


def _system_tokens() -> Tokens:
    """Return the set that the desktop asks for; light where it says nothing."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)  # Qt 6.10 and later
    if accessibility is not None:
        contrast = accessibility().contrastPreference()
        if contrast == Qt.ContrastPreference.HighContrast:
            return HIGH_CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


class Theme(QObject):
    """Colours and text size of one running program; widgets take it in their constructor and listen.

    Signals:
        changed: colours or text size are others now; measure and paint anew.
    """

    changed = Signal()

    def __init__(
        self, preference: ThemePreference = "system", text_scale: int = 100, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._preference: ThemePreference = preference
        self._text_scale = min(max(text_scale, SMALLEST_SCALE), LARGEST_SCALE)
        self._tokens = self._chosen_tokens()
        self._app: QApplication | None = None

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._tokens

    @property
    def preference(self) -> ThemePreference:
        """What the person chose; ``system`` follows the desktop."""
        return self._preference

    @property
    def text_scale(self) -> int:
        """Text size in per cent, 100 to 200."""
        return self._text_scale

    def apply(self, app: QApplication) -> None:
        """Dress `app`, which has the style Fusion: bundled type, palette, style sheet; from now on follow the desktop and every choice."""
        fonts.load_fonts()
        self._app = app
        self._ask_for_frame()
        self._dress()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        accessibility = getattr(hints, "accessibility", None)
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(self._follow_system)

    def set_preference(self, preference: ThemePreference) -> None:
        """Choose the colours."""
        self._preference = preference
        self._ask_for_frame()
        self._follow_system()

    def set_text_scale(self, percent: int) -> None:
        """Choose the text size; out of range is brought to 100 or 200."""
        percent = min(max(percent, SMALLEST_SCALE), LARGEST_SCALE)
        if percent != self._text_scale:
            self._text_scale = percent
            self._dress()
            self.changed.emit()

    def font(self, role: fonts.FontRole = "text", weight: int | None = None) -> QFont:
        """Return the face for `role` at the text size in use."""
        return fonts.font(role, weight, self._text_scale)

    def px(self, length: float) -> int:
        """Return a length, in pixels at 100 per cent, at the text size in use."""
        return round(length * self._text_scale / 100)

    def icon(self, name: str, colour: str | None = None, size: int = 18) -> QIcon:
        """Return a Lucide icon in `colour` (ink without one), `size` pixels at 100 per cent."""
        return icons.icon(name, colour or self._tokens.ink, self.px(size))

    def pixmap(self, name: str, colour: str | None = None, size: int = 18, ratio: float = 1.0) -> QPixmap:
        """Return a Lucide icon to paint with; pass the widget's ``devicePixelRatioF()`` as `ratio`."""
        return icons.icon_pixmap(name, colour or self._tokens.ink, self.px(size), ratio)

    def icon_size(self, size: int = 18) -> QSize:
        """Return the size to give to Qt's own buttons for icons from `icon`."""
        return QSize(self.px(size), self.px(size))

    def _chosen_tokens(self) -> Tokens:
        return _CHOSEN[self._preference] if self._preference != "system" else _system_tokens()

    def _ask_for_frame(self) -> None:
        """Ask the desktop for a window frame that fits; and for its own wish again when the person follows it."""
        if self._app is None:
            return
        hints = QGuiApplication.styleHints()
        if self._preference == "system":
            hints.unsetColorScheme()
        else:
            dark = _CHOSEN[self._preference].dark
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _follow_system(self, *_reported: object) -> None:
        tokens = self._chosen_tokens()
        if tokens is not self._tokens:
            self._tokens = tokens
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        if self._app is None:
            return
        self._app.setPalette(palette(self._tokens))
        self._app.setFont(self.font())
        self._app.setStyleSheet(style_sheet(self._tokens, self._text_scale))
