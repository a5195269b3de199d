"""Find one part of a text again, by what it says, and put another in its place."""

from collections.abc import Callable, Sequence
from typing import Any

from forankring.text.nodes import Document, Node, is_block, plain, rewrite_blocks
from forankring.text.parts import BLOCKS, DEFINITIONS, ITEMS, ROWS, SENTENCES, Level, is_text, joined, sentences
from forankring.text.tokens import key_of

Members = list[Any]
_Change = Callable[[Members], Members]


def stands(document: Document, level: Level, wanted: Sequence[Node]) -> bool:
    """Tell whether such a part stands anywhere in a ``lined`` text; ``wanted`` is it as ``level.show`` has it."""
    found = _Finding(level, level.members(wanted))
    _rewritten(document, level, found)
    return found.found


def put_in_place(document: Document, level: Level, old: Sequence[Node], new: Sequence[Node]) -> Document | None:
    """Return the text with the first such part replaced, None where it does not stand there (any more)."""
    return _put(document, level, level.members(old), lambda _: level.members(new))


def put_between(
    document: Document, level: Level, before: Sequence[Node], after: Sequence[Node], new: Sequence[Node]
) -> Document | None:
    """Return the text with a part put after the first or else before the second; None where neither stands there."""
    put = level.members(new)
    return _put(document, level, level.members(before), lambda found: [*found, *put]) or _put(
        document, level, level.members(after), lambda found: [*put, *found]
    )


def _put(document: Document, level: Level, wanted: Members, change: _Change) -> Document | None:
    found = _Finding(level, wanted, change)
    changed = _rewritten(document, level, found)
    return changed if found.found else None


def says(document: Document, wanted: Sequence[Node]) -> bool:
    """Tell whether a text has these words one after another, however they are parted and set."""
    return _letters(wanted) in _letters(document.blocks)


class _Finding:
    """Looks for a run of members among others, once, and changes what it finds."""

    def __init__(self, level: Level, wanted: Members, change: _Change = list) -> None:
        self.keys = [key_of(member) for member in wanted]
        self.wanted = wanted
        self.change = change
        self.found = False

    def __call__(self, members: Members) -> Members:
        size = len(self.keys)
        for at in range(len(members) - size + 1) if size and not self.found else ():
            if [key_of(member) for member in members[at : at + size]] == self.keys:
                self.found = True
                return [*members[:at], *self.change(members[at : at + size]), *members[at + size :]]
        return members

    def is_on_one_line(self, content: list[Node]) -> bool:
        """Tell a paragraph of just these sentences where none begins a line: in a cell, a caption or a note."""
        return len(self.keys) > 1 and not self.found and key_of(content) == key_of(joined(self.wanted))

    def whole(self) -> Members:
        """Return what stands for all that was wanted."""
        self.found = True
        return self.change(list(self.wanted))


def _letters(nodes: Sequence[Node]) -> str:
    return "".join(filter(str.isalnum, plain(list(nodes))))


def _rewritten(document: Document, level: Level, finding: _Finding) -> Document:
    if level is BLOCKS:
        return Document(tuple(_in_blocks(document.blocks, finding)))
    return Document(rewrite_blocks(document.blocks, lambda node: _in_node(node, level, finding)))


def _in_node(node: Node, level: Level, change: _Finding) -> list[Node]:
    kind: str = node["t"]
    content: Any = node.get("c")
    if level is SENTENCES and is_text(node):
        lines = change(sentences(content)) if not change.is_on_one_line(content) else change.whole()
        return [{"t": kind, "c": joined(lines)}] if lines else []
    if level is ITEMS and kind == "BulletList":
        return [{"t": kind, "c": change(content)}]
    if level is ITEMS and kind == "OrderedList":
        return [{"t": kind, "c": [content[0], change(content[1])]}]
    if level is DEFINITIONS and kind == "DefinitionList":
        return [{"t": kind, "c": change(content)}]
    if level is ROWS and kind == "Table":
        head = [content[3][0], change(content[3][1])]
        bodies = [[*body[:3], change(body[3])] for body in content[4]]
        return [{"t": kind, "c": [*content[:3], head, bodies, content[5]]}]
    return [node]


def _in_blocks(blocks: Sequence[Node], finding: _Finding) -> Members:
    """Look in the blocks themselves and then in those inside them: runs of blocks stand side by side."""
    changed = finding(list(blocks))
    return changed if finding.found else [_inside(block, finding) for block in changed]


def _inside(node: Any, finding: _Finding) -> Any:
    """Return anything with what was looked for changed in the lists of blocks below it."""
    if isinstance(node, dict):
        return {**node, "c": _inside(node["c"], finding)} if "c" in node else node
    if not isinstance(node, list):
        return node
    if node and all(isinstance(member, dict) and "t" in member and is_block(member) for member in node):
        return _in_blocks(node, finding)
    return [_inside(item, finding) for item in node]
