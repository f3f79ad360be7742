"""The disk as Python's own file operations see it: documents are written with them, and backups put in place.

Only files below one folder are heard, so that nothing else in the process is disturbed.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.safety.faults.operations import Failure, Operation, Place

REASONS = {"I/O error": errno.EIO, "no space": errno.ENOSPC, "short write": errno.ENOSPC}


class PythonDisk:
    """Stands between Python and the files below `folder` while `in_place`; calls `hear` as `EngineDisk` does."""

    def __init__(self, folder: Path, hear: Callable[[Operation], Failure | None]) -> None:
        self._folder = str(folder.resolve())
        self._hear = hear

    @contextmanager
    def in_place(self) -> Iterator[PythonDisk]:
        """Be Python's way to the files of the folder."""
        with pytest.MonkeyPatch.context() as patch:
            for name in ("open", "fsync", "replace", "rename", "unlink"):
                self.__dict__[f"_really_{name}"] = getattr(io if name == "open" else os, name)
            patch.setattr(io, "open", self._opens)
            patch.setattr(builtins, "open", self._opens)
            patch.setattr(os, "fsync", self._syncs)
            patch.setattr(os, "replace", self._renames)
            patch.setattr(os, "rename", self._renames)
            patch.setattr(os, "unlink", self._deletes)
            patch.setattr(os, "remove", self._deletes)
            yield self

    def pass_on(self, operation: Operation) -> bool:
        """Let `operation` be heard.

        Raises:
            OSError: it is to fail.
        """
        operation.failure = self._hear(operation)
        if operation.failure is None:
            return True
        if operation.failure.kind == "short write":
            return False
        raise failure_of(operation.failure)

    def _is_ours(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and str(Path(os.fspath(path)).absolute()).startswith(self._folder)

    def _opens(self, file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any) -> Any:
        writes = any(letter in mode for letter in "wax+")
        if not writes or not self._is_ours(file) or named.get("opener"):
            return self.__dict__["_really_open"](file, mode, buffering, *rest, **named)
        path = str(Path(os.fspath(file)).absolute())
        if not Path(path).exists():
            self.pass_on(Operation("create", Place(path)))
        elif "w" in mode:
            self.pass_on(Operation("truncate", Place(path)))
        raw = _HeardFile(path, mode.replace("b", "").replace("t", ""), self)
        if buffering == 0:
            return raw
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        return io.TextIOWrapper(buffered, *rest, **named)

    def _syncs(self, handle: int) -> None:
        path = os.readlink(f"/proc/self/fd/{handle}")  # noqa: PTH115
        if self._is_ours(path):
            kind = "sync folder" if Path(path).is_dir() else "sync"
            self.pass_on(Operation(kind, Place(path)))  # type: ignore[arg-type]
        self.__dict__["_really_fsync"](handle)

    def _renames(self, source: Any, target: Any, **named: Any) -> None:
        if self._is_ours(source):
            self.pass_on(Operation("rename", Place(str(Path(source).absolute())), to=str(Path(target).absolute())))
        self.__dict__["_really_replace"](source, target, **named)

    def _deletes(self, path: Any, **named: Any) -> None:
        if self._is_ours(path) and Path(path).exists():
            self.pass_on(Operation("delete", Place(str(Path(path).absolute()))))
        self.__dict__["_really_unlink"](path, **named)


class _HeardFile(io.FileIO):
    """A file whose writes are heard."""

    def __init__(self, path: str, mode: str, disk: PythonDisk) -> None:
        super().__init__(path, mode)
        self._place = Place(path)
        self._disk = disk

    def write(self, data: Any) -> int:
        operation = Operation("write", self._place, offset=self.tell(), data=bytes(data))
        if self._disk.pass_on(operation):
            return super().write(data)
        super().write(memoryview(data)[: len(data) // 2])
        assert operation.failure is not None
        raise failure_of(operation.failure)

    def truncate(self, size: int | None = None) -> int:
        size = self.tell() if size is None else size
        self._disk.pass_on(Operation("truncate", self._place, offset=size))
        return super().truncate(size)


def failure_of(failure: Failure) -> OSError:
    """Return what Python is told of a failure."""
    number = REASONS[failure.kind]
    return OSError(number, os.strerror(number))
