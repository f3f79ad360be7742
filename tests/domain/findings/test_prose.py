"""Every text is read, nothing of it is lost, and live figures take the place of their codes."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.findings.prose import (
    Emphasis,
    FigureSlot,
    Heading,
    Paragraph,
    Point,
    Points,
    Prose,
    Words,
    as_text,
    figures_in,
    parse,
    plain,
    with_figures,
)

BOLD, ITALIC = Emphasis.BOLD, Emphasis.ITALIC
MARKS = st.text(alphabet="a1 é*_{}-#.:\n\t\r", max_size=60)


def without_trailing_blanks(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")


@given(MARKS | st.text())
def test_nothing_is_lost_but_trailing_blanks(text: str) -> None:
    assert as_text(parse(text)) == without_trailing_blanks(text)


@given(MARKS | st.text())
def test_reading_again_gives_the_same(text: str) -> None:
    prose = parse(text)
    assert parse(as_text(prose)) == prose
    assert len(prose.blocks) == len(prose.gaps)


@given(MARKS | st.text())
def test_without_slots_filling_in_changes_nothing(text: str) -> None:
    prose = parse(text)
    filled = with_figures(prose, lambda _code: "16")
    assert figures_in(filled) == ()
    if not figures_in(prose):
        assert filled == prose


@given(st.text(alphabet="abc*_{}", max_size=20))
def test_a_figure_is_printed_as_it_is_whatever_it_holds(value: str) -> None:
    assert plain(with_figures(parse("x {{good}} y"), lambda _code: value)) == f"x {value} y"


def test_blocks() -> None:
    prose = parse(
        "# What we found\n\n"
        "Practice was good in {{good}} cases.\nAnd more.\n"
        "## Why\n"
        "- one\n- two\n"
        "3. three\n4. four\n\n\n"
        "The end"
    )
    assert prose == Prose(
        (
            Heading(1, (Words("What we found"),)),
            Paragraph((Words("Practice was good in "), FigureSlot("good"), Words(" cases.\nAnd more."))),
            Heading(2, (Words("Why"),)),
            Points((Point((Words("one"),)), Point((Words("two"),)))),
            Points((Point((Words("three"),), 3), Point((Words("four"),), 4))),
            Paragraph((Words("The end"),)),
        ),
        (0, 1, 0, 0, 0, 2),
    )


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a **b c** d", (Words("a "), Words("b c", BOLD), Words(" d"))),
        ("_a_", (Words("a", ITALIC),)),
        ("**{{good}} cases**", (FigureSlot("good", BOLD), Words(" cases", BOLD))),
        ("**a**_b_", (Words("a", BOLD), Words("b", ITALIC))),
        ("(**a**)", (Words("("), Words("a", BOLD), Words(")"))),
        ("**a _b_ c**", (Words("a _b_ c", BOLD),)),
        ("{{reason:DEC-W01}}", (FigureSlot("reason:DEC-W01"),)),
        ("{{ good }}", (FigureSlot(" good "),)),
        ("{{a}}{{b}}", (FigureSlot("a"), FigureSlot("b"))),
        ("{{{a}}}", (Words("{"), FigureSlot("a"), Words("}"))),
        ("{{a**b}} c**", (FigureSlot("a**b"), Words(" c**"))),
        ("**a\nb**", (Words("**a\nb**"),)),
        ("**a**\n**b**", (Words("a", BOLD), Words("\n"), Words("b", BOLD))),
    ],
)
def test_runs(text: str, runs: tuple[Words | FigureSlot, ...]) -> None:
    assert parse(text).blocks == (Paragraph(runs),)


@pytest.mark.parametrize(
    "text",
    [
        "**",
        "****",
        "** a **",
        "**a",
        "a**",
        "***a***",
        "2**3 and 4**5",
        "snake_case_name",
        "_ a _",
        "__a__",
        "{{}}",
        "{{ }}",
        "{{a",
        "{a}",
        "{{a}",
        "{{a\nb}}",
        "#a",
        "### a",
        "#",
        "-a",
        "-",
        "1.a",
        "0. a",
        "1984. A year",
        " - a",
        "1) a",
        "<b>a</b>",
        "&amp; [link](http://x)",
        "{{" + "a" * 201 + "}}",
    ],
)
def test_what_is_no_mark_is_words(text: str) -> None:
    assert parse(text).blocks == (Paragraph((Words(text),)),)
    assert plain(parse(text)) == text


@pytest.mark.parametrize("text", ["", " ", "\n\n", " \n\t\n"])
def test_an_empty_text_has_no_blocks(text: str) -> None:
    assert parse(text) == Prose((), ())
    assert as_text(parse(text)) == plain(parse(text)) == ""


def test_figures_are_named_once_in_the_order_of_the_text() -> None:
    prose = parse("# {{cases}}\n- {{good}} of {{ graded }}\n- {{good}}\n\n**{{points}}**")
    assert figures_in(prose) == ("cases", "good", "graded", "points")


def test_figures_take_the_place_of_their_codes_and_unknown_ones_say_so() -> None:
    prose = parse("Good in **{{good}}** of {{graded}} cases ({{god}}).")
    filled = with_figures(prose, {"good": "16", "graded": "30"}.get)
    assert filled.blocks == (
        Paragraph((Words("Good in "), Words("16", BOLD), Words(" of 30 cases ([figure not known: god])."))),
    )
    assert prose == parse("Good in **{{good}}** of {{graded}} cases ({{god}}).")


def test_plain_text_has_dots_and_numbers_and_empty_lines_between_blocks() -> None:
    text = "# Why\n**Good** in {{good}}.\nMore.\n- one\n- _two_\n\n\n2. three"
    assert plain(with_figures(parse(text), lambda _code: "16")) == (
        "Why\n\nGood in 16.\nMore.\n\n\u2022 one\n\u2022 two\n\n2. three"
    )


@pytest.mark.parametrize("piece", ["**a ", "_a ", "{{a", "{{", "*", "_ *_** ", "- ", "\n", "# a\n", "**a** ", "- 16\n"])
def test_a_text_made_to_be_slow_is_read_in_time_that_grows_as_its_length(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = perf_counter()
    assert as_text(parse(text)) == without_trailing_blanks(text)
    assert perf_counter() - begun < 15
