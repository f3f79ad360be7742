"""The criteria of a stage, folded out beside the case: the record stays where it is and can be read along."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.methodology.stage import Stage
from ncpi_desktop.ui.pages.review.reading_card import ReadingCard
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import _

_BULLET = "•  "


class CriteriaCard(ReadingCard):
    """The questions of one stage."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        hint = _("Ctrl+G closes. The criteria follow the stage you are at.")
        super().__init__(theme, _("Criteria"), _("Close the criteria"), "Ctrl+G", hint, parent)
        self._stage: Stage | None = None
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
