"""The right column: the recommendation chosen, with its texts, deadline, links, and the log of its status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation, questions_about
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.domain.findings.finding import WrittenFinding
from ncpi_desktop.domain.findings.finding_text import plain_text
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.recommendation_model import STATUS_ICONS, due_sentence, status_sentence
from ncpi_desktop.ui.pages.findings.progress_field import ProgressField
from ncpi_desktop.ui.pages.findings.recommendation_links import CaseLinks, FindingLinks, TakesUp
from ncpi_desktop.ui.pages.findings.recommendation_texts import RecommendationText
from ncpi_desktop.ui.pages.findings.status_form import StatusForm
from ncpi_desktop.ui.pages.findings.status_log import StatusLog
from ncpi_desktop.ui.pages.review.autosave import TextSaves
from ncpi_desktop.ui.pages.review.flow_row import FlowRow
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.chip import Chip
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.workflows.saving_elsewhere import UnsavedRecommendation

_EDGE: Final = 12


class RecommendationEditor(Card):
    """Shows one recommendation; what is done with it is the pane's.

    Signals:
        deadline_chosen: a Deadline.
    """

    deadline_chosen = Signal(object)

    def __init__(self, theme: Theme, hub: AuditHub, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=_EDGE, parent=parent)
        self._theme = theme
        self.held: Recommendation | None = None
        self.heading = TextLabel(theme, "", role="reference", wrap=True)
        self.chip = Chip(theme, "", "neutral")
        self.term = Chip(theme, "", "neutral")
        self.due = Chip(theme, "", "neutral")
        self.original = TextLabel(theme, "", wrap=True)
        self.original.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.question = NoticeBar(theme, "warning")
        self.deadline = ChoiceField(theme, _("Deadline"))
        for deadline in Deadline:
            self.deadline.addItem(deadline.label, deadline)
        self.texts = {text.field: text for text in _texts(theme, hub)}
        self.progress = ProgressField(theme, hub)
        self.takes_up = TakesUp(theme)
        self.cases = CaseLinks(theme)
        self.findings = FindingLinks(theme)
        self.log = StatusLog(theme)
        self.form = StatusForm(theme)
        self.log_button = PushButton(theme, _("Log a status…"), "secondary", "history", "Alt+L")
        self.ask_button = PushButton(theme, _("Ask for completion…"), "secondary", "circle-help", "Alt+K")
        self.authorise_button = PushButton(theme, _("Authorise…"), "primary", "circle-check", "Alt+S")
        self.up_button = PushButton(theme, _("Move up"), "quiet", "chevron-up", "Alt+U")
        self.down_button = PushButton(theme, _("Move down"), "quiet", "chevron-down", "Alt+D")
        self.remove_button = PushButton(theme, _("Remove"), "quiet", "trash-2", "Alt+M")
        self.deadline.activated.connect(lambda _row: self.deadline_chosen.emit(self.deadline.currentData()))
        self._arrange()

    def show_recommendation(
        self,
        held: Recommendation | None,
        every: Sequence[Recommendation],
        findings: Findings,
        today: date,
        *,
        writable: bool,
        authorises: bool,
    ) -> None:
        """Show a recommendation as it stands; `writable` and `authorises` say what who works here may do."""
        before, self.held = self.held, held
        self.scroller.setVisible(held is not None)
        if held is None:
            return
        if before is None or before.key != held.key:
            self.form.turn_to(held)
            self.scroller.verticalScrollBar().setValue(0)
        previous = held.origin is Origin.PREVIOUS
        self._show_head(held, findings, today)
        for field, text in self.texts.items():
            shown = (field in ("summary", "detail")) is previous
            text.setVisible(shown)
            if shown:
                text.show_text(held, writable=writable)
        self.progress.setVisible(previous)
        if previous:
            self.progress.show_progress(held, writable=writable)
        else:
            self._show_own(held, every, findings.written, writable)
        for part in (self.choices, self.cases, self.findings, self.up_button, self.down_button, self.remove_button):
            part.setVisible(not previous)
        self.log.show_log(held)
        self._show_buttons(held, every, writable=writable, authorises=authorises)

    def flush(self) -> bool:
        """Save at once what is typed; return whether everything is saved now."""
        saved = [saves.flush() for saves in self.all_saves]  # each of them, even after one failed
        return all(saved)

    def unsaved(self) -> list[UnsavedRecommendation]:
        """Return what stands in the boxes and is not in the file."""
        found = [words for text in self.texts.values() for words in text.unsaved()]
        return [*found, *self.progress.unsaved()]

    @property
    def is_saving(self) -> bool:
        """Whether a save of ours is running."""
        return any(saves.is_saving for saves in self.all_saves)

    @property
    def all_saves(self) -> tuple[TextSaves, ...]:
        """What keeps each text."""
        return (*(text.saves for text in self.texts.values()), self.progress.saves)

    def enter(self) -> None:
        """Bring the keyboard to the first text that is written here."""
        previous = self.held is not None and self.held.origin is Origin.PREVIOUS
        self.texts["summary" if previous else "text"].enter()

    def _show_head(self, held: Recommendation, findings: Findings, today: date) -> None:
        previous = held.origin is Origin.PREVIOUS
        words = _("Previous recommendation {number}") if previous else _("Recommendation {number}")
        self.heading.setText(words.format(number=held.number))
        self.chip.set(status_sentence(held), "neutral", STATUS_ICONS[held.status])
        overdue = held.is_overdue(today)
        self.term.set(held.deadline.label, "neutral")
        self.due.set(
            due_sentence(held, today), "danger" if overdue else "neutral", "triangle-alert" if overdue else "calendar"
        )
        self.original.setText(_original(held, findings))
        self.original.setVisible(previous)
        self.original_caption.setVisible(previous)
        asked = questions_about(held)
        self.question.setVisible(bool(asked))
        if asked:
            self.question.show_notice(" ".join(asked))

    def _show_own(
        self, held: Recommendation, every: Sequence[Recommendation], written: Sequence[WrittenFinding], writable: bool
    ) -> None:
        self.deadline.setCurrentIndex(self.deadline.findData(held.deadline))
        self.deadline.setEnabled(writable)
        self.takes_up.show_choice(held, every, writable=writable)
        self.cases.show_cases(held, writable=writable)
        self.findings.show_findings(held, written, writable=writable)

    def _show_buttons(
        self, held: Recommendation, every: Sequence[Recommendation], *, writable: bool, authorises: bool
    ) -> None:
        self.log_button.setEnabled(writable)
        self.ask_button.setVisible(held.asked is None and not held.is_complete)
        self.ask_button.setEnabled(writable)
        self.authorise_button.setVisible(held.asked is not None)
        self.authorise_button.setEnabled(authorises)
        last = max((one.number for one in every if one.origin is held.origin), default=0)
        self.up_button.setEnabled(writable and held.number > 1)
        self.down_button.setEnabled(writable and held.number < last)
        self.remove_button.setEnabled(writable)
        for row in (self.log_buttons, self.place_buttons, self.chips):
            row.updateGeometry()

    def _arrange(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2, 2, 8, 2)
        column.setSpacing(10)
        self.chips = FlowRow(6)
        self.chips.hold((self.chip, self.term, self.due))
        self.choices = FlowRow(20)
        self.choices.hold((self._deadline_part(), self.takes_up))
        self.log_buttons, self.place_buttons = FlowRow(8), FlowRow(8)
        self.log_buttons.hold((self.log_button, self.ask_button, self.authorise_button))
        self.place_buttons.hold((self.up_button, self.down_button, self.remove_button))
        self.original_caption = self._caption(_("As it was published"))
        log_caption = self._caption(_("Status log"))
        parts: tuple[QWidget, ...] = (
            *(self.heading, self.chips, self.question, self.original_caption, self.original, self.progress),
            *(self.texts[field] for field in ("summary", "detail", "finding", "text", "particulars")),
            *(self.choices, self.cases, self.findings, log_caption, self.log_buttons, self.form, self.log),
        )
        for part in parts:
            column.addWidget(part)
        column.addWidget(self.place_buttons)
        column.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(inside)
        self.scroller.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.scroller.setAccessibleName(_("The recommendation chosen"))
        self.body.addWidget(self.scroller)

    def _deadline_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        label = self._caption(_("Deadline"))
        label.setBuddy(self.deadline)
        column.addWidget(label)
        column.addWidget(self.deadline)
        return part

    def _caption(self, words: str) -> TextLabel:
        return TextLabel(self._theme, words, role="caption", weight=700, tone="muted")


def _texts(theme: Theme, hub: AuditHub) -> tuple[RecommendationText, ...]:
    return (
        RecommendationText(
            theme, hub, "summary", (_("Summary of findings"), _("What was found of it, in a few sentences")), 3
        ),
        RecommendationText(
            theme,
            hub,
            "detail",
            (_("Detailed findings"), _("Headings begin with #, points with -, figures are {{…}}")),
            7,
        ),
        RecommendationText(theme, hub, "finding", (_("Finding"), _("Why this is recommended")), 3),
        RecommendationText(
            theme, hub, "text", (_("What the force should do"), _("The force should…, in one sentence")), 4
        ),
        RecommendationText(theme, hub, "particulars", (_("Particulars"), _("What that should include")), 3),
    )


def _original(held: Recommendation, findings: Findings) -> str:
    """Return an earlier recommendation as it was published, part by part."""
    parts = [plain_text(held.text, findings)]
    if held.particulars.strip():
        parts.append(_("In particular: {words}").format(words=plain_text(held.particulars, findings)))
    if held.finding.strip():
        parts.append(_("Why: {words}").format(words=plain_text(held.finding, findings)))
    return "\n\n".join(parts)
