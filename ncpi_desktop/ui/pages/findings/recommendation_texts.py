"""One text of a recommendation with its label, saved as it is typed."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.recommendation import Recommendation, RecommendationKey, TextField
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.review.autosave import TextSaves, Write
from ncpi_desktop.ui.pages.review.judgement_text import JudgementText
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.workflows.recommending import write_recommendation

if TYPE_CHECKING:
    from ncpi_desktop.workflows.saving_elsewhere import UnsavedRecommendation


def writer_of(key: RecommendationKey, field: TextField) -> Write:
    """Return what keeps one text of a recommendation."""
    return lambda session, text, step: write_recommendation(session, key, field, text, step)


class RecommendationText(QWidget):
    """A label and a box of some `lines`; what is being typed is never replaced by what was kept before."""

    def __init__(
        self,
        theme: Theme,
        hub: AuditHub,
        field: TextField,
        words: tuple[str, str],
        lines: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        label, hint = words
        self._theme = theme
        self._lines = lines
        self.field: TextField = field
        self._key: RecommendationKey | None = None
        self.label = TextLabel(theme, label, role="caption", weight=700, tone="muted", wrap=True)
        self.box = JudgementText(theme, label, hint)
        self.saves = TextSaves(hub, self.box.text, self)
        self.box.typed.connect(self.saves.touched)
        self.box.was_left.connect(self.leave)
        self.label.setBuddy(self.box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.label)
        layout.addWidget(self.box)
        theme.changed.connect(self._dress)
        self._dress()

    def show_text(self, held: Recommendation, *, writable: bool) -> None:
        """Show this text of a recommendation."""
        if held.key != self._key:
            self._key = held.key
            self.saves.begin_with(writer_of(held.key, self.field))
        if not self.saves.is_pending:
            self.box.show_text(getattr(held, self.field))
        self.box.setReadOnly(not writable or self.box.goes_on)

    def leave(self) -> None:
        """Save what stands there: the keyboard goes elsewhere, and what is typed next is another step."""
        self.saves.flush()
        self.saves.end_burst()

    def unsaved(self) -> list[UnsavedRecommendation]:
        """Return the text where it is not in the file."""
        from ncpi_desktop.workflows.saving_elsewhere import UnsavedRecommendation

        if self._key is None or not self.saves.is_pending:
            return []
        return [UnsavedRecommendation(self._key, self.field, self.box.text())]

    def enter(self) -> None:
        """Bring the keyboard to the box."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        line = QFontMetricsF(self._theme.font()).lineSpacing()
        edges = 2 * (self.box.frameWidth() + round(self.box.document().documentMargin())) + 4
        self.box.setFixedHeight(ceil(self._lines * line) + edges)
