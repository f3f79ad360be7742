"""The middle of the page: one case read twice, and how its differences are settled with the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.moderation.settlement import Choice, Part, PartKind, PartLine
from ncpi_desktop.ui.grade_looks import looks_of
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.quality.begun_reasons import BegunReasons, Place
from ncpi_desktop.ui.pages.quality.evidence_view import EvidenceView
from ncpi_desktop.ui.pages.quality.parts_table import PartsTable
from ncpi_desktop.ui.pages.quality.settle_box import SettleBox
from ncpi_desktop.ui.pages.quality.settle_steps import (
    Act,
    Wanted,
    first_part,
    other_grades,
    parts_to_agree,
    take_step,
)
from ncpi_desktop.ui.pages.quality.settle_words import (
    decision_sentence,
    is_readers,
    passages_of,
    seen_words,
    shown_part,
    state_sentence,
    waiting_sentence,
    wanted_words,
)
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.chip import Chip
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows import settling
from ncpi_desktop.workflows.quality_list import ListedCase, seen_before
from ncpi_desktop.workflows.settling import Seat, SettlingDesk


class SettlePane(Card):
    """The two readings of a case, part by part. A reason that was begun is kept for its person, case and part until it is used.

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
        self._begun = BegunReasons()
        self._person = self._who()
        self.desk: SettlingDesk | None = None
        self.part: Part | None = None
        self.setAccessibleName(_("Both readings"))
        self.reference = TextLabel(theme, role="reference")
        self.area = Chip(theme, "", "action")
        self.state = TextLabel(theme, role="caption", tone="muted", wrap=True)
        self.seen = TextLabel(theme, role="caption", tone="muted", wrap=True)
        self.seen.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table = PartsTable(theme, looks_of(hub.session.methodology))
        self.evidence = EvidenceView(theme)
        self.box = SettleBox(theme)
        self.sentence = EmptyState(theme, "scale", _("Choose a case in the list."), _("Open in Review"))
        self.read_button = self.sentence.button or PushButton(theme, _("Open in Review"))
        self._arrange()
        self._connect()
        self._show_sentence("", False)

    @property
    def position(self) -> int | None:
        """Where the case shown stands in the queue."""
        return self._listed.line.position if self._listed is not None else None

    # -- showing

    def show_case(self, listed: ListedCase | None) -> None:
        """Show a case of the list: both readings where both are handed in, else what it waits for."""
        self._keep_begun()
        before = (self._person, self.case)
        self._person = self._who()
        same = listed is not None and before == (self._person, listed.line.case)
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
        session = self._hub.session
        if listed.is_closed or not listed.line.state.is_read_twice:
            self._show_sentence(waiting_sentence(session, listed), is_readers(session, listed))
            return
        self.desk = self._laid_out(listed.line.case)
        if self.desk is None:
            self._show_sentence(_("The readings of this case can't be shown now."), False)
            return
        case, lines = listed.line.case, [line.part for line in self.desk.settling.lines]
        if not same:
            self._set_all_at_once(self._begun.has_words(Place(self._person, case, None)))
        if not (same and self.part in lines):
            self.part = self._begun.part_of(self._person, case, lines) or first_part(self.desk)
        self._give_back()
        self.setUpdatesEnabled(False)  # painted once, when all of it is in its place
        self._show_desk()
        self.body.activate()
        self.table.fit()
        self.evidence.fit()
        self.setUpdatesEnabled(True)

    @property
    def case(self) -> CaseKey | None:
        """The key of the case that is shown."""
        return self._listed.line.case if self._listed is not None else None

    def enter(self) -> None:
        """Bring the keyboard here."""
        if self.desk is not None:
            self.table.focus_chosen()
        elif not self.read_button.isHidden():
            self.read_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfinished(self) -> dict[CaseKey, str]:
        """Return the reasons that were begun and are in no decision yet, by case."""
        self._keep_begun()
        return self._begun.unfinished()

    def _show_desk(self) -> None:
        desk = self.desk
        if desk is None:
            return
        session = self._hub.session
        names = [desk.first_reader or _("First reader"), desk.second_reader or _("Second reader"), _("Agreed")]
        shown = [shown_part(session, desk, line) for line in desk.settling.lines]
        self.state.setText(state_sentence(desk))
        seen = self._hub.ask(lambda session: seen_before(session, desk.case.key))
        self.seen.setText(seen_words(seen) if seen is not None else "")
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
        self.seen.setText("")
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
        self._offer(desk, line)
        self._say_hint()

    def _offer(self, desk: SettlingDesk, line: PartLine) -> None:
        session = self._hub.session
        others = bool(other_grades(line, session.methodology))
        may = session.may_change and desk.seat is not Seat.NOBODY
        self.box.offer(desk, line, may=may, others=others, to_agree=bool(self._agreeable(desk)))

    def _agreeable(self, desk: SettlingDesk) -> list[Part]:
        return parts_to_agree(desk, self.part, all_at_once=self.box.all_at_once.isChecked())

    def _say_hint(self) -> None:
        if self._wanted is not None:
            self.box.say(wanted_words(self._wanted), ask=True)
        else:
            shown = not self.box.reason.isHidden()
            self.box.say(_("The reason for settling is kept in the history.") if shown else "")

    # -- acting

    def choose_part(self, part: Part) -> None:
        """Let a part be the one that is settled next."""
        self._keep_begun()
        self.part = part
        self._give_back()
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

    def press_grade(self, code: str) -> None:
        """Let a grade stand by its key: the first's, the re-review's, or another."""
        line, box = self._line(), self.box
        if line is None or line.part.kind is PartKind.REASON or box.all_at_once.isChecked():
            return
        if code == line.first:
            self.keep_first()
        elif code == line.second:
            self.take_second()
        elif box.other.isVisible() and box.other.isEnabled():
            self._want(Wanted(Act.DECIDE, Choice.OTHER, code))

    def offer_others(self) -> None:
        """Offer the grades that neither reader gave."""
        line = self._line()
        if line is None or not (self.box.other.isVisible() and self.box.other.isEnabled()):
            return
        self.box.grades.offer(other_grades(line, self._hub.session.methodology))
        _bring_into_view(self.box)

    def agree(self) -> None:
        """Agree to what the other reader decided of the chosen part, or of all where that is ticked."""
        desk = self.desk
        parts = self._agreeable(desk) if desk is not None else []
        if desk is not None and parts and not self.box.agree.isHidden():
            case = desk.case.key
            if self._hub.do(lambda session: settling.agree_to(session, case, parts)) is not None:
                self._go_on(case)

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
        desk, place = self.desk, self._place()
        if desk is None or place is None:
            return
        parts = self._parts(desk)
        if self._hub.do(lambda session: take_step(session, place.case, wanted, parts, words)) is None:
            return
        if self._place() == place:
            self._wanted = None
            self.box.reason.show_text("")
        self._begun.forget(place)  # after the change: whoever followed it has kept the reason once more
        self._go_on(place.case)

    def _parts(self, desk: SettlingDesk) -> list[Part]:
        """Return the parts that the next decision is about."""
        if self.box.all_at_once.isChecked():
            return [line.part for line in desk.settling.open]
        return [self.part] if self.part is not None else []

    def _go_on(self, case: CaseKey) -> None:
        """After a step in `case`: go on to its next part that waits for who works here."""
        if self.case != case:
            return
        self._keep_begun()
        self.desk = self._laid_out(case)
        self._set_all_at_once(False)
        self.part = first_part(self.desk) if self.desk is not None else None
        self._give_back()
        self._show_desk()
        self.table.focus_chosen()

    # -- what is where

    def _line(self) -> PartLine | None:
        return self.desk.settling.line(self.part) if self.desk is not None and self.part is not None else None

    def _laid_out(self, case: CaseKey) -> SettlingDesk | None:
        try:
            return settling.lay_out(self._hub.session, case)
        except KnownError:
            return None

    def _who(self) -> int:
        person = self._hub.session.person
        return person.key if person is not None else 0

    def _place(self) -> Place | None:
        """Return what the reason on screen is for."""
        if self.desk is None:
            return None
        return Place(self._person, self.desk.case.key, None if self.box.all_at_once.isChecked() else self.part)

    def _keep_begun(self) -> None:
        """Keep the reason on screen."""
        place = self._place()
        if place is not None:
            self._begun.keep(place, self.box.reason.text(), self._wanted)

    def _give_back(self) -> None:
        """Show the reason that was begun for what is now chosen."""
        place = self._place()
        if place is not None:
            begun = self._begun.at(place)
            self._wanted = begun.wanted
            self.box.reason.show_text(begun.words)

    def _set_all_at_once(self, on: bool) -> None:
        """Tick or untick it without carrying the reason along."""
        self.box.all_at_once.blockSignals(True)
        self.box.all_at_once.setChecked(on)
        self.box.all_at_once.blockSignals(False)
        self.box.all_at_once.update()

    def _carry_reason(self, all_at_once: bool) -> None:
        """A person ticked or unticked it: what is on screen becomes the reason for all, or for the part chosen, unless one was begun there."""
        desk, now = self.desk, self._place()
        if desk is None or now is None:
            return
        before = Place(self._person, desk.case.key, self.part if all_at_once else None)
        if self._begun.has_words(now) or not self.box.reason.text().strip():
            self._begun.keep(before, self.box.reason.text(), self._wanted)
            self._give_back()
        else:
            self._begun.forget(before)
        self._show_part()

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
        above.addWidget(self.seen, 1)
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
        box.all_at_once.toggled.connect(self._carry_reason)
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
