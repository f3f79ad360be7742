"""The disk as the SQLite engine sees it, with an ear and a hand in between: every file operation is told, and may be made to fail.

The real engine runs on the real file system. A second *VFS* (SQLite's name for its way to the disk) is registered in front of the
platform's own; the files it opens are the platform's, but for the few methods that are heard here. Linux only: there the engine's shared
object lets itself be asked for its functions.
"""

from __future__ import annotations

import ctypes as c
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3

from tests.safety.faults.operations import Failure, Operation, Place

OK = 0
FAILED = {
    "I/O error": {
        "read": 266,  # SQLITE_IOERR_READ and so on
        "write": 778,
        "truncate": 1546,
        "sync": 1034,
        "delete": 2570,
        "create": 14,  # SQLITE_CANTOPEN
        "sync folder": 1290,
    },
    "no space": {"write": 13, "create": 14, "truncate": 1546},
    "short write": {"write": 13},
}
"""What the engine is told of a failure, by what it asked for; an operation that has no number is left to succeed."""

OPEN_CREATE, OPEN_READONLY = 0x4, 0x1
MAIN_DB, MAIN_JOURNAL, WAL = 0x100, 0x800, 0x80000


class _File(c.Structure):
    _fields_ = [("methods", c.c_void_p)]


_FILE = c.POINTER(_File)
_CLOSE = c.CFUNCTYPE(c.c_int, _FILE)
_READ = c.CFUNCTYPE(c.c_int, _FILE, c.c_void_p, c.c_int, c.c_int64)
_TRUNCATE = c.CFUNCTYPE(c.c_int, _FILE, c.c_int64)
_SYNC = c.CFUNCTYPE(c.c_int, _FILE, c.c_int)


class _Methods(c.Structure):
    """sqlite3_io_methods, of which five are heard."""

    _fields_ = [
        ("version", c.c_int),
        ("close", _CLOSE),
        ("read", _READ),
        ("write", _READ),
        ("truncate", _TRUNCATE),
        ("sync", _SYNC),
        *((f"other{place}", c.c_void_p) for place in range(13)),
    ]


_OPEN = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, _FILE, c.c_int, c.POINTER(c.c_int))
_DELETE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_char_p, c.c_int)
_OPEN_FOLDER = c.CFUNCTYPE(c.c_int, c.c_char_p, c.POINTER(c.c_int))
_SET_CALL = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_char_p, c.c_void_p)
_GET_CALL = c.CFUNCTYPE(c.c_void_p, c.c_void_p, c.c_char_p)


class _Vfs(c.Structure):
    """sqlite3_vfs, of which opening and deleting are heard."""

    _fields_ = [
        ("version", c.c_int),
        ("file_size", c.c_int),
        ("longest_path", c.c_int),
        ("next", c.c_void_p),
        ("name", c.c_char_p),
        ("data", c.c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
        *((f"other{place}", c.c_void_p) for place in range(11)),
        ("set_call", _SET_CALL),
        ("get_call", _GET_CALL),
        ("next_call", c.c_void_p),
    ]


class EngineDisk:
    """Stands between the engine and the disk while `in_place`; calls `hear` with each operation before it is done.

    `hear` returns None to let it be done, or the failure that the engine is to meet instead. What goes wrong in here is kept in `faults`
    and fails the test at the end: an exception has no way through C.
    """

    def __init__(self, hear: Callable[[Operation], Failure | None]) -> None:
        self._hear = hear
        self._library = c.CDLL(sqlcipher3._sqlite3.__file__)
        self._library.sqlite3_vfs_find.restype = c.POINTER(_Vfs)
        self._platform: Any = self._library.sqlite3_vfs_find(b"unix")
        self._places: dict[int, Place] = {}
        self._methods: dict[int, tuple[_Methods, _Methods]] = {}
        self._folder_synced = False
        self.faults: list[BaseException] = []
        self._vfs = _Vfs()
        c.memmove(c.byref(self._vfs), self._platform, c.sizeof(_Vfs))
        self._vfs.next = None
        self._vfs.name = b"heard"
        self._open, self._delete = _OPEN(self._opens), _DELETE(self._deletes)
        self._vfs.open, self._vfs.delete = self._open, self._delete
        self._heard = (_CLOSE(self._closes), _READ(self._reads), _READ(self._writes), _TRUNCATE(self._truncates))
        self._heard_sync = _SYNC(self._syncs)
        self._open_folder = _OPEN_FOLDER(self._opens_folder)

    @contextmanager
    def in_place(self) -> Iterator[EngineDisk]:
        """Be the engine's way to the disk for every connection that is opened meanwhile; each must be closed before the end."""
        platform = self._platform.contents
        real = platform.get_call(self._platform, b"openDirectory")
        self._really_open_folder = _OPEN_FOLDER(real)
        platform.set_call(self._platform, b"openDirectory", c.cast(self._open_folder, c.c_void_p))
        self._library.sqlite3_vfs_register(c.byref(self._vfs), 1)
        try:
            yield self
        finally:
            self._library.sqlite3_vfs_unregister(c.byref(self._vfs))
            self._library.sqlite3_vfs_register(self._platform, 1)
            platform.set_call(self._platform, b"openDirectory", real)
        assert not self._places, f"still open: {self._places}"
        assert not self.faults, self.faults

    def _opens(self, _vfs: int, name: int | None, file: Any, flags: int, told: Any) -> int:
        kept = flags & (MAIN_DB | MAIN_JOURNAL | WAL)
        path = c.string_at(name).decode() if name and kept else ""
        place = Place(path, kept == MAIN_DB)
        new = bool(flags & OPEN_CREATE) and bool(path) and not place.exists()
        if new and (failed := self._fails(Operation("create", place))):
            file.contents.methods = None
            return failed
        code: int = self._platform.contents.open(c.addressof(self._platform.contents), name, file, flags, told)
        if code == OK and path:
            self._places[c.addressof(file.contents)] = place
            file.contents.methods = c.addressof(self._listening(file.contents.methods)[1])
        return code

    def _listening(self, methods: int) -> tuple[_Methods, _Methods]:
        """Return the platform's methods and a copy that is heard; made once for each kind and kept alive."""
        for real, heard in self._methods.values():
            if c.addressof(real) == methods or c.addressof(heard) == methods:
                return real, heard
        real = _Methods.from_address(methods)
        heard = _Methods()
        c.memmove(c.byref(heard), methods, c.sizeof(_Methods))
        heard.close, heard.read, heard.write, heard.truncate = self._heard
        heard.sync = self._heard_sync
        self._methods[methods] = real, heard
        return real, heard

    def _real(self, file: Any) -> _Methods:
        return self._listening(file.contents.methods)[0]

    def _closes(self, file: Any) -> int:
        self._places.pop(c.addressof(file.contents), None)
        code: int = self._real(file).close(file)
        return code

    def _reads(self, file: Any, into: int, size: int, offset: int) -> int:
        failed = self._fails(Operation("read", self._place(file), offset=offset))
        code: int = failed or self._real(file).read(file, into, size, offset)
        return code

    def _writes(self, file: Any, source: int, size: int, offset: int) -> int:
        operation = Operation("write", self._place(file), offset=offset, data=c.string_at(source, size))
        failed = self._fails(operation)
        if failed and operation.failure is not None and operation.failure.kind == "short write":
            self._real(file).write(file, source, size // 2, offset)
        code: int = failed or self._real(file).write(file, source, size, offset)
        return code

    def _truncates(self, file: Any, size: int) -> int:
        failed = self._fails(Operation("truncate", self._place(file), offset=size))
        code: int = failed or self._real(file).truncate(file, size)
        return code

    def _syncs(self, file: Any, flags: int) -> int:
        place = self._place(file)
        operation = Operation("sync", place)
        failed = self._fails(operation)
        self._folder_synced = False
        code: int = failed or self._real(file).sync(file, flags)
        if code == OK and self._folder_synced:  # heard, not guessed; the engine passes over a failure of it
            self._fails(Operation("sync folder", place))
        return code

    def _deletes(self, _vfs: int, name: bytes, sync: int) -> int:
        operation = Operation("delete", Place(name.decode(), False), syncs_folder=bool(sync))
        failed = self._fails(operation)
        if failed:
            return failed
        self._folder_synced = False
        code: int = self._platform.contents.delete(c.addressof(self._platform.contents), name, sync)
        if code == OK and self._folder_synced:
            return self._fails(Operation("sync folder", operation.place))
        return code

    def _opens_folder(self, name: bytes, handle: Any) -> int:
        # The engine opens a folder for one purpose: to sync it.
        self._folder_synced = True
        code: int = self._really_open_folder(name, handle)
        return code

    def _place(self, file: Any) -> Place:
        return self._places.get(c.addressof(file.contents), Place("", False))

    def _fails(self, operation: Operation) -> int:
        """Let `operation` be heard; return the engine's number of the failure it meets, or 0."""
        try:
            operation.failure = self._hear(operation)
            if operation.failure is None:
                return OK
            return FAILED[operation.failure.kind].get(operation.kind, OK)
        except BaseException as fault:
            self.faults.append(fault)
            return OK
