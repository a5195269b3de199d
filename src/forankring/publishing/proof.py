"""Hold a finished file against what it must be: a check that fails stops the build, and nothing is sent out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from forankring import text
from forankring.errors import InputError, Problem
from forankring.language import Locale
from forankring.publishing.leaks import leaks
from forankring.publishing.records import Difference, Manuscript
from forankring.publishing.soundness import faults
from forankring.publishing.word.edition import word_tree
from forankring.publishing.word.reading_back import differences
from forankring.workspace import EditionFormat

_SHOWN = 5
_LONGEST = 200


def checks_of(kind: EditionFormat) -> tuple[str, ...]:
    """Return the codes of what a file of this kind is held against, entries under ``proof.checks`` in the locale."""
    own = {EditionFormat.WORD: ("read_back",), EditionFormat.PDF: ("standards",)}
    return ("leaks", *own.get(kind, ()), "sound")


def prove(
    kind: EditionFormat, file: Path, data: bytes, manuscript: Manuscript, found: Sequence[Difference] = ()
) -> None:
    """Hold a file against all of its checks; raise InputError with everything that failed.

    ``file`` is where the bytes are going: they may not name its folder. ``found`` is what ``read_back`` has found.
    """
    problems = [*_told("edition_sound", file, faults(kind, data))]
    problems += _told("edition_leaks", file, leaks(kind, data, file.parent, _words([manuscript])))
    problems += [_differing(file.name, difference) for difference in found[:_SHOWN]]
    if problems:
        raise InputError(*problems)


def prove_redline(kind: EditionFormat, file: Path, data: bytes, manuscripts: Sequence[Manuscript]) -> None:
    """Hold a redline against what holds for every file; raise InputError with everything that failed.

    It names who changed what, and says what either text says. That it leads to both is proven where it is made.
    """
    problems = [*_told("edition_sound", file, faults(kind, data))]
    problems += _told("edition_leaks", file, leaks(kind, data, file.parent, _words(manuscripts), signed=True))
    if problems:
        raise InputError(*problems)


def read_back(data: bytes, manuscript: Manuscript, locale: Locale) -> tuple[Difference, ...]:
    """Return where a Word file does not say what the manuscript says; raise ToolError where pandoc cannot read it.

    It may be read before its contents have their pages: they are not compared.
    """
    return differences(data, tuple(word_tree(manuscript, locale)), locale)


def _words(manuscripts: Sequence[Manuscript]) -> str:
    """Return what the manuscripts say, as the trees have it and as it is read."""
    blocks = [chapter.blocks for manuscript in manuscripts for chapter in manuscript.chapters]
    return repr(([manuscript.face for manuscript in manuscripts], blocks)) + text.plain(blocks)


def _told(code: str, file: Path, found: Sequence[str]) -> Iterator[Problem]:
    if found:
        yield Problem(code=code, file=file.name, values={"found": "; ".join(found[:_SHOWN])[:_LONGEST]})


def _differing(file: str, difference: Difference) -> Problem:
    values = {"chapter": difference.chapter, "wanted": difference.wanted[:_LONGEST]}
    return Problem(code="edition_read_back", file=file, values={**values, "found": difference.found[:_LONGEST]})
