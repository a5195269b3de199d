"""Turn the marks of boxes in Word's body into a bar and a tint, beside and behind the tables in them too."""

from typing import Any

from forankring.publishing.word.names import BOX_END, BOX_START, element, put_property, style_of, w, words_of
from forankring.publishing.word.styles import word_colour
from forankring.workspace import Look

BOX_INSET, BOX_INDENT = 170, -10
"""In twentieths of a point: what a box keeps free at its sides, and where a table's bar stands."""
_LIST_STEP, _SPACER = 340, 80
_BEFORE_SHADING = frozenset(w(name) for name in ("cnfStyle", "tcW", "gridSpan", "vMerge", "tcBorders"))


def draw_boxes(body: Any, look: Look) -> frozenset[Any]:
    """Give every paragraph between the marks a bar and a tint, take the marks away, and return the tables there."""
    depth, boxed = 0, []
    for node in list(body):
        words = words_of(node) if node.tag == w("p") else ""
        if depth and node.tag == w("tbl"):
            boxed.append(node)
            _part_box(node, look)
        if words in (BOX_START, BOX_END):
            depth += 1 if words == BOX_START else -1
            _clear(node) if words == BOX_END and not _ends_page(node) else body.remove(node)
        elif depth and node.tag == w("p"):
            _shade(node, look)
    return frozenset(boxed)


def _shade(paragraph: Any, look: Look) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = element("pPr")
        paragraph.insert(0, properties)
    bar = element("left", val="single", sz=24, space=8, color=word_colour(look.colours.accent))
    put_property(properties, element("pBdr", bar))
    if look.box == "tinted":
        put_property(properties, element("shd", val="clear", color="auto", fill=word_colour(look.colours.tint)))
    listed = properties.find(w("numPr"))
    if listed is None or listed.find(w("numId")).get(w("val")) == "0":
        put_property(properties, element("ind", left=BOX_INSET, right=BOX_INSET))
    else:
        depth = int(listed.find(w("ilvl")).get(w("val"))) + 1
        inset = BOX_INSET + _LIST_STEP * depth
        put_property(properties, element("ind", left=inset, right=BOX_INSET, hanging=_LIST_STEP))


def _part_box(grid: Any, look: Look) -> None:
    """Let the box go on a little before and after a table in it."""
    captioned = style_of(grid.getprevious(), "pPr", "pStyle") == "TableCaption"  # which keeps to its table
    for place in (grid.addnext,) if captioned else (grid.addprevious, grid.addnext):
        spacer = element("p", element("pPr", element("spacing", before=0, after=0, line=_SPACER, lineRule="exact")))
        place(spacer)
        _shade(spacer, look)
    put_property(grid.getprevious().find(w("pPr")), element("keepNext"))


def frame(grid: Any, look: Look) -> None:
    """Let the box's bar and tint go on beside and behind a table."""
    properties = grid.find(w("tblPr"))
    bar = element("left", val="single", sz=24, space=0, color=word_colour(look.colours.accent))
    properties.find(w("tblLayout")).addprevious(element("tblInd", w=BOX_INDENT, type="dxa"))
    properties.find(w("tblLayout")).addprevious(element("tblBorders", bar))
    if look.box == "tinted":
        for cell in grid.iter(w("tcPr")):
            ground = element("shd", val="clear", color="auto", fill=word_colour(look.colours.tint))
            early = [node for node in cell if node.tag in _BEFORE_SHADING]
            (early[-1].addnext(ground) if early else cell.insert(0, ground))


def _ends_page(paragraph: Any) -> bool:
    """Tell whether a chapter begins after a paragraph: an empty one there could be alone on a page."""
    follows = next(paragraph.itersiblings(w("p"), w("tbl")), None)
    return follows is not None and style_of(follows, "pPr", "pStyle") == "Heading1"


def _clear(paragraph: Any) -> None:
    """Leave an empty line, which keeps one box from running into the next."""
    for run in paragraph.findall(w("r")):
        paragraph.remove(run)
