"""Takes a command line to its command, and turns whatever goes wrong into a sentence and an exit code.

Exit codes are `ExitCode`; besides these 70 for a fault of our own, 130 after Ctrl+C and 141 when whoever read the output went away, as
shells have it.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from ncpi_desktop import __version__
from ncpi_desktop.cli import output
from ncpi_desktop.cli.parser import WordsParser, existing_or_new
from ncpi_desktop.domain.errors import ExitCode, KnownError, WrongUseError
from ncpi_desktop.words import _, use_language

PROGRAM = "ncpi-desktop"
INTERNAL_FAULT = 70
INTERRUPTED = 130
NOBODY_READS = 141

_MODULES = {
    "new": "new",
    "import": "bring_in",
    "summary": "summary",
    "export": "export",
    "check": "check",
    "compare": "compare",
    "backup": "backup",
    "protect": "protect",
    "people": "people",
    "sample": "sample",
    "practice": "practice",
    "refer": "refer",
    "recommendations": "recommendations",
    "redact": "redact",
    "rescue": "rescue",
}
"""Which module does which command; the frozen program is told of them in `installer/ncpi-desktop.spec`."""


@dataclass(frozen=True, slots=True)
class Desktop:
    """What needs windows, handed in from above: commands themselves know no Qt."""

    window: Callable[[Path | None, bool], int]
    tour: Callable[[Path], int]


def run(words: Sequence[str], desktop: Desktop) -> int:
    """Do what the command line says and return the exit code; nothing is raised."""
    output.prepare()
    use_language()
    try:
        code = _do(list(words), desktop)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KnownError as error:
        output.remark(str(error))
        return int(error.exit_code)
    except BrokenPipeError:
        _leave_quietly()
        return NOBODY_READS
    except KeyboardInterrupt:
        output.remark(_("Stopped."))
        return INTERRUPTED
    except SystemExit as leaving:  # argparse leaves this way after --help and --version
        return int(leaving.code or 0)
    except Exception as error:  # the last line of defence: a person never sees a traceback
        return _told_fault(error)
    return code


def _do(words: list[str], desktop: Desktop) -> int:
    name = words[0] if words else ""
    if name == "tour":
        from ncpi_desktop.cli import tour

        return tour.run(_parsed(name, tour, words[1:]), desktop.tour)
    command = _command(name)
    if command is not None:
        code: int = command.run(_parsed(name, command, words[1:]))
        return code
    return _open_window(words, desktop)


def _command(name: str) -> ModuleType | None:
    """Return the module of a command, loaded only when it is asked for; None for no command."""
    module = _MODULES.get(name)
    return import_module(f"ncpi_desktop.cli.{module}") if module is not None else None


def _parsed(name: str, command: ModuleType, words: list[str]) -> argparse.Namespace:
    parser = WordsParser(prog=f"{PROGRAM} {name}", allow_abbrev=False)
    command.describe(parser)
    return parser.parse_args(words)


def _commands() -> dict[str, str]:
    return {
        "new": _("make a new audit file"),
        "import": _("bring in cases, force grades or finished reviews"),
        "summary": _("print every figure of the findings"),
        "export": _("write the workbook and the report"),
        "check": _("check a file and the chain of its history"),
        "compare": _("compare with an earlier inspection"),
        "sample": _("draw the cases that are read a second time"),
        "redact": _("take words out that identify somebody"),
        "backup": _("make a checked copy"),
        "protect": _("set, change or remove the passphrase"),
        "people": _("list and change who works on the inspection"),
        "practice": _("bring a practice set in, and print its results"),
        "refer": _("list, raise and close referrals back to the force"),
        "recommendations": _("list recommendations and log how far they have come"),
        "rescue": _("save what can be saved of a damaged file"),
        "tour": _("leave a picture of every page in a folder"),
    }


def _open_window(words: list[str], desktop: Desktop) -> int:
    listed = "\n".join(f"  {name:16}{sentence}" for name, sentence in _commands().items())
    parser = WordsParser(
        prog=PROGRAM,
        allow_abbrev=False,
        description=_("Opens the window. With a command in place of FILE it works without one:") + f"\n\n{listed}",
        epilog=_("See “{program} COMMAND --help” for each.").format(program=PROGRAM),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("file", metavar="FILE", nargs="?", type=existing_or_new, help=_("the audit file to open"))
    choice.add_argument("--sample", action="store_true", help=_("open the sample of an invented force"))
    arguments = parser.parse_args(words)
    if arguments.file is not None:
        _refuse_mistyped_command(str(arguments.file))
    return desktop.window(arguments.file, arguments.sample)


def _refuse_mistyped_command(word: str) -> None:
    """Refuse a lone word that is nearly a command; anything else is taken as a file, and the window says if there is none."""
    near = difflib.get_close_matches(word, _commands(), 1, 0.7)
    if near and not Path(word).exists():
        raise WrongUseError(
            _("There is no command and no file “{word}”.").format(word=word),
            todo=_("Did you mean “{command}”?").format(command=near[0]),
        )


def _leave_quietly() -> None:
    # Python would otherwise try to write the rest at its end, and complain.
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return


def _told_fault(error: Exception) -> int:
    from ncpi_desktop.workflows.session import ReadingError

    if isinstance(error, ReadingError):  # damage that shows only where it is read, or a lock that was not given up
        output.remark(
            _(
                "Part of the audit file can't be read now. It is untouched. Try again, and check it with “{command}”."
            ).format(command=f"{PROGRAM} check")
        )
        return ExitCode.FILE_NOT_OPENED
    output.remark(_fault_words(error))
    return INTERNAL_FAULT


def _fault_words(error: Exception) -> str:
    """Say that the fault is ours and where; values are left out, since they may be text of a case."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "ncpi_desktop" in Path(frame.filename).parts] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return _(
        "The program met a fault of its own ({kind} at {place}). What was saved before is safe. Please report this line."
    ).format(kind=type(error).__name__, place=place)
