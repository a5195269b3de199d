"""Turn an original into the extracts in it: its own, and those of the files that it encloses, each with its outcome."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from forankring.errors import InputError, Problem, ToolError
from forankring.intake.detect import VERSION, detect
from forankring.intake.readers import READERS, REFUSED
from forankring.intake.records import Desk, Enclosed, Extract, Format, Original
from forankring.intake.vault import keep_bytes
from forankring.workspace import Workspace

DEEPEST = 4
"""Files within files: an archive in a mail in a mail in an archive; whoever needs more hides something."""

MOST_PARTS = 200
MOST_BYTES = 200 * 1024 * 1024
"""What all enclosed files of one file may come to, however deep they lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One file or enclosed file after reading. ``name`` is its path below the file in the inbox, empty for that file
    itself; ``problems`` say why there is no extract."""

    name: str
    original: Original
    format: Format = Format.UNKNOWN
    reader: int = 0
    extract: Extract | None = None
    problems: tuple[Problem, ...] = ()


def open_up(workspace: Workspace, desk: Desk, original: Original) -> tuple[Opened, ...]:
    """Read the original and everything that it encloses, itself first, in the order of the file.

    Never raises for what the sender can mend; raises OSError where the vault cannot be written.
    """
    return tuple(_Opener(workspace, desk).open(original, "", 0))


class _Opener:
    """Count what one file's enclosed files come to."""

    def __init__(self, workspace: Workspace, desk: Desk) -> None:
        self._workspace, self._desk = workspace, desk
        self._parts = self._bytes = 0

    def open(self, original: Original, name: str, depth: int) -> Iterator[Opened]:
        opened = _read(self._desk, Opened(name=name, original=original))
        yield opened
        for enclosed in opened.extract.enclosed if opened.extract else ():
            path = f"{name}/{enclosed.name}" if name else enclosed.name
            self._parts += 1
            self._bytes += len(enclosed.data)
            inner = self._kept(original, enclosed)
            if self._parts > MOST_PARTS or self._bytes > MOST_BYTES or depth >= DEEPEST:
                problem = inner.problem("too_many_parts", limit=MOST_PARTS)
                yield Opened(name=path, original=inner, problems=(problem,))
            elif enclosed.refused:
                yield Opened(name=path, original=inner, problems=(inner.problem(enclosed.refused),))
            else:
                yield from self.open(inner, path, depth + 1)

    def _kept(self, original: Original, enclosed: Enclosed) -> Original:
        """Keep the enclosed file's bytes apart, so that its own sha256 leads to them."""
        place = f"{original.file.place}/{enclosed.name}"
        path, sha256 = keep_bytes(self._workspace, enclosed.data)
        file = replace(original.file, place=place, size=len(enclosed.data))
        return Original(file=file, path=path, sha256=sha256, size=len(enclosed.data))


def _read(desk: Desk, opened: Opened) -> Opened:
    original = opened.original
    try:
        kind = detect(original)
        opened = replace(opened, format=kind, reader=VERSION)
        if kind not in READERS:
            raise InputError(original.problem(REFUSED[kind]))
        known = READERS[kind]
        opened = replace(opened, reader=known.version)
        return replace(opened, extract=known.read(original, desk))
    except InputError as error:
        return replace(opened, problems=error.problems)
    except ToolError as error:
        missing = Problem(code="tool_missing", file=original.file.place, values={"program": error.program})
        return replace(opened, problems=(missing,))
