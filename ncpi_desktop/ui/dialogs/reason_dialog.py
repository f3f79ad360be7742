"""Asks why something goes on although referrals are open, and names them: finishing the inspection, a final report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.dialogs.draft_dialog import DraftDialog
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext

_MOST: Final = 6
_LINES: Final = 3


class ReasonDialog(DraftDialog):
    """Says what is open, takes a reason, and closes once `act` has taken that reason."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        said: str,
        still_open: Sequence[str],
        act_words: str,
        act: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, title, 620, parent)
        self._act = act
        self._done = False
        self.body.addWidget(TextLabel(theme, said, wrap=True))
        self.named = TextLabel(theme, "\n".join(_at_most(still_open)), tone="danger", wrap=True)
        self.named.setVisible(bool(still_open))
        self.body.addWidget(self.named)
        form = self.form()
        self.because = self.text_box(_("Reason"), _("Why? This stays in the history."), _LINES)
        self.add_field(form, _("Reason"), self.because)
        self.body.addStretch(1)
        cancel = self.add_button(_("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.act_button = self.add_main_button(act_words)
        self.fit(400)
        self.because.setFocus()

    def has_draft(self) -> bool:
        """Return whether a reason was begun that nothing has taken up."""
        return bool(self.because.text().strip()) and not self._done

    def go_on(self) -> None:
        """Do it with the reason; where that is refused, say why and stay."""
        try:
            self._act(self.because.text())
        except KnownError as error:
            self.complain(str(error), self.because)
            return
        self._done = True
        self.accept()


def _at_most(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - _MOST
    if rest <= 0:
        return list(lines)
    return [*lines[:_MOST], ngettext("and {n} more", "and {n} more", rest).format(n=rest)]
