"""Turn the marks of wide divisions in Word's body into sections: upright pages and flipped ones."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from forankring.publishing.word.names import WIDE_END, WIDE_START, element, w, words_of
from forankring.publishing.word.styles import text_width
from forankring.workspace import Look

_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EDGES = ("header", "footer")
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_BETWEEN = frozenset({w("bookmarkStart"), w("bookmarkEnd")})


def flipped_tables(body: Any) -> frozenset[Any]:
    """Return the tables that stand on flipped pages, for as long as the marks are there."""
    found, flipped = [], False
    for node in body:
        if node.tag == w("p") and words_of(node) in (WIDE_START, WIDE_END):
            flipped = words_of(node) == WIDE_START
        elif flipped:
            found += list(node.iter(w("tbl")))
    return frozenset(found)


def flip_pages(body: Any) -> None:
    """Put the sections where the marks are. Pages are counted on, notes too; only the first page has no head."""
    last = body.find(w("sectPr"))
    for restart in last.findall(w("footnotePr")):
        last.remove(restart)  # pandoc's: numbers would begin anew in each section
    marks = [node for node in body.findall(w("p")) if words_of(node) in (WIDE_START, WIDE_END)]
    if not marks:
        return
    upright, flipped = copy.deepcopy(last), _flipped(last)
    for mark in marks:
        ends_flipped = words_of(mark) == WIDE_END
        if ends_flipped and _next(mark) is last:
            body.replace(last, copy.deepcopy(flipped))
            body.remove(mark)
        else:
            _close(mark, copy.deepcopy(flipped if ends_flipped else upright))
    for section in list(body.iter(w("sectPr")))[1:]:
        for cover in section.findall(w("titlePg")):
            section.remove(cover)


def end_in_paragraph(body: Any) -> None:
    """Let a paragraph end the body: after a table LibreOffice would add one, and show the table as a tracked change."""
    last = body.find(w("sectPr"))
    before = _next(last, back=True)
    if before is None or before.tag != w("p"):
        last.addprevious(_unseen())


def flipped_edges(parts: Mapping[str, bytes], look: Look) -> dict[str, bytes]:
    """Return the parts with a head and a foot for flipped pages, whose words on the right stand as far as the page."""
    relations = etree.fromstring(parts[_RELATIONS])
    types = etree.fromstring(parts[_TYPES])
    made: dict[str, bytes] = {}
    for edge, relation in _heads_and_feet(relations):
        name = f"{edge}_flipped.xml"
        root = etree.fromstring(parts[f"word/{relation.get('Target')}"])
        for tab in root.iter(w("tab")):
            if tab.get(w("pos")) == str(text_width(look)):
                tab.set(w("pos"), str(text_width(look, flipped=True)))
        made[f"word/{name}"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        twin = copy.deepcopy(relation)
        twin.set("Id", relation.get("Id") + _FLIPPED)
        twin.set("Target", name)
        relations.append(twin)
        kind = next(node for node in types if node.get("PartName") == f"/word/{relation.get('Target')}")
        twin = copy.deepcopy(kind)
        twin.set("PartName", f"/word/{name}")
        types.append(twin)
    for name, root in ((_RELATIONS, relations), (_TYPES, types)):
        made[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


_FLIPPED = "Flipped"


def _heads_and_feet(relations: Any) -> Iterator[tuple[str, Any]]:
    for edge in _EDGES:
        yield edge, next(node for node in relations if node.get("Type").endswith(f"/{edge}"))


def _flipped(section: Any) -> Any:
    """Return the section with its page on the side, and with heads and feet as wide as that."""
    made = copy.deepcopy(section)
    size = made.find(w("pgSz"))
    width, height = size.get(w("w")), size.get(w("h"))
    size.set(w("w"), height)
    size.set(w("h"), width)
    size.set(w("orient"), "landscape")
    for edge in _EDGES:
        for reference in made.findall(w(f"{edge}Reference")):
            reference.set(_RELATION_ID, reference.get(_RELATION_ID) + _FLIPPED)
    return made


def _close(mark: Any, section: Any) -> None:
    """End a section before the mark: in the last paragraph, or after a table in one that nobody sees."""
    before = _next(mark, back=True)
    if before is not None and before.tag == w("p") and _can_end(before):
        if before.find(w("pPr")) is None:
            before.insert(0, element("pPr"))
        before.find(w("pPr")).append(section)
        mark.getparent().remove(mark)
        return
    mark.getparent().replace(mark, _unseen(section))


def _can_end(paragraph: Any) -> bool:
    """Tell a paragraph that can end a section: it ends none yet, and is no rule, which would be read as one no more."""
    return paragraph.find(f"{w('pPr')}/{w('sectPr')}") is None and next(paragraph.iter(w("pict")), None) is None


def _next(node: Any, *, back: bool = False) -> Any:
    """Return the next block after a node, or before it; bookmarks are none."""
    return next((other for other in node.itersiblings(preceding=back) if other.tag not in _BETWEEN), None)


def _unseen(*properties: Any) -> Any:
    """Return a paragraph without words that takes no room."""
    least = element("spacing", before=0, after=0, line=20, lineRule="exact")
    return element("p", element("pPr", least, element("rPr", element("sz", val=2)), *properties))
