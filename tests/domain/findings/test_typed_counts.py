"""Counts and shares typed by hand are found, and what only looks like one is left alone."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.findings.number_words import numbers_in
from ncpi_desktop.domain.findings.prose import parse
from ncpi_desktop.domain.findings.typed_counts import TypedCount, typed_counts

ARE = [
    ("Practice was good in 16 cases.", "16 cases", 16, None, False),
    ("16 of 30 cases were good.", "16 of 30 cases", 16, 30, False),
    ("It was good in 16 of the 30 cases", "16 of the 30 cases", 16, 30, False),
    ("16 out of 30", "16 out of 30", 16, 30, False),
    ("sixteen of the thirty cases", "sixteen of the thirty cases", 16, 30, False),
    ("one in five children", "one in five children", 1, 5, False),
    ("nine in 10 cases", "nine in 10 cases", 9, 10, False),
    ("In 53 per cent of cases", "53 per cent", 53, None, True),
    ("53% good", "53%", 53, None, True),
    ("53 percent", "53 percent", 53, None, True),
    ("53.5 per cent", "53.5 per cent", None, None, True),
    ("Fifty-three per cent", "Fifty-three per cent", 53, None, True),
    ("rose by 24 percentage points", "24 percentage points", 24, None, True),
    ("a third of the cases", "a third of the cases", None, None, True),
    ("Half of all cases", "Half of all cases", None, None, True),
    ("two-thirds of the graded cases", "two-thirds of the graded cases", None, None, True),
    ("twenty-two cases", "twenty-two cases", 22, None, False),
    ("a hundred and five cases", "a hundred and five cases", 105, None, False),
    ("two hundred cases", "two hundred cases", 200, None, False),
    ("a dozen cases", "a dozen cases", 12, None, False),
    ("1,234 cases", "1,234 cases", 1234, None, False),
    ("five of the cases", "five of the cases", 5, None, False),
    ("two further cases", "two further cases", 2, None, False),
    ("three domestic abuse cases", "three domestic abuse cases", 3, None, False),
    ("nine section 47 cases", "nine section 47 cases", 9, None, False),
    ("Two children were left alone", "Two children", 2, None, False),
    ("One case was inadequate", "One case", 1, None, False),
    ("cases: 16", "16", 16, None, False),
    ("cases (16)", "16", 16, None, False),
    ("the number of cases was 16.", "16", 16, None, False),
    ("{{good}} out of 30", "30", 30, None, False),
    ("{{good}} of the 30", "30", 30, None, False),
    ("{{good}} of 30 cases", "30 cases", 30, None, False),
    ("(16 good)", "16 good", 16, None, False),
    ("9 requiring improvement, and more", "9 requiring improvement", 9, None, False),
    ("5 were inadequate.", "5 were inadequate", 5, None, False),
    ("requiring improvement in 9 and", "9", 9, None, False),
    ("- 16 cases", "16 cases", 16, None, False),
    ("# 16 cases", "16 cases", 16, None, False),
    ("2. 16 cases", "16 cases", 16, None, False),
    ("**16** cases", "16** cases", 16, None, False),
    ("16\ncases", "16", 16, None, False),
]
ARE_NOT = """a child aged 14
children aged 14 and 15
aged fourteen or fifteen, of the children
a 14-year-old child
14 year old children
three-year-old children
on day 3 children were seen
Day 3 of 5
section 47 of the Children Act
section 47 cases
within 24 hours
within two days of the cases
14 May 2018
On 14 May the cases
in 2018 cases were few
the 2018 cases
at 19:50 children came
In one case, officers waited
for one case we saw
one child said so
one case conference was late
Two officers said the children were well
3 case conferences
at 10:15 of the day
Child 2 of the family
Male 1 of the house
£140 of damage
page 3 of 5
DEC-W01 cases
S47-05 case
children under 10
two hours of the day
recommendation 3 of the report
officers waited 20 minutes in 30 minutes
{{good}} of {{graded}} cases
{{percent-good}} of cases
{{good}} cases were good, {{not-good}} were not
cases were 14 days late
a girl, 14, of the family
version 2 of the form
3-5 cases
cases of 2018
ten officers in uniform
the first of the cases
no case was good
two good officers
3. The third point
three months of work with cases
twice in cases
case 12 of the sample
someone in a case of neglect""".splitlines()


@pytest.mark.parametrize(("text", "words", "value", "of", "is_share"), ARE)
def test_a_typed_count_is_found(text: str, words: str, value: int | None, of: int | None, is_share: bool) -> None:
    (found,) = typed_counts(parse(text))
    assert (found.value, found.of, found.is_share) == (value, of, is_share)
    assert text.split("\n")[found.line][found.start : found.end] == words
    assert found.words.startswith(words)


@pytest.mark.parametrize("text", ARE_NOT)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert typed_counts(parse(text)) == ()


def test_places_are_lines_and_columns_of_the_text_as_typed() -> None:
    text = "# Title  \n\n\nIn **{{good}}** cases\nand in 9 cases.   \n- a\n- of _16_ cases\n\nof 5 cases"
    lines = text.split("\n")
    found = typed_counts(parse(text))
    assert [(held.line, lines[held.line][held.start : held.end]) for held in found] == [
        (4, "9 cases"),
        (6, "16_ cases"),
        (8, "5 cases"),
    ]


def test_a_sentence_of_the_reports_gives_each_of_its_numbers() -> None:
    text = "Practice was good in 16 cases, requiring improvement in 9 and inadequate in 5, of 30 graded."
    assert [held.value for held in typed_counts(parse(text))] == [16, 9, 5, 30]


def test_points_of_a_list_are_not_read_into_each_other() -> None:
    assert typed_counts(parse("- there were 16\n- cases of neglect")) == ()


@given(st.text(alphabet="1 of69caseildrnp%t.{}*_-#\n", max_size=80) | st.text())
def test_places_lie_in_the_text_in_order_and_never_over_each_other(text: str) -> None:
    lines = text.split("\n")
    before = (-1, 0)
    for held in typed_counts(parse(text)):
        assert (held.line, held.start) >= before
        assert 0 <= held.start < held.end <= len(lines[held.line])
        before = (held.line, held.end)


@given(st.integers(0, 999_999_999))
def test_digits_are_read_as_they_are(value: int) -> None:
    assert [held.value for held in numbers_in(f"in {value:,} or {value}")] == [value, value]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("nine", 9),
        ("Nineteen", 19),
        ("twenty two", 22),
        ("ninety-nine", 99),
        ("a hundred", 100),
        ("three hundred and twelve", 312),
    ],
)
def test_number_words(words: str, value: int) -> None:
    (found,) = numbers_in(f"the {words} there")
    assert (found.value, found.digits, found.end - found.start) == (value, False, len(words))


def test_a_typed_count_says_what_stands_there() -> None:
    assert typed_counts(parse("in 16 cases")) == (TypedCount(0, 3, 11, "16 cases", 16),)


@pytest.mark.parametrize(
    "piece", ["one hundred and ", "1,111", "1", "cases ", "half of the ", "16 section section section ", "aged ", "1 "]
)
def test_a_text_made_to_be_slow_takes_time_that_grows_as_its_length(piece: str) -> None:
    prose = parse(piece * (100_000 // len(piece)))
    begun = perf_counter()
    typed_counts(prose)
    assert perf_counter() - begun < 15
