"""Turn the content of an OpenDocument text into the few elements of a Word text that forms are read from."""

from collections.abc import Iterator, Mapping

from lxml import etree

from forankring.intake.forms.word_text import W

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_MARKS = frozenset({f"{_TEXT}bookmark", f"{_TEXT}bookmark-start"})
_GAPS = {f"{_TEXT}tab": "tab", f"{_TEXT}line-break": "br"}
_NESTED = {f"{_TABLE}table": "tbl", f"{_TABLE}table-row": "tr", f"{_TABLE}table-cell": "tc"}
_GONE = frozenset({f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation"})
_MOST_SPACES = 40
"""In a row, as many as the letters that ask for them: a small file must not ask for gigabytes."""


def as_word(content: etree._Element) -> etree._Element:
    """Return paragraphs with their styles, tables and bookmarks; what changes deleted is left out, as are comments."""
    styles = {
        style.get(f"{_STYLE}name", ""): style.get(f"{_STYLE}parent-style-name", "")
        for style in content.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
    }
    document = etree.Element(f"{W}document")
    body = etree.SubElement(document, f"{W}body")
    text = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if text is not None:
        _blocks(text, body, styles)
    return document


def _blocks(parent: etree._Element, into: etree._Element, styles: Mapping[str, str]) -> None:
    """Add what stands in a text, a table or a cell; lists and sections are passed through."""
    for child in parent:
        if child.tag in _PARAGRAPHS:
            _paragraph(child, into, styles)
        elif child.tag not in _GONE:
            nested = _NESTED.get(str(child.tag))
            _blocks(child, etree.SubElement(into, f"{W}{nested}") if nested else into, styles)


def _paragraph(paragraph: etree._Element, into: etree._Element, styles: Mapping[str, str]) -> None:
    made = etree.SubElement(into, f"{W}p")
    name = paragraph.get(f"{_TEXT}style-name", "")
    style = etree.SubElement(etree.SubElement(made, f"{W}pPr"), f"{W}pStyle")
    style.set(f"{W}val", (styles.get(name) or name).replace("_20_", ""))
    for piece in _pieces(paragraph):
        made.append(piece)


def _pieces(element: etree._Element) -> Iterator[etree._Element]:
    yield from _said(element.text)
    for child in element:
        if child.tag in _MARKS:
            mark = etree.Element(f"{W}bookmarkStart")
            mark.set(f"{W}name", child.get(f"{_TEXT}name", ""))
            yield mark
        elif child.tag in _GAPS:
            yield etree.Element(f"{W}{_GAPS[str(child.tag)]}")
        elif child.tag == f"{_TEXT}s":
            given = child.get(f"{_TEXT}c", "1")
            yield from _said(" " * min(int(given), _MOST_SPACES) if given.isdecimal() and len(given) < 9 else " ")
        elif isinstance(child.tag, str) and child.tag not in _GONE:
            yield from _pieces(child)
        yield from _said(child.tail)


def _said(text: str | None) -> Iterator[etree._Element]:
    if text:
        made = etree.Element(f"{W}t")
        made.text = text
        yield made
