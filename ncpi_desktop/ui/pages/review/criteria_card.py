"""The criteria of a stage, folded out beside the case: the record stays where it is and can be read along."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QWidget

from ncpi_desktop.domain.methodology.stage import Stage
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

_BULLET = "•  "


class CriteriaCard(Card):
    """The questions of one stage.

    Signals:
        closed: the person is done reading.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=14, parent=parent)
        self._stage: Stage | None = None
        self.heading = TextLabel(theme, "", role="card_title", wrap=True)
        self.close_button = PushButton(theme, _("Close the criteria"), "quiet", "x", "Ctrl+G")
        self.close_button.set_icon_only()
        self.close_button.clicked.connect(lambda: self.closed.emit())
        self.text = QTextEdit(self)
        self.text.setProperty("frameless", True)
        self.text.setReadOnly(True)
        self.text.setUndoRedoEnabled(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Criteria"))
        self.text.document().setDocumentMargin(0)
        above = QHBoxLayout()
        above.addWidget(self.heading, 1)
        above.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(TextLabel(theme, _("Criteria"), role="caption", weight=600, tone="muted", capitals=True))
        self.body.addLayout(above)
        self.body.addWidget(self.text, 1)
        hint = _("Ctrl+G closes. The criteria follow the stage you are at.")
        self.body.addWidget(TextLabel(theme, hint, role="caption", tone="muted", wrap=True))
        theme.changed.connect(self._write)

    @property
    def stage(self) -> str | None:
        """The code of the stage shown."""
        return self._stage.code if self._stage else None

    def show_stage(self, stage: Stage) -> None:
        """Show the criteria of a stage."""
        if stage is not self._stage:
            self._stage = stage
            self.heading.setText(stage.label)
            self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _write(self) -> None:
        if self._stage is None:
            return
        theme = self._theme
        letters = QTextCharFormat()
        letters.setFont(theme.font())
        letters.setForeground(QColor(theme.tokens.ink))
        block = QTextBlockFormat()
        block.setBottomMargin(theme.px(9))
        indent = QFontMetricsF(theme.font()).horizontalAdvance(_BULLET)
        block.setLeftMargin(indent)
        block.setTextIndent(-indent)
        block.setLineHeight(105, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(block)
        for number, question in enumerate(self._stage.criteria):
            if number:
                cursor.insertBlock(block)
            cursor.insertText(f"{_BULLET}{question}", letters)
        cursor.endEditBlock()
        self.text.setTextCursor(QTextCursor(self.text.document()))
        self.text.verticalScrollBar().setValue(0)
