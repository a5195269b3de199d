"""Turn what a text consists of, block by block down to the sentence, into parts that can be aligned."""

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from forankring.text.alignment import Part
from forankring.text.nodes import Node, attributes
from forankring.text.tokens import key_of

_WORD = re.compile(r"\w+")
_SAID = re.compile(
    r'\{"t":"Str","c":"((?:[^"\\]|\\.)*)"|\{"t":"(?:Code|Math|Raw)\w*","c":\[.*?,"((?:[^"\\]|\\.)*)"\]\}'
)
"""What a key holds of words: those of words, code and formulas. A regular expression reads them ten times as fast as
a walk through the tree would."""
_NO_ATTRIBUTES: list[Any] = ["", [], []]
_TEXT = frozenset({"Plain", "Para"})


@dataclass(frozen=True, slots=True)
class Level:
    """One kind of sequence in a text. ``show`` makes blocks of some of its members, ``members`` finds them in such
    blocks again: so a sentence, an item or a row can stand in a file of its own."""

    name: str
    part: Callable[[Any], Part]
    show: Callable[[Sequence[Any]], tuple[Node, ...]]
    members: Callable[[Sequence[Node]], list[Any]]


def sentences(inlines: Iterable[Node]) -> list[list[Node]]:
    """Return the sentences of a paragraph that stands one sentence a line."""
    found: list[list[Node]] = [[]]
    for node in inlines:
        if node["t"] == "SoftBreak":
            found.append([])
        else:
            found[-1].append(node)
    return [sentence for sentence in found if sentence]


def joined(lines: Iterable[list[Node]]) -> list[Node]:
    """Return sentences as the inlines of one paragraph."""
    result: list[Node] = []
    for sentence in lines:
        result += ([{"t": "SoftBreak"}] if result else []) + list(sentence)
    return result


def is_text(block: Node) -> bool:
    """Tell a paragraph, or the text of a tight item or a cell."""
    return block["t"] in _TEXT


def kind_of(block: Node) -> str:
    """Return a block's kind; the text of a tight item is a paragraph as well."""
    return "Para" if is_text(block) else str(block["t"])


def cells_of(row: Any) -> list[Any]:
    """Return the cells of a table's row."""
    cells: list[Any] = row[1]
    return cells


def is_plain_grid(table: Any) -> bool:
    """Tell a table's content of one body in which no cell covers several rows or columns."""
    rows = [row for part in (table[3][1], *(body[3] for body in table[4])) for row in part]
    return len(table[4]) == 1 and all(cell[2:4] == [1, 1] for row in rows for cell in cells_of(row))


def without_words(row: Any) -> Any:
    """Return a row without what its cells say."""
    return [row[0], [cell[:4] for cell in cells_of(row)]]


def _block_part(block: Node) -> Part:
    attr = attributes(block)
    key = key_of(block)
    return Part(kind_of(block), key, _said(key), attr[0] if attr else "")


def _part(kind: str) -> Callable[[Any], Part]:
    def _of(member: Any) -> Part:
        key = key_of(member)
        return Part(kind, key, _said(key))

    return _of


def words(node: Any) -> tuple[str, ...]:
    """Return the words of nodes, for telling how much two of them have in common."""
    return _said(key_of(node))


@functools.lru_cache(maxsize=4096)
def _said(key: str) -> tuple[str, ...]:
    """Return the words of a key; the texts that are compared have most of theirs in common."""
    said = " ".join([word or code for word, code in _SAID.findall(key)])
    return tuple(_WORD.findall(said.replace("\\n", " ")))


def _row_part(row: Any) -> Part:
    said = tuple(word for cell in cells_of(row) for word in (*words(cell[4]), "|"))
    return Part("row", key_of(row), said)


def _definition_part(definition: Any) -> Part:
    return Part("definition", key_of(definition), (*words(definition[0]), *words(definition[1])))


def _items(blocks: Sequence[Node]) -> list[Any]:
    return [item for block in blocks for item in (block["c"] if block["t"] == "BulletList" else [[block]])]


def _sentences_of(blocks: Sequence[Node]) -> list[Any]:
    return [sentence for block in blocks if is_text(block) for sentence in sentences(block["c"])]


def _table(rows: Sequence[Any]) -> tuple[Node, ...]:
    """Return rows as a table without a head."""
    if not rows:
        return ()
    columns = [[cell[1], {"t": "ColWidthDefault"}] for cell in cells_of(rows[0])]
    body = [_NO_ATTRIBUTES, 0, [], list(rows)]
    content = [_NO_ATTRIBUTES, [None, []], columns, [_NO_ATTRIBUTES, []], [body], [_NO_ATTRIBUTES, []]]
    return ({"t": "Table", "c": content},)


def _rows(blocks: Sequence[Node]) -> list[Any]:
    tables = (block["c"] for block in blocks if block["t"] == "Table")
    return [row for table in tables for rows in (table[3][1], *(body[3] for body in table[4])) for row in rows]


BLOCKS = Level("block", _block_part, tuple, list)
SENTENCES = Level(
    "sentence", _part("sentence"), lambda lines: ({"t": "Para", "c": joined(lines)},) if lines else (), _sentences_of
)
ITEMS = Level("item", _part("item"), lambda items: ({"t": "BulletList", "c": list(items)},) if items else (), _items)
ROWS = Level("row", _row_part, _table, _rows)
DEFINITIONS = Level(
    "definition",
    _definition_part,
    lambda members: ({"t": "DefinitionList", "c": list(members)},) if members else (),
    lambda blocks: [member for block in blocks if block["t"] == "DefinitionList" for member in block["c"]],
)
LEVELS = {level.name: level for level in (BLOCKS, SENTENCES, ITEMS, ROWS, DEFINITIONS)}
