"""Turn two finished Word editions into their redline, and prove that it leads to the one and back to the other."""

import copy
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from forankring.language import Locale
from forankring.publishing.records import Credit, Redline
from forankring.publishing.word.file import packed
from forankring.publishing.word.names import element, w, words_of
from forankring.publishing.word.redline.blocks import merge
from forankring.publishing.word.redline.bookmarks import put_back, take_away
from forankring.publishing.word.redline.bringing import bring
from forankring.publishing.word.redline.canonical import Canonical, canonical
from forankring.publishing.word.redline.notes import merge_notes, notes_in, pair_notes
from forankring.publishing.word.redline.package import BODY, NOTES, Package, opened
from forankring.publishing.word.redline.pen import Pen
from forankring.publishing.word.redline.shapes import shapes
from forankring.publishing.word.redline.tables import blocks_of
from forankring.publishing.word.resolving import resolved

_REVISIONS = tuple(
    w(name)
    for name in "ins del moveFrom moveTo moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd rPrChange "
    "pPrChange sectPrChange tblPrChange tblGridChange trPrChange tcPrChange".split()
)
_ENDS = {w("moveFromRangeEnd"): w("moveFromRangeStart"), w("moveToRangeEnd"): w("moveToRangeStart")}
_PICTURES = tuple(
    f"{{http://schemas.openxmlformats.org/drawingml/2006/{name}"
    for name in ("wordprocessingDrawing}docPr", "picture}cNvPr")
)


_Apart = tuple[set[int], set[int]]
_Both = tuple[Canonical, Canonical]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A redline before it is proven; ``displaced`` are bookmarks that stand where only the new text has them."""

    package: Package
    changes: int
    displaced: Collection[str]


def redline(old: bytes, new: bytes, credit: Credit, locale: Locale) -> Redline:
    """Return one file with both editions in it: all changes accepted it shows the new one, all rejected the old one.

    This is proven each time. A block that fails is shown as gone and come again, and named in ``rebuilt``. Raises
    RuntimeError where even that does not help: then this module has a fault. The same input gives the same bytes.
    """
    wanted = (canonical(opened(old)), canonical(opened(new)))
    apart: _Apart = (set(), set())
    rebuilt: list[str] = []
    while True:
        draft = _drafted(opened(old), opened(new), Pen(credit, locale), apart, wanted)
        data = packed(draft.package.written())
        fault = _fault(draft, wanted)
        if fault is None:
            return Redline(data=data, changes=draft.changes, rebuilt=tuple(rebuilt))
        side, number = fault
        if number in apart[side]:
            raise RuntimeError(f"the redline does not lead to the {('old', 'new')[side]} text at block {number}")
        apart[side].add(number)
        rebuilt.append(_words(opened((old, new)[side]), number))


def _drafted(old: Package, new: Package, pen: Pen, apart: _Apart, wanted: _Both) -> _Draft:
    bring(old, new)
    before, after = old.root(BODY), new.root(BODY)
    take_away(before)
    take_away(after)
    pair_notes(before, (old.root(NOTES), new.root(NOTES)), pen)
    ours, theirs = before.find(w("body")), after.find(w("body"))
    section = _section(ours.find(w("sectPr")), theirs.find(w("sectPr")), pen)
    blocks = blocks_of(ours), blocks_of(theirs)
    alone = [side[number] for side, numbers in zip(blocks, apart, strict=True) for number in sorted(numbers)]
    bare = notes_in(alone)
    _fill(theirs, [*merge(*blocks, pen, alone), *section])
    new.roots[NOTES] = merge_notes(after, old.root(NOTES), new.root(NOTES), pen, bare)
    for name in new.edges():
        if name in old.parts:
            _fill(new.root(name), merge(blocks_of(old.root(name)), blocks_of(new.root(name)), pen))
    number = _number([after, new.root(NOTES), *(new.root(name) for name in new.edges())])
    return _Draft(new, pen.changes, put_back(after, wanted[0].bookmarks, wanted[1].bookmarks, number))


def _fill(parent: Any, blocks: list[Any]) -> None:
    for node in list(parent):
        parent.remove(node)
    parent.extend(blocks)


def _section(old: Any, new: Any, pen: Pen) -> list[Any]:
    """Return the last section, with what it was before where that is another; heads and feet are not told there."""
    if old is None or new is None:
        return [] if new is None else [new]
    ours, theirs = ([node for node in side if not node.tag.endswith("Reference")] for side in (old, new))
    made = copy.deepcopy(new)
    if shapes(ours) != shapes(theirs):
        made.append(pen.mark("sectPrChange", "", came=True))
        made[-1].append(element("sectPr", *[copy.deepcopy(node) for node in ours]))
    return [made]


def _number(roots: list[Any]) -> int:
    """Number the marks in reading order, pictures as well; return the next number."""
    number = 1
    open_moves: dict[str, str] = {}
    for root in roots:
        for node in root.iter(*_REVISIONS):
            if node.tag in _ENDS:
                node.set(w("id"), open_moves[_ENDS[node.tag]])
                continue
            node.set(w("id"), str(number))
            open_moves[node.tag] = str(number)
            number += 1
        for node in root.iter(*_PICTURES):
            node.set("id", str(number))
            number += 1
    return number


def _fault(draft: _Draft, wanted: _Both) -> tuple[int, int] | None:
    """Return the first block that does not lead where it should: 0 and its number in the old text, or 1 and that in
    the new one. Raises RuntimeError where it is no block that fails."""
    written = draft.package.written()
    for side, accept in ((1, True), (0, False)):
        parts = {**written}
        got = canonical(Package(parts, resolved(parts, accept=accept)))
        want = wanted[side]
        if got.blocks != want.blocks:
            return side, _first_difference(got.blocks, want.blocks)
        if (got.section, got.edges) != (want.section, want.edges):
            raise RuntimeError(f"heads, feet or the last section do not lead to the {('old', 'new')[side]} text")
        names = set(want.bookmarks) - (set() if side else set(draft.displaced))
        wrong = sorted(name for name in names if got.bookmarks.get(name) != want.bookmarks[name])
        if wrong:
            raise RuntimeError(f"bookmarks do not stand where the {('old', 'new')[side]} text has them: {wrong}")
    return None


def _first_difference(got: tuple[Any, ...], want: tuple[Any, ...]) -> int:
    pairs = enumerate(zip(got, want, strict=False))
    return next((number for number, (ours, theirs) in pairs if ours != theirs), min(len(want) - 1, len(got)))


def _words(package: Package, number: int) -> str:
    return words_of(blocks_of(package.root(BODY).find(w("body")))[number])
