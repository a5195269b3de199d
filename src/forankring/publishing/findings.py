"""Turn what was mended in a manuscript into findings with chapter, line and remedy, for those who write the text."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from forankring.errors import InputError, Problem
from forankring.publishing.manuscript.assembling import assemble
from forankring.publishing.manuscript.losses import lost_words
from forankring.publishing.records import Finding, Manuscript, Mend, VersionText

STOPPING = frozenset({"conflict_marks"})
"""What no edition may be built with: the text says two things at once."""

_HEADING = re.compile(r"[\s>*+\-\d.]*#")
_EMPTY_HEADING = re.compile(r"[\s>*+\-\d.]*#+\s*#*\s*(\{[^}]*\})?\s*$")
_WHOLE_CHAPTER = frozenset({"chapter_untitled", "chapter_empty", "chapter_long"})
_OF_A_ROW = ("figure_cell_", "figure_time_")
_MOST = 80
_NO_LETTER = re.compile(r"[\W_]+")


def lint(version: VersionText) -> tuple[Finding, ...]:
    """Return the findings in the version's text, in reading order; nothing is built. Raises ToolError."""
    return find(assemble(version), version.chapters)


def find(manuscript: Manuscript, chapters: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the manuscript's mends with the lines of ``chapters`` where they are."""
    sources = {key: _Source(markdown) for key, markdown in chapters.items()}
    mends = [*manuscript.mends, *_losses(manuscript, chapters)]
    found = [_finding(mend, sources[mend.chapter]) for mend in mends]
    order = list(manuscript.trees)
    return tuple(sorted(found, key=lambda item: (order.index(item.chapter), item.problem.line or 0)))


def _losses(manuscript: Manuscript, chapters: Mapping[str, str]) -> Iterator[Mend]:
    """Yield what pandoc has left out without a word."""
    for key, tree in manuscript.trees.items():
        for line, words in lost_words(chapters[key], tree):
            yield Mend(chapter=key, code="words_lost", detail=words[:_MOST], near=line[:120])


def refuse_unfinished(manuscript: Manuscript, chapters: Mapping[str, str]) -> None:
    """Raise InputError with every finding that no edition may be built with, all at once."""
    if any(mend.code in STOPPING for mend in manuscript.mends):
        raise InputError(*(found.problem for found in find(manuscript, chapters) if found.stops))


def _finding(mend: Mend, source: "_Source") -> Finding:
    code = f"text_{mend.code}"
    problem = Problem(
        code=code,
        file=f"chapters/{mend.chapter}.md",
        line=source.line_of(mend),
        values={"detail": mend.detail, "times": mend.times, **mend.values},
    )
    return Finding(chapter=mend.chapter, problem=problem, stops=mend.code in STOPPING)


class _Source:
    """A chapter's lines, searched from where the last finding of the same kind was: findings are in reading order."""

    def __init__(self, markdown: str) -> None:
        self.lines = markdown.splitlines()
        self.bare = [_NO_LETTER.sub("", line) for line in self.lines]
        self.next: dict[str, int] = {}

    def line_of(self, mend: Mend) -> int | None:
        """Return the line of a finding, None where its words cannot be found: pandoc's tree has no lines."""
        if mend.code in _WHOLE_CHAPTER:
            return 1
        if mend.code == "id_twice":
            return self._last_named(mend.near)
        if mend.code.startswith(_OF_A_ROW):
            return self._row(mend)
        start = self.next.get(mend.code, 0)
        for first in (start, 0):
            for number in range(first, len(self.lines)):
                if self._is(mend, number):
                    self.next[mend.code] = number + 1
                    return number + 1
        return self._first_words(mend)

    def _row(self, mend: Mend) -> int | None:
        """Return the line of a figure's row: after the figure's mark, the one that begins with most of its words."""
        start = next((number for number, line in enumerate(self.lines) if mend.under and mend.under in line), 0)
        words = [bare for word in mend.near.split() if (bare := _NO_LETTER.sub("", word))]
        for count in range(len(words), 0, -1):
            sought = "".join(words[:count])
            for number in range(start, len(self.lines)):
                if "|" in self.lines[number] and self.bare[number].startswith(sought):
                    return number + 1
        return start + 1 if start else None

    def _last_named(self, name: str) -> int | None:
        """Return the last line that gives the name: the one before it, here or in another chapter, keeps it."""
        given = re.compile(rf"\{{[^}}]*{re.escape(name)}[\s}}]")
        return max((number for number, line in enumerate(self.lines, 1) if given.search(line)), default=None)

    def _is(self, mend: Mend, number: int) -> bool:
        line = self.lines[number]
        if mend.code == "heading_empty":
            return bool(_EMPTY_HEADING.match(line))
        if not _may_hold(mend.code, line):
            return False
        written = mend.near or mend.detail
        for sought in (written, unquote(written)):  # pandoc writes %20 for a space in an address
            bare = _NO_LETTER.sub("", sought)
            if sought and (sought in line or (bare and bare in self.bare[number])):
                return True
        return False

    def _first_words(self, mend: Mend) -> int | None:
        """Return the line that holds as many of the finding's first words as one line does; a cell may span lines."""
        words = [bare for word in (mend.near or mend.detail).split() if (bare := _NO_LETTER.sub("", word))]
        for count in range(min(len(words), 6), 0, -1):
            sought = "".join(words[:count])
            for number, bare in enumerate(self.bare):
                if sought in bare and _may_hold(mend.code, self.lines[number]):
                    return number + 1
        return None


def _may_hold(code: str, line: str) -> bool:
    """Tell whether a finding of this kind can be in the line: its words may stand elsewhere too."""
    if code.startswith("heading_"):
        return bool(_HEADING.match(line))
    if code.startswith("figure_"):
        return not _HEADING.match(line)
    return "|" in line or not code.startswith(("cell_", "table_"))
