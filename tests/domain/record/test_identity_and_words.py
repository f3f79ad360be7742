"""Identities are in order of time and valid UUIDs; acts have words; text is made storable."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.record.actions import Action, words_for
from ncpi_desktop.domain.record.identity import new_identity
from ncpi_desktop.domain.record.storable import storable

MOMENTS = st.integers(0, 2**48 - 1)
RANDOM = st.binary(min_size=10, max_size=10)


@given(MOMENTS, RANDOM)
def test_an_identity_is_a_version_7_uuid(moment: int, randomness: bytes) -> None:
    text = new_identity(moment, randomness)
    made = uuid.UUID(text)
    assert text == made.hex
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == moment


@given(MOMENTS, MOMENTS, RANDOM, RANDOM)
def test_identities_sort_by_time(one: int, other: int, randomness: bytes, more: bytes) -> None:
    if one != other:
        assert (new_identity(one, randomness) < new_identity(other, more)) is (one < other)


def test_all_randomness_is_used() -> None:
    made = {new_identity(1, bytes(10)[:n] + b"\x05" + bytes(10)[n + 1 :]) for n in range(10)}
    assert len(made) == 10


@pytest.mark.parametrize("action", Action)
def test_every_act_has_words_and_takes_a_detail(action: Action) -> None:
    assert "-" not in words_for(action)
    assert words_for(action, "Good") == f"{words_for(action)}: Good"


def test_an_unknown_act_is_said_as_it_is() -> None:
    assert words_for("an-act-of-a-later-version") == "an-act-of-a-later-version"
    assert words_for("later", "Good") == "later: Good"


def test_a_submission_is_not_undoable() -> None:
    kept = {Action.SUBMIT, Action.REOPEN, Action.CREATE, Action.ADD_CASES, Action.UNDO, Action.REDO}
    assert not any(action.is_undoable for action in kept)
    assert Action.GRADE.is_undoable


@given(st.text())
def test_whole_text_is_kept_as_it_is(text: str) -> None:
    assert storable(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\ud800b", "a\ufffdb"),
        ("\udc00", "\ufffd"),
        ("\ud83d\ude00", "\U0001f600"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("a\x00b", "a\x00b"),
    ],
)
def test_what_no_file_can_hold_is_replaced(text: str, kept: str) -> None:
    assert storable(text) == kept
