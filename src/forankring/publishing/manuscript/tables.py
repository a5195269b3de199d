"""Turn tables into tables that every edition can set: a header row, one paragraph a cell, no widths."""

from collections.abc import Callable, Sequence
from typing import Any

from forankring import text
from forankring.publishing.manuscript.desk import Desk
from forankring.text import Node

_NO_ATTR: list[Any] = ["", [], []]
_DEFAULT = {"t": "AlignDefault"}
_BREAK: Node = {"t": "LineBreak"}


def mended_table(desk: Desk, content: list[Any], mend: Callable[[list[Node]], list[Node]]) -> Node:
    """Return the table with a header row, cells of one paragraph each, and no widths: writers find better ones."""
    attr, (_, caption), columns, head, bodies, foot = content
    parted = all(cell[2] == 1 for row in head[1] for cell in row[1])
    kept = [row for row in head[1] if not parted or any(text.plain(cell[4]) for cell in row[1])]
    head_rows = [_row(desk, row, mend) for row in kept]
    body_rows = [_row(desk, row, mend) for body in bodies for row in (*body[2], *body[3])]
    body_rows += [_row(desk, row, mend) for row in foot[1]]
    if not head_rows and body_rows:
        desk.note("table_headless", text.plain(body_rows[0][1][0][4]) if body_rows[0][1] else "")
        count = _joined_rows(body_rows)
        head_rows, body_rows = body_rows[:count], body_rows[count:]
    words = flat(mend(caption))
    shown = [{"t": "Plain", "c": words}] if words else []
    widths = [[alignment, {"t": "ColWidthDefault"}] for alignment, _ in columns]
    bodies = [[_NO_ATTR, 0, [], body_rows]]
    return {
        "t": "Table",
        "c": [desk.identify(attr), [None, shown], widths, [_NO_ATTR, head_rows], bodies, [_NO_ATTR, []]],
    }


def _joined_rows(rows: list[Any]) -> int:
    """Return how many rows the first one cannot be parted from, for a cell reaches from one into the next."""
    count = 1
    for number, (_, cells) in enumerate(rows):
        if number < count:
            count = max(count, *(number + cell[2] for cell in cells), count)
    return min(count, len(rows))


def table(head: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> Node:
    """Return a table of plain words, with a caption if there is a title."""
    caption = [None, [{"t": "Plain", "c": text.inlines(title)}] if title else []]
    body = [_NO_ATTR, 0, [], [_plain_row(row) for row in rows]]
    columns = [[_DEFAULT, {"t": "ColWidthDefault"}] for _ in head]
    return {"t": "Table", "c": [_NO_ATTR, caption, columns, [_NO_ATTR, [_plain_row(head)]], [body], [_NO_ATTR, []]]}


def flat(blocks: list[Node]) -> list[Node]:
    """Return blocks as inlines: paragraphs and list items each on a line of its own."""
    lines: list[list[Node]] = []
    for block in blocks:
        lines += _lines(block)
    joined: list[Node] = []
    for line in lines:
        joined += ([_BREAK] if joined else []) + line
    return joined


def _row(desk: Desk, row: list[Any], mend: Callable[[list[Node]], list[Node]]) -> list[Any]:
    return [_NO_ATTR, [_cell(desk, cell, mend) for cell in row[1]]]


def _cell(desk: Desk, cell: list[Any], mend: Callable[[list[Node]], list[Node]]) -> list[Any]:
    _, alignment, rowspan, colspan, blocks = cell
    done = mend(blocks)
    if len(done) > 1 or any(block["t"] not in ("Plain", "Para") for block in done):
        desk.note("cell_flattened", text.plain(done))
    words = flat(done)
    return [_NO_ATTR, alignment, rowspan, colspan, [{"t": "Plain", "c": words}] if words else []]


def _lines(block: Node) -> list[list[Node]]:
    """Return a block as lines of inlines."""
    content: Any = block.get("c")
    match block["t"]:
        case "Plain" | "Para":
            return [content]
        case "BulletList":
            return [_item("–", line) for item in content for line in [flat(item)]]
        case "OrderedList":
            return [_item(f"{number}.", flat(item)) for number, item in enumerate(content[1], content[0][0])]
        case "BlockQuote":
            return [flat(content)]
        case "Div":
            return [flat(content[1])]
        case "Figure":
            return [flat(content[2])]
        case _:
            words = text.plain(block)
            return [text.inlines(words)] if words else []


def _item(mark: str, line: list[Node]) -> list[Node]:
    return [{"t": "Str", "c": mark}, {"t": "Space"}, *line]


def _plain_row(words: Sequence[str]) -> list[Any]:
    return [_NO_ATTR, [[_NO_ATTR, _DEFAULT, 1, 1, [{"t": "Plain", "c": text.inlines(word)}]] for word in words]]
