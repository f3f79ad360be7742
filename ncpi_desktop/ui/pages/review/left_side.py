"""What stands left of the record: the queue, or folded out beside the case the criteria of a stage, or its comments."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.calibration import PracticeOnDesk
from ncpi_desktop.ui.pages.review.answer_card import AnswerCard
from ncpi_desktop.ui.pages.review.comments_card import CommentsCard
from ncpi_desktop.ui.pages.review.criteria_card import CriteriaCard
from ncpi_desktop.ui.pages.review.judgement_pane import JudgementPane
from ncpi_desktop.ui.pages.review.queue_pane import QueuePane
from ncpi_desktop.ui.theme.theme import Theme


class LeftSide(QStackedWidget):
    """Criteria and comments take the place of the queue: so the record stays where it is and can be read beside them.

    Signals:
        left: the criteria or the comments were closed while the keyboard was in them.
    """

    left = Signal()

    def __init__(
        self,
        theme: Theme,
        methodology: Methodology,
        queue: QueuePane,
        judgement: JudgementPane,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._methodology = methodology
        self._queue = queue
        self._judgement = judgement
        self.criteria = CriteriaCard(theme, self)
        self.answer = AnswerCard(theme, methodology, self)
        self.comments = CommentsCard(theme, methodology, self)
        for part in (queue, self.criteria, self.answer, self.comments):
            self.addWidget(part)
        self.criteria.closed.connect(self.show_queue)
        self.answer.closed.connect(self.show_queue)
        self.comments.closed.connect(self.show_queue)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    @property
    def is_showing_criteria(self) -> bool:
        """Whether criteria stand where the queue stands otherwise."""
        return self.currentWidget() is self.criteria

    @property
    def is_folded_out(self) -> bool:
        """Whether something else than the queue stands here."""
        return self.currentWidget() is not self._queue

    def show_comments(self) -> None:
        """Fold the comments out."""
        self.setCurrentWidget(self.comments)

    def toggle(self, area: str, stage: str | None = None) -> None:
        """Fold the criteria of `stage` out, or away again; without one, those of the stage at hand in a case of `area`."""
        if self.is_showing_criteria and stage in (None, self.criteria.stage):
            self.show_queue()
            return
        first_gap = next((lack.stage for lack in self._judgement.missing if lack.stage), None)
        at_hand = self._judgement.focused_stage() or first_gap or self._methodology.stages_for(area)[0].code
        self.criteria.show_stage(self._methodology.stage_by_code[stage or at_hand])
        self.setCurrentWidget(self.criteria)

    def show_answer(self, answer: PracticeOnDesk) -> None:
        """Show the agreed answer of a practice case in place of the queue."""
        focused = self.window().focusWidget()
        lost = focused is None or not focused.isEnabled() or self.isAncestorOf(focused)
        self.answer.show_answer(answer)
        self.setCurrentWidget(self.answer)
        if lost:  # What had the keyboard is hidden now, or was handed in.
            self.focus()

    def put_answer_away(self) -> None:
        """Bring the queue back where an agreed answer is shown."""
        if self.currentWidget() is self.answer:
            self.show_queue()

    def show_queue(self) -> None:
        """Fold away what stands in place of the queue: criteria, comments or the agreed answer."""
        focused = self.window().focusWidget()
        inside = focused is not None and self.isAncestorOf(focused) and not self._queue.isAncestorOf(focused)
        self.setCurrentWidget(self._queue)
        if inside:
            self.left.emit()

    def focus(self) -> None:
        """Bring the keyboard here."""
        if self.is_showing_criteria:
            self.criteria.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.currentWidget() is self.answer:
            self.answer.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.is_folded_out:
            self.comments.focus_first()
        else:
            self._queue.focus_list()

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.is_showing_criteria or not self._judgement.isAncestorOf(now):
            return
        stage = self._judgement.focused_stage()
        if stage is not None:
            self.criteria.show_stage(self._methodology.stage_by_code[stage])
