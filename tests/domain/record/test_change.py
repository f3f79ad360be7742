"""Splices rebuild both texts, digests hide what they are of, and a seal covers everything it should."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.record.change import (
    FIRST_SEAL,
    Operation,
    ValueChange,
    seal_of,
    splice_between,
    texts_digest_of,
    value_digest,
)

TEXTS = st.text(alphabet="ab é\U0001f600\n", max_size=40)
VALUE = ValueChange("reviews", "row", "grade", Operation.SET, None, "good", None, "salt", "old-digest", "new-digest")
SEALED: dict[str, Any] = {
    "previous_seal": FIRST_SEAL,
    "sequence": 1,
    "at": "2018-05-16T10:42:07.000Z",
    "person_identity": "p",
    "action": "grade",
    "case_identity": "c",
    "texts_digest": "t",
    "values": (VALUE,),
    "steps": (1, None),
}


@given(TEXTS, TEXTS)
def test_a_splice_rebuilds_both_texts(old: str, new: str) -> None:
    offset, removed, put = splice_between(old, new)
    assert old[:offset] + put + old[offset + len(removed) :] == new
    assert new[:offset] + removed + new[offset + len(put) :] == old


@given(TEXTS, TEXTS, TEXTS)
def test_a_splice_keeps_no_more_than_what_was_typed(before: str, typed: str, after: str) -> None:
    _offset, removed, put = splice_between(before + after, before + typed + after)
    assert removed == ""
    assert len(put) == len(typed)


@pytest.mark.parametrize(
    ("old", "new", "splice"),
    [
        ("", "", (0, "", "")),
        ("abc", "abc", (3, "", "")),
        ("", "abc", (0, "", "abc")),
        ("abc", "", (0, "abc", "")),
        ("aaa", "aaaa", (3, "", "a")),
        ("the cat sat", "the dog sat", (4, "cat", "dog")),
        ("same letters", "other words", (0, "same letter", "other word")),
    ],
)
def test_splices(old: str, new: str, splice: tuple[int, str, str]) -> None:
    assert splice_between(old, new) == splice


def test_a_very_long_text_is_compared_by_stretches_and_not_letter_by_letter() -> None:
    class Counted(str):
        """Text that counts how often a part of it is taken."""

        taken = 0

        def __getitem__(self, key: Any) -> str:
            Counted.taken += 1
            return str.__getitem__(self, key)

    text = Counted("word " * 20_000)
    assert splice_between(text, text + "x") == (100_000, "", "x")
    assert Counted.taken < 100


def test_the_same_value_has_another_digest_with_another_salt() -> None:
    assert value_digest("a", "07700 900123") != value_digest("b", "07700 900123")
    assert value_digest("a", "07700 900123") == value_digest("a", "07700 900123")
    assert len({value_digest("a", value) for value in (None, "", 0, "0", "null", 1, 1.5)}) == 7


def test_a_digest_takes_any_text() -> None:
    assert len(value_digest("a", "\ud800 \U0001f600 \x00")) == 64


@pytest.mark.parametrize(
    "changed",
    [
        {"previous_seal": "1" * 64},
        {"sequence": 2},
        {"at": "2018-05-16T10:42:08.000Z"},
        {"person_identity": "q"},
        {"action": "submit"},
        {"case_identity": "d"},
        {"texts_digest": "u"},
        {"values": ()},
        {"values": (VALUE, VALUE)},
        {"values": (replace(VALUE, row="other"),)},
        {"values": (replace(VALUE, field="notes"),)},
        {"values": (replace(VALUE, table="stage_grades"),)},
        {"values": (replace(VALUE, operation=Operation.SPLICE),)},
        {"values": (replace(VALUE, offset=0),)},
        {"values": (replace(VALUE, old_digest="x"),)},
        {"values": (replace(VALUE, new_digest="x"),)},
        {"steps": (2, None)},
        {"steps": (1, 3)},
        {"steps": None},
    ],
)
def test_a_seal_covers_every_part(changed: dict[str, Any]) -> None:
    assert seal_of(**SEALED) != seal_of(**(SEALED | changed))


def test_a_seal_covers_digests_and_not_values_so_that_a_value_can_be_taken_out() -> None:
    redacted = replace(VALUE, old=None, new=None, salt="")
    assert seal_of(**SEALED) == seal_of(**(SEALED | {"values": (redacted,)}))


def test_the_words_of_a_change_are_digested_apart() -> None:
    digests = {texts_digest_of("s", *words) for words in (("a", "b", "", ""), ("ab", "", "", ""), ("a", "", "b", ""))}
    assert len(digests) == 3
