"""Opens the zip archive that a workbook is, after its directory has been looked at: nothing is unpacked that promises too much."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from xml.parsers import expat

from ncpi_desktop.domain.errors import FileRefusedError
from ncpi_desktop.imports.tables.source_file import damaged_workbook, refused_source
from ncpi_desktop.words import _

LARGEST_UNPACKED = 512 * 1024 * 1024
"""All parts together, in bytes, as the directory of the archive declares them; the unpacker never gives more than declared."""

HIGHEST_RATIO = 200
"""How many bytes one packed byte may become, in archives that unpack to more than `RATIO_FREE`."""

RATIO_FREE = 16 * 1024 * 1024
MOST_PARTS = 5000
LONGEST_TAG = 8 * 1024 * 1024
"""A single tag or comment of more bytes is refused: the parser would read it anew with every piece."""

_PIECE = 256 * 1024
_ENCRYPTED_FLAG = 0x1

StartTag = Callable[[str, dict[str, str]], None]


class WorkbookArchive:
    """The parts of a workbook."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        with self.refusing_damage():
            self._zip = zipfile.ZipFile(path)
            try:
                self._refuse_unsound()
            except BaseException:
                self._zip.close()
                raise

    def __enter__(self) -> WorkbookArchive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def parts(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._zip.namelist())

    def size_of(self, part: str) -> int:
        """Return how many bytes `part` unpacks to."""
        return self._zip.getinfo(part).file_size

    def parse(self, part: str, set_up: Callable[[expat.XMLParserType], None]) -> Iterator[int]:
        """Parse `part` piece by piece with the parser that `set_up` has given its handlers; yield the bytes read so far.

        Raises:
            FileRefusedError: it is damaged, or declares a document type or entities.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = 64 * 1024
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        set_up(parser)
        read = 0
        with self.refusing_damage(), self._zip.open(part) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
                read += len(piece)
                if read - parser.CurrentByteIndex > LONGEST_TAG:
                    raise damaged_workbook(self.name)
                yield read
            parser.Parse(b"", True)

    @contextmanager
    def refusing_damage(self) -> Iterator[None]:
        """Turn whatever damage makes the readers of zip and XML raise into one sentence."""
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError, KeyError, IndexError):
            raise damaged_workbook(self.name) from None
        except (NotImplementedError, RuntimeError, ValueError, LookupError, OverflowError, OSError):
            raise damaged_workbook(self.name) from None

    def _refuse_unsound(self) -> None:
        found = self._zip.infolist()
        if any(part.flag_bits & _ENCRYPTED_FLAG for part in found):
            raise refused_source(
                _("“{name}” is protected by a password.").format(name=self.name),
                _("Open it in the spreadsheet program, save a copy without a password, and bring that in."),
            )
        unpacked = sum(part.file_size for part in found)
        packed = max(1, sum(part.compress_size for part in found))
        ratio_too_high = unpacked > RATIO_FREE and unpacked > HIGHEST_RATIO * packed
        if unpacked > LARGEST_UNPACKED or ratio_too_high or len(found) > MOST_PARTS:
            raise too_large(self.name)
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in found):
            # Other methods unpack without a bound, and no spreadsheet program writes them.
            raise damaged_workbook(self.name)
        self._refuse_other_documents()

    def _refuse_other_documents(self) -> None:
        names = self.parts
        if "xl/workbook.bin" in names:
            happened = _("“{name}” is a binary workbook (.xlsb).").format(name=self.name)
        elif "content.xml" in names:
            happened = _("“{name}” is an OpenDocument file.").format(name=self.name)
        elif "word/document.xml" in names or "ppt/presentation.xml" in names:
            happened = _("“{name}” is a text document or a presentation, not a workbook.").format(name=self.name)
        elif "_rels/.rels" not in names and not any(name.startswith("xl/") for name in names):
            happened = _("“{name}” is a zip archive, not a workbook.").format(name=self.name)
        else:
            return
        raise refused_source(
            happened, _("Open it in the spreadsheet program and save it as an Excel workbook (.xlsx) or as CSV.")
        )

    def _refuse_document_type(self, *_declared: object) -> None:
        raise refused_source(
            _("“{name}” holds a document type declaration, which no spreadsheet program writes.").format(
                name=self.name
            ),
            _("Use a copy from a source you trust."),
        )


def too_large(name: str) -> FileRefusedError:
    """Return the refusal of a workbook that is larger inside than any audit is."""
    return refused_source(
        _("“{name}” is too large inside: unpacked it would be far larger than any audit.").format(name=name),
        _("See whether it is the right file; if it is, split it into several or save it as CSV."),
    )
