"""Turn the marks of a comparison into marks that typst can set: every word in its own, and a bar beside it."""

import dataclasses
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from forankring import text
from forankring.language import Locale
from forankring.publishing.manuscript.layout import WIDE
from forankring.publishing.manuscript.mending import MISSING
from forankring.publishing.manuscript.numbering import NumberedChange, number_in
from forankring.text import Node
from forankring.text.marks import ADDED, REMOVED, Mark, mark_in, mark_of
from forankring.text.settling import both_lines
from forankring.text.tokens import MARKS, around, inside

CHANGED = "redline-changed"
"""The class of a span around a line in which something is marked."""

_LINES = frozenset({"Para", "Plain"})
_LINED = frozenset({"Link", "Underline", "Strikeout"})


def marked(blocks: Iterable[Node], changes: Sequence[NumberedChange], locale: Locale) -> tuple[Node, ...]:
    """Return a chapter's blocks with marks only around words, pages and headings outside all divisions."""
    return tuple(_Marking(changes, locale).nodes(blocks))


@dataclass(frozen=True, slots=True)
class _Marking:
    """Writes the marks; ``barred`` means outside captions and notes, which begin in the middle of a line."""

    changes: Sequence[NumberedChange]
    locale: Locale
    barred: bool = True

    def nodes(self, nodes: Iterable[Any]) -> list[Any]:
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
        kind = node.get("t")
        mark = mark_of(node) if kind else None
        if mark and kind == "Div":
            return self._division(mark, node["c"][0], node["c"][1])
        if kind and _has_line(node) and _is_marked(inside(node)):
            return self.nodes(_parted(node, inside(node)))
        if mark:
            attr, inner = node["c"]
            return [self._span(mark, attr, self.nodes(inner))]
        if kind == "Note":
            return [{"t": kind, "c": self._inline(node["c"])}]
        if kind == "Figure":
            attr, caption, blocks = node["c"]
            return [{"t": kind, "c": [attr, self._inline(caption), self.nodes(blocks)]}]
        if kind in _LINES and self.barred and _is_marked(node["c"]):
            return [{"t": kind, "c": [_changed(self.nodes(node["c"]))]}]
        if kind == "Header" and _is_marked(node["c"][2]):
            return self._heading(node)
        if kind == "Table":
            attr, caption, columns, head, bodies, foot = node["c"]
            ends = [[part[0], self._rows(part[1])] for part in (head, foot)]
            made = [[*body[:2], self._rows(body[2]), self._rows(body[3])] for body in bodies]
            return [{"t": "Table", "c": [attr, self._inline(caption), columns, ends[0], made, ends[1]]}]
        return [{**node, "c": self.nodes(node["c"])}]

    def _inline(self, nodes: list[Any]) -> list[Any]:
        return dataclasses.replace(self, barred=False).nodes(nodes)

    def _division(self, mark: Mark, attr: list[Any], blocks: list[Node]) -> list[Node]:
        """Return the blocks that came, went or moved; a heading or a turned page among them parts the division."""
        name, lead = self._lead(mark, attr)
        if not lead and any(node["t"] == "Image" for node in text.walk(blocks)):
            said = self.locale.label(f"publishing.redline.said.{'added' if mark.kind == ADDED else 'removed'}")
            lead = text.inlines(f"[{said}]")
        if not self.barred:
            return _pushed(mark, self.nodes(blocks))
        result: list[Node] = []
        run: list[Node] = [{"t": "Para", "c": lead}] if lead else []
        for block in _pushed(mark, self.nodes(blocks)):
            if block["t"] == "Header" or (block["t"] == "Div" and WIDE in block["c"][0][1]):
                result += [*_boxed(mark, name, run), block]
                name, run = ("", []) if run else (name, run)
            else:
                run.append(block)
        return [*result, *_boxed(mark, name, run)]

    def _span(self, mark: Mark, attr: list[Any], inner: list[Node]) -> Node:
        name, lead = self._lead(mark, attr)
        before = [*lead, {"t": "Space"}] if lead else []
        return _span(mark.kind, [*before, *inner], name)

    def _lead(self, mark: Mark, attr: list[Any]) -> tuple[str, list[Node]]:
        """Return a move's name, and the link to its other end with the heading that it stands under."""
        number = number_in(attr)
        change = self.changes[number - 1] if number else None
        if change is None or not change.other:
            return "", []
        words = text.inlines(f"[{change.way(self.changes, self.locale)}]")
        return f"change-{number}", [{"t": "Link", "c": [["", [], []], words, [f"#change-{change.other}", ""]]}]

    def _heading(self, header: Node) -> list[Node]:
        """Return what the heading was, where words of it went, and the heading with what came: contents and bookmarks
        show no word that went."""
        level, attr, words = header["c"]
        old, new = both_lines(words)
        went = any((mark := mark_of(node)) and mark.kind == REMOVED for node in text.walk(words))
        came = new if not old else [node for node in words if (mark := mark_of(node)) is None or mark.kind != REMOVED]
        lines = [{"t": "Para", "c": [{"t": "Strong", "c": text.rewrite_blocks(old, _without_note)}]}] if went else []
        before = _boxed(Mark(REMOVED), "", _pushed(Mark(REMOVED), lines))
        inside = new if _is_marked_deep(came) else self.nodes(came)
        return [*before, {"t": "Header", "c": [level, attr, inside]}]

    def _rows(self, rows: list[Any]) -> list[Any]:
        result: list[Any] = []
        for attr, cells in rows:
            mark = mark_in(attr)
            done = [[*cell[:4], self.nodes(cell[4])] for cell in cells]
            if mark:
                name, lead = self._lead(mark, attr)
                done = [[*cell[:4], _barred(_pushed(mark, cell[4]), first=not at)] for at, cell in enumerate(done)]
                done[0][4] = [{"t": "Plain", "c": [_span("", lead, name)]}, *done[0][4]] if lead else done[0][4]
            result.append([attr, done])
        return result


def _is_marked(inlines: list[Node]) -> bool:
    return any(mark_of(node) for node in text.walk(inlines) if node["t"] == "Span")


def _is_marked_deep(inlines: list[Node]) -> bool:
    """Tell words that went inside of formatted words."""
    return any((mark := mark_of(node)) and mark.kind == REMOVED for node in text.walk(inlines))


def _without_note(node: Node) -> list[Node]:
    return [] if node["t"] == "Note" else [node]


def _changed(inlines: list[Node]) -> Node:
    return {"t": "Span", "c": [["", [CHANGED], []], inlines]}


def _span(name: str, inlines: list[Node], identifier: str = "") -> Node:
    inlines = [done for node in inlines for done in text.rewrite_blocks([node], _without_line)]
    return {"t": "Span", "c": [[identifier, [name] * bool(name), []], inlines]}


def _without_line(node: Node) -> list[Node]:
    """Take the line of the author's own from words that get one of a mark."""
    return list(node["c"]) if node["t"] in ("Underline", "Strikeout") else [node]


def _boxed(mark: Mark, name: str, blocks: list[Node]) -> list[Node]:
    return [{"t": "Div", "c": [[name, [mark.kind], []], blocks]}] if blocks else []


def _barred(blocks: list[Node], *, first: bool) -> list[Node]:
    """Return a row's cell; the first one has the bar."""
    if not first or len(blocks) != 1 or blocks[0]["t"] not in _LINES:
        return blocks
    return [{"t": blocks[0]["t"], "c": [_changed(blocks[0]["c"])]}]


def _pushed(mark: Mark, nodes: Iterable[Any]) -> list[Any]:
    """Return nodes with the mark around the words of every line in them."""
    result: list[Any] = []
    for node in nodes:
        if isinstance(node, list):
            result.append(_pushed(mark, node))
        elif not isinstance(node, dict) or not isinstance(node.get("c"), list):
            result.append(node)
        else:
            result.append({**node, "c": _marked_content(mark, node)})
    return result


def _marked_content(mark: Mark, node: Node) -> list[Any]:
    content = node["c"]
    match node.get("t"):
        case "Para" | "Plain":
            return _worded(mark, content)
        case "Header":
            return [*content[:2], _worded(mark, content[2])]
        case "DefinitionList":
            return [[_worded(mark, term), _pushed(mark, items)] for term, items in content]
        case _:
            return _pushed(mark, content)


def _worded(mark: Mark, inlines: list[Node]) -> list[Node]:
    """Return inlines in a mark, all but those that have one of their own: typst sets one line at a word."""
    result: list[Node] = []
    for is_whole, run in itertools.groupby(inlines, lambda node: node["t"] not in MARKS or not _is_marked([node])):
        if is_whole:
            result.append(_span(mark.kind, list(run)))
            continue
        for node in run:
            result.append(node if mark_of(node) else around(node, _worded(mark, inside(node))))
    return result


def _has_line(node: Node) -> bool:
    """Tell what typst sets with a line of its own, in which no mark can stand."""
    return node["t"] in _LINED or (node["t"] == "Span" and MISSING in node["c"][0][1])


def _parted(lined: Node, inlines: list[Node]) -> list[Node]:
    """Return a link, or whatever else has a line of its own, inside the marks that stand in it."""
    result: list[Node] = []
    for is_whole, run in itertools.groupby(inlines, lambda node: node["t"] not in MARKS or not _is_marked([node])):
        if is_whole:
            result.append(around(lined, list(run)))
            continue
        for node in run:
            inner = [around(lined, inside(node))] if mark_of(node) else _parted(lined, inside(node))
            result.append(around(node, inner))
    return result
