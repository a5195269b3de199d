"""Turn a figure's division into the picture that its table draws, and the table below it."""

from typing import Any

from forankring import text
from forankring.publishing.figures.charts import draw
from forankring.publishing.figures.drawable import Flaw, Palette, drawable
from forankring.publishing.figures.telling import alternative
from forankring.publishing.figures.timelines import Timeline
from forankring.publishing.manuscript.desk import Desk
from forankring.publishing.manuscript.reading import scoped
from forankring.text import Node, rows_of
from forankring.workspace import Colours

FIGURE = "figure"
"""The class of a division whose table is drawn; a second class says how."""
FIGURE_DATA = "figure-data"
"""The class of the table that a picture was drawn from."""
DRAWN = "drawn"
"""The class of a picture that was drawn: it has small words in it."""


def illustrated(desk: Desk, attr: list[Any], blocks: list[Node], *, deep: bool) -> list[Node]:
    """Return the blocks with a picture before the first table; where none can be drawn, as they are, with a note."""
    bare = [attr[0], [], attr[2]]
    place = next((index for index, block in enumerate(blocks) if block["t"] == "Table"), None)
    mark = f"#{scoped(attr[0])}" if attr[0] else ""
    if place is None:
        desk.note("figure_without_table", text.plain(blocks)[:60], mark)
    elif deep:
        desk.note("figure_inside", _title(blocks[place]), mark)
    drawn = None if place is None or deep else _picture(desk, attr[1], blocks[place], mark)
    if place is None or drawn is None:
        return [{"t": "Div", "c": [desk.identify(bare), blocks]}]
    figure = {"t": "Figure", "c": [desk.identify(bare), blocks[place]["c"][1], [{"t": "Plain", "c": [drawn]}]]}
    return [*blocks[:place], figure, _as_data(blocks[place]), *blocks[place + 1 :]]


def palette_of(colours: Colours) -> Palette:
    """Return the look's colours for a picture; two are their own, half-way to paper from the accent and the alert."""
    accent, alert, paper, tint, ink, line = (
        name.removeprefix("#").upper()
        for name in (colours.accent, colours.alert, colours.paper, colours.tint, colours.ink, colours.line)
    )
    middle, against = _half_way(accent, paper), _half_way(alert, paper)
    return Palette(accent=accent, middle=middle, tint=tint, against=against, ink=ink, line=line)


def _picture(desk: Desk, classes: list[str], table: Node, mark: str) -> Node | None:
    """Return the picture of a table, or None with a note that says what is in its way."""
    shown = drawable(classes, table, desk.locale)
    if isinstance(shown, Timeline):
        _note_times(desk, shown, table, mark)
    data = None if isinstance(shown, Flaw) else draw(shown, palette_of(desk.look.colours))
    if isinstance(shown, Flaw) or data is None:
        _note_flaw(desk, shown if isinstance(shown, Flaw) else Flaw(code="tall"), _title(table), mark)
        return None
    words = alternative(shown, text.plain(table["c"][1][1]), desk.locale)
    return {"t": "Image", "c": [["", [DRAWN], [["width", "100%"]]], text.inlines(words), [desk.gallery.add(data), ""]]}


def _note_flaw(desk: Desk, flaw: Flaw, title: str, mark: str) -> None:
    near = " ".join(flaw.row) or mark
    values: dict[str, str | int] = {"row": next(filter(None, flaw.row), ""), "column": flaw.column, "cell": flaw.cell}
    numbers = {"times": flaw.times, "count": flaw.count, "most": flaw.most}
    desk.note(f"figure_{flaw.code}", title, near, mark, **values, **numbers)


def _note_times(desk: Desk, shown: Timeline, table: Node, mark: str) -> None:
    """Note each time that says something else than a time, and each end that lies before its start."""
    title, rows = _title(table), rows_of(table)[1]
    for label, span, (_, cells) in zip(shown.labels, shown.spans, rows, strict=True):
        near, values = " ".join((label, *span.words)), {"row": label, "place": _place(cells[0])}
        for side in span.unread:
            said = {"column": shown.heads[side], "cell": span.words[side]}
            desk.note("figure_time_unread", title, near, mark, **values, **said)
        if span.turned:
            desk.note("figure_time_turned", title, near, mark, **values, start=span.words[0], end=span.words[1])


def _place(cell: list[Any]) -> str:
    """Return where a row's name leads, as an initiative's does to its box with the number of its contribution."""
    target = next((node["c"][2][0] for node in text.walk(cell[4]) if node["t"] == "Link"), "")
    return f" ({target})" if target else ""


def _half_way(one: str, other: str) -> str:
    pairs = ((int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (0, 2, 4))
    return "".join(f"{(first + second) // 2:02X}" for first, second in pairs)


def _title(table: Node) -> str:
    """Return what names the table: its caption, or the words in its first row."""
    caption = text.plain(table["c"][1][1])
    return caption or " ".join(text.plain(cell[4]) for row in table["c"][3][1] for cell in row[1])


def _as_data(table: Node) -> Node:
    """Return the table with a class that says that a picture was drawn from it; both have the caption."""
    (identifier, *_), *rest = table["c"]
    return {"t": "Table", "c": [[identifier, [FIGURE_DATA], []], *rest]}
