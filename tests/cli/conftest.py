"""Runs the command line in this process, with windows that only note that they were asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ncpi_desktop.cli.main import Desktop, run


@dataclass
class Answer:
    code: int
    out: str
    err: str

    @property
    def form(self) -> dict[str, Any]:
        return dict(json.loads(self.out))


@dataclass
class NotedWindows:
    opened: list[tuple[Path | None, bool]] = field(default_factory=list)
    toured: list[Path] = field(default_factory=list)

    def desktop(self) -> Desktop:
        return Desktop(window=self._open, tour=self._tour)

    def _open(self, path: Path | None, sample: bool) -> int:
        self.opened.append((path, sample))
        return 0

    def _tour(self, folder: Path) -> int:
        self.toured.append(folder)
        return 0


@pytest.fixture
def windows() -> NotedWindows:
    return NotedWindows()


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], windows: NotedWindows) -> Callable[..., Answer]:
    def call(*words: object) -> Answer:
        capsys.readouterr()
        code = run([str(word) for word in words], windows.desktop())
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Answer(int(code), told.out, told.err)

    return call
