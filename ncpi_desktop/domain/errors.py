"""Errors sorted at birth: the world's fault, which a person is told in a sentence, and our own."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command line returns; published, so the numbers stay."""

    DONE = 0
    FOUND_SOMETHING = 1
    WRONG_USE = 2
    FILE_NOT_OPENED = 3
    OUTPUT_NOT_WRITTEN = 4
    REFUSED = 5


class KnownError(Exception):
    """The world's fault: say what happened, what is safe, and what to do. Never holds text of a case."""

    exit_code = ExitCode.REFUSED

    def __init__(self, happened: str, *, safe: str = "", todo: str = "") -> None:
        self.happened = happened
        self.safe = safe
        self.todo = todo
        super().__init__(" ".join(part for part in (happened, safe, todo) if part))


class WrongUseError(KnownError):
    """What was asked makes no sense as asked: an unknown area, a missing name."""

    exit_code = ExitCode.WRONG_USE


class FileRefusedError(KnownError):
    """A file that can't be opened soundly; it is left as it was."""

    exit_code = ExitCode.FILE_NOT_OPENED


class FileDamagedError(FileRefusedError):
    """An audit file that is damaged or cut short: what is sound in it may be saved into a new one."""


class FileProtectedError(FileRefusedError):
    """A file that needs its passphrase, or another than the one given; it is left as it was."""


class FileInUseError(KnownError):
    """Somebody else works in the file. It can be read; `may_take` says that it may be taken over from whoever left it open.

    `person` and `machine` name the holder where they are known.
    """

    exit_code = ExitCode.REFUSED

    def __init__(
        self,
        happened: str,
        *,
        safe: str = "",
        todo: str = "",
        person: str = "",
        machine: str = "",
        may_take: bool = False,
    ) -> None:
        self.person = person
        self.machine = machine
        self.may_take = may_take
        super().__init__(happened, safe=safe, todo=todo)


class NotSavedError(KnownError):
    """A write to the audit file failed and nothing of it was kept."""

    exit_code = ExitCode.OUTPUT_NOT_WRITTEN


class OutputNotWrittenError(KnownError):
    """An export failed; whatever stood in its place before is untouched."""

    exit_code = ExitCode.OUTPUT_NOT_WRITTEN


class RefusedError(KnownError):
    """A rule of the audit forbids it: an incomplete review, a submitted one, a role without the right."""

    exit_code = ExitCode.REFUSED


class BugError(Exception):
    """Our own fault: a state that should be impossible."""
