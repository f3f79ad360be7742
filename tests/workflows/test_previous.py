"""Results of an earlier inspection: from its audit file, or from a table of published results."""

from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind
from ncpi_desktop.domain.errors import FileRefusedError, RefusedError
from ncpi_desktop.domain.findings.comparison import Verdict
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.workflows.creating import create_audit, record_previous
from ncpi_desktop.workflows.importing import run_import
from ncpi_desktop.workflows.previous import previous_from
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of

PUBLISHED = """\
force,inspection_kind,fieldwork_date,published_date,assessed_by,area,good,requires_improvement,inadequate,total,percent_good,source
Metropolitan,inspection,2016-02 to 2016-05,2016-11-25,HMIC,all,96,,,374,25.7,a newspaper
Metropolitan,inspection,2016-02 to 2016-05,2016-11-25,HMIC,cases audited by both the force and HMIC,,,,132,24,
Metropolitan,inspection,2016-02 to 2016-05,2016-11-25,force self-assessment,all,,,,132,,
Metropolitan,post-inspection review,2018-10-08 to 2018-10-19,2019-03-28,HMICFRS,online child sexual abuse,,,,34,,
Leicestershire,inspection,2017-01,,HMIC,all,,,,,29,
Leicestershire,post-inspection review,,2018-05-10,HMICFRS,all,,,,,53,
Dorset,inspection,2021-04-12 to 2021-04-23,2021-08-26,HMICFRS,all,20,35,28,83,24.1,"one, two"
Dorset,post-inspection review,2022-04,2022-09-07,HMICFRS,all,10,10,11,31,32.3,
Warwickshire,inspection,2022-02,2022-08-05,HMICFRS,all,23,23,28,74,31.1,
"""


def of(
    force: str, kind: str = "post-inspection-review", methodology: str = "ncpi-2018", start: date | None = None
) -> Inspection:
    return Inspection(fresh_identity(), force, InspectionKind(kind), methodology, fieldwork_start=start)


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


@pytest.fixture
def published(tmp_path):
    return write(tmp_path / "published.csv", PUBLISHED)


def test_the_inspection_before_this_one_is_taken(published):
    found = previous_from(published, of("Dorset Police"))
    assert (found.good, found.total, found.percent_good) == (20, 83, None)
    assert found.counts == (("good", 20), ("requires-improvement", 35), ("inadequate", 28))
    assert (found.label, found.kind, found.methodology) == ("Inspection, April 2021", InspectionKind.INSPECTION, None)


@pytest.mark.parametrize(
    ("start", "good"), [(date(2022, 4, 25), 20), (date(2023, 1, 9), 10), (None, 20), (date(2021, 5, 1), 20)]
)
def test_dates_decide_which_one_that_is(published, start, good):
    assert previous_from(published, of("Dorset", start=start)).good == good


def test_a_percentage_alone_stays_one_and_nothing_is_claimed_of_chance(published, tmp_path):
    inspection = of("Leicestershire")
    found = previous_from(published, inspection)
    assert (found.good, found.total, found.counts, found.percent_good) == (None, None, (), 29.0)
    assert found.label == "Inspection, January 2017"
    create_audit(tmp_path / "a.ncpi", inspection)
    session = AuditSession.open(tmp_path / "a.ncpi")
    run_import(session, write(tmp_path / "c.csv", "case,area,grade\nA,s47,good\nB,s47,inadequate\n"))
    record_previous(session, found)
    change = findings_of(session).change
    assert (change.points, change.p, change.verdict) == (21, None, Verdict.CANNOT_TELL)
    session.close()


def test_good_and_total_without_the_split_are_kept(published):
    found = previous_from(published, of("Metropolitan"))
    assert (found.good, found.total, found.counts, found.percent_good) == (96, 374, (), None)
    assert found.label == "Inspection, February 2016 to May 2016"


def test_an_audit_file_gives_its_findings(tmp_path):
    earlier = of("Dorset", "inspection", "ncpi-2014", date(2016, 5, 2))
    create_audit(tmp_path / "old.ncpi", earlier, at=datetime(2016, 5, 2, tzinfo=UTC))
    session = AuditSession.open(tmp_path / "old.ncpi")
    rows = "A,s47,good\nB,s47,adequate\nC,online,inadequate\nD,online,\n"
    run_import(session, write(tmp_path / "c.csv", "case,area,grade\n" + rows))
    session.close()
    before = (tmp_path / "old.ncpi").read_bytes()
    found = previous_from(tmp_path / "old.ncpi", of("Dorset"))
    assert (found.label, found.methodology, found.good, found.total) == ("Inspection, May 2016", "ncpi-2014", 1, 3)
    assert found.counts == (("good", 1), ("adequate", 1), ("inadequate", 1))
    assert dict(found.area_counts)["online"] == (("good", 0), ("adequate", 0), ("inadequate", 1))
    assert (tmp_path / "old.ncpi").read_bytes() == before


def test_an_audit_file_without_grades_is_refused(tmp_path):
    create_audit(tmp_path / "old.ncpi", of("Dorset"))
    with pytest.raises(RefusedError, match="no graded case"):
        previous_from(tmp_path / "old.ncpi", of("Dorset"))


@pytest.mark.parametrize(
    ("text", "good", "total", "areas"),
    [
        ("grade,cases\ngood,20\nrequires improvement,35\nInadequate,28\n", 20, 83, ()),
        ("grade,cases\ngood,20\nrequires improvement,35\nInadequate,28\nTotal,83\n", 20, 83, ()),
        ("Area;Grade;Cases\ns47;good;1\ns47;inadequate;2\nOnline sexual abuse;good;3\n", 4, 6, ("s47", "online")),
        ("area,grade,cases\nall,good,5\nall,inadequate,5\ns47,good,1\ns47,inadequate,2\n", 5, 10, ("s47",)),
        ("good,requires_improvement,inadequate\n9,15,10\n", 9, 34, ()),
        ("percent_good\n29%\n", None, None, ()),
        ("grade,cases\ninadequate,3\n", 0, 3, ()),
    ],
)
def test_plain_tables(tmp_path, text, good, total, areas):
    found = previous_from(write(tmp_path / "p.csv", text), of("Dorset"))
    assert (found.good, found.total) == (good, total)
    assert tuple(area for area, _counts in found.area_counts) == areas
    assert found.label == "Previous inspection"


def test_a_workbook_does_as_well(tmp_path):
    book = openpyxl.Workbook()
    for row in (["grade", "cases"], ["good", 4], ["adequate", 3], ["inadequate", 2]):
        book.active.append(row)
    book.save(tmp_path / "p.xlsx")
    found = previous_from(tmp_path / "p.xlsx", of("Dorset"))
    assert (found.good, found.total, found.methodology) == (4, 9, "ncpi-2014")


def test_the_other_scale_brings_the_warning(tmp_path):
    inspection = of("Dorset")
    create_audit(tmp_path / "a.ncpi", inspection)
    session = AuditSession.open(tmp_path / "a.ncpi")
    run_import(session, write(tmp_path / "c.csv", "case,area,grade\nA,s47,good\n"))
    record_previous(session, previous_from(write(tmp_path / "p.csv", "good,adequate,inadequate\n1,2,3\n"), inspection))
    assert any("methodologies differ" in warning for warning in findings_of(session).change.warnings)
    session.close()


HEAD = "force,area,good,requires_improvement,inadequate,total,percent_good\n"


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        (HEAD + "Dorset,all,20,35,28,84,\n", "row 2: The grades add up to 83, yet the total is 84"),
        (HEAD + "Dorset,all,20,35,28,83,42\n", "20 good of 83 is not 42 per cent"),
        (HEAD + "Dorset,all,96,,,74,\n", "More cases are graded .96. than the total .74."),
        (HEAD + "Dorset,all,x,,,,\n", "“good” is not a whole number"),
        (HEAD + "Dorset,all,-1,,,,\n", "“good” is not a whole number"),
        (HEAD + "Dorset,all,,,,,130\n", "is not a percentage"),
        (HEAD + "Dorset,all,,,,83,\n", "neither the counts nor the percentage"),
        (HEAD + "Kent,all,1,1,1,3,33\n", "holds no results of Dorset"),
        (HEAD + "Dorset,online,1,1,1,3,33\n", "holds no results of Dorset"),
        ("grade,cases\ngood,1\ngood,2\n", "The grade stands twice"),
        ("grade,cases\nfine,1\n", "not a grade"),
        ("grade,cases\ngood,\n", "number of cases is missing"),
        ("grade,cases\ngood,1\nadequate,1\ninadequate,1\ntotal,4\n", "add up to 3, yet the total is 4"),
        ("area,grade,cases\nmoon,good,1\nmoon,inadequate,1\n", "not an area of this methodology"),
        ("area,grade,cases\n,good,1\n,inadequate,1\ns47,good,2\ns47,inadequate,0\n", "areas add up to more"),
        ("case,area\nA,s47\n", "no columns of results"),
        ("grade,cases\ngood\n", "has 1 cells, and there are 2 headings"),
    ],
)
def test_figures_that_do_not_hold_are_refused_in_a_sentence(tmp_path, text, fragment):
    with pytest.raises(RefusedError, match=fragment):
        previous_from(write(tmp_path / "p.csv", text), of("Dorset"))


def test_other_files_are_refused(tmp_path):
    with pytest.raises(FileRefusedError, match="There is no file"):
        previous_from(tmp_path / "none.csv", of("Dorset"))
    with pytest.raises(FileRefusedError, match="a picture"):
        previous_from(write(tmp_path / "p.csv", "GIF89a"), of("Dorset"))
    (tmp_path / "p.ncpi").write_bytes(b"SQLite format 3\x00" + b"\x00" * 200)
    with pytest.raises(FileRefusedError, match=r"another program|damaged|cut short"):
        previous_from(tmp_path / "p.ncpi", of("Dorset"))
