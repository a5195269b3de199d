"""Short names for the elements and attributes of Word's XML, and the words that mark places in it."""

from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

BOX_START, BOX_END, CONTENTS = "\u2060box-start\u2060", "\u2060box-end\u2060", "\u2060contents\u2060"
WIDE_START, WIDE_END = "\u2060wide-start\u2060", "\u2060wide-end\u2060"
MARKS = frozenset({BOX_START, BOX_END, WIDE_START, WIDE_END})
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
