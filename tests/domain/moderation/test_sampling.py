"""Drawing a sample: by rules that are combined, the same on every machine, and topped up without being drawn anew."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.errors import WrongUseError
from ncpi_desktop.domain.moderation.sample_text import frame_from, frame_text, rules_from, rules_text
from ncpi_desktop.domain.moderation.sampling import (
    SHARE,
    Every,
    Flag,
    Frame,
    FrameCase,
    SampleRules,
    count_every,
    draw,
    rank,
    redraw,
    remarks_on,
    seed_from,
    why_nothing,
)
from ncpi_desktop.domain.moderation.sampling_words import describe_rules
from tests.builders import make_methodology

GRADES = ("good", "requires-improvement", "inadequate")
FLAG_OF = {
    Every.REFERRAL: Flag.REFERRAL,
    Every.TWO_APART: Flag.TWO_APART,
    Every.CHANGED: Flag.CHANGED,
    Every.NOT_SURE: Flag.NOT_SURE,
}
seeds = st.integers(0, 2**63 - 1)


def case(number: int, inspector: str = "one", area: str = "s47", grade: str = "good", flags: str = "") -> FrameCase:
    return FrameCase(f"{number:032x}", inspector, area, grade, flags)


@st.composite
def frames(sketch: st.DrawFn) -> Frame:
    made = sketch(
        st.lists(
            st.tuples(
                st.sampled_from(("one", "two", "")),
                st.sampled_from(("s47", "online")),
                st.sampled_from(GRADES),
                st.sets(st.sampled_from([flag.value for flag in Flag])).map(lambda held: "".join(sorted(held))),
            ),
            max_size=40,
        )
    )
    return Frame("inadequate", tuple(case(number, *held) for number, held in enumerate(made)))


@st.composite
def rules(sketch: st.DrawFn) -> SampleRules:
    every = sketch(st.frozensets(st.sampled_from(Every)))
    share, number = sketch(
        st.one_of(st.tuples(st.integers(1, 100), st.none()), st.tuples(st.none(), st.integers(1, 9)))
    )
    named = sketch(st.frozensets(st.integers(0, 45).map(lambda n: f"{n:032x}"), max_size=5))
    return sketch(st.sampled_from([SampleRules(every, share, number, named), SampleRules(every or frozenset(Every))]))


def before(frame: Frame, drawn: tuple[str, ...]) -> Frame:
    """The frame as it is once `drawn` are in the sample."""
    return replace(
        frame,
        cases=tuple(
            held._replace(flags=held.flags.replace("d", "") + "d") if held.identity in drawn else held
            for held in frame.cases
        ),
    )


@given(frames(), rules(), seeds, st.randoms())
def test_the_order_of_the_frame_does_not_matter(
    frame: Frame, asked: SampleRules, seed: int, dice: random.Random
) -> None:
    shuffled = list(frame.cases)
    dice.shuffle(shuffled)
    assert draw(asked, seed, Frame(frame.worst, tuple(shuffled))) == draw(asked, seed, frame)


@given(frames(), rules(), rules(), seeds, seeds)
def test_topping_up_only_adds(frame: Frame, first: SampleRules, later: SampleRules, seed: int, other: int) -> None:
    drawn = draw(first, seed, frame).cases
    more = draw(later, other, before(frame, drawn)).cases
    assert not set(drawn) & set(more)
    assert draw(first, seed, before(frame, drawn)).cases == ()


@given(frames(), seeds, st.integers(1, 99), st.integers(1, 50))
def test_a_larger_share_of_the_same_seed_holds_the_smaller(frame: Frame, seed: int, share: int, more: int) -> None:
    small = draw(SampleRules(share=share), seed, frame)
    large = draw(SampleRules(share=min(100, share + more)), seed, frame)
    assert set(small.cases) <= set(large.cases)


@given(frames(), rules(), seeds)
def test_each_rule_s_cases_are_all_in(frame: Frame, asked: SampleRules, seed: int) -> None:
    held = set(draw(asked, seed, frame).cases)
    for drawn in frame.cases:
        wanted = drawn.identity in asked.named or any(
            drawn.grade == "inadequate" if every is Every.INADEQUATE else FLAG_OF[every] in drawn.flags
            for every in asked.every
        )
        if wanted and Flag.DRAWN_BEFORE not in drawn.flags:
            assert drawn.identity in held
        if not wanted and asked.share is None and asked.number is None:
            assert drawn.identity not in held


@given(frames(), seeds, st.integers(1, 100))
def test_a_share_is_right_of_each_inspector_s_cases_by_area(frame: Frame, seed: int, share: int) -> None:
    undrawn = Frame(frame.worst, tuple(held._replace(flags="") for held in frame.cases))
    taken = set(draw(SampleRules(share=share), seed, undrawn).cases)
    for group in {(held.inspector, held.area) for held in undrawn.cases}:
        theirs = [held.identity for held in undrawn.cases if (held.inspector, held.area) == group]
        exact = share * len(theirs) / 100
        of_them = len(taken & set(theirs))
        assert exact <= of_them < exact + 1
        assert of_them >= 1


@given(frames(), seeds, st.integers(1, 9))
def test_a_number_takes_all_where_there_are_fewer_and_says_so(frame: Frame, seed: int, number: int) -> None:
    undrawn = Frame(frame.worst, tuple(held._replace(flags="") for held in frame.cases))
    asked = SampleRules(number=number)
    drawn = draw(asked, seed, undrawn)
    groups: dict[tuple[str, str], int] = {}
    for held in undrawn.cases:
        groups[held.inspector, held.area] = groups.get((held.inspector, held.area), 0) + 1
    assert len(drawn.cases) == sum(min(number, count) for count in groups.values())
    assert drawn.short == sum(count < number for count in groups.values())
    assert bool(remarks_on(asked, drawn, undrawn)) == bool(drawn.short)


@given(frames(), rules(), seeds)
def test_what_is_kept_draws_the_same_cases_again(frame: Frame, asked: SampleRules, seed: int) -> None:
    kept_rules, kept_frame = rules_text(asked), frame_text(frame)
    again = rules_from(kept_rules)
    assert again == asked
    assert redraw(again, seed, frame_from(kept_frame)) == draw(asked, seed, frame).cases
    assert frame_text(frame_from(kept_frame)) == kept_frame


def test_other_seeds_draw_other_cases() -> None:
    frame = Frame("inadequate", tuple(case(number) for number in range(100)))
    drawn = {draw(SampleRules(share=10), seed, frame).cases for seed in range(50)}
    assert len(drawn) == 50
    often = sum(f"{7:032x}" in cases for cases in drawn)
    assert 1 <= often <= 15  # one in ten, more or less


def test_the_same_seed_draws_these_cases_on_every_machine() -> None:
    """Written down once; a change of it would break every kept sample."""
    frame = Frame("inadequate", tuple(case(number) for number in range(20)))
    assert rank(4127, f"{0:032x}").hex().startswith("993c2fc70d595c17")
    assert [int(identity, 16) for identity in draw(SampleRules(number=5), 4127, frame).cases] == [6, 5, 15, 1, 2]


def test_the_text_of_a_frame_can_be_read_and_holds_no_words_of_cases() -> None:
    frame = Frame("inadequate", (case(2, "two", "online", "good", "rd"), case(1)))
    lines = ["frame 1", "worst inadequate", "inspector one", "inspector two", "area online", "area s47", "grade good"]
    assert frame_text(frame).split("\n") == [*lines, f"{1:032x} 0 1 0 ", f"{2:032x} 1 0 0 rd"]
    assert rules_text(SampleRules(frozenset({Every.REFERRAL, Every.INADEQUATE}), share=20)) == (
        '{"every": ["inadequate", "referral"], "share": 20}'
    )


@pytest.mark.parametrize(
    "text",
    ["", "frame 2\nworst x", "frame 1\nworst x\nabc 0 0 0 ", "frame 1\nworst x\ntoo short", "frame 1\nabc x 0 0 "],
)
def test_what_is_no_frame_is_said_so(text: str) -> None:
    with pytest.raises(ValueError):
        frame_from(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Two from each area.", "[]", "{}", "12", "null", '{"every": ["else"]}', '{"share": "20"}', '{"share": true}'),
        *('{"newer": 1, "share": 20}', '{"named": [1]}', '{"every": "inadequate"}'),
    ],
)
def test_free_text_is_shown_as_it_is(text: str) -> None:
    assert rules_from(text) is None
    assert describe_rules(text, make_methodology().scale) == text


def test_rules_are_described_in_words() -> None:
    kept = rules_text(SampleRules(frozenset({Every.INADEQUATE, Every.NOT_SURE}), share=20, named=frozenset({"a", "b"})))
    assert describe_rules(kept, make_methodology().scale) == (
        "Every case graded inadequate; every case marked not sure; 20 per cent of each inspector's cases in each area; 2 named cases"
    )


@pytest.mark.parametrize(
    ("asked", "seed", "sentence"),
    [
        (SampleRules(), 1, "No rule says which cases to draw."),
        (SampleRules(share=0), 1, "A share is a whole percentage from 1 to 100."),
        (SampleRules(share=-5), 1, "A share is a whole percentage from 1 to 100."),
        (SampleRules(share=101), 1, "A share is a whole percentage from 1 to 100."),
        (SampleRules(number=0), 1, "A number of cases is at least 1."),
        (SampleRules(share=10, number=1), 1, "A share and a number don't go together."),
        (SampleRules(share=10), -1, "A seed is a whole number that is not negative."),
        (SampleRules(share=10), 2**63, "A seed is a whole number that is not negative."),
    ],
)
def test_rules_that_make_no_sense_are_refused(asked: SampleRules, seed: int, sentence: str) -> None:
    with pytest.raises(WrongUseError) as refused:
        draw(asked, seed, Frame("inadequate", (case(1),)))
    assert refused.value.happened == sentence


@pytest.mark.parametrize("typed", ["", "four", "-1", "1.5", "9" * 19 + "9", str(2**63), "٤"])
def test_a_seed_is_a_number(typed: str) -> None:
    with pytest.raises(WrongUseError, match="not a number"):
        seed_from(typed)
    assert seed_from(" 4127 ") == 4127


@pytest.mark.parametrize(
    ("cases", "asked", "sentence"),
    [
        ((), SampleRules(share=20), "No case can be drawn yet: no first reading has been submitted."),
        ((case(1),), SampleRules(frozenset({Every.REFERRAL})), "No case fits the rules."),
        ((case(1, flags="d"),), SampleRules(share=20), "Every case that the rules choose is in the sample already."),
        ((case(1),), SampleRules(share=20), ""),
    ],
)
def test_why_nothing_is_drawn_is_said(cases: tuple[FrameCase, ...], asked: SampleRules, sentence: str) -> None:
    frame = Frame("inadequate", cases)
    assert why_nothing(draw(asked, 1, frame), frame) == sentence


def test_a_sample_larger_than_its_frame_takes_every_case_and_says_so() -> None:
    frame = Frame("inadequate", (case(1), case(2, "two"), case(3, flags="d")))
    asked = SampleRules(number=40)
    drawn = draw(asked, 1, frame)
    assert (set(drawn.cases), drawn.matched[SHARE], drawn.before) == ({f"{1:032x}", f"{2:032x}"}, 3, 1)
    assert remarks_on(asked, drawn, frame) == (
        "In 2 groups of an inspector's cases in an area there are fewer than 40: all of them are taken.",
        "The sample asked for is larger than what it is drawn from: every case is taken.",
        "1 case that the rules choose is in the sample already and stays as it is.",
    )


def test_the_count_beside_each_rule() -> None:
    frame = Frame("inadequate", (case(1, grade="inadequate", flags="rn"), case(2, flags="r"), case(3)))
    counts = count_every(frame)
    assert [counts[every] for every in Every] == [1, 2, 0, 0, 1]


def test_a_share_that_rounding_makes_much_larger_is_told() -> None:
    frame = Frame("inadequate", tuple(case(number, area=f"area-{number}") for number in range(4)))
    asked = SampleRules(share=20)
    assert remarks_on(asked, draw(asked, 1, frame), frame) == (
        "Rounded up for each inspector and area, the share comes to 100 per cent of all cases.",
    )
    even = Frame("inadequate", tuple(case(number) for number in range(10)))
    assert remarks_on(asked, draw(asked, 1, even), even) == ()
