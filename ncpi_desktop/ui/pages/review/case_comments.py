"""Ties comments to the review page: the card, the bar, the marks, sending what was written, and sending a review back."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject, Signal

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.moderation.comment import About, CommentKey, Kind, Thread
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.reason_model import comments_words, one_line
from ncpi_desktop.ui.pages.review import wording
from ncpi_desktop.ui.pages.review.judgement_form import focus_within
from ncpi_desktop.ui.pages.review.judgement_pane import JudgementPane
from ncpi_desktop.ui.pages.review.left_side import LeftSide
from ncpi_desktop.ui.pages.review.side_folding import SideFolding
from ncpi_desktop.ui.pages.review.thread_card import ShownComment, ShownThread
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import browsing, commenting, sending_back
from ncpi_desktop.workflows.reviewing import CaseOnDesk
from ncpi_desktop.workflows.saving_elsewhere import UnsavedComment
from ncpi_desktop.workflows.session import AuditSession, Changed


class CaseComments(QObject):
    """Shows the threads of the case on the desk and does what is pressed there.

    Words that were written and not sent are sent before the case is left: so nothing is lost, and nothing is asked.

    Signals:
        case_wanted: a case to lay on the desk (its key).
    """

    case_wanted = Signal(object)

    def __init__(self, hub: AuditHub, left: LeftSide, judgement: JudgementPane, folding: SideFolding) -> None:
        super().__init__(left)
        self._hub = hub
        self._left, self._judgement, self._folding = left, judgement, folding
        self._card = left.comments
        self._bar = judgement.hand_in.comments
        self._desk: CaseOnDesk | None = None
        self._threads: tuple[Thread, ...] = ()
        self._marks: Counter[About] = Counter()
        self._sending = False
        self._bar.button.clicked.connect(self.go_to_next)
        self._card.send_wanted.connect(self.flush)
        self._card.resolve_wanted.connect(lambda key: self._hub.do(lambda s: commenting.resolve(s, key)))
        self._card.open_again_wanted.connect(lambda key: self._hub.do(lambda s: commenting.open_again(s, key)))
        self._card.delete_wanted.connect(lambda key: self._hub.do(lambda s: commenting.take_away(s, key)))

    @property
    def is_pending(self) -> bool:
        """Whether words stand in the box that are not in the file."""
        return bool(self._card.box.text().strip())

    def show_desk(self, desk: CaseOnDesk) -> None:
        """Show the comments of a case, or of the same one again."""
        session = self._hub.session
        another = self._desk is None or self._desk.case.key != desk.case.key
        self._desk = desk
        self._threads = commenting.threads_of(session, desk.case.key)
        if another:
            self._card.write_about(About())
        if self._card.answers not in (None, *(thread.root.key for thread in self._threads)):
            self._card.write_about(self._card.about)
        may_write = not session.read_only and bool(session.name) and session.may(Action.COMMENT)
        shown = [self._shown(thread) for thread in self._threads]
        self._card.show_threads(desk.case.reference, shown, may_write=may_write)
        marks = Counter(thread.root.about for thread in self._threads)
        if marks or self._marks or another:
            self._show_marks(marks, rows_anew=marks != self._marks)
        self.show_bar()

    def _show_marks(self, marks: Counter[About], *, rows_anew: bool) -> None:
        """Show at stages and reasons how many threads are on them."""
        self._marks = marks
        if rows_anew:
            for code, row in self._judgement.stage_rows.items():
                count = marks[About(Kind.STAGE, code)]
                row.set_comments(count, comments_words(count))
        on_reasons = {about.code: count for about, count in marks.items() if about.kind is Kind.REASON}
        self._judgement.reasons.reasons.show_comments(on_reasons)

    def show_bar(self) -> None:
        """Say how many comments are open here, and where the next one is; also where another case changed."""
        desk = self._desk
        if desk is None:
            return
        session, count = self._hub.session, sum(thread.is_open for thread in self._threads)
        following = commenting.next_open_comment(session, desk.row.position)
        parts = []
        because = sending_back.why_sent_back(session, desk.review)
        if because:
            parts.append(_("Sent back: {reason}").format(reason=one_line(because)))
        if sending_back.was_edited_since(session, desk.case.key):
            parts.append(_("Edited since the second reading"))
        if following is not None and following != desk.case.key:
            reference = browsing.queue_row(session, following).reference
            parts.append(_("Next: {case}").format(case=reference))
        open_words = ngettext("{count} open comment", "{count} open comments", count).format(count=count)
        words = open_words if count else _("No open comment")
        shown = bool(parts or self._threads)
        self._bar.show_comments(words, " · ".join(parts), leads_on=following is not None)
        if self._bar.isHidden() == shown:
            self._bar.setVisible(shown)

    def flush(self) -> bool:
        """Send what stands in the box; return whether nothing unsent is left."""
        desk, card = self._desk, self._card
        text = card.box.text()
        if desk is None or not text.strip() or self._sending:
            return True
        case, about, answers = desk.case.key, card.about, card.answers

        def send(session: AuditSession) -> Changed:
            if answers is not None:
                return commenting.answer(session, answers, text)
            return commenting.comment_on(session, case, about, text)

        self._sending = True
        try:
            done = self._hub.do(send)
        finally:
            self._sending = False
        if done is None:
            return False
        card.clear_box()
        card.write_about(About())
        return True

    def unsaved(self) -> list[UnsavedComment]:
        """Return what stands in the box and is not in the file."""
        if self._desk is None or not self.is_pending:
            return []
        return [UnsavedComment(self._desk.case.key, self._card.about, self._card.answers, self._card.box.text())]

    def write(self) -> None:
        """Let a comment be written about what has the keyboard: a stage, a reason, the grade, else the case."""
        if self._desk is None:
            return
        if not self.is_pending:
            self._card.write_about(self._at_hand())
        self._fold_out()
        self._card.focus_box()

    def go_to_next(self) -> None:
        """Go to the next open thread: behind the one at hand on this case, else on the next case, round to the first."""
        desk = self._desk
        if desk is None:
            return
        keys = [thread.root.key for thread in self._threads]
        at_hand = self._card.focused_thread() if self._left.currentWidget() is self._card else None
        behind = self._threads[keys.index(at_hand) + 1 :] if at_hand in keys else self._threads
        found = next((thread for thread in behind if thread.is_open), None)
        if found is None:
            case = commenting.next_open_comment(self._hub.session, desk.row.position)
            if case is None:
                self._judgement.hand_in.notice.say(
                    _("No comment waits for an answer."), tone="action", dismiss=_("Close")
                )
                return
            self.case_wanted.emit(case)
            if self._desk is None or self._desk.case.key != case:
                return
            found = next((thread for thread in self._threads if thread.is_open), None)
        if found is not None:
            self._fold_out()
            self._card.focus_thread(found.root.key)

    def may_send_back(self) -> bool:
        """Return whether the review on the desk could be sent back by who works."""
        desk = self._desk
        return desk is not None and sending_back.may_be_sent_back(self._hub.session, desk.case.key, desk.review)

    def ask_to_send_back(self) -> None:
        """Ask why the review goes back to its inspector."""
        if self._desk is None or not self.may_send_back():
            return
        case: CaseKey = self._desk.case.key
        self._judgement.hand_in.because.ask(
            _("Send this review back"),
            _("Why is it sent back?"),
            _(
                "The inspector goes on with a copy of it and finds your reason as a comment. The submitted review stays in the file."
            ),
            _("Send back"),
            lambda why: self._hub.do(lambda session: sending_back.send_back(session, case, why)),
        )

    def _fold_out(self) -> None:
        self._left.show_comments()
        self._folding.fit()

    def _at_hand(self) -> About:
        judgement = self._judgement
        stage, focused = judgement.focused_stage(), focus_within(judgement)
        if stage is not None:
            return About(Kind.STAGE, stage)
        if focused is judgement.reasons:
            row = judgement.reasons.reasons.row(judgement.reasons.currentIndex().row())
            if row is not None:
                return About(Kind.REASON, row.reason.code)
        if judgement.grade_row.isAncestorOf(focused):
            return About(Kind.GRADE)
        return About()

    def _shown(self, thread: Thread) -> ShownThread:
        session = self._hub.session
        may: commenting.MayDo = commenting.may_do(session, thread)
        said = tuple(
            ShownComment(session.person_named(c.writer), wording.moment_words(c.written_at), c.text)
            for c in thread.comments
        )
        about = thread.root.about.words(session.methodology)
        delete: CommentKey | None = may.delete
        return ShownThread(thread, about, said, may.answer, may.resolve, may.open_again, delete)
