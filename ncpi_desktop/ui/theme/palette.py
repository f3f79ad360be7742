"""Qt's palette from the colours in use, for all that Fusion draws by itself."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from ncpi_desktop.ui.theme.tokens import Tokens


def palette(tokens: Tokens) -> QPalette:
    """Return the palette of `tokens`, disabled words in the muted colour."""
    role = QPalette.ColorRole
    made = QPalette()
    for target, colour in (
        (role.Window, tokens.ground),
        (role.WindowText, tokens.ink),
        (role.Base, tokens.card),
        (role.AlternateBase, tokens.ground),
        (role.Text, tokens.ink),
        (role.PlaceholderText, tokens.muted),
        (role.Button, tokens.card),
        (role.ButtonText, tokens.ink),
        (role.BrightText, tokens.on_action),
        (role.ToolTipBase, tokens.card),
        (role.ToolTipText, tokens.ink),
        (role.Highlight, tokens.action),
        (role.HighlightedText, tokens.on_action),
        (role.Accent, tokens.action),
        (role.Link, tokens.action),
        (role.LinkVisited, tokens.action),
        (role.Light, tokens.card),
        (role.Midlight, tokens.line),
        (role.Mid, tokens.field_line),
        (role.Dark, tokens.field_line),
        (role.Shadow, tokens.line),
    ):
        made.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, target, QColor(tokens.muted))
    return made
