"""The looks in use, their changes, type and icons."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QGuiApplication, QPalette, QRawFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import ncpi_desktop.ui as ui
from ncpi_desktop.resources import resource_path
from ncpi_desktop.ui.theme import fonts, icons
from ncpi_desktop.ui.theme.style_sheet import style_sheet
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT


@pytest.mark.parametrize(("preference", "tokens"), [("light", LIGHT), ("dark", DARK), ("high-contrast", HIGH_CONTRAST)])
def test_preference_chooses_the_colours(theme: Theme, qtbot: QtBot, preference: str, tokens: object) -> None:
    theme.set_preference("dark" if preference == "light" else "light")
    with qtbot.waitSignal(theme.changed):
        theme.set_preference(preference)  # type: ignore[arg-type]
    assert theme.tokens is tokens


def test_the_same_preference_again_says_nothing(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_preference("light")
        theme.set_text_scale(100)


def test_apply_dresses_the_application(theme: Theme, qapp: QApplication) -> None:
    theme.set_preference("dark")
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == DARK.card
    assert DARK.field_line in qapp.styleSheet()
    assert QFontInfo(qapp.font()).family() == fonts.FAMILY


@pytest.mark.parametrize(("asked", "given"), [(50, 100), (150, 150), (900, 200)])
def test_text_scale_stays_within_bounds(theme: Theme, asked: int, given: int) -> None:
    theme.set_text_scale(asked)
    assert theme.text_scale == given
    assert theme.font("text").pixelSize() == 14 * given // 100
    assert theme.px(10) == given // 10


def test_system_preference_follows_the_desktop(theme: Theme, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    class Dark:
        def colorScheme(self) -> Qt.ColorScheme:
            return Qt.ColorScheme.Dark

        def unsetColorScheme(self) -> None:
            """The window frame is the desktop's again."""

    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: Dark())
    with qtbot.waitSignal(theme.changed):
        theme.set_preference("system")
    assert theme.tokens is DARK


def test_bundled_faces_have_three_weights_and_welsh(theme: Theme) -> None:
    assert fonts.load_fonts()
    widths = {
        weight: QFontMetrics(theme.font("text", weight)).horizontalAdvance("Northshire") for weight in (400, 600, 700)
    }
    assert widths[400] < widths[700]
    assert [letter for letter in "ŵŷŴŶ–…·" if not QRawFont.fromFont(theme.font()).supportsCharacter(ord(letter))] == []


def test_icon_takes_its_colour_and_the_ratio_of_the_screen(theme: Theme) -> None:
    pixmap = icons.icon_pixmap("check", "#ff0000", 18, 2.0)
    assert pixmap.size() == QSize(36, 36)
    assert pixmap.devicePixelRatio() == 2.0
    image = pixmap.toImage()
    opaque = [image.pixelColor(x, y) for x in range(36) for y in range(36) if image.pixelColor(x, y).alpha() > 250]
    assert opaque
    assert {colour.name() for colour in opaque} == {"#ff0000"}


def test_the_same_icon_is_drawn_once(theme: Theme) -> None:
    assert theme.pixmap("star").cacheKey() == theme.pixmap("star").cacheKey()


def test_an_unknown_icon_is_our_mistake(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon_pixmap("no-such-icon", "#000000", 18)


@pytest.mark.parametrize(
    "name",
    ["check", "triangle-alert", "octagon-x", "star", "diamond", "search", "circle-check", "circle-dashed", "info"],
)
def test_icons_that_widgets_draw_are_bundled(name: str) -> None:
    assert resource_path("icons", f"{name}.svg").is_file()


def test_style_sheet_leaves_no_field_open() -> None:
    assert "$" not in style_sheet(LIGHT, 150)


def test_no_widget_sets_a_style_sheet_of_its_own() -> None:
    sources = (Path(ui.__file__).parent / "widgets").glob("*.py")
    assert [source.name for source in sources if "setStyleSheet" in source.read_text(encoding="utf-8")] == []
