"""Where the press notice and the exit briefing are written: the text at the left, and at the right what will be printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.findings.finding_text import resolved
from ncpi_desktop.domain.findings.notice import NoticeKind, TooLongError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.background import Tick
from ncpi_desktop.ui.pages.findings.link_rows import say_goodbye
from ncpi_desktop.ui.pages.findings.offers import figures_on_offer
from ncpi_desktop.ui.pages.findings.pane import Pane
from ncpi_desktop.ui.pages.findings.picker import Picker
from ncpi_desktop.ui.pages.findings.prose_view import ProseView
from ncpi_desktop.ui.pages.review.autosave import TextSaves
from ncpi_desktop.ui.pages.review.flow_row import FlowRow
from ncpi_desktop.ui.pages.review.judgement_text import JudgementText
from ncpi_desktop.ui.pages.review.record_text import visible_text
from ncpi_desktop.ui.pages.review.text_tabs import TextTabs
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.tab_order import go_in_order
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.widgets.toggle_chip import ToggleChip
from ncpi_desktop.words import _
from ncpi_desktop.workflows import notices
from ncpi_desktop.workflows.notices import PAGE, PLAIN_TEXT, NoticeOrder, export_notices

if TYPE_CHECKING:
    from ncpi_desktop.workflows.saving_elsewhere import UnsavedNotice

BESIDE_UP_TO: Final = 150
"""The text size in per cent up to which text and page stand beside each other; above, they stand behind tabs."""
_PREVIEW_REST: Final = 60
"""Milliseconds without a key after which the right side follows: typing never waits for it."""
MOST_QUESTIONS: Final = 4
FEWER_QUESTIONS: Final = 2
"""As many where text and page stand behind tabs: more would push the page out of the window."""


class NoticesPane(Pane):
    """The choice of the two, an editor that saves as it is typed, what will be printed, and what there is to ask.

    Signals:
        case_wanted, cases_wanted: of every pane; a notice leads to no case.
    """

    def build(self) -> None:
        """Make the parts of the pane, and lay them out."""
        theme, hub = self._theme, self._hub
        self.kind = NoticeKind.PRESS_NOTICE
        self.setAccessibleName(_("Notices"))
        self.chips = {kind: ToggleChip(theme, kind.label, tall=True) for kind in NoticeKind}
        self.draft_button = PushButton(theme, _("&Draft from the findings"), "secondary", "file-text")
        self.figure_button = PushButton(theme, _("Figure…"), "secondary", "plus", "Ctrl+Shift+I")
        self.page_button = PushButton(theme, _("Export &PDF"), "secondary", "file-down")
        self.text_button = PushButton(theme, _("Export &text"), "secondary", "file-down")
        self.text = JudgementText(theme, _("Text of the notice"), "")
        self.saves = TextSaves(hub, self.text.text, self)
        self.view = ProseView(theme, _("As it will be printed"))
        self.questions = Card(theme, _("To ask yourself"), tone="middle", padding=10)
        self._question_labels: list[TextLabel] = []
        self.notice = NoticeBar(theme, "neutral")
        self.notice.hide()
        self.tabs = TextTabs(theme, [_("Text"), _("As printed")], _("Text or page"), self)
        self.picker = Picker(theme, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PREVIEW_REST)
        self._arrange()
        self._connect()
        self._dress()
        buttons = (self.draft_button, self.figure_button, self.page_button, self.text_button)
        go_in_order((*self.chips.values(), *buttons, self.tabs, self.text, self.view))
        self._turn_to(self.kind)

    # -- what the page asks

    def shown(self) -> None:
        """Bring everything up to date: it is about to be seen."""
        self._read()

    def flush(self) -> bool:
        """Save at once what is typed; return whether everything is saved now."""
        return self.saves.flush()

    def unsaved(self) -> list[UnsavedNotice]:
        """Return what stands in the box and is not in the file."""
        from ncpi_desktop.workflows.saving_elsewhere import UnsavedNotice

        return [UnsavedNotice(self.kind, self.text.text())] if self.saves.is_pending else []

    def end(self) -> None:
        """The audit is about to be closed: nothing follows any more."""
        self._rest.stop()

    def hasHeightForWidth(self) -> bool:
        """Fit the window: text and page scroll inside."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the pane was away."""
        super().showEvent(event)
        self.shown()

    @property
    def writable(self) -> bool:
        """Whether who works here may write the notices."""
        session = self._hub.session
        return not session.read_only and session.may(Action.WRITE_NOTICE)

    @property
    def _is_wide(self) -> bool:
        """Whether text and page stand beside each other."""
        return self._theme.text_scale <= BESIDE_UP_TO

    def show_kind(self, kind: NoticeKind) -> None:
        """Turn to the other notice; what was typed is saved first."""
        if self.saves.flush():
            self._turn_to(kind)
        self.chips[self.kind].setChecked(True)

    # -- showing

    def _turn_to(self, kind: NoticeKind) -> None:
        self.kind = kind
        self.chips[kind].setChecked(True)
        self.saves.begin_with(lambda session, text, step: notices.write_notice(session, kind, text, step))
        self.notice.hide()
        self._read()

    def _read(self) -> None:
        """Show what the file has; what is being typed is never replaced by what was kept before."""
        if self._hub.session.is_resting:
            return
        held = self._hub.ask(lambda session: notices.notice_text(session, self.kind))
        if held is not None and not self.saves.is_pending:
            self.text.show_text(held)
        for part in (self.draft_button, self.figure_button):
            part.setEnabled(self.writable)
        self._say_what_will_be_here()
        self.text.setReadOnly(not self.writable or self.text.goes_on)
        self._follow()

    def _follow(self) -> None:
        """Show the text as it will be printed, and ask what is to be asked of it."""
        self._rest.stop()
        findings, text = self._figures.findings, self.text.text()
        self.view.show_prose(resolved(text, findings))
        asked = [visible_text(sentence) for sentence in notices.questions_about(text, findings)]
        most = MOST_QUESTIONS if self._is_wide else FEWER_QUESTIONS
        if len(asked) > most:
            more = _("And {count} more of the kind.").format(count=len(asked) - most + 1)
            asked = [*asked[: most - 1], more]
        if asked != [label.text() for label in self._question_labels]:
            say_goodbye(self._question_labels)
            self._question_labels = [TextLabel(self._theme, sentence, wrap=True) for sentence in asked]
            for label in self._question_labels:
                self.questions.body.addWidget(label)
        self.questions.setVisible(bool(asked))

    def _say_what_will_be_here(self) -> None:
        """Say what to do while nothing is written: who may write is told how, others by whom it is written."""
        writing = _("Alt+D drafts it from the findings.")
        reading = _("The team lead writes it; nothing is written yet.")
        self.text.setPlaceholderText(writing if self.writable else reading)
        page = _("The {notice} stands here as it will be printed.")  # One line: what does not fit is cut.
        self.view.setPlaceholderText(page.format(notice=self.kind.label.lower()))

    # -- acting

    def draft(self) -> None:
        """Draft the notice from the findings; where something is written, ask first."""
        if not self.writable or not self.saves.flush():
            return
        if self.text.text().strip() and not prompts.ask_to_draft_anew(self.window(), self._theme, self.kind.label):
            return
        self._hub.do(lambda session: notices.draft_notice(session, self.kind))
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def pick_figure(self) -> None:
        """Offer the figures, and put the one taken where the cursor is."""
        if self.writable:
            self.picker.open_picker(
                _("Insert a figure"),
                figures_on_offer(self._figures.findings),
                self._insert,
                _("The text keeps the figure itself, so it is always the number of now."),
            )

    def _insert(self, code: object) -> None:
        self.text.textCursor().insertText(f"{{{{{code}}}}}")
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _export(self, suffix: str) -> None:
        if not self.saves.flush():
            return
        title = _("Export PDF") if suffix == PAGE else _("Export text")
        proposed = self._hub.session.path.parent / f"{self.kind.value}{suffix}"
        target = prompts.ask_place_to_save(self.window(), self._theme, title, proposed, suffix)
        if target is not None:
            self.write(target)

    def write(self, target: Path, *, longer: bool = False) -> None:
        """Write the notice beside the window, as a page or as plain text by the suffix of `target`."""
        session = self._hub.session
        path, person, order = session.path, session.name, NoticeOrder(self.kind, target, longer)
        key = session.file.key.copy() if session.file.key is not None else None

        def work(tick: Tick) -> Path:
            try:
                export_notices(path, (order,), tick, key=key, person=person)
            finally:
                if key is not None:
                    key.forget()
            return target

        self._background.run(
            _("Writing the {notice}…").format(notice=self.kind.label.lower()),
            work,
            lambda done: self.notice.show_notice(_("“{name}” is written.").format(name=done.name)),
            lambda error: self._report(error, target),
        )

    def _report(self, error: KnownError, target: Path) -> None:
        if not isinstance(error, TooLongError):
            prompts.tell_error(self.window(), self._theme, error)
        elif prompts.ask_for_more_pages(self.window(), self._theme, error):
            self.write(target, longer=True)

    # -- building

    def _arrange(self) -> None:
        group = QButtonGroup(self)
        for chip in self.chips.values():
            group.addButton(chip)
        self.bar = FlowRow(8)
        buttons = (self.draft_button, self.figure_button, self.page_button, self.text_button)
        self.bar.hold([*self.chips.values(), *buttons])
        self.paper = Card(self._theme, _("As it will be printed"), padding=12)
        self.paper.body.addWidget(self.view, 1)
        self.paper.body.addWidget(self.questions)
        self.box = Card(self._theme, _("Text"), padding=12)
        self.box.body.addWidget(self.text, 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(8)
        self._grid.addWidget(self.bar, 0, 0, 1, 2)
        self._grid.addWidget(self.notice, 1, 0, 1, 2)
        self._grid.addWidget(self.tabs, 2, 0, 1, 2)
        self._grid.setRowStretch(3, 1)
        self.setFocusProxy(self.text)

    def _dress(self) -> None:
        """Put text and page beside each other; where the text is large, behind tabs."""
        wide = self._is_wide
        for place, card in enumerate((self.box, self.paper)):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, 3, place if wide else 0, 1, 1 if wide else 2)
            self._grid.setColumnStretch(place, 1)
            if card.title is not None:
                card.title.setVisible(wide)  # Behind tabs the tab says it.
        self.view.setMinimumHeight(self._theme.px(60))
        self._grid.setHorizontalSpacing(self._theme.px(10))
        self.tabs.setVisible(not wide)
        self.box.setVisible(wide or self.tabs.currentIndex() == 0)
        self.paper.setVisible(wide or self.tabs.currentIndex() == 1)

    def _connect(self) -> None:
        for kind, chip in self.chips.items():
            chip.clicked.connect(lambda _checked=False, kind=kind: self.show_kind(kind))
        self.draft_button.clicked.connect(self.draft)
        self.figure_button.clicked.connect(self.pick_figure)
        self.page_button.clicked.connect(lambda: self._export(PAGE))
        self.text_button.clicked.connect(lambda: self._export(PLAIN_TEXT))
        self.text.typed.connect(self.saves.touched)
        self.text.typed.connect(self._rest.start)
        self.text.was_left.connect(self._leave_text)
        self._rest.timeout.connect(self._follow)
        self.tabs.currentChanged.connect(lambda _place: self._dress())
        self._hub.changed.connect(lambda _changed: self._note())
        self._hub.person_changed.connect(self._note)
        self._figures.drawn_up.connect(lambda _findings: self._follow() if self.isVisible() else None)
        self._theme.changed.connect(self._dress)
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+I"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.figure_button.click)

    def _leave_text(self) -> None:
        self.saves.flush()
        self.saves.end_burst()

    def _note(self) -> None:
        if self.isVisible() and not self.saves.is_saving:
            self._read()
