"""Turn pandoc's tree of a text into the few elements of a Word text that forms are read from."""

from collections.abc import Iterable
from typing import Any

from lxml import etree

from forankring.intake.forms.word_text import W
from forankring.text import Node, plain


def tree_as_word(nodes: Iterable[Node]) -> etree._Element:
    """Return paragraphs and tables, without styles and bookmarks: a form in it is known by its words alone."""
    document = etree.Element(f"{W}document")
    _blocks(nodes, etree.SubElement(document, f"{W}body"))
    return document


def _blocks(nodes: Iterable[Node], into: etree._Element) -> None:
    """Add tables as tables and all other text as paragraphs; lists and divisions are passed through."""
    for node in nodes:
        content: Any = node.get("c")
        match node["t"]:
            case "Table":
                _table(content, into)
            case "Div":
                _blocks(content[1], into)
            case "BlockQuote":
                _blocks(content, into)
            case "BulletList" | "OrderedList":
                for item in content if node["t"] == "BulletList" else content[1]:
                    _blocks(item, into)
            case _:
                _paragraph(plain(node), into)


def _table(content: Any, into: etree._Element) -> None:
    table = etree.SubElement(into, f"{W}tbl")
    _, _, _, head, bodies, foot = content
    for row in (*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]):
        made = etree.SubElement(table, f"{W}tr")
        for cell in row[1]:
            _blocks(cell[4], etree.SubElement(made, f"{W}tc"))


def _paragraph(text: str, into: etree._Element) -> None:
    paragraph = etree.SubElement(into, f"{W}p")
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(paragraph, f"{W}br")
        etree.SubElement(paragraph, f"{W}t").text = line
