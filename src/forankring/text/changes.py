"""Turn a redline into a list of its changes in reading order, each with the words before and after."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from forankring.text.marks import MOVED_AWAY, MOVED_HERE, NEW, Mark, item_mark, mark_in, mark_of, rows_in, span
from forankring.text.nodes import Document, Node, plain, walk
from forankring.text.parts import cells_of
from forankring.text.settling import accept, reject

Kind = Literal["added", "removed", "edited", "moved"]
_PARTED = frozenset({"Div", "BlockQuote"})


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a sentence, or of a block, an item or a row as a whole. ``under`` is the heading that it stands
    under; the words of an edit are the same where only their looks have changed. A move may be an edit as well."""

    kind: Kind
    under: str
    old: str
    new: str


def changes(tree: Document) -> tuple[Change, ...]:
    """Return the changes; both ends of a move are one change, told where it went to."""
    teller = _Teller(dict(_left(tree.blocks)))
    teller.blocks(tree.blocks)
    return tuple(teller.found)


def _left(node: Any) -> Iterator[tuple[str, str]]:
    """Yield what each move has left behind: its number and its words."""
    for each in walk(node):
        mark = mark_of(each)
        if mark and mark.kind == MOVED_AWAY:
            yield mark.move, _words(each)
        for row in rows_in(each):
            mark = mark_in(row[0])
            if mark and mark.kind == MOVED_AWAY:
                yield mark.move, _row_words(row)


@dataclass(slots=True)
class _Teller:
    """Walks the tree and remembers the heading above."""

    left: dict[str, str]
    under: str = ""
    found: list[Change] = field(default_factory=list)

    def blocks(self, blocks: Iterable[Node]) -> None:
        """Tell of blocks."""
        for block in blocks:
            mark = mark_of(block)
            if mark is None:
                self._block(block)
            elif mark.move:
                self._tell(mark, _both(block["c"][1]))
            else:
                self._whole(mark, block["c"][1])

    def _whole(self, mark: Mark, blocks: Iterable[Node]) -> None:
        """Tell of blocks that came or went, each by itself."""
        for block in blocks:
            if block["t"] in _PARTED:
                self._whole(mark, block["c"] if block["t"] == "BlockQuote" else block["c"][1])
                continue
            if block["t"] == "Header" and mark.kind in NEW:
                self.under = _words(block["c"][2])
            self._tell(mark, (_words(block), _words(block)))

    def _tell(self, mark: Mark, words: tuple[str, str]) -> None:
        old, new = words
        if mark.kind == MOVED_HERE:
            self.found.append(Change("moved", self.under, self.left.get(mark.move, old), new))
        elif mark.kind in NEW:
            self.found.append(Change("added", self.under, "", new))
        elif mark.kind != MOVED_AWAY:
            self.found.append(Change("removed", self.under, old, ""))

    def _block(self, block: Node) -> None:  # one case for each kind of block
        content: Any = block.get("c")
        match block["t"]:
            case "Para" | "Plain":
                self._lines(content)
            case "Header":
                self.under = _both([block])[1]
                self._lines(content[2])
            case "BlockQuote":
                self.blocks(content)
            case "Div":
                self.blocks(content[1])
            case "BulletList":
                self._items(content)
            case "OrderedList":
                self._items(content[1])
            case "DefinitionList":
                for term, items in content:
                    self._definition(term, items)
            case "Figure":
                self.blocks(content[1][1])
            case "Table":
                self.blocks(content[1][1])
                for row in rows_in(block):
                    self._row(row)

    def _items(self, items: Iterable[list[Node]]) -> None:
        for item in items:
            mark = item_mark(item)
            if mark is None:
                self.blocks(item)
            else:
                self._tell(mark, _both(item[0]["c"][1]))

    def _definition(self, term: list[Node], items: list[list[Node]]) -> None:
        mark = item_mark(term)
        if mark is None:
            self._lines(term)
            self._items(items)
        else:
            kept = [{"t": "Para", "c": term[0]["c"][1]}, *(block for item in items for block in item[0]["c"][1])]
            self._tell(mark, _both(kept))

    def _row(self, row: Any) -> None:
        mark = mark_in(row[0])
        if mark is None:
            for cell in cells_of(row):
                self.blocks(cell[4])
        else:
            cells = [_both(cell[4]) for cell in cells_of(row)]
            self._tell(mark, (" | ".join(old for old, _ in cells), " | ".join(new for _, new in cells)))

    def _lines(self, inlines: list[Node]) -> None:
        for line in _sentences(inlines):
            marks = {mark for node in walk(line) if (mark := mark_of(node))}
            whole = {mark_of(node) for node in line}
            if len(whole) == 1 and None not in whole:
                self._tell(next(iter(marks & whole)), _both([{"t": "Para", "c": _bare(line)}]))
            elif marks:
                self.found.append(Change("edited", self.under, *_both([{"t": "Para", "c": line}])))


def _sentences(inlines: Iterable[Node]) -> Iterator[list[Node]]:
    """Yield the sentences of a paragraph, each word in the mark that it stands in."""
    sentence: list[Node] = []
    for node in inlines:
        mark = mark_of(node)
        for inner in node["c"][1] if mark else [node]:
            if inner["t"] != "SoftBreak":
                sentence.append(span(mark, [inner]) if mark else inner)
            elif sentence:
                yield sentence
                sentence = []
    if sentence:
        yield sentence


def _bare(line: Iterable[Node]) -> list[Node]:
    return [inner for node in line for inner in node["c"][1]]


def _both(blocks: Sequence[Node]) -> tuple[str, str]:
    """Return the words before and after."""
    tree = Document(tuple(blocks))
    return _words(reject(tree).blocks), _words(accept(tree).blocks)


def _words(node: Any) -> str:
    return " ".join(plain(node).split())


def _row_words(row: Any) -> str:
    return " | ".join(_words(cell[4]) for cell in cells_of(row))
