"""The menu bar, from the one list of commands; and what undo and redo say they will do."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenuBar

from ncpi_desktop.ui import actions as commands
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.domain.record.steps import Step

_LONGEST: Final = 100
"""So many characters of a step fit into a menu."""

_PARTS_BEFORE: Final = frozenset(
    {
        "import_cases",
        "backups",
        "finish",
        "passphrase",
        "close_audit",
        "people",
        "search_cases",
        "park",
        "refer",
        "submit_and_next",
        "next_unanswered",
    }
    | {"larger_text", "about"}
)
"""The commands that begin a new part of their menu."""


def fill_menus(bar: QMenuBar, actions: Actions, pages: list[QAction]) -> None:
    """Put every command under its menu, the pages first under View."""
    bar.setAccessibleName(_("Menu"))
    for group in (commands.FILE, commands.EDIT, commands.CASE, commands.JUDGE, commands.VIEW, commands.HELP):
        menu = bar.addMenu(_(group))
        menu.aboutToShow.connect(actions.draw_icons)
        shown = actions.of_group(group)
        for action in chain(pages, shown) if group == commands.VIEW else shown:
            if action.objectName() in _PARTS_BEFORE or (pages and action.objectName() == "next_pane"):
                menu.addSeparator()
            menu.addAction(action)


def name_undo(actions: Actions, undo: Step | None, redo: Step | None) -> None:
    """Let Undo and Redo name their step, such as *Undo: overall grade: Good, DA-06*; without one they are off."""
    for action, words, step in ((actions.undo, _("&Undo"), undo), (actions.redo, _("&Redo"), redo)):
        text = words if step is None else _("{act}: {step}").format(act=words, step=_words_of(step).replace("&", "&&"))
        if action.text() != text:
            action.setText(text)
        action.setEnabled(step is not None)


def _words_of(step: Step) -> str:
    if not step.case_reference:
        return step.words if len(step.words) <= _LONGEST else step.words[: _LONGEST - 1] + "…"
    return _("{step}, {case}").format(step=step.words, case=step.case_reference)
