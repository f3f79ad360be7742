"""A report in memory, and its pages as pictures and words; what is damaged gets a sentence, from whichever thread it is asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncpi_desktop.domain.errors import OutputNotWrittenError
from ncpi_desktop.domain.findings.sentences import headline
from ncpi_desktop.exports.report.extent import Extent
from ncpi_desktop.exports.report.material import gather
from ncpi_desktop.exports.report.pages import LONGEST_TEXT, draw_page, page_sizes
from ncpi_desktop.exports.report.report import write_report, write_report_to
from tests.exports.report.audits import audit, pages_of

GRADES = {"good": 7, "requires-improvement": 3, "inadequate": 2}


def written(extent: Extent) -> bytes:
    findings, lines = audit(GRADES, to_do=1)
    stream = BytesIO()
    write_report_to(stream, gather(findings, iter(lines)), extent=extent)
    return stream.getvalue()


@pytest.fixture(scope="module")
def whole() -> bytes:
    return written(Extent.WHOLE)


def test_in_memory_it_is_the_report_that_is_written(whole: bytes, tmp_path: Path) -> None:
    findings, lines = audit(GRADES, to_do=1)
    target = tmp_path / "report.pdf"
    write_report(target, findings, iter(lines))
    in_file = [" ".join(page.split()) for page in pages_of(target)]
    assert [draw_page(whole, page, 100).words for page in range(len(page_sizes(whole)))] == in_file


def test_the_first_page_alone_has_no_number_and_says_the_same(whole: bytes) -> None:
    first = written(Extent.FIRST_PAGE)
    assert len(page_sizes(first)) == 1
    alone, among = draw_page(first, 0, 100).words, draw_page(whole, 0, 100).words
    assert headline(audit(GRADES, to_do=1)[0]) in alone
    assert "Page 1" not in alone
    assert among.replace(f"Page 1 of {len(page_sizes(whole))} ", "") == alone


def test_without_the_cases_all_else_is_there(whole: bytes) -> None:
    without = written(Extent.WITHOUT_CASES)
    told = [
        " ".join(draw_page(pdf, page, 50).words for page in range(len(page_sizes(pdf)))) for pdf in (whole, without)
    ]
    assert "Annex: method" in told[1]
    assert "Where the figures come from" in told[1]
    assert len(told[1]) < len(told[0])
    assert "Cases without a grade" in told[0]
    assert "Cases without a grade" not in told[1]


@pytest.mark.parametrize("width", [1, 59, 333, 1200])
def test_a_page_is_drawn_as_wide_as_wanted(whole: bytes, width: int) -> None:
    drawn = draw_page(whole, 0, width)
    assert drawn.width == width
    assert drawn.height == pytest.approx(width * 841.89 / 595.28, abs=1.1)
    assert len(drawn.pixels) == 4 * drawn.width * drawn.height
    assert len(drawn.words) <= LONGEST_TEXT


def test_the_picture_is_of_the_page(whole: bytes) -> None:
    drawn = draw_page(whole, 0, 600)
    assert drawn.pixels[:3] == bytes.fromhex("3f2812"), "the band, blue first"
    last = drawn.pixels[-4:-1]
    assert last == b"\xff\xff\xff", "paper"


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.4", b"no report at all", bytes(2000)])
def test_what_is_no_document_gets_a_sentence(pdf: bytes) -> None:
    for ask in (lambda: page_sizes(pdf), lambda: draw_page(pdf, 0, 100)):
        with pytest.raises(OutputNotWrittenError, match="can't be shown"):
            ask()


def test_a_page_that_is_not_there_gets_a_sentence(whole: bytes) -> None:
    for place in (-1, len(page_sizes(whole))):
        with pytest.raises(OutputNotWrittenError, match="can't be shown"):
            draw_page(whole, place, 100)


@given(cut=st.floats(0, 1), flipped=st.lists(st.floats(0, 0.9999), max_size=6))
@settings(max_examples=40)
def test_damage_is_drawn_or_told_and_never_ends_the_program(whole: bytes, cut: float, flipped: list[float]) -> None:
    damaged = bytearray(whole[: int(cut * len(whole))])
    for place in flipped:
        if damaged:
            damaged[int(place * len(damaged))] ^= 0x55
    with suppress(OutputNotWrittenError):
        for page in range(min(3, len(page_sizes(bytes(damaged))))):
            draw_page(bytes(damaged), page, 60)


def test_many_threads_may_ask_at_once(whole: bytes) -> None:
    pages = list(range(len(page_sizes(whole)))) * 4
    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(lambda page: draw_page(whole, page, 200), pages))
    alone = [draw_page(whole, page, 200) for page in range(len(page_sizes(whole)))]
    assert drawn == alone * 4
