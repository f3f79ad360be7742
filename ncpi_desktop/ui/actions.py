"""Every command of the program, once: its words, its keys, its icon. Menus, pages and the list of keys all show these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import _, phrase


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name in code, group, words, keys (the first is shown) and icon."""

    name: str
    group: str
    words: str
    keys: tuple[str, ...] = ()
    icon: str = ""


FILE, EDIT, CASE, JUDGE, VIEW, HELP = (
    phrase("&File"),
    phrase("&Edit"),
    phrase("&Case"),
    phrase("&Judgement"),
    phrase("&View"),
    phrase("&Help"),
)

COMMANDS = (
    Command("new_audit", FILE, phrase("&New audit…"), ("Ctrl+N",), "file-plus-2"),
    Command("open_audit", FILE, phrase("&Open audit…"), ("Ctrl+O",), "folder-open"),
    Command("open_sample", FILE, phrase("Open the &sample"), (), "graduation-cap"),
    Command("import_cases", FILE, phrase("&Bring cases in…"), ("Ctrl+I",), "table-2"),
    Command("export_workbook", FILE, phrase("Export &workbook"), ("Ctrl+Shift+W",), "table-2"),
    Command("export_report", FILE, phrase("Export &report"), ("Ctrl+Shift+P",), "file-down"),
    Command("export_final", FILE, phrase("Export &final report…"), (), "file-down"),
    Command("finish", FILE, phrase("F&inish the inspection…"), (), ""),
    Command("resume", FILE, phrase("&Take the inspection up again…"), (), ""),
    Command("passphrase", FILE, phrase("&Passphrase…"), (), ""),
    Command("lock", FILE, phrase("&Lock"), ("Ctrl+L",), "lock"),
    Command("backups", FILE, phrase("Bac&kups…"), ("Ctrl+B",), "history"),
    Command("close_audit", FILE, phrase("&Close audit"), ("Ctrl+W",), ""),
    Command("quit", FILE, phrase("&Quit"), ("Ctrl+Q",), "log-out"),
    Command("undo", EDIT, phrase("&Undo"), ("Ctrl+Z",), "undo-2"),
    Command("redo", EDIT, phrase("&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), "redo-2"),
    Command("people", EDIT, phrase("Peop&le…"), ("Ctrl+Shift+T",), "user"),
    Command("draw_sample", EDIT, phrase("&Draw a sample…"), ("Ctrl+Shift+D",), "clipboard-check"),
    Command("take_words_out", EDIT, phrase("&Take words out…"), ("Ctrl+Shift+X",), "trash-2"),
    Command("preferences", EDIT, phrase("&Preferences…"), ("Ctrl+,",), "settings"),
    Command("previous_case", CASE, phrase("&Previous case"), ("PgUp",), "chevron-left"),
    Command("next_case", CASE, phrase("&Next case"), ("PgDown",), "chevron-right"),
    Command("next_to_do", CASE, phrase("Next case &to do"), ("Ctrl+D",), "arrow-right"),
    Command("search_cases", CASE, phrase("&Search cases"), ("Ctrl+F",), "search"),
    Command("park", CASE, phrase("P&ark with a reason…"), ("Ctrl+K",), "pause"),
    Command("not_sure", CASE, phrase("Not s&ure"), ("Ctrl+Shift+U",), "circle-help"),
    Command("reopen", CASE, phrase("Re&open with a reason…"), ("Ctrl+Shift+O",), "lock-open"),
    Command("comment", CASE, phrase("Co&mment…"), ("Ctrl+M",), "message-square"),
    Command("next_comment", CASE, phrase("Ne&xt open comment"), ("Ctrl+Shift+M",), "message-square"),
    Command("send_back", CASE, phrase("Sen&d back…"), ("Ctrl+Shift+B",), "undo-2"),
    Command("allocate", CASE, phrase("A&llocate…"), ("Ctrl+Shift+A",), "user"),
    Command("practice", CASE, phrase("P&ractice set…"), ("Ctrl+Shift+Y",), "graduation-cap"),
    Command("refer", CASE, phrase("Refer to &force"), ("Ctrl+Shift+R",), "siren"),
    Command("referrals", CASE, phrase("R&eferrals"), ("Ctrl+Alt+R",), "siren"),
    Command("submit_and_next", CASE, phrase("Su&bmit and next"), ("Ctrl+Return", "Ctrl+Enter"), "circle-check"),
    Command("clear_grade", JUDGE, phrase("&Clear the overall grade"), ("Ctrl+0",), "x"),
    Command("add_reason", JUDGE, phrase("&Add reason"), ("Ctrl+R",), "plus"),
    Command("cite", JUDGE, phrase("C&ite"), ("Ctrl+E",), "quote"),
    Command("criteria", JUDGE, phrase("Show c&riteria"), ("Ctrl+G",), "book-open"),
    Command("next_unanswered", JUDGE, phrase("&Next unanswered"), ("Ctrl+U",), "circle-dashed"),
    Command("rationale", JUDGE, phrase("Ra&tionale"), ("Ctrl+T",), ""),
    Command("next_pane", VIEW, phrase("Next &pane"), ("F6",), ""),
    Command("previous_pane", VIEW, phrase("Previous pa&ne"), ("Shift+F6",), ""),
    Command("larger_text", VIEW, phrase("&Larger text"), ("Ctrl++", "Ctrl+="), ""),
    Command("smaller_text", VIEW, phrase("S&maller text"), ("Ctrl+-",), ""),
    Command("keys", HELP, phrase("List of &keys"), ("Ctrl+/", "F1"), "keyboard"),
    Command("about", HELP, phrase("&About NCPI Case Review"), (), "info"),
)

PAGE_KEYS = {
    "overview": "Alt+1",
    "review": "Alt+2",
    "quality": "Alt+3",
    "findings": "Alt+4",
    "compare": "Alt+5",
    "history": "Alt+6",
    "referrals": "Alt+7",
}
"""The keys of the pages; bare digits are grades, so the pages have Alt."""


class Actions(QObject):
    """The commands as Qt actions; each stands as an attribute by its name, such as ``actions.cite``."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._by_name: dict[str, QAction] = {}
        for command in COMMANDS:
            action = QAction(_(command.words), window)
            action.setObjectName(command.name)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            if command.keys:
                shown = _(command.words).replace("&", "").rstrip("…")
                action.setToolTip(f"{shown} ({QKeySequence(command.keys[0]).toString()})")
            self._by_name[command.name] = action
            window.addAction(action)
        self._have_icons = False
        theme.changed.connect(self._draw_anew)

    def __getattr__(self, name: str) -> QAction:
        try:
            return self.__dict__["_by_name"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def of_group(self, group: str) -> Iterator[QAction]:
        """Yield the actions of a group (such as CASE), in menu order."""
        for command in COMMANDS:
            if command.group == group:
                yield self._by_name[command.name]

    def draw_icons(self) -> None:
        """Draw the icons, when a menu is about to show them: at the start nobody would see them, and they take some milliseconds."""
        if self._have_icons:
            return
        self._have_icons = True
        for command in COMMANDS:
            if command.icon:
                self._by_name[command.name].setIcon(self._theme.icon(command.icon))

    def _draw_anew(self) -> None:
        if self._have_icons:
            self._have_icons = False
            self.draw_icons()
