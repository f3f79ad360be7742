"""Tells why a file was not opened and, where it is damaged, offers to save what can be saved of it into a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.errors import FileDamagedError, KnownError
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.workflows.rescuing import RescueReport


class Rescuing(QObject):
    """Rescues from the window: asks for a place, works beside the window, shows the list of what is missing.

    Signals:
        rescued: the path of the new file, once its list has been read; whoever hears it opens it.
    """

    rescued = Signal(object)

    def __init__(self, theme: Theme, background: Background, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._background = background
        self._window = window

    def tell(self, path: Path, error: KnownError, key: FileKey | None = None) -> None:
        """Tell why the file at `path` was not opened; of a damaged one, offer the rescue. `key` is that of a protected one."""
        if not isinstance(error, FileDamagedError):
            prompts.tell_error(self._window, self._theme, error)
        elif prompts.ask_to_rescue(self._window, self._theme, error):
            self.ask(path, key)

    def ask(self, path: Path, key: FileKey | None = None) -> None:
        """Ask for a place and rescue the file at `path` there."""
        proposed = path.with_name(_("{name} rescued").format(name=path.stem) + prompts.AUDIT_SUFFIX)
        title = _("Save what can be saved")
        target = prompts.ask_place_to_save(self._window, self._theme, title, proposed, prompts.AUDIT_SUFFIX)
        if target is not None:
            self.rescue(path, target, key)

    def rescue(self, path: Path, target: Path, key: FileKey | None = None) -> None:
        """Rescue beside the window, then show the list and hand the new file on."""

        def work(tick: Tick) -> RescueReport:
            from ncpi_desktop.workflows.rescuing import rescue

            return rescue(path, target, key=key, tick=tick)

        def failed(error: KnownError) -> None:
            prompts.tell_error(self._window, self._theme, error)

        self._background.run(_("Saving what can be saved…"), work, self._show, failed)

    def _show(self, report: RescueReport) -> None:
        from ncpi_desktop.ui.dialogs.rescue_dialog import RescueDialog

        dialog = RescueDialog(self._theme, report, self._window)
        dialog.exec()
        dialog.deleteLater()
        self.rescued.emit(report.to)
