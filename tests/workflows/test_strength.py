"""How strong a passphrase is, in words."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.record.passphrase import Strength, strength_of
from ncpi_desktop.workflows.strength import judge_passphrase, refuse_if_empty


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("", Strength.EMPTY),
        ("   ", Strength.EMPTY),
        ("password", Strength.WEAK),
        ("Leicestershire2018", Strength.WEAK),
        ("qwertyuiop1234567890", Strength.WEAK),
        ("correct horse battery staple", Strength.STRONG),
        ("a" * 1000, Strength.WEAK),
    ],
)
def test_a_passphrase_is_judged(passphrase: str, strength: Strength) -> None:
    assert judge_passphrase(passphrase, "Leicestershire Police") is strength


def test_words_that_a_stranger_tries_first_weaken_it() -> None:
    order = list(Strength)
    known = judge_passphrase("Northshire-Robertson", "Northshire Police", "Robertson")
    assert order.index(known) < order.index(judge_passphrase("Northshire-Robertson"))


@pytest.mark.parametrize(
    ("guesses", "strength"),
    [(0, Strength.WEAK), (8.9, Strength.WEAK), (9, Strength.FAIR), (12, Strength.GOOD), (15, Strength.STRONG)],
)
def test_strength_goes_by_guesses(guesses: float, strength: Strength) -> None:
    assert strength_of(guesses) is strength
    assert strength.label
    assert strength.label.casefold() in strength.meaning.casefold()
    assert strength.is_questioned is (strength is Strength.WEAK)


def test_an_empty_one_is_refused() -> None:
    refuse_if_empty("x")
    with pytest.raises(RefusedError):
        refuse_if_empty(" ")
