"""Sets, changes or removes the passphrase of the open audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit, QWidget

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.passphrase_fields import PassphraseFields
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.work_bar import WorkBar
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.workflows.protecting import Protection

SET, CHANGE, REMOVE = "set", "change", "remove"

Work = Callable[[str, str, str, Tick], "Protection"]
"""Given what to do, the passphrase of now and the new one (either may be empty): does it beside the window."""

_HEIGHTS: Final = {True: 470, False: 420}


class PassphraseDialog(FormDialog):
    """Asks, and has it done by `work`.

    `begin` is called before (and may refuse), `failed` after work that failed or was stopped. In the end `outcome` says how it went.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        protected: bool,
        known: tuple[str, ...],
        work: Work,
        begin: Callable[[], None],
        failed: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, _("Passphrase"), 560, parent)
        self._protected = protected
        self._work, self._begin, self._failed = work, begin, failed
        self._is_busy = False
        self.outcome: Protection | None = None
        self._background = Background(self)
        said = _("Whoever has the file can read it only with its passphrase. The kept backups come under the same one.")
        self.body.addWidget(TextLabel(theme, said, tone="muted", wrap=True))
        self._form = self.form()
        self.now = self._add_now() if protected else None
        self.fields = PassphraseFields(self, self._form, lambda: known, optional=False)
        self.work_bar = WorkBar(theme, self._background)
        self.body.addStretch(1)
        self.body.addWidget(self.work_bar)
        self.cancel_button = self.add_button(_("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.do_button = self.add_button(_("Set the passphrase"), primary=True)
        self.do_button.clicked.connect(self._do)
        self._follow()
        self.fit(_HEIGHTS[protected])
        (self.now or self.fields.first).setFocus()

    def wish(self) -> str:
        """Return what is to be done: set, change or remove."""
        if not self._protected:
            return SET
        return str(self.choice.currentData())

    def reject(self) -> None:
        """Leave, or stop what is running first: nothing of it is then kept."""
        if self._is_busy:
            self._background.cancel()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Forget what was typed when the dialog goes."""
        self.fields.end()
        self._background.close()
        if self.now is not None:
            self.now.clear()
        super().done(result)

    def _do(self) -> None:
        wish, now = self.wish(), self.now.text() if self.now is not None else ""
        try:
            new = "" if wish == REMOVE else self.fields.passphrase()
        except KnownError as error:
            self.complain(str(error), self.fields.first)
            return
        if self.now is not None and not now:
            self.complain(_("Give the passphrase it has now."), self.now)
            return
        try:
            self._begin()
        except KnownError as error:
            self.complain(str(error))
            return
        self.notice.hide()
        self._set_busy(busy=True)
        self._background.run(
            _("Changing the passphrase…"),
            lambda tick: self._work(wish, now, new, tick),
            self._changed,
            self._refuse,
            self._stopped,
        )

    def _changed(self, protection: Protection) -> None:
        self.outcome = protection
        self._is_busy = False
        self.accept()

    def _refuse(self, error: KnownError) -> None:
        self._set_busy(busy=False)
        self._failed()
        self.complain(str(error), self.now or self.fields.first)

    def _stopped(self) -> None:
        self._set_busy(busy=False)
        self._failed()
        self.complain(_("Cancelled: the passphrase is as it was."))

    def _set_busy(self, *, busy: bool) -> None:
        self._is_busy = busy
        for part in (self.do_button, self.fields.first, self.fields.second, self.now):
            if part is not None:
                part.setEnabled(not busy)

    def _add_now(self) -> QLineEdit:
        now = self.add_line(self._form, _("Passphrase now"))
        now.setEchoMode(QLineEdit.EchoMode.Password)
        now.setMaxLength(1000)
        self.choice = ChoiceField(self.theme, _("What to do"))
        self.choice.addItem(_("Change it"), CHANGE)
        self.choice.addItem(_("Remove it: anybody can read the file"), REMOVE)
        self.add_field(self._form, _("What to do"), self.choice)
        self.choice.currentIndexChanged.connect(lambda _place: self._follow())
        return now

    def _follow(self) -> None:
        wish = self.wish()
        self.fields.set_visible(self._form, visible=wish != REMOVE)
        words = {SET: _("Set the passphrase"), CHANGE: _("Change the passphrase"), REMOVE: _("Remove the passphrase")}
        self.do_button.set_words(words[wish])
