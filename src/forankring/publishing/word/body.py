"""Turn the body that pandoc wrote into the house's: heading numbers, contents with entries, boxes, table widths."""

from collections.abc import Mapping
from typing import Any

from forankring.language import Locale
from forankring.publishing.manuscript.columns import broken_words, column_shares, line_of
from forankring.publishing.records import Heading, Manuscript
from forankring.publishing.word.flow import settle_flow
from forankring.publishing.word.names import BOX_END, BOX_START, CONTENTS, element, put_property, style_of, w, words_of
from forankring.publishing.word.pages import end_in_paragraph, flip_pages, flipped_tables
from forankring.publishing.word.pictures import settle_pictures
from forankring.publishing.word.styles import text_width, word_colour
from forankring.workspace import Look

NUMBERING = 77
"""The list that numbers headings; pandoc's own lists begin at 990."""

_CONTENTS_DEPTH = 2
_AFTER_TABLE = 160
_BOX_INSET, _LIST_STEP = 170, 340
_BOX_INDENT, _SPACER = -10, 80
_BEFORE_SHADING = frozenset(w(name) for name in ("cnfStyle", "tcW", "gridSpan", "vMerge", "tcBorders"))


def finish_body(root: Any, manuscript: Manuscript, locale: Locale) -> None:
    """Finish ``w:document`` where it stands; for the pages in the contents it leaves marks."""
    body = root.find(w("body"))
    marks = _number_headings(body, manuscript.headings)
    _fill_contents(body, manuscript.headings, marks)
    settle_flow(body)
    boxed = _draw_boxes(body, manuscript.look)
    _number_captions(body, locale)
    settle_pictures(body)
    flipped = flipped_tables(body)
    for grid in body.iter(w("tbl")):
        if style_of(grid, "tblPr", "tblStyle") == "Table":
            _widen(grid, manuscript.look, flipped=grid in flipped, boxed=grid in boxed)
            if grid in boxed:
                _frame(grid, manuscript.look)
            else:
                _part(grid)
    flip_pages(body)
    end_in_paragraph(body)


def _number_headings(body: Any, headings: tuple[Heading, ...]) -> list[str]:
    """Take the number from headings that have none; return the name of each heading's bookmark."""
    paragraphs = [node for node in body.iter(w("p")) if style_of(node, "pPr", "pStyle").startswith("Heading")]
    ends = {node.get(w("id")): node for node in body.iter(w("bookmarkEnd"))}
    marks = []
    for paragraph, heading in zip(paragraphs, headings, strict=True):
        if not heading.number and heading.level <= _CONTENTS_DEPTH:
            none = element("numPr", element("ilvl", val=0), element("numId", val=0))
            put_property(paragraph.find(w("pPr")), none)
        marks.append(_mark(paragraph, ends))
    return marks


def _mark(heading: Any, ends: Mapping[str, Any]) -> str:
    """Return the name of a heading's bookmark, put around its words alone: pandoc's are around the whole section, and
    LibreOffice loses those that end after a table."""
    start = heading.getprevious()
    if start is None or start.tag != w("bookmarkStart"):
        return ""
    heading.find(w("pPr")).addnext(start)
    heading.append(ends[start.get(w("id"))])
    return str(start.get(w("name")))


def _fill_contents(body: Any, headings: tuple[Heading, ...], marks: list[str]) -> None:
    """Put a line for each heading where the contents stand (see ``docs/decisions/0012``: there is no ``TOC`` field)."""
    place = next(node for node in body.iter(w("p")) if words_of(node) == CONTENTS)
    for number, (heading, mark) in enumerate(zip(headings, marks, strict=True)):
        if heading.level <= _CONTENTS_DEPTH and mark:
            place.addprevious(_entry(heading, mark, f"\u2060{number}\u2060"))
    place.getparent().remove(place)


def _entry(heading: Heading, mark: str, page: str) -> Any:
    """Return one line of the contents: a link to the heading, and its page, which a program counts anew."""
    words = f"{heading.number} {heading.text}" if heading.number else heading.text
    field = [_char("begin"), _code(f" PAGEREF {mark} \\h "), _char("separate"), _run(page), _char("end")]
    link = element("hyperlink", _run(words), element("r", element("tab")), *field, anchor=mark, history=1)
    return element("p", element("pPr", element("pStyle", val=f"TOC{heading.level}")), link)


def _number_captions(body: Any, locale: Locale) -> None:
    """Begin captions with »Tabel 1: « and »Figur 1: «; the number is a field, so that Word can count anew."""
    for style, key in (("TableCaption", "table"), ("ImageCaption", "figure")):
        captions = (node for node in body.iter(w("p")) if style_of(node, "pPr", "pStyle") == style)
        for number, caption in enumerate(captions, 1):
            word = locale.label(f"publishing.{key}", n="").strip()
            field = [
                _char("begin"),
                _code(f" SEQ {word} \\* ARABIC "),
                _char("separate"),
                _run(str(number)),
                _char("end"),
            ]
            for run in reversed([_run(f"{word}\u00a0"), *field, _run(": ")]):
                caption.find(w("pPr")).addnext(run)


def _draw_boxes(body: Any, look: Look) -> frozenset[Any]:
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
        put_property(properties, element("ind", left=_BOX_INSET, right=_BOX_INSET))
    else:
        depth = int(listed.find(w("ilvl")).get(w("val"))) + 1
        inset = _BOX_INSET + _LIST_STEP * depth
        put_property(properties, element("ind", left=inset, right=_BOX_INSET, hanging=_LIST_STEP))


def _part_box(grid: Any, look: Look) -> None:
    """Let the box go on a little before and after a table in it."""
    captioned = style_of(grid.getprevious(), "pPr", "pStyle") == "TableCaption"  # which keeps to its table
    for place in (grid.addnext,) if captioned else (grid.addprevious, grid.addnext):
        spacer = element("p", element("pPr", element("spacing", before=0, after=0, line=_SPACER, lineRule="exact")))
        place(spacer)
        _shade(spacer, look)
    put_property(grid.getprevious().find(w("pPr")), element("keepNext"))


def _frame(grid: Any, look: Look) -> None:
    """Let the box's bar and tint go on beside and behind a table."""
    properties = grid.find(w("tblPr"))
    bar = element("left", val="single", sz=24, space=0, color=word_colour(look.colours.accent))
    properties.find(w("tblLayout")).addprevious(element("tblInd", w=_BOX_INDENT, type="dxa"))
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


def _widen(grid: Any, look: Look, *, flipped: bool, boxed: bool) -> None:
    """Let a table fill the width between the margins or of its box, its columns by what stands in them."""
    whole, line = text_width(look, flipped=flipped), line_of(look, flipped=flipped)
    whole -= _BOX_INSET + _BOX_INDENT if boxed else 0
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


def _part(grid: Any) -> None:
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


def _run(words: str) -> Any:
    text = element("t", words)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", text)


def _char(kind: str) -> Any:
    return element("r", element("fldChar", fldCharType=kind))


def _code(words: str) -> Any:
    code = element("instrText", words)
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", code)
