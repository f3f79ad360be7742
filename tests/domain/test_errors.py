"""An error says what happened, what is safe and what to do, and has the published exit code."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain import errors


def test_the_parts_stand_in_order() -> None:
    error = errors.RefusedError("It broke.", safe="All is safe.", todo="Try again.")
    assert str(error) == "It broke. All is safe. Try again."
    assert str(errors.RefusedError("It broke.", todo="Try again.")) == "It broke. Try again."


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.WrongUseError, 2),
        (errors.FileRefusedError, 3),
        (errors.NotSavedError, 4),
        (errors.OutputNotWrittenError, 4),
        (errors.RefusedError, 5),
    ],
)
def test_exit_codes_stay(kind: type[errors.KnownError], code: int) -> None:
    assert kind.exit_code == code
    assert issubclass(kind, errors.KnownError)


def test_our_own_fault_is_not_a_known_error() -> None:
    assert not issubclass(errors.BugError, errors.KnownError)
