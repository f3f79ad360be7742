"""The agreed answer of a practice case, beside the reader's own once that is handed in: what is apart, and why it was agreed."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.calibration import PracticeOnDesk
from ncpi_desktop.domain.moderation.calibration_words import apart_words, grade_words
from ncpi_desktop.ui.pages.review.reading_card import ReadingCard
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import _


class AnswerCard(ReadingCard):
    """Stands where the queue stands otherwise."""

    def __init__(self, theme: Theme, methodology: Methodology, parent: QWidget | None = None) -> None:
        hint = _("Ctrl+Enter goes to the next practice case, Esc back to the queue.")
        super().__init__(theme, _("Agreed answer"), _("Close the agreed answer"), "", hint, parent)
        self._methodology = methodology
        self._answer = PracticeOnDesk()
        theme.changed.connect(self._write)

    def show_answer(self, answer: PracticeOnDesk) -> None:
        """Show an agreed answer and what is apart from it."""
        self._answer = answer
        self._write()

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
