"""What a search finds: places in records, rationales and notes, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ncpi_desktop.domain.casework.case import CaseKey


class Place(NamedTuple):
    """Where the next page goes on: behind this entry, then behind this review."""

    entry: int
    review: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that holds the words, each between U+0002 and U+0003 in `snippet`; `where` is entry, rationale or reference.

    `is_own` is whether it stands in a reading of whoever searches.
    """

    case: CaseKey
    position: int
    reference: str
    where: str
    entry: int | None
    snippet: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class HitPage:
    """Up to fifty hits, and where the next page begins; None where there are no more."""

    hits: tuple[Hit, ...]
    next_place: Place | None
