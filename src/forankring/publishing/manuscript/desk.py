"""What mending a chapter needs to know and remembers: its names, its links, its headings, its pictures."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from forankring.language import Locale
from forankring.publishing.manuscript.passages import LINKED, Rests, passage, rests_on
from forankring.publishing.manuscript.pictures import Gallery
from forankring.publishing.manuscript.reading import scoped
from forankring.publishing.records import Mend
from forankring.text import Node, walk
from forankring.workspace import Look, house_look

_LETTERS = 6
_NAMELESS = frozenset({"Header", "Div", "HorizontalRule"})
"""Blocks that have a name of their own, or hold blocks that do."""
_OF_THE_PAGE = re.compile(r"notes|note-(ref-)?\d+|text|show-links|contents-title|change-\d+")
_IN_CONTENTS = re.compile("(toc-)+")
"""Names that the HTML edition gives to places of its own, and how those in its contents begin."""
_OUTSIDE = re.compile(r"(?i)(https?://|mailto:|tel:)\S+$")


@dataclass(slots=True)
class Names:
    """Every identifier given in the manuscript so far, and which chapter's text means what by it."""

    taken: set[str] = field(default_factory=set)
    first: dict[str, str] = field(default_factory=dict)
    passages: dict[str, Node] = field(default_factory=dict)
    """The divisions around passages by the name that each got, lasting or not."""
    kept: frozenset[str] = frozenset()
    """The lasting names of passages: a heading or a mark in the text cannot take one, whoever wrote it."""

    def give(self, wanted: str, *, lasting: bool = False) -> str:
        """Return ``wanted``, or the first of ``wanted-2``, ``wanted-3``, … that is free."""
        name, number = wanted, 1
        if _IN_CONTENTS.match(wanted):
            name = wanted = _IN_CONTENTS.sub("", wanted, count=1) or "place"
        while name in self.taken or _OF_THE_PAGE.fullmatch(name) or (name in self.kept and not lasting):
            number += 1
            name = f"{wanted}-{number}"
        self.taken.add(name)
        return name


@dataclass(slots=True)
class Desk:
    """The work on one chapter. Mends are in reading order; links are settled when all chapters are read."""

    chapter: str
    locale: Locale
    names: Names
    gallery: Gallery
    notices: Mapping[str, tuple[Node, ...]]
    look: Look = field(default_factory=house_look)
    rests: Rests | None = None
    mends: list[Mend] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)
    links: list[Node] = field(default_factory=list)
    points: list[Node] = field(default_factory=list)
    levels: list[tuple[int, int]] = field(default_factory=lambda: [(1, 1)])

    def note(self, code: str, detail: str = "", near: str = "", under: str = "", **values: str | int) -> None:
        """Remember that something was put right; ``near`` stands in the Markdown where ``detail`` does not."""
        said = {key: _short(value) if isinstance(value, str) else value for key, value in values.items()}
        shown = _short(detail.strip())
        self.mends.append(
            Mend(chapter=self.chapter, code=code, detail=shown, near=near[:120], under=under, values=said)
        )

    def note_once(self, code: str, detail: str) -> None:
        """Remember the first place where something was put right, and how often it was in the chapter."""
        for place, mend in enumerate(self.mends):
            if mend.code == code:
                self.mends[place] = replace(mend, times=mend.times + 1)
                return
        self.note(code, detail)

    def identify(self, attr: list[Any]) -> list[Any]:
        """Return attributes whose identifier is unique in the manuscript."""
        wanted = scoped(attr[0])
        if not wanted:
            return attr
        name = self.names.give(wanted)
        if name != wanted:
            self.note("id_twice", wanted, "#" + wanted)
        self.anchors.setdefault(wanted, name)
        self.names.first.setdefault(wanted, name)
        return [name, attr[1], attr[2]]

    def link(self, attr: list[Any], content: list[Node], target: str) -> list[Node]:
        """Return a link that leads somewhere, or its words; a link inside the text is settled later."""
        if target.startswith("#"):
            node: Node = {"t": "Link", "c": [["", [], attr[2]], content, ["#" + scoped(target[1:]), ""]]}
            self.links.append(node)
            return [node]
        if _OUTSIDE.match(target):
            return [{"t": "Link", "c": [["", [], attr[2]], content, [target, ""]]}]
        self.note("link_nowhere", target)
        return content

    def passage(self, block: Node, made: list[Node]) -> list[Node]:
        """Return what became of a block inside a division that has the block's lasting name."""
        if self.rests is None or block["t"] == "Div":
            return made
        found = self.rests.of(block)  # of those too that get no division: blocks with the same words take turns
        if not made or block["t"] in _NAMELESS:
            return made
        said = rests_on(found, block, self.locale) if self.rests.shown else []
        self.points += [node for node in walk(said) if node["t"] == "Link"]
        wanted = found.name or f"{self.chapter}-{found.digest[:_LETTERS]}"
        name = self.names.give(wanted, lasting=bool(found.name))
        self.names.passages[name] = passage(name, made, said)
        return [self.names.passages[name]]

    def level(self, written: int) -> int:
        """Return the level at which a heading written at ``written`` stands, one step below its parent at most."""
        deepest = max(written, 2)
        while self.levels[-1][0] >= deepest:
            self.levels.pop()
        level = self.levels[-1][1] + 1
        self.levels.append((deepest, level))
        return level


def _short(words: str) -> str:
    return re.sub(r"\s+", " ", words)[:120]


def settle_links(desks: Iterable[Desk]) -> None:
    """Point every link inside the text to the name that its target got; take the link from one that has no target.
    What a text has named itself goes before the name of a passage.

    A point that the annex does not print, because it is withheld, keeps its number alone.

    The nodes are this build's own and not yet shown to anyone, so they are changed where they stand.
    """
    for desk in desks:
        for node in desk.links:
            target = node["c"][2][0][1:]
            name = desk.anchors.get(target) or desk.names.first.get(target)
            if name:
                node["c"][2] = [f"#{name}", ""]
            elif target in desk.names.passages:
                _mark_linked(desk.names.passages[target])
            else:
                desk.note("link_nowhere", f"#{target}")
                _unlink(node)
        for node in desk.points:
            if node["c"][2][0][1:] not in desk.names.taken:
                _unlink(node)


def _mark_linked(named: Node) -> None:
    classes = named["c"][0][1]
    classes += [LINKED] * (LINKED not in classes)


def _unlink(node: Node) -> None:
    node["t"], node["c"] = "Span", [["", [], []], node["c"][1]]
