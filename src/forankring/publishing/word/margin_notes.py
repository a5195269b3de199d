"""Turn notes on passages of a Word file into comments in its margin."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from lxml import etree

from forankring.publishing.records import MarginNote
from forankring.publishing.word.file import packed, unpacked
from forankring.publishing.word.names import element, w

_BODY, _COMMENTS = "word/document.xml", "word/comments.xml"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_GONE = frozenset({w("del"), w("moveFrom")})


def with_margin_notes(data: bytes, notes: Iterable[MarginNote]) -> tuple[bytes, tuple[MarginNote, ...]]:
    """Return the file with each note beside the first paragraph that has its words, and the notes that found none.

    Words that a tracked change takes away are not looked at. The file is one of our own, which has a part for comments.
    """
    parts = unpacked(data)
    body, comments = (etree.fromstring(parts[name], _PARSER) for name in (_BODY, _COMMENTS))
    lines = [(node, _words(node)) for node in body.iter(w("p"))]
    number = max((int(node.get(w("id"), "0")) for node in comments), default=-1) + 1
    left = []
    for note in notes:
        line = _line(lines, " ".join(note.words.split()))
        if line is None:
            left.append(note)
            continue
        _anchor(line, number)
        comments.append(_comment(note, number))
        number += 1
    for name, root in ((_BODY, body), (_COMMENTS, comments)):
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts), tuple(left)


def _line(lines: list[tuple[Any, str]], words: str) -> Any:
    """Return the paragraph that is these words, or else the first that holds them."""
    same = (node for node, said in lines if said == words)
    return next(same, next((node for node, said in lines if words and words in said), None))


def _words(paragraph: Any) -> str:
    return " ".join("".join(_pieces(paragraph)).split())


def _pieces(node: Any) -> Iterator[str]:
    """Yield the words of the new text below a node."""
    for child in node:
        if child.tag == w("t"):
            yield child.text or ""
        elif child.tag in (w("br"), w("tab")):
            yield " "
        elif child.tag not in _GONE and isinstance(child.tag, str):
            yield from _pieces(child)


def _anchor(paragraph: Any, number: int) -> None:
    """Put the marks of a comment around a paragraph's words, and the sign that refers to it after them."""
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else 1, element("commentRangeStart", id=number))
    paragraph.append(element("commentRangeEnd", id=number))
    paragraph.append(element("r", element("commentReference", id=number)))


def _comment(note: MarginNote, number: int) -> Any:
    when = note.when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [element("p", element("r", element("t", line))) for line in note.text.split("\n")]
    return element("comment", *lines, id=number, author=note.author, date=when, initials=_initials(note.author))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())[:3].upper()
