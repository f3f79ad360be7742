"""The middle column: the findings in report order, under their stage or subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.findings.finding import FindingKind, WrittenFinding, chapter_words, kind_words
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.ui.pages.findings.outline import Line, OutlineList
from ncpi_desktop.ui.pages.review.record_text import visible_text
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel, TextTone
from ncpi_desktop.words import _

_LOOKS: Final[dict[FindingKind, tuple[str, TextTone]]] = {
    FindingKind.STRENGTH: ("plus", "good"),
    FindingKind.SHORTCOMING: ("minus", "poor"),
    FindingKind.EFFECTIVE_PRACTICE: ("star", "action"),
}


class WrittenCard(Card):
    """The list of findings: Enter writes on, Alt+Up and Alt+Down move one, Delete takes it away."""

    def __init__(self, theme: Theme, methodology: Methodology, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Findings written"), padding=12, parent=parent)
        self._methodology = methodology
        self.words = TextLabel(theme, role="caption", tone="muted", wrap=True)
        self.list = OutlineList(theme, _("Findings written"))
        self.new_button = PushButton(theme, _("New finding"), "primary", "plus", "Ctrl+Shift+F")
        self.body.addWidget(self.words)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.new_button)

    def show_written(self, written: Sequence[WrittenFinding], *, writable: bool) -> None:
        """Show these findings, which are in report order."""
        keys = _("Enter writes on; Alt+Up and Alt+Down move a finding, Delete takes it away.")
        empty = _(
            "No finding is written yet. Choose one of the reasons given and press Ctrl+Enter, or begin with an empty one."
        )
        reading = _("Findings are written by the team lead; you can read them here.")
        self.words.setText(reading if not writable else keys if written else empty)
        self.new_button.setEnabled(writable)
        self.list.show_lines(tuple(self._lines(written)))

    def _lines(self, written: Sequence[WrittenFinding]) -> Iterator[Line]:
        for chapter, of_chapter in groupby(written, lambda held: chapter_words(held.place, self._methodology)):
            yield Line(None, chapter)
            for held in of_chapter:
                icon, tone = _LOOKS[held.kind]
                yield Line(held.identity, visible_text(held.title), kind_words(held.kind), "", icon, tone)
