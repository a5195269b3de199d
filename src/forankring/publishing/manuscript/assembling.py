"""Turn a version's chapters into the one manuscript that all its editions are made from."""

import dataclasses
import re
from collections.abc import Iterable, Iterator

from forankring import text
from forankring.language import load_locale
from forankring.publishing import notices
from forankring.publishing.figures.glyphs import unknown
from forankring.publishing.manuscript.depth import shallow
from forankring.publishing.manuscript.desk import Desk, Names, settle_links
from forankring.publishing.manuscript.joining import joined
from forankring.publishing.manuscript.layout import WIDE, arranged
from forankring.publishing.manuscript.mending import mend, mend_inlines
from forankring.publishing.manuscript.passages import Rests
from forankring.publishing.manuscript.pictures import Gallery
from forankring.publishing.manuscript.reading import read_chapters
from forankring.publishing.manuscript.speaking import spoken
from forankring.publishing.records import Face, Heading, Manuscript, ManuscriptChapter, VersionText
from forankring.text import Node

_COVER = "cover"
_UNNUMBERED = frozenset({"foreword", "summary"})
_ANNEX = "annex"
_HTML = re.compile(r"(?<!\\)</?(?!(?:div|span)\b)[a-z][a-z0-9]*(?:\s[^<>]*)?/?>")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONFLICT = re.compile(r"(?m)^(?:<<<<<<<|>>>>>>>)(?: .*)?$")
_UNBROKEN = re.compile(r"\w{81,}")
_MOST_WORDS = 3000
"""A chapter longer than this, about ten pages, needs headings inside."""


def assemble(version: VersionText) -> Manuscript:
    """Return the manuscript: chapters in the strategy's order, mended, their headings numbered and named."""
    locale = load_locale(version.strategy.locale)
    face = notices.face(version, locale)
    kept = frozenset(source.name for sources in version.provenance.values() for source in sources)
    names, gallery = Names(kept=kept), Gallery(version.pictures)
    filled = {"imprint": notices.imprint(version, face, locale), "version-history": notices.history(version, locale)}
    desks: list[Desk] = []
    chapters: list[ManuscriptChapter] = []
    trees: dict[str, str] = {}
    for key, blocks, tree in read_chapters(_ordered(version)):
        desk = Desk(chapter=key, locale=locale, names=names, gallery=gallery, notices=filled, look=version.look)
        if key != _COVER:  # its lines go to the cover
            desk.rests = Rests(version.provenance.get(key, ()), shown=version.internal)
        desks.append(desk)
        trees[key] = tree
        chapters.append(_chapter(desk, _title(version, key), shallow(desk, text.restrain(blocks))))
        _note_what_stays(desks[-1], version.chapters[key])
        _note_length(desks[-1], blocks, version.chapters[key])
    settle_links(desks)
    chapters = [_arranged(desk, chapter) for desk, chapter in zip(desks, chapters, strict=True)]
    if chapters and chapters[0].key == _COVER:
        face, front = _cover(face, chapters[0])
        chapters[:1] = front
    return Manuscript(
        face=face,
        chapters=tuple(chapters),
        headings=tuple(_headings(chapters)),
        pictures=gallery.used,
        mends=tuple(found for desk in desks for found in desk.mends),
        look=version.look,
        trees=trees,
    )


def _note_what_stays(desk: Desk, markdown: str) -> None:
    """Note what no mend can put right: letters without a font, HTML that is not read as HTML, an unfinished merge."""
    turning = sorted(set(_TURNING.findall(markdown)))
    if turning:
        desk.note("direction_marks", " ".join(f"U+{ord(letter):04X}" for letter in turning), turning[0])
    letters = unknown(_TURNING.sub("", markdown.expandtabs()))
    if letters:
        first = next(letter for letter in markdown if letter in letters)
        desk.note("glyph_missing", " ".join(map(_named, letters)), first)
    code = _HTML.search(markdown)
    if code:
        desk.note("html_as_words", code.group())
    for mark in _CONFLICT.findall(markdown):
        desk.note("conflict_marks", mark)
    if not markdown.strip():
        desk.note("chapter_empty")


def _named(letter: str) -> str:
    """Return a letter as a message can show it: itself, or the number of one that cannot be seen."""
    return letter if letter.isprintable() else f"U+{ord(letter):04X}"


def _note_length(desk: Desk, blocks: list[Node], markdown: str) -> None:
    """Note a word longer than a line, and a chapter of many pages in which no heading helps the reader on."""
    if not _UNBROKEN.search(markdown) and len(markdown.split()) <= _MOST_WORDS:
        return  # the source has all the words and more
    plain = text.plain(blocks)
    unbroken = _UNBROKEN.search(plain)
    if unbroken:
        desk.note("word_long", unbroken.group())
    words = len(plain.split())
    if words > _MOST_WORDS and not any(node["t"] == "Header" for node in text.walk(blocks[1:])):
        desk.note("chapter_long", desk.locale.number(words))


def _ordered(version: VersionText) -> dict[str, str]:
    """Return the chapters that there are in the strategy's order, and after them those that it does not name."""
    keys = [chapter.key for chapter in version.strategy.chapters]
    keys += sorted(set(version.chapters) - set(keys))
    return {key: version.chapters[key] for key in keys if key in version.chapters}


def _title(version: VersionText, key: str) -> str:
    chapter = version.strategy.chapter(key)
    return chapter.title if chapter else key


def _chapter(desk: Desk, title: str, blocks: list[Node]) -> ManuscriptChapter:
    """Return the chapter under one heading of level 1: its own, or where it has none, the strategy's title."""
    attr, words = [desk.chapter, [], []], text.inlines(title)
    if blocks and _is_chapter_heading(blocks):
        written = mend_inlines(desk, blocks[0]["c"][2])
        if text.plain(written):
            attr, words = blocks[0]["c"][1], written
        desk.passage(blocks[0], [])
        blocks = blocks[1:]
    elif blocks:
        desk.note("chapter_untitled", title)
    head = {"t": "Header", "c": [1, desk.identify([attr[0] or desk.chapter, attr[1], []]), words]}
    return ManuscriptChapter(key=desk.chapter, title=text.plain(words), blocks=(head, *mend(desk, blocks)))


def _arranged(desk: Desk, chapter: ManuscriptChapter) -> ManuscriptChapter:
    """Return the chapter with its tables where they have room, and its passages in another language marked."""
    head, *blocks = spoken(joined(chapter.blocks), desk.locale)
    return dataclasses.replace(chapter, blocks=(head, *arranged(desk, blocks)))


def _is_chapter_heading(blocks: list[Node]) -> bool:
    """Tell whether the first block is the chapter's own heading: of level 1, or above every other heading."""
    if blocks[0]["t"] != "Header":
        return False
    level = blocks[0]["c"][0]
    return level == 1 or all(node["c"][0] > level for node in blocks[1:] if node["t"] == "Header")


def _cover(face: Face, chapter: ManuscriptChapter) -> tuple[Face, list[ManuscriptChapter]]:
    """Move the lines that open the cover chapter to the cover, where the build has not put them itself; what
    follows stands before the contents."""
    head, *blocks = chapter.blocks
    count = next((index for index, block in enumerate(blocks) if block["t"] != "Para"), len(blocks))
    shown = {_spaced(words) for words in (face.mark, face.title, face.subtitle, face.parties)}
    lines = [text.plain(block) for block in blocks[:count]]
    face = dataclasses.replace(face, cover_lines=tuple(line for line in lines if _spaced(line) not in shown))
    rest = blocks[count:]
    if not rest:
        return face, []
    place = {"t": "Div", "c": [[head["c"][1][0], [], []], []]}  # links to the chapter still lead here
    rest = [place, *text.rewrite_blocks(rest, _raised)] if rest[0]["t"] == "Header" else [head, *rest]
    front = ManuscriptChapter(key=_COVER, title=chapter.title, blocks=tuple(rest), front=True)
    return face, [front]


def _spaced(words: str) -> str:
    """Return the words as they compare: which spaces a line may end at is no difference."""
    return " ".join(words.split())


def _raised(node: Node) -> list[Node]:
    if node["t"] != "Header":
        return [node]
    return [{"t": "Header", "c": [max(1, node["c"][0] - 1), *node["c"][1:]]}]


def _headings(chapters: Iterable[ManuscriptChapter]) -> Iterator[Heading]:
    """Yield the headings in reading order, with the numbers that chapters and their sections have."""
    counters = [0, 0]
    for chapter in chapters:
        bare = chapter.front or chapter.key in _UNNUMBERED or chapter.key.startswith(_ANNEX)
        for node, boxed in headers(chapter.blocks):
            level, (identifier, classes, _), words = node["c"]
            number = ""
            if not bare and not boxed and "unnumbered" not in classes and level <= len(counters):
                counters[level - 1] += 1
                counters[level:] = [0] * (len(counters) - level)
                number = ".".join(str(count) for count in counters[:level])
            shown = text.plain(text.rewrite_blocks(words, _without_note))
            yield Heading(level=level, identifier=identifier, text=shown, number=number)


def _without_note(node: Node) -> list[Node]:
    """Leave a heading's note at the heading: in the contents nobody looks for it."""
    return [] if node["t"] == "Note" else [node]


def headers(blocks: Iterable[Node], boxed: bool = False) -> Iterator[tuple[Node, bool]]:
    """Yield headings in reading order, and whether each stands inside a box."""
    for block in blocks:
        if block["t"] == "Header":
            yield block, boxed
        elif block["t"] == "Div":
            yield from headers(block["c"][1], boxed or bool(set(block["c"][0][1]) - {WIDE}))
