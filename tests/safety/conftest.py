"""How often a fault is tried: a few times in every run of the tests, many times with ``--long``."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HowMany = Callable[[int, int], int]


@pytest.fixture
def long_form(request: pytest.FixtureRequest) -> bool:
    """Whether the long runs were asked for."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def how_many(long_form: bool) -> HowMany:
    """Chooses between the number of tries of every run and that of the long one."""
    return lambda short, long: long if long_form else short


@pytest.fixture
def new_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of twelve cases that no audit holds yet, in a folder of its own."""
    path = tmp_path_factory.mktemp("source") / "cases.csv"
    rows = ["case,area,children,day,time,heading,text,own_grade"]
    rows += [
        f"NEW-{n:02},domestic-abuse,Child A (6),{day},21:40,Officers attend,Officer {n} spoke to Child A alone.,"
        for n in range(1, 13)
        for day in (0, 1)
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def swift_folder() -> Iterator[Path]:
    """An empty folder, in memory where the system has one: thousands of files are written to it, and synced."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    yield folder
    shutil.rmtree(folder)
