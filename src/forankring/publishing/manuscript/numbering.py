"""Turn the marks of a comparison into numbered changes: what stands in another's place is one change with it."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from forankring import text
from forankring.language import Locale
from forankring.publishing.records import ManuscriptChapter
from forankring.text import Node
from forankring.text.marks import ADDED, MOVE, MOVED_HERE, REMOVED, Mark, mark_in, mark_of
from forankring.text.settling import both_lines
from forankring.text.tokens import MARKS

NUMBER = "redline-number-"
"""How the class begins that gives a mark its number; the second of two marks of one change has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedChange:
    """One change: where it stands, ``under`` which heading within the chapter (empty for none), and of a move the
    number of its other end (0 for all others)."""

    number: int
    kind: str
    chapter: str
    under: str
    other: int = 0

    def way(self, ends: Sequence["NumberedChange"], locale: Locale) -> str:
        """Return what the link to a move's other end says of where that stands; ``ends`` are all changes."""
        key = "moved_from" if self.kind == MOVED_HERE else "moved_to"
        under = ends[self.other - 1].under
        return locale.label(f"publishing.redline.{key if under else f'{key}_nearby'}", heading=under)


def numbered(
    chapters: Sequence[ManuscriptChapter],
) -> tuple[tuple[ManuscriptChapter, ...], tuple[NumberedChange, ...]]:
    """Return the chapters with numbered marks, and the changes."""
    work = _Numbering()
    made = tuple(work.chapter(chapter) for chapter in chapters)
    ends = {found.number: end for end, found in work.ends.items()}
    changes = tuple(
        dataclasses.replace(found, other=work.other(ends[found.number])) if found.number in ends else found
        for found in work.found
    )
    return made, changes


def number_in(attr: list[Any]) -> int:
    """Return the number among attributes, 0 where there is none."""
    return next((int(name.removeprefix(NUMBER)) for name in attr[1] if name.startswith(NUMBER)), 0)


_End = tuple[str, str, str]
"""The chapter, the number of the move in it, and which of its ends."""


@dataclass(slots=True)
class _Numbering:
    found: list[NumberedChange] = field(default_factory=list)
    ends: dict[_End, NumberedChange] = field(default_factory=dict)
    key: str = ""
    under: str = ""
    before: Mark | None = None

    def chapter(self, chapter: ManuscriptChapter) -> ManuscriptChapter:
        """Return a chapter with its marks numbered."""
        self.key, self.under, self.before = chapter.key, "", None
        return dataclasses.replace(chapter, blocks=tuple(self._nodes(chapter.blocks)))

    def other(self, end: _End) -> int:
        """Return the number of the other end of a move."""
        chapter, move, kind = end
        return next(
            (each.number for (c, m, k), each in self.ends.items() if (c, m) == (chapter, move) and k != kind), 0
        )

    def _nodes(self, nodes: Iterable[Any]) -> list[Any]:
        return [self._nodes(node) if isinstance(node, list) else self._node(node) for node in nodes]

    def _node(self, node: Any) -> Any:
        if not isinstance(node, dict) or "t" not in node:
            return node
        mark = mark_of(node)
        if mark:
            return self._mark(mark, node)
        if node["t"] not in MARKS:
            self.before = None
        made = self._inside(node)
        if node["t"] not in MARKS:
            self.before = None
        return made

    def _mark(self, mark: Mark, node: Node) -> Node:
        """Return a mark with its number; what came right after something went has none."""
        second = self.before is not None and self.before.kind == REMOVED and mark.kind == ADDED and not mark.whole
        attr = node["c"][0] if second else self._given(node["c"][0], mark)
        made = {"t": node["t"], "c": [attr, self._within(mark, node["c"][1])]}
        self.before = mark
        return made

    def _inside(self, node: Node) -> Node:
        content = node.get("c")
        match node["t"]:
            case "Table":
                return {"t": "Table", "c": self._table(node["c"])}
            case "DefinitionList":
                return {"t": "DefinitionList", "c": [self._definition(*each) for each in node["c"]]}
            case "Header":
                self.under = text.plain(both_lines(node["c"][2])[1]) if node["c"][0] > 1 else ""
        return {"t": node["t"], "c": self._nodes(content)} if isinstance(content, list) else node

    def _definition(self, term: list[Node], items: list[Any]) -> Any:
        """Return a definition; one that came or went as a whole is one change."""
        mark = mark_of(term[0]) if len(term) == 1 else None
        return [self._nodes(term), items if mark and mark.whole else self._nodes(items)]

    def _table(self, content: list[Any]) -> list[Any]:
        attr, caption, columns, head, bodies, foot = content
        caption = self._nodes(caption)
        head = [head[0], self._rows(head[1])]
        bodies = [[*body[:2], self._rows(body[2]), self._rows(body[3])] for body in bodies]
        return [attr, caption, columns, head, bodies, [foot[0], self._rows(foot[1])]]

    def _rows(self, rows: list[Any]) -> list[Any]:
        result: list[Any] = []
        for attr, cells in rows:
            mark = mark_in(attr)
            given = self._given(attr, mark) if mark else attr
            result.append([given, self._within(mark, cells) if mark else self._nodes(cells)])
        return result

    def _within(self, mark: Mark, nodes: list[Any]) -> list[Any]:
        """Number what was edited in a part that has moved; in all other marks, more marks are only those of notes."""
        return self._nodes(nodes) if mark.kind == MOVED_HERE else nodes

    def _given(self, attr: list[Any], mark: Mark) -> list[Any]:
        """Return a mark's attributes with its number."""
        number = len(self.found) + 1
        change = NumberedChange(number=number, kind=mark.kind, chapter=self.key, under=self.under)
        self.found.append(change)
        if mark.move:
            self.ends[self.key, mark.move, mark.kind] = change
        pairs = [pair for pair in attr[2] if pair[0] != MOVE]
        return [attr[0], [*attr[1], f"{NUMBER}{number}"], pairs]
