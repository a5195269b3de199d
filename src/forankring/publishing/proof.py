"""Turn a finished file into the checks that it passed: one that fails stops the build, and nothing is sent out."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from forankring.errors import InputError, Problem
from forankring.language import Locale
from forankring.publishing.leaks import leaks
from forankring.publishing.reading_back import differences
from forankring.publishing.records import Check, Difference, Manuscript
from forankring.publishing.soundness import faults
from forankring.publishing.word import word_tree
from forankring.workspace import EditionFormat

_SHOWN = 5
_LONGEST = 200


def prove(kind: EditionFormat, file: Path, data: bytes, manuscript: Manuscript, locale: Locale) -> tuple[Check, ...]:
    """Return the checks of one file, all of them passed; raise InputError with what failed.

    ``file`` is where the bytes are going: they may not name its folder. Raises ToolError where pandoc cannot read
    the Word file.
    """
    words = repr((manuscript.face, [chapter.blocks for chapter in manuscript.chapters]))
    checks = [
        Check(code="sound", file=file.name, faults=faults(kind, data)),
        Check(code="leaks", file=file.name, faults=leaks(kind, data, file.parent, words)),
    ]
    problems = list(_problems(checks))
    if kind is EditionFormat.WORD:
        found = differences(data, tuple(word_tree(manuscript, locale)), locale)
        checks.append(Check(code="read_back", file=file.name))
        problems += [_differing(file.name, difference) for difference in found[:_SHOWN]]
    elif kind is EditionFormat.PDF:
        checks.append(Check(code="standards", file=file.name))
    if problems:
        raise InputError(*problems)
    return tuple(checks)


def _problems(checks: Iterable[Check]) -> Iterator[Problem]:
    for check in checks:
        if check.faults:
            shown = "; ".join(check.faults[:_SHOWN])[:_LONGEST]
            code = "edition_leaks" if check.code == "leaks" else "edition_sound"
            yield Problem(code=code, file=check.file, values={"found": shown})


def _differing(file: str, difference: Difference) -> Problem:
    values = {"chapter": difference.chapter, "wanted": difference.wanted[:_LONGEST]}
    return Problem(code="edition_read_back", file=file, values={**values, "found": difference.found[:_LONGEST]})
