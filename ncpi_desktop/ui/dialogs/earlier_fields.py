"""The fields of *New audit* for an earlier inspection that stands in a file: where it is, its passphrase, and what comes along from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from ncpi_desktop.domain.casework.inspection import Inspection
from ncpi_desktop.domain.errors import FileProtectedError, KnownError, WrongUseError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.widgets.check_field import CheckField
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.workflows.following_up import Earlier


class EarlierFields:
    """Place, passphrase and a sentence; the file is read beside the window as soon as it is chosen, and once more when the audit is made."""

    def __init__(
        self,
        dialog: FormDialog,
        form: QFormLayout,
        background: Background,
        inspection: Callable[[], Inspection],
        folder: Callable[[], Path],
    ) -> None:
        theme = dialog.theme
        self._dialog, self._form, self._background = dialog, form, background
        self._inspection, self._folder = inspection, folder
        self._asked = 0
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        self.place = QLineEdit()
        self.choose_button = PushButton(theme, _("Choose the file…"))
        row.addWidget(self.place, 1)
        row.addWidget(self.choose_button)
        dialog.add_field(form, _("File of it"), both)
        self.place.setAccessibleName(_("File of it"))
        self.place.setPlaceholderText(_("An audit file, or a table of published results"))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setMaxLength(1000)
        dialog.add_field(form, _("Passphrase of it"), self.passphrase)
        self.other_force = CheckField(theme, _("It is of another force, and is meant"))
        form.addRow(self.other_force)
        self.words = TextLabel(theme, "", wrap=True)
        form.addRow(self.words)
        self._both = both
        self._is_protected = False
        self.choose_button.clicked.connect(self._choose)
        for field in (self.place, self.passphrase):
            field.editingFinished.connect(self.look)
        self.other_force.toggled.connect(lambda _on: self.look())

    def set_visible(self, visible: bool) -> None:
        """Show the fields, or not."""
        self._form.setRowVisible(self._both, visible)
        self._form.setRowVisible(self.passphrase, visible and self._is_protected)
        self._form.setRowVisible(self.other_force, visible)
        self._form.setRowVisible(self.words, visible and bool(self.words.text()))

    def reader(self) -> Callable[[Inspection], Earlier]:
        """Return what reads the file, for a thread beside the window.

        Raises:
            WrongUseError: no file is named.
        """
        text = self.place.text().strip()
        if not text:
            raise WrongUseError(_("Choose the file of the previous inspection."))
        path, passphrase, other_force = Path(text).expanduser(), self.passphrase.text(), self.other_force.isChecked()

        def read(inspection: Inspection) -> Earlier:
            from ncpi_desktop.workflows.following_up import earlier_from
            from ncpi_desktop.workflows.protecting import is_protected, unlock

            key = None
            if path.suffix.lower() == prompts.AUDIT_SUFFIX and is_protected(path):
                if not passphrase:
                    raise FileProtectedError(
                        _("“{name}” is protected by a passphrase, or it is not an audit file.").format(name=path.name),
                        safe=_("The file is untouched."),
                        todo=_("Type its passphrase."),
                    )
                key = unlock(path, passphrase)
            return earlier_from(path, inspection, key=key, other_force=other_force)

        return read

    def look(self) -> None:
        """Read the file beside the window, and say what comes along from it."""
        if not self.place.text().strip():
            self._say("")
            return
        try:
            inspection, read = self._inspection(), self.reader()
        except KnownError as error:
            self._say(str(error), danger=True)
            return
        self._asked += 1
        asked = self._asked

        def work(_tick: Tick) -> Earlier:
            return read(inspection)

        self._say(_("Looking at the file…"))
        self._background.run(
            _("Looking at the earlier inspection…"),
            work,
            lambda found: self._done(asked, found),
            lambda error: self._refuse(asked, error),
        )

    def end(self) -> None:
        """Forget the passphrase, and let no answer come any more."""
        self._asked += 1
        self.passphrase.clear()

    def _done(self, asked: int, found: Earlier) -> None:
        if asked == self._asked:
            label = found.results.label if found.results is not None else ""
            self._say(" ".join(part for part in (f"{label}." if label else "", found.words, *found.remarks) if part))

    def _refuse(self, asked: int, error: KnownError) -> None:
        if asked == self._asked:
            self._is_protected = self._is_protected or isinstance(error, FileProtectedError)
            self._say(str(error), danger=True)

    def _say(self, words: str, *, danger: bool = False) -> None:
        self.words.set_tone("danger" if danger else "muted")
        self.words.setText(words)
        self.set_visible(True)

    def _choose(self) -> None:
        chosen = prompts.ask_earlier_inspection(self._dialog, self._folder())
        if chosen is not None:
            self.place.setText(str(chosen))
            self.look()
