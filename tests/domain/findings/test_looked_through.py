"""Texts are looked through once, paragraph by paragraph, and nothing is found otherwise than in the whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.anonymity.identifiers import identifiers_in
from ncpi_desktop.domain.findings.looked_through import (
    counts_typed_in,
    look_through,
    paragraphs_of,
    suspects_in,
    unseen_in,
)
from ncpi_desktop.domain.findings.prose import parse
from ncpi_desktop.domain.findings.typed_counts import typed_counts

PARTS = (
    "She rang 07700 900123.",
    "16 of 30 cases",
    "# 7 cases\n- in 3 cases\n- {{graded}} cases",
    "Nothing here.",
    "<b>",
)


@given(st.lists(st.sampled_from(PARTS), max_size=6))
def test_what_is_found_is_what_the_whole_text_holds(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    assert counts_typed_in(text) == tuple(typed.words for typed in typed_counts(parse(text)))
    assert [found.words for found in suspects_in(text, ())] == [
        text[found.start : found.end] for found in identifiers_in(text)
    ]


@given(st.text(alphabet="a \n\t-#", max_size=60))
def test_paragraphs_hold_every_letter(text: str) -> None:
    assert "".join("".join(paragraphs_of(text)).split()) == "".join(text.split())


def test_a_paragraph_is_looked_through_once_and_what_is_known_is_left_out() -> None:
    text = "Only here: call 07700 900124.\n\nAnd 4 of 9 cases, said once."
    first, second = unseen_in(text)
    look_through(first)
    assert unseen_in(text) == (second,)
    assert [found.words for found in suspects_in(text, ())] == ["07700 900124"]
    assert list(suspects_in(text, ("07700 900124",))) == []
    assert unseen_in(text) == ()
