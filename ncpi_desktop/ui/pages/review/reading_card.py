"""What is folded out in place of the queue to be read beside the case: a caption, a heading, a text, and a way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel


class ReadingCard(Card):
    """Escape or its button closes it; who builds on it fills `heading` and `text`.

    Signals:
        closed: the person is done reading.
    """

    closed = Signal()

    def __init__(
        self, theme: Theme, caption: str, close: str, key: str, hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, padding=14, parent=parent)
        self.heading = TextLabel(theme, "", role="card_title", wrap=True)
        self.close_button = PushButton(theme, close, "quiet", "x", key)
        self.close_button.set_icon_only()
        self.close_button.clicked.connect(lambda: self.closed.emit())
        self.text = QTextEdit(self)
        self.text.setProperty("frameless", True)
        self.text.setReadOnly(True)
        self.text.setUndoRedoEnabled(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(caption)
        self.text.document().setDocumentMargin(0)
        above = QHBoxLayout()
        above.addWidget(self.heading, 1)
        above.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(TextLabel(theme, caption, role="caption", weight=600, tone="muted", capitals=True))
        self.body.addLayout(above)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(TextLabel(theme, hint, role="caption", tone="muted", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
