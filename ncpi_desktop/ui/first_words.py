"""What the window says when an audit has been opened: who else works in it, what came back, who is working, where it lies."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ncpi_desktop.ui.coming_back import words_on_coming_back
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.ui.open_audit import OpenAudit
    from ncpi_desktop.ui.team import Team
    from ncpi_desktop.ui.window_commands import WindowCommands

Notice = tuple[str, str | None, Callable[[], object] | None]


def first_words(
    audit: OpenAudit, commands: WindowCommands, team: Team, reopen: Callable[[bool], object]
) -> Notice | None:
    """Return words, the button's words and what it does; None where there is nothing to say.

    `reopen` opens the audit anew for work; with True it takes the file over from another machine.
    """
    session = audit.hub.session
    if audit.in_use is not None:
        return _about_use(audit, reopen)
    if session.remark is not None:
        return str(session.remark), None, None
    if session.read_only:
        return _("This file is open for reading only. {todo}").format(todo=session.file.how_to_write()), None, None
    if not session.may_change:
        return team.why_read_only(session), None, None
    said = [words_on_coming_back(audit)] if audit.after_crash else []
    if audit.warning:
        said.append(audit.warning)
    if not session.name:
        said.append(_("Nobody has signed in yet: each grade and reason is kept in somebody's name."))
        return " ".join(said), _("Say who is working"), commands.ask_who
    return (" ".join(said), None, None) if said else None


def _about_use(audit: OpenAudit, reopen: Callable[[bool], object]) -> Notice:
    error = audit.in_use
    happened = error.happened if error is not None else ""
    if error is not None and error.may_take:
        words = _("{happened} You can read it here. If nobody works in it any more, take it over.").format(
            happened=happened
        )
        return words, _("Take it over"), lambda: reopen(True)
    words = _("{happened} You can read it here; nothing can be changed.").format(happened=happened)
    return words, _("Open for work"), lambda: reopen(False)
