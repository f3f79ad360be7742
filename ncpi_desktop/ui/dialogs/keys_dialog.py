"""The list of keys: every command with its keys, searched by typing."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ncpi_desktop.ui import actions as commands
from ncpi_desktop.ui.actions import COMMANDS, PAGE_KEYS
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.key_hint import KeyHint
from ncpi_desktop.ui.widgets.search_field import SearchField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _


def key_lines() -> list[tuple[str, str, tuple[str, ...]]]:
    """Return group, words and keys of everything that has a key, in menu order."""
    pages = {
        "overview": _("Overview"),
        "review": _("Review"),
        "quality": _("Quality"),
        "findings": _("Findings"),
        "compare": _("Compare"),
        "history": _("History"),
        "referrals": _("Referrals"),
    }
    lines: list[tuple[str, str, tuple[str, ...]]] = [
        (_("Pages"), pages[code], (keys,)) for code, keys in PAGE_KEYS.items()
    ]
    grades = (("1 – 5", _("Overall grade, the best first")), ("G R I N", _("Grade of the stage, not applicable")))
    settling = (
        ("K", _("Keep the first grade")),
        ("T", _("Take the re-review grade")),
        ("O", _("Another grade than both")),
        ("A", _("Agree to what the other reader proposes")),
        ("L", _("Pass to the team lead")),
        ("Ctrl+Return", _("Settle with the reason typed, or go on")),
    )
    lines += [(_("Settling"), words, (keys,)) for keys, words in settling]
    previewing = (
        ("PgUp PgDn", _("Previous and next page of the report")),
        ("W", _("A page fills the width")),
        ("P", _("A page is shown whole")),
        ("F5", _("Refresh the pages")),
    )
    lines += [(_("Report preview"), words, (keys,)) for keys, words in previewing]
    recommending = (
        ("Alt+R", _("Add a recommendation")),
        ("Alt+L", _("Log a status")),
        ("Alt+K", _("Ask for completion")),
        ("Alt+S", _("Authorise a completion")),
        ("Alt+U", _("Move a recommendation up")),
        ("Alt+D", _("Move a recommendation down")),
        ("Alt+M", _("Remove a recommendation")),
    )
    lines += [(_("Recommendations"), words, (keys,)) for keys, words in recommending]
    lines.append((_("Findings"), _("Next part of the findings"), ("Ctrl+Tab",)))
    for group in (commands.CASE, commands.JUDGE, commands.VIEW, commands.EDIT, commands.FILE, commands.HELP):
        name = _(group).replace("&", "")
        if group == commands.JUDGE:
            lines += [(name, words, (keys,)) for keys, words in grades]
        for command in COMMANDS:
            if command.group == group and command.keys:
                lines.append((name, _(command.words).replace("&", "").rstrip("…"), command.keys))
    return lines


def key_words(key: str) -> str:
    """Return a key as this system writes it; what stands for several keys stays as it is."""
    return key if " " in key else QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class KeysDialog(FormDialog):
    """Words at the left, keys at the right; what is typed above leaves only the lines that hold it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("List of keys"), 560, parent)
        self.search = SearchField(theme, _("Search keys"))
        self.search.textChanged.connect(self._filter)
        self.body.addWidget(self.search)
        self._none = TextLabel(theme, _("No key does that."), tone="muted")
        self._none.hide()
        self.body.addWidget(self._none)
        self._lines: list[tuple[str, TextLabel | None, list[QWidget]]] = []
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        self._fill(grid)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.add_close()
        self.fit(620)
        self.search.setFocus()

    def shown_lines(self) -> list[str]:
        """Return the words of the lines now listed, for tests."""
        return [words for words, _title, parts in self._lines if not parts[0].isHidden()]

    def _fill(self, grid: QGridLayout) -> None:
        group_now, place = "", 0
        for group, words, keys in key_lines():
            title = None
            if group != group_now:
                group_now = group
                title = TextLabel(self.theme, group, role="caption", weight=700, tone="muted", capitals=True)
                title.setContentsMargins(0, 8 if place else 0, 0, 0)
                grid.addWidget(title, place, 0)
                place += 1
            label = TextLabel(self.theme, words)
            hints = QWidget()
            row = QHBoxLayout(hints)
            row.setContentsMargins(0, 0, 0, 0)
            row.addStretch(1)
            for key in keys:
                row.addWidget(KeyHint(self.theme, key_words(key)))
            grid.addWidget(label, place, 0)
            grid.addWidget(hints, place, 1)
            searched = " ".join((group, words, *keys)).casefold()
            self._lines.append((searched, title, [label, hints]))
            place += 1

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        shown = 0
        for searched, title, parts in self._lines:
            fits = all(word in searched for word in wanted)
            shown += fits
            for part in parts:
                part.setVisible(fits)
            if title is not None:
                title.setVisible(not wanted)
        self._none.setVisible(shown == 0)
