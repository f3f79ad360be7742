"""Judges how strong a passphrase is, by the guesses it takes; zxcvbn is imported only when somebody chooses one."""

from __future__ import annotations

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.record.passphrase import Strength, strength_of
from ncpi_desktop.words import _

_LONGEST_JUDGED = 40
"""Characters; beyond so many that are not repeated a passphrase is strong, and judging it would hold the window up."""


def judge_passphrase(passphrase: str, *known: str) -> Strength:
    """Return how strong `passphrase` is; `known` are words that a stranger would try first, such as the force's name."""
    if not passphrase.strip():
        return Strength.EMPTY
    from zxcvbn import zxcvbn

    told = zxcvbn(passphrase[:_LONGEST_JUDGED], user_inputs=[word for words in known for word in words.split()])
    return strength_of(float(told["guesses_log10"]))


def refuse_if_empty(passphrase: str) -> None:
    """Return where there is a passphrase at all; a weak one is questioned by whoever asks for it, and not forbidden.

    Raises:
        RefusedError: it is empty, or blanks alone.
    """
    if not passphrase.strip():
        raise RefusedError(
            _("A passphrase can't be empty."),
            safe=_("Nothing was changed."),
            todo=_("Take four or five words that do not belong together."),
        )
