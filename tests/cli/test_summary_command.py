"""`summary`: every figure, in words and under published names."""

from __future__ import annotations

PUBLISHED_NAMES = {
    "force", "kind", "methodology", "cases", "graded", "grades", "percent_good", "interval", "areas", "reasons", "previous",
    "change", "self_assessment", "quality", "referrals", "recommendations",
}  # fmt: skip


def test_the_sample_in_words(program, sample_path) -> None:
    answer = program("summary", sample_path)
    assert answer.code == 0
    assert answer.err == ""
    for line in (
        "Sample data: the force and its cases are invented",
        "53% good: 16 of 30 graded cases · 95% interval 36% to 70%",
        "Practice was good in 16 cases, requiring improvement in 9 and inadequate in 5, of 30 graded.",
        "22 of 76 cases (29 per cent) were good",
        "36 cases: to do 6, in progress 0, parked 0, submitted 30",
        "1 raised, 1 open",
    ):
        assert line in answer.out


def test_the_sample_as_json(program, sample_path) -> None:
    answer = program("summary", sample_path, "--json")
    form = answer.form
    assert answer.err == ""
    assert form.keys() >= PUBLISHED_NAMES
    assert form["grades"] == {"good": 16, "requires-improvement": 9, "inadequate": 5}
    assert (form["cases"], form["graded"], form["percent_good"]) == (36, 30, 53)
    assert form["change"]["points"] == 24
    assert form["change"]["verdict"] == "unlikely to be chance"
    assert form["referrals"] == {"raised": 1, "open": 1, "acknowledged": 0, "closed": 0}
    assert form["quality"]["sampled"] == 12
    assert sum(area["graded"] for area in form["areas"]) == 30


def test_the_second_reading_of_the_sample_is_the_same_in_words_and_json(program, sample_path) -> None:
    words, quality = program("summary", sample_path).out, program("summary", sample_path, "--json").form["quality"]
    assert quality["sampled"] == quality["read_twice"] + quality["missing"] == sum(quality["states"].values())
    assert quality["same"] + quality["harsher"] + quality["kinder"] == quality["compared"] == quality["agreement"]["n"]
    assert f"{quality['sampled']} cases were drawn for a second reading: {quality['read_twice']} read twice" in words
    assert f"Two readers gave the same grade in {quality['same']} of {quality['compared']} cases" in words
    assert f"weighted kappa {quality['kappa']['value']:.2f}" in words
    assert (
        f"Both readers gave the same reasons in {quality['reasons']['same']} of {quality['reasons']['compared']} cases."
        in words
    )
    for found in (*quality["stages"], *quality["areas"]):
        assert any(
            line.split(found["label"])[-1].split()[:1] == [str(found["compared"])]
            for line in words.splitlines()
            if found["label"] in line
        )
    for found in quality["readers"]:
        assert f"{found['first']}, then {found['second']}" in words


def test_nothing_graded_is_said_not_shown_as_nought(program, fresh_path) -> None:
    assert "n/a good" in program("summary", fresh_path).out
    form = program("summary", fresh_path, "--json").form
    assert form["percent_good"] is None
    assert form["interval"] is None
    assert form["previous"] is None


def test_a_file_that_nobody_may_write_is_summed_up_and_untouched(program, sample_path) -> None:
    before = sample_path.read_bytes()
    sample_path.chmod(0o400)
    assert program("summary", sample_path).code == 0
    assert sample_path.read_bytes() == before
    assert [path.name for path in sample_path.parent.iterdir()] == [sample_path.name]
