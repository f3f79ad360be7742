"""What every pane of the page Findings is to the page, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Pane(Protocol):
    """A widget built from `(theme, hub, figures, actions, background)`, with the signals `case_wanted` and `cases_wanted`.

    It may have `end()` besides: the audit is about to be closed, and nothing of the pane may go on.
    """

    case_wanted: Any
    """A Qt signal with the key of a case that should be opened in Review."""
    cases_wanted: Any
    """A Qt signal with the a Selection of cases that should be listed."""

    def shown(self) -> None:
        """Bring it up to date: it is about to be seen."""

    def flush(self) -> None:
        """Save what has been typed and not yet been saved."""

    def unsaved(self) -> list[Any]:
        """Return what stands on screen and is not in the file."""


@dataclass(frozen=True, slots=True)
class PaneEntry:
    """One tab: its `code` in the place that is remembered, its words, and what loads the class when it is first seen."""

    code: str
    words: str
    load: Callable[[], type[Any]]
