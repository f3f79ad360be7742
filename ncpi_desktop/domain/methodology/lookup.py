"""Finds a word of the methodology by its code or its label, however a file spells it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Named(Protocol):
    """Something with a code and a label."""

    @property
    def code(self) -> str:
        """The code that files and scripts use."""

    @property
    def label(self) -> str:
        """The words that people read."""


NamedT = TypeVar("NamedT", bound=Named)


def plain_form(text: str) -> str:
    """Return `text` without case, hyphens and runs of spaces, for comparing."""
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").replace("\u2013", " ").split())


def find_by_code_or_label(words: Iterable[NamedT], text: str) -> NamedT | None:
    """Return the first of `words` whose code or label is `text`, case and hyphens ignored; None if there is none."""
    wanted = plain_form(text)
    return next((word for word in words if wanted in (plain_form(word.code), plain_form(word.label))), None)
