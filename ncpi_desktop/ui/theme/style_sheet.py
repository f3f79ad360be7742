"""The one style sheet: only what Qt's own fields, lists and menus need, set when the looks change and never for a state."""

from __future__ import annotations

from string import Template
from typing import Final

from ncpi_desktop.ui.theme.tokens import Tokens

_SHEET: Final = Template("""
QLineEdit, QPlainTextEdit, QTextEdit, ChoiceField {
  background: $card; color: $ink; border: 1px solid $field_line; border-radius: 6px; padding: ${pad}px;
  selection-background-color: $action; selection-color: $on_action; placeholder-text-color: $muted;
}
QPlainTextEdit, QTextEdit { padding: 3px; }
QLineEdit:focus, ChoiceField:focus {
  border: 2px solid $focus; padding: ${pad_focus}px;
}
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: 2px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, ChoiceField:disabled {
  color: $muted; background: $ground;
}
QPlainTextEdit[frameless="true"], QTextEdit[frameless="true"],
QPlainTextEdit[frameless="true"]:focus, QTextEdit[frameless="true"]:focus {
  border: none; padding: 0; background: transparent;
}
ChoiceField::drop-down { border: none; width: ${arrow}px; }
ChoiceField::down-arrow { image: none; }
QAbstractItemView { background: $card; color: $ink; border: 1px solid $line; border-radius: 6px; outline: none;
  selection-background-color: $action_ground; selection-color: $ink; }
QAbstractItemView[frameless="true"] { border: none; background: transparent; }
QHeaderView { background: $card; border: none; }
QHeaderView::section { background: $card; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 6px 8px; font-weight: 600; }
QTableCornerButton::section { background: $card; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $field_line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $card; color: $ink; border: 1px solid $field_line; padding: 4px; }
QMenuBar { background: $card; color: $ink; }
QMenuBar::item { padding: 5px 10px; background: transparent; }
QMenuBar::item:selected { background: $action_ground; color: $action; }
QMenu { background: $card; color: $ink; border: 1px solid $field_line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $action_ground; color: $action; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QStatusBar { background: $card; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QSplitter::handle { background: transparent; }
""")


def style_sheet(tokens: Tokens, text_scale: int) -> str:
    """Return the sheet for `tokens`; `text_scale` in per cent. Lists and texts with the property ``frameless`` have no border."""
    pad = round(5 * text_scale / 100)
    return _SHEET.substitute(
        {field: getattr(tokens, field) for field in tokens.__dataclass_fields__},
        pad=pad,
        pad_focus=pad - 1,
        arrow=round(22 * text_scale / 100),
    )
