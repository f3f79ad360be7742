"""A number that is the message: caption, figure, and the n and the interval under it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.text_label import TextLabel, TextTone


class HeadlineFigure(QWidget):
    """A large figure with its caption above and its note below."""

    def __init__(
        self,
        theme: Theme,
        caption: str,
        figure: str,
        note: str = "",
        tone: TextTone = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.caption = TextLabel(theme, caption, role="caption", weight=700, tone="muted", capitals=True, wrap=True)
        self.figure = TextLabel(theme, figure, role="headline", tone=tone)
        self.note = TextLabel(theme, note, tone="muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for label in (self.caption, self.figure, self.note):
            layout.addWidget(label)
        layout.addStretch(1)
        self._describe()

    def set_figure(self, figure: str, note: str, tone: TextTone = "ink") -> None:
        """Show another figure."""
        self.figure.setText(figure)
        self.figure.set_tone(tone)
        self.note.setText(note)
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleName(self.caption.text())
        self.setAccessibleDescription(f"{self.figure.text()}. {self.note.text()}".strip())
