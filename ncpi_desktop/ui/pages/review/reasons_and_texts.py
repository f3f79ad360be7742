"""The lower half of the judgement: the reasons as high as their cards, the text boxes below with the room that is left."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.pages.review.button_row import LARGE_TEXT
from ncpi_desktop.ui.pages.review.judgement_texts import JudgementTexts
from ncpi_desktop.ui.pages.review.reasons_list import ReasonsList
from ncpi_desktop.ui.theme.theme import Theme

_GAP = 4
_LEAST = 70
"""Pixels that reasons keep at least: a card of two lines."""

_CARDS = 3
"""How many reasons are shown in full where the text is large, and the form scrolls anyhow."""


class ReasonsAndTexts(QWidget):
    """Places its two parts itself, and unless the text is large always asks for the same room: more reasons move nothing else.

    Where there are more reasons than fit above the boxes, the list of reasons scrolls.
    """

    def __init__(
        self, theme: Theme, reasons: ReasonsList, texts: JudgementTexts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reasons, self._texts = reasons, texts
        for part in (reasons, texts):
            part.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        reasons.reasons.modelReset.connect(self._follow_reasons)
        theme.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        """Ask for the least; the form gives it what is left."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Keep a reason and four lines of text."""
        least = self._theme.px(_LEAST)
        if self._theme.text_scale >= LARGE_TEXT:
            least = max(least, self._reasons.whole_height(self.width(), _CARDS))
        texts = self._texts.minimumSizeHint()
        width = max(texts.width(), self._reasons.minimumSizeHint().width())
        return QSize(width, least + _GAP + texts.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        self._place()
        if event.oldSize().width() != self.width() and self._theme.text_scale >= LARGE_TEXT:
            self.updateGeometry()

    def _follow_reasons(self) -> None:
        if self._theme.text_scale >= LARGE_TEXT:
            self.updateGeometry()
        self._place()

    def _place(self) -> None:
        room = self.height() - _GAP - self._texts.minimumSizeHint().height()
        above = min(self._reasons.whole_height(self.width()), max(room, 0))
        self._reasons.setGeometry(0, 0, self.width(), above)
        top = above + _GAP
        self._texts.setGeometry(0, top, self.width(), self.height() - top)

    def _dress(self) -> None:
        self.updateGeometry()
        self._place()
