"""The progress that a review prints for an earlier recommendation: one of the words in use, or others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.recommendation import MOST_PROGRESS, Recommendation, RecommendationKey
from ncpi_desktop.domain.casework.recommendation_words import PROGRESS
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.findings.recommendation_texts import writer_of
from ncpi_desktop.ui.pages.review.autosave import TextSaves
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.workflows.saving_elsewhere import UnsavedRecommendation

OTHER: Final = "…"
"""The choice of other words; no progress is ever kept under it."""


class ProgressField(QWidget):
    """A choice of words, and a line for others; saved as it is chosen or typed."""

    def __init__(self, theme: Theme, hub: AuditHub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: RecommendationKey | None = None
        self._text = ""
        label = TextLabel(theme, _("Progress"), role="caption", weight=700, tone="muted")
        self.choice = ChoiceField(theme, _("Progress"))
        self.choice.addItem(_("not said yet"), "")
        for words in PROGRESS:
            self.choice.addItem(_(words), words)
        self.choice.addItem(_("in other words…"), OTHER)
        self.other = QLineEdit()
        self.other.setAccessibleName(_("Progress in other words"))
        self.other.setPlaceholderText(_("in other words"))
        self.other.setMaxLength(MOST_PROGRESS)
        label.setBuddy(self.choice)
        self.saves = TextSaves(hub, lambda: self._text, self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choice)
        row.addWidget(self.other, 1)
        row.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label)
        layout.addLayout(row)
        self.choice.activated.connect(lambda _row: self._choose())
        self.other.textEdited.connect(self._type)
        self.other.editingFinished.connect(self.saves.flush)

    def show_progress(self, held: Recommendation, *, writable: bool) -> None:
        """Show the progress of a recommendation."""
        if held.key != self._key:
            self._key = held.key
            self.saves.begin_with(writer_of(held.key, "progress"))
        if not self.saves.is_pending and not (self.other.isVisible() and self.other.hasFocus()):
            self._text = held.progress
            place = self.choice.findData(held.progress)
            self.choice.setCurrentIndex(place if place >= 0 else self.choice.count() - 1)
            self.other.setText(held.progress if place < 0 else "")
            self.other.setVisible(place < 0)
        self.choice.setEnabled(writable)
        self.other.setReadOnly(not writable)

    def unsaved(self) -> list[UnsavedRecommendation]:
        """Return the words where they are not in the file."""
        from ncpi_desktop.workflows.saving_elsewhere import UnsavedRecommendation

        if self._key is None or not self.saves.is_pending:
            return []
        return [UnsavedRecommendation(self._key, "progress", self._text)]

    def _choose(self) -> None:
        chosen = str(self.choice.currentData())
        self.other.setVisible(chosen == OTHER)
        if chosen == OTHER:
            self.other.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.other.clear()
        self._type(chosen)
        self.saves.flush()

    def _type(self, words: str) -> None:
        self._text = words
        self.saves.touched()
