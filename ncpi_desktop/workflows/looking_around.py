"""Warns of places in which an audit is less safe than on the laptop's own disk."""

from __future__ import annotations

from pathlib import Path

from ncpi_desktop.storage.surroundings import Surroundings, surroundings_of
from ncpi_desktop.words import _


def warning_about(path: Path) -> str:
    """Return a sentence about where the audit at `path` lies and what that means; empty on an ordinary disk."""
    return {
        Surroundings.SHARE: _(
            "This file is on a network share: a connection that breaks can stop a change from being saved, and the lock against a second"
            " writer may not hold there. Work in a copy on this laptop."
        ),
        Surroundings.SYNCHRONISED: _(
            "This file is in a folder that is copied to other machines by itself: another copy can overwrite it while you work, and the case"
            " text leaves this laptop. Work in a folder that is not synchronised."
        ),
        Surroundings.REMOVABLE: _(
            "This file is on a removable drive: keep it plugged in until the audit is closed. Its backups are kept on this laptop."
        ),
        Surroundings.ORDINARY: "",
    }[surroundings_of(path)]
