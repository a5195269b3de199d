"""Turn the places of two files' bookmarks into places in the redline of both: no mark lets a bookmark come or go."""

import bisect
import copy
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

from forankring.publishing.word.names import w

_START, _END, _PARAGRAPH, _RUN = w("bookmarkStart"), w("bookmarkEnd"), w("p"), w("r")
_WORDS = frozenset({w("t"), w("delText"), w("instrText"), w("delInstrText")})
_CAME, _WENT = frozenset({w("ins"), w("moveTo")}), frozenset({w("del"), w("moveFrom")})
_UNSEEN = frozenset({w("rPr"), w("lastRenderedPageBreak")})


class Span(NamedTuple):
    """Where a bookmark starts and ends, in letters, signs and ends of paragraphs from the beginning."""

    start: int
    end: int


class Atom(NamedTuple):
    """Letters, a sign, or the end of a paragraph (whose element it then is), and which of the two texts it is in."""

    element: Any
    size: int
    old: bool
    new: bool


def spans(root: Any) -> dict[str, Span]:
    """Return where the bookmarks of a text stand that has no tracked changes."""
    at, places = 0, {}
    names = {node.get(w("id")): node.get(w("name")) for node in root.iter(_START)}
    starts: dict[str, int] = {}
    for event in _walk(root):
        if isinstance(event, Atom):
            at += event.size
        elif event.tag == _START:
            starts[event.get(w("id"))] = at
        elif event.get(w("id")) in starts:
            places[names[event.get(w("id"))]] = Span(starts[event.get(w("id"))], at)
    return places


def take_away(root: Any) -> None:
    """Take all bookmarks away."""
    for node in list(root.iter(_START, _END)):
        node.getparent().remove(node)


def put_back(root: Any, old: Mapping[str, Span], new: Mapping[str, Span], first: int) -> frozenset[str]:
    """Put the bookmarks of both texts into their redline, numbered from ``first``; return those of the old text that
    stand where only the new one has them."""
    line = _Line(root)
    placed: list[_Place] = []
    displaced = set()
    for number, name in enumerate([*new, *(name for name in old if name not in new)], first):
        start, end, stays = line.find(old.get(name), new.get(name))
        if not stays:
            displaced.add(name)
        empty = start == end
        placed.append(_Place(start, 2 if empty else 1, number, name, end))
        placed.append(_Place(end, 3 if empty else 0, number, "", end))
    for place in sorted(placed, reverse=True):  # what stands before a place is not moved by putting something there
        line.put(place)
    return frozenset(displaced)


class _Place(NamedTuple):
    """Where one end of a bookmark goes; where several go to one place, ends come before starts."""

    at: int
    order: int
    number: int
    name: str
    end: int


class _Line:
    """The atoms of a redline, and where each of them stands in the old text, in the new one and in both."""

    def __init__(self, root: Any) -> None:
        self.atoms = [atom for atom in _walk(root) if isinstance(atom, Atom)]
        self.starts: list[int] = []
        self.sides: dict[str, tuple[list[int], list[int]]] = {"old": ([], []), "new": ([], [])}
        self.totals = {"old": 0, "new": 0}
        self.total = 0
        self.put_at: dict[int, Any] = {}
        for atom in self.atoms:
            self.starts.append(self.total)
            for side, within in (("old", atom.old), ("new", atom.new)):
                if within and atom.size:
                    self.sides[side][0].append(self.totals[side])
                    self.sides[side][1].append(self.total)
                    self.totals[side] += atom.size
            self.total += atom.size

    def find(self, old: Span | None, new: Span | None) -> tuple[int, int, bool]:
        """Return where a bookmark starts and ends, and whether that is right for all texts that have it."""
        if old is None or new is None:
            side, span = ("new", new) if new is not None else ("old", old)
            assert span is not None
            if span.start == span.end:
                return self._last(side, span.start), self._last(side, span.start), True
            return self._last(side, span.start), self._first(side, span.end), True
        start = min(self._last("old", old.start), self._last("new", new.start))
        end = max(self._first("old", old.end), self._first("new", new.end))
        right = start >= max(self._first("old", old.start), self._first("new", new.start)) and end <= min(
            self._last("old", old.end), self._last("new", new.end)
        )
        if right and start <= end:
            return start, end, True
        return (*self.find(None, new)[:2], False)

    def put(self, place: _Place) -> None:
        """Put one end of a bookmark where it belongs."""
        if place.name:
            node = etree.Element(_START, {w("id"): str(place.number), w("name"): place.name})
        else:
            node = etree.Element(_END, {w("id"): str(place.number)})
        if place.at in self.put_at:
            self.put_at[place.at].addprevious(node)
        else:
            self._put(node, place)
        self.put_at[place.at] = node

    def _put(self, node: Any, place: _Place) -> None:
        index = bisect.bisect_right(self.starts, place.at) - 1
        if place.at >= self.total:
            self.atoms[-1].element.addnext(node)
            return
        atom = self.atoms[index]
        table = self._table_before(index) if place.at == self.starts[index] else None
        if table is not None and (not place.name or place.end >= self._end_of(table)):
            table.addprevious(node)
        elif atom.element.tag == _PARAGRAPH:
            atom.element.append(node)
        else:
            _split(atom.element, place.at - self.starts[index]).addprevious(node)

    def _table_before(self, index: int) -> Any:
        """Return the outermost table that begins with an atom, if one does."""
        tables = list(self.atoms[index].element.iterancestors(w("tbl")))
        around = set(self.atoms[index - 1].element.iterancestors(w("tbl"))) if index else set()
        begun = [table for table in tables if table not in around]
        return begun[-1] if begun else None

    def _end_of(self, table: Any) -> int:
        last = list(table.iter(_PARAGRAPH))[-1]
        return next(start + 1 for start, atom in zip(self.starts, self.atoms, strict=True) if atom.element is last)

    def _last(self, side: str, at: int) -> int:
        """Return the last place that is the same for one text as the place ``at`` in it."""
        own, both = self.sides[side]
        if at >= self.totals[side]:
            return self.total
        index = bisect.bisect_right(own, at) - 1
        return both[index] + at - own[index]

    def _first(self, side: str, at: int) -> int:
        return self._last(side, at - 1) + 1 if at else 0


def _split(leaf: Any, offset: int) -> Any:
    """Part what is around some letters of a paragraph before them, and return what now begins there."""
    node = leaf
    if offset:
        node = copy.copy(leaf)
        node.text, leaf.text = leaf.text[offset:], leaf.text[:offset]
        leaf.addnext(node)
    while node.getparent().tag != _PARAGRAPH:
        parent = node.getparent()
        before = [other for other in node.itersiblings(preceding=True) if other.tag not in _UNSEEN]
        if before:
            twin = etree.Element(parent.tag, dict(parent.attrib))
            own = parent.find(w("rPr"))
            if own is not None and parent.tag == _RUN:
                twin.append(copy.deepcopy(own))
            twin.extend([node, *node.itersiblings()])
            parent.addnext(twin)
            node = twin
        else:
            node = parent
    return node


def _walk(node: Any, old: bool = True, new: bool = True) -> Iterator[Any]:
    """Yield atoms and the ends of bookmarks in order."""
    for child in node:
        if child.tag == _RUN:
            for leaf in child:
                if leaf.tag not in _UNSEEN:
                    yield Atom(leaf, len(leaf.text or "") if leaf.tag in _WORDS else 1, old, new)
        elif child.tag in (_START, _END):
            yield child
        elif child.tag == _PARAGRAPH:
            yield from _walk(child, old, new)
            marks = {mark.tag for mark in child.iterfind(f"{w('pPr')}/{w('rPr')}/*")}
            yield Atom(child, 1, old and not marks & _CAME, new and not marks & _WENT)
        elif child.tag in _AROUND:
            yield from _walk(child, old and child.tag not in _CAME, new and child.tag not in _WENT)
        elif child.tag in _SIGNS:
            yield Atom(child, 1, old, new)


_AROUND = frozenset(w(name) for name in "body tbl tr tc hyperlink ins del moveFrom moveTo sdt sdtContent".split())
_SIGNS = frozenset(
    f"{{http://schemas.openxmlformats.org/officeDocument/2006/math}}{name}" for name in ("oMath", "oMathPara")
)
