"""What stands where nothing is yet: what will be here, and the next step."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_icon
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel

_ICON = 26
_DISC = 60


class IconDisc(QWidget):
    """An icon on a round ground."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Grow with the text."""
        return QSize(self._theme.px(_DISC), self._theme.px(_DISC))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw disc and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.action_ground))
        painter.drawEllipse(self.rect())
        side = self._theme.px(_ICON)
        colour = self._theme.tokens.action
        draw_icon(painter, self._theme, self._icon, colour, _ICON, (self.width() - side) / 2, self.height() / 2)


class EmptyState(QWidget):
    """An icon, a sentence and, where there is a next step, its button.

    Signals:
        button_pressed: the person wants the next step.
    """

    button_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        sentence: str,
        button_text: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence = TextLabel(theme, sentence, tone="muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setMinimumWidth(180)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(1)
        layout.addWidget(IconDisc(theme, icon), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._sentence)
        self.button: PushButton | None = None
        if button_text:
            self.button = PushButton(theme, button_text, "primary")
            self.button.clicked.connect(lambda: self.button_pressed.emit())
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(self.button)
            row.addStretch(1)
            layout.addLayout(row)
        layout.addStretch(1)
        self.setAccessibleName(sentence)

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
