"""How strong a passphrase is, in words, and what that means for whoever chose it."""

from __future__ import annotations

from enum import StrEnum

from ncpi_desktop.words import _

TRIES_A_SECOND_LOG10 = 4
"""Ten thousand tries a second (as a power of ten): about what two fast graphics cards do against the rounds that `derive_key` takes."""

_WEAK_BELOW, _FAIR_BELOW, _GOOD_BELOW = (TRIES_A_SECOND_LOG10 + seconds for seconds in (5, 8, 11))
"""Seconds as powers of ten: a day, three years, three thousand years."""


class Strength(StrEnum):
    """How long a passphrase withstands somebody who has the file and guesses with fast machines."""

    EMPTY = "empty"
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"
    STRONG = "strong"

    @property
    def label(self) -> str:
        """Return the word for it."""
        return {
            Strength.EMPTY: "",
            Strength.WEAK: _("Weak"),
            Strength.FAIR: _("Fair"),
            Strength.GOOD: _("Good"),
            Strength.STRONG: _("Strong"),
        }[self]

    @property
    def meaning(self) -> str:
        """Return what it means, in a sentence."""
        return {
            Strength.EMPTY: _("Four or five words that do not belong together are easy to keep and hard to guess."),
            Strength.WEAK: _("Weak: somebody who has the file guesses it within a day. Add words."),
            Strength.FAIR: _("Fair: somebody who has the file and fast machines guesses it within months or years."),
            Strength.GOOD: _("Good: it withstands fast machines for years."),
            Strength.STRONG: _("Strong: it is not guessed with any machine known today."),
        }[self]

    @property
    def is_questioned(self) -> bool:
        """Whether a person is asked once more before it is taken."""
        return self is Strength.WEAK


def strength_of(guesses_log10: float) -> Strength:
    """Return the strength of a passphrase that takes ten to the power of `guesses_log10` tries to guess."""
    for below, strength in (
        (_WEAK_BELOW, Strength.WEAK),
        (_FAIR_BELOW, Strength.FAIR),
        (_GOOD_BELOW, Strength.GOOD),
    ):
        if guesses_log10 < below:
            return strength
    return Strength.STRONG
