"""Every word that people see passes through one catalogue, and a catalogue in another language really is used."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import ncpi_desktop
from ncpi_desktop import words
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.sentences import points_words
from ncpi_desktop.domain.record.actions import Action, words_for
from ncpi_desktop.resources import resource_path
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

PACKAGE = Path(ncpi_desktop.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
MARKING = {"_", "ngettext", "phrase"}


def fields_of(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name is not None}


def calls_in(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


@pytest.fixture
def welsh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue of four sentences in Welsh, put where the program looks for its catalogues."""
    catalogue = Catalog(locale="cy")
    catalogue.add("overall grade", "gradd gyffredinol")
    catalogue.add("To do", "I'w wneud")
    catalogue.add("The rationale is empty", "Mae'r rhesymeg yn wag")
    catalogue.add(
        ("{points} point", "{points} points"), [f"{{points}} pwynt {form}" for form in range(catalogue.num_plurals)]
    )
    folder = tmp_path / "locale" / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "ncpi-desktop.mo").open("wb") as stream:
        write_mo(stream, catalogue)
    monkeypatch.setattr(words, "resource_path", lambda *parts: tmp_path.joinpath(*parts))
    yield
    words.use_language()


@pytest.mark.usefixtures("welsh")
class TestInWelsh:
    def test_sentences_come_from_the_catalogue(self) -> None:
        assert words_for(Action.GRADE, "Good") == "overall grade: Good"
        words.use_language("cy")
        assert words_for(Action.GRADE, "Good") == "gradd gyffredinol: Good"
        assert CaseState.TO_DO.label == "I'w wneud"
        words.use_language()
        assert words_for(Action.GRADE) == "overall grade"

    def test_the_form_fits_the_count_as_the_language_has_it(self) -> None:
        words.use_language("cy")
        assert len({points_words(count).split("pwynt")[1] for count in (1, 2, 3, 4, 5, 6, 20)}) > 2

    def test_an_error_speaks_the_language_too(self, sample: AuditSession) -> None:
        words.use_language("cy")
        with pytest.raises(RefusedError, match="Mae'r rhesymeg yn wag"):
            reviewing.submit(sample, key_of(sample, "DA-06"))

    def test_what_is_not_translated_yet_stays_english(self) -> None:
        words.use_language("cy")
        assert CaseState.PARKED.label == "Parked"

    @pytest.mark.parametrize("language", [None, "fr"])
    def test_without_a_catalogue_it_is_english(self, language: str | None) -> None:
        words.use_language("cy")
        words.use_language(language)
        assert CaseState.TO_DO.label == "To do"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_sentences_are_whole_and_their_fields_are_named(module: Path) -> None:
    """A sentence put together beforehand is not in the catalogue; a field without a name can't change its place.

    A constant may be looked up, since `phrase` has marked it.
    """
    for call in calls_in(ast.parse(module.read_text())):
        if called(call) not in MARKING or module.name == "words.py":
            continue
        sentences = call.args[: 2 if called(call) == "ngettext" else 1]
        for sentence in sentences:
            if not isinstance(sentence, ast.Constant):
                built = isinstance(sentence, ast.JoinedStr | ast.BinOp) or "format(" in ast.unparse(sentence)
                assert not built, f"line {call.lineno}: put together beforehand"
                assert called(call) == "_", f"line {call.lineno}: not a literal sentence"
                continue
            assert isinstance(sentence.value, str)
            assert all(name.isidentifier() for name in fields_of(sentence.value)), (
                f"line {call.lineno}: {sentence.value}"
            )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_is_translated_before_a_language_is_chosen(module: Path) -> None:
    """A call outside any function runs when the module is imported, and would stay English for ever."""

    def at_import(node: ast.AST) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                yield child
                yield from at_import(child)

    early = [node for node in at_import(ast.parse(module.read_text())) if isinstance(node, ast.Call)]
    assert [call.lineno for call in early if called(call) in {"_", "ngettext"}] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_known_error_speaks_past_the_catalogue(module: Path) -> None:
    kinds = {
        "WrongUseError",
        "FileRefusedError",
        "NotSavedError",
        "OutputNotWrittenError",
        "RefusedError",
        "KnownError",
    }
    for call in calls_in(ast.parse(module.read_text())):
        if called(call) in kinds:
            spoken = [*call.args, *(named.value for named in call.keywords)]
            bare = [
                part
                for part in spoken
                if isinstance(part, ast.JoinedStr) or (isinstance(part, ast.Constant) and part.value)
            ]
            assert bare == [], f"line {call.lineno}"


def test_both_forms_of_a_plural_have_the_same_fields_or_the_singular_one_less() -> None:
    with resource_path("locale", "ncpi-desktop.pot").open("rb") as stream:
        for message in read_po(stream):
            if message.pluralizable:
                singular, plural = (fields_of(form) for form in message.id)
                assert singular <= plural, message.id
