"""The second reading on one page: what was drawn, what the readers differ in and how it is settled, and how well they agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.quality.agreement_card import AgreementCard
from ncpi_desktop.ui.pages.quality.sample_card import SampleCard
from ncpi_desktop.ui.pages.quality.sample_model import ORDER, Group
from ncpi_desktop.ui.pages.quality.settle_pane import SettlePane
from ncpi_desktop.ui.pages.review.page_keys import connect_digits
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import browsing, quality_list
from ncpi_desktop.workflows.quality_list import ListedCase, ListPage
from ncpi_desktop.workflows.session import Changed

THREE_COLUMNS_UP_TO: Final = 135
"""The text size in per cent up to which three cards fit beside each other into 1366 pixels."""
_LEFT, _RIGHT = 236, 284


class QualityPage(QWidget):
    """Sample, both readings, agreement. Everything can be done with the keyboard.

    Signals:
        case_wanted: the key of a case that should be opened in Review.
        sample_wanted: a sample should be drawn.
    """

    case_wanted = Signal(object)
    sample_wanted = Signal()

    def __init__(self, theme: Theme, hub: AuditHub, figures: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hub = hub
        self._figures = figures
        self._stale = True
        self._cell: tuple[str, str] | None = None
        self._left_at: CaseKey | None = None
        self.page_buttons = ()
        self.setAccessibleName(_("Quality"))
        self.sample = SampleCard(theme)
        self.pane = SettlePane(theme, hub)
        self.agreement = AgreementCard(theme, hub.session.methodology.scale)
        self.empty = EmptyState(
            theme,
            "scale",
            _(
                "Draw a sample of reviewed cases: a second reader grades them blind, and this page shows how well both agree."
            ),
            _("Draw a sample…"),
        )
        self._arrange()
        self._connect()

    def shown(self) -> None:
        """Bring list, case and figures up to date."""
        if self._stale:
            self._show_all()

    def hasHeightForWidth(self) -> bool:
        """Fit the window: the cards scroll inside, and what wraps must not make the page higher than the screen."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the page was away."""
        super().showEvent(event)
        self.shown()

    def go_to(self, case: CaseKey) -> None:
        """Choose a case of the list and bring the keyboard to it."""
        if self._stale or self._cell is not None:
            self._cell, self._stale = None, False
            self._show_list(case)
            self._show_figures(self._figures.findings)
        if not self.sample.choose(case):
            self.pane.show_case(self._hub.ask(lambda session: quality_list.listed_case(session, case)))
        elif self.pane.case != case:
            self._show_chosen(self.sample.chosen())
        self.pane.enter()

    def chosen_case(self) -> CaseKey | None:
        """Return the case whose readings are shown."""
        return self.pane.case

    def place(self) -> dict[str, object]:
        """Return which case is shown, for `restore`: no words of it."""
        return {"position": self.pane.position} if self.pane.position is not None else {}

    def restore(self, place: Mapping[str, object]) -> None:
        """Begin with the case that was shown last, where it is still read twice."""
        position = place.get("position")
        if not isinstance(position, int) or isinstance(position, bool):
            return
        case = browsing.case_at(self._hub.session, position)
        if case is not None and self._hub.ask(lambda session: quality_list.listed_case(session, case)) is not None:
            self._left_at = case

    def unfinished(self) -> dict[CaseKey, str]:
        """Return the reasons for settling that were begun and stand in no decision yet, by case."""
        return self.pane.unfinished()

    # -- following

    def _note(self, changed: Changed | None = None) -> None:
        self._stale = True
        if self.isVisible():
            self._show_list(self.pane.case)
            if changed is None or self.pane.desk is None or changed.case in (None, self.pane.desk.case.key):
                self._show_again()

    def _note_figures(self, findings: Findings) -> None:
        if self.isVisible():
            self._show_figures(findings)
        else:
            self._stale = True

    def _show_all(self) -> None:
        self._stale = False
        self._show_list(self.pane.case if self.pane.case is not None else self._left_at)
        self._show_figures(self._figures.findings)
        self._show_again()

    def _show_figures(self, findings: Findings) -> None:
        quality = findings.quality
        self.agreement.show_quality(quality)
        drawn = self.sample.model.rowCount() > 0 or quality.sampled > 0 or quality.compared > 0
        self._either.setCurrentIndex(0 if drawn else 1)
        self.setFocusProxy(self.sample.list if drawn else self.empty.button or self.empty)
        if self._cell is None:
            self.sample.words.setText(self._sample_words())

    def _show_list(self, keep: CaseKey | None = None) -> None:
        if self._cell is not None:
            groups = [self._cell_group(*self._cell)]
            self.sample.show_groups(self._cell_words(*self._cell), groups, some=True, keep=keep)
            return
        groups = [self._state_group(state) for state in ORDER]
        self.sample.show_groups(self._sample_words(), groups, some=False, keep=keep)

    def _show_again(self) -> None:
        """Show the case at hand as it is now, also where the list has not been read so far."""
        listed, case = self.sample.chosen(), self.pane.case if self.pane.case is not None else self._left_at
        if listed is None and case is not None:
            listed = self._hub.ask(lambda session: quality_list.listed_case(session, case))
        self.pane.show_case(listed)

    def _sample_words(self) -> str:
        quality = self._figures.findings.quality
        drawn = self._hub.ask(quality_list.last_drawn)
        if drawn is None:
            return _("No sample has been drawn; these cases were given out to be read twice.")
        words = ngettext(
            "{n} of {cases} cases, drawn with seed {seed}",
            "{n} of {cases} cases, drawn with seed {seed}",
            quality.sampled,
        )
        if drawn.draws > 1:
            words = _("{n} of {cases} cases, drawn in {draws} samples, the last with seed {seed}")
        return words.format(n=quality.sampled, cases=self._figures.findings.cases, seed=drawn.seed, draws=drawn.draws)

    def _cell_words(self, first: str, second: str) -> str:
        scale = self._hub.session.methodology.scale
        return _("Cases graded first {first}, in the re-review {second}").format(
            first=scale[first].label.lower(), second=scale[second].label.lower()
        )

    def _state_group(self, state: SecondState) -> Group:
        return Group(
            state.label, self._reading(lambda session, after: quality_list.cases_in_state(session, state, after))
        )

    def _cell_group(self, first: str, second: str) -> Group:
        scale = self._hub.session.methodology.scale
        heading = _("First {first}, second {second}").format(
            first=scale[first].short.lower(), second=scale[second].short.lower()
        )
        return Group(
            heading,
            self._reading(lambda session, after: quality_list.cases_with_grades(session, first, second, after)),
        )

    def _reading(self, read: Callable[..., ListPage]) -> Callable[[int], ListPage | None]:
        return lambda after: self._hub.ask(lambda session: read(session, after))

    # -- acting

    def _show_chosen(self, listed: object) -> None:
        self.pane.show_case(listed if isinstance(listed, ListedCase) else None)

    def _enter(self, listed: ListedCase) -> None:
        if listed.line.state.is_read_twice and not listed.is_closed:
            self.pane.enter()
        else:
            self.case_wanted.emit(listed.line.case)

    def show_cell(self, first: str, second: str) -> None:
        """List the cases of a cell of the matrix in place of all."""
        self._cell = (first, second)
        self._show_list()
        self.sample.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_all(self) -> None:
        """List all cases again."""
        self._cell = None
        self._show_list()
        self.sample.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        """Go to the first case that still waits to be settled."""
        if self._cell is not None:
            self.show_all()
        row = self.sample.model.first_case()
        found = self.sample.model.case_at(row) if row is not None else None
        if found is not None and found.line.state is SecondState.TO_SETTLE:
            self.sample.choose(found.line.case)
            self.pane.enter()
        else:
            self.sample.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(14, 14, 14, 14)
        self._grid.setSpacing(14)
        self._either = QStackedLayout(self)
        self._either.addWidget(inside)
        self._either.addWidget(self.empty)
        self._dress()

    def _dress(self) -> None:
        """Put three cards beside each other, or agreement below where large text needs the room."""
        px, large = self._theme.px, self._theme.text_scale > THREE_COLUMNS_UP_TO
        for card in (self.sample, self.pane, self.agreement):
            self._grid.removeWidget(card)
        self._grid.addWidget(self.sample, 0, 0)
        self._grid.addWidget(self.pane, 0, 1)
        self._grid.addWidget(self.agreement, 1 if large else 0, 0 if large else 2, 1, 2 if large else 1)
        self._grid.setColumnStretch(1, 1)
        self.sample.setFixedWidth(px(180) if large else px(_LEFT))
        self.agreement.setMinimumWidth(0 if large else px(_RIGHT))
        self.agreement.setMaximumWidth(16_777_215 if large else px(_RIGHT))
        self.agreement.setMinimumHeight(px(460) if large else 0)
        self.pane.setMinimumHeight(px(520) if large else 0)

    def _connect(self) -> None:
        self.sample.case_chosen.connect(self._show_chosen)
        self.sample.case_entered.connect(self._enter)
        self.sample.all_wanted.connect(self.show_all)
        self.sample.sample_wanted.connect(self.sample_wanted)
        self.empty.button_pressed.connect(self.sample_wanted)
        self.pane.read_wanted.connect(self.case_wanted)
        self.pane.next_wanted.connect(self._go_on)
        self.agreement.cell_pressed.connect(self.show_cell)
        self._hub.changed.connect(self._note)
        self._hub.person_changed.connect(lambda: self._note())
        self._figures.drawn_up.connect(self._note_figures)
        self._theme.changed.connect(self._dress)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("K", self.pane.keep_first),
            ("T", self.pane.take_second),
            ("O", self.pane.offer_others),
            ("A", self.pane.agree),
            ("L", self.pane.pass_on),
            ("Ctrl+Return", self.pane.commit),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        connect_digits(self, self._hub.session.methodology.scale, self.pane.press_grade)
