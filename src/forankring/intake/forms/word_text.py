"""Turn the XML of a Word form's cells into what somebody answered there, with tracked changes as if accepted."""

from collections.abc import Iterator

from lxml import etree

from forankring.intake.forms.words import is_office_placeholder, without_placeholders

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_GAPS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_PLACEHOLDER_STYLES = ("placeholder", "pladsholder")


def rows_of(table: etree._Element) -> list[list[etree._Element]]:
    """Return a table's cells, row by row; those of a table inside a cell are not among them."""
    rows = (row for row in table.iter(f"{W}tr") if _nearest(row, f"{W}tbl") is table)
    return [[cell for cell in row.iter(f"{W}tc") if _nearest(cell, f"{W}tr") is row] for row in rows]


def said(cell: etree._Element) -> str:
    """Return a cell's text without what stands in an empty field: paragraphs parted by an empty line."""
    paragraphs = (paragraph_text(paragraph) for paragraph in cell.iter(f"{W}p"))
    return without_placeholders("\n\n".join(text for text in paragraphs if text.strip()))


def paragraph_text(paragraph: etree._Element) -> str:
    """Return a paragraph's text as it is when all changes are accepted."""
    return "".join(_pieces(paragraph, paragraph))


def first_line(cell: etree._Element) -> str:
    """Return the first line that says something: a label stands over its help."""
    texts = (paragraph_text(paragraph).strip().split("\n")[0] for paragraph in cell.iter(f"{W}p"))
    return next((text for text in texts if text), "")


def marks_of(element: etree._Element) -> Iterator[str]:
    """Yield the names of bookmarks and the tags of controls in an element, in their order."""
    for child in element.iter(f"{W}bookmarkStart", f"{W}tag"):
        yield child.get(f"{W}name") or child.get(f"{W}val") or ""


def style_of(paragraph: etree._Element) -> str:
    """Return the id of a paragraph's style."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _pieces(element: etree._Element, paragraph: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in _GONE or child.tag == f"{W}p" or (child.tag == f"{W}sdt" and _is_empty(child)):
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _GAPS:
            yield _GAPS[str(child.tag)]
        elif child.tag != f"{W}pPr":
            yield from _pieces(child, paragraph)


def _is_empty(control: etree._Element) -> bool:
    """Tell whether a control shows what Word puts into an empty one, in whatever language Word speaks."""
    if control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
        return False
    runs = [run for run in control.iter(f"{W}r") if run.find(f"{W}t") is not None]
    text = "".join(str(part) for run in runs for part in run.itertext(f"{W}t"))
    return is_office_placeholder(text) or bool(runs and all(_is_placeholder(run) for run in runs))


def _is_placeholder(run: etree._Element) -> bool:
    style = run.find(f"{W}rPr/{W}rStyle")
    return style is not None and any(word in style.get(f"{W}val", "").casefold() for word in _PLACEHOLDER_STYLES)


def _nearest(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)
