"""The house keeps its own rules: floors, words at the door of every module, a catalogue that is never stale."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

import ncpi_desktop

PACKAGE = Path(ncpi_desktop.__file__).parent
HOUSE = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
WITHOUT_WINDOWS = [
    ".".join(("ncpi_desktop", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    for path in MODULES
    if path.relative_to(PACKAGE).parts[0] not in ("ui", "app.py", "__main__.py")
]
HEAVY = {"openpyxl", "reportlab", "lxml", "sqlite_utils", "pypdfium2", "PySide6", "shiboken6"}
BLOCKED = """
import importlib, sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(name + " is not here")
sys.meta_path.insert(0, Block())
"""


def run(script: str, *given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *given], capture_output=True, text=True, check=False, cwd=HOUSE
    )


def test_everything_but_the_windows_works_without_qt() -> None:
    told = run(BLOCKED + "for name in sys.argv[1:]: importlib.import_module(name)", *WITHOUT_WINDOWS)
    assert told.returncode == 0, told.stderr
    assert len(WITHOUT_WINDOWS) > 100


def test_the_command_line_does_its_work_without_qt(tmp_path: Path) -> None:
    audit = str(tmp_path / "a.ncpi")
    new = ["new", audit, "--force", "Northshire Police", "--kind", "inspection", "--methodology", "ncpi-2018"]
    script = BLOCKED + "from ncpi_desktop.__main__ import main; sys.exit(main(sys.argv[1:]))"
    for words in (new, ["summary", audit, "--json"], ["check", audit]):
        told = run(script, *words)
        assert told.returncode == 0, told.stderr


def test_the_start_is_not_held_up_by_what_is_seldom_needed() -> None:
    script = "import sys, ncpi_desktop.cli.main, ncpi_desktop.workflows.session; print(*{name.split('.')[0] for name in sys.modules})"
    told = run(script)
    assert told.returncode == 0, told.stderr
    assert HEAVY & set(told.stdout.split()) == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for(module: Path) -> None:
    words = ast.get_docstring(ast.parse(module.read_text()))
    assert words, "no docstring"
    assert words.split("\n\n")[0].rstrip().endswith((".", "?", "``"))


def test_every_folder_of_modules_is_a_package() -> None:
    assert [folder for folder in {path.parent for path in MODULES} if not (folder / "__init__.py").is_file()] == []


def texts_of_the_house() -> Iterator[Path]:
    for folder in ("ncpi_desktop", "resources", "tests", "installer", ".ci"):
        yield from (path for path in (HOUSE / folder).rglob("*") if path.suffix in (".py", ".toml", ".md", ".qss", ""))
    yield from HOUSE.glob("*.md")
    yield HOUSE / "pyproject.toml"


def test_nothing_is_left_for_later() -> None:
    later = ("TO" + "DO", "FIX" + "ME", "X" + "XX ")
    found = [
        path for path in texts_of_the_house() if path.is_file() and any(word in path.read_text() for word in later)
    ]
    assert found == []


def test_the_catalogue_holds_every_sentence_and_no_other() -> None:
    """Renewed as `CONTRIBUTING.md` says; compared by sentences, since dates and places do not matter."""
    keywords = {**DEFAULT_KEYWORDS, "phrase": None}
    fresh = {
        message if isinstance(message, str) else tuple(message)
        for _file, _line, message, _comments, _context in extract_from_dir(str(PACKAGE), keywords=keywords)
    }
    kept = read_po(BytesIO((HOUSE / "resources" / "locale" / "ncpi-desktop.pot").read_bytes()))
    held = {message.id if isinstance(message.id, str) else tuple(message.id) for message in kept if message.id}
    # Where one sentence is used with and without a count, the catalogue keeps it once, with both forms.
    catalogue = Catalog()
    for message in sorted(fresh, key=str):
        catalogue.add(message)
    expected = {message.id if isinstance(message.id, str) else tuple(message.id) for message in catalogue if message.id}
    assert held == expected, "renew the catalogue: the command stands in CONTRIBUTING.md"
    assert len(held) > 200


def test_the_command_that_renews_the_catalogue_is_the_one_documented() -> None:
    command = "pybabel extract -k phrase --no-location --sort-output -o resources/locale/ncpi-desktop.pot ncpi_desktop"
    assert command in (HOUSE / "CONTRIBUTING.md").read_text()


def test_the_guards_are_switched_on() -> None:
    settings = (HOUSE / "pyproject.toml").read_text()
    for guard in ('filterwarnings = ["error"]', 'qt_log_level_fail = "WARNING"', "--strict-markers"):
        assert guard in settings
