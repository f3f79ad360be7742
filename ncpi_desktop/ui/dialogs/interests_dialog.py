"""The force units in which one person declared an interest; they are given no case of these."""

from __future__ import annotations

from PySide6.QtWidgets import QCompleter, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.moderation.conflict import Interest
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows.declaring import (
    LONGEST_REASON,
    LONGEST_UNIT,
    Declared,
    declare_interest,
    declared_interests,
    may_declare_for,
    units_known,
    withdraw_interest,
)

UNIT, BECAUSE, SINCE = range(3)


class InterestsDialog(FormDialog):
    """Each declaration is kept as it is made. Anybody declares their own, a team lead anybody's; everybody else reads."""

    def __init__(self, theme: Theme, hub: AuditHub, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Force units of {name}").format(name=person.name), 620, parent)
        self._hub = hub
        self._person = person
        self._interests: tuple[Interest, ...] = ()
        said = _(
            "Whoever served in a unit, or is close to somebody there, reads none of its cases. A unit is a tag that cases bear. A reading that"
            " was not begun goes back, to be given to somebody else."
        )
        self.body.addWidget(TextLabel(theme, said, tone="muted", wrap=True))
        self.table = self._table()
        self.body.addWidget(self.table, 1)
        form = self.form()
        self.unit = self.add_line(form, _("Force unit"), placeholder=_("as the tags of the cases have it"))
        self.unit.setMaxLength(LONGEST_UNIT)
        completer = QCompleter(list(units_known(hub.session)), self)
        completer.setCaseSensitivity(completer.caseSensitivity().CaseInsensitive)
        self.unit.setCompleter(completer)
        self.because = self.add_line(form, _("Because"), placeholder=_("such as: served there until 2016"))
        self.because.setMaxLength(LONGEST_REASON)
        close = self.add_button(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        self.withdraw_button = self.add_button(_("&Withdraw"))
        self.declare_button = self.add_button(_("&Declare"), primary=True)
        self.withdraw_button.setAutoDefault(False)
        self.declare_button.clicked.connect(self._declare)
        self.withdraw_button.clicked.connect(self._withdraw)
        self.table.itemSelectionChanged.connect(self._follow)
        self.unit.textChanged.connect(lambda _text: self._follow())
        self.fit(520)
        self._fill()
        (self.unit if self._may else self.table).setFocus()

    @property
    def _may(self) -> bool:
        return may_declare_for(self._hub.session, self._person)

    def _declare(self) -> None:
        unit, because = self.unit.text(), self.because.text()
        made: list[Declared] = []

        def declare(session: object) -> Declared:
            made.append(declare_interest(self._hub.session, self._person, unit, because))
            return made[0]

        try:
            self._hub.attempt(declare)
        except KnownError as error:
            self.complain(str(error), self.unit)
            return
        self.unit.clear()
        self.because.clear()
        self._fill()
        told = _told(made[0])
        if told:
            self.notice.show_notice(told, tone="action")
        else:
            self.notice.hide()
        self.unit.setFocus()

    def _withdraw(self) -> None:
        place = self.table.currentRow()
        if not 0 <= place < len(self._interests):
            return
        unit = self._interests[place].unit
        try:
            self._hub.attempt(lambda session: withdraw_interest(session, self._person, unit))
        except KnownError as error:
            self.complain(str(error), self.table)
            return
        self.notice.hide()
        self._fill()
        self.unit.setFocus()

    def _fill(self) -> None:
        self._interests = declared_interests(self._hub.session, self._person)
        self.table.setRowCount(len(self._interests))
        for row, interest in enumerate(self._interests):
            at = interest.declared_at.astimezone().strftime("%d/%m/%Y") if interest.declared_at is not None else ""
            for column, words in enumerate((interest.unit, interest.because, at)):
                shown = QTableWidgetItem(words)
                shown.setToolTip(words)
                self.table.setItem(row, column, shown)
        self._follow()

    def _follow(self) -> None:
        may = self._may
        for part in (self.unit, self.because):
            part.setEnabled(may)
        self.declare_button.setEnabled(may and bool(self.unit.text().strip()))
        self.withdraw_button.setEnabled(may and bool(self.table.selectedItems()))

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, SINCE + 1)
        table.setHorizontalHeaderLabels([_("Force unit"), _("Because"), _("Declared")])
        table.setAccessibleName(_("Force units"))
        make_calm(table)
        table.setFont(self.theme.font())
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.verticalHeader().setMinimumSectionSize(self.theme.px(34))
        table.setWordWrap(True)
        table.setMinimumHeight(self.theme.px(130))
        header = table.horizontalHeader()
        header.setSectionResizeMode(SINCE, QHeaderView.ResizeMode.ResizeToContents)
        for column in (UNIT, BECAUSE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        return table


def _told(declared: Declared) -> str:
    """Return what followed from a declaration."""
    said = []
    if declared.saved_at is None:
        said.append(_("It was declared already."))
    if declared.given_back:
        said.append(_("These cases are nobody's now: {cases}.").format(cases=", ".join(declared.given_back)))
    if declared.begun:
        said.append(
            _("These were begun, and stay until they are given away: {cases}.").format(cases=", ".join(declared.begun))
        )
    if not declared.is_known:
        said.append(_("No case bears this unit as a tag so far. Check how it is written."))
    return " ".join(said)
