"""Turn tables that an upright page has no room for into tables on flipped pages, or into parts that have room."""

from collections.abc import Iterator, Sequence
from typing import Any

from forankring import text
from forankring.publishing.manuscript.columns import AIR, line_of, longest_words, words_in
from forankring.publishing.manuscript.desk import Desk
from forankring.publishing.manuscript.passages import is_passage
from forankring.text import Node

WIDE = "wide"
"""The class of a division that stands on flipped pages."""

_CROWDED, _MANY = 1.2, 7
"""How much more than a line the words of a table may want before it gets a flipped page, for the page before it is left
half empty; and the number of columns from which on they may not want more at all."""
_BROKEN, _READABLE = 9, 18
"""In letters: what a column needs of a word that is broken; what it has at least where columns are parted."""
LEADING = 500
"""In letters: what may stand between a heading and a table and still be kept with both."""
_LITTLE, _TEXT = 900, frozenset({"Para", "Plain", "Header", "BulletList", "OrderedList"})
_BOXES = frozenset("initiative statement fact quote contribution point".split())
"""The divisions that stand in a box of their own in some edition, which a page cannot be turned in."""
_NO_ATTR: list[Any] = ["", [], []]


def arranged(desk: Desk, blocks: Sequence[Node]) -> list[Node]:
    """Return a chapter's blocks with every table where it has room.

    A page can only be flipped between blocks of the chapter itself: inside a box, a quotation or a list a table is
    parted instead.
    """
    result: list[Node] = []
    for block in blocks:
        if _is_wide(block):
            _flip(result, _parted_inside(desk, _unfolded(block), flipped=True))
        elif is_passage(block):
            _arrange_passage(desk, result, block)
        elif block["t"] == "Div" and not _BOXES & set(block["c"][0][1]):
            result.append({"t": "Div", "c": [block["c"][0], arranged(desk, block["c"][1])]})
        elif block["t"] == "Table" and _wants_flipping(desk, block):
            _flip(result, _parted_inside(desk, [block], flipped=True))
        else:
            result += _parted_inside(desk, [block], flipped=False)
    return result


def _is_wide(block: Node) -> bool:
    return block["t"] == "Div" and WIDE in block["c"][0][1]


def _unfolded(block: Node) -> list[Node]:
    """Return what is in a wide division; where that has a name, in a division that keeps it."""
    (name, _, pairs), blocks = block["c"]
    return [{"t": "Div", "c": [[name, [], pairs], blocks]}] if name or pairs else blocks


def _arrange_passage(desk: Desk, result: list[Node], block: Node) -> None:
    """Add a passage; from a table in it that wants a flipped page it goes on there, and keeps its name before that."""
    attr, blocks = block["c"]
    wants = (inner["t"] == "Table" and _wants_flipping(desk, inner) for inner in blocks)
    place = next((index for index, wanted in enumerate(wants) if wanted), len(blocks))
    before = _parted_inside(desk, blocks[:place], flipped=False)
    if place:
        result.append({"t": "Div", "c": [attr, before]})
    if blocks[place:]:
        _flip(result, _parted_inside(desk, blocks[place:] if place else [block], flipped=True))


def _flip(result: list[Node], blocks: list[Node]) -> None:
    """Add blocks to the flipped page that stands close before them, or to a new one with the headings before it."""
    last = next((place for place in range(len(result) - 1, -1, -1) if _is_wide(result[place])), None)
    if last is not None and _is_little(result[last + 1 :]):
        result[last]["c"][1].extend([*result[last + 1 :], *blocks])
        del result[last + 1 :]
        return
    start = _start(result)
    result[start:] = [{"t": "Div", "c": [["", [WIDE], []], [*result[start:], *blocks]]}]


def _start(result: Sequence[Node]) -> int:
    """Return where a flipped page begins: at the headings right before it, or before a few words that are."""
    start = len(result)
    while start and _is_text(result[start - 1]) and result[start - 1]["t"] != "Header":
        start -= 1
    if len(text.plain(list(result[start:]))) > LEADING or not start or result[start - 1]["t"] != "Header":
        start = len(result)
    while start and result[start - 1]["t"] == "Header":
        start -= 1
    return start


def _is_little(blocks: Sequence[Node]) -> bool:
    """Tell a little text, for which it is not worth to turn the page up and down again."""
    return len(text.plain(list(blocks))) <= _LITTLE and all(map(_is_text, blocks))


def _is_text(block: Node) -> bool:
    return all(map(_is_text, block["c"][1])) if is_passage(block) else block["t"] in _TEXT


def _parted_inside(desk: Desk, blocks: Sequence[Node], *, flipped: bool) -> list[Node]:
    """Return the blocks with each table in them, however deep, parted where it has no room."""
    line = line_of(desk.look, flipped=flipped)

    def change(node: Node) -> list[Node]:
        if node["t"] == "Table":
            return _parts(desk, node, line)
        if node["t"] == "Note":
            return [{"t": "Note", "c": list(text.rewrite_blocks(node["c"], _uncaptioned))}]
        return _unfolded(node) if _is_wide(node) else [node]

    return [made for block in blocks for made in ([block] if _is_bare(block) else text.rewrite_blocks([block], change))]


def _is_bare(block: Node) -> bool:
    """Tell the blocks, most of a text, in which there can be no table."""
    return block["t"] in ("Para", "Plain") and text.is_bare(block["c"])


def _uncaptioned(block: Node) -> list[Node]:
    """Return a note's block; a table's caption becomes a line above it, and a picture's one below it, for Word reads no
    caption in a note."""
    if block["t"] not in ("Table", "Figure") or not block["c"][1][1]:
        return [block]
    attr, (_, caption), *rest = block["c"]
    if block["t"] == "Figure":
        return [{"t": "Div", "c": [attr, [*rest[0], {"t": "Para", "c": caption[0]["c"]}]]}]
    return [{"t": "Para", "c": caption[0]["c"]}, {"t": "Table", "c": [attr, [None, []], *rest]}]


def _wants_flipping(desk: Desk, table: Node) -> bool:
    """Tell a table whose words are crowded on an upright page, and that fits on a flipped one."""
    wanted, upright, flipped = _wanted(table), line_of(desk.look), line_of(desk.look, flipped=True)
    if not _fits(wanted, flipped):
        return False
    return sum(wanted) / upright > (_CROWDED if len(wanted) < _MANY else 1)


def _wanted(table: Node) -> list[float]:
    return longest_words(words_in(table), len(table["c"][2]))


def _fits(wanted: Sequence[float], line: int) -> bool:
    """Tell whether columns have room for their words, broken where they must be."""
    return sum(min(width, _BROKEN + AIR) for width in wanted) <= line


def _parts(desk: Desk, table: Node, line: int) -> list[Node]:
    """Return the table, or where it has no room, its columns in several tables that each begin with the first one."""
    wanted = _wanted(table)
    if _fits(wanted, line) or len(wanted) < 3:
        return [table]
    heads = table["c"][3][1]
    desk.note("table_wide", str(len(wanted)), text.plain(heads[0][1][0][4]) if heads else "")
    groups = _groups([min(width, _READABLE + AIR) for width in wanted], line)
    return [_part(desk, table, group, (number, len(groups))) for number, group in enumerate(groups, 1)]


def _groups(widths: Sequence[float], line: int) -> list[list[int]]:
    """Share the columns out: as few groups as there must be, and as even as can be. Each begins with the first."""
    fewest = len(_filled(widths, line))
    least = int(max(widths[1:]) + widths[0])
    return next(groups for room in range(least, line + 1) if len(groups := _filled(widths, room)) == fewest)


def _filled(widths: Sequence[float], room: float) -> list[list[int]]:
    """Return groups of columns, each filled as far as there is room, with one column at least."""
    groups: list[list[int]] = []
    left = 0.0
    for column, width in enumerate(widths[1:], 1):
        if not groups or width > left:
            groups.append([0])
            left = room - widths[0]
        groups[-1].append(column)
        left -= width
    return groups


def _part(desk: Desk, table: Node, chosen: list[int], place: tuple[int, int]) -> Node:
    attr, (short, caption), columns, head, bodies, foot = table["c"]
    kept = [columns[column] for column in chosen]
    new = chosen[1] if place[0] > 1 else 0
    rows = [_NO_ATTR, _chosen_rows(head[1], len(columns), chosen, new)]
    parts = [[a, b, [], _chosen_rows(body, len(columns), chosen, new)] for a, b, _, body in bodies]
    named = [short, _caption(desk, caption, place)]
    return {"t": "Table", "c": [attr if place[0] == 1 else _NO_ATTR, named, kept, rows, parts, foot]}


def _caption(desk: Desk, caption: list[Node], place: tuple[int, int]) -> list[Node]:
    """Return the caption, and which part of the table it stands above."""
    key = "publishing.parts.captioned" if caption else "publishing.parts.bare"
    said = text.inlines(desk.locale.label(key, n=place[0], all=place[1]))
    told = [] if not caption else caption[0]["c"] if place[0] == 1 else text.rewrite_blocks(caption[0]["c"], _repeated)
    words = [*told, {"t": "Space"}, *said] if caption else said
    return [{"t": "Plain", "c": words}]


def _chosen_rows(rows: list[Any], columns: int, chosen: list[int], new: int) -> list[Any]:
    """Return the rows with the chosen columns only; a cell over several columns covers those of them that are left.

    A cell from before the first new column stands in an earlier part too: it has neither names nor notes again.
    """
    return [
        [
            attr,
            [
                _narrowed(cell, start, chosen, again=start < new)
                for start, cell in cells
                if _covered(cell, start, chosen)
            ],
        ]
        for (attr, _), cells in zip(rows, _placed(rows, columns), strict=True)
    ]


def _covered(cell: list[Any], start: int, chosen: list[int]) -> int:
    return sum(1 for column in chosen if start <= column < start + cell[3])


def _narrowed(cell: list[Any], start: int, chosen: list[int], *, again: bool) -> list[Any]:
    words = list(text.rewrite_blocks(cell[4], _repeated)) if again else cell[4]
    return [*cell[:3], _covered(cell, start, chosen), words]


def _repeated(node: Node) -> list[Node]:
    """Return a node as it stands in a further part: a note is told once, and a name is given once."""
    if node["t"] == "Note":
        return []
    return [text.with_attributes(node, ["", *node["c"][0][1:]])] if node["t"] == "Span" else [node]


def _placed(rows: list[Any], columns: int) -> Iterator[list[tuple[int, list[Any]]]]:
    """Yield each row's cells with the column where each begins: a cell from a row above may stand before it."""
    taken = [0] * columns
    for _, cells in rows:
        placed, column = [], 0
        for cell in cells:
            while column < columns and taken[column]:
                column += 1
            placed.append((column, cell))
            for covered in range(column, min(columns, column + cell[3])):
                taken[covered] = cell[2]
            column += cell[3]
        taken = [max(0, left - 1) for left in taken]
        yield placed
