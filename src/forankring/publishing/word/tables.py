"""Turn the tables that pandoc wrote into tables as wide as their page or box, whose rows are whole."""

from typing import Any

from forankring.publishing.manuscript.columns import broken_words, column_shares, line_of
from forankring.publishing.word.boxes import BOX_INDENT, BOX_INSET
from forankring.publishing.word.names import element, put_property, style_of, w, words_of
from forankring.publishing.word.styles import text_width
from forankring.workspace import Look

_AFTER_TABLE = 160


def widen(grid: Any, look: Look, *, flipped: bool, boxed: bool) -> None:
    """Let a table fill the width between the margins or of its box, its columns by what stands in them."""
    whole, line = text_width(look, flipped=flipped), line_of(look, flipped=flipped)
    whole -= BOX_INSET + BOX_INDENT if boxed else 0
    rows = [[(words_of(cell), _span(cell)) for cell in row.findall(w("tc"))] for row in grid.findall(w("tr"))]
    columns = grid.find(w("tblGrid"))
    shares = column_shares(rows, len(columns), line)
    broken = broken_words(rows, shares, line)
    widths = [whole * share // 1000 for share in shares]
    for column, width in zip(columns, widths, strict=True):
        column.set(w("w"), str(width))
    properties = grid.find(w("tblPr"))
    size = properties.find(w("tblW"))
    size.set(w("type"), "dxa")
    size.set(w("w"), str(sum(widths)))
    size.addnext(element("tblLayout", type="fixed"))
    for number, row in enumerate(grid.findall(w("tr"))):
        column = 0
        for cell in row.findall(w("tc")):
            span = _span(cell)
            if not number:
                _shape(cell, "keepNext")  # a row of headings is nothing without the next row
            cell.find(w("tcPr")).insert(0, element("tcW", w=sum(widths[column : column + span]), type="dxa"))
            if not any(broken[column : column + span]):
                _shape(cell, "suppressAutoHyphens")
            column += span
        _whole(row)


def _shape(cell: Any, name: str) -> None:
    """Give the paragraphs of a cell a property that needs no value."""
    for paragraph in cell.findall(w("p")):
        if paragraph.find(w("pPr")) is None:
            paragraph.insert(0, element("pPr"))
        put_property(paragraph.find(w("pPr")), element(name))


def part_from_next(grid: Any) -> None:
    """Keep what follows a table off it."""
    follows = grid.getnext()
    while follows is not None and follows.tag in (w("bookmarkStart"), w("bookmarkEnd")):
        follows = follows.getnext()
    if follows is not None and follows.tag == w("p") and not style_of(follows, "pPr", "pStyle").startswith("Heading"):
        properties = follows.find(w("pPr"))
        if properties is not None:
            put_property(properties, element("spacing", before=_AFTER_TABLE))


def _whole(row: Any) -> None:
    """Keep a row on one page."""
    properties = row.find(w("trPr"))
    if properties is None:
        properties = element("trPr")
        row.insert(0, properties)
    properties.insert(0, element("cantSplit"))


def _span(cell: Any) -> int:
    found = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return int(found.get(w("val"))) if found is not None else 1
