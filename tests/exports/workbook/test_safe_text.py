from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ncpi_desktop.exports.workbook.safe_text import LONGEST, one_line, pieces_of, plain_text, xml_text

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("bell\x07", "bell\u2407"),
        ("nothing\x00", "nothing\u2400"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("lone \ud83d half", "lone \ufffd half"),
        ("\uffff and \ufffe", "\ufffd and \ufffd"),
        ("\ttab, \u202eright to left, \U0001f600", "\ttab, \u202eright to left, \U0001f600"),
    ],
)
def test_what_xml_forbids_is_shown_by_something_that_can_be_seen(given_text: str, shown: str) -> None:
    assert plain_text(given_text) == shown


@given(ANY_TEXT)
def test_any_text_makes_markup_that_reads_back_as_its_plain_form(text: str) -> None:
    plain = plain_text(text)
    read = etree.fromstring(f"<t>{xml_text(plain)}</t>".encode()).text or ""
    assert read.replace("_x005F_", "_") == plain.replace("_x005F_", "_")


def test_a_run_that_spreadsheets_take_for_a_character_is_escaped() -> None:
    assert unescape(xml_text("a_x0041_b & c")) == "a_x005F_x0041_b & c"


@given(ANY_TEXT.map(plain_text), st.integers(2, 9))
def test_pieces_join_to_the_whole_and_none_is_too_long(text: str, longest: int) -> None:
    pieces = pieces_of(text, longest)
    assert "".join(pieces) == text
    assert all(len(piece.encode("utf-16-le")) <= 2 * longest for piece in pieces)


def test_a_character_that_counts_twice_is_never_parted() -> None:
    pieces = pieces_of("a" + "\U0001f600" * LONGEST)
    assert [len(piece) for piece in pieces] == [1 + LONGEST // 2, LONGEST // 2, 1]


def test_a_title_is_one_line_and_says_where_it_was_cut() -> None:
    assert one_line("Two\nlines\tof  words", 60) == "Two lines of words"
    assert one_line("x" * 100, 10) == "x" * 9 + "…"
