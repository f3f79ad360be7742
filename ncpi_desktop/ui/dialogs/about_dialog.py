"""What this program is, its version, and what it stands on."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from ncpi_desktop import __version__
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _


class AboutDialog(FormDialog):
    """Only shows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("About NCPI Case Review"), 520, parent)
        for sentence, tone in (
            (_("Version {version}").format(version=__version__), "ink"),
            (
                _(
                    "Inspectors read anonymised child protection cases offline, grade them, say why, have the grades checked, and"
                    " hand over a workbook and a findings report."
                ),
                "ink",
            ),
            (_("Nothing leaves this laptop by itself: the program never uses a network."), "ink"),
            (
                _("Python {python}, Qt {qt}. Type: Atkinson Hyperlegible Next. Icons: Lucide. MIT licence.").format(
                    python=platform.python_version(), qt=qVersion()
                ),
                "muted",
            ),
        ):
            self.body.addWidget(TextLabel(theme, sentence, tone="muted" if tone == "muted" else "ink", wrap=True))
        self.body.addStretch(1)
        self.add_close().setFocus()
        self.fit(350)
