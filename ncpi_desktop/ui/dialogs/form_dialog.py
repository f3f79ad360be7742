"""The ground of the dialogs: a heading, fields with their labels, a sentence when something is amiss, buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _


class FormDialog(QDialog):
    """A dialog whose `body` scrolls where large text needs it; the buttons stay in sight."""

    def __init__(self, theme: Theme, title: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._width = width
        self._height = 0
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(20, 20, 20, 14)
        self.body.setSpacing(14)
        self.body.addWidget(TextLabel(theme, title, role="reference", wrap=True))
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setWidget(inside)
        self.scroller.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.notice = NoticeBar(theme)
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(20, 8, 20, 14)
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.scroller, 1)
        below = QHBoxLayout()
        below.setContentsMargins(20, 0, 20, 0)
        below.addWidget(self.notice)
        layout.addLayout(below)
        layout.addLayout(self.buttons)

    def fit(self, height: int) -> None:
        """Take `width` by `height` pixels at 100 per cent, more with larger text, and never more than the screen has."""
        screen = self.screen().availableGeometry() if self.screen() is not None else None
        self._height = height
        wanted = self.wanted_size()
        if screen is not None:
            wanted = wanted.boundedTo(QSize(screen.width() - 40, screen.height() - 60))
        self.resize(wanted)

    def wanted_size(self) -> QSize:
        """Return the size it would have on a screen large enough."""
        return QSize(self.theme.px(self._width), self.theme.px(self._height))

    def add_button(self, text: str, *, primary: bool = False) -> PushButton:
        """Add a button at the right; a primary one is pressed by Enter."""
        button = PushButton(self.theme, text, "primary" if primary else "secondary")
        button.setDefault(primary)
        self.buttons.addWidget(button)
        return button

    def form(self, title: str | None = None) -> QFormLayout:
        """Add a part of labelled fields, and return it."""
        if title:
            self.body.addWidget(TextLabel(self.theme, title, role="card_title"))
        made = QFormLayout()
        made.setHorizontalSpacing(14)
        made.setVerticalSpacing(8)
        made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        if self.theme.text_scale > 150:
            made.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.body.addLayout(made)
        return made

    def add_field(self, form: QFormLayout, label: str, field: QWidget) -> QWidget:
        """Put `field` beside its label, which is also its name."""
        shown = TextLabel(self.theme, label)
        shown.setBuddy(field)
        shown.setMinimumWidth(self.theme.px(150))
        field.setAccessibleName(label)
        form.addRow(shown, field)
        return field

    def add_line(self, form: QFormLayout, label: str, text: str = "", placeholder: str = "") -> QLineEdit:
        """Add a line to type in."""
        line = QLineEdit(text)
        line.setPlaceholderText(placeholder)
        line.setMaxLength(500)
        self.add_field(form, label, line)
        return line

    def complain(self, sentence: str, field: QWidget | None = None) -> None:
        """Say what is amiss, and go to the field."""
        self.notice.show_notice(sentence, tone="danger")
        if field is not None:
            field.setFocus()

    def add_close(self) -> PushButton:
        """Add the one button of a dialog that only shows."""
        button = self.add_button(_("Close"), primary=True)
        button.clicked.connect(self.accept)
        return button
