"""Turn notes about passages into Word comments in the margin, beside the paragraphs that they are about."""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from forankring.publishing.records import MarginNote
from forankring.publishing.word.file import packed, unpacked
from forankring.publishing.word.names import element, w, words_of

_BODY, _COMMENTS = "word/document.xml", "word/comments.xml"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_TELLING = 12
"""Letters by which a paragraph can be told from others."""


def with_margin(data: bytes, notes: Sequence[MarginNote]) -> bytes:
    """Return a finished Word file with each note beside the first paragraph that begins as its words do.

    Notes on one paragraph stand below one another; one whose paragraph is not there stands beside the first paragraph.
    """
    parts = unpacked(data)
    body, comments = (etree.fromstring(parts[name], _PARSER) for name in (_BODY, _COMMENTS))
    paragraphs = [(node, _letters(words_of(node))) for node in body.iter(w("p"))]
    for number, note in enumerate(notes):
        _anchor(_paragraph(paragraphs, _letters(note.words)), number)
        comments.append(_comment(note, number))
    for name, root in ((_BODY, body), (_COMMENTS, comments)):
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def _paragraph(paragraphs: Sequence[tuple[Any, str]], wanted: str) -> Any:
    return next(_beginning_so(paragraphs, wanted), paragraphs[0][0])


def _beginning_so(paragraphs: Sequence[tuple[Any, str]], wanted: str) -> Iterator[Any]:
    """Yield the paragraphs of these words: longer ones, then, of a table or list, those that it begins with."""
    if wanted:
        yield from (node for node, letters in paragraphs if letters.startswith(wanted))
        yield from (node for node, letters in paragraphs if len(letters) >= _TELLING and wanted.startswith(letters))


def _anchor(paragraph: Any, number: int) -> None:
    properties = paragraph.find(w("pPr"))
    start = element("commentRangeStart", id=number)
    if properties is None:
        paragraph.insert(0, start)
    else:
        properties.addnext(start)
    paragraph.append(element("commentRangeEnd", id=number))
    paragraph.append(element("r", element("commentReference", id=number)))


def _comment(note: MarginNote, number: int) -> Any:
    lines = [element("p", element("r", _text(line))) for line in note.text.split("\n")]
    when = note.by.when.strftime("%Y-%m-%dT%H:%M:%SZ")
    initials = "".join(word[0] for word in note.by.name.split()[:3])
    return element("comment", *lines, id=number, author=note.by.name, date=when, initials=initials)


def _text(words: str) -> Any:
    text = element("t", words)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return text


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words))
