"""A new passphrase, typed twice, with its strength in words and what a lost one means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from ncpi_desktop.domain.errors import KnownError, WrongUseError
from ncpi_desktop.domain.record.passphrase import Strength
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.widgets.strength_bar import StrengthBar
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.ui.dialogs.form_dialog import FormDialog

REST_MS: Final = 150
LONGEST: Final = 1000


class PassphraseFields(QObject):
    """The fields as part of a dialog's form. `known` gives words that a stranger would try first.

    Judging runs beside the window: the first time its lists are read, and a long passphrase takes a while.
    """

    def __init__(
        self, dialog: FormDialog, form: QFormLayout, known: Callable[[], tuple[str, ...]], *, optional: bool
    ) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._known = known
        self._optional = optional
        self._questioned = ""
        self._background = Background(self)
        self.strength = Strength.EMPTY
        self.first = self._add(form, _("New passphrase"))
        self.second = self._add(form, _("Once more"))
        if optional:
            self.first.setPlaceholderText(_("None: anybody who has the file can read it"))
        self.bar = StrengthBar(dialog.theme)
        form.addRow("", self.bar)
        self.meaning = self._say(form, Strength.EMPTY.meaning)
        self.warning = self._say(
            form, _("A lost passphrase is a lost file: nobody can open it without it, and there is no way back.")
        )
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._judge)
        self.first.textChanged.connect(lambda _text: self._rest.start())

    def passphrase(self) -> str:
        """Return what was chosen; empty where none was and none has to be.

        Raises:
            WrongUseError: it is empty, or the two differ, or it is weak and is asked about for the first time.
        """
        passphrase = self.first.text()
        if self._optional and not passphrase and not self.second.text():
            return ""
        if not passphrase.strip():
            raise WrongUseError(_("A passphrase can't be empty."), todo=Strength.EMPTY.meaning)
        if passphrase != self.second.text():
            raise WrongUseError(_("The two passphrases are not the same."), todo=_("Type both again."))
        self._refuse_weak_once(passphrase)
        return passphrase

    def end(self) -> None:
        """Forget what was typed, and wait for what runs."""
        self._rest.stop()
        self._background.close()
        for field in (self.first, self.second):
            field.clear()
        self._rest.stop()

    def _refuse_weak_once(self, passphrase: str) -> None:
        from ncpi_desktop.workflows.strength import judge_passphrase

        if self._questioned == passphrase or not judge_passphrase(passphrase, *self._known()).is_questioned:
            return
        self._questioned = passphrase
        raise WrongUseError(Strength.WEAK.meaning, todo=_("Press the button once more to take it all the same."))

    def _judge(self) -> None:
        passphrase, known = self.first.text(), self._known()

        def work(_tick: object) -> Strength:
            from ncpi_desktop.workflows.strength import judge_passphrase

            return judge_passphrase(passphrase, *known)

        self._background.run(_("Judging…"), work, self._show, self._no_judgement)

    def _show(self, strength: Strength) -> None:
        self.strength = strength
        self.bar.show_strength(strength)
        self.meaning.setText(strength.meaning)

    def _no_judgement(self, _error: KnownError) -> None:
        self._show(Strength.EMPTY)

    def _add(self, form: QFormLayout, label: str) -> QLineEdit:
        field = self._dialog.add_line(form, label)
        field.setMaxLength(LONGEST)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field

    def _say(self, form: QFormLayout, words: str) -> TextLabel:
        label = TextLabel(self._dialog.theme, words, role="caption", tone="muted", wrap=True)
        form.addRow("", label)
        return label

    def set_visible(self, form: QFormLayout, *, visible: bool) -> None:
        """Show the rows, or none of them."""
        parts: tuple[QWidget, ...] = (self.first, self.second, self.bar, self.meaning, self.warning)
        for part in parts:
            form.setRowVisible(part, visible)
