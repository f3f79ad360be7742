"""Keeps the memory of this process off the disk: what is protected in the file must not stand in a dump of a crash."""

from __future__ import annotations

import sys


def forbid_core_dumps() -> None:
    """Let a crash of this process leave no image of its memory, from now to its end; Windows has no such limit to set."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
