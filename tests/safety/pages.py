"""Finds which bytes of a plain SQLite file hold which table or index, from the file format (sqlite.org/fileformat2.html)."""

from __future__ import annotations

from pathlib import Path

from ncpi_desktop.storage.engine import connect

_LEAF_TABLE, _INTERIOR_TABLE, _LEAF_INDEX, _INTERIOR_INDEX = 13, 5, 10, 2


def used_bytes_by_table(path: Path) -> dict[str, list[int]]:
    """Return where the bytes of each table stand that are in use, by its name, those of its indexes among them.

    The unused middle of a page is left out; small gaps between cells are not.
    """
    connection = connect(str(path))
    roots = connection.execute("SELECT tbl_name, rootpage FROM sqlite_schema WHERE rootpage > 0").fetchall()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    held = path.read_bytes()
    found: dict[str, list[int]] = {}
    for name, root in (("sqlite_schema", 1), *roots):
        for number, is_overflow in sorted(_tree(held, size, root).items()):
            found.setdefault(name, []).extend(_used(held, size, number, is_overflow))
    return found


def _used(held: bytes, size: int, number: int, is_overflow: bool) -> list[int]:
    first = (number - 1) * size
    if is_overflow:
        return list(range(first, first + size))
    start = first + (100 if number == 1 else 0)
    cells, content = (int.from_bytes(held[start + at : start + at + 2], "big") for at in (3, 5))
    header = 12 if held[start] in (_INTERIOR_TABLE, _INTERIOR_INDEX) else 8
    return [*range(start, start + header + 2 * cells), *range(first + content, first + size)]


def _tree(held: bytes, size: int, root: int) -> dict[int, bool]:
    """Return the pages of one tree, each with whether it is one that a long row flows over into; pages count from 1."""
    found: dict[int, bool] = {}
    waiting = [root]
    while waiting:
        number = waiting.pop()
        if number in found:
            continue
        found[number] = False
        page = held[(number - 1) * size : number * size]
        start = 100 if number == 1 else 0
        kind, cells = page[start], int.from_bytes(page[start + 3 : start + 5], "big")
        interior = kind in (_INTERIOR_TABLE, _INTERIOR_INDEX)
        pointers = start + (12 if interior else 8)
        if interior:
            waiting.append(int.from_bytes(page[start + 8 : start + 12], "big"))
        for cell in range(cells):
            at = int.from_bytes(page[pointers + 2 * cell : pointers + 2 * cell + 2], "big")
            if interior:
                waiting.append(int.from_bytes(page[at : at + 4], "big"))
                at += 4
            if kind != _INTERIOR_TABLE:
                found |= dict.fromkeys(_overflow(held, size, page, at, kind), True)
    return found


def _overflow(held: bytes, size: int, page: bytes, at: int, kind: int) -> set[int]:
    payload, at = _varint(page, at)
    if kind == _LEAF_TABLE:
        _rowid, at = _varint(page, at)
    most = size - 35 if kind == _LEAF_TABLE else (size - 12) * 64 // 255 - 23
    if payload <= most:
        return set()
    least = (size - 12) * 32 // 255 - 23
    here = least + (payload - least) % (size - 4)
    here = here if here <= most else least
    number, found = int.from_bytes(page[at + here : at + here + 4], "big"), set()
    while number:
        found.add(number)
        number = int.from_bytes(held[(number - 1) * size : (number - 1) * size + 4], "big")
    return found


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = page[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise AssertionError
