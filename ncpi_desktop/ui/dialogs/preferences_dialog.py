"""The preferences: who works here, which looks, how large the text, when to lock. Looks change at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.preferences import IDLE_MINUTES, Preferences
from ncpi_desktop.ui.theme.theme import LARGEST_SCALE, SMALLEST_SCALE, Theme
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext

STEP = 10
HEIGHT = 420


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
        self.body.addStretch(1)
        self.add_close()
        self.fit(HEIGHT)
        self.reviewer.setFocus()

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
