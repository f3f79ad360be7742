"""The right pane: overall grade, stages, reasons, rationale, and handing in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.grading.completeness import Gap, Missing
from ncpi_desktop.domain.grading.review import Citation, GivenReason, ReviewPurpose, StageJudgement
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.review import wording
from ncpi_desktop.ui.pages.review.judgement_form import JudgementForm
from ncpi_desktop.ui.pages.review.judgement_text import MOST
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.words import _
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.reviewing import CaseOnDesk
from ncpi_desktop.workflows.session import AuditSession, Changed


class JudgementPane(JudgementForm):
    """Judges the case on the desk; each act is saved as it is made, and the page shows the desk again.

    Signals:
        criteria_wanted: the code of a stage.
        passage_wanted: the Citation to show in the record.
    """

    criteria_wanted = Signal(str)
    passage_wanted = Signal(object)

    def __init__(
        self, theme: Theme, hub: AuditHub, looks: Mapping[str, GradeLook], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, hub, looks, parent)
        self._hub = hub
        self._desk: CaseOnDesk | None = None
        self._missing: tuple[Missing, ...] = ()
        self._editable = True
        self._connect()

    def show_desk(self, desk: CaseOnDesk) -> None:
        """Show a case, or the same one again: only what differs is touched."""
        before, self._desk = self._desk, desk
        if before is None or before.case.key != desk.case.key:
            self.turn_to(desk.case.area)
        self._editable = desk.is_editable and self._hub.session.may_change
        self.show_review(desk.review, read_only=not self._editable)
        self.show_own_stages(dict(desk.own_stages))
        self._show_hand_in(desk)

    @property
    def editable(self) -> bool:
        """Whether the judgement may be changed."""
        return self._editable

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the review lacks, in working order."""
        return self._missing

    def press_grade(self, code: str) -> None:
        """Give an overall grade as if its button had been pressed; the same again clears it."""
        if self._editable:
            self.grade_row.press(code)

    def clear_grade(self) -> None:
        """Take the overall grade away."""
        if self._editable and self._desk is not None and self._desk.review.grade is not None:
            self._do(lambda session, case: reviewing.give_grade(session, case, None))

    def toggle_not_sure(self) -> None:
        """Set or take away the mark."""
        if self._editable:
            self.not_sure_chip.click()

    def open_picker(self) -> None:
        """Let reasons be added by typing; those on the stage that has the keyboard come first."""
        if self._desk is None or not self._editable:
            return
        self.place_picker()
        self.picker.open_picker(
            _("Add reason"), self._give_reason, self._desk.review, self._desk.case.area, stage=self.focused_stage()
        )

    def choose_reason_to_cite(self, take: Callable[[str], None]) -> None:
        """Ask for which reason the selected words stand: the given ones first, then all others."""
        if self._desk is None:
            return

        def taken(code: str) -> None:
            self.picker.close_picker()
            take(code)

        self.place_picker()
        self.picker.open_picker(
            _("Cite for which reason?"), taken, self._desk.review, self._desk.case.area, with_given=True
        )

    def focus_first(self) -> None:
        """Bring the keyboard to the first thing missing, else to the overall grade."""
        if self._editable and self._missing:
            self.focus_gap(self._missing[0])
        elif self._editable:
            self.grade_row.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_next_gap(self) -> None:
        """Bring the keyboard to the next thing missing behind where it is, round to the first."""
        if not self._missing or not self._editable:
            return
        here = next((place for place, lack in enumerate(self._missing) if self.is_at(lack)), -1)
        lack = self._missing[(here + 1) % len(self._missing)]
        if lack.gap is Gap.REASONS:
            self.open_picker()
        else:
            self.focus_gap(lack)

    def ask_to_park(self) -> None:
        """Ask why the case is parked; a parked one is taken up again at once."""
        if not self._editable or self._desk is None:
            return
        if self._desk.review.parked_because:
            self._do(lambda session, case: reviewing.park(session, case, ""))
            return
        self.hand_in.notice.hide()
        self.hand_in.because.ask(
            _("Park this case"),
            _("Why is it parked?"),
            _("It waits until you take it up again. What you judged stays."),
            _("Park"),
            lambda why: self._do(lambda session, case: reviewing.park(session, case, why)),
        )

    def ask_to_reopen(self) -> None:
        """Ask why a submitted review is reopened."""
        if self._desk is None or self._desk.review.is_editable or not self._hub.session.may_change:
            return
        if self._desk.practice is not None:
            return  # The first answer counts.
        self.hand_in.because.ask(
            _("Reopen this review"),
            _("Why is it reopened?"),
            _("The submitted review stays in the file; you go on with a copy of it."),
            _("Reopen"),
            lambda why: self._do(lambda session, case: reviewing.reopen(session, case, why)),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the criteria of the stage at hand with a question mark."""
        stage = self.focused_stage()
        if event.text() == "?" and stage is not None:
            self.criteria_wanted.emit(stage)
        else:
            super().keyPressEvent(event)

    def _show_hand_in(self, desk: CaseOnDesk) -> None:
        review = desk.review
        if desk.is_closed:
            self._missing = ()
            self.hand_in.show_submitted(
                _("The first reading of this case is closed to you: you may yet be asked to read it again."),
                can_reopen=False,
            )
            return
        if review.is_editable:
            self._missing = reviewing.what_is_missing(self._hub.session, desk)
            names = wording.missing_names(self._missing, self._methodology)
            count = wording.missing_count(len(self._missing))
            self.hand_in.show_draft(count, names, parked=bool(review.parked_because), editable=self._editable)
            return
        self._missing = ()
        name = self._hub.session.person_named(review.reviewer) or _("somebody who left no name")
        when = wording.moment_words(review.submitted_at) if review.submitted_at else ""
        sentence = _("Submitted {when} by {name}").format(when=when, name=name)
        if desk.purpose is ReviewPurpose.SECOND:
            follows = wording.second_words(browsing.second_state(self._hub.session, desk.case.key))
            sentence = f"{sentence}. {follows}".strip()
        self.hand_in.show_submitted(
            sentence,
            can_reopen=self._hub.session.may_change and desk.practice is None,
        )

    def _give_reason(self, code: str) -> None:
        if self._do(lambda session, case: reviewing.give_reason(session, case, code)) and self._desk is not None:
            wording_given = self._methodology.reason_by_code[code].wording
            self.picker.offer_anew(
                self._desk.review, self._desk.case.area, _("Added: {reason}").format(reason=wording_given)
            )

    def _judge_stage(self, stage: str, grade: object, not_applicable: bool) -> None:
        judged = StageJudgement(stage, grade if isinstance(grade, str) else None, not_applicable)
        self._do(lambda session, case: reviewing.judge_stage(session, case, judged))

    def _withdraw_passage(self, given: GivenReason, citation: Citation) -> None:
        self._do(lambda session, case: reviewing.withdraw_citation(session, case, given, citation))

    def _do(self, act: Callable[[AuditSession, CaseKey], Changed]) -> bool:
        """Do something to the case on the desk; where it is refused the controls show again what is kept."""
        desk = self._desk
        if desk is None:
            return False
        done = self._hub.do(lambda session: act(session, desk.case.key))
        if done is None and self._desk is desk:
            self.show_desk(desk)
        return done is not None

    def _connect(self) -> None:
        self.grade_row.grade_chosen.connect(
            lambda grade: self._do(lambda session, case: reviewing.give_grade(session, case, grade))
        )
        self.not_sure_chip.toggled.connect(self._mark_not_sure)
        for row in self.stage_rows.values():
            row.judged.connect(self._judge_stage)
            row.label_pressed.connect(self.criteria_wanted)
        self.add_reason_button.clicked.connect(self.open_picker)
        self.reasons.reason_withdrawn.connect(
            lambda code: self._do(lambda session, case: reviewing.withdraw_reason(session, case, code))
        )
        self.reasons.passage_withdrawn.connect(self._withdraw_passage)
        self.reasons.passage_wanted.connect(self.passage_wanted)
        self.texts.refused.connect(self._say_too_long)
        self.hand_in.next_pressed.connect(self.go_to_next_gap)
        self.hand_in.park_pressed.connect(self.ask_to_park)
        self.hand_in.reopen_pressed.connect(self.ask_to_reopen)

    def _say_too_long(self, count: int) -> None:
        self.hand_in.notice.say(
            _("{count} characters do not fit: a text holds {most}. Nothing was pasted; the text is as it was.").format(
                count=f"{count:,}", most=f"{MOST:,}"
            ),
            dismiss=_("Close"),
        )

    def _mark_not_sure(self, not_sure: bool) -> None:
        if self._desk is not None and self._desk.review.not_sure != not_sure:
            self._do(lambda session, case: reviewing.mark_not_sure(session, case, not_sure))
