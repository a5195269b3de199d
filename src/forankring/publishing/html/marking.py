"""Turn the marks of a comparison into the page's own: ins and del that are heard and seen, each with its way on."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from forankring import text
from forankring.language import Locale
from forankring.publishing.manuscript.numbering import NumberedChange, number_in
from forankring.text import Node
from forankring.text.marks import ADDED, MOVED_AWAY, MOVED_HERE, NEW, RESERVED, Mark, mark_in, mark_of

_TAGS = {True: "ins", False: "del"}
_NAMES = {ADDED: "added", MOVED_HERE: "moved-here", MOVED_AWAY: "moved-away"}


def marked(blocks: Sequence[Node], changes: Sequence[NumberedChange], locale: Locale) -> tuple[Node, ...]:
    """Return the page's blocks with every mark as HTML of the house's own."""
    return tuple(_Marking(changes, locale).nodes(list(blocks)))


@dataclass(frozen=True, slots=True)
class _Marking:
    """Writes the marks; ``linked`` means inside a link, in which no other can stand."""

    changes: Sequence[NumberedChange]
    locale: Locale
    linked: bool = False

    def nodes(self, nodes: list[Any]) -> list[Any]:
        """Return nodes, or whatever else stands in a list of the tree."""
        result: list[Any] = []
        for node in nodes:
            if isinstance(node, list):
                result.append(self.nodes(node))
            elif isinstance(node, dict) and isinstance(node.get("c"), list):
                result += self._node(node)
            else:
                result.append(node)
        return result

    def _node(self, node: Node) -> list[Node]:
        mark = mark_of(node) if "t" in node else None
        if mark:
            kind = "RawInline" if node["t"] == "Span" else "RawBlock"
            return self._wrapped(mark, node["c"][0], self.nodes(node["c"][1]), kind)
        if node.get("t") == "Link":
            inside = dataclasses.replace(self, linked=True)
            return [*self._ways_to(node), {"t": "Link", "c": inside.nodes(node["c"])}]
        if node.get("t") == "Table":
            attr, caption, columns, head, bodies, foot = node["c"]
            ends = [[part[0], self._rows(part[1])] for part in (head, foot)]
            made = [[*body[:2], self._rows(body[2]), self._rows(body[3])] for body in bodies]
            return [{"t": "Table", "c": [attr, self.nodes(caption), columns, ends[0], made, ends[1]]}]
        return [{**node, "c": self.nodes(node["c"])}]

    def _ways_to(self, link: Node) -> list[Node]:
        """Return the places of the changes inside a link, to stand in front of it."""
        numbers = [number_in(node["c"][0]) for node in text.walk(link) if mark_of(node)]
        return [{"t": "RawInline", "c": ["html", self._steps(number)]} for number in numbers if number]

    def _rows(self, rows: list[Any]) -> list[Any]:
        """Return rows; in one that came, went or moved, the words of every cell did."""
        result: list[Any] = []
        for (name, classes, pairs), cells in rows:
            attr = [name, classes, pairs]
            mark = mark_in(attr)
            kept = [name, [each for each in classes if not each.startswith(RESERVED)], pairs]
            done: list[Any] = []
            for cell in cells:
                blocks = self.nodes(cell[4])
                done.append([*cell[:4], self._cell(mark, attr, blocks, first=not done) if mark else blocks])
            result.append([kept, done])
        return result

    def _cell(self, mark: Mark, attr: list[Any], blocks: list[Node], *, first: bool) -> list[Node]:
        shown = attr if first else ["", [], []]
        if len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para"):
            return [{"t": "Plain", "c": self._wrapped(mark, shown, blocks[0]["c"], "RawInline")}]
        return self._wrapped(mark, shown, blocks, "RawBlock") if blocks or first else blocks

    def _wrapped(self, mark: Mark, attr: list[Any], inner: list[Node], kind: str) -> list[Node]:
        """Return what is marked between the signs for eyes and ears."""
        number = number_in(attr)
        name = _NAMES.get(mark.kind, "removed")
        tag = _TAGS[mark.kind in NEW]
        classes = f' class="{name}{" block" if kind == "RawBlock" else ""}"'
        said = escape(self.locale.label(f"publishing.redline.said.{name.replace('-', '_')}"))
        steps, way = ("", "") if self.linked else (self._steps(number), self._way(number))
        pause = "<wbr>" if kind == "RawInline" else ""
        start = f'{steps}{pause}<{tag}{classes}><span class="said">[{said}: </span>{way}'
        ended = f'<span class="said">]</span></{tag}>'
        return [{"t": kind, "c": ["html", start]}, *inner, {"t": kind, "c": ["html", ended]}]

    def _steps(self, number: int) -> str:
        """Return the place of a change, and the links to the one before and the one after."""
        if not number:
            return ""
        label, last = self.locale.label, len(self.changes)
        where = escape(label("publishing.redline.place", n=self.locale.number(number), all=self.locale.number(last)))
        before = _link(number - 1, label("publishing.redline.previous")) if number > 1 else ""
        after = _link(number + 1, label("publishing.redline.next")) if number < last else ""
        steps = f'<span class="steps">{before} <span>{where}</span> {after}</span>'
        return f'<span class="change" id="change-{number}">{steps}</span>'

    def _way(self, number: int) -> str:
        """Return the link to the other end of a move, which says under which heading that stands."""
        change = self.changes[number - 1] if number else None
        if change is None or not change.other:
            return ""
        words = change.way(self.changes, self.locale)
        return f'<a class="way" href="#change-{change.other}">{escape(words)}</a> '


def _link(number: int, words: str) -> str:
    return f'<a href="#change-{number}">{escape(words)}</a>'
