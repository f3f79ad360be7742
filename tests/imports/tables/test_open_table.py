"""Strangers' files: recognised by their content, read in bounded memory, or refused in a sentence."""

import os
import random
import struct
import sys
import time
import zipfile
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import openpyxl
import pytest

from ncpi_desktop.domain.errors import FileRefusedError, KnownError
from ncpi_desktop.imports.column_mapping import KNOWN_HEADINGS
from ncpi_desktop.imports.tables import text_table, workbook_table
from ncpi_desktop.imports.tables.open_table import open_table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROW = '<row r="1"><c t="inlineStr"><is><t>case</t></is></c><c t="inlineStr"><is><t>area</t></is></c></row>'


def read(path: Path) -> tuple[tuple[str, ...], list[list[str]], list[str]]:
    with open_table(path, KNOWN_HEADINGS) as table:
        rows = [list(row.cells) for row in table.rows()]
        return table.headings, rows, table.notes


def faults_of(path: Path) -> list[tuple[int, int, str]]:
    with open_table(path, KNOWN_HEADINGS) as table:
        return [(row.number, *fault) for row in table.rows() for fault in row.faults]


def refused(path: Path) -> str:
    with pytest.raises(FileRefusedError) as told:
        read(path)
    assert "Nothing was brought in" in str(told.value)
    return told.value.happened


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def make_workbook(path: Path, sheet: str, *, sheet_xml: str = "", extra: dict[str, bytes] | None = None) -> Path:
    """A workbook made by hand, as small as the standard allows."""
    parts: dict[str, bytes] = {
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Cases" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
        ).encode(),
        "xl/worksheets/sheet1.xml": (
            sheet_xml or f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
        ).encode(),
    }
    parts.update(extra or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def saved(path: Path, rows: list[list[object]], title: str = "Cases") -> Path:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


# -- kinds of file -------------------------------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
WRONG_KINDS = [
    ("a.csv", b"", "“a.csv” is empty"),
    ("a.xlsx", b"", "is empty"),
    ("a.csv", b"\xff\xd8\xff\xe0" + b"\x00" * 50, "a picture"),
    ("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a picture"),
    ("a.csv", b"%PDF-1.7\n", "a PDF document"),
    ("a.csv", b"\x1f\x8b\x08" + b"\x00" * 50, "a packed archive"),
    ("a.csv", b"<!DOCTYPE html><table>", "a web page"),
    ("a.csv", bytes(range(256)) * 8, "a file of another program"),
    ("a.xlsx", b"case,area\nA,s47\n", "not a workbook, whatever its name says"),
    ("a.xls", OLE, "an old Office document"),
    ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ("a.ncpi", b"SQLite format 3\x00" + b"\x00" * 100, "is a database"),
    ("a.xlsx", b"PK\x03\x04" + b"nonsense" * 20, "a damaged workbook"),
    ("a.csv", b"case,area\nA,\x81\x8d\xff", "is not text in UTF-8, UTF-16 or Windows-1252"),
    ("a.csv", "case,area\nA,s47".encode("utf-16") + b"\x00", "is not text"),
    ("a.csv", b"\n\n  \n", "has no rows"),
    ("a.csv", b'case,area\nA,"s47\n', "quotation mark out of place in row 2"),
    ("a.csv", b'case,area\nA,"s4"7\n', "quotation mark out of place in row 2"),
]


@pytest.mark.parametrize(("name", "content", "fragment"), WRONG_KINDS)
def test_other_kinds_of_file_are_refused_in_a_sentence(tmp_path, name, content, fragment):
    path = write(tmp_path / name, content)
    assert fragment in refused(path)
    assert path.read_bytes() == content


def test_a_folder_a_missing_file_and_one_behind_a_file_are_refused(tmp_path):
    assert "is a folder" in refused(tmp_path)
    assert "There is no file “none.csv”" in refused(tmp_path / "none.csv")
    write(tmp_path / "file", b"x")
    assert "There is no file" in refused(tmp_path / "file" / "a.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.csv")
    assert "is not a file with cases" in refused(tmp_path / "a.csv")


def test_a_file_without_permission_is_refused(tmp_path, monkeypatch):
    path = write(tmp_path / "a.csv", b"case,area\n")

    def forbid(*_args: object, **_kept: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbid)
    assert "not allowed to read" in refused(path)


@pytest.mark.parametrize(
    ("part", "fragment"),
    [
        ("xl/workbook.bin", "a binary workbook (.xlsb)"),
        ("content.xml", "an OpenDocument file"),
        ("word/document.xml", "a text document"),
        ("photo.jpg", "a zip archive, not a workbook"),
    ],
)
def test_other_archives_are_named(tmp_path, part, fragment):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(part, "x")
    assert fragment in refused(tmp_path / "a.xlsx")


# -- hostile workbooks ---------------------------------------------------------------------------------------------


def test_what_unpacks_too_far_is_refused_before_it_is_unpacked(tmp_path):
    path = make_workbook(tmp_path / "bomb.xlsx", "", extra={"xl/sharedStrings.xml": b"<sst>" + b" " * 300_000_000})
    assert path.stat().st_size < 1_000_000
    begun = time.monotonic()
    assert "too large inside" in refused(path)
    assert time.monotonic() - begun < 1


def test_a_small_workbook_may_be_packed_tightly(tmp_path):
    rows = "".join(f'<row r="{n}"><c t="inlineStr"><is><t>{"x" * 3000}</t></is></c></row>' for n in range(2, 500))
    assert len(read(make_workbook(tmp_path / "a.xlsx", ROW + rows))[1]) == 498


def test_a_directory_that_lies_about_sizes_is_damage(tmp_path):
    path = make_workbook(tmp_path / "a.xlsx", ROW + "<row/>" * 100_000)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(content.replace(struct.pack("<I", size), struct.pack("<I", 500)))
    assert "a damaged workbook" in refused(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "_rels/.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused(tmp_path, part, encoding):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&l9;&f;</x>'
    path = make_workbook(tmp_path / "a.xlsx", ROW, extra={part: bomb.encode(encoding)})
    assert "a document type declaration" in refused(path)


def test_entities_without_declaration_are_damage(tmp_path):
    assert "damaged" in refused(make_workbook(tmp_path / "a.xlsx", "<row><c><v>&lol;</v></c></row>"))


@pytest.mark.parametrize(
    "sheet",
    [
        ROW + '<row r="2000000000"><c><v>1</v></c></row>',
        ROW + '<row r="0"/>',
        ROW + '<row r="x"/>',
        ROW + '<row><c r="1A"><v>1</v></c></row>',
        ROW + '<row><c t="s"><v>7</v></c></row>',
        ROW + '<row><c t="s"><v>-1</v></c></row>',
        ROW + '<row><c t="s"><v/></c></row>',
        ROW + "<row><c><v>one</v></c></row>",
        ROW + "<row><c>",
        "</sheetData>",
    ],
)
def test_nonsense_in_a_sheet_is_damage(tmp_path, sheet):
    path = make_workbook(tmp_path / "a.xlsx", sheet, extra={"xl/sharedStrings.xml": b"<sst><si><t>x</t></si></sst>"})
    assert "a damaged workbook" in refused(path)


def test_more_columns_than_any_audit_has_are_refused(tmp_path):
    assert "more than 1000 columns" in refused(
        make_workbook(tmp_path / "a.xlsx", '<row><c r="XFD1"><v>1</v></c></row>')
    )
    endless = "<row>" + "<c><v>1</v></c>" * 900_000 + "</row>"
    begun = time.monotonic()
    assert "more than 1000 columns" in refused(make_workbook(tmp_path / "b.xlsx", endless))
    assert time.monotonic() - begun < 2


def test_a_shared_text_referred_to_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_table, "LARGEST_UNPACKED", 1_000_000)
    shared = b"<sst><si><t>" + b"x" * 100_000 + b"</t></si></sst>"
    path = make_workbook(
        tmp_path / "a.xlsx", ROW + '<row><c t="s"><v>0</v></c></row>' * 11, extra={"xl/sharedStrings.xml": shared}
    )
    assert "too large inside" in refused(path)


def test_a_tag_without_end_is_damage_and_not_read_over_and_over(tmp_path):
    path = tmp_path / "a.xlsx"
    noise = random.Random(1).randbytes(15_000_000).hex()
    make_workbook(path, "", sheet_xml=f'<worksheet xmlns="{MAIN}"><!--{noise}--></worksheet>')
    begun = time.monotonic()
    assert "a damaged workbook" in refused(path)
    assert time.monotonic() - begun < 4


def test_encrypted_and_strangely_packed_parts_are_refused(tmp_path):
    path = make_workbook(tmp_path / "a.xlsx", ROW)
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    write(tmp_path / "b.xlsx", bytes(content))
    assert "protected by a password" in refused(tmp_path / "b.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("docProps/app.xml", "x" * 1000)
    assert "damaged" in refused(path)


def test_a_workbook_cut_short_is_damage(tmp_path):
    content = saved(tmp_path / "a.xlsx", [["case", "area"], ["A", "s47"]]).read_bytes()
    for length in range(4, len(content), 97):
        assert "damaged" in refused(write(tmp_path / "b.xlsx", content[:length]))


# -- what is read --------------------------------------------------------------------------------------------------


def test_values_of_every_kind_are_read_as_text(tmp_path):
    values = [
        "A-1",
        7,
        3.0,
        2.5,
        True,
        date(2018, 5, 16),
        datetime.fromisoformat("2018-05-16T14:05"),
        clock(9, 5),
        "line\none",
        None,
    ]
    path = saved(tmp_path / "a.xlsx", [["case", *(f"h{n}" for n in range(9))], values])
    assert read(path)[1] == [
        ["A-1", "7", "3", "2.5", "TRUE", "2018-05-16", "2018-05-16T14:05:00", "09:05:00", "line\none", ""]
    ]


def test_runs_are_joined_pronunciations_left_out_and_escapes_resolved(tmp_path):
    shared = "<sst><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>no</t></rPh></si><si><t>a_x000D__x005F_xD83D_</t></si></sst>"
    sheet = ROW + '<row r="5"><c r="B5" t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>'
    path = make_workbook(tmp_path / "a.xlsx", sheet, extra={"xl/sharedStrings.xml": shared.encode()})
    with open_table(path, KNOWN_HEADINGS) as table:
        rows = [(row.number, list(row.cells)) for row in table.rows()]
    assert rows == [(5, ["", "two runs"]), (6, ["a\r__xD83D_".replace("__", "_"), ""])]


def test_prefixed_tags_and_strict_workbooks_are_read(tmp_path):
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    sheet = f'<x:worksheet xmlns:x="{strict}"><x:sheetData>{ROW.replace("</", "</x:").replace("<c", "<x:c").replace("<is", "<x:is")}'
    sheet = sheet.replace("<t>", "<x:t>").replace("<row", "<x:row") + "</x:sheetData></x:worksheet>"
    assert read(make_workbook(tmp_path / "a.xlsx", "", sheet_xml=sheet))[0] == ("case", "area")


def test_formulas_give_the_value_stored_or_a_fault(tmp_path):
    sheet = (
        ROW
        + '<row r="2"><c t="str"><f>A1</f><v>A-1</v></c><c><f>1+1</f><v>2</v></c></row><row r="3"><c><f>1+1</f><v></v></c></row>'
    )
    path = make_workbook(tmp_path / "a.xlsx", sheet)
    _headings, rows, notes = read(path)
    assert rows[0] == ["A-1", "2"]
    assert any("2 formulas" in note for note in notes)
    assert [(row, column) for row, column, _why in faults_of(path)] == [(3, 0)]
    assert "no value stored" in faults_of(path)[0][2]


def test_errors_in_cells_and_values_without_heading_are_faults(tmp_path):
    sheet = (
        ROW + '<row r="2"><c t="e"><v>#N/A</v></c></row><row r="3"><c r="A3"><v>1</v></c><c r="D3"><v>1</v></c></row>'
    )
    told = faults_of(make_workbook(tmp_path / "a.xlsx", sheet))
    assert [(row, column) for row, column, _why in told] == [(2, 0), (3, 3)]
    assert "an error instead of a value" in told[0][2]
    assert "without a heading" in told[1][2]


def test_macros_and_links_are_ignored_with_a_note(tmp_path):
    extra = {"xl/vbaProject.bin": b"Sub Auto_Open", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    headings, _rows, notes = read(make_workbook(tmp_path / "a.xlsm", ROW, extra=extra))
    assert headings == ("case", "area")
    assert any("macros" in note and "ignored" in note for note in notes)
    assert any("links to other files" in note for note in notes)


def test_a_sheet_outside_the_workbook_is_not_followed(tmp_path):
    links = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet" TargetMode="External" Target="http://x/y"/></Relationships>'
    path = make_workbook(tmp_path / "a.xlsx", ROW, extra={"xl/_rels/workbook.xml.rels": links.encode()})
    assert "damaged" in refused(path)


def test_the_visible_sheet_with_the_headings_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["About", "this file"])
    book.create_sheet("Hidden").append(["case", "area", "text", "day"])
    book["Hidden"].sheet_state = "hidden"
    sheet = book.create_sheet("Cases")
    sheet.append([])
    sheet.append(["case", "area"])
    sheet.append(["A", "s47"])
    book.save(tmp_path / "a.xlsx")
    headings, rows, notes = read(tmp_path / "a.xlsx")
    assert (headings, rows) == (("case", "area"), [["A", "s47"]])
    assert any("Only the sheet “Cases” was read" in note for note in notes)


def test_a_note_tells_that_windows_1252_was_taken(tmp_path):
    assert "Windows-1252" in read(write(tmp_path / "a.csv", "case,area\ncafé,s47\n".encode("cp1252")))[2][0]


def test_lines_end_in_any_way_and_quotes_hold_them(tmp_path):
    for end in ("\n", "\r\n", "\r"):
        path = write(tmp_path / "a.csv", f'case,area{end}A,"one{end}two"{end}{end}B,""""{end}'.encode())
        with open_table(path, KNOWN_HEADINGS) as table:
            assert [(row.number, *row.cells) for row in table.rows()] == [(2, "A", f"one{end}two"), (4, "B", '"')]


def test_a_line_that_does_not_fit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(text_table, "LONGEST_LINE", 1000)
    assert "a line of more than" in refused(write(tmp_path / "a.csv", b"case,area\nA," + b"x" * 2000))


def test_reading_is_linear_and_in_bounded_memory(tmp_path):
    import tracemalloc

    path = tmp_path / "a.xlsx"
    rows = "".join(
        f'<row r="{n}"><c t="inlineStr"><is><t>R-{n} {"text " * 20}</t></is></c></row>' for n in range(2, 60_000)
    )
    make_workbook(path, ROW + rows)
    del rows
    tracemalloc.start()
    with open_table(path, KNOWN_HEADINGS) as table:
        assert sum(1 for _row in table.rows()) == 59_998
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000


# -- fuzz ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_random_damage_raises_nothing_but_a_known_error(tmp_path, name):
    rows: list[list[object]] = [["case", "area", "day", "text"], *([f"A-{n}", "s47", n, "text é “"] for n in range(20))]
    path = tmp_path / name
    lines = "\n".join(",".join(map(str, row)) for row in rows)
    content = saved(path, rows).read_bytes() if name == "a.xlsx" else lines.encode("utf-16")
    chance = random.Random(20180516)
    refusals = 0
    for _turn in range(150 if name == "a.xlsx" else 300):
        damaged = bytearray(content)
        for _hit in range(chance.randint(1, 8)):
            place = chance.randrange(len(damaged))
            match chance.randrange(3):
                case 0:
                    damaged[place] = chance.randrange(256)
                case 1:
                    del damaged[place : place + chance.randint(1, 40)]
                case 2:
                    damaged[place:place] = chance.randbytes(chance.randint(1, 20))
        write(path, bytes(damaged))
        try:
            read(path)
        except KnownError:
            refusals += 1
    assert refusals > 20


def test_random_damage_inside_the_sheet_raises_nothing_but_a_known_error(tmp_path):
    sound = '<row r="2" spans="1:2"><c r="A2" s="1" t="s"><v>0</v></c><c r="B2" t="b"><v>1</v></c><c t="d"><v>2018-05-16</v></c></row>'
    chance = random.Random(2)
    refusals = 0
    for _turn in range(300):
        damaged = list(sound)
        for _hit in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(damaged))] = chr(chance.choice([*range(33, 127), 0x7FF, 0x0660]))
        extra = {"xl/sharedStrings.xml": b"<sst><si><t>x</t></si></sst>"}
        try:
            read(make_workbook(tmp_path / "a.xlsx", ROW + "".join(damaged), extra=extra))
        except KnownError:
            refusals += 1
    assert refusals > 50


@pytest.mark.skipif(sys.platform == "win32", reason="the file is still open there")
def test_the_file_is_let_go_of(tmp_path):
    path = saved(tmp_path / "a.xlsx", [["case", "area"], ["A", "s47"]])
    with open_table(path, KNOWN_HEADINGS) as table:
        next(table.rows())
    path.unlink()
