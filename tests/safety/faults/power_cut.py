"""What is left on a disk after a power cut, as harshly as a disk may behave.

What was synced stays. Of what was written and not synced each piece is there, is not there, is there in part (by sectors), or came in
another order. A file that was made, renamed or deleted may not have been, until its folder was synced; syncing the file is not enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.safety.faults.operations import Failure, Operation

SECTOR = 512
MOODS = ("all kept", "none kept", "some kept", "torn", "reordered")


class Recorder:
    """Writes down what is done, and what was acknowledged in between."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []

    def hear(self, operation: Operation) -> Failure | None:
        """Note `operation`; nothing fails."""
        if operation.kind != "read":
            self.operations.append(operation)
        return None


class PoweredDisk:
    """A disk on which operations are done one by one, and which can say at any moment what would be left without power."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._contents = {place: bytearray(held) for place, held in enumerate(files.values())}
        self._names = {path: place for place, path in enumerate(files)}
        self._kept_names = dict(self._names)
        self._writes: dict[int, list[Operation]] = defaultdict(list)
        self._in_folder: list[tuple[Operation, int]] = []

    def do(self, operation: Operation) -> None:
        """Do one operation."""
        path = operation.place.path
        match operation.kind:
            case "create":
                self._contents[len(self._contents)] = bytearray()
                self._change_folder(operation, len(self._contents) - 1)
            case "delete" | "rename":
                self._change_folder(operation, self._names.get(path, -1))
            case "write" | "truncate":
                self._writes[self._names[path]].append(operation)
            case "sync":
                inode = self._names[path]
                for write in self._writes.pop(inode, ()):
                    _put(self._contents[inode], write)
            case "sync folder":
                folder = Path(path) if Path(path).suffix == "" else Path(path).parent
                for change, inode in self._in_folder:
                    if Path(change.place.path).parent == folder:
                        _rename(self._kept_names, change, inode)
                self._in_folder = [held for held in self._in_folder if Path(held[0].place.path).parent != folder]

    def left_without_power(self, random: Random) -> dict[str, bytes]:
        """Return the files that are left where the power goes now."""
        names = dict(self._kept_names)
        for change, inode in self._surviving_folder_changes(random):
            _rename(names, change, inode)
        return {path: bytes(self._left_of(inode, random)) for path, inode in names.items()}

    def _change_folder(self, operation: Operation, inode: int) -> None:
        _rename(self._names, operation, inode)
        self._in_folder.append((operation, inode))

    def _surviving_folder_changes(self, random: Random) -> list[tuple[Operation, int]]:
        if random.random() < 0.5:  # a file system with a journal keeps them in order
            return self._in_folder[: random.randint(0, len(self._in_folder))]
        return [change for change in self._in_folder if random.random() < 0.5]

    def _left_of(self, inode: int, random: Random) -> bytearray:
        held = bytearray(self._contents[inode])
        waiting = self._writes.get(inode, [])
        mood = random.choice(MOODS)
        if mood == "none kept":
            return held
        kept = list(waiting)
        if mood in ("some kept", "reordered"):
            kept = [write for write in waiting if random.random() < 0.5]
        if mood == "reordered":
            random.shuffle(kept)
        for write in kept:
            for piece in _sectors(write, random) if mood == "torn" else (write,):
                _put(held, piece)
        return held


def _sectors(write: Operation, random: Random) -> Iterator[Operation]:
    """Yield those sectors of a write that came to be written."""
    if write.kind == "truncate":
        yield write
        return
    for start in range(0, len(write.data), SECTOR):
        if random.random() < 0.5:
            yield Operation("write", write.place, write.offset + start, write.data[start : start + SECTOR])


def _put(held: bytearray, write: Operation) -> None:
    if write.kind == "truncate":
        del held[write.offset :]
        held.extend(bytes(write.offset - len(held)))
        return
    if len(held) < write.offset:
        held.extend(bytes(write.offset - len(held)))
    held[write.offset : write.offset + len(write.data)] = write.data


def _rename(names: dict[str, int], operation: Operation, inode: int) -> None:
    path = operation.place.path
    if operation.kind == "create":
        names[path] = inode
    else:
        names.pop(path, None)
        if operation.kind == "rename":
            names[operation.to] = inode
