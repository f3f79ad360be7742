"""When two names mean the same police force."""

from __future__ import annotations

from ncpi_desktop.domain.methodology.lookup import plain_form

_POLICE = frozenset({"police", "constabulary", "service", "force"})


def same_force(one: str, other: str) -> bool:
    """Whether two names mean the same force, with or without *Police* or *Constabulary*, however they are spelt."""
    return _force_words(one) == _force_words(other)


def _force_words(name: str) -> tuple[str, ...]:
    words = plain_form(name).split()
    return tuple(word for word in words if word not in _POLICE) or tuple(words)
