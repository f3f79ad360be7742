"""The preferences: who works here, which looks, how large the text, when to lock. Looks change at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.record.backup import BackupPlace
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.preferences import IDLE_MINUTES, Preferences
from ncpi_desktop.ui.theme.theme import LARGEST_SCALE, SMALLEST_SCALE, Theme
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext

STEP = 10
HEIGHT = 600
ROOMS = (512, 1024, 2048, 5120, 10240)
"""How much room the backups of one inspection may be given, in MiB."""


class PreferencesDialog(FormDialog):
    """Everything is kept as it is changed; there is nothing to confirm."""

    def __init__(self, theme: Theme, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Preferences"), 520, parent)
        self._preferences = preferences
        form = self.form()
        self.reviewer = self.add_line(form, _("Reviewer's name"), preferences.reviewer)
        self.reviewer.setMaxLength(200)
        self.reviewer.textChanged.connect(self._keep_name)
        said = _("Each grade and reason is kept in this name. It is used in the next file you open.")
        form.addRow("", TextLabel(theme, said, role="caption", tone="muted", wrap=True))
        self.looks = ChoiceField(theme, _("Colours"))
        for code, words in (
            ("system", _("As the system has them")),
            ("light", _("Light")),
            ("dark", _("Dark")),
            ("high-contrast", _("High contrast")),
        ):
            self.looks.addItem(words, code)
        self.looks.setCurrentIndex(max(0, self.looks.findData(theme.preference)))
        self.looks.currentIndexChanged.connect(self._keep_looks)
        self.add_field(form, _("Colours"), self.looks)
        self.text_size = ChoiceField(theme, _("Text size"))
        for percent in range(SMALLEST_SCALE, LARGEST_SCALE + 1, STEP):
            self.text_size.addItem(_("{percent} per cent").format(percent=percent), percent)
        self.text_size.setCurrentIndex(max(0, self.text_size.findData(theme.text_scale // STEP * STEP)))
        self.text_size.currentIndexChanged.connect(self._keep_size)
        self.add_field(form, _("Text size"), self.text_size)
        self.idle = ChoiceField(theme, _("Lock after"))
        for minutes in IDLE_MINUTES:
            words = ngettext("{n} minute without a touch", "{n} minutes without a touch", minutes).format(n=minutes)
            self.idle.addItem(words if minutes else _("Never"), minutes)
        self.idle.setCurrentIndex(self.idle.findData(preferences.idle_minutes))
        self.idle.currentIndexChanged.connect(self._keep_idle)
        self.add_field(form, _("Lock after"), self.idle)
        said = _("For audits with a passphrase. They are locked too when the laptop sleeps or its screen is locked.")
        form.addRow("", TextLabel(theme, said, role="caption", tone="muted", wrap=True))
        self._add_backups()
        self.body.addStretch(1)
        self.add_close()
        self.fit(HEIGHT)
        self.reviewer.setFocus()

    def _add_backups(self) -> None:
        place = self._preferences.backup_place
        form = self.form(_("Backups"))
        self.backup_folder = self.add_line(form, _("Folder"), str(place.root or ""), _("This laptop's own data folder"))
        self.choose_button = PushButton(self.theme, _("Choose a folder…"), "secondary", "folder-open")
        self.choose_button.clicked.connect(self._choose_folder)
        form.addRow("", self.choose_button)
        self.backup_room = ChoiceField(self.theme, _("Room on the disk"))
        rooms = sorted({*(mib * 1024**2 for mib in ROOMS), place.limit})
        for room in rooms:
            self.backup_room.addItem(_("{n} GB").format(n=f"{room / 1024**3:.3g}"), room)
        self.backup_room.setCurrentIndex(rooms.index(place.limit))
        self.add_field(form, _("Room on the disk"), self.backup_room)
        self.backup_folder.textChanged.connect(lambda _text: self._keep_place())
        self.backup_room.currentIndexChanged.connect(lambda _place: self._keep_place())

    def _choose_folder(self) -> None:
        chosen = prompts.ask_folder(self, _("Folder for backups"), Path(self.backup_folder.text() or Path.home()))
        if chosen is not None:
            self.backup_folder.setText(str(chosen))

    def _keep_place(self) -> None:
        folder = self.backup_folder.text().strip()
        root = Path(folder) if folder and Path(folder).is_dir() else None
        if folder and root is None:
            self.notice.show_notice(_("There is no such folder yet; until there is, this laptop's own is used."))
        else:
            self.notice.hide()
        self._preferences.backup_place = BackupPlace(root, self.backup_room.currentData())

    def _keep_name(self, name: str) -> None:
        self._preferences.reviewer = name

    def _keep_looks(self, _place: int) -> None:
        self.theme.set_preference(self.looks.currentData())
        self._preferences.theme = self.theme.preference

    def _keep_idle(self, _place: int) -> None:
        self._preferences.idle_minutes = self.idle.currentData()

    def _keep_size(self, _place: int) -> None:
        self.theme.set_text_scale(self.text_size.currentData())
        self._preferences.text_scale = self.theme.text_scale
        self.fit(HEIGHT)
