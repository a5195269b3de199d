"""Turn Markdown that two sides edited into one, with what met as conflicts in Markdown, and decide these."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from forankring import text
from forankring.errors import InputError, Problem
from forankring.language import Locale
from forankring.text import LEVELS, Document, Node
from forankring.versions.records import Conflict, Merged

MergeText = Callable[[bytes, bytes, bytes], Merged]
"""Merge ``(base, ours, theirs)``; the conflicts' ``path`` and ``number`` are filled in by the caller."""

_PARTS = 6
"""Base, ours, theirs, merged, before, after: what is told of each place."""


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
        for document, data in ((documents[1], ours), (documents[2], theirs)):
            if text.key_of(document.blocks) == text.key_of(merged.document.blocks):
                return self._told(data, merged)
        return self._told(text.write(merged.document, self.locale).encode(), merged)

    def read(self, markdown: Sequence[str]) -> list[Document]:
        """Return texts as they are merged and compared: one sentence a line."""
        with ThreadPoolExecutor(max_workers=2) as pool:
            return [text.lined(document, self.locale) for document in pool.map(text.parse, markdown)]

    def stands(self, chapters: Mapping[str, str], conflicts: Sequence[Conflict]) -> list[bool]:
        """Tell of each conflict whether what stood there when it was found still does; where nothing stood, whether
        theirs does not stand there by now."""
        paths = sorted({conflict.path for conflict in conflicts if conflict.path in chapters})
        read = self.read([*(chapters[path] for path in paths), *map(_looked_for, conflicts)])
        documents = dict(zip(paths, read, strict=False))
        return [
            conflict.path in documents and _is_open(conflict, documents[conflict.path], wanted)
            for conflict, wanted in zip(conflicts, read[len(paths) :], strict=True)
        ]

    def decided(self, chapter: str, conflict: Conflict, put: str) -> str:
        """Return the chapter with ``put`` where the conflict is; raise InputError where no part of it is that place."""
        level = LEVELS[conflict.level]
        wanted = (chapter, conflict.standing, put, conflict.before, conflict.after)
        document, old, new, before, after = self.read(wanted)
        if conflict.standing:
            done = text.put_in_place(document, level, old.blocks, new.blocks)
        else:
            done = text.put_between(document, level, before.blocks, after.blocks, new.blocks)
        if done is None:
            raise InputError(Problem(code="conflict_place_gone", file=conflict.path, line=conflict.line or None))
        return text.write(done, self.locale)

    def _told(self, data: bytes, merged: text.MergedText) -> Merged:
        """Return the bytes with what met, as conflicts in Markdown."""
        met: list[tuple[str, Sequence[Sequence[Node]]]] = [
            *((it.level, (it.base, it.ours, it.theirs, (), it.before, it.after)) for it in merged.clashes),
            *(("sentence", (it.base, it.ours, it.theirs, it.merged, (), ())) for it in merged.meetings),
        ]
        written = self._written([blocks for _, parts in met for blocks in parts])
        shown = [
            _conflict(level, written[at : at + _PARTS])
            for at, (level, _) in zip(range(0, len(written), _PARTS), met, strict=True)
        ]
        chapter = data.decode()
        placed = (replace(conflict, line=line_of(chapter, conflict)) for conflict in shown)
        return Merged(data, tuple(sorted(placed, key=lambda conflict: conflict.line)))

    def _written(self, parts: Sequence[Sequence[Node]]) -> list[str]:
        """Write each part by itself, for its notes stand below it."""
        with ThreadPoolExecutor(max_workers=2) as pool:
            return list(pool.map(self._part, parts))

    def _part(self, blocks: Sequence[Node]) -> str:
        return text.write(Document(tuple(blocks)), self.locale).strip("\n") + "\n" if blocks else ""


def _is_open(conflict: Conflict, chapter: Document, wanted: Document) -> bool:
    """Tell it by the very part, or else by its words: a conflict too many is seen, one that is forgotten never is."""
    found = text.stands(chapter, LEVELS[conflict.level], wanted.blocks)
    return found or text.says(chapter, wanted.blocks) if conflict.standing else not found


def _conflict(level: str, parts: Sequence[str]) -> Conflict:
    base, ours, theirs, merged, before, after = parts
    return Conflict(
        path="", line=0, level=level, base=base, ours=ours, theirs=theirs, merged=merged, before=before, after=after
    )


def line_of(chapter: str, conflict: Conflict) -> int:
    """Return the line where what stands begins, the nearest to where it last stood; 0 where nothing stands."""
    wanted = _letters(conflict.standing.split("\n", 1)[0])
    if not wanted:
        return 0
    lines = [number for number, line in enumerate(chapter.split("\n"), 1) if wanted in _letters(line)]
    return min(lines, key=lambda number: abs(number - conflict.line), default=conflict.line)


def _letters(line: str) -> str:
    return "".join(filter(str.isalnum, line))


def _looked_for(conflict: Conflict) -> str:
    return conflict.standing or conflict.theirs


def _unreadable(base: bytes, ours: bytes, theirs: bytes) -> Merged:
    shown = [data.decode("utf-8", "replace") for data in (base, ours, theirs)]
    return Merged(ours, (Conflict(path="", line=1, base=shown[0], ours=shown[1], theirs=shown[2]),))
