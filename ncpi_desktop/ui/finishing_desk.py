"""What the window does when the work comes to its end: finish the inspection, take it up again, export a final report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.referral_desk import open_words
from ncpi_desktop.words import _
from ncpi_desktop.workflows import finishing

if TYPE_CHECKING:
    from collections.abc import Callable

    from ncpi_desktop.ui.main_window import MainWindow
    from ncpi_desktop.ui.open_audit import OpenAudit
    from ncpi_desktop.workflows.session import AuditSession, Changed


class FinishingDesk(QObject):
    """Asks for reasons over `window`; each act is a team lead's."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def follow(self) -> None:
        """Offer to finish, or to take up again."""
        audit = self._window.audit
        if audit is None:
            return
        finished = audit.hub.session.inspection.finished_at is not None
        self._window.actions_.finish.setEnabled(not finished)
        self._window.actions_.resume.setEnabled(finished)

    def finish(self) -> None:
        """Finish the inspection; what is open is named, and goes on only with a reason."""
        audit = self._ready(lambda session: session.refuse_unless_may(Action.FINISH))
        if audit is None:
            return
        session = audit.hub.session
        cases = finishing.open_cases_words(session)
        named = (*open_words(session), *((cases,) if cases else ()))
        said = _(
            "The inspection is finished. It can be taken up again, and what the force answers can still be written down."
        )
        if named:
            said = _("This is still open. The inspection can be finished all the same; say why.")
        done = self._asked(
            *(_("Finish the inspection"), said, named, _("Finish")),
            lambda because: audit.hub.attempt(lambda session: finishing.finish_inspection(session, because)),
        )
        if done:
            self._window.notices.say(_("The inspection is finished."), tone="action")

    def resume(self) -> None:
        """Take a finished inspection up again."""
        audit = self._ready(lambda session: session.refuse_unless_may(Action.RESUME))
        if audit is None:
            return
        done = self._asked(
            _("Take the inspection up again"),
            _("The inspection is finished. Why does it go on?"),
            (),
            _("Take it up again"),
            lambda because: audit.hub.attempt(lambda session: finishing.resume_inspection(session, because)),
        )
        if done:
            self._window.notices.say(_("The inspection goes on."), tone="action")

    def export_final(self) -> None:
        """Export the final report; open referrals are named, and it is written only with a reason."""
        audit = self._ready(lambda session: finishing.refuse_unless_finished(session, despite_referrals=True))
        if audit is None:
            return
        session = audit.hub.session
        named = open_words(session)
        if named:
            done = self._asked(
                _("Export a final report"),
                _("A referral to the force is still open. The report is written all the same once you say why."),
                *(named, _("Go on")),
                lambda because: audit.hub.attempt(lambda session: finishing.allow_final(session, because)),
            )
            if not done:
                return
        self._window.commands.handing_over.ask(
            "report", audit.path, session.inspection, audit.copy_key, session.name, final=True
        )

    def _ready(self, refuse: Callable[[AuditSession], None]) -> OpenAudit | None:
        """Return the audit, with all that was typed in it saved, where `refuse` lets it pass; else say why not."""
        audit = self._window.audit
        if audit is None:
            return None
        audit.pages.flush()
        try:
            refuse(audit.hub.session)
        except KnownError as error:
            audit.hub.refused.emit(error)
            return None
        return audit

    def _asked(
        self, title: str, said: str, named: tuple[str, ...], act_words: str, act: Callable[[str], Changed]
    ) -> bool:
        from ncpi_desktop.ui.dialogs.reason_dialog import ReasonDialog

        dialog = ReasonDialog(self._window.theme, title, said, named, act_words, act, self._window)
        done = dialog.exec() == ReasonDialog.DialogCode.Accepted
        dialog.deleteLater()
        return done
