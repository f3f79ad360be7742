"""The judgement as a form: grade, stages, reasons, texts and the foot, arranged, shown and walked through."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ncpi_desktop.domain.grading.completeness import Gap, Missing
from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.review.hand_in import HandIn
from ncpi_desktop.ui.pages.review.judgement_texts import JudgementTexts
from ncpi_desktop.ui.pages.review.reason_picker import ReasonPicker
from ncpi_desktop.ui.pages.review.reasons_and_texts import ReasonsAndTexts
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

_SIDE = 16
"""Pixels left and right of everything."""


class JudgementForm(Card):
    """Knows where everything is and shows a review; what a press does is left to who inherits it.

    The widgets are made once: a case with other stages shows other rows of the same form.
    """

    def __init__(
        self, theme: Theme, hub: AuditHub, looks: Mapping[str, GradeLook], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, padding=0, parent=parent)
        self._methodology: Methodology = hub.session.methodology
        shown = list(looks.values())
        hints = [grade.key for grade in self._methodology.scale.grades]
        self.grade_row = GradeRow(theme, shown, hints, _("Overall grade"))
        self.not_sure_chip = ToggleChip(theme, _("Not sure"))
        self.stage_rows = {
            stage.code: StageRow(theme, stage.code, stage.short, shown)
            for stage in self._methodology.stages
            if stage.case_level
        }
        self.own_words = TextLabel(
            theme, _("A dot marks the force's own grade of the stage."), role="caption", tone="muted", wrap=True
        )
        self.own_words.hide()
        self.criteria_button = PushButton(theme, _("Criteria"), "link", key_hint="Ctrl+G")
        self.add_reason_button = PushButton(theme, _("Add reason"), "link", key_hint="Ctrl+R")
        self.reasons = ReasonsList(theme, self._methodology)
        self.texts = JudgementTexts(theme, hub)
        self.lower_half = ReasonsAndTexts(theme, self.reasons, self.texts)
        self.hand_in = HandIn(theme, self)
        self.picker = ReasonPicker(theme, self._methodology, self)
        self._to_show: QWidget | None = None
        self._showing = QTimer(self)
        self._showing.setSingleShot(True)
        self._showing.setInterval(0)
        self._showing.timeout.connect(self._bring_into_view)
        self._arrange()
        for code, row in self.stage_rows.items():
            row.step_requested.connect(lambda step, column, code=code: self._step(code, step, column))
        self.texts.written_in.connect(self._follow_writing)
        theme.changed.connect(self.updateGeometry)

    def show_review(self, review: Review, *, read_only: bool) -> None:
        """Show a review; only what differs is touched."""
        self._set_read_only(read_only)
        self.grade_row.set_grade(review.grade)
        if self.not_sure_chip.isChecked() != review.not_sure:
            self.not_sure_chip.setChecked(review.not_sure)
        for code, row in self.stage_rows.items():
            judged = review.judgement(code)
            if row.judgement() != (judged.grade, judged.not_applicable):
                row.set_judgement(judged.grade, judged.not_applicable)
        self.reasons.show_review(review)
        self.texts.show_review(review, read_only=read_only)

    def show_own_stages(self, grades: Mapping[str, str]) -> None:
        """Mark the force's own grade at each stage, by stage; none while they are sealed."""
        for code, row in self.stage_rows.items():
            row.set_own_grade(grades.get(code))
        self.own_words.setVisible(bool(grades))

    def turn_to(self, area: str) -> None:
        """Close what was open for the case before, and show the stages of `area`."""
        self.picker.close_picker()
        if self.hand_in.because.isVisible():
            self.hand_in.because.close_panel()
        self.hand_in.notice.hide()
        wanted = {stage.code for stage in self._methodology.stages_for(area)}
        for code, row in self.stage_rows.items():
            if row.isHidden() == (code in wanted):
                row.setVisible(code in wanted)

    def focused_stage(self) -> str | None:
        """Return the code of the stage row that has the keyboard."""
        return next((code for code, row in self.stage_rows.items() if row.isAncestorOf(focus_within(row))), None)

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
        self._show_soon(target)

    def is_at(self, lack: Missing) -> bool:
        """Return whether the keyboard is where something is missing."""
        if lack.gap is Gap.STAGE:
            return self.focused_stage() == lack.stage
        place: QWidget = {
            Gap.GRADE: self.grade_row,
            Gap.REASONS: self.picker,
            Gap.RATIONALE: self.texts,
            Gap.PARKED: self.hand_in.park_button,
        }[lack.gap]
        focused = focus_within(place)
        return focused is place or place.isAncestorOf(focused)

    def place_picker(self) -> None:
        """Let the picker cover what lies below the stages."""
        top = self.add_reason_button.mapTo(self, self.add_reason_button.rect().topLeft()).y() - 6
        least = self._theme.px(300)
        top = max(min(top, self.height() - least - 6), 6)
        self.picker.setGeometry(QRect(6, top, self.width() - 12, self.height() - top - 6))

    def minimumSizeHint(self) -> QSize:
        """Be wide enough for everything: the pane scrolls up and down only."""
        inner = max(self._inside.minimumSizeHint().width(), self.hand_in.minimumSizeHint().width() + 2 * _SIDE)
        return QSize(inner + self._scroll.verticalScrollBar().sizeHint().width(), self._theme.px(220))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picker over the lower half."""
        super().resizeEvent(event)
        if self.picker.isVisible():
            self.place_picker()

    def _show_soon(self, widget: QWidget) -> None:
        """Scroll to a widget once a notice that comes at the same time has taken its room."""
        self._to_show = widget
        self._showing.start()

    def _bring_into_view(self) -> None:
        if self._to_show is not None:
            self._scroll.ensureWidgetVisible(self._to_show, 0, 8)

    def _follow_writing(self) -> None:
        """Keep the line that is written on in view, with the whole box where it fits."""
        box = self.texts.focused_box()
        if box is None or not self._scroll.verticalScrollBar().maximum():
            return
        if box.height() <= self._scroll.viewport().height():
            self._scroll.ensureWidgetVisible(box, 0, 8)
            return
        line = box.cursorRect()
        place = box.viewport().mapTo(self._inside, line.center())
        self._scroll.ensureVisible(0, place.y(), 0, line.height())

    def _set_read_only(self, read_only: bool) -> None:
        if self.grade_row.isEnabled() == read_only:
            self.grade_row.setEnabled(not read_only)
            self.not_sure_chip.setEnabled(not read_only)
            self.add_reason_button.setEnabled(not read_only)
            self.reasons.set_read_only(read_only)
            for row in self.stage_rows.values():
                row.set_read_only(read_only)

    def _step(self, code: str, step: int, column: int) -> None:
        rows = [row for row in self.stage_rows.values() if not row.isHidden()]
        place = rows.index(self.stage_rows[code]) + step
        if 0 <= place < len(rows):
            rows[place].focus_column(column)
            self._show_soon(rows[place])

    def _arrange(self) -> None:
        inside = self._inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(_SIDE, 8, _SIDE, 4)
        layout.setSpacing(4)
        layout.addLayout(self._heading(_("Overall grade"), self.not_sure_chip))
        layout.addWidget(self.grade_row)
        layout.addLayout(self._heading(_("By stage"), self.criteria_button))
        rows = QVBoxLayout()
        rows.setSpacing(2)
        for row in self.stage_rows.values():
            rows.addWidget(row)
        layout.addLayout(rows)
        layout.addWidget(self.own_words)
        layout.addLayout(self._heading(_("Reasons"), self.add_reason_button))
        layout.addWidget(self.lower_half, 1)
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
        bar.rangeChanged.connect(lambda: self._follow_writing())
        bar.rangeChanged.connect(
            lambda _least, most: layout.setContentsMargins(_SIDE, 8, _SIDE - (bar.sizeHint().width() if most else 0), 4)
        )
        self.body.setContentsMargins(0, 1, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(_SIDE, 2, _SIDE, 12)
        foot.addWidget(self.hand_in)
        self.body.addLayout(foot)

    def _heading(self, words: str, at_right: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(TextLabel(self._theme, words, role="card_title"), 1)
        row.addWidget(at_right)
        return row


def focus_within(widget: QWidget) -> QWidget:
    """Return what has the keyboard in the window of `widget`; the window where nothing has."""
    return widget.window().focusWidget() or widget.window()
