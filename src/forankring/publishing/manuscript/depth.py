"""Turn blocks nested deeper than Word and the PDF can set them into blocks at the deepest place that they can."""

from collections.abc import Iterable

from forankring import text
from forankring.publishing.manuscript.desk import Desk
from forankring.text import Node

_QUOTES, _LISTS = 6, 9
"""Word has nine levels of lists; typst ends at about eighteen quotations, those of a note and of its text together."""


def shallow(desk: Desk, blocks: Iterable[Node]) -> list[Node]:
    """Return the blocks with the same words at most so deep; a list of terms cannot stand in another one."""

    def noted(node: Node) -> list[Node]:
        return [{"t": "Note", "c": _blocks(desk, node["c"], (0, 0, 0))}] if node["t"] == "Note" else [node]

    made = _blocks(desk, blocks, (0, 0, 0))
    if not any(node["t"] == "Note" for node in text.walk(made)):
        return made
    return list(text.rewrite_blocks(made, noted))


def _blocks(desk: Desk, blocks: Iterable[Node], depth: tuple[int, int, int]) -> list[Node]:
    return [done for block in blocks for done in _block(desk, block, depth)]


def _block(desk: Desk, block: Node, depth: tuple[int, int, int]) -> list[Node]:
    """Return a block at a place inside so many quotations, lists and lists of terms."""
    quotes, lists, terms = depth
    match block["t"]:
        case "BlockQuote":
            inside = _blocks(desk, block["c"], (quotes + 1, lists, terms))
            return [{"t": "BlockQuote", "c": inside}] if quotes < _QUOTES else _raised(desk, inside)
        case "BulletList" | "OrderedList":
            written = block["c"] if block["t"] == "BulletList" else block["c"][1]
            items = [_blocks(desk, item, (quotes, lists + 1, terms)) for item in written]
            if lists >= _LISTS:
                return _raised(desk, [part for item in items for part in item])
            return [{"t": block["t"], "c": items if block["t"] == "BulletList" else [block["c"][0], items]}]
        case "DefinitionList":
            return _terms(desk, block, depth)
        case "Div":
            return [{"t": "Div", "c": [block["c"][0], _blocks(desk, block["c"][1], depth)]}]
        case _:
            return [block]


def _terms(desk: Desk, block: Node, depth: tuple[int, int, int]) -> list[Node]:
    quotes, lists, terms = depth
    pairs = [(term, [_blocks(desk, part, (quotes, lists, terms + 1)) for part in parts]) for term, parts in block["c"]]
    if not terms:
        return [{"t": "DefinitionList", "c": [[term, parts] for term, parts in pairs]}]
    lines = [[{"t": "Para", "c": term}, *(inner for part in parts for inner in part)] for term, parts in pairs]
    return _raised(desk, [block for line in lines for block in line])


def _raised(desk: Desk, blocks: list[Node]) -> list[Node]:
    desk.note_once("nested_deep", text.plain(blocks)[:60])
    return blocks
