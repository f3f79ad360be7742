"""A button that leaves out the key beside its words where there is no room for it."""

from __future__ import annotations

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import plain_words
from ncpi_desktop.ui.widgets.push_button import Kind, PushButton


class HintedButton(PushButton):
    """As a `PushButton`; while the key is left out it stands in the tool tip."""

    def __init__(
        self, theme: Theme, text: str, kind: Kind = "secondary", icon: str | None = None, key: str = ""
    ) -> None:
        super().__init__(theme, text, kind, icon, key)
        self._hint_shown = True

    @property
    def is_hint_shown(self) -> bool:
        """Whether the key stands beside the words."""
        return self._hint_shown

    def show_hint(self, shown: bool) -> None:
        """Show the key beside the words, or leave it out."""
        if shown != self._hint_shown:
            self._hint_shown = shown
            left_out = self._key_hint and not shown
            self.setToolTip(f"{plain_words(self.text())} ({self._key_hint})" if left_out else "")
            self._dress()

    def width_with(self, *, hint: bool) -> int:
        """Return the width it needs with or without its key."""
        shown, self._hint_shown = self._hint_shown, hint
        try:
            return self.sizeHint().width()
        finally:
            self._hint_shown = shown

    def _spaced_key(self) -> str:
        return super()._spaced_key() if self._hint_shown else ""
