"""Asks for one person: the name, the roles, and whether they work on the inspection still."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.casework.inspection import Person, Role
from ncpi_desktop.domain.casework.rights import newcomer
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.check_field import CheckField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows.staffing import LONGEST_NAME

Keep = Callable[[str, frozenset[Role], bool], None]
"""Keeps name, roles and whether at work; raises a KnownError where it is refused."""


class PersonDialog(FormDialog):
    """`keep` is asked when the person is done; what it refuses is said here, and the dialog stays."""

    def __init__(self, theme: Theme, person: Person | None, keep: Keep, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Add somebody") if person is None else _("Change a person"), 560, parent)
        self._keep = keep
        held = person or newcomer("")
        self.name = self.add_line(self.form(), _("Name"), held.name)
        self.name.setMaxLength(LONGEST_NAME)
        self.body.addWidget(TextLabel(theme, _("Roles"), role="card_title"))
        self.roles = {role: self._box(words, role in held.roles) for role, words in _role_lines().items()}
        self.active = self._box(_("Works on this inspection"), held.active)
        self.active.setVisible(person is not None)
        if person is not None:
            said = _("Whoever has left stays in the file with all they did; their cases can be given to others.")
            self.body.addWidget(TextLabel(theme, said, role="caption", tone="muted", wrap=True))
        self.body.addStretch(1)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.keep_button = self.add_button(_("Add") if person is None else _("Change"), primary=True)
        self.keep_button.clicked.connect(self._ask_to_keep)
        self.fit(400 if person is None else 470)
        self.name.setFocus()
        self.name.selectAll()

    def _ask_to_keep(self) -> None:
        roles = frozenset(role for role, box in self.roles.items() if box.isChecked())
        try:
            self._keep(self.name.text(), roles, self.active.isChecked())
        except KnownError as error:
            self.complain(str(error), self.name)
        else:
            self.accept()

    def _box(self, words: str, checked: bool) -> CheckField:
        box = CheckField(self.theme, words)
        box.setChecked(checked)
        self.body.addWidget(box)
        return box


def _role_lines() -> dict[Role, str]:
    return {
        Role.INSPECTOR: _("Inspector: reads and grades cases"),
        Role.QUALITY_ASSURER: _("Quality assurer: reads a sample a second time"),
        Role.TEAM_LEAD: _("Team lead: brings cases in, allocates them, names people"),
        Role.OBSERVER: _("Observer: sees everything, changes nothing"),
    }
