"""The preferences: who works here, which looks, how large the text. Looks change at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import LARGEST_SCALE, SMALLEST_SCALE, Theme
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

STEP = 10


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
        self.text_size = QSlider(Qt.Orientation.Horizontal)
        self.text_size.setRange(SMALLEST_SCALE // STEP, LARGEST_SCALE // STEP)
        self.text_size.setPageStep(2)
        self.text_size.setValue(theme.text_scale // STEP)
        self.text_size.valueChanged.connect(self._keep_size)
        self.percent = TextLabel(theme, weight=600)
        self.add_field(form, _("Text size"), self._with_percent())
        self.text_size.setAccessibleName(_("Text size"))
        self._say_size()
        self.body.addStretch(1)
        self.add_close()
        self.fit(330)
        self.reviewer.setFocus()

    def _with_percent(self) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.text_size, 1)
        row.addWidget(self.percent)
        return both

    def _keep_name(self, name: str) -> None:
        self._preferences.reviewer = name

    def _keep_looks(self, _place: int) -> None:
        self.theme.set_preference(self.looks.currentData())
        self._preferences.theme = self.theme.preference

    def _keep_size(self, value: int) -> None:
        self.theme.set_text_scale(value * STEP)
        self._preferences.text_scale = self.theme.text_scale
        self._say_size()
        self.fit(330)

    def _say_size(self) -> None:
        words = _("{percent} per cent").format(percent=self.theme.text_scale)
        self.percent.setText(words)
        self.text_size.setAccessibleDescription(words)
