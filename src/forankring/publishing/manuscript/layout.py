"""Turn tables that an upright page has no room for into tables on flipped pages, or into parts that have room."""

from collections.abc import Sequence

from forankring import text
from forankring.publishing.manuscript.columns import line_of
from forankring.publishing.manuscript.desk import Desk
from forankring.publishing.manuscript.parting import fits, parted, wanted_by
from forankring.publishing.manuscript.passages import is_passage
from forankring.text import Node

WIDE = "wide"
"""The class of a division that stands on flipped pages."""

_CROWDED, _MANY = 1.2, 7
"""How much more than a line the words of a table may want before it gets a flipped page, for the page before it is left
half empty; and the number of columns from which on they may not want more at all."""
LEADING = 500
"""In letters: what may stand between a heading and a table and still be kept with both."""
_LITTLE, _TEXT = 900, frozenset({"Para", "Plain", "Header", "BulletList", "OrderedList"})
_BOXES = frozenset("initiative statement fact quote contribution point".split())
"""The divisions that stand in a box of their own in some edition, which a page cannot be turned in."""


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
            return parted(desk, node, line)
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
    wanted, upright, flipped = wanted_by(table), line_of(desk.look), line_of(desk.look, flipped=True)
    if not fits(wanted, flipped):
        return False
    return sum(wanted) / upright > (_CROWDED if len(wanted) < _MANY else 1)
