"""The agreed answer of a practice case, beside the reader's own once that is handed in: what is apart, and why it was agreed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QWidget

from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.calibration import PracticeOnDesk
from ncpi_desktop.domain.moderation.calibration_words import apart_words, grade_words
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _


class AnswerCard(Card):
    """Stands where the queue stands otherwise.

    Signals:
        closed: the person is done reading.
    """

    closed = Signal()

    def __init__(self, theme: Theme, methodology: Methodology, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=14, parent=parent)
        self._methodology = methodology
        self._answer = PracticeOnDesk()
        self.heading = TextLabel(theme, "", role="card_title", wrap=True)
        self.close_button = PushButton(theme, _("Close the agreed answer"), "quiet", "x")
        self.close_button.set_icon_only()
        self.close_button.clicked.connect(lambda: self.closed.emit())
        self.text = QTextEdit(self)
        self.text.setProperty("frameless", True)
        self.text.setReadOnly(True)
        self.text.setUndoRedoEnabled(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Agreed answer"))
        self.text.document().setDocumentMargin(0)
        above = QHBoxLayout()
        above.addWidget(self.heading, 1)
        above.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(
            TextLabel(theme, _("Agreed answer"), role="caption", weight=600, tone="muted", capitals=True)
        )
        self.body.addLayout(above)
        self.body.addWidget(self.text, 1)
        hint = _("Ctrl+Enter goes to the next practice case, Esc back to the queue.")
        self.body.addWidget(TextLabel(theme, hint, role="caption", tone="muted", wrap=True))
        theme.changed.connect(self._write)

    def show_answer(self, answer: PracticeOnDesk) -> None:
        """Show an agreed answer and what is apart from it."""
        self._answer = answer
        self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _write(self) -> None:
        agreed = self._answer.agreed
        if agreed is None:
            return
        grade = grade_words(agreed.grade, self._methodology)
        self.heading.setText(grade[:1].upper() + grade[1:])
        apart = [apart_words(held, self._methodology) for held in self._answer.apart]
        reasons = [self._methodology.reason_by_code[given.code].wording for given in agreed.reasons]
        parts = [
            (_("Where yours differs"), apart or [_("Nowhere: your grades and reasons are as agreed.")]),
            (_("Why"), [agreed.rationale]),
            (_("Agreed reasons"), reasons),
        ]
        self._lay_out(parts)

    def _lay_out(self, parts: list[tuple[str, list[str]]]) -> None:
        theme = self._theme
        block = QTextBlockFormat()
        block.setBottomMargin(theme.px(7))
        block.setLineHeight(105, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        plain, strong = QTextCharFormat(), QTextCharFormat()
        for letters, weight in ((plain, None), (strong, 600)):
            letters.setFont(theme.font("text", weight))
            letters.setForeground(QColor(theme.tokens.ink))
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(block)
        begun = False
        for title, lines in parts:
            for words, letters in ((title, strong), *((line, plain) for line in lines)):
                if begun:
                    cursor.insertBlock(block)
                begun = True
                cursor.insertText(words, letters)
        cursor.endEditBlock()
        self.text.setTextCursor(QTextCursor(self.text.document()))
        self.text.verticalScrollBar().setValue(0)
