"""The right column: the finding chosen, its text saved as it is typed, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ncpi_desktop.domain.findings.finding import (
    LONGEST_TITLE,
    FindingKind,
    FindingPlace,
    Subject,
    WrittenFinding,
    kind_words,
    subject_words,
    withheld_words,
)
from ncpi_desktop.domain.findings.finding_questions import Question
from ncpi_desktop.domain.findings.finding_text import resolved
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.findings.illustration_box import IllustrationBox
from ncpi_desktop.ui.pages.findings.link_rows import CaseRow, ReasonRows, say_goodbye
from ncpi_desktop.ui.pages.findings.prose_view import SHOWN, ProseView
from ncpi_desktop.ui.pages.findings.text_marks import begin_lines_with
from ncpi_desktop.ui.pages.review.autosave import AFTER_FIRST_KEY, TextSaves
from ncpi_desktop.ui.pages.review.flow_row import FlowRow
from ncpi_desktop.ui.pages.review.judgement_text import JudgementText
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows import finding_writing

if TYPE_CHECKING:
    from ncpi_desktop.workflows.saving_elsewhere import UnsavedFinding

_PREVIEW_REST: Final = 60
"""Milliseconds without a key after which the preview follows: typing never waits for it."""


class FindingEditor(Card):
    """Kind, place, title, text, preview, questions, reasons, cases and illustrations of one finding.

    Signals:
        case_wanted: the key of a case that should be opened.
        figure_wanted, reason_wanted, case_link_wanted, illustration_wanted: something should be picked.
        retyped: the text changed by typing; questions are asked anew.
    """

    case_wanted = Signal(object)
    figure_wanted = Signal()
    reason_wanted = Signal()
    case_link_wanted = Signal()
    illustration_wanted = Signal()
    retyped = Signal()

    def __init__(self, theme: Theme, hub: AuditHub, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=12, parent=parent)
        self._theme = theme
        self._hub = hub
        self._findings: Findings | None = None
        self.finding: WrittenFinding | None = None
        self.writable = False
        self.kind = ChoiceField(theme, _("Kind"))
        self.chapter = ChoiceField(theme, _("Stage or subject"))
        self.title_field = QLineEdit()
        self.title_field.setAccessibleName(_("Title"))
        self.title_field.setPlaceholderText(_("What was found, in one line"))
        self.heading_button = PushButton(theme, _("Heading"), "quiet", key_hint="Ctrl+H")
        self.list_button = PushButton(theme, _("List"), "quiet", "list", "Ctrl+Shift+L")
        self.figure_button = PushButton(theme, _("Figure…"), "quiet", "plus", "Ctrl+Shift+I")
        self.text = JudgementText(theme, _("Text of the finding"), _("What was found, and what it means for children."))
        self.saves = TextSaves(hub, self.text.text, self)
        self.preview = ProseView(theme, _("As it will be printed"))
        self.questions = Card(theme, _("To ask yourself"), tone="middle", padding=10)
        self._question_labels: list[TextLabel] = []
        self.reasons = ReasonRows(theme)
        self.reason_button = PushButton(theme, _("Add a &reason…"), "link", "plus")
        self.cases = CaseRow(theme)
        self.case_button = PushButton(theme, _("&Add a case…"), "link", "plus")
        self.illustrations: list[IllustrationBox] = []
        self.illustration_button = PushButton(theme, _("Add an i&llustration…"), "link", "plus")
        self.withheld = TextLabel(theme, "", role="caption", tone="muted", wrap=True)
        self.remove_button = PushButton(theme, _("Take the finding away"), "danger", "trash-2")
        self.empty = EmptyState(
            theme, "file-text", _("A finding is written here: what was found, and the reasons and cases it rests on.")
        )
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PREVIEW_REST)
        self._title_waits = QTimer(self)
        self._title_waits.setSingleShot(True)
        self._title_waits.setInterval(AFTER_FIRST_KEY)
        self._fill_choices()
        self._arrange()
        self._connect()

    # -- showing

    def show_finding(self, finding: WrittenFinding | None, findings: Findings, *, writable: bool) -> None:
        """Show a finding as it is now, its figures from `findings`; of another one than before nothing may be pending.

        What is being typed is never replaced by what was kept before.
        """
        same = finding is not None and self.finding is not None and finding.key == self.finding.key
        if not same:
            self.title_field.setModified(False)
            self._drop_illustrations()
        self.finding, self._findings, self.writable = finding, findings, writable
        self.area.setVisible(finding is not None)
        self.empty.setVisible(finding is None)
        if finding is None:
            self.saves.begin_with(None)
            return
        if not same:
            key = finding.key
            self.saves.begin_with(lambda session, text, step: finding_writing.write_finding(session, key, text, step))
            self.area.verticalScrollBar().setValue(0)
        self._show_fields(finding)
        self._show_links(finding)
        self.show_preview()

    def show_figures(self, findings: Findings) -> None:
        """Let the preview follow other figures at once."""
        self._findings = findings
        self.show_preview()

    def show_preview(self) -> None:
        """Show the text as it stands in the box, its figures in place."""
        self._rest.stop()
        if self._findings is not None and self.finding is not None:
            begun = self.text.text()[: SHOWN + 1000]  # more than is shown, so that it says that it goes on
            self.preview.show_prose(resolved(begun, self._findings))

    def show_questions(self, questions: tuple[Question, ...]) -> None:
        """Show what is to be asked; nothing where nothing is."""
        sentences = list(dict.fromkeys(question.sentence for question in questions))
        if sentences != [label.text() for label in self._question_labels]:
            say_goodbye(self._question_labels)
            self._question_labels = [TextLabel(self._theme, sentence, wrap=True) for sentence in sentences]
            for label in self._question_labels:
                self.questions.body.addWidget(label)
        self.questions.setVisible(bool(sentences))

    def as_typed(self) -> WrittenFinding | None:
        """Return the finding with the text that stands in the box."""
        from dataclasses import replace

        return None if self.finding is None else replace(self.finding, text=self.text.text())

    def flush(self) -> bool:
        """Save at once what is typed; return whether everything is saved now."""
        self._retitle()
        saved = [self.saves.flush(), *(box.saves.flush() for box in self.illustrations)]
        return all(saved) and not self.title_field.isModified()

    def forget(self) -> None:
        """Let go of what is typed: the finding was taken away."""
        self.title_field.setModified(False)
        for saves in (self.saves, *(box.saves for box in self.illustrations)):
            saves.forget()

    def unsaved(self) -> list[UnsavedFinding]:
        """Return what stands in the boxes and is not in the file."""
        from ncpi_desktop.workflows.saving_elsewhere import UnsavedFinding

        found = []
        if self.finding is not None and self.title_field.isModified():
            found.append(UnsavedFinding(self.finding.key, "title", self.title_field.text()))
        if self.finding is not None and self.saves.is_pending:
            found.append(UnsavedFinding(self.finding.key, "finding", self.text.text()))
        found += [
            UnsavedFinding(box.key, "illustration", box.box.text())
            for box in self.illustrations
            if box.saves.is_pending
        ]
        return found

    @property
    def is_saving(self) -> bool:
        """Whether a save of ours is running."""
        return self.saves.is_saving or any(box.saves.is_saving for box in self.illustrations)

    def insert_figure(self, code: str) -> None:
        """Put a live figure where the cursor is."""
        cursor = self.text.textCursor()
        cursor.insertText(f"{{{{{code}}}}}")
        self.text.setTextCursor(cursor)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_preview()

    def enter(self) -> None:
        """Bring the keyboard to the text, its cursor at the end."""
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_fields(self, finding: WrittenFinding) -> None:
        for field, data in ((self.kind, finding.kind), (self.chapter, (finding.subject, finding.stage))):
            field.blockSignals(True)
            field.setCurrentIndex(next((i for i in range(field.count()) if field.itemData(i) == data), -1))
            field.blockSignals(False)
        # A space just typed behind what was saved stays where it is: the title goes on.
        if not self.title_field.isModified() and " ".join(self.title_field.text().split()) != finding.title:
            self.title_field.setText(finding.title)
            self.title_field.setCursorPosition(0)
        if not self.saves.is_pending:
            self.text.show_text(finding.text)
        self.text.setReadOnly(not self.writable or self.text.goes_on)
        self.title_field.setReadOnly(not self.writable)
        for part in (self.kind, self.chapter, self.heading_button, self.list_button, self.figure_button):
            part.setEnabled(self.writable)

    def _show_links(self, finding: WrittenFinding) -> None:
        known = self._hub.session.methodology.reason_by_code
        casework = finding.subject is Subject.CASEWORK
        self.reasons.show_reasons(tuple(known[code] for code in finding.reasons), self.writable)
        self.cases.show_cases(finding.cases, self.writable)
        self._show_illustrations(finding)
        for button in (self.case_button, self.illustration_button):
            button.setVisible(casework and self.writable)
        self.no_cases.setVisible(not casework)
        for button in (self.reason_button, self.case_button, self.illustration_button, self.remove_button):
            button.setEnabled(self.writable)
        for button in (self.reason_button, self.remove_button):
            button.setVisible(self.writable)
        self.withheld.setText(withheld_words(finding.withheld) if finding.withheld else "")
        self.withheld.setVisible(bool(finding.withheld))

    def _show_illustrations(self, finding: WrittenFinding) -> None:
        if [box.key for box in self.illustrations] != [told.key for told in finding.illustrations]:
            kept = {box.key: box for box in self.illustrations}
            wanted = [told.key for told in finding.illustrations]
            say_goodbye([box for key, box in kept.items() if key not in wanted])
            self.illustrations = []
            for told in finding.illustrations:
                box = kept.get(told.key) or IllustrationBox(self._theme, self._hub, told)
                if told.key not in kept:
                    box.case_wanted.connect(self.case_wanted)
                    box.box.typed.connect(self.retyped)
                self.illustrations.append(box)
                self._told.addWidget(box)
        for box, told in zip(self.illustrations, finding.illustrations, strict=True):
            box.show_illustration(told, writable=self.writable)

    def _drop_illustrations(self) -> None:
        say_goodbye(self.illustrations)
        self.illustrations = []

    # -- building

    def _fill_choices(self) -> None:
        for kind in FindingKind:
            self.kind.addItem(kind_words(kind), kind)
        for stage in self._hub.session.methodology.stages:
            if stage.case_level:
                self.chapter.addItem(stage.label, (Subject.CASEWORK, stage.code))
        for subject in Subject:
            if subject is not Subject.CASEWORK:
                self.chapter.addItem(subject_words(subject), (subject, None))

    def _arrange(self) -> None:
        place = FlowRow(8)
        place.hold([self.kind, self.chapter])
        tools = FlowRow(4)
        tools.hold([self.heading_button, self.list_button, self.figure_button])
        self.text.setMinimumHeight(self._theme.px(150))
        self.inside = QWidget()
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(2, 2, 8, 2)
        column.setSpacing(6)
        column.addWidget(place)
        column.addWidget(self.title_field)
        column.addWidget(tools)
        column.addWidget(self.text, 3)
        column.addWidget(self._caption(_("As it will be printed")))
        column.addWidget(self.preview, 2)
        column.addWidget(self.questions)
        column.addWidget(self._caption(_("Rests on these reasons")))
        column.addWidget(self.reasons)
        column.addWidget(self.reason_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._caption(_("Rests on these cases")))
        self.no_cases = TextLabel(
            self._theme, _("Beyond casework a finding stands on no case."), role="caption", tone="muted", wrap=True
        )
        column.addWidget(self.no_cases)
        column.addWidget(self.cases)
        column.addWidget(self.withheld)
        column.addWidget(self.case_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._caption(_("Illustrations")))
        self._told = QVBoxLayout()
        self._told.setSpacing(8)
        column.addLayout(self._told)
        column.addWidget(self.illustration_button, 0, Qt.AlignmentFlag.AlignLeft)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.remove_button)
        column.addLayout(foot)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setWidget(self.inside)
        self.inside.setAutoFillBackground(False)  # Qt has just switched it on: the card is to show through
        self.area.setAccessibleName(_("The finding chosen"))
        self.body.addWidget(self.area)
        self.body.addWidget(self.empty)

    def _caption(self, words: str) -> TextLabel:
        return TextLabel(self._theme, words, role="caption", weight=700, tone="muted")

    def _connect(self) -> None:
        self.text.typed.connect(self.saves.touched)
        self.text.typed.connect(self._rest.start)
        self._rest.timeout.connect(self._follow_typing)
        self.text.was_left.connect(self._leave_text)
        self.title_field.editingFinished.connect(self._retitle)
        self.title_field.textEdited.connect(lambda _text: self._title_waits.isActive() or self._title_waits.start())
        self._title_waits.timeout.connect(self._retitle_while_typing)
        self.kind.activated.connect(lambda _row: self._replace())
        self.chapter.activated.connect(lambda _row: self._replace())
        self.heading_button.clicked.connect(lambda: self._mark("# "))
        self.list_button.clicked.connect(lambda: self._mark("- "))
        self.figure_button.clicked.connect(self.figure_wanted)
        self.reason_button.clicked.connect(self.reason_wanted)
        self.case_button.clicked.connect(self.case_link_wanted)
        self.illustration_button.clicked.connect(self.illustration_wanted)
        self.cases.case_wanted.connect(self.case_wanted)
        self.cases.take_off_wanted.connect(lambda case: self._act(finding_writing.unlink_case, case))
        self.reasons.take_off_wanted.connect(lambda code: self._act(finding_writing.unlink_reason, code))
        self.remove_button.clicked.connect(self.remove)
        for key, button in (("Ctrl+H", self.heading_button), ("Ctrl+Shift+L", self.list_button)):
            self._key(key, button)
        self._key("Ctrl+Shift+I", self.figure_button)

    def _key(self, key: str, button: PushButton) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(button.click)

    # -- acting

    def remove(self) -> None:
        """Take the finding away; undo brings it back."""
        if self.flush() and self.finding is not None and self.writable:
            key = self.finding.key
            self._hub.do(lambda session: finding_writing.remove_finding(session, key))

    def link_reason(self, code: str) -> None:
        """Let the finding rest on a reason."""
        self._act(finding_writing.link_reason, code)

    def _act(self, act: object, value: object) -> None:
        self.flush()
        if self.finding is not None:
            key = self.finding.key
            self._hub.do(lambda session: act(session, key, value))  # type: ignore[operator]

    def _replace(self) -> None:
        if self.finding is None:
            return
        self.flush()
        subject, stage = self.chapter.currentData()
        key, place = self.finding.key, FindingPlace(FindingKind(self.kind.currentData()), Subject(subject), stage)
        if self._hub.do(lambda session: finding_writing.place_finding(session, key, place)) is None:
            self._show_fields(self.finding)

    def _retitle_while_typing(self) -> None:
        """Keep the title as far as it is typed, so that no crash takes more than two seconds of it; none at all is said when it is left."""
        if self.title_field.text().strip():
            self._retitle()

    def _retitle(self) -> None:
        self._title_waits.stop()
        if self.finding is None or not self.title_field.isModified():
            return
        self.title_field.setModified(False)
        key, title = self.finding.key, self.title_field.text()
        if self._hub.do(lambda session: finding_writing.retitle_finding(session, key, title)) is not None:
            return
        if title.strip() and len(title) <= LONGEST_TITLE:
            self.title_field.setModified(True)  # Not saved: the words stay on screen, and are tried again.
            self._title_waits.start()
        else:
            self.title_field.setText(self.finding.title)

    def _mark(self, mark: str) -> None:
        begin_lines_with(self.text, mark)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_text(self) -> None:
        self.saves.flush()
        self.saves.end_burst()

    def _follow_typing(self) -> None:
        self.show_preview()
        self.retyped.emit()
