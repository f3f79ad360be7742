"""The middle of the page: one case read twice, and how its differences are settled with the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.moderation.settlement import Choice, Part, PartKind, PartLine
from ncpi_desktop.ui.grade_looks import looks_of
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.quality.evidence_view import EvidenceView
from ncpi_desktop.ui.pages.quality.parts_table import PartsTable
from ncpi_desktop.ui.pages.quality.settle_box import SettleBox
from ncpi_desktop.ui.pages.quality.settle_words import decision_sentence, passages_of, shown_part, state_sentence
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.chip import Chip
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows import settling
from ncpi_desktop.workflows.quality_list import ListedCase
from ncpi_desktop.workflows.session import AuditSession, Changed
from ncpi_desktop.workflows.settling import Seat, SettlingDesk


class Act(StrEnum):
    """What needs a reason."""

    DECIDE = "decide"
    TO_LEAD = "to-lead"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done once its reason is there."""

    act: Act
    choice: Choice = Choice.FIRST
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A reason that was begun for a case and not used yet."""

    words: str
    part: Part | None
    wanted: Wanted | None


class SettlePane(Card):
    """The two readings of a case, part by part. A reason that was begun is kept for its case and person until it is used.

    Signals:
        read_wanted: the key of a case that should be opened in Review.
        next_wanted: nothing of this case is left to settle, and the next is wanted.
        list_wanted: the keyboard should go back to the list.
    """

    read_wanted = Signal(object)
    next_wanted = Signal()
    list_wanted = Signal()

    def __init__(self, theme: Theme, hub: AuditHub, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=16, parent=parent)
        self._hub = hub
        self._listed: ListedCase | None = None
        self._wanted: Wanted | None = None
        self._begun: dict[tuple[int, CaseKey], Begun] = {}
        self._person = self._who()
        self.desk: SettlingDesk | None = None
        self.part: Part | None = None
        self.setAccessibleName(_("Both readings"))
        self.reference = TextLabel(theme, role="reference")
        self.area = Chip(theme, "", "action")
        self.state = TextLabel(theme, role="caption", tone="muted", wrap=True)
        self.table = PartsTable(theme, looks_of(hub.session.methodology))
        self.evidence = EvidenceView(theme)
        self.box = SettleBox(theme)
        self.sentence = EmptyState(theme, "scale", _("Choose a case in the list."), _("Open in Review"))
        self.read_button = self.sentence.button or PushButton(theme, _("Open in Review"))
        self._arrange()
        self._connect()
        self._show_sentence("", False)

    # -- showing

    def show_case(self, listed: ListedCase | None) -> None:
        """Show a case of the list: both readings where both are handed in, else what it waits for."""
        self._keep_begun()
        self._person = self._who()
        same = self._listed is not None and listed is not None and self._listed.line.case == listed.line.case
        self._listed = listed
        self.desk = None
        if not same:
            self.box.grades.hide()
        if listed is None:
            self._show_sentence(_("Choose a case in the list."), False)
            return
        self.reference.setText(listed.line.reference)
        area = self._hub.session.methodology.area_by_code.get(listed.line.area)
        self.area.set(area.label if area is not None else listed.line.area, "action")
        if listed.is_closed or not listed.line.state.is_read_twice:
            self._show_sentence(self._why_not(listed), self._is_readers(listed))
            return
        self.desk = self._laid_out(listed.line.case)
        if self.desk is None:
            self._show_sentence(_("The readings of this case can't be shown now."), False)
            return
        begun = self._begun.get((self._person, listed.line.case), Begun("", None, None))
        lines = [line.part for line in self.desk.settling.lines]
        if not (same and self.part in lines):
            self.part = begun.part if begun.part in lines else self._first_part()
        self._wanted = begun.wanted
        self.box.reason.show_text(begun.words)
        self._show_desk()

    def enter(self) -> None:
        """Bring the keyboard here."""
        if self.desk is not None:
            self.table.focus_chosen()
        elif not self.read_button.isHidden():
            self.read_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfinished(self) -> dict[CaseKey, str]:
        """Return the reasons that were begun and are in no decision yet, by case."""
        self._keep_begun()
        return {case: begun.words for (_person, case), begun in self._begun.items() if begun.words.strip()}

    def _show_desk(self) -> None:
        desk = self.desk
        if desk is None:
            return
        session = self._hub.session
        names = [desk.first_reader or _("First reader"), desk.second_reader or _("Second reader"), _("Agreed")]
        shown = [shown_part(session, desk, line) for line in desk.settling.lines]
        self.state.setText(state_sentence(desk))
        self.state.setVisible(bool(self.state.text()))
        self.read_button.hide()
        self.sentence.hide()
        self.table.show_parts(names, shown, self.part)
        self._show_part()
        for widget in (self.reference, self.area, self.table, self.evidence):
            widget.show()
        self.table.fit()

    def _show_sentence(self, words: str, may_read: bool) -> None:
        self.sentence.set_sentence(words)
        for widget in (self.table, self.evidence, self.box, self.state):
            widget.hide()
        self.sentence.show()
        self.read_button.setVisible(may_read)
        for label in (self.reference, self.area):
            label.setVisible(self._listed is not None)

    def _show_part(self) -> None:
        desk, line = self.desk, self._line()
        if desk is None or line is None:
            return
        methodology = self._hub.session.methodology
        for view, reader, review in (
            (self.evidence.first, desk.first_reader or _("First reader"), desk.first),
            (self.evidence.second, desk.second_reader or _("Second reader"), desk.second),
        ):
            view.show_reading(reader, tuple(passages_of(review, line.part, desk, methodology)), review.rationale)
        self.evidence.fit()
        said = decision_sentence(self._hub.session, desk, line)
        self.box.decided.setText(said)
        self.box.decided.setVisible(bool(said))
        self._show_buttons(desk, line)
        self._say_hint()

    def _show_buttons(self, desk: SettlingDesk, line: PartLine) -> None:
        box, may = self.box, self._hub.session.may_change and desk.seat is not Seat.NOBODY
        decides = may and not desk.is_settled and bool(desk.settling.differences)
        here = decides and (line.differs or box.all_at_once.isChecked())
        grade = line.part.kind is not PartKind.REASON
        box.keep.set_words(_("Keep first grade") if grade else _("Keep first reading"))
        box.take.set_words(_("Take re-review grade") if grade else _("Take re-review"))
        for button in (box.keep, box.take):
            button.setVisible(decides)
            button.setEnabled(here)
        box.other.setVisible(decides)
        box.other.setEnabled(here and grade and not box.all_at_once.isChecked() and bool(self._other_grades(line)))
        box.agree.setVisible(bool(may and self._to_agree()))
        reader = desk.seat in (Seat.FIRST, Seat.SECOND)
        box.pass_on.setVisible(decides and reader and not desk.passed_on and bool(desk.settling.open))
        box.reopen.setVisible(may and desk.is_settled and bool(desk.settling.differences))
        box.all_at_once.setVisible(decides and len(desk.settling.open) > 1)
        box.reason.setVisible(decides or not box.reopen.isHidden())
        box.setVisible(bool(desk.settling.differences) and (may or not box.decided.isHidden()))
        box.row.updateGeometry()

    def _say_hint(self) -> None:
        wanted = self._wanted
        if wanted is None:
            shown = not self.box.reason.isHidden()
            self.box.say(_("The reason for settling is kept in the history.") if shown else "")
            return
        words = {
            Act.TO_LEAD: _("Say what you differ in, then press Ctrl+Enter to pass it on."),
            Act.REOPEN: _("Say why it is to be settled anew, then press Ctrl+Enter."),
        }.get(wanted.act)
        if words is None:
            words = {
                Choice.FIRST: _("Say why the first reading is to stand, then press Ctrl+Enter."),
                Choice.SECOND: _("Say why the re-review is to stand, then press Ctrl+Enter."),
                Choice.OTHER: _("Say why another grade is to stand, then press Ctrl+Enter."),
            }[wanted.choice]
        self.box.say(words, ask=True)

    # -- acting

    def choose_part(self, part: Part) -> None:
        """Let a part be the one that is settled next."""
        if part != self.part and self._wanted is not None and self._wanted.act is Act.DECIDE:
            self._wanted = None
        self.part = part
        self.box.grades.hide()
        self.table.choose(part)
        self._show_part()

    def keep_first(self) -> None:
        """Let what the first reading found stand."""
        if self.box.keep.isVisible() and self.box.keep.isEnabled():
            self._want(Wanted(Act.DECIDE, Choice.FIRST))

    def take_second(self) -> None:
        """Let what the second reading found stand."""
        if self.box.take.isVisible() and self.box.take.isEnabled():
            self._want(Wanted(Act.DECIDE, Choice.SECOND))

    def offer_others(self) -> None:
        """Offer the grades that neither reader gave."""
        line = self._line()
        if line is None or not (self.box.other.isVisible() and self.box.other.isEnabled()):
            return
        self.box.grades.offer(self._other_grades(line))
        _bring_into_view(self.box)

    def agree(self) -> None:
        """Agree to what the other reader decided of the chosen part, or of all where that is ticked."""
        parts = self._to_agree()
        desk = self.desk
        if desk is not None and parts and not self.box.agree.isHidden():
            case = desk.case.key
            self._done(self._hub.do(lambda session: settling.agree_to(session, case, parts)))

    def pass_on(self) -> None:
        """Give the difference to a team lead."""
        if self.box.pass_on.isVisible():
            self._want(Wanted(Act.TO_LEAD))

    def reopen(self) -> None:
        """Take a settled case up again."""
        if self.box.reopen.isVisible():
            self._want(Wanted(Act.REOPEN))

    def commit(self) -> None:
        """Do what was chosen, now that its reason is there; where nothing is open, go on to the next case."""
        if self._wanted is not None:
            self._want(self._wanted)
        elif self.desk is None or not self.desk.may_decide:
            self.next_wanted.emit()
        else:
            self.box.say(_("Choose what is to stand: keep the first, take the re-review, or another grade."), ask=True)
            self.table.focus_chosen()

    def _want(self, wanted: Wanted) -> None:
        words = self.box.reason.text().strip()
        self._wanted = wanted
        self.box.grades.hide()
        self._say_hint()
        if not words:
            self.box.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk = self.desk
        if desk is not None:
            self._done(self._hub.do(lambda session: self._act(session, desk, wanted, words)), used=True)

    def _act(self, session: AuditSession, desk: SettlingDesk, wanted: Wanted, words: str) -> Changed:
        case = desk.case.key
        if wanted.act is Act.TO_LEAD:
            return settling.pass_to_lead(session, case, words)
        if wanted.act is Act.REOPEN:
            return settling.reopen_settlement(session, case, words)
        parts = [self.part] if self.part is not None else []
        if self.box.all_at_once.isChecked():
            parts = [line.part for line in desk.settling.open]
        return settling.decide_all(session, case, parts, wanted.choice, words, wanted.other)

    def _done(self, changed: Changed | None, *, used: bool = False) -> None:
        """After a step: forget the reason that was used, and go on to the next part that waits for who works here."""
        if changed is None or self._listed is None:
            return
        if used:
            self._wanted = None
            self.box.reason.show_text("")
            self._begun.pop((self._person, self._listed.line.case), None)
        self.desk = self._laid_out(self._listed.line.case)
        self.box.all_at_once.setChecked(False)
        self.part = self._first_part()
        self._show_desk()
        self.table.focus_chosen()

    # -- what is where

    def _line(self) -> PartLine | None:
        return self.desk.settling.line(self.part) if self.desk is not None and self.part is not None else None

    def _first_part(self) -> Part | None:
        """Return the first part that waits for who works here; else the first that is open, differs, or is there."""
        desk = self.desk
        if desk is None:
            return None
        settled = desk.settling
        waiting = [line for line in settled.open if line.decision is None or desk.may_agree(line)]
        for lines in (waiting, settled.open, settled.differences, settled.lines):
            if lines:
                return lines[0].part
        return None

    def _to_agree(self) -> list[Part]:
        desk, line = self.desk, self._line()
        if desk is None or desk.is_settled:
            return []
        if self.box.all_at_once.isChecked():
            return [found.part for found in desk.settling.open if desk.may_agree(found)]
        return [line.part] if line is not None and line.differs and desk.may_agree(line) else []

    def _other_grades(self, line: PartLine) -> list[tuple[str, str]]:
        grades = [(grade.code, grade.label) for grade in self._hub.session.methodology.scale.grades]
        if line.part.kind is PartKind.STAGE:
            grades.append((NOT_APPLICABLE, _("Not applicable")))
        return [(code, label) for code, label in grades if code not in (line.first, line.second)]

    def _laid_out(self, case: CaseKey) -> SettlingDesk | None:
        try:
            return settling.lay_out(self._hub.session, case)
        except KnownError:
            return None

    def _is_readers(self, listed: ListedCase) -> bool:
        person = self._hub.session.person
        return person is not None and listed.line.reader == person.key and not listed.line.state.is_read_twice

    def _why_not(self, listed: ListedCase) -> str:
        if self._is_readers(listed):
            return _(
                "This case is yours to re-read, with the keys of Review. The first reading is hidden until yours is handed in."
            )
        if listed.is_closed:
            return _("The first reading of this case is closed to you.")
        reader = self._hub.session.person_named(listed.line.reader)
        if reader:
            return _("{state}: {name} re-reads this case.").format(state=listed.line.state.label, name=reader)
        return _("{state}. Nobody has been given this case to re-read yet.").format(state=listed.line.state.label)

    def _who(self) -> int:
        person = self._hub.session.person
        return person.key if person is not None else 0

    def _keep_begun(self) -> None:
        """Keep the reason on screen for its case and person."""
        if self.desk is None:
            return
        key, words = (self._person, self.desk.case.key), self.box.reason.text()
        if words.strip() or self._wanted is not None:
            self._begun[key] = Begun(words, self.part, self._wanted)
        else:
            self._begun.pop(key, None)

    def _leave_reason(self) -> None:
        self._wanted = None
        self.box.grades.hide()
        self._say_hint()
        self.table.focus_chosen()

    def _arrange(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(10)
        above.addWidget(self.reference)
        above.addWidget(self.area)
        above.addStretch(1)
        self.body.addLayout(above)
        self.body.addWidget(self.state)
        self.body.addWidget(self.table, 5)
        self.body.addWidget(self.evidence, 4)
        self.body.addWidget(self.box)
        self.body.addWidget(self.sentence, 9)

    def _connect(self) -> None:
        box = self.box
        self.table.part_chosen.connect(self.choose_part)
        self.table.page_wanted.connect(self.evidence.scroll_page)
        for button, act in (
            (box.keep, self.keep_first),
            (box.take, self.take_second),
            (box.other, self.offer_others),
            (box.agree, self.agree),
            (box.pass_on, self.pass_on),
            (box.reopen, self.reopen),
        ):
            button.clicked.connect(act)
        box.all_at_once.toggled.connect(lambda _on: self._show_part())
        box.grades.grade_chosen.connect(lambda code: self._want(Wanted(Act.DECIDE, Choice.OTHER, code)))
        box.grades.left.connect(self._leave_reason)
        box.reason.committed.connect(self.commit)
        box.reason.left.connect(self._leave_reason)
        box.reason.was_entered.connect(lambda: _bring_into_view(box))
        self.sentence.button_pressed.connect(self._read)

    def _read(self) -> None:
        if self._listed is not None:
            self.read_wanted.emit(self._listed.line.case)


def _bring_into_view(widget: QWidget) -> None:
    """Scroll whatever holds `widget`, where large text makes the page higher than the screen."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 0, 8)
        above = above.parentWidget()
