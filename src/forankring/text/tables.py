"""Turn any table into one that a pipe table can carry: one header row, no spans, one line of text in each cell."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from forankring.text.nodes import Node, plain

_CLOSED = re.compile(r"[.!?:;,…][«»“”\"’‹›)\]]*$")
_NO_ATTRIBUTES: list[Any] = ["", [], []]
_DEFAULT: list[Any] = [{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]


def rows_of(node: Node) -> tuple[list[Any], list[Any]]:
    """Return the header rows and the body rows of a table; a row is ``[attributes, cells]``."""
    return node["c"][3][1], [row for body in node["c"][4] for row in body[3]]


def flat_table(content: list[Any]) -> list[Any]:
    """Return a table's content with its cells on a plain grid; every word stays, widths go."""
    attributes, caption, columns, head, bodies, foot = content
    heads = list(_grid(head[1]))
    rows = heads[1:] + [row for body in bodies for part in (body[2], body[3]) for row in _grid(part)]
    rows += list(_grid(foot[1]))
    width = max((len(row) for row in heads + rows), default=len(columns))
    specs = [[column[0], {"t": "ColWidthDefault"}] for column in columns]
    specs = specs[:width] if len(specs) > width else specs + [_DEFAULT] * (width - len(specs))
    title = flat_inlines(caption[1])
    return [
        attributes,
        [None, [{"t": "Plain", "c": title}] if title else []],
        specs,
        [_NO_ATTRIBUTES, [_row(row, width) for row in heads[:1] if any(row)]],
        [[_NO_ATTRIBUTES, 0, [], [_row(row, width) for row in rows]]],
        [_NO_ATTRIBUTES, []],
    ]


def flat_inlines(blocks: Iterable[Node]) -> list[Node]:
    """Return the blocks as one line of inlines; what stood in blocks of its own is parted by a semicolon."""
    joined: list[Node] = []
    for run in _runs(blocks):
        line = [{"t": "Space"} if node["t"] in ("LineBreak", "SoftBreak") else node for node in run]
        if joined and line:
            closed = joined[-1]["t"] == "Str" and _CLOSED.search(joined[-1]["c"])
            joined += [{"t": "Space"}] if closed else [{"t": "Str", "c": ";"}, {"t": "Space"}]
        joined += line
    return joined


def _grid(rows: list[Any]) -> Iterator[list[list[Node]]]:
    """Yield each row as the inlines of its cells; the cells that a span covers are empty."""
    covered: dict[int, int] = {}
    for _, cells in rows:
        line: list[list[Node]] = []
        for _, _, height, width, blocks in cells:
            _fill(line, covered)
            for offset in range(width):
                covered[len(line)] = height - 1
                line.append([] if offset else flat_inlines(blocks))
        _fill(line, covered)
        yield line


def _fill(line: list[list[Node]], covered: dict[int, int]) -> None:
    while covered.get(len(line), 0) > 0:
        covered[len(line)] -= 1
        line.append([])


def _row(line: list[list[Node]], width: int) -> list[Any]:
    padded = line + [[] for _ in range(width - len(line))]
    cells = ([{"t": "Plain", "c": inlines}] if inlines else [] for inlines in padded)
    return [_NO_ATTRIBUTES, [[_NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, blocks] for blocks in cells]]


def _runs(blocks: Iterable[Node]) -> Iterator[list[Node]]:  # noqa: PLR0912  # one case for each kind of block
    """Yield the lines of inlines that stand in the blocks, in reading order."""
    for block in blocks:
        content: Any = block.get("c")
        match block["t"]:
            case "Plain" | "Para":
                yield content
            case "Header":
                yield content[2]
            case "LineBlock":
                yield from content
            case "CodeBlock":
                yield [{"t": "Code", "c": [_NO_ATTRIBUTES, " ".join(content[1].split())]}]
            case "BlockQuote":
                yield from _runs(content)
            case "Div":
                yield from _runs(content[1])
            case "Figure":
                own = plain(content[2]) == plain(content[1][1])  # pandoc's reading of a picture that stands alone
                yield from _runs(content[2] if own else [*content[2], *content[1][1]])
            case "BulletList":
                for item in content:
                    yield from _runs(item)
            case "OrderedList":
                for item in content[1]:
                    yield from _runs(item)
            case "DefinitionList":
                for term, definitions in content:
                    yield term
                    for definition in definitions:
                        yield from _runs(definition)
            case "Table":
                yield from _cells(content)


def _cells(content: list[Any]) -> Iterator[list[Node]]:
    _, caption, _, head, bodies, foot = content
    yield from _runs(caption[1])
    for rows in (head[1], *(part for body in bodies for part in (body[2], body[3])), foot[1]):
        for _, cells in rows:
            for cell in cells:
                yield from _runs(cell[4])
