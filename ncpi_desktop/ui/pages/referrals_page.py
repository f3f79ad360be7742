"""The page Referrals: open ones first with a running clock; here the force's answer is written down and a referral is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHeaderView,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ncpi_desktop.domain.casework.referral import Referral, ReferralKey
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.referral_words import ReferralLine, line_of, whole_words
from ncpi_desktop.ui.pages.review.button_row import LARGE_TEXT, ButtonRow
from ncpi_desktop.ui.pages.review.hinted_button import HintedButton
from ncpi_desktop.ui.pages.review.judgement_text import JudgementText
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import referring
from ncpi_desktop.workflows.session import AuditSession, Changed

A_MINUTE: Final = 60_000
LINES: Final = 2
"""So many lines of text a box shows."""
CLOCK, CASE, CHILD, TOLD, ACKNOWLEDGED, ANSWER, CLOSED_BY = range(7)


class _RoomyCells(QStyledItemDelegate):
    """Leaves some room around the words of each cell."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for more than the words need."""
        return super().sizeHint(option, index) + QSize(self._theme.px(14), self._theme.px(12))


class ReferralsPage(QWidget):
    """Lists all. What is typed about one stays with it until it is closed, or the audit is.

    Signals:
        case_wanted: the key of the case to open in Review.
    """

    case_wanted = Signal(object)

    def __init__(self, theme: Theme, hub: AuditHub, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._hub = hub
        self._stale = True
        self._referrals: tuple[Referral, ...] = ()
        self._shown: ReferralKey | None = None
        self._drafts: dict[ReferralKey, tuple[str, str]] = {}
        self.setAccessibleName(_("Referrals"))
        self.refer_button = PushButton(theme, _("Refer to force"), "danger", "siren")
        self.refer_button.setToolTip(actions.refer.toolTip())
        self.refer_button.clicked.connect(actions.refer.trigger)
        self.page_buttons = (self.refer_button,)
        self.said = TextLabel(theme, wrap=True)
        self.table = self._table()
        self.whole = TextLabel(theme, wrap=True)
        self.did = self._text_box(_("What the force did"), _("in anonymous words"))
        self.outcome = self._text_box(_("Outcome"), _("what came of it for the child"))
        self.notice = NoticeBar(theme)
        self._arrange()
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.table.activated.connect(lambda _index: self.go_to_case())
        for box in (self.did, self.outcome):
            box.typed.connect(self._set_buttons)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.go_on)
        self.clock = QTimer(self)
        self.clock.setInterval(A_MINUTE)
        self.clock.timeout.connect(self.show_ages)
        hub.changed.connect(lambda _changed: self._follow())
        hub.person_changed.connect(self._follow)
        theme.changed.connect(self._dress)
        self._dress()

    def shown(self) -> None:
        """Bring the list up to date."""
        if self._stale:
            self._fill()

    @property
    def is_begun(self) -> bool:
        """Whether words were typed about a referral that is still open."""
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
        """Let the case of the chosen referral be shown; what was typed about it stays here."""
        held = self._chosen()
        if held is not None:
            self.case_wanted.emit(held.case)

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
            self.shown()
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
            self.notice.show_notice(str(error), tone="danger")
            field.setFocus()
            return False
        self.notice.hide()
        return True

    def _follow(self) -> None:
        """Look again after a change; what was typed stays with its referral."""
        self._stale = True
        if self.isVisible() and not self._hub.session.is_resting:
            self._fill()

    def _fill(self) -> None:
        session = self._hub.session
        self._keep_draft()
        self._stale = False
        keep = self._shown
        self._referrals = referring.all_referrals(session)
        count = sum(one.is_open for one in self._referrals)
        words = ngettext("{open} open, of {n} referral.", "{open} open, of {n} referrals.", len(self._referrals))
        nothing = _("No case has been referred to the force. Ctrl+Shift+R refers the case in hand.")
        self.said.setText(words.format(open=count, n=len(self._referrals)) if self._referrals else nothing)
        self.said.set_tone("danger" if count else "muted")
        for widget in (self.table, self.whole, self._buttons):
            widget.setVisible(bool(self._referrals))
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
        table.setItemDelegate(_RoomyCells(self.theme, table))
        table.setWordWrap(True)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.verticalHeader().setMinimumSectionSize(self.theme.px(34))
        header = table.horizontalHeader()
        for column in (CLOCK, CASE, ACKNOWLEDGED, CLOSED_BY):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (CHILD, TOLD, ANSWER):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        return table

    def _text_box(self, name: str, placeholder: str) -> JudgementText:
        box = JudgementText(self.theme, name, placeholder)
        box.setFixedHeight(round(LINES * QFontMetricsF(self.theme.font()).lineSpacing()) + self.theme.px(18))
        return box

    def _arrange(self) -> None:
        theme = self.theme
        card = Card(theme)
        self.case_button = HintedButton(theme, _("&Go to the case"), "secondary", key="Enter")
        self.acknowledge_button = HintedButton(theme, _("&Acknowledged"), "secondary")
        self.close_button = HintedButton(theme, _("Close the referral"), "primary", key="Ctrl+Enter")
        for button, do in (
            (self.case_button, self.go_to_case),
            (self.acknowledge_button, self.acknowledge),
            (self.close_button, self.go_on),
        ):
            button.clicked.connect(do)
        self._closing = QWidget()
        self._boxes = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._closing)
        self._boxes.setContentsMargins(0, 0, 0, 0)
        self._boxes.setSpacing(14)
        for box in (self.did, self.outcome):
            self._boxes.addLayout(self._under_its_name(box), 1)
        self._buttons = ButtonRow(theme, (self.case_button, self.acknowledge_button, self.close_button))
        card.body.addWidget(self.said)
        card.body.addWidget(self.table, 1)
        for widget in (self.whole, self._closing, self.notice, self._buttons):
            card.body.addWidget(widget)
        card.body.addStretch(0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 14, 14, 14)
        column.addWidget(card)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.setFocusProxy(self.table)

    def _dress(self) -> None:
        large = self.theme.text_scale >= LARGE_TEXT
        self.table.setFont(self.theme.font())
        self.table.setIconSize(self.theme.icon_size())
        self.table.setMinimumHeight(self.theme.px(150))
        # Where the text is large, the words below the list tell what its columns have no room for.
        for column in (TOLD, ACKNOWLEDGED, ANSWER, CLOSED_BY):
            self.table.setColumnHidden(column, large)
        self._boxes.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        for box in (self.did, self.outcome):
            box.setFixedHeight(round(LINES * QFontMetricsF(self.theme.font()).lineSpacing()) + self.theme.px(18))

    def _under_its_name(self, box: JudgementText) -> QVBoxLayout:
        name = TextLabel(self.theme, box.accessibleName())
        name.setBuddy(box)
        name.setAlignment(Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(name)
        column.addWidget(box)
        return column
