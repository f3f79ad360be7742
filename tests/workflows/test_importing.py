"""Bringing cases, own grades and finished reviews in: planned, all or nothing, and to the digit."""

import csv
import hashlib
import io
from datetime import UTC, datetime
from datetime import time as clock
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ncpi_desktop.domain.casework.case import CaseKey, Child, EntryKind, StrategyDiscussion
from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.errors import FileRefusedError, NotSavedError, RefusedError
from ncpi_desktop.storage.case_repository import find_case, read_case, read_own_grade, read_own_stage_grades
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.storage.tally_repository import read_tallies, recount
from ncpi_desktop.workflows.browsing import history, search
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.importing import ImportPlan, ImportRefusedError, plan_import, run_import
from ncpi_desktop.workflows.reviewing import give_grade
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of

NOW = datetime(2022, 4, 26, 9, 30, tzinfo=UTC)

PUBLISHED = [
    # force, kind, methodology, area, good, requires improvement, inadequate, total, printed per cent
    ("Nottinghamshire", "post-inspection-review", "ncpi-2018", "exploitation", 0, 1, 5, 6, 0),
    ("Dorset", "inspection", "ncpi-2018", "s47", 20, 35, 28, 83, 24),
    ("Dorset", "post-inspection-review", "ncpi-2018", "missing", 10, 10, 11, 31, 32),
    ("Derbyshire", "inspection", "ncpi-2018", "domestic-abuse", 20, 31, 28, 79, 25),
    ("Warwickshire", "inspection", "ncpi-2018", "online", 23, 23, 28, 74, 31),
    ("Warwickshire", "post-inspection-review", "ncpi-2018", "police-protection", 9, 15, 10, 34, 26),
]


def make_audit(path: Path, methodology: str = "ncpi-2018", force: str = "Northshire", kind: str = "inspection") -> Path:
    create_audit(path, Inspection(fresh_identity(), force, InspectionKind(kind), methodology), at=NOW)
    return path


@pytest.fixture
def audit(tmp_path):
    session = AuditSession.open(make_audit(tmp_path / "audit.ncpi"), clock=lambda: NOW)
    yield session
    session.close()


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def write_rows(path: Path, rows: list[list[object]]) -> Path:
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
        return path
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return write(path, stream.getvalue())


def digest(session: AuditSession) -> str:
    return hashlib.sha256(session.path.read_bytes()).hexdigest()


def reasons_of(plan: ImportPlan) -> list[tuple[int, str]]:
    return [(refusal.row, refusal.column) for refusal in plan.refusals]


# -- what comes in -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize(
    ("force", "kind", "methodology", "area", "good", "middle", "poor", "total", "printed"), PUBLISHED
)
def test_published_results_are_rebuilt_to_the_digit(
    tmp_path, suffix, force, kind, methodology, area, good, middle, poor, total, printed
):
    grades = ["good"] * good + ["Requires improvement"] * middle + ["INADEQUATE"] * poor
    rows = [["case", "area", "grade"], *([f"R-{n}", area, grade] for n, grade in enumerate(grades, start=1))]
    source = write_rows(tmp_path / f"cases{suffix}", rows)
    session = AuditSession.open(make_audit(tmp_path / "a.ncpi", methodology, force, kind), clock=lambda: NOW)
    result = run_import(session, source)
    findings = findings_of(session)
    assert (result.plan.cases, result.plan.reviews) == (total, total)
    assert findings.overall.counts == (("good", good), ("requires-improvement", middle), ("inadequate", poor))
    assert (findings.overall.graded, findings.overall.percent_good) == (total, printed)
    assert findings.areas[0].grades.counts == findings.overall.counts
    assert dict(read_tallies(session.file.connection)) == dict(recount(session.file.connection))
    session.close()


def test_the_2014_scale_is_understood(tmp_path):
    session = AuditSession.open(make_audit(tmp_path / "a.ncpi", "ncpi-2014"))
    source = write(tmp_path / "c.csv", "case,area,grade\nA,s47,adequate\nB,s47,Good\n")
    run_import(session, source)
    assert findings_of(session).overall.counts == (("good", 1), ("adequate", 1), ("inadequate", 0))
    refused = plan_import(session, write(tmp_path / "d.csv", "case,area,grade\nC,s47,requires-improvement\n"))
    assert "Its grades are: Good, Adequate, Inadequate" in refused.refusals[0].reason
    session.close()


RECORD = """Case,AREA,Tags,Children,Day,Time,Kind,Heading,Text,Own-Grade,own rationale,Reviewer,Grade,\
stage:Initial contact,Stage:decision-making,stage:detention,Reasons,Rationale,Submitted At,Invited,Present,In Time,\
rationale_recorded,actions_recorded,Colour
DA-1,Domestic Abuse,night; repeat,Child A (6); Child B (unborn),0,9:05,Contact,Call,"A neighbour rang, ""worried"".",good,We went.,\
Ann,Inadequate,inadequate,n/a,n/a,dec-w01;INI-W02,Nobody went.,16/05/2018 14:05,,,,,,red
DA-1,,,,Day 2,,,Discussion,Held.,,,,,,,,,,,health;school,health,yes,no,,
DA-2,domestic-abuse,,Child C,1,23:59,,,Text only,,,,,,,,,,,,,,,,
"""


def test_a_whole_record_with_its_review_comes_in(audit, tmp_path):
    result = run_import(audit, write(tmp_path / "cases.csv", RECORD))
    plan = result.plan
    assert (plan.rows, plan.cases, plan.entries, plan.reviews, plan.own_grades, plan.people) == (3, 2, 3, 1, 1, 1)
    connection = audit.file.connection
    key = find_case(connection, "DA-1")
    case = read_case(connection, key)
    assert (case.area, case.tags) == ("domestic-abuse", ("night", "repeat"))
    assert case.children == (Child("Child A", 6), Child("Child B (unborn)"))
    first, second = case.entries
    assert (first.day, first.time, first.kind, first.text) == (
        0,
        "09:05",
        EntryKind.CONTACT,
        'A neighbour rang, "worried".',
    )
    assert (second.day, second.kind) == (2, EntryKind.STRATEGY_DISCUSSION)
    assert second.strategy == StrategyDiscussion(("health", "school"), ("health",), True, False, None)
    assert read_own_grade(connection, key) == ("good", "We went.")
    review = current_review(connection, key)
    assert (review.grade, review.rationale) == ("inadequate", "Nobody went.")
    assert {given.code for given in review.reasons} == {"DEC-W01", "INI-W02"}
    assert {(s.stage, s.grade, s.not_applicable) for s in review.stages} == {
        ("initial-contact", "inadequate", False),
        ("decision-making", None, True),
    }
    assert review.submitted_at == datetime(2018, 5, 16, 14, 5, tzinfo=UTC)
    assert audit.person_named(review.reviewer) == "Ann"
    assert case.allocated_to == review.reviewer
    findings = findings_of(audit)
    assert (findings.state_count(CaseState.SUBMITTED), findings.state_count(CaseState.TO_DO)) == (1, 1)
    assert findings.self_assessment.both == 1
    assert [hit.case for hit in search(audit, "neighbour").hits] == [key]
    assert any("Colour" in note for note in plan.notes)
    assert any("UTC" in note for note in plan.notes)


def test_it_is_one_change_of_now_by_this_person(audit, tmp_path):
    audit.sign_in("Lead")
    run_import(audit, write(tmp_path / "cases.csv", RECORD))
    newest, named = history(audit)[:2]
    assert (newest.action, newest.detail, newest.person, newest.at) == ("add-cases", "2", "Lead", NOW)
    assert named.action == "name-person"
    assert newest.case_identity == ""


def test_workbook_and_csv_say_the_same(tmp_path):
    rows = list(csv.reader(io.StringIO(RECORD)))
    rows[1][18], rows[1][4], rows[1][5] = datetime.fromisoformat("2018-05-16T14:05"), 0, clock(9, 5)
    found = []
    for name, source in (
        ("a", write(tmp_path / "cases.csv", RECORD)),
        ("b", write_rows(tmp_path / "cases.xlsx", rows)),
    ):
        session = AuditSession.open(make_audit(tmp_path / f"{name}.ncpi"), clock=lambda: NOW)
        run_import(session, source)
        found.append(sheet_of(session))
        session.close()
    assert found[0] == found[1]


def sheet_of(session: AuditSession) -> list[object]:
    """Everything brought in, without keys and identities."""
    connection = session.file.connection
    told: list[object] = []
    for (key,) in connection.execute("SELECT id FROM cases ORDER BY reference").fetchall():
        case, review = read_case(connection, CaseKey(key)), current_review(connection, CaseKey(key))
        told.append((case.reference, case.area, case.tags, case.children, read_own_grade(connection, CaseKey(key))))
        told += [(e.day, e.time, e.kind, e.heading, e.text, e.strategy) for e in case.entries]
        if review is not None:
            stages = sorted((s.stage, s.grade, s.not_applicable) for s in review.stages)
            told.append((review.grade, review.rationale, stages, [g.code for g in review.reasons], review.submitted_at))
            told.append(session.person_named(review.reviewer))
    return told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_encodings_and_delimiters(audit, tmp_path, encoding, mark):
    text = "case|area|text\r\nX-1|s47|Zoë said “no” – café\r\n".replace("|", mark)
    run_import(audit, write(tmp_path / "c.csv", text, encoding))
    case = read_case(audit.file.connection, find_case(audit.file.connection, "X-1"))
    assert case.entries[0].text == "Zoë said “no” – café"


def test_excels_separator_line_is_not_a_row(audit, tmp_path):
    plan = plan_import(audit, write(tmp_path / "c.csv", "sep=;\ncase;area\nX-1;nowhere\n"))
    assert reasons_of(plan) == [(2, "area")]


def test_long_texts_control_characters_and_hostile_words_stay_as_they_are(audit, tmp_path):
    texts = [
        "x" * 10_000_000,
        "bell\x07 escape\x1b[31m vertical\x0b",
        '=HYPERLINK("http://x","y")',
        "<script>alert(1)</script> & <b>",
        "@SUM(1) +1 -1",
        "\u202egnirts \U0001f9d2 e\u0301 \ufffe",
        " leading, trailing \r\nand lines\n\n",
    ]
    rows = [["case", "area", "text"], *([f"=R{n}", "s47", text] for n, text in enumerate(texts))]
    run_import(audit, write_rows(tmp_path / "c.csv", rows))
    for place, text in enumerate(texts):
        case = read_case(audit.file.connection, find_case(audit.file.connection, f"=R{place}"))
        assert case.entries[0].text == text


def test_own_grades_and_reviews_are_added_to_cases_held_already(audit, tmp_path):
    run_import(audit, write(tmp_path / "c.csv", "case,area,text\nA,s47,one\nB,online,two\n"))
    result = run_import(
        audit,
        write(
            tmp_path / "more.csv",
            "case,area,own_grade,grade,reviewer\nA,,good,,\nB,Online sexual abuse,inadequate,good,Bo\n",
        ),
    )
    assert (result.plan.cases, result.plan.own_grades, result.plan.reviews) == (0, 2, 1)
    assert history(audit)[0].action == "add-reviews"
    findings = findings_of(audit)
    assert (findings.cases, findings.overall.graded, findings.self_assessment.both) == (2, 1, 1)
    held = find_case(audit.file.connection, "B")
    assert audit.person_named(read_case(audit.file.connection, held).allocated_to) == "Bo"


def test_own_grades_of_stages_are_understood_by_code_and_label_and_kept_sealed(audit, tmp_path):
    heads = "case,area,own_grade,own_stage:investigation,Own-Stage: Initial Contact,own_stage:trusted-adult"
    result = run_import(
        audit, write(tmp_path / "c.csv", f"{heads}\nA,s47,good,Requires improvement,good,n/a\nB,s47,,inadequate,,\n")
    )
    assert (result.plan.own_grades, result.plan.own_stage_grades) == (1, 3)
    connection = audit.file.connection
    assert read_own_stage_grades(connection, find_case(connection, "A")) == (
        ("initial-contact", "good"),
        ("investigation", "requires-improvement"),
    )
    assert read_own_stage_grades(connection, find_case(connection, "B")) == (("investigation", "inadequate"),)
    told = connection.execute("SELECT new_value FROM history_values WHERE \"table\" = 'own_stage_grades'").fetchall()
    assert told == [(None,)] * 3
    assert check(audit.path).sound


def test_own_grades_of_stages_are_added_to_a_case_held_already_once(audit, tmp_path):
    run_import(audit, write(tmp_path / "c.csv", "case,area,grade,stage:investigation\nA,s47,good,good\n"))
    more = write(tmp_path / "more.csv", "case,area,own_stage:investigation\nA,,inadequate\n")
    assert run_import(audit, more).plan.own_stage_grades == 1
    (stage,) = findings_of(audit).self_assessment.stages
    assert (stage.compared.table.n, stage.compared.table.second_kinder) == (1, 1)
    plan = plan_import(audit, more)
    assert reasons_of(plan) == [(2, "own_stage:investigation")]
    assert "stages already" in plan.refusals[0].reason


def test_a_reviewer_without_a_grade_has_the_case_allocated(audit, tmp_path):
    run_import(audit, write(tmp_path / "c.csv", "case,area,reviewer\nA,s47,Ann\n"))
    case = read_case(audit.file.connection, find_case(audit.file.connection, "A"))
    assert audit.person_named(case.allocated_to) == "Ann"
    assert current_review(audit.file.connection, case.key) is None


# -- what is refused -----------------------------------------------------------------------------------------------


REFUSED = [
    ("case,area\nA,nowhere\n", [(2, "area")], "not an area of this methodology"),
    ("case,area,grade\nA,s47,excellent\n", [(2, "grade")], "not a grade of this methodology"),
    ("case,area,own_grade\nA,s47,adequate\n", [(2, "own_grade")], "Good, Requires improvement, Inadequate"),
    ("case,area\nA,s47\nB,s47\nA,s47\n", [(4, "case")], "stands twice: it began in row 2"),
    ("case,area\nA,s47\nA,s47\n", [(3, "case")], "stands twice"),
    ("case,area\nHELD,s47\n", [(2, "case")], "holds a case of this reference already"),
    ("case,area\n,s47\n", [(2, "case")], "reference of the case is missing"),
    ("case,area\nA,\n", [(2, "area")], "area of the case is missing"),
    ("case\nA\n", [(1, "area")], "The column is missing"),
    ("area\ns47\n", [(1, "case")], "The column is missing"),
    ("case,area,Case\nA,s47,A\n", [(1, "Case")], "stands twice"),
    ("case,area,stage:magic\nA,s47,\n", [(1, "stage:magic")], "no such stage"),
    ("case,area,text\nA,s47\n", [(2, "")], "has 2 cells, and there are 3 headings"),
    ("case,area,text\nA,s47,one,two\n", [(2, "")], "has 4 cells, and there are 3 headings"),
    ("case,area,text\nA,s47,one\x00two\n", [(2, "text")], "NUL"),
    ("case,area,day\nA,s47,16/05/2018\n", [(2, "day")], "not a day number"),
    ("case,area,time\nA,s47,25:00\n", [(2, "time")], "not a clock time"),
    ("case,area,children\nA,s47,Child A (47)\n", [(2, "children")], "over 25"),
    ("case,area,kind\nA,s47,party\n", [(2, "kind")], "not a kind of entry"),
    ("case,area,in_time\nA,s47,perhaps\n", [(2, "in_time")], "neither yes nor no"),
    ("case,area,kind,present\nA,s47,visit,health\n", [(2, "kind")], "strategy discussions only"),
    ("case,area,reasons,grade\nA,s47,ABC-1,good\n", [(2, "reasons")], "not in this methodology"),
    ("case,area,reasons\nA,s47,DEC-W01\n", [(2, "grade")], "needs its overall grade"),
    ("case,area,own_stage:investigation\nA,s47,adequate\n", [(2, "own_stage:investigation")], "not a grade of this"),
    ("case,area,own_stage:detention\nA,s47,good\n", [(2, "own_stage:detention")], "not judged at this stage"),
    ("case,area,own_stage:nowhere\nA,s47,good\n", [(1, "own_stage:nowhere")], "has no such stage"),
    ("case,area,own_rationale\nA,s47,because\n", [(2, "own_grade")], "without its grade"),
    ("case,area,grade,submitted_at\nA,s47,good,yesterday\n", [(2, "submitted_at")], "not a date"),
    ("case,area,grade,submitted_at\nA,s47,good,0001-01-01T00:00+14:00\n", [(2, "submitted_at")], "not a date"),
    ("case,area,grade,stage:detention\nA,s47,good,good\n", [(2, "stage:detention")], "not judged at this stage"),
    ("case,area,text\nA,s47,1\nA,online,2\n", [(3, "area")], "something else than row 2"),
    ('case,area\n"A\nB",s47\n', [(2, "case")], "one line"),
    ("case,area,\nA,s47,lost\n", [(2, "")], "has 3 cells"),
    ("case,,area\nA,lost,s47\n", [(2, "")], "without a heading"),
    ("case,area\n", [(1, "")], "no rows below the headings"),
    ("case,area\n\n\n", [(1, "")], "no rows below the headings"),
]


@pytest.mark.parametrize(("text", "places", "fragment"), REFUSED)
def test_refused_rows_are_told_by_row_column_and_reason_and_nothing_changes(audit, tmp_path, text, places, fragment):
    run_import(audit, write(tmp_path / "held.csv", "case,area,text\nHELD,s47,one\n"))
    before = digest(audit)
    source = write(tmp_path / "bad.csv", text)
    plan = plan_import(audit, source)
    assert reasons_of(plan) == places
    assert fragment in plan.refusals[0].reason
    with pytest.raises(ImportRefusedError) as told:
        run_import(audit, source)
    assert told.value.plan == plan
    assert "Nothing was brought in" in str(told.value)
    assert f"row {places[0][0]}" in told.value.happened
    assert digest(audit) == before
    assert find_case(audit.file.connection, "A") is None


def test_one_bad_row_among_good_ones_keeps_all_out(audit, tmp_path):
    rows = [["case", "area"], *([f"R-{n}", "s47"] for n in range(5000)), ["R-9999", "moon"]]
    before = digest(audit)
    with pytest.raises(RefusedError, match="row 5002, column “area”"):
        run_import(audit, write_rows(tmp_path / "c.csv", rows))
    assert digest(audit) == before


def test_refusals_never_repeat_what_stands_in_the_cell(audit, tmp_path):
    secret = "Wilhelmina"
    source = write(tmp_path / "c.csv", f"case,area,grade,day,children\nA,{secret},{secret},{secret},{secret} (99)\n")
    with pytest.raises(ImportRefusedError) as told:
        run_import(audit, source)
    assert secret not in str(told.value)
    assert all(secret not in refusal.reason for refusal in told.value.plan.refusals)
    assert len(told.value.plan.refusals) == 4


def test_what_a_held_case_has_already_is_never_replaced(audit, tmp_path):
    run_import(audit, write(tmp_path / "c.csv", "case,area,own_grade,grade\nA,s47,good,good\nB,s47,,\n"))
    give_grade(audit, find_case(audit.file.connection, "B"), "good")
    before = digest(audit)
    plan = plan_import(
        audit,
        write(
            tmp_path / "d.csv", "case,area,own_grade,grade\nA,s47,inadequate,\nB,s47,,inadequate\nA,s47,,inadequate\n"
        ),
    )
    assert reasons_of(plan) == [(2, "own_grade"), (3, "grade"), (4, "case")]
    assert "begun" in plan.refusals[1].reason
    plan = plan_import(audit, write(tmp_path / "e.csv", "case,area,grade\nA,online,inadequate\n"))
    assert "in another area" in plan.refusals[0].reason
    plan = plan_import(audit, write(tmp_path / "f.csv", "case,area,grade\nA,,inadequate\n"))
    assert "submitted" in plan.refusals[0].reason
    assert digest(audit) == before


def test_many_refusals_are_counted_and_a_thousand_listed(audit, tmp_path):
    plan = plan_import(audit, write(tmp_path / "c.csv", "case,area\n" + "".join(f"R{n},x\n" for n in range(3000))))
    assert (plan.refused, len(plan.refusals)) == (3000, 1000)


def test_a_plan_writes_nothing(audit, tmp_path):
    before = digest(audit)
    audit.sign_in("Newcomer")
    plan_import(audit, write(tmp_path / "c.csv", RECORD))
    assert digest(audit) == before
    assert not (tmp_path / "audit.ncpi-journal").exists()


def test_cancelling_half_way_keeps_nothing(audit, tmp_path):
    rows = [["case", "area", "text"], *([f"R-{n}", "s47", "text " * 200] for n in range(3000))]
    source = write_rows(tmp_path / "c.csv", rows)
    before = digest(audit)
    told: list[int] = []

    def stop(done: int, total: int) -> None:
        told.append(done)
        if done > total * 0.8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_import(audit, source, stop)
    assert told == sorted(told)
    assert digest(audit) == before
    run_import(audit, source)
    assert findings_of(audit).cases == 3000


def test_a_source_that_changes_meanwhile_keeps_all_out(audit, tmp_path):
    source = write(tmp_path / "c.csv", "case,area\nA,s47\n")

    def rewrite(done: int, total: int) -> None:
        if done * 2 == total:
            write(tmp_path / "new.csv", "case,area\nA,s47\nB,s47\n").replace(source)

    with pytest.raises(RefusedError, match="changed while it was read"):
        run_import(audit, source, rewrite)
    assert findings_of(audit).cases == 0


def test_an_audit_open_for_reading_only_is_not_written(tmp_path):
    session = AuditSession.open(make_audit(tmp_path / "a.ncpi"), read_only=True)
    source = write(tmp_path / "c.csv", "case,area\nA,s47\n")
    assert plan_import(session, source).cases == 1
    with pytest.raises(NotSavedError, match="reading only"):
        run_import(session, source)
    session.close()


def test_an_audit_file_is_not_a_table_of_cases(audit):
    with pytest.raises(FileRefusedError, match="is a database, not a table of cases"):
        plan_import(audit, audit.path)


# -- properties ----------------------------------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30)
names = st.text(st.characters(categories=("L", "N", "P", "Sm")), min_size=1, max_size=12).filter(
    lambda text: ";" not in text and text == text.strip() and "\u2028" not in text
)
entry = st.fixed_dictionaries(
    {
        "day": st.sampled_from(["", "0", "3", "-2"]),
        "time": st.sampled_from(["", "00:00", "23:59"]),
        "kind": st.sampled_from([kind.value for kind in EntryKind if kind is not EntryKind.STRATEGY_DISCUSSION]),
        "heading": names,
        "text": words,
    }
)
grade = st.sampled_from(["good", "requires-improvement", "inadequate"])
review = st.fixed_dictionaries(
    {
        "grade": grade,
        "reviewer": names | st.just(""),
        "rationale": words.map(str.strip),
        "reasons": st.lists(st.sampled_from(["DEC-W01", "INI-W02", "INI-W03"]), unique=True).map(";".join),
        "stage:investigation": grade | st.sampled_from(["", "n/a"]),
        "submitted_at": st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2100-01-01")).map(
            lambda moment: moment.replace(microsecond=0).isoformat() + "Z"
        ),
    }
)
brought = st.fixed_dictionaries(
    {
        "case": names,
        "area": st.sampled_from(["s47", "Online sexual abuse", "DOMESTIC_ABUSE"]),
        "tags": st.lists(names, unique=True, max_size=3).map(";".join),
        "children": st.sampled_from(["", "Child A (6)", "Child A; Child B (0)"]),
        "own_grade": grade | st.just(""),
        "entries": st.lists(entry, max_size=3),
        "review": st.none() | review,
    }
)
HEADINGS = [
    *("case", "area", "tags", "children", "own_grade", "grade", "reviewer", "rationale", "reasons"),
    *("stage:investigation", "submitted_at", "day", "time", "kind", "heading", "text"),
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=st.lists(brought, min_size=1, max_size=5, unique_by=lambda case: case["case"]))
def test_what_is_written_as_a_table_is_read_back_the_same(tmp_path, cases):
    rows: list[list[object]] = [HEADINGS]
    expected: list[object] = []
    for case in sorted(cases, key=lambda case: case["case"]):
        about = {**case, **(case["review"] or {})}
        rows += [[{**about, **line}.get(heading, "") for heading in HEADINGS] for line in case["entries"] or [{}]]
        told = case["review"]
        expected.append(
            (case["case"], [(e["heading"], e["text"], e["day"]) for e in case["entries"]], told and told["grade"])
        )
        expected.append((told or {}).get("rationale", "") or "")
    target = tmp_path / "round.ncpi"
    target.unlink(missing_ok=True)
    session = AuditSession.open(make_audit(target), clock=lambda: NOW)
    try:
        run_import(session, write_rows(tmp_path / "round.csv", rows))
        found: list[object] = []
        connection = session.file.connection
        for case in sorted(cases, key=lambda case: case["case"]):
            key = find_case(connection, case["case"])
            held, review = read_case(connection, key), current_review(connection, key)
            days = [(e.heading, e.text, "" if e.day is None else str(e.day)) for e in held.entries]
            found.append((held.reference, days, review and review.grade))
            found.append(review.rationale if review else "")
            assert held.tags == tuple(filter(None, case["tags"].split(";")))
            own = read_own_grade(connection, key)
            assert (own[0] if own else "") == case["own_grade"]
            if review is not None:
                assert [given.code for given in review.reasons] == list(
                    filter(None, case["review"]["reasons"].split(";"))
                )
                assert review.submitted_at.isoformat().replace("+00:00", "Z") == case["review"]["submitted_at"]
                assert session.person_named(review.reviewer) == case["review"]["reviewer"]
        assert found == expected
        assert dict(read_tallies(connection)) == dict(recount(connection))
    finally:
        session.close()
