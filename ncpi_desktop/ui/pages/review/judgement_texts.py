"""Rationale and notes behind two tabs, saved as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.review.autosave import Autosave, Field
from ncpi_desktop.ui.pages.review.judgement_text import JudgementText
from ncpi_desktop.ui.pages.review.text_tabs import TextTabs
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.workflows.saving_elsewhere import UnsavedText

FIELDS: Final[tuple[Field, Field]] = ("rationale", "notes")


class JudgementTexts(QWidget):
    """Two text boxes in one place. Leaving a box saves it at once.

    Signals:
        refused: how many characters were pasted that do not fit.
        written_in: the text cursor moved in the box that has the keyboard, or the keyboard came to it.
    """

    refused = Signal(int)
    written_in = Signal()

    def __init__(self, theme: Theme, hub: AuditHub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._case: CaseKey | None = None
        self.rationale = JudgementText(theme, _("Rationale"), _("Why this grade? Saved as you type."), self)
        self.notes = JudgementText(theme, _("Notes"), _("For yourself: not part of the judgement."), self)
        self.boxes: dict[Field, JudgementText] = {"rationale": self.rationale, "notes": self.notes}
        self.saves: dict[Field, Autosave] = {}
        self.tabs = TextTabs(theme, [_("Rationale"), _("Notes")], _("Rationale or notes"), self)
        self._stack = QStackedWidget(self)
        for field, box in self.boxes.items():
            save = Autosave(hub, field, box.text, self)
            self.saves[field] = save
            box.typed.connect(save.touched)
            box.typed.connect(self._show_dots)
            box.refused.connect(self.refused)
            box.cursorPositionChanged.connect(lambda box=box: self.written_in.emit() if box.hasFocus() else None)
            box.was_entered.connect(self.written_in)
            box.was_left.connect(lambda save=save: (save.flush(), save.end_burst()))
            self._stack.addWidget(box)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def is_pending(self) -> bool:
        """Whether anything typed has not been committed."""
        return any(save.is_pending for save in self.saves.values())

    @property
    def is_saving(self) -> bool:
        """Whether a save of these boxes is running."""
        return any(save.is_saving for save in self.saves.values())

    def show_review(self, review: Review, *, read_only: bool) -> None:
        """Show the texts of a review. What is being typed is never replaced by what was kept before."""
        texts: dict[Field, str] = {"rationale": review.rationale, "notes": review.notes}
        if review.case != self._case:
            self._case = review.case
            for save in self.saves.values():
                save.begin(review.case)
            self.tabs.setCurrentIndex(0)
        for field, box in self.boxes.items():
            if not self.saves[field].is_pending:
                box.show_text(texts[field])
            sealed = read_only or box.goes_on
            if box.isReadOnly() != sealed:
                box.setReadOnly(sealed)
        self._show_dots()

    def flush(self) -> bool:
        """Save at once; return whether everything is saved now."""
        saved = [save.flush() for save in self.saves.values()]  # each of them, even after one failed
        return all(saved)

    def unsaved(self) -> list[UnsavedText]:
        """Return what stands in the boxes and is not in the file."""
        from ncpi_desktop.workflows.saving_elsewhere import UnsavedText

        if self._case is None:
            return []
        return [
            UnsavedText(self._case, field, box.text())
            for field, box in self.boxes.items()
            if self.saves[field].is_pending
        ]

    def place(self) -> dict[str, object]:
        """Return the field that is written in and its cursor; empty where the keyboard is elsewhere."""
        for field, box in self.boxes.items():
            if box.hasFocus():
                return {"field": field, "text_cursor": box.textCursor().position()}
        return {}

    def restore(self, place: Mapping[str, object]) -> bool:
        """Go to the field and cursor that `place` says; return whether it says any."""
        field, position = place.get("field"), place.get("text_cursor")
        if field not in FIELDS:
            return False
        self.focus_box(field)
        box = self.boxes[field]
        cursor = box.textCursor()
        cursor.setPosition(min(position, box.document().characterCount() - 1) if isinstance(position, int) else 0)
        box.setTextCursor(cursor)
        return True

    def end_bursts(self) -> None:
        """Let typing begin a new step for undo: something else was done in between."""
        for save in self.saves.values():
            save.end_burst()

    def focused_box(self) -> JudgementText | None:
        """Return the box that has the keyboard."""
        return next((box for box in self.boxes.values() if box.hasFocus()), None)

    def focus_box(self, field: Field) -> None:
        """Bring the keyboard to a box."""
        self.tabs.setCurrentIndex(FIELDS.index(field))
        self.boxes[field].setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        """Show four lines; the boxes scroll."""
        lines = ceil(4 * QFontMetricsF(self._theme.font()).lineSpacing())
        edges = 2 * (self.rationale.frameWidth() + round(self.rationale.document().documentMargin())) + 2
        return QSize(self._theme.px(300), lines + edges + self.tabs.sizeHint().height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Keep the lines."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def _show_dots(self) -> None:
        for place, box in enumerate(self.boxes.values()):
            self.tabs.set_written(place, not box.document().isEmpty())
