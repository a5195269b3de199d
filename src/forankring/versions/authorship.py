"""Turn the history of a text into who wrote every sentence of it, and who removed those that are gone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from forankring.language import Locale
from forankring.text import Line, Lines, parse_all, plain, sections, units
from forankring.versions.lineage import Lineage
from forankring.versions.names import unknown_ref
from forankring.versions.repository import TextRepository
from forankring.versions.writing import State, Written, follow


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading, cell or block of code as it reads, with one space between words, and who wrote it.

    ``kind`` is ``sentence``, ``heading``, ``term``, ``row`` or ``code``; the cells of one row have the same ``line``.
    ``block`` is the index in the chapter's ``blocks``.
    """

    words: str
    kind: str
    block: int
    line: int
    written: Written


@dataclass(frozen=True, slots=True)
class Gone:
    """What an older state of a chapter says and the newer one does not, and who removed or rewrote it."""

    words: str
    kind: str
    removed: Written


@dataclass(frozen=True, slots=True)
class ChapterAuthorship:
    """One chapter: its sentences in reading order, the words of its blocks, and what ``went`` since the older state."""

    path: str
    sentences: tuple[Sentence, ...]
    blocks: tuple[str, ...] = field(repr=False)
    went: tuple[Gone, ...]
    _brought: Mapping[str, Written] = field(repr=False)
    _removed: Mapping[str, Written] = field(repr=False)

    def brought(self, words: str) -> Written | None:
        """Return who wrote a sentence or cell, the latest where it is said in several places; None for none of ours."""
        return self._brought.get(_flat(words))

    def removed(self, words: str) -> Written | None:
        """Return who removed or rewrote a sentence or cell last, of all that ever stood here; None for none of ours."""
        return self._removed.get(_flat(words))


@dataclass(frozen=True, slots=True)
class Authorship:
    """The chapters by path, also those that are gone, and which version was the first to hold a commit."""

    chapters: Mapping[str, ChapterAuthorship]
    since: Mapping[str, str] = field(repr=False)

    def brought(self, words: str) -> Written | None:
        """Return who wrote a sentence or cell, in whatever chapter it stands."""
        found = (chapter.brought(words) for chapter in self.chapters.values())
        return max(filter(None, found), key=lambda written: written.came.when, default=None)

    def removed(self, words: str) -> Written | None:
        """Return who removed or rewrote a sentence or cell last, in whatever chapter it stood."""
        found = (chapter.removed(words) for chapter in self.chapters.values())
        return max(filter(None, found), key=lambda written: written.came.when, default=None)

    def version(self, written: Written) -> str:
        """Return the first version that it is so in; empty where no version holds it yet."""
        return self.since.get(written.came.sha, "")


def authorship(
    text: TextRepository, ref: str, locale: Locale, *, older: str = "", chapters: Sequence[str] = ()
) -> Authorship:
    """Return who wrote the chapters of a branch, version or commit: all of them, or those with these paths.

    ``older`` is a state on the way there, for what went since; one that is not is as good as none. A chapter that is
    renamed is a new one, and a sentence moved to another chapter is new there.
    """
    lineage = text.lineage(ref)
    start = _start(text, lineage, older)
    paths = tuple(chapters) or lineage.paths()
    tip = lineage.steps[lineage.tip].chapters
    lines, blocks = _read(text, lineage, paths, locale)
    found: dict[str, ChapterAuthorship] = {}
    for path in paths:
        states = follow(lineage, path, lines)
        found[path] = _chapter(path, states[lineage.tip], states[start], blocks.get(tip.get(path, ""), ()))
    return Authorship(found, lineage.since)


def _start(text: TextRepository, lineage: Lineage, older: str) -> str:
    """Return the commit that is compared with, empty for none."""
    found = text.commit(older) if older else None
    if older and found is None:
        raise unknown_ref(older)
    return next((step.commit.sha for step in lineage.line() if found and step.commit.sha == found.sha), "")


def _read(
    text: TextRepository, lineage: Lineage, paths: Sequence[str], locale: Locale
) -> tuple[dict[str, tuple[Line, ...]], dict[str, tuple[str, ...]]]:
    """Return the lines of every state that the chapters ever had, and the words of the blocks of those that stand."""
    steps = lineage.steps.values()
    blobs = dict.fromkeys(step.chapters[path] for path in paths for step in steps if path in step.chapters)
    parts = {blob: sections(data.decode("utf-8", "replace")) for blob, data in text.contents(blobs).items()}
    standing = set(lineage.steps[lineage.tip].chapters.values()) & parts.keys()
    shown = {part for blob in standing for part in parts[blob]}
    known = _read_sections(tuple(dict.fromkeys(part for blob in blobs for part in parts[blob])), shown, locale)
    lines = {blob: _joined([known[part] for part in parts[blob]]) for blob in blobs}
    return lines, {blob: tuple(words for part in parts[blob] for words in known[part].blocks) for blob in standing}


@dataclass(frozen=True, slots=True)
class _Section:
    lines: tuple[Line, ...]
    blocks: tuple[str, ...]


def _read_sections(parts: Sequence[str], shown: set[str], locale: Locale) -> dict[str, _Section]:
    """Return the lines of each section, and the words of the blocks of those that are shown: a few of many."""
    order = Lines(locale)
    found: dict[str, _Section] = {}
    for part, document in zip(parts, parse_all(parts), strict=True):
        blocks = (_flat(plain(block)) if part in shown else "" for block in units(document.blocks))
        found[part] = _Section(order.of(document), tuple(blocks))
    return found


def _joined(found: Sequence[_Section]) -> tuple[Line, ...]:
    """Return the lines of a text from those of its sections."""
    lines: list[Line] = []
    blocks = 0
    for section in found:
        lines += (Line(line.kind, line.pieces, line.part, line.block + blocks) for line in section.lines)
        blocks += len(section.blocks)
    return tuple(lines)


def _chapter(path: str, now: State, before: State, blocks: tuple[str, ...]) -> ChapterAuthorship:
    sentences = tuple(
        Sentence(piece.words, line.kind, line.block, number, author)
        for number, (line, authors) in enumerate(zip(now.lines, now.written, strict=True))
        for piece, author in zip(line.pieces, authors, strict=True)
    )
    by_time = sorted(sentences, key=lambda sentence: sentence.written.came.when)
    brought = {sentence.words: sentence.written for sentence in by_time}
    return ChapterAuthorship(path, sentences, blocks, tuple(_went(now, before)), brought, now.gone)


def _went(now: State, before: State) -> Iterator[Gone]:
    """Yield what is said less often now, in the old order."""
    fewer = before.counted() - now.counted()
    for line, piece, _ in before.pieces():
        if fewer[piece.words] > 0:
            fewer[piece.words] -= 1
            yield Gone(piece.words, line.kind, now.gone[piece.words])


def _flat(words: str) -> str:
    return " ".join(words.split())
