"""Short names for the elements and attributes of Word's XML, and the words that mark places in it."""

from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

BOX_START, BOX_END = "\u2060box-start\u2060", "\u2060box-end\u2060"
WIDE_START, WIDE_END = "\u2060wide-start\u2060", "\u2060wide-end\u2060"
GROUP, CONTENTS = "\u2060group\u2060", "\u2060contents\u2060"
MARKS = frozenset({BOX_START, BOX_END, WIDE_START, WIDE_END, GROUP})
"""Words of paragraphs that pandoc carries to the places where the house has work to do."""


def w(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def element(name: str, *children: Any, **attributes: str | int) -> Any:
    """Return an element with Word attributes; a string child is its text."""
    made = etree.Element(w(name), {w(key): str(value) for key, value in attributes.items()})
    for child in children:
        if isinstance(child, str):
            made.text = child
        else:
            made.append(child)
    return made


def words_of(node: Any) -> str:
    """Return the text below a node."""
    return "".join(found.text or "" for found in node.iter(w("t")))


def style_of(node: Any, properties: str, style: str) -> str:
    """Return the name of the style that a node's properties give it; empty where they give none."""
    found = node.find(f"{w(properties)}/{w(style)}")
    return str(found.get(w("val"))) if found is not None else ""


def put_property(properties: Any, child: Any) -> None:
    """Put a paragraph property where the schema wants it, in place of an older one."""
    for old in properties.findall(child.tag):
        properties.remove(old)
    order = list(_ORDER)
    own = order.index(child.tag)
    place = sum(1 for sibling in properties if sibling.tag in order[:own])
    properties.insert(place, child)


_ORDER = tuple(
    w(name)
    for name in "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd "
    "tabs suppressAutoHyphens spacing ind contextualSpacing jc outlineLvl rPr".split()
)
