"""The review page: queue, record and judgement of one case side by side, the whole job by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.grade_looks import looks_of
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.review import page_keys, wording
from ncpi_desktop.ui.pages.review.button_row import LARGE_TEXT
from ncpi_desktop.ui.pages.review.case_comments import CaseComments
from ncpi_desktop.ui.pages.review.judgement_pane import JudgementPane
from ncpi_desktop.ui.pages.review.left_side import LeftSide
from ncpi_desktop.ui.pages.review.practice_steps import PracticeSteps
from ncpi_desktop.ui.pages.review.queue_pane import QueuePane
from ncpi_desktop.ui.pages.review.record_pane import RecordPane
from ncpi_desktop.ui.pages.review.side_folding import SideFolding
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.words import _
from ncpi_desktop.workflows import blinding, browsing, practising, referring, reviewing
from ncpi_desktop.workflows.reviewing import CaseOnDesk
from ncpi_desktop.workflows.session import Changed

_WIDTHS = (268, 592, 372)
_JUDGING = ("park", "not_sure", "clear_grade", "add_reason", "cite", "next_unanswered")


class ReviewPage(QWidget):
    """Lays one case on the desk at a time. What changes anywhere is shown at once; what was typed is saved before a case is left."""

    def __init__(self, theme: Theme, hub: AuditHub, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hub = hub
        self._actions = actions
        self._desk: CaseOnDesk | None = None
        self._questioned = False
        self._handing_in = False
        self._begun = False
        self._stale = False
        self._begins_in = 0
        self._begins_at: Mapping[str, object] = {}
        self.setAccessibleName(_("Review"))
        looks = looks_of(hub.session.methodology)
        self.queue = QueuePane(theme, hub, looks, self)
        self.record = RecordPane(theme, hub.session.methodology, looks, self)
        self.judgement = JudgementPane(theme, hub, looks, self)
        self.left = LeftSide(theme, hub.session.methodology, self.queue, self.judgement, self)
        self.practice = PracticeSteps(hub, self.left, self.judgement.hand_in, self.go_to)
        self._arrange()
        self.folding = SideFolding(theme, self._splitter, self.left, self.record, self.judgement)
        self.comments = CaseComments(hub, self.left, self.judgement, self.folding)
        self._connect()
        self._connect_actions()

    def current_case(self) -> CaseKey | None:
        """Return the case on the desk."""
        return self._desk.case.key if self._desk else None

    def go_to(self, case: CaseKey, entry: int | None = None) -> None:
        """Lay a case on the desk, at an entry of its record where its key is given.

        What was typed is saved first; while it can't be, the case before stays on the desk.
        """
        if case != self.current_case():
            if not self._leave_case():
                return
            desk = self._hub.ask(lambda session: reviewing.lay_on_desk(session, case))
            if desk is None:
                return
            self._show(desk)
        if entry is not None:
            self.record.view.go_to_entry(entry)

    def resume(self) -> None:
        """Go to the person's first case to do; where all is done, to the first case."""
        session = self._hub.session
        case = browsing.next_to_do(session, 0) or browsing.case_at(session, 1)
        if case is not None:
            self.go_to(case)

    def flush(self) -> None:
        """Save what is typed, at once. A comment stays in its box: it is sent when the case is left."""
        self.judgement.texts.flush()

    def shown(self) -> None:
        """The page has come into view: begin where the work is."""
        if self._desk is None:
            self.resume()
        elif self._stale:
            self._show(reviewing.lay_on_desk(self._hub.session, self._desk.case.key))
        self._stale = False
        focused = self.window().focusWidget()
        if not self._begun:
            # At first the keyboard is where Qt put it: at the first widget there is.
            self._begun = True
            if not self.judgement.texts.restore(self._begins_at):
                self._focus_where_work_is(self._begins_in)
        elif focused is None or not self.isAncestorOf(focused) or not focused.isVisible():
            self._focus_where_work_is()

    def place(self) -> dict[str, object]:
        """Return where the person is, for `restore`: no words of any case."""
        if self._desk is None:
            return {}
        return {
            "case": self._desk.case.identity,
            "position": self._desk.row.position,
            "pane": self._focused_pane(),
            "cursor": self.record.view.cursor_place(),
            "widths": self.folding.widths(),
            **self.judgement.texts.place(),
        }

    def restore(self, place: Mapping[str, object]) -> None:
        """Go back to where `place` says; where that case is not there any more, `resume`."""
        position, widths = place.get("position"), place.get("widths")
        if isinstance(widths, list) and len(widths) == len(_WIDTHS):
            self._splitter.setSizes([int(width) for width in widths])
        case = browsing.case_at(self._hub.session, position) if isinstance(position, int) and position else None
        if position == 0:
            case = practising.practice_case_identified(self._hub.session, str(place.get("case", "")))
        desk = self._hub.ask(lambda session: reviewing.lay_on_desk(session, case)) if case is not None else None
        if case is None or desk is None or desk.case.identity != place.get("case"):
            self.resume()
            return
        self.go_to(case)
        cursor, pane = place.get("cursor"), place.get("pane")
        if isinstance(cursor, int):
            self.record.view.set_cursor_place(cursor)
        if isinstance(pane, int):
            self._begins_in = pane
            self._begins_at = place
            self._focus_pane(pane)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on: the page itself has no use for it."""
        super().focusInEvent(event)
        if self._desk is not None and not self.folding.give_back_focus():
            self._focus_where_work_is()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save when the page is left, and send what stands in the box for comments."""
        self.flush()
        self.comments.flush()
        super().hideEvent(event)

    def _show(self, desk: CaseOnDesk) -> None:
        self._desk = desk
        self._questioned = False
        session = self._hub.session
        self.record.show_desk(
            desk,
            editable=desk.is_editable and session.may_change,
            referrals=self._hub.ask(lambda held: referring.referrals_of(held, desk.case.key)) or (),
            may_refer=desk.practice is None and session.may_change,
        )
        self.judgement.show_desk(desk)
        self.comments.show_desk(desk)
        self.queue.show_case(desk.row.position)
        self.practice.show(desk)
        self._note_sight(desk)
        self._show_whether_empty()
        self._set_actions()

    def _note_sight(self, desk: CaseOnDesk) -> None:
        """Keep that somebody's first reading was seen, where that will matter: who reads a case again says what they had seen."""
        if desk.purpose is ReviewPurpose.FIRST and not desk.is_closed and not desk.review.is_editable:
            self._hub.ask(lambda session: blinding.note_sight(session, desk.case.key))

    def _leave_case(self) -> bool:
        """Save what is typed; where that fails, say that the case stays on the desk."""
        if self.judgement.texts.flush() and self.comments.flush():
            return True
        self.judgement.hand_in.notice.say(
            _("What you typed is not saved yet, so this case stays open. It is tried again every two seconds."),
            tone="danger",
        )
        return False

    def _follow(self, changed: Changed) -> None:
        """Show what was changed: by this page, by undo, by anyone."""
        if changed.case is None:
            self.queue.model.reload()
            self.queue.count_anew()
            self._show_whether_empty()
            if self._desk is None:
                if self.isVisible():
                    self.resume()
                return
        elif changed.case != self.current_case() or self._handing_in:
            # While handing in, the next case is laid on the desk in a moment: showing this one once more would only cost time.
            self.queue.model.refresh(changed.case)
            self.queue.count_anew()
            self.comments.show_bar()
            return
        if not self.judgement.texts.is_saving:
            self.judgement.texts.end_bursts()
        case = self.current_case()
        if case is not None:
            self._show(reviewing.lay_on_desk(self._hub.session, case))
            self.queue.model.refresh(case)
            self.queue.show_case(self._desk.row.position if self._desk else 0)
        self.queue.count_anew()

    def _step(self, step: int) -> None:
        if self._desk is None:
            return
        if self._desk.practice is not None:
            self.practice.step(self._desk.case.key, step)
            return
        position = self.queue.model.neighbour(self._desk.row.position, step)
        case = None if position is None else browsing.case_at(self._hub.session, position)
        if case is not None:
            self.go_to(case)

    def _go_to_next_to_do(self) -> None:
        after = self._desk.row.position if self._desk else 0
        case = browsing.next_to_do(self._hub.session, after)
        if case is not None and case != self.current_case():
            self.go_to(case)
        elif case is None:
            self.judgement.hand_in.notice.say(
                _("Nothing is left to do: every case is submitted or parked."), tone="action"
            )

    def _submit(self) -> None:
        desk = self._desk
        if desk is None or not self._leave_case():
            return
        if not self.judgement.editable:
            self._go_on(desk)
            return
        missing = self.judgement.missing
        if missing:
            most = 2 if self._theme.text_scale >= LARGE_TEXT else 20
            self.judgement.hand_in.notice.say(wording.missing_sentences(missing, self._hub.session.methodology, most))
            self.judgement.focus_gap(missing[0])
            return
        questions = reviewing.what_to_question(self._hub.session, self._desk.review) if self._desk else ()
        if questions and not self._questioned:
            self._questioned = True
            self.judgement.hand_in.notice.say(
                " ".join(questions),
                action=_("Submit anyway"),
                act=self._submit_anyway,
                dismiss=_("Look again"),
            )
            return
        self._submit_anyway()

    def _go_on(self, desk: CaseOnDesk) -> None:
        if desk.practice is not None:
            self.practice.go_on(desk.case.key)
        else:
            self._go_to_next_to_do()

    def _submit_anyway(self) -> None:
        case = self.current_case()
        if case is None or self._desk is None:
            return
        if self._desk.practice is not None:
            # The agreed answer is what practice is for: it is read before one goes on.
            if self._hub.do(lambda session: reviewing.submit(session, case)) is not None:
                self.practice.say_handed_in()
                self._focus_pane(0)
            return
        self._handing_in = True
        try:
            done = self._hub.do(lambda session: reviewing.submit(session, case))
        finally:
            self._handing_in = False
        if done is not None:
            self._go_to_next_to_do()
            if self.current_case() == case:
                self._show(reviewing.lay_on_desk(self._hub.session, case))

    def _cite(self) -> None:
        desk = self._desk
        if desk is None or not self.judgement.editable:
            return
        passages = self.record.view.selected_passages()
        if len(passages) != 1:
            said = _("Select the words first, then press Ctrl+E.")
            if passages:
                said = _("A passage stands in one entry: select words of one entry, then the other.")
            self.record.notice.say(said, tone="action", dismiss=_("Close"))
            return
        self.record.notice.hide()
        passage, case = passages[0], desk.case.key

        def cite(code: str) -> None:
            done = self._hub.do(
                lambda session: reviewing.cite(session, case, code, passage.entry, passage.start, passage.end)
            )
            if done is not None:
                self.record.view.clear_selection()

        if len(desk.review.reasons) == 1:
            cite(desk.review.reasons[0].code)
        else:
            self.judgement.choose_reason_to_cite(cite)

    def _allocate(self) -> None:
        """Ask whose case it is to be."""
        from ncpi_desktop.ui.dialogs.allocate_dialog import AllocateDialog

        if self._desk is None or not self._leave_case():
            return
        dialog = AllocateDialog(self._theme, self._hub, self._desk.case.key, self)
        dialog.exec()
        dialog.deleteLater()

    def _toggle_criteria(self, stage: str | None = None) -> None:
        if self._desk is not None:
            self.left.toggle(self._desk.case.area, stage)

    def _focus_where_work_is(self, pane: int = 0) -> None:
        """Begin in a pane, the queue unless told; where that is folded away, in the record."""
        self.folding.fold()
        self._focus_pane(1 if pane == 0 and self.folding.is_folded else pane)

    def _search(self) -> None:
        self.left.show_queue()
        self.folding.unfold()
        self.queue.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.queue.search_field.selectAll()

    def _focused_pane(self) -> int:
        focused = self.window().focusWidget()
        panes = (self.left, self.record, self.judgement)
        return next((place for place, pane in enumerate(panes) if focused and pane.isAncestorOf(focused)), 0)

    def _focus_pane(self, pane: int) -> None:
        if pane == 0:
            self.folding.unfold()
        elif pane == 1:
            self.record.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.judgement.focus_first()

    def _connect(self) -> None:
        self._hub.changed.connect(self._follow)
        self._hub.person_changed.connect(self._follow_person)
        self.queue.case_chosen.connect(self.go_to)
        self.queue.left.connect(lambda: self._focus_pane(1))
        self.record.cite_pressed.connect(self._cite)
        self.record.refer_pressed.connect(self._actions.refer.trigger)
        self.record.header.cases_button.clicked.connect(lambda: self._focus_pane(0))
        self.record.header.previous_button.clicked.connect(lambda: self._step(-1))
        self.record.header.next_button.clicked.connect(lambda: self._step(1))
        self.comments.case_wanted.connect(self.go_to)
        self.judgement.criteria_wanted.connect(self._toggle_criteria)
        self.judgement.criteria_button.clicked.connect(lambda: self._toggle_criteria())
        self.judgement.passage_wanted.connect(self.record.view.go_to_passage)
        self.judgement.hand_in.submit_pressed.connect(self._submit)
        self.left.left.connect(lambda: self._focus_pane(2))
        for save in self.judgement.texts.saves.values():
            save.settled.connect(self._follow_saving)
        page_keys.connect_digits(self, self._hub.session.methodology.scale, self.judgement.press_grade)

    def _follow_saving(self, saved: bool) -> None:
        if saved and self.judgement.hand_in.notice.text().startswith(_("What you typed is not saved yet")):
            self.judgement.hand_in.notice.hide()

    def _follow_person(self) -> None:
        self.queue.count_anew()
        self.queue.choose(self.queue.model.chosen.choice)
        self._stale = not self.isVisible()
        if self._desk is not None and not self._stale:
            self._show(reviewing.lay_on_desk(self._hub.session, self._desk.case.key))

    def _connect_actions(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "previous_case": lambda: self._step(-1),
            "next_case": lambda: self._step(1),
            "next_to_do": self._go_to_next_to_do,
            "search_cases": self._search,
            "park": self.judgement.ask_to_park,
            "not_sure": self.judgement.toggle_not_sure,
            "reopen": self.judgement.ask_to_reopen,
            "allocate": self._allocate,
            "comment": self.comments.write,
            "next_comment": self.comments.go_to_next,
            "send_back": self.comments.ask_to_send_back,
            "submit_and_next": self._submit,
            "clear_grade": self.judgement.clear_grade,
            "add_reason": self.judgement.open_picker,
            "cite": self._cite,
            "criteria": lambda: self._toggle_criteria(),
            "next_unanswered": self.judgement.go_to_next_gap,
            "rationale": lambda: self.judgement.texts.focus_box("rationale"),
            "next_pane": lambda: self._focus_pane((self._focused_pane() + 1) % 3),
            "previous_pane": lambda: self._focus_pane((self._focused_pane() - 1) % 3),
        }
        page_keys.connect_actions(self, self._actions, acts)

    def _set_actions(self) -> None:
        editable = self.judgement.editable
        page_keys.enable(self._actions, _JUDGING, editable)
        session = self._hub.session
        draft = self._desk is not None and self._desk.review.is_editable
        live = self._desk is not None and self._desk.practice is None and not self._desk.is_closed
        page_keys.enable(self._actions, ("reopen",), live and not draft and session.may_change)
        may_allocate = live and session.may_change and session.may(Action.ALLOCATE)
        page_keys.enable(self._actions, ("allocate",), may_allocate)
        page_keys.enable(self._actions, ("send_back",), live and self.comments.may_send_back())

    def _arrange(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(14)
        self._splitter.setChildrenCollapsible(False)
        for place, pane in enumerate((self.left, self.record, self.judgement)):
            self._splitter.addWidget(pane)
            self._splitter.setStretchFactor(place, 1 if place == 1 else 0)
        self._splitter.setSizes(list(_WIDTHS))
        self._empty = EmptyState(
            self._theme,
            "table-2",
            _("Cases stand here once they have been brought in, from a workbook or a csv file."),
            _("Bring cases in…"),
        )
        self._empty.button_pressed.connect(self._actions.import_cases.trigger)
        self._whole = QStackedWidget(self)
        self._whole.addWidget(self._splitter)
        self._whole.addWidget(self._empty)
        self._show_whether_empty()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(self._whole)

    def _show_whether_empty(self) -> None:
        on_desk = self._desk is not None
        has_cases = on_desk or browsing.case_at(self._hub.session, 1) is not None
        self._whole.setCurrentWidget(self._splitter if has_cases else self._empty)
