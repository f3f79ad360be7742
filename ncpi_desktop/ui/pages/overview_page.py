"""The first look: how much of the practice was good, what changed, what needs this person, and when the team is done."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QStackedLayout, QWidget

from ncpi_desktop.domain.casework.worklist import QueueChoice
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.selection import GradeGroup, Selection, SelectionKind
from ncpi_desktop.domain.findings.sentences import change_note, percent_words, points_words, share_sentence
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.grade_looks import looks_of
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.overview_cards import (
    PADDING,
    SIDE,
    THREE_COLUMNS_UP_TO,
    AreasCard,
    NeedsCard,
    ProgressCard,
    ReasonsCard,
    Waiting,
)
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.cases_link import CasesLink
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.ui.widgets.headline_figure import HeadlineFigure
from ncpi_desktop.ui.widgets.interval_bar import IntervalBar
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows import browsing, commenting


class OverviewPage(QScrollArea):
    """Every figure of the open audit on one page; drawn anew behind a change, and only while it is seen.

    Signals:
        case_wanted: the key of a case that should be opened in Review; None for the next to do.
        settling_wanted: what differs between readings is to be settled.
        import_wanted: there are no cases yet, and some should be brought in.
        cases_wanted: the Selection whose cases should be listed.
        queue_wanted: the QueueChoice by which the queue of Review should be seen.
    """

    case_wanted = Signal(object)
    import_wanted = Signal()
    settling_wanted = Signal()
    cases_wanted = Signal(object)
    queue_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        hub: AuditHub,
        figures: FindingsModel,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hub = hub
        self._figures = figures
        self._stale = True
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Overview"))
        self.page_buttons = (
            PushButton(theme, _("Export workbook"), "secondary", "table-2"),
            PushButton(theme, _("Export report"), "primary", "file-down"),
        )
        for button, action in zip(self.page_buttons, (actions.export_workbook, actions.export_report), strict=True):
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
        self._build()
        figures.drawn_up.connect(lambda _findings: self._note())
        hub.person_changed.connect(self._note)
        theme.changed.connect(self._dress)

    def shown(self) -> None:
        """Bring the figures up to date."""
        if self._stale:
            self._show(self._figures.findings)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the page was away."""
        super().showEvent(event)
        self.shown()

    def _note(self) -> None:
        self._stale = True
        if self.isVisible():
            self.shown()

    def _build(self) -> None:
        theme = self._theme
        looks = looks_of(self._hub.session.methodology)
        self.good = HeadlineFigure(theme, _("Practice graded good"), "", parent=self)
        self.change = HeadlineFigure(theme, _("Since the previous inspection"), "", parent=self)
        self.interval = IntervalBar(theme, show_scale=True)
        self.interval.setAccessibleName(_("95 per cent interval of practice graded good"))
        self.warning = TextLabel(theme, role="caption", tone="warning", wrap=True)
        self.needs = NeedsCard(theme)
        self.needs.case_wanted.connect(self.case_wanted)
        self.needs.settling_wanted.connect(self.settling_wanted)
        self.areas = AreasCard(theme, looks)
        self.progress = ProgressCard(theme)
        self.reasons = ReasonsCard(theme)
        good, change = Card(theme, padding=PADDING), Card(theme, padding=PADDING)
        for card in (good, change):
            card.body.setContentsMargins(SIDE, PADDING, SIDE, PADDING)
            card.body.setSpacing(4)
        good.body.addWidget(self.good)
        good.body.addWidget(self.interval)
        change.body.addWidget(self.change)
        change.body.addWidget(self.warning)
        self.good_link = CasesLink(theme, self.good.figure, good)
        self.graded_link = CasesLink(theme, self.good.note, good)
        self.change_link = CasesLink(theme, self.change.figure, change)
        self.needs.queue_wanted.connect(self.queue_wanted)
        for opening in (self.good_link, self.graded_link, self.change_link, self.needs, self.areas, self.reasons):
            opening.cases_wanted.connect(self.cases_wanted)
        self._cards = (good, change, self.needs, self.areas, self.reasons, self.progress)
        self.empty = EmptyState(
            theme,
            "table-2",
            _("There are no cases in this audit yet. Bring them in from a workbook or a csv file."),
            _("Bring cases in"),
        )
        self.empty.button_pressed.connect(self.import_wanted)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(14, 14, 14, 14)
        self._grid.setSpacing(14)
        both = QWidget()
        self._either = QStackedLayout(both)
        self._either.addWidget(inside)
        self._either.addWidget(self.empty)
        self.setWidget(both)
        both.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._dress()

    def _show(self, findings: Findings) -> None:
        self._stale = False
        self._either.setCurrentIndex(0 if findings.cases else 1)
        self._say_whether_empty()
        overall = findings.overall
        half = overall.percent_good is not None and overall.percent_good >= 50
        self.good.set_figure(percent_words(overall.percent_good), share_sentence(overall), "good" if half else "ink")
        interval = overall.interval
        self.interval.setVisible(interval is not None)
        if interval is not None:
            low, high = (round(100 * end) for end in (interval.low, interval.high))
            self.interval.set_interval(overall.percent_good, low, high, "good" if half else "neutral")
        points = findings.change.points if findings.change is not None else None
        note = change_note(findings).replace("p = ", "p\u00a0=\u00a0")
        self.change.set_figure(points_words(points), note, "ink" if points is not None else "muted")
        warnings = findings.change.warnings if findings.change is not None else ()
        self.warning.setText(" ".join(warnings))
        self.warning.setVisible(bool(warnings))
        self._link_headlines(findings)
        self.needs.show_findings(findings, self._hub.session.person, self._waiting())
        self.areas.show_findings(findings)
        self.reasons.show_findings(findings)
        self.progress.show_findings(findings, self._today())

    def _link_headlines(self, findings: Findings) -> None:
        """Let the share open the cases graded good, the line under it all that are graded; of a change this file has the cases of now."""
        overall = findings.overall
        good = Selection(SelectionKind.GRADED, (GradeGroup.GOOD.value,))
        figure = _("{what}: {figure}")
        said = figure.format(what=self.good.caption.text(), figure=self.good.figure.text())
        self.good_link.open_for(said, good, overall.good)
        self.graded_link.open_for(
            self.good.note.text(), Selection(SelectionKind.GRADED, (GradeGroup.ANY.value,)), overall.graded
        )
        said = figure.format(what=self.change.caption.text(), figure=self.change.figure.text())
        known = findings.change is not None and findings.change.points is not None
        self.change_link.open_for(said, good, overall.good if known else 0)

    def _waiting(self) -> Waiting:
        session = self._hub.session
        again, comments = browsing.queue_counts(session)[QueueChoice.SECOND], commenting.open_comments(session)
        return Waiting(
            again,
            browsing.first_to_read_again(session) if again else None,
            comments,
            commenting.next_open_comment(session, 0) if comments else None,
        )

    def _say_whether_empty(self) -> None:
        session = self._hub.session
        may_bring_in = session.may_change and session.may(Action.ADD_CASES)
        if self.empty.button is not None:
            self.empty.button.setVisible(may_bring_in)
        told = _("There are no cases in this audit yet. Bring them in from a workbook or a csv file.")
        self.empty.set_sentence(told if may_bring_in else _("There are no cases in this audit yet."))

    def _today(self) -> date:
        return self._hub.session.clock().astimezone().date()

    def _dress(self) -> None:
        """Lay the cards out: three columns, or one under the other where large text needs the room."""
        grid = self._grid
        for card in self._cards:
            grid.removeWidget(card)
        for line in range(grid.rowCount()):
            grid.setRowStretch(line, 0)
        for column in range(3):
            grid.setColumnStretch(column, 0)
        if self._theme.text_scale > THREE_COLUMNS_UP_TO:
            good, change, *others = self._cards
            grid.addWidget(good, 0, 0)
            grid.addWidget(change, 0, 1)
            for place, card in enumerate(others, start=1):
                grid.addWidget(card, place, 0, 1, 2)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)
            grid.setRowStretch(len(others) + 1, 1)
            return
        good, change, needs, areas, reasons, progress = self._cards
        for column, card in enumerate((good, change, needs)):
            grid.addWidget(card, 0, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(areas, 1, 0, 1, 2)
        grid.addWidget(progress, 2, 0, 1, 2)
        grid.addWidget(reasons, 1, 2, 2, 1)
        grid.setRowStretch(1, 1)
