"""The referrals: open ones first with a running clock; here the force's answer is written down and a referral is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.referral import Referral, ReferralKey
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.dialogs.draft_dialog import DraftDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.referral_words import ReferralLine, line_of, whole_words
from ncpi_desktop.ui.pages.review.button_row import LARGE_TEXT
from ncpi_desktop.ui.pages.review.judgement_text import JudgementText
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import referring
from ncpi_desktop.workflows.session import AuditSession, Changed

A_MINUTE: Final = 60_000
CLOCK, CASE, CHILD, TOLD, ACKNOWLEDGED, ANSWER, CLOSED_BY = range(7)


class _RoomyCells(QStyledItemDelegate):
    """Leaves some room around the words of each cell."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for more than the words need."""
        return super().sizeHint(option, index) + QSize(self._theme.px(14), self._theme.px(12))


class ReferralsDialog(DraftDialog):
    """Lists all; `chosen` is the case to go to, None where the window was only closed."""

    def __init__(self, theme: Theme, hub: AuditHub, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Referrals to the force"), 1240, parent)
        self._hub = hub
        self._referrals: tuple[Referral, ...] = ()
        self._shown: ReferralKey | None = None
        self._drafts: dict[ReferralKey, tuple[str, str]] = {}
        self.chosen: CaseKey | None = None
        self.said = TextLabel(theme, wrap=True)
        self.table = self._table()
        self.whole = TextLabel(theme, wrap=True)
        self.did = self.text_box(_("What the force did"), _("in anonymous words"), 2)
        self.outcome = self.text_box(_("Outcome"), _("what came of it for the child"), 2)
        self._arrange()
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.table.activated.connect(lambda _index: self.go_to_case())
        for box in (self.did, self.outcome):
            box.typed.connect(self._set_buttons)
        self.clock = QTimer(self)
        self.clock.setInterval(A_MINUTE)
        self.clock.timeout.connect(self.show_ages)
        hub.changed.connect(self._follow)
        self.fit(690)
        self._fill()
        (self.table if self._referrals else self.leave_button).setFocus()

    def has_draft(self) -> bool:
        """Return whether words were typed about a referral that is still open."""
        self._keep_draft()
        still_open = {one.key for one in self._referrals if one.is_open}
        return any(key in still_open and any(part.strip() for part in words) for key, words in self._drafts.items())

    def go_on(self) -> None:
        """Close the chosen referral with what was typed."""
        held = self._chosen()
        if held is None or not self.close_button.isEnabled():
            return
        did, outcome = self.did.text(), self.outcome.text()
        field = self.did if not did.strip() else self.outcome
        if self._do(lambda session: referring.close_referral(session, held.key, did, outcome), field):
            self._drafts.pop(held.key, None)
            self.table.setFocus()

    def acknowledge(self) -> None:
        """Note that the force has acknowledged the chosen referral."""
        held = self._chosen()
        if held is not None:
            self._do(lambda session: referring.acknowledge(session, held.key), self.table)

    def go_to_case(self) -> None:
        """Close the window, and let the case of the chosen referral be shown; with words in it, only where the person says so."""
        held = self._chosen()
        if held is None:
            return
        self.chosen = held.case
        self.reject()
        if self.isVisible():
            self.chosen = None

    def show_ages(self) -> None:
        """Let the clocks go on."""
        now = self._hub.session.as_of
        for row, referral in enumerate(self._referrals):
            shown = self.table.item(row, CLOCK)
            if shown is not None:
                shown.setText(line_of(referral, now, self._hub.session.person_named).clock)
        held = self._chosen()
        if held is not None:
            self.whole.setText(whole_words(held, now, self._hub.session.person_named))

    def showEvent(self, event: QShowEvent) -> None:
        """Let the clock run while it is seen."""
        super().showEvent(event)
        if not self._hub.session.is_resting:
            self.show_ages()
        self.clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the clock stops."""
        self.clock.stop()
        super().hideEvent(event)

    def _do(self, act: Callable[[AuditSession], Changed], field: QWidget) -> bool:
        try:
            self._hub.attempt(act)
        except KnownError as error:
            self.complain(str(error), field)
            return False
        self.notice.hide()
        return True

    def _follow(self, changed: Changed) -> None:
        """Look again after a change; what was typed stays with its referral."""
        if not self._hub.session.is_resting:
            self._keep_draft()
            self._fill()

    def _fill(self) -> None:
        session = self._hub.session
        keep = self._shown
        self._referrals = referring.all_referrals(session)
        count = sum(one.is_open for one in self._referrals)
        words = ngettext("{open} open, of {n} referral.", "{open} open, of {n} referrals.", len(self._referrals))
        nothing = _("No case has been referred to the force. Ctrl+Shift+R refers the case in hand.")
        self.said.setText(words.format(open=count, n=len(self._referrals)) if self._referrals else nothing)
        self.said.set_tone("danger" if count else "muted")
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._referrals))
        now = session.as_of
        for row, referral in enumerate(self._referrals):
            self._fill_row(row, line_of(referral, now, session.person_named), is_open=referral.is_open)
        place = next((row for row, one in enumerate(self._referrals) if one.key == keep), 0)
        self.table.setCurrentCell(place if self._referrals else -1, 0)
        self.table.blockSignals(False)
        self._shown = None
        self._show_chosen()

    def _fill_row(self, row: int, line: ReferralLine, *, is_open: bool) -> None:
        for column, words in enumerate(line):
            cell = QTableWidgetItem(words)
            cell.setToolTip(words)
            if column == CLOCK and is_open:
                cell.setIcon(self.theme.icon("siren"))
                cell.setFont(self.theme.font("text", 600))
            self.table.setItem(row, column, cell)

    def _chosen(self) -> Referral | None:
        place = self.table.currentRow()
        return self._referrals[place] if 0 <= place < len(self._referrals) else None

    def _keep_draft(self) -> None:
        if self._shown is not None and self.did.isEnabled():
            self._drafts[self._shown] = (self.did.text(), self.outcome.text())

    def _show_chosen(self) -> None:
        """Show all of the chosen referral, with what was typed about it before."""
        self._keep_draft()
        held, session = self._chosen(), self._hub.session
        self._shown = held.key if held is not None else None
        self.whole.setText(whole_words(held, session.as_of, session.person_named) if held is not None else "")
        may = held is not None and held.is_open and session.may_change and session.may(Action.CLOSE_REFERRAL)
        did, outcome = self._drafts.get(held.key, ("", "")) if held is not None and held.is_open else ("", "")
        for box, words in ((self.did, did), (self.outcome, outcome)):
            box.show_text(words)
            box.setEnabled(may)
        self._closing.setVisible(may)
        self._set_buttons()

    def _set_buttons(self) -> None:
        held, may = self._chosen(), self.did.isEnabled()
        self.case_button.setEnabled(held is not None)
        self.acknowledge_button.setEnabled(may and held is not None and held.acknowledged_at is None)
        self.close_button.setEnabled(may)

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, CLOSED_BY + 1)
        table.setHorizontalHeaderLabels(
            [
                *(_("Clock"), _("Case"), _("Child and risk"), _("Told"), _("Acknowledged")),
                *(_("What the force did, outcome"), _("Closed by")),
            ]
        )
        table.setAccessibleName(_("Referrals"))
        make_calm(table)
        table.setFont(self.theme.font())
        table.setItemDelegate(_RoomyCells(self.theme, table))
        table.setIconSize(self.theme.icon_size())
        table.setWordWrap(True)
        table.setMinimumHeight(self.theme.px(150))
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.verticalHeader().setMinimumSectionSize(self.theme.px(34))
        header = table.horizontalHeader()
        for column in (CLOCK, CASE, ACKNOWLEDGED, CLOSED_BY):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (CHILD, TOLD, ANSWER):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        # Where the text is large, the words below the list tell what its columns have no room for.
        for column in (TOLD, ACKNOWLEDGED, ANSWER, CLOSED_BY) if self.theme.text_scale >= LARGE_TEXT else ():
            table.setColumnHidden(column, True)
        return table

    def _arrange(self) -> None:
        self.body.addWidget(self.said)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.whole)
        self._closing = QWidget()
        row = QHBoxLayout(self._closing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for box in (self.did, self.outcome):
            row.addLayout(self._under_its_name(box), 1)
        self.body.addWidget(self._closing)
        self.leave_button = self.add_button(_("Close window"))
        self.leave_button.clicked.connect(self.reject)
        self.case_button = self.add_button(_("&Go to the case"))
        self.case_button.clicked.connect(self.go_to_case)
        self.acknowledge_button = self.add_button(_("&Acknowledged"))
        self.acknowledge_button.clicked.connect(self.acknowledge)
        self.close_button = self.add_main_button(_("Close the referral"))
        for button in (self.leave_button, self.case_button, self.acknowledge_button, self.close_button):
            button.setDefault(False)
            button.setAutoDefault(False)

    def _under_its_name(self, box: JudgementText) -> QVBoxLayout:
        name = TextLabel(self.theme, box.accessibleName())
        name.setBuddy(box)
        name.setAlignment(Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(name)
        column.addWidget(box)
        return column
