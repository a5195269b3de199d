"""Turn a figure's division into the picture that its table draws, and the table below it."""

from typing import Any

from forankring import text
from forankring.publishing.charts import draw
from forankring.publishing.desk import Desk
from forankring.publishing.figures import Palette, drawable
from forankring.publishing.telling import alternative
from forankring.text import Node
from forankring.workspace import Colours

FIGURE = "figure"
"""The class of a division whose table is drawn; a second class says how."""
FIGURE_DATA = "figure-data"
"""The class of the table that a picture was drawn from."""


def illustrated(desk: Desk, attr: list[Any], blocks: list[Node], *, deep: bool) -> list[Node]:
    """Return the blocks with a picture before the first table; where none can be drawn, as they are, with a note."""
    bare = [attr[0], [], attr[2]]
    place = next((index for index, block in enumerate(blocks) if block["t"] == "Table"), None)
    if place is None or deep:
        desk.note("figure_not_drawn", text.plain(blocks)[:60])
        return [{"t": "Div", "c": [desk.identify(bare), blocks]}]
    drawn = _picture(desk, attr[1], blocks[place])
    if drawn is None:
        desk.note("figure_not_drawn", _title(blocks[place]))
        return [{"t": "Div", "c": [desk.identify(bare), blocks]}]
    figure = {"t": "Figure", "c": [desk.identify(bare), blocks[place]["c"][1], [{"t": "Plain", "c": [drawn]}]]}
    return [*blocks[:place], figure, _without_caption(blocks[place]), *blocks[place + 1 :]]


def palette_of(colours: Colours) -> Palette:
    """Return the look's colours for a picture; two are their own, half-way to paper from the accent and the alert."""
    accent, alert, paper, tint, ink, line = (
        name.removeprefix("#").upper()
        for name in (colours.accent, colours.alert, colours.paper, colours.tint, colours.ink, colours.line)
    )
    middle, against = _half_way(accent, paper), _half_way(alert, paper)
    return Palette(accent=accent, middle=middle, tint=tint, against=against, ink=ink, line=line)


def _picture(desk: Desk, classes: list[str], table: Node) -> Node | None:
    shown = drawable(classes, table, desk.locale)
    data = draw(shown, palette_of(desk.look.colours)) if shown else None
    if shown is None or data is None:
        return None
    words = alternative(shown, text.plain(table["c"][1][1]), desk.locale)
    return {"t": "Image", "c": [["", [], [["width", "100%"]]], text.inlines(words), [desk.gallery.add(data), ""]]}


def _half_way(one: str, other: str) -> str:
    pairs = ((int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (0, 2, 4))
    return "".join(f"{(first + second) // 2:02X}" for first, second in pairs)


def _title(table: Node) -> str:
    """Return what names the table: its caption, or the words in its first row."""
    caption = text.plain(table["c"][1][1])
    return caption or " ".join(text.plain(cell[4]) for row in table["c"][3][1] for cell in row[1])


def _without_caption(table: Node) -> Node:
    """Leave the caption to the picture: the table below it has the same subject, and a class that says so."""
    (identifier, *_), _, *rest = table["c"]
    return {"t": "Table", "c": [[identifier, [FIGURE_DATA], []], [None, []], *rest]}
