"""Who works on the inspection, with their roles. A team lead changes it; everybody else reads it."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ncpi_desktop.domain.casework.inspection import Person, Role, role_words
from ncpi_desktop.domain.casework.rights import whom_to_ask
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.dialogs.interests_dialog import InterestsDialog
from ncpi_desktop.ui.dialogs.person_dialog import PersonDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import browsing, staffing
from ncpi_desktop.workflows.handing_on import HandedOn, hand_on_second_readings, waiting_with_who_left
from ncpi_desktop.workflows.session import AuditSession

NAME, ROLES, TO_DO, AT_WORK = range(4)
_LINE: Final = 34
MOST_NAMED: Final = 3


class PeopleDialog(FormDialog):
    """The list of everybody; each change is kept as it is made, and shown in the window behind at once."""

    def __init__(self, theme: Theme, hub: AuditHub, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("People"), 720, parent)
        self._hub = hub
        self._people: tuple[Person, ...] = ()
        self._left: dict[int, int] = {}
        self.said = TextLabel(theme, tone="muted", wrap=True)
        self.body.addWidget(self.said)
        self.table = self._table()
        self.body.addWidget(self.table, 1)
        self.add_person_button = PushButton(theme, _("Add somebody…"), "secondary", "plus")
        self.change_button = PushButton(theme, _("Change…"), "secondary", "user")
        self.add_person_button.clicked.connect(self.add_somebody)
        self.change_button.clicked.connect(self.change_chosen)
        self.interests_button = PushButton(theme, _("&Force units…"), "secondary")
        self.interests_button.clicked.connect(self.show_interests)
        self.hand_on_button = PushButton(theme, _("&Hand on second readings"), "secondary")
        self.hand_on_button.clicked.connect(self.hand_on)
        row = QHBoxLayout()
        for button in (self.add_person_button, self.change_button, self.interests_button, self.hand_on_button):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        # Enter in the list changes the person chosen, so that no button takes it.
        close = self.add_close()
        close.setDefault(False)
        close.setAutoDefault(False)
        for button in (self.add_person_button, self.change_button, self.interests_button, self.hand_on_button):
            button.setAutoDefault(False)
        self.fit(520)
        self._fill(0)
        self.table.setFocus()

    def add_somebody(self) -> None:
        """Ask for a new person."""

        def keep(name: str, roles: frozenset[Role], _active: bool) -> None:
            self._hub.attempt(lambda session: staffing.add_person(session, name, roles))

        self._ask(PersonDialog(self.theme, None, keep, self), len(self._people))

    def change_chosen(self) -> None:
        """Ask for another name, other roles, or whether the person chosen works here still."""
        place = self.table.currentRow()
        if not (0 <= place < len(self._people) and self._may_change):
            return
        key = self._people[place].key

        def keep(name: str, roles: frozenset[Role], active: bool) -> None:
            """Keep what differs, one change each."""
            if name != self._now(key).name:
                self._hub.attempt(lambda session: staffing.rename(session, self._now(key), name))
            if roles != self._now(key).roles:
                self._hub.attempt(lambda session: staffing.give_roles(session, self._now(key), roles))
            if active != self._now(key).active:
                self._hub.attempt(lambda session: staffing.set_active(session, self._now(key), active))

        self._ask(PersonDialog(self.theme, self._now(key), keep, self), place)

    def show_interests(self) -> None:
        """Show of which force units the person chosen reads no cases; they, or a team lead, declare more there."""
        place = self.table.currentRow()
        if 0 <= place < len(self._people):
            dialog = InterestsDialog(self.theme, self._hub, self._people[place], self)
            dialog.exec()
            dialog.deleteLater()
            self.table.setFocus()

    def hand_on(self) -> None:
        """Give the second readings that wait with the person chosen, who has left, to others; say who cannot be given what."""
        place = self.table.currentRow()
        person = self._people[place]
        done: list[HandedOn] = []

        def give(session: AuditSession) -> HandedOn:
            done.append(hand_on_second_readings(session, person))
            return done[0]

        try:
            self._hub.attempt(give)
        except KnownError as error:
            self.complain(str(error), self.table)
            return
        self._fill(place)
        self.notice.show_notice(_handed_on_words(done[0]), tone="action")
        self.table.setFocus()

    def _follow_choice(self) -> None:
        """Offer to hand on only where there is something to hand on."""
        place = self.table.currentRow()
        waits = 0 <= place < len(self._people) and self._left.get(self._people[place].key, 0) > 0
        self.hand_on_button.setVisible(waits and self._may_change)

    @property
    def _may_change(self) -> bool:
        session = self._hub.session
        return not session.read_only and session.may(Action.SET_ROLES)

    def _now(self, key: int) -> Person:
        return next(person for person in self._hub.session.people if person.key == key)

    def _ask(self, dialog: PersonDialog, place: int) -> None:
        dialog.exec()
        dialog.deleteLater()
        self._hub.tell_people_changed()
        self._fill(place)
        self.table.setFocus()

    def _fill(self, place: int) -> None:
        session = self._hub.session
        self._people = session.people
        self._left = waiting_with_who_left(session)
        waiting = browsing.open_cases_by_person(session)
        self.table.setRowCount(len(self._people))
        for row, person in enumerate(self._people):
            at_work = _("Yes") if person.active else _("No longer")
            cells = (person.name, role_words(person.roles), str(waiting.get(person.key, 0)), at_work)
            for column, words in enumerate(cells):
                shown = QTableWidgetItem(words)
                shown.setToolTip(words)
                self.table.setItem(row, column, shown)
        if self._people:
            self.table.selectRow(min(place, len(self._people) - 1))
        for button in (self.add_person_button, self.change_button):
            button.setVisible(self._may_change)
        self.change_button.setEnabled(bool(self._people))
        self.interests_button.setEnabled(bool(self._people))
        self.said.setText(self._words())
        self._follow_choice()

    def _words(self) -> str:
        told = _("Names are no passwords: whoever can open the file can choose any of them.")
        session = self._hub.session
        if session.read_only:
            return _("This file is open for reading only.") + " " + told
        if not session.may(Action.SET_ROLES):
            return _("Only a team lead changes people and roles.") + f" {whom_to_ask(session.people)} {told}"
        return told

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, AT_WORK + 1)
        table.setHorizontalHeaderLabels([_("Name"), _("Roles"), _("To do"), _("At work")])
        table.setAccessibleName(_("People"))
        make_calm(table)
        table.setFont(self.theme.font())
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.verticalHeader().setMinimumSectionSize(self.theme.px(_LINE))
        table.setWordWrap(True)
        table.setMinimumHeight(self.theme.px(160))
        header = table.horizontalHeader()
        for column in (TO_DO, AT_WORK):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (NAME, ROLES):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.activated.connect(lambda _index: self.change_chosen())
        table.itemSelectionChanged.connect(self._follow_choice)
        return table


def _handed_on_words(done: HandedOn) -> str:
    count = len(done.given)
    said = [
        ngettext("{count} second reading went to others.", "{count} second readings went to others.", count).format(
            count=count
        )
    ]
    said += [
        _("{case} can be given to nobody: {why}.").format(case=reference, why=why)
        for reference, why in done.nobody[:MOST_NAMED]
    ]
    more = len(done.nobody) - MOST_NAMED
    if more > 0:
        said.append(ngettext("Nor can {count} more.", "Nor can {count} more.", more).format(count=more))
    return " ".join(said)
