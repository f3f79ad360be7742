"""What the window does about referrals: raise one for the case in hand, list them, keep their count in sight, name the open ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.models.referral_words import naming_words
from ncpi_desktop.words import _
from ncpi_desktop.workflows import referring
from ncpi_desktop.workflows.session import AuditSession

if TYPE_CHECKING:
    from ncpi_desktop.ui.main_window import MainWindow


class ReferralDesk(QObject):
    """Opens the window in which one is raised over `window`, and says how many are open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def refer(self) -> None:
        """Raise a referral for the case in hand; where there is none, its reference is asked for."""
        from ncpi_desktop.ui.dialogs.referral_dialog import ReferralDialog

        window, audit = self._window, self._window.audit
        if audit is None:
            return
        audit.pages.flush()
        try:
            referring.refuse_unless_may_refer(audit.hub.session)
        except KnownError as error:
            audit.hub.refused.emit(error)
            return
        dialog = ReferralDialog(window.theme, audit.hub, audit.pages.case_in_hand(), window)
        dialog.exec()
        raised = dialog.raised
        dialog.deleteLater()
        if raised:
            window.notices.say(
                _("{case} is referred to the force. Its clock runs.").format(case=raised),
                _("Show the referrals"),
                self.show_all,
                tone="action",
            )

    def show_all(self) -> None:
        """Go to the page that lists them."""
        if self._window.audit is not None:
            self._window.show_page("referrals")

    def follow(self) -> None:
        """Show in the header how many are open, and whether the inspection is finished."""
        audit = self._window.audit
        if audit is None or audit.is_resting:
            return
        session = audit.hub.session
        count = audit.hub.ask(referring.count_open) or 0
        self._window.header.show_referrals(count)
        self._window.rail.set_badge("referrals", count)
        self._window.header.show_inspection(session.inspection)

    def may_be_left(self) -> bool:
        """Name the open referrals to whoever could answer for them, and return whether the audit is closed all the same."""
        audit = self._window.audit
        if audit is None or audit.is_resting:
            return True
        session = audit.hub.session
        if session.read_only or not session.may(Action.CLOSE_REFERRAL):
            return True
        named = open_words(session)
        return not named or prompts.ask_to_leave_open(self._window, self._window.theme, named)


def open_words(session: AuditSession) -> tuple[str, ...]:
    """Return the open referrals, each in one short line; none where they can't be read now."""
    try:
        return tuple(naming_words(one) for one in referring.open_referrals(session))
    except KnownError:
        return ()
