"""Turn Markdown that two sides edited into one, with what met as conflicts in Markdown, and decide these."""

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from forankring import text
from forankring.errors import InputError, Problem
from forankring.language import Locale
from forankring.text import LEVELS, Converter, Document, Node
from forankring.versions.records import Conflict, Merged

_NOTE = re.compile(r"^ {0,3}(\[\^[^\]\s]+\]):", re.MULTILINE)
MergeText = Callable[[bytes, bytes, bytes], Merged]
"""Merge ``(base, ours, theirs)``; the conflicts' ``path`` and ``number`` are filled in by the caller."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The merge of prose in one language: which signs end a sentence depends on it."""

    locale: Locale

    def merge(self, base: bytes, ours: bytes, theirs: bytes) -> Merged:
        """Merge by meaning; ours stays byte for byte where nothing is merged into it. Raises ToolError of pandoc.

        What is no text cannot be merged: ours stands.
        """
        try:
            three = [data.decode() for data in (base, ours, theirs)]
        except UnicodeDecodeError:
            return _unreadable(base, ours, theirs)
        if any("\0" in markdown for markdown in three):
            return _unreadable(base, ours, theirs)
        documents = self.read(three)
        merged = text.merge(*documents)
        with ThreadPoolExecutor(max_workers=1) as pool:
            met = pool.submit(self._met, merged)
            data = self._data(documents, (ours, theirs), merged.document)
            return _placed(data, met.result())

    def _data(self, documents: Sequence[Document], sides: tuple[bytes, bytes], merged: Document) -> bytes:
        """Return the merged text as it is stored: as one side wrote it where it says nothing else."""
        for document, data in zip(documents[1:], sides, strict=True):
            if _is_same(document, merged):
                return data
        return text.write(merged, self.locale).encode()

    def read(self, markdown: Sequence[str]) -> list[Document]:
        """Return long texts as they are merged and compared: one sentence a line."""
        with ThreadPoolExecutor(max_workers=3) as pool:
            return [text.lined(document, self.locale) for document in pool.map(text.parse, markdown)]

    def _read_short(self, markdown: Sequence[str]) -> list[Document]:
        """Return texts as ``read`` does, most of which are single parts."""
        with Converter() as pandoc:
            return [text.lined(pandoc.parse(part), self.locale) for part in markdown]

    def stands(self, chapters: Mapping[str, str], conflicts: Sequence[Conflict]) -> list[bool]:
        """Tell of each conflict whether what stood there when it was found still does; where nothing stood, whether
        theirs does not stand there by now."""
        paths = sorted({conflict.path for conflict in conflicts if conflict.path in chapters})
        sides = [side for conflict in conflicts for side in (_looked_for(conflict), conflict.theirs)]
        read = self._read_short([*(chapters[path] for path in paths), *sides])
        documents, wanted = dict(zip(paths, read, strict=False)), read[len(paths) :]
        return [
            conflict.path in documents and _is_open(conflict, documents[conflict.path], here, theirs)
            for conflict, here, theirs in zip(conflicts, wanted[::2], wanted[1::2], strict=True)
        ]

    def decided(self, chapter: str, conflict: Conflict, put: str) -> str:
        """Return the chapter with ``put`` where the conflict is; raise InputError where no part of it is that place, or
        where what is put cannot all stand there."""
        level = LEVELS[conflict.level]
        wanted = (chapter, conflict.standing, put, conflict.before, conflict.after, conflict.base or conflict.theirs)
        document, old, new, before, after, like = self._read_short(wanted)
        if not text.fits(level, new.blocks, old.blocks or like.blocks) or _is_dropped(put, new):
            raise InputError(Problem(code="conflict_text_unfit", file=conflict.path, line=conflict.line or None))
        if conflict.standing:
            done = text.put_in_place(document, level, old.blocks, new.blocks, conflict.around)
        else:
            sides = before.blocks, after.blocks
            done = text.put_between(document, level, sides, new.blocks, conflict.around)
        if done is None:
            raise InputError(Problem(code="conflict_place_gone", file=conflict.path, line=conflict.line or None))
        return text.write(done, self.locale)

    def _met(self, merged: text.MergedText) -> list[Conflict]:
        """Return what met, as conflicts in Markdown; each part is written by itself, for its notes stand below it."""
        met: list[tuple[str, Sequence[Sequence[Node]]]] = [
            *((it.level, (it.base, it.ours, it.theirs, (), it.before, it.after)) for it in merged.clashes),
            *(("sentence", (it.base, it.ours, it.theirs, it.merged, (), ())) for it in merged.meetings),
        ]
        reading = text.Reading(merged.document)
        with Converter() as pandoc:
            return [
                replace(
                    _conflict(level, [self._part(pandoc, blocks) for blocks in parts]), around=_around(reading, parts)
                )
                for level, parts in met
            ]

    def _part(self, pandoc: Converter, blocks: Sequence[Node]) -> str:
        return pandoc.write(Document(tuple(blocks)), self.locale).strip("\n") + "\n" if blocks else ""


def _is_dropped(put: str, read: Document) -> bool:
    """Tell a text of which pandoc reads nothing, or drops a footnote: one that nothing calls."""
    uncalled = any(put.count(label) == 1 for label in _NOTE.findall(put))
    return uncalled or bool(put.strip() and not read.blocks)


def _is_same(one: Document, other: Document) -> bool:
    """Tell whether two texts say the same; where they do not, the first difference tells it."""
    pairs = zip(one.blocks, other.blocks, strict=False)
    return len(one.blocks) == len(other.blocks) and all(a is b or text.key_of(a) == text.key_of(b) for a, b in pairs)


def _placed(data: bytes, met: Sequence[Conflict]) -> Merged:
    """Return the merged text with what met, in the order in which it stands there."""
    chapter = data.decode()
    placed = (replace(conflict, line=line_of(chapter, conflict)) for conflict in met)
    return Merged(data, tuple(sorted(placed, key=lambda conflict: conflict.line)))


def _is_open(conflict: Conflict, chapter: Document, wanted: Document, theirs: Document) -> bool:
    """Tell it by the very part, or else by its words: a conflict too many is seen, one that is forgotten never is. A
    table or another block that was edited further is decided by nobody's saying so, unless it is theirs by now."""
    level = LEVELS[conflict.level]
    found = text.stands(chapter, level, wanted.blocks, conflict.around)
    if not conflict.standing:
        return not found
    if found or text.says(chapter, wanted.blocks, conflict.around):
        return True
    is_theirs = text.stands(chapter, level, theirs.blocks, conflict.around)
    return level is LEVELS["block"] and not is_theirs and text.is_near(chapter, wanted.blocks)


def _conflict(level: str, parts: Sequence[str]) -> Conflict:
    base, ours, theirs, merged, before, after = parts
    return Conflict(
        path="", line=0, level=level, base=base, ours=ours, theirs=theirs, merged=merged, before=before, after=after
    )


def _around(reading: text.Reading, parts: Sequence[Sequence[Node]]) -> text.Context:
    _, ours, _, merged, before, after = parts
    return text.context_of(reading, merged or ours, before, after)


def line_of(chapter: str, conflict: Conflict) -> int:
    """Return the line where what stands begins, the nearest to where it last stood; 0 where nothing stands."""
    wanted = text.letters(conflict.standing.split("\n", 1)[0])
    if not wanted:
        return 0
    lines = [text.letters(line) for line in chapter.split("\n")]
    found = [number for number, line in enumerate(lines, 1) if wanted in line]

    def unlikeness(number: int) -> tuple[int, int]:
        before = "".join(lines[: number - 1]) + lines[number - 1].split(wanted, 1)[0]
        return -conflict.around.follows(before), abs(number - conflict.line)

    return min(found, key=unlikeness, default=conflict.line)


def _looked_for(conflict: Conflict) -> str:
    return conflict.standing or conflict.theirs


def _unreadable(base: bytes, ours: bytes, theirs: bytes) -> Merged:
    shown = [data.decode("utf-8", "replace") for data in (base, ours, theirs)]
    return Merged(ours, (Conflict(path="", line=1, base=shown[0], ours=shown[1], theirs=shown[2]),))
