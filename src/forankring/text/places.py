"""Find one part of a text again, by what it says and what stands around it, and put another in its place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from forankring.text.alignment import twins
from forankring.text.contexts import Context, Reading, Span, letters
from forankring.text.lines import units
from forankring.text.nodes import Document, Node, is_block, plain, rewrite_blocks
from forankring.text.parts import BLOCKS, DEFINITIONS, ITEMS, ROWS, SENTENCES, Level, is_text, joined, sentences
from forankring.text.tokens import key_of

Members = list[Any]
_Change = Callable[[Members], Members]
_ANYWHERE = Context()
_SHORT = 20
"""Letters; so few stand in many places, and are this one only where something around them is the same as well."""
_NEAR = 8
"""Letters around a place that must be the same there."""
_BESIDE = 30
"""What a neighbour that is the very same counts, in letters, where nothing stands."""
_ENOUGH = 20


def context_of(
    reading: Reading, standing: Sequence[Node], before: Sequence[Node] = (), after: Sequence[Node] = ()
) -> Context:
    """Return what is around nodes of a text, or between two of its parts where nothing stands."""
    place = reading.span(list(standing))
    if place is None and (beside := reading.span(list(before))):
        place = Span(beside.end, beside.end)
    if place is None and (beside := reading.span(list(after))):
        place = Span(beside.start, beside.start)
    return reading.context(place)


def stands(document: Document, level: Level, wanted: Sequence[Node], context: Context = _ANYWHERE) -> bool:
    """Tell whether such a part stands there in a ``lined`` text; ``wanted`` is it as ``level.show`` has it."""
    members = level.members(wanted)
    return bool(members) and _best(document, level, _Finding(members), _nearness(wanted, context)) is not None


def is_near(document: Document, wanted: Sequence[Node]) -> bool:
    """Tell whether such blocks stand in a text, edited or not."""
    parts = [BLOCKS.part(block) for block in units(document.blocks)]
    return bool(twins([BLOCKS.part(block) for block in wanted], parts))


def put_in_place(
    document: Document, level: Level, old: Sequence[Node], new: Sequence[Node], context: Context = _ANYWHERE
) -> Document | None:
    """Return the text with such a part replaced, of several the one whose surroundings are most like ``context``; None
    where none stands there (any more)."""
    members = level.members(old)
    chosen = _best(document, level, _Finding(members), _nearness(old, context)) if members else None
    if chosen is None:
        return None
    return _rewritten(document, level, _Finding(members, lambda _: level.members(new), chosen))


def put_between(
    document: Document,
    level: Level,
    sides: tuple[Sequence[Node], Sequence[Node]],
    new: Sequence[Node],
    context: Context = _ANYWHERE,
) -> Document | None:
    """Return the text with a part put between two others, or where the surroundings are most like ``context``; None
    where there is no such place."""
    before, after = (level.members(side) for side in sides)
    gaps = _Gaps(before[-1:], after[:1])
    chosen = _best(document, level, gaps, _Nearness(context, _ENOUGH))
    if chosen is None:
        return None
    return _rewritten(document, level, _Gaps(before[-1:], after[:1], level.members(new), chosen))


def fits(level: Level, put: Sequence[Node], standing: Sequence[Node]) -> bool:
    """Tell whether all of a text can stand in the place of another of this level, or where nothing stands."""
    if level is SENTENCES:
        return all(map(is_text, put)) and len(put) <= max(1, len(standing))
    if level is ROWS:
        widths = {len(block["c"][2]) for block in (*put, *standing) if block["t"] == "Table"}
        return all(block["t"] == "Table" for block in put) and len(widths) <= 1
    return level is not DEFINITIONS or all(block["t"] == "DefinitionList" for block in put)


def says(document: Document, wanted: Sequence[Node], context: Context = _ANYWHERE) -> bool:
    """Tell whether a text has these words there one after another, however they are parted and set."""
    reading, near = Reading(document), _nearness(wanted, context)
    places = reading.places(letters(plain(list(wanted))))
    return any(reading.likeness(place, context) >= near.least for place in places)


@dataclass(frozen=True, slots=True)
class _Nearness:
    context: Context
    least: int


def _nearness(wanted: Sequence[Node], context: Context) -> _Nearness:
    is_short = context != _ANYWHERE and len(letters(plain(list(wanted)))) < _SHORT
    return _Nearness(context, _NEAR if is_short else 0)


@dataclass(slots=True)
class _Finding:
    """Looks for runs of members among others; changes the one that is ``chosen``, counted from 0."""

    wanted: Members
    change: _Change = list
    chosen: int = -1
    found: list[tuple[Members, Members, int]] = field(default_factory=list)

    def __call__(self, members: Members) -> Members:
        keys, size, result = [key_of(member) for member in self.wanted], len(self.wanted), members
        own = [key_of(member) for member in members]
        for at in range(len(members) - size + 1):
            if own[at : at + size] == keys:
                if len(self.found) == self.chosen:
                    result = [*members[:at], *self.change(members[at : at + size]), *members[at + size :]]
                self.found.append((members[at : at + size], [], 0))
        return result

    def is_on_one_line(self, content: list[Node]) -> bool:
        """Tell a paragraph of just these sentences where none begins a line: in a cell, a caption or a note."""
        return len(self.wanted) > 1 and key_of(content) == key_of(joined(self.wanted))

    def whole(self, content: list[Node]) -> Members:
        """Return what stands for all that was wanted."""
        self.found.append(([content], [], 0))
        return self.change(list(self.wanted)) if len(self.found) - 1 == self.chosen else sentences(content)


@dataclass(slots=True)
class _Gaps:
    """Looks at every place between members; puts something in the one that is ``chosen``, counted from 0."""

    before: Members
    after: Members
    put: Members = field(default_factory=list)
    chosen: int = -1
    found: list[tuple[Members, Members, int]] = field(default_factory=list)

    def __call__(self, members: Members) -> Members:
        result = members
        for at in range(len(members) + 1):
            if len(self.found) == self.chosen:
                result = [*members[:at], *self.put, *members[at:]]
            left, right = members[at - 1 : at] if at else [], members[at : at + 1]
            beside = sum(
                bool(wanted) and bool(here) and key_of(wanted[0]) == key_of(here[0])
                for wanted, here in ((self.before, left), (self.after, right))
            )
            self.found.append((left, right, _BESIDE * beside))
        return result

    def is_on_one_line(self, content: list[Node]) -> bool:
        """Tell that there is no such place: what nothing is said of has no line."""
        return False

    def whole(self, content: list[Node]) -> Members:
        """Return the sentences as they are."""
        return sentences(content)


_Search = _Finding | _Gaps


def _best(document: Document, level: Level, search: _Search, near: _Nearness) -> int | None:
    """Return which of the places that the search finds is most like its surroundings, of equals the first."""
    _rewritten(document, level, search)
    reading = Reading(document)
    best, chosen = near.least - 1, None
    for number, (left, right, beside) in enumerate(search.found):
        fits = beside + reading.likeness(_place(reading, left, right, gap=isinstance(search, _Gaps)), near.context)
        if fits > best:
            best, chosen = fits, number
    return chosen


def _place(reading: Reading, left: Members, right: Members, *, gap: bool) -> Span | None:
    first, second = reading.span(left), reading.span(right)
    if not gap:
        return first
    at = first.end if first else second.start if second else None
    return None if at is None else Span(at, at)


def _rewritten(document: Document, level: Level, search: _Search) -> Document:
    if level is BLOCKS:
        return Document(tuple(_in_blocks(document.blocks, search)))
    return Document(rewrite_blocks(document.blocks, lambda node: _in_node(node, level, search)))


def _in_node(node: Node, level: Level, search: _Search) -> list[Node]:
    kind: str = node["t"]
    content: Any = node.get("c")
    if level is SENTENCES and is_text(node):
        lines = search.whole(content) if search.is_on_one_line(content) else search(sentences(content))
        return [{"t": kind, "c": joined(lines)}] if lines else []
    if level is ITEMS and kind == "BulletList":
        return [{"t": kind, "c": search(content)}]
    if level is ITEMS and kind == "OrderedList":
        return [{"t": kind, "c": [content[0], search(content[1])]}]
    if level is DEFINITIONS and kind == "DefinitionList":
        return [{"t": kind, "c": search(content)}]
    if level is ROWS and kind == "Table":
        head = [content[3][0], search(content[3][1])]
        bodies = [[*body[:3], search(body[3])] for body in content[4]]
        return [{"t": kind, "c": [*content[:3], head, bodies, content[5]]}]
    return [node]


def _in_blocks(blocks: Sequence[Node], search: _Search) -> Members:
    """Look in the blocks themselves and then in those inside them: runs of blocks stand side by side."""
    changed = search(list(blocks))
    return [_inside(block, search) for block in changed]


def _inside(node: Any, search: _Search) -> Any:
    """Return anything with what was looked for changed in the lists of blocks below it."""
    if isinstance(node, dict):
        return {**node, "c": _inside(node["c"], search)} if "c" in node else node
    if not isinstance(node, list):
        return node
    if node and all(isinstance(member, dict) and "t" in member and is_block(member) for member in node):
        return _in_blocks(node, search)
    return [_inside(item, search) for item in node]
