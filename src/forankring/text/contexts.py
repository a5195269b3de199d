"""Turn a place in a text into the letters around it, by which it is told from others that say the same.

The idea is that of a text quote selector (W3C, Web Annotation Data Model, 4.2.4), counted in letters and digits alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forankring.text.nodes import Document, walk

_KEPT = 60
"""Letters that are kept of either side."""
_SAYING = frozenset({"Str", "Code", "CodeBlock", "Math", "RawInline", "RawBlock"})


@dataclass(frozen=True, slots=True)
class Context:
    """What stands before and after a place; empty where it is not known."""

    before: str = ""
    after: str = ""

    def follows(self, before: str) -> int:
        """Return how many of the letters before a place are these."""
        return _common(self.before[::-1], before[: -_KEPT - 1 : -1])

    def precedes(self, after: str) -> int:
        """Return how many of the letters after a place are these."""
        return _common(self.after, after[:_KEPT])


@dataclass(frozen=True, slots=True)
class Span:
    """From which letter of a text to which, counted from 0, the end not part of it."""

    start: int
    end: int


class Reading:
    """The letters of a text, and where each of its nodes stands: told by the node itself, not by what it says."""

    def __init__(self, document: Document) -> None:
        said: list[str] = []
        self._spans: dict[int, Span] = {}
        at = 0
        for node in walk(list(document.blocks)):
            if node["t"] in _SAYING:
                said.append(letters(_words(node)))
                self._spans[_name(node)] = Span(at, at + len(said[-1]))
                at += len(said[-1])
        self.letters = "".join(said)

    def span(self, nodes: Any) -> Span | None:
        """Return where nodes of this text stand, None where they say nothing or are no nodes of it."""
        found = [span for node in walk(nodes) if (span := self._spans.get(_name(node)))]
        return Span(found[0].start, found[-1].end) if found else None

    def context(self, place: Span | None) -> Context:
        """Return what stands around a place."""
        if place is None:
            return Context()
        return Context(self.letters[max(0, place.start - _KEPT) : place.start], self.letters[place.end :][:_KEPT])

    def likeness(self, place: Span | None, context: Context) -> int:
        """Return how well a place fits: so many letters around it are the same; where none are known, only a text
        without any can be told to be the one."""
        if context == Context():
            return 0 if self.letters else 2 * _KEPT
        found = self.context(place)
        return context.follows(found.before) + context.precedes(found.after)

    def places(self, said: str) -> Iterator[Span]:
        """Yield where these letters stand, however they are parted and set."""
        at = self.letters.find(said)
        while at >= 0:
            yield Span(at, at + len(said))
            at = self.letters.find(said, at + 1)


def letters(words: str) -> str:
    """Return letters and digits alone."""
    return "".join(filter(str.isalnum, words))


def _name(node: Any) -> int:
    """Return what a node keeps when the tree around it is rewritten: a word is let be, of code its text is."""
    return id(node["c"][-1]) if node["t"] in _SAYING and isinstance(node["c"], list) else id(node)


def _words(node: Any) -> str:
    content = node["c"]
    return content if isinstance(content, str) else str(content[-1])


def _common(one: str, other: str) -> int:
    """Count the letters that two texts begin with; where both end there as well, there is no more to compare."""
    if one == other:
        return _KEPT
    return next(
        (at for at, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs),
        min(len(one), len(other)),
    )
