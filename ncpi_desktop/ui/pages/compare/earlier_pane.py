"""The inspection beside earlier ones: which are recorded, their shares graded good, and what changed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedLayout, QWidget

from ncpi_desktop.domain.casework.inspection import PreviousResults
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.findings.comparing.between import ChangeBetween
from ncpi_desktop.domain.findings.comparing.change_words import share_words
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures, figures_of
from ncpi_desktop.domain.findings.comparing.series import Series
from ncpi_desktop.domain.findings.comparing.share_change import ShareChange, Subject
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.selection import GradeGroup, Selection, SelectionKind
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.beside import Beside
from ncpi_desktop.ui.dialogs.typed_figures_dialog import TypedFiguresDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.compare.adding import AddingInspections
from ncpi_desktop.ui.pages.compare.changes_card import ChangesCard
from ncpi_desktop.ui.pages.compare.inspections_card import InspectionsCard
from ncpi_desktop.ui.pages.compare.shares_card import SharesCard
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar
from ncpi_desktop.words import _
from ncpi_desktop.workflows.earlier_inspections import (
    earlier_inspections,
    recorded_series,
    share_of_recorded,
    withdraw_earlier,
)
from ncpi_desktop.workflows.session import AuditSession

LARGE: Final = 5_000
"""From so many cases on the exact tests are reckoned beside the window."""
BESIDE_UP_TO: Final = 150
"""Per cent of text size up to which the list stands beside the figures."""


class EarlierPane(QScrollArea):
    """Drawn anew behind a change, and only while it is seen.

    Signals:
        cases_wanted: the Selection whose cases should be listed.
    """

    cases_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        hub: AuditHub,
        figures: FindingsModel,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hub = hub
        self._figures = figures
        self._beside = Beside(background, hub.session, figures.findings.cases >= LARGE)
        self._stale = True
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Earlier inspections"))
        self.adding = AddingInspections(theme, hub, background, self)
        self._build()
        self._connect()
        self._dress()

    def shown(self) -> None:
        """Bring the comparison up to date."""
        if self._stale:
            self._draw_up()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the page was away."""
        super().showEvent(event)
        self.shown()

    def type_figures(self) -> None:
        """Let somebody type the figures of an earlier inspection in."""
        dialog = TypedFiguresDialog(self._theme, self._hub, self.window())
        dialog.exec()
        dialog.deleteLater()

    def _build(self) -> None:
        theme = self._theme
        self.notice = NoticeBar(theme)
        self.inspections = InspectionsCard(theme)
        self.shares = SharesCard(theme)
        self.changes = ChangesCard(theme)
        self.empty = EmptyState(
            theme,
            "scale",
            "",
        )
        inside, right = QWidget(), QWidget()
        self._either = QStackedLayout(right)
        both = QWidget()
        self._right = QGridLayout(both)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(14)
        self._right.addWidget(self.shares, 0, 0)
        self._right.addWidget(self.changes, 1, 0)
        self._right.setRowStretch(1, 1)
        self._either.addWidget(both)
        self._either.addWidget(self.empty)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        self._parts = (self.inspections, right)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def _connect(self) -> None:
        self._figures.drawn_up.connect(self._note)
        self._theme.changed.connect(self._dress)
        self.inspections.file_wanted.connect(self.adding.ask)
        self.inspections.typed_wanted.connect(self.type_figures)
        self.inspections.withdrawal_wanted.connect(self._withdraw)
        self.adding.added.connect(lambda said: self.notice.show_notice(said, tone="action"))
        self.adding.refused.connect(self._refused)
        self.changes.pair_shown.connect(self.shares.show_between)
        self.changes.change_pressed.connect(self._list_cases)
        self.shares.cases_wanted.connect(self.cases_wanted)

    def _note(self, _findings: Findings) -> None:
        self._stale = True
        if self.isVisible():
            self.shown()

    def _draw_up(self) -> None:
        self._stale = False
        findings = self._figures.findings
        recorded = earlier_inspections(self._hub.session)
        self._list(findings, recorded)
        if not recorded:
            nothing = _("Nothing is recorded of an earlier inspection.")
            writing = _(
                "Add its audit file or a table of published results with Alt+A, or type its figures in with Alt+Y."
            )
            reading = _("A team lead adds one, and it is compared here.")
            self.empty.set_sentence(f"{nothing} {writing if self._may_record() else reading}")
            self._either.setCurrentIndex(1)
            return
        self._beside.run(
            _("Comparing inspections…"),
            lambda session: recorded_series(session, findings),
            self._show,
            self._refused,
            self._cancelled,
        )

    def _list(self, findings: Findings, recorded: tuple[PreviousResults, ...]) -> None:
        session: AuditSession = self._hub.session
        self.inspections.show_inspections(
            figures_of(findings),
            recorded,
            {one.identity: share_words(share_of_recorded(session, one)) for one in recorded},
            may_change=self._may_record(),
        )

    def _may_record(self) -> bool:
        session = self._hub.session
        return session.may_change and session.may(Action.SET_PREVIOUS)

    def _show(self, series: Series | None) -> None:
        self._either.setCurrentIndex(0 if series is not None else 1)
        if series is not None:
            last, findings = series.inspections[-1], self._figures.findings
            is_here = _is_of(last, self._hub.session.inspection.identity)
            self.shares.show_series(series, findings.overall.good if is_here else 0)
            self.changes.show_series(series)

    def _cancelled(self) -> None:
        self._stale = True

    def _withdraw(self, identity: str, because: str) -> None:
        self._hub.do(lambda session: withdraw_earlier(session, identity, because))

    def _refused(self, error: KnownError) -> None:
        self.notice.show_notice(str(error), tone="warning")

    def _list_cases(self, change: ShareChange, between: ChangeBetween) -> None:
        """List the cases behind what this audit has of a share; those of earlier inspections are not in this file."""
        if _is_of(between.now, self._hub.session.inspection.identity):
            self.cases_wanted.emit(_selection_of(change))

    def _dress(self) -> None:
        for part in (*self._parts, self.notice):
            self._grid.removeWidget(part)
        list_card, right = self._parts
        self._grid.addWidget(self.notice, 0, 0, 1, 2)
        if self._theme.text_scale <= BESIDE_UP_TO:
            list_card.setFixedWidth(self._theme.px(290))
            self._grid.addWidget(list_card, 1, 0)
            self._grid.addWidget(right, 1, 1)
        else:
            list_card.setMinimumWidth(0)
            list_card.setMaximumWidth(16_777_215)
            list_card.setMinimumHeight(self._theme.px(260))
            self._grid.addWidget(right, 1, 0, 1, 2)
            self._grid.addWidget(list_card, 2, 0, 1, 2)
        self.changes.setMinimumHeight(self._theme.px(300))
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(1, 1)


def _is_of(figures: InspectionFigures, identity: str) -> bool:
    return bool(identity) and figures.identity == identity


def _selection_of(change: ShareChange) -> Selection:
    good = GradeGroup.GOOD.value
    return {
        Subject.OVERALL: Selection(SelectionKind.GRADED, (good,)),
        Subject.GRADE: Selection(SelectionKind.GRADED, (change.code or good,)),
        Subject.AREA: Selection(SelectionKind.AREA_GRADED, (change.code or good, good)),
        Subject.STAGE: Selection(SelectionKind.STAGE, (change.code or good, good)),
        Subject.REASON: Selection(SelectionKind.REASON, (change.code or good,)),
    }[change.subject]
