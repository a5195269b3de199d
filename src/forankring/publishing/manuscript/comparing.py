"""Turn two manuscripts into one in which every change is marked and numbered, for the editions to show."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forankring import text
from forankring.language import Locale
from forankring.publishing.manuscript.desk import Desk, Names
from forankring.publishing.manuscript.joining import joined
from forankring.publishing.manuscript.layout import WIDE, arranged
from forankring.publishing.manuscript.numbering import NumberedChange, numbered
from forankring.publishing.manuscript.passages import LINKED, is_passage
from forankring.publishing.manuscript.pictures import Gallery
from forankring.publishing.manuscript.placing import placed
from forankring.publishing.records import Face, Manuscript, ManuscriptChapter
from forankring.text import Document, Node


@dataclass(frozen=True, slots=True)
class Compared:
    """The new manuscript with what came, went and moved since the old one, and its changes in reading order.

    ``rebuilt`` are the titles of the chapters that are shown as gone and come again because nothing finer was exact.
    """

    manuscript: Manuscript
    changes: tuple[NumberedChange, ...]
    rebuilt: tuple[str, ...] = ()


def compared(old: Manuscript, new: Manuscript, locale: Locale) -> Compared:
    """Return the comparison: chapters by their keys, in the new order; one that went stands where it was."""
    redlined = tuple(_chapters(old, new, locale))
    chapters = placed(tuple(chapter for chapter, _ in redlined))
    chapters, changes = numbered(chapters)
    relinked = _relinked(new)
    chapters = tuple(_arranged(chapter, relinked, new, locale) for chapter in chapters)
    manuscript = dataclasses.replace(
        new,
        face=_face(old.face, new.face, len(changes), locale),
        chapters=chapters,
        pictures={**old.pictures, **new.pictures},
    )
    return Compared(manuscript, changes, tuple(chapter.title for chapter, is_exact in redlined if not is_exact))


def _chapters(old: Manuscript, new: Manuscript, locale: Locale) -> Iterator[tuple[ManuscriptChapter, bool]]:
    """Yield each chapter's redline, and whether it is exact; should it not be, both texts whole stand there, for a
    reader must be able to trust it."""
    before, now = ({chapter.key: chapter for chapter in each.chapters} for each in (old, new))
    for key in _order(list(before), list(now)):
        ours, theirs = (_comparable(each.get(key), locale) for each in (before, now))
        tree = text.redline(ours, theirs)
        is_exact = _mean_the_same(text.reject(tree), ours) and _mean_the_same(text.accept(tree), theirs)
        shown = (tree,) if is_exact else (text.redline(ours, Document()), text.redline(Document(), theirs))
        blocks = tuple(block for each in shown for block in each.blocks)
        yield dataclasses.replace(now.get(key) or before[key], blocks=blocks), is_exact


def _order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    order = list(new)
    for number, key in enumerate(old):
        if key not in order:
            order.insert(order.index(old[number - 1]) + 1 if number else 0, key)
    return order


def _comparable(chapter: ManuscriptChapter | None, locale: Locale) -> Document:
    """Return a chapter one sentence a line, without what only the room on a page or a link elsewhere has made of it."""
    blocks = text.rewrite_blocks(chapter.blocks if chapter else (), _upright)
    return text.lined(Document(text.spelt_out(blocks)), locale)


def _upright(node: Node) -> list[Node]:
    if node["t"] != "Div":
        return [node]
    (name, classes, pairs), blocks = node["c"]
    if WIDE in classes and not name and not pairs:
        return list(blocks)
    kept = [each for each in classes if each not in (WIDE, LINKED)]
    return [{"t": "Div", "c": [[name, kept, pairs], blocks]}]


def _mean_the_same(made: Document, meant: Document) -> bool:
    """Compare blocks as they are, as nearly all are the same, before what they mean."""
    pairs = zip(made.blocks, meant.blocks, strict=False)
    alike = len(made.blocks) == len(meant.blocks)
    return alike and all(one == other or text.meaning([one]) == text.meaning([other]) for one, other in pairs)


def _arranged(chapter: ManuscriptChapter, relinked: "_Relinked", new: Manuscript, locale: Locale) -> ManuscriptChapter:
    """Return the chapter with its tables where they have room, as the editions of one version have them."""
    desk = Desk(chapter=chapter.key, locale=locale, names=Names(), gallery=Gallery({}), notices={}, look=new.look)
    blocks = joined(text.rewrite_blocks(chapter.blocks, relinked) if relinked.linked else chapter.blocks)
    head = 1 if blocks and blocks[0]["t"] == "Header" else 0
    return dataclasses.replace(chapter, blocks=(*blocks[:head], *arranged(desk, blocks[head:])))


def _relinked(new: Manuscript) -> "_Relinked":
    linked = {
        node["c"][0][0]
        for chapter in new.chapters
        for node in text.walk(chapter.blocks)
        if is_passage(node) and LINKED in node["c"][0][1]
    }
    return _Relinked(frozenset(linked))


@dataclass(frozen=True, slots=True)
class _Relinked:
    """Gives the passages that a link leads to their sign again."""

    linked: frozenset[str]

    def __call__(self, node: Node) -> list[Node]:
        if not is_passage(node) or node["c"][0][0] not in self.linked:
            return [node]
        (name, classes, pairs), blocks = node["c"]
        return [{"t": "Div", "c": [[name, [*classes, LINKED], pairs], blocks]}]


def _face(old: Face, new: Face, count: int, locale: Locale) -> Face:
    """Return the face of a comparison: it says which versions, and how much is marked in which way."""
    before, now = (f"{words[:1].lower()}{words[1:]}" for words in (old.version, new.version))
    lines = (
        locale.label("publishing.redline.compared", old=before, old_date=old.date, new=now, new_date=new.date),
        locale.count("publishing.redline.count", count),
    )
    return dataclasses.replace(
        new,
        version=locale.label("publishing.redline.versions", old=before, new=now),
        edition_id=f"{new.edition_id}-redline-{old.edition_id.removeprefix(f'{_shared(old, new)}-')}",
        cover_lines=(*new.cover_lines, *lines),
    )


def _shared(old: Face, new: Face) -> str:
    """Return the name of the strategy, which both editions' names begin with."""
    names = zip(old.edition_id.split("-"), new.edition_id.split("-"), strict=False)
    shared: list[str] = []
    for one, other in names:
        if one != other:
            break
        shared.append(one)
    return "-".join(shared)
