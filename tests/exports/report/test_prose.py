"""Long text is cut into paragraphs and loses nothing but its line ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.exports.report.prose import LINES_KEPT, PIECE, markup, pieces


@given(st.lists(st.text(alphabet=st.characters(), max_size=3000), max_size=6))
def test_nothing_but_space_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())


@given(st.text(alphabet="ab 中", min_size=PIECE, max_size=3 * PIECE))
def test_no_piece_is_longer_than_a_page(text: str) -> None:
    assert all(len(piece) <= PIECE for piece in pieces(text))


def test_a_line_is_cut_at_a_space_where_there_is_one() -> None:
    text = "word " * 2000
    assert all(piece.endswith(("word ", "word")) for piece in pieces(text))


def test_lines_are_kept_until_there_are_too_many() -> None:
    assert list(pieces("one\r\ntwo\n\n  three ")) == ["one", "two", "three"]
    (first, *_rest) = pieces("a\n" * (LINES_KEPT + 1))
    assert first.startswith("a ¶ a ¶ a")


def test_markup_is_escaped_and_notations_set_off() -> None:
    assert markup("<b>&") == "&lt;b&gt;&amp;"
    assert markup("✓") == '<font backColor="#eceff2" size="-1">[U+2713]</font>'
    assert "<font" not in markup("✓a" * 400)
