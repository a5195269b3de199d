"""Turn numbers that hypothesis draws into texts of every kind of block, one sentence a line, no word in them twice.

Drawing node by node takes hypothesis thirty times as long; so each number is a block, and fewer numbers a shorter text.
"""

import re
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from hypothesis import strategies as st

from forankring.text import Node, walk
from forankring.text.parts import joined
from tests.unit.text.trees import NONE, WORDS, table, text

SPACE: Node = {"t": "Space"}
NUMBERS = st.integers(0, 2**20)
SOME = st.lists(NUMBERS, min_size=1, max_size=3)
_STEMS = ("ord", "mål", "værdi", "Å", "d’s", "b-c")
_MARKS = ("Emph", "Strong", "Strikeout", "Link", "Link", "Span", "Quoted", "Note", "Code", "Image", "Superscript")
_KINDS = "Para Para Para Para Para Header CodeBlock HorizontalRule Table BulletList OrderedList BlockQuote Div".split()
_DEEP = frozenset("BulletList OrderedList BlockQuote Div DefinitionList".split())


class Writer:
    """Writes words, sentences and blocks by chance; ``name`` is in every word of it."""

    def __init__(self, number: int, name: str, *, common: float = 0) -> None:
        self.chance = Random(number)
        self.name = name
        self.common = common
        self.count = 0

    def word(self) -> str:
        """Return a word that no other is like, or sometimes a common one."""
        if self.chance.random() < self.common:
            return self.chance.choice(WORDS) or "og"
        self.count += 1
        return f"{self.chance.choice(_STEMS)}{self.name}{self.count}"

    def line(self, most: int = 6, *, bare: bool = False) -> list[Node]:
        """Return words with some marks, notes and signs, parted by spaces."""
        result: list[Node] = []
        for number in range(self.chance.randint(1, most)):
            if number:
                result.append({"t": "LineBreak"} if self.chance.random() < 0.03 else SPACE)
            result += self._piece(bare)
        return result

    def sentence(self) -> list[Node]:
        """Return words that end with a full stop."""
        return [*self.line(), SPACE, text(self.word() + self.chance.choice((".", ".", "?", ".«")))]

    def para(self, kind: str = "Para", most: int = 3) -> Node:
        """Return a paragraph of sentences."""
        return {"t": kind, "c": joined(self.sentence() for _ in range(self.chance.randint(1, most)))}

    def row(self, columns: int) -> Any:
        """Return a row of a table."""
        cells = [[] if self.chance.random() < 0.1 else [{"t": "Plain", "c": self.line(4)}] for _ in range(columns)]
        return [NONE, [[NONE, {"t": "AlignDefault"}, 1, 1, cell] for cell in cells]]

    def definition(self) -> Any:
        """Return a term and what it means."""
        return [self.line(3), [[self.para("Plain", 2)]]]

    def blocks(self, depth: int = 0) -> list[Node]:
        """Return one to three blocks."""
        return [self.block(depth) for _ in range(self.chance.randint(1, 2))]

    def block(self, depth: int = 1) -> Node:
        """Return a block of any kind."""
        kinds = [kind for kind in (*_KINDS, "DefinitionList") if depth or kind not in _DEEP]
        kind = self.chance.choice(kinds)
        deeper = depth - 1 if self.chance.random() < 0.8 else depth
        items = [self.blocks(deeper) for _ in range(self.chance.randint(1, 3))] if kind in _DEEP else []
        match kind:
            case "Para":
                return self.para()
            case "Header":
                return {"t": kind, "c": [self.chance.randint(1, 4), NONE, self.line(5)]}
            case "CodeBlock":
                return {"t": kind, "c": [NONE, f"{self.word()} = {self.word()}\n{self.word()}"]}
            case "HorizontalRule":
                return {"t": kind}
            case "Table":
                made = table([[self.line(3) for _ in range(2)]])
                made["c"][4][0][3] = [self.row(2) for _ in range(self.chance.randint(1, 4))]
                return made
            case "BulletList":
                return {"t": kind, "c": items}
            case "OrderedList":
                return {"t": kind, "c": [[self.chance.choice((1, 3)), {"t": "Decimal"}, {"t": "Period"}], items]}
            case "DefinitionList":
                return {"t": kind, "c": [self.definition() for _ in items]}
            case "BlockQuote":
                return {"t": kind, "c": items[0]}
            case _:
                return {"t": kind, "c": [["", [self.chance.choice(("boks", "figure"))], []], items[0]]}

    def _piece(self, bare: bool) -> list[Node]:
        word = text(self.word() + self.chance.choice(("", "", "", "", ",", ":", ")")))
        if bare or self.chance.random() < 0.85:
            return [word]
        kind = self.chance.choice(_MARKS)
        match kind:
            case "Link":
                link = {"t": kind, "c": [NONE, [text(self.word())], ["https://a.dk/b", ""]]}
                other = {"t": kind, "c": [NONE, [text(self.word())], ["https://a.dk/b", ""]]}
                return [link, other] if self.chance.random() < 0.2 else [link]
            case "Span":
                return [{"t": kind, "c": [["", [], [["lang", "en"]]], self.line(3, bare=True)]}]
            case "Quoted":
                return [{"t": kind, "c": [{"t": "DoubleQuote"}, self.line(3, bare=True)]}]
            case "Note":
                return [word, {"t": kind, "c": [{"t": "Para", "c": self.line(4, bare=True)}]}]
            case "Code":
                return [{"t": kind, "c": [NONE, self.word()]}]
            case "Image":
                return [{"t": kind, "c": [NONE, [text(self.word())], ["a.png", ""]]}]
            case _:
                return [{"t": kind, "c": self.line(3, bare=True)}]


def written(numbers: Iterable[int], name: str = "", *, common: float = 0) -> list[Node]:
    """Return one block for each number, without a word twice unless some are to be common."""
    return [Writer(number, f"{name}n{place}k", common=common).block() for place, number in enumerate(numbers)]


def words_of(blocks: Any) -> Iterator[str]:
    """Yield every word of a text, with those in notes, code and pictures."""
    for node in walk(list(blocks)):
        content = node.get("c")
        said = content[1] if node["t"] in ("Code", "CodeBlock", "Math") else content if node["t"] == "Str" else ""
        yield from re.findall(r"\w+(?:[’-]\w+)*", said)
