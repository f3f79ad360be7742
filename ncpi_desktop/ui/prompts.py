"""Every box that asks or tells something, in one place: what happened, what is safe, what to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ncpi_desktop.domain.errors import KnownError, RefusedError
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.empty_state import IconDisc
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext

AUDIT_SUFFIX = ".ncpi"


class Prompt(QDialog):
    """A calm box: an icon, a heading, sentences, a row of buttons."""

    def __init__(
        self, theme: Theme, title: str, sentences: tuple[str, ...], icon: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self.words = QVBoxLayout()
        self.words.setSpacing(8)
        for place, sentence in enumerate(part for part in sentences if part):
            label = TextLabel(theme, sentence, role="card_title" if place == 0 else "text", wrap=True)
            label.setMinimumWidth(theme.px(380))
            self.words.addWidget(label)
        self.setAccessibleDescription(" ".join(sentences))
        above = QHBoxLayout()
        above.setSpacing(14)
        above.addWidget(IconDisc(theme, icon), 0, Qt.AlignmentFlag.AlignTop)
        above.addLayout(self.words, 1)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 14)
        layout.setSpacing(20)
        layout.addLayout(above)
        layout.addLayout(self.buttons)

    def add_button(self, text: str, *, accepts: bool, primary: bool = False) -> PushButton:
        """Add a button that ends the box; a primary one is pressed by Enter."""
        button = PushButton(self._theme, text, "primary" if primary else "secondary")
        button.clicked.connect(self.accept if accepts else self.reject)
        button.setDefault(primary)
        self.buttons.addWidget(button)
        return button


def tell_error(window: QWidget | None, theme: Theme, error: KnownError) -> None:
    """Say what happened, what is safe and what to do, and wait until it has been read."""
    prompt = Prompt(theme, _("NCPI Case Review"), (error.happened, error.safe, error.todo), "triangle-alert", window)
    prompt.add_button(_("Close"), accepts=True, primary=True).setFocus()
    prompt.exec()
    prompt.deleteLater()


def ask_to_rescue(window: QWidget | None, theme: Theme, error: KnownError) -> bool:
    """Say that a file is damaged; return whether what can be saved of it is to be saved into a new one."""
    said = (error.happened, error.safe, error.todo)
    prompt = Prompt(theme, _("NCPI Case Review"), said, "triangle-alert", window)
    prompt.add_button(_("Save what can be saved…"), accepts=True)
    prompt.add_button(_("Close"), accepts=False, primary=True).setFocus()
    accepted = prompt.exec() == QDialog.DialogCode.Accepted
    prompt.deleteLater()
    return accepted


def ask_name(window: QWidget | None, theme: Theme, current: str = "") -> str:
    """Ask who works here; return the name, or an empty text where the person thought better of it."""
    said = (_("Who is working?"), _("Each grade, reason and change is kept in this name."))
    prompt = Prompt(theme, _("Reviewer's name"), said, "user", window)
    field = QLineEdit(current)
    field.setAccessibleName(_("Reviewer's name"))
    field.setMaxLength(200)
    prompt.words.addWidget(field)
    prompt.add_button(_("Cancel"), accepts=False)
    prompt.add_button(_("Use this name"), accepts=True, primary=True)
    field.setFocus()
    accepted = prompt.exec() == QDialog.DialogCode.Accepted
    name = field.text().strip()
    prompt.deleteLater()
    return name if accepted else ""


def ask_to_replace(window: QWidget | None, theme: Theme, name: str) -> bool:
    """Ask whether an export that stands there already may be replaced."""
    said = (
        _("“{name}” exists already.").format(name=name),
        _("It is replaced only when the new one has been written wholly."),
    )
    prompt = Prompt(theme, _("Replace the file?"), said, "file-down", window)
    prompt.add_button(_("Cancel"), accepts=False)
    prompt.add_button(_("Replace"), accepts=True, primary=True)
    accepted = prompt.exec() == QDialog.DialogCode.Accepted
    prompt.deleteLater()
    return accepted


def ask_to_draft_anew(window: QWidget | None, theme: Theme, name: str) -> bool:
    """Ask whether a text that was written may give place to a draft from the findings."""
    said = (
        _("Draft the {name} anew from the findings?").format(name=name.lower()),
        _(
            "The draft takes the place of what is written. The text of now stays in the history, and undo brings it back."
        ),
    )
    return _ask(window, theme, _("Draft anew"), said, _("Draft anew"))


def ask_for_more_pages(window: QWidget | None, theme: Theme, error: KnownError) -> bool:
    """Say that no page holds a text, and ask whether it may have more."""
    return _ask(window, theme, _("More than one page"), (error.happened, error.todo), _("Let it have more pages"))


def _ask(window: QWidget | None, theme: Theme, title: str, said: tuple[str, ...], yes: str) -> bool:
    prompt = Prompt(theme, title, said, "file-text", window)
    prompt.add_button(_("Cancel"), accepts=False)
    prompt.add_button(yes, accepts=True, primary=True)
    accepted = prompt.exec() == QDialog.DialogCode.Accepted
    prompt.deleteLater()
    return accepted


def unsent_comment() -> KnownError:
    """Return what is said when the file is closed while a comment that was refused stands on screen."""
    return RefusedError(_("A comment could not be sent."), todo=_("Go to it with Ctrl+M, and copy its words."))


def reason_begun() -> KnownError:
    """Return what is said when the file is closed while a reason for settling was begun and not used."""
    return RefusedError(
        _("A reason for settling was begun, and stands in no decision yet."),
        todo=_("Go to it on the page Quality, and press Ctrl+Enter there, or delete its words."),
    )


def status_begun() -> KnownError:
    """Return what is said when the file is closed while a comment for the status log of a recommendation was begun and not kept."""
    return RefusedError(
        _("A comment on a recommendation was begun, and stands in no line of its status log yet."),
        todo=_(
            "Go to it on the page Findings, under Recommendations, and press Ctrl+Enter there, or Esc to put it away."
        ),
    )


def answer_begun() -> KnownError:
    """Return what is said when the file is closed while the force's answer to a referral was begun and the referral not closed."""
    return RefusedError(
        _("What the force did about a referral was begun, and the referral is not closed with it yet."),
        todo=_("Go to it on the page Referrals, and press Ctrl+Enter there, or delete its words."),
    )


def ask_to_lose(window: QWidget | None, theme: Theme, error: KnownError) -> bool:
    """Say that something could not be saved, and ask whether to close all the same."""
    said = (error.happened, _("What is on screen and not saved is lost when the audit is closed now."), error.todo)
    prompt = Prompt(theme, _("Not saved"), said, "triangle-alert", window)
    prompt.add_button(_("Close and lose it"), accepts=True)
    prompt.add_button(_("Stay"), accepts=False, primary=True).setFocus()
    accepted = prompt.exec() == QDialog.DialogCode.Accepted
    prompt.deleteLater()
    return accepted


def ask_to_lose_words(window: QWidget | None, theme: Theme) -> bool:
    """Ask whether a dialog may be closed with words in it that stand nowhere else."""
    said = (_("What you typed here is not kept yet."), _("It is lost when you close this now."))
    prompt = Prompt(theme, _("Not kept"), said, "triangle-alert", window)
    prompt.add_button(_("Close and lose it"), accepts=True)
    prompt.add_button(_("Go on writing"), accepts=False, primary=True).setFocus()
    accepted = prompt.exec() == QDialog.DialogCode.Accepted
    prompt.deleteLater()
    return accepted


def ask_to_leave_open(window: QWidget | None, theme: Theme, referrals: tuple[str, ...]) -> bool:
    """Name the referrals that are open, and ask whether to close the audit all the same."""
    said = (
        ngettext("A referral to the force is open.", "{n} referrals to the force are open.", len(referrals)).format(
            n=len(referrals)
        ),
        "\n".join(referrals),
        _("Everything is saved. The clock runs on while the audit is closed."),
    )
    prompt = Prompt(theme, _("Close the audit?"), said, "siren", window)
    prompt.add_button(_("Close anyway"), accepts=True)
    prompt.add_button(_("Stay"), accepts=False, primary=True).setFocus()
    accepted = prompt.exec() == QDialog.DialogCode.Accepted
    prompt.deleteLater()
    return accepted


def ask_audit_to_open(window: QWidget | None, folder: Path) -> Path | None:
    """Ask for an audit file; None where the person thought better of it."""
    chosen, _filter = QFileDialog.getOpenFileName(
        window, _("Open audit"), str(folder), _("Audit files (*.ncpi);;All files (*)")
    )
    return Path(chosen) if chosen else None


def ask_source_to_import(window: QWidget | None, folder: Path) -> Path | None:
    """Ask for a workbook or a csv file with cases."""
    chosen, _filter = QFileDialog.getOpenFileName(
        window, _("Bring cases in"), str(folder), _("Workbooks and csv files (*.xlsx *.csv);;All files (*)")
    )
    return Path(chosen) if chosen else None


def ask_earlier_inspection(window: QWidget | None, folder: Path) -> Path | None:
    """Ask for the audit file of an earlier inspection, or a table of its published results."""
    chosen, _filter = QFileDialog.getOpenFileName(
        window, _("Previous inspection"), str(folder), _("Audit files and tables (*.ncpi *.xlsx *.csv);;All files (*)")
    )
    return Path(chosen) if chosen else None


def ask_folder(window: QWidget | None, title: str, folder: Path) -> Path | None:
    """Ask for a folder; None where the person thought better of it."""
    chosen = QFileDialog.getExistingDirectory(window, title, str(folder))
    return Path(chosen) if chosen else None


def ask_place_to_save(window: QWidget | None, theme: Theme, title: str, proposed: Path, suffix: str) -> Path | None:
    """Ask where to write; the `suffix` (such as ``.xlsx``) is added where it was left out."""
    chosen, _filter = QFileDialog.getSaveFileName(window, title, str(proposed), f"*{suffix}")
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() == suffix:
        return path  # The dialog has asked about a file that stands there.
    path = path.with_name(path.name + suffix)
    return path if not path.exists() or ask_to_replace(window, theme, path.name) else None
