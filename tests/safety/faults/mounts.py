"""Small disks and closed ones, made with the system's own means; where this process may not, it says why."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CannotBeMadeError(Exception):
    """The system does not let this process make such a disk; the message says why."""


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Mount a file system of `size` bytes in memory at `folder`."""
    folder.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        unplug(folder)


@contextmanager
def read_only_disk(folder: Path, holding: Path) -> Iterator[Path]:
    """Mount what `holding` holds at `folder`, for reading only."""
    folder.mkdir()
    _run("mount", "--bind", str(holding), str(folder))
    try:
        _run("mount", "-o", "remount,bind,ro", str(folder))
        yield folder
    finally:
        unplug(folder)


@contextmanager
def closed(path: Path) -> Iterator[None]:
    """Let nobody write to the file or folder at `path`, whoever has it open."""
    if os.name == "posix" and os.geteuid() != 0:
        mode = path.stat().st_mode
        path.chmod(mode & ~0o222)
        try:
            yield
        finally:
            path.chmod(mode)
        return
    _run("chattr", "+i", str(path))  # permissions mean nothing to root
    try:
        yield
    finally:
        _run("chattr", "-i", str(path))


def unplug(folder: Path) -> None:
    """Take the disk at `folder` away, also from under whoever has files open on it; nothing where there is none."""
    subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)


def fill(folder: Path, leaving: int) -> Path:
    """Fill the disk at `folder` up but for `leaving` bytes; return the file that does."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as stream:
        try:
            while stream.write(bytes(4096)):
                pass
        except OSError:
            stream.truncate(max(0, stream.tell() - leaving))
    return filler


def _run(*words: str) -> None:
    if shutil.which(words[0]) is None:
        raise CannotBeMadeError(f"there is no {words[0]} here")
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBeMadeError(done.stderr.strip() or f"{words[0]} failed")
