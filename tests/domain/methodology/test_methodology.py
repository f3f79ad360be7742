"""The scale is ordered, and a case is judged at the stages of its area."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.methodology.stage import Stage
from tests.builders import STAGES, make_methodology

SCALES = {
    "ncpi-2014": ("good", "adequate", "inadequate"),
    "ncpi-2018": ("good", "requires-improvement", "inadequate"),
    "ncpi-2024": ("outstanding", "good", "adequate", "requires-improvement", "inadequate"),
}


@pytest.mark.parametrize(("code", "grades"), SCALES.items())
def test_scales_are_best_first(code: str, grades: tuple[str, ...]) -> None:
    scale = make_methodology(code).scale
    assert scale.codes == grades
    assert scale.worst.code == "inadequate"
    assert [scale.rank(grade) for grade in grades] == list(range(len(grades)))
    assert scale["good"].label == "Good"
    assert "good" in scale
    assert "outstanding" in scale if code == "ncpi-2024" else "outstanding" not in scale


@pytest.mark.parametrize("code", SCALES)
def test_good_is_counted_as_good_and_nothing_below_it(code: str) -> None:
    scale = make_methodology(code).scale
    assert scale.good_codes == set(scale.codes[: scale.rank("good") + 1])


def test_a_grade_that_is_not_on_the_scale_is_an_error() -> None:
    scale = make_methodology().scale
    with pytest.raises(KeyError):
        scale["outstanding"]
    with pytest.raises(ValueError, match="not in"):
        scale.rank("outstanding")


def test_stages_of_a_case_leave_out_leadership_and_other_areas() -> None:
    methodology = make_methodology()
    assert tuple(stage.code for stage in methodology.stages_for("domestic-abuse")) == STAGES
    assert tuple(stage.code for stage in methodology.stages_for("detention")) == (*STAGES, "detention")


@pytest.mark.parametrize("code", SCALES)
def test_every_area_is_judged_somewhere_and_every_stage_in_some_area(code: str) -> None:
    methodology = make_methodology(code)
    judged = {stage.code for area in methodology.areas for stage in methodology.stages_for(area.code)}
    assert judged == {stage.code for stage in methodology.stages if stage.case_level}
    assert set(methodology.area_by_code) == {area.code for area in methodology.areas}


def test_where_a_stage_applies() -> None:
    assert Stage("a", "A", "A").applies_to("missing")
    assert Stage("a", "A", "A", areas=frozenset({"missing"})).applies_to("missing")
    assert not Stage("a", "A", "A", areas=frozenset({"missing"})).applies_to("online")
    assert not Stage("a", "A", "A", case_level=False).applies_to("missing")
