"""Characters that the typeface lacks are named, and nothing else is touched."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.exports.charts.characters import LONGEST_LABEL, fitted, label_of, lines_of, runs_of, shown
from ncpi_desktop.exports.charts.typefaces import REGULAR, characters_known, width_of


def test_what_the_typeface_has_is_left_alone() -> None:
    assert shown("Ŵyth – “naïve” £5 <b> & ½") == "Ŵyth – “naïve” £5 <b> & ½"


def test_what_it_lacks_is_named_by_number_and_repeats_are_counted() -> None:
    assert shown("a✓✓✓b") == "a[U+2713×3]b"
    assert shown("中文\x00") == "[U+4E2D U+6587 U+0000]"


def test_spaces_hyphens_and_accents_of_another_kind_become_the_plain_ones() -> None:
    assert shown("a\u2009b\tc\u2011d e\u0301") == "a b c-d é"


@given(st.text(alphabet=st.characters(), max_size=80))
def test_any_text_can_be_shown(text: str) -> None:
    known = characters_known()
    assert all(ord(character) in known for character in shown(text))
    assert "".join(words for words, _notation in runs_of(text)) == shown(text)


@given(st.text(alphabet=st.characters(), max_size=400), st.floats(20, 200))
def test_a_fitted_line_is_never_wider_than_its_place(text: str, width: float) -> None:
    assert width_of(fitted(text, REGULAR, 9, width), REGULAR, 9) <= width
    lines = lines_of(text, REGULAR, 9, width)
    assert 1 <= len(lines) <= 2
    assert all(width_of(line, REGULAR, 9) <= width for line in lines)


def test_a_label_is_cut_once_notations_are_counted() -> None:
    assert len(label_of("中" + "a" * 2000)) == LONGEST_LABEL
    assert label_of("a" * LONGEST_LABEL) == "a" * LONGEST_LABEL
