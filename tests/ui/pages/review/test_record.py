"""The record as it is shown: places in it, hostile text, very long text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.casework.case import Case, CaseKey, Entry, EntryKind, StrategyDiscussion
from ncpi_desktop.domain.grading.review import Citation, CitationKey
from ncpi_desktop.ui.pages.review.record_text import (
    EntryPlace,
    Passage,
    line_breaks,
    passages_between,
    utf16_length,
    visible_text,
)
from ncpi_desktop.ui.pages.review.record_view import RecordView
from ncpi_desktop.ui.theme.theme import Theme

SMILE = "\U0001f642"


def entry(key: int, text: str, heading: str = "Visit", strategy: StrategyDiscussion | None = None) -> Entry:
    kind = EntryKind.STRATEGY_DISCUSSION if strategy else EntryKind.VISIT
    return Entry(key, f"e{key}", key, "10:00", kind, heading, text, strategy)


def shown(theme: Theme, qtbot: QtBot, *entries: Entry) -> RecordView:
    view = RecordView(theme)
    qtbot.addWidget(view)
    view.resize(560, 400)
    view.show()
    view.show_case(Case(CaseKey(1), "c", "X-1", "s47", entries=entries))
    QApplication.processEvents()
    return view


def select(view: RecordView, first: int, last: int) -> None:
    cursor = QTextCursor(view.document())
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)


@given(st.text(max_size=60))
def test_visible_text_keeps_places_and_hides_nothing(text: str) -> None:
    found = visible_text(text)
    assert len(found) == len(text)
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in found)
    assert not set(found) & set("\x7f\u202d\u202e\u2029\ufdd0\ufdd1\ufffc")


@given(st.text(alphabet=st.sampled_from(["a", " ", SMILE, "é", "\n"]), max_size=80), st.data())
def test_places_go_there_and_back(text: str, data: st.DataObject) -> None:
    breaks = tuple(sorted(data.draw(st.sets(st.integers(1, max(len(text) - 1, 1)), max_size=3)))) if text else ()
    place = EntryPlace(entry(1, text), 0, 7, 7 + utf16_length(text) + len(breaks), breaks, True)
    for offset in range(len(text) + 1):
        assert place.offset(place.position(offset)) == offset
        assert place.offset(place.position(offset, closing=True)) == offset


def test_astral_text_is_selected_and_cited_in_code_points(theme: Theme, qtbot: QtBot) -> None:
    text = f"{SMILE} the child {SMILE}{SMILE} said no"
    view = shown(theme, qtbot, entry(1, "first"), entry(2, text))
    raw = view.document().toRawText()
    at = utf16_length(raw[: raw.index("said no")])
    select(view, at, at + len("said no"))
    assert view.selected_passages() == [Passage(2, text.index("said"), len(text))]
    start = text.index("the")
    view.go_to_passage(Citation(CitationKey(1), "i", 2, start, start + 9, "the child"))
    assert view.textCursor().selectedText() == "the child"


def test_selection_is_trimmed_and_headings_are_left_out(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, entry(1, "  seen alone  "), entry(2, "later"))
    first, second = view._places
    select(view, first.top, first.end)
    assert view.selected_passages() == [Passage(1, 2, 12)]
    select(view, first.top, second.top)
    assert view.selected_passages() == [Passage(1, 2, 12)]
    select(view, first.start, second.end)
    assert len(view.selected_passages()) == 2
    select(view, first.top, first.start)
    assert view.selected_passages() == []
    assert passages_between([], 0, 5) == []


def test_hostile_text_is_shown_and_not_obeyed(theme: Theme, qtbot: QtBot) -> None:
    text = "<b>bold</b> &amp; \x00\x07\x1b[31m \u202eevil \ufdd0 \u2029 end\r\nnext\rlast"
    view = shown(theme, qtbot, entry(1, text, heading="<h1>x</h1>\nsecond"))
    plain = view.toPlainText()
    assert "<b>bold</b> &amp; \u2400\u2407\u241b[31m \ufffdevil \ufffd" in plain
    assert "<h1>x</h1> second" in plain
    assert plain.endswith("end \nnext\nlast")
    place = view._places[0]
    assert place.end - place.start == len(text)


def test_cited_passages_are_marked_and_unmarked_without_moving(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, *(entry(n, "word " * 80) for n in range(1, 9)))
    view.verticalScrollBar().setValue(200)
    length = view.document().characterCount()
    view.show_citations([Citation(CitationKey(1), "i", 3, 5, 9, "word")])
    marks = view.extraSelections()
    assert [mark.cursor.selectedText() for mark in marks] == ["word"]
    assert marks[0].format.fontUnderline()
    assert view.verticalScrollBar().value() == 200
    assert view.document().characterCount() == length
    view.show_citations([])
    assert view.extraSelections() == []


def test_strategy_discussion_says_who_was_missing(theme: Theme, qtbot: QtBot) -> None:
    held = StrategyDiscussion(("police", "health"), ("police",), in_time=True, rationale_recorded=False)
    view = shown(theme, qtbot, entry(1, "Held.", "Strategy discussion", held))
    assert (
        "Invited: police, health · Present: police · Missing: health · In time: yes · Rationale recorded: no"
        " · Actions recorded: not recorded" in view.toPlainText()
    )


def test_ten_megabytes_are_shown_to_their_end(theme: Theme, qtbot: QtBot) -> None:
    for text in ("word and more " * 700_000, "x" * 10_000_000):
        view = shown(theme, qtbot, entry(1, text), entry(2, "after"))
        place = view._places[0]
        assert place.offset(place.position(9_000_000)) == 9_000_000


def test_over_long_lines_are_broken_at_spaces() -> None:
    text = "short\n" + "ab " * 3000
    breaks = line_breaks(text)
    assert breaks
    assert all(text[place - 1] == " " for place in breaks)
    assert line_breaks("x" * 9000) == (4000, 8000)
    assert line_breaks("short") == ()


def test_record_without_entries_is_empty(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot)
    assert view.toPlainText() == ""
    assert view.selected_passages() == []
