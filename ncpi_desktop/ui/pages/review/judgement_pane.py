"""The right pane: overall grade, stages, reasons, rationale, and handing in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.grading.completeness import Gap, Missing
from ncpi_desktop.domain.grading.review import Citation, GivenReason, StageJudgement
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.review import wording
from ncpi_desktop.ui.pages.review.hand_in import HandIn
from ncpi_desktop.ui.pages.review.judgement_text import MOST
from ncpi_desktop.ui.pages.review.judgement_texts import JudgementTexts
from ncpi_desktop.ui.pages.review.reason_picker import ReasonPicker
from ncpi_desktop.ui.pages.review.reasons_list import ReasonsList
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.grade_row import GradeRow
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.stage_row import StageRow
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.widgets.toggle_chip import ToggleChip
from ncpi_desktop.words import _
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.reviewing import CaseOnDesk
from ncpi_desktop.workflows.session import AuditSession, Changed

_SIDE = 16
"""Pixels left and right of everything."""


class JudgementPane(Card):
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
        super().__init__(theme, padding=0, parent=parent)
        self._hub = hub
        self._methodology = hub.session.methodology
        self._desk: CaseOnDesk | None = None
        self._missing: tuple[Missing, ...] = ()
        self._editable = True
        grades = self._methodology.scale.grades
        shown = list(looks.values())
        self.grade_row = GradeRow(theme, shown, [grade.key for grade in grades], _("Overall grade"))
        self.not_sure_chip = ToggleChip(theme, _("Not sure"))
        self.stage_rows = {
            stage.code: StageRow(theme, stage.code, stage.short, shown)
            for stage in self._methodology.stages
            if stage.case_level
        }
        self.criteria_button = PushButton(theme, _("Criteria"), "link", key_hint="Ctrl+G")
        self.add_reason_button = PushButton(theme, _("Add reason"), "link", key_hint="Ctrl+R")
        self.reasons = ReasonsList(theme, self._methodology)
        self.texts = JudgementTexts(theme, hub)
        self.hand_in = HandIn(theme, self)
        self.picker = ReasonPicker(theme, self._methodology, self)
        self._arrange()
        self._connect()
        theme.changed.connect(self.updateGeometry)

    def show_desk(self, desk: CaseOnDesk) -> None:
        """Show a case, or the same one again: only what differs is touched."""
        before, self._desk = self._desk, desk
        review = desk.review
        another = before is None or before.case.key != desk.case.key
        if another:
            self._turn_to(desk)
        self._editable = review.is_editable and not self._hub.session.read_only
        self._set_read_only(not self._editable)
        self.grade_row.set_grade(review.grade)
        if self.not_sure_chip.isChecked() != review.not_sure:
            self.not_sure_chip.setChecked(review.not_sure)
        for code, row in self.stage_rows.items():
            judged = review.judgement(code)
            if row.judgement() != (judged.grade, judged.not_applicable):
                row.set_judgement(judged.grade, judged.not_applicable)
        self.reasons.show_review(review)
        self.texts.show_review(review, read_only=not self._editable)
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
        self._place_picker()
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

        self._place_picker()
        self.picker.open_picker(
            _("Cite for which reason?"), taken, self._desk.review, self._desk.case.area, with_given=True
        )

    def focused_stage(self) -> str | None:
        """Return the code of the stage row that has the keyboard."""
        return next((code for code, row in self.stage_rows.items() if row.isAncestorOf(_focus(row))), None)

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
        here = next((place for place, lack in enumerate(self._missing) if self._is_at(lack)), -1)
        lack = self._missing[(here + 1) % len(self._missing)]
        if lack.gap is Gap.REASONS:
            self.open_picker()
        else:
            self.focus_gap(lack)

    def focus_gap(self, lack: Missing) -> None:
        """Bring the keyboard to where something is missing."""
        target: QWidget
        if lack.gap is Gap.STAGE:
            target = self.stage_rows[lack.stage]
            self.stage_rows[lack.stage].focus_column(0)
        elif lack.gap is Gap.RATIONALE:
            target = self.texts
            self.texts.focus_box("rationale")
        else:
            target = {
                Gap.GRADE: self.grade_row.buttons[0],
                Gap.REASONS: self.add_reason_button,
                Gap.PARKED: self.hand_in.park_button,
            }[lack.gap]
            target.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(target, 0, 8)

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
        if self._desk is None or self._desk.review.is_editable or self._hub.session.read_only:
            return
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

    def minimumSizeHint(self) -> QSize:
        """Be wide enough for everything: the pane scrolls up and down only."""
        inner = max(self._inside.minimumSizeHint().width(), self.hand_in.minimumSizeHint().width() + 2 * _SIDE)
        return QSize(inner + self._scroll.verticalScrollBar().sizeHint().width(), self._theme.px(220))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picker over the lower half."""
        super().resizeEvent(event)
        if self.picker.isVisible():
            self._place_picker()

    def _turn_to(self, desk: CaseOnDesk) -> None:
        """Close what was open for the case before, and show the stages of the area."""
        self.picker.close_picker()
        if self.hand_in.because.isVisible():
            self.hand_in.because.close_panel()
        self.hand_in.notice.hide()
        wanted = {stage.code for stage in self._methodology.stages_for(desk.case.area)}
        for code, row in self.stage_rows.items():
            if row.isHidden() == (code in wanted):
                row.setVisible(code in wanted)

    def _set_read_only(self, read_only: bool) -> None:
        if self.grade_row.isEnabled() == read_only:
            self.grade_row.setEnabled(not read_only)
            self.not_sure_chip.setEnabled(not read_only)
            self.add_reason_button.setEnabled(not read_only)
            self.reasons.set_read_only(read_only)
            for row in self.stage_rows.values():
                row.set_read_only(read_only)

    def _show_hand_in(self, desk: CaseOnDesk) -> None:
        review = desk.review
        if review.is_editable:
            self._missing = reviewing.what_is_missing(self._hub.session, desk)
            names = wording.missing_names(self._missing, self._methodology)
            count = wording.missing_count(len(self._missing))
            self.hand_in.show_draft(count, names, parked=bool(review.parked_because), editable=self._editable)
            return
        self._missing = ()
        name = self._hub.session.person_named(review.reviewer) or _("somebody who left no name")
        when = wording.moment_words(review.submitted_at) if review.submitted_at else ""
        self.hand_in.show_submitted(
            _("Submitted {when} by {name}").format(when=when, name=name), can_reopen=not self._hub.session.read_only
        )

    def _is_at(self, lack: Missing) -> bool:
        if lack.gap is Gap.STAGE:
            return self.focused_stage() == lack.stage
        place: QWidget = {
            Gap.GRADE: self.grade_row,
            Gap.REASONS: self.picker,
            Gap.RATIONALE: self.texts,
            Gap.PARKED: self.hand_in.park_button,
        }[lack.gap]
        focused = _focus(place)
        return focused is place or place.isAncestorOf(focused)

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

    def _step(self, code: str, step: int, column: int) -> None:
        rows = [row for row in self.stage_rows.values() if not row.isHidden()]
        place = rows.index(self.stage_rows[code]) + step
        if 0 <= place < len(rows):
            rows[place].focus_column(column)
            self._scroll.ensureWidgetVisible(rows[place], 0, 8)

    def _place_picker(self) -> None:
        top = self.add_reason_button.mapTo(self, self.add_reason_button.rect().topLeft()).y() - 6
        least = self._theme.px(300)
        top = max(min(top, self.height() - least - 6), 6)
        self.picker.setGeometry(QRect(6, top, self.width() - 12, self.height() - top - 6))

    def _connect(self) -> None:
        self.grade_row.grade_chosen.connect(
            lambda grade: self._do(lambda session, case: reviewing.give_grade(session, case, grade))
        )
        self.not_sure_chip.toggled.connect(self._mark_not_sure)
        for code, row in self.stage_rows.items():
            row.judged.connect(self._judge_stage)
            row.step_requested.connect(lambda step, column, code=code: self._step(code, step, column))
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

    def _arrange(self) -> None:
        inside = self._inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(_SIDE, 12, _SIDE, 6)
        layout.setSpacing(6)
        layout.addLayout(self._heading(_("Overall grade"), self.not_sure_chip))
        layout.addWidget(self.grade_row)
        layout.addSpacing(4)
        layout.addLayout(self._heading(_("By stage"), self.criteria_button))
        rows = QVBoxLayout()
        rows.setSpacing(4)
        for row in self.stage_rows.values():
            rows.addWidget(row)
        layout.addLayout(rows)
        layout.addSpacing(4)
        layout.addLayout(self._heading(_("Reasons"), self.add_reason_button))
        layout.addWidget(self.reasons, 1)
        layout.addWidget(self.texts)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        # A scroll area fills itself and what it holds; here the card is the ground.
        self._scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        # The scroll bar takes its room from the margin, so that nothing moves when it comes.
        bar = self._scroll.verticalScrollBar()
        bar.rangeChanged.connect(
            lambda _least, most: layout.setContentsMargins(
                _SIDE, 12, _SIDE - (bar.sizeHint().width() if most else 0), 6
            )
        )
        self.body.setContentsMargins(0, 1, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(_SIDE, 4, _SIDE, 14)
        foot.addWidget(self.hand_in)
        self.body.addLayout(foot)

    def _heading(self, words: str, at_right: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(TextLabel(self._theme, words, role="card_title"), 1)
        row.addWidget(at_right)
        return row


def _focus(widget: QWidget) -> QWidget:
    return widget.window().focusWidget() or widget.window()
