"""The pages of one open audit: built when first seen, one of them shown, each at the place where it was left."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.worklist import QueueChoice
from ncpi_desktop.ui import actions as commands
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.preferences import PlaceValue
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.workflows.referring import case_with

if TYPE_CHECKING:
    from ncpi_desktop.domain.findings.selection import Selection
    from ncpi_desktop.ui.pages.review.review_page import ReviewPage
    from ncpi_desktop.workflows.saving_elsewhere import UnsavedComment, UnsavedText

OVERVIEW, REVIEW, QUALITY, FINDINGS, COMPARE, HISTORY, REFERRALS = (
    "overview", "review", "quality", "findings", "compare", "history", "referrals",
)  # fmt: skip

_WITH_PLACE: Final = (REVIEW, QUALITY, FINDINGS, COMPARE)
"""The pages that remember where in them the person was."""

_FROM_ANYWHERE: Final = frozenset({"search_cases", "next_to_do", "practice", "refer", "referrals"})
"""Commands of the case menu that act on any page; those of the review go there first."""


class AuditPages(QStackedWidget):
    """Overview, Review, Quality, Findings, Compare, History and Referrals of one audit.

    Signals:
        page_shown: the code of the page now seen.
        import_wanted: cases should be brought in.
    """

    page_shown = Signal(str)
    import_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        hub: AuditHub,
        figures: FindingsModel,
        actions: Actions,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hub = hub
        self._figures = figures
        self._actions = actions
        self._background = background
        self._pages: dict[str, Any] = {}
        self._code = ""
        self._places: dict[str, dict[str, Any]] = {code: {} for code in _WITH_PLACE}
        self._review_commands = [
            action
            for group in (commands.CASE, commands.JUDGE)
            for action in actions.of_group(group)
            if action.objectName() not in _FROM_ANYWHERE
        ]
        self._kept = dict.fromkeys(self._review_commands, True)

    @property
    def code(self) -> str:
        """The code of the page shown; empty before the first."""
        return self._code

    @property
    def page_buttons(self) -> tuple[PushButton, ...]:
        """The buttons that the page shown puts into the header."""
        return tuple(getattr(self.currentWidget(), "page_buttons", ()))

    def minimumSizeHint(self) -> QSize:
        """Ask for what the page shown needs: one that was seen before must not make it scroll."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def show_page(self, code: str) -> None:
        """Show a page, building it if need be; its contents are brought up to date."""
        page = self._page(code)
        if self._code in (REVIEW, FINDINGS) and code != self._code:
            self.flush()
        self._code = code
        self._set_review_commands(on=code == REVIEW)
        self.setCurrentWidget(page)
        self.updateGeometry()
        page.shown()
        if self.isVisible():
            page.setFocus()
        self.page_shown.emit(code)

    def review(self) -> ReviewPage:
        """Return the page Review, built if need be."""
        page: ReviewPage = self._page(REVIEW)
        return page

    def go_to_case(self, case: CaseKey | None) -> None:
        """Open a case in Review; with None the one left last or the next to do."""
        self.show_page(REVIEW)
        if case is None:
            self.review().resume()
        else:
            self.review().go_to(case)

    def list_cases(self, selection: Selection) -> None:
        """List the cases behind a figure; the one chosen is opened in Review."""
        from ncpi_desktop.ui.dialogs.cases_behind_dialog import CasesBehindDialog

        dialog = CasesBehindDialog(self._theme, self._background, self._hub.session, selection, parent=self.window())
        dialog.case_wanted.connect(self.go_to_case)
        dialog.exec()
        dialog.deleteLater()

    def see_queue(self, choice: QueueChoice) -> None:
        """Show the queue in Review by one of its filters."""
        self.show_page(REVIEW)
        self.review().queue.choose(choice)
        self.review().queue.focus_list()

    def go_to_quality(self, case: CaseKey) -> None:
        """Show both readings of a case in Quality."""
        self.show_page(QUALITY)
        self._page(QUALITY).go_to(case)

    def case_in_hand(self) -> CaseKey | None:
        """Return the case that the page shown is about: the one chosen there, else the one open in Review or left there last; else None."""
        page = self._pages.get(self._code)
        chosen = page.chosen_case() if self._code in (QUALITY, HISTORY) and page is not None else None
        if chosen is None and REVIEW in self._pages:
            chosen = self.review().current_case()
        if chosen is None:
            left_at = str(self._places[REVIEW].get("case", ""))
            chosen = self._hub.ask(lambda session: case_with(session, left_at))
        return chosen

    def do_from_anywhere(self, action: QAction) -> None:
        """Go to Review for a command of it that was pressed elsewhere, and do it there."""
        if action.objectName() in _FROM_ANYWHERE and self._code != REVIEW:
            self.show_page(REVIEW)
            action.trigger()

    def flush(self) -> None:
        """Save what has been typed and not yet been saved."""
        if REVIEW in self._pages:
            self.review().flush()
        if FINDINGS in self._pages:
            self._pages[FINDINGS].flush()

    def flush_all(self) -> None:
        """As `flush`, and send a comment that was begun: before the audit is closed, locked or worked on by somebody else."""
        self.flush()
        if REVIEW in self._pages:
            self.review().comments.flush()

    def unsaved(self) -> list[UnsavedText | UnsavedComment]:
        """Return what stands on screen and is not in the file."""
        found: list[UnsavedText | UnsavedComment] = []
        if REVIEW in self._pages:
            found += [*self.review().judgement.texts.unsaved(), *self.review().comments.unsaved()]
        if FINDINGS in self._pages:
            found += self._pages[FINDINGS].unsaved()
        return found

    def end(self) -> None:
        """The audit is about to be closed: let every page stop what it does beside the window."""
        for page in self._pages.values():
            if hasattr(page, "end"):
                page.end()

    @property
    def unsent(self) -> bool:
        """Whether a comment stands on screen that could not be sent."""
        return REVIEW in self._pages and self.review().comments.is_pending

    @property
    def reason_begun(self) -> bool:
        """Whether a reason for settling was begun that no decision has taken up."""
        return QUALITY in self._pages and bool(self._pages[QUALITY].unfinished())

    @property
    def status_begun(self) -> bool:
        """Whether a comment for the status log of a recommendation was begun that stands in no line yet."""
        return FINDINGS in self._pages and bool(self._pages[FINDINGS].is_begun)

    @property
    def answer_begun(self) -> bool:
        """Whether what the force did about a referral was begun, and the referral not closed."""
        return REFERRALS in self._pages and bool(self._pages[REFERRALS].is_begun)

    def place(self) -> dict[str, object]:
        """Return which page is shown, and where in Review, Quality and Findings."""
        held = {
            f"{code}-{key}": value
            for code in _WITH_PLACE
            for key, value in (self._pages[code].place() if code in self._pages else self._places[code]).items()
        }
        return {"page": self._code, **held}

    def restore(self, place: dict[str, PlaceValue]) -> None:
        """Show the page that was shown last, Review and Quality at their cases, Findings at its pane."""
        for code in _WITH_PLACE:
            self._places[code] = {
                key.removeprefix(f"{code}-"): value for key, value in place.items() if key.startswith(f"{code}-")
            }
        page = str(place.get("page", OVERVIEW))
        self.show_page(page if page in (OVERVIEW, REVIEW, QUALITY, FINDINGS, COMPARE, HISTORY, REFERRALS) else OVERVIEW)

    def _page(self, code: str) -> Any:
        if code not in self._pages:
            self._pages[code] = self._built(code)
            self.addWidget(self._pages[code])
            # What a page is made of stays as long as it is open: looking through it again would cost a step some 10 ms now and then.
            gc.freeze()
        return self._pages[code]

    def _built(self, code: str) -> Any:
        if code == REVIEW:
            from ncpi_desktop.ui.pages.review.review_page import ReviewPage

            self._set_review_commands(on=True)
            page: Any = ReviewPage(self._theme, self._hub, self._actions)
            page.restore(self._places[REVIEW])
            return page
        if code == QUALITY:
            from ncpi_desktop.ui.pages.quality.quality_page import QualityPage

            quality = QualityPage(self._theme, self._hub, self._figures)
            quality.case_wanted.connect(self.go_to_case)
            quality.sample_wanted.connect(self._actions.draw_sample.trigger)
            quality.restore(self._places[QUALITY])
            return quality
        if code == FINDINGS:
            from ncpi_desktop.ui.pages.findings.findings_page import FindingsPage

            findings = FindingsPage(self._theme, self._hub, self._figures, self._actions, self._background)
            findings.case_wanted.connect(self.go_to_case)
            findings.cases_wanted.connect(self.list_cases)
            findings.restore(self._places[FINDINGS])
            return findings
        if code == REFERRALS:
            from ncpi_desktop.ui.pages.referrals_page import ReferralsPage

            referrals = ReferralsPage(self._theme, self._hub, self._actions)
            referrals.case_wanted.connect(self.go_to_case)
            return referrals
        if code == COMPARE:
            from ncpi_desktop.ui.pages.compare.compare_page import ComparePage

            compare = ComparePage(self._theme, self._hub, self._figures, self._actions, self._background)
            compare.cases_wanted.connect(self.list_cases)
            compare.restore(self._places[COMPARE])
            return compare
        if code == HISTORY:
            from ncpi_desktop.ui.pages.history_page import HistoryPage

            return HistoryPage(self._theme, self._hub)
        from ncpi_desktop.ui.pages.overview_page import OverviewPage

        overview = OverviewPage(self._theme, self._hub, self._figures, self._actions)
        overview.case_wanted.connect(self.go_to_case)
        overview.cases_wanted.connect(self.list_cases)
        overview.queue_wanted.connect(self.see_queue)
        overview.settling_wanted.connect(lambda: self.show_page(QUALITY))
        overview.import_wanted.connect(self.import_wanted)
        return overview

    def _set_review_commands(self, *, on: bool) -> None:
        """Let the commands of Review act only there; which of them Review itself had switched off is kept meanwhile."""
        if on:
            for action, enabled in self._kept.items():
                action.setEnabled(enabled)
            self._kept = {}
            return
        if not self._kept:
            self._kept = {action: action.isEnabled() for action in self._review_commands}
        for action in self._review_commands:
            action.setEnabled(False)
