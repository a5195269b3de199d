"""Turn a Word file with tracked changes into the file that is left when all are accepted, or when all are rejected."""

import copy
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from forankring.publishing.word.file import packed, unpacked
from forankring.publishing.word.names import w

_PARTS = re.compile(r"word/(document|footnotes|endnotes|comments|header[^/]*|footer[^/]*)\.xml")
_NOTES = {"word/footnotes.xml": "footnote", "word/endnotes.xml": "endnote"}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_CAME, _WENT = frozenset({w("ins"), w("moveTo")}), frozenset({w("del"), w("moveFrom")})
_HOLDERS = frozenset(
    {w("rPr"), w("trPr"), w("numPr"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}ctrlPr"}
)
_RANGES = tuple(
    w(f"{name}Range{end}")
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
_CHANGES = tuple(
    w(f"{name}Change") for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "numbering")
)
_KEPT = {
    w("pPrChange"): frozenset({w("rPr"), w("sectPr")}),
    w("sectPrChange"): frozenset({w("headerReference"), w("footerReference")}),
}
"""What a change of properties says nothing of (ISO/IEC 29500-1, 17.13.5.29 and 17.13.5.32)."""
_SHOWN = {w("delText"): w("t"), w("delInstrText"): w("instrText")}
_BETWEEN = frozenset(
    {w("bookmarkStart"), w("bookmarkEnd"), w("commentRangeStart"), w("commentRangeEnd"), w("proofErr")}
)


def accepted(data: bytes) -> bytes:
    """Return the file with every tracked change accepted."""
    parts = unpacked(data)
    return packed({**parts, **written(resolved(parts, accept=True))})


def rejected(data: bytes) -> bytes:
    """Return the file with every tracked change rejected."""
    parts = unpacked(data)
    return packed({**parts, **written(resolved(parts, accept=False))})


def resolved(parts: Mapping[str, bytes], *, accept: bool) -> dict[str, Any]:
    """Return the parts that can hold tracked changes, by name, with all of these accepted or rejected."""
    roots = {name: etree.fromstring(parts[name], _PARSER) for name in sorted(parts) if _PARTS.fullmatch(name)}
    for root in roots.values():
        resolve(root, accept=accept)
    for name, kind in _NOTES.items():
        if name in roots:
            _drop_notes(roots[name], kind, roots["word/document.xml"])
    return roots


def written(roots: Mapping[str, Any]) -> dict[str, bytes]:
    """Return parts as bytes."""
    return {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in roots.items()
    }


def resolve(root: Any, *, accept: bool) -> None:
    """Accept or reject every tracked change below an element (ISO/IEC 29500-1, 17.13.5)."""
    kept, dropped = (_CAME, _WENT) if accept else (_WENT, _CAME)
    ends = _ends(root, dropped)
    _drop_rows(root, dropped)
    _drop_cells(root, accept=accept)
    _drop_runs(root, kept, dropped)
    _settle_properties(root, accept=accept)
    for node in list(root.iter(*_RANGES)):
        node.getparent().remove(node)
    for node in list(root.iter(*_SHOWN)):
        node.tag = _SHOWN[node.tag]
    _drop_empty(root, "hyperlink")
    for paragraph in ends:
        _join(paragraph)


def _ends(root: Any, dropped: frozenset[str]) -> list[Any]:
    """Return the paragraphs whose end goes, and take all marks of ends away."""
    ends = []
    for paragraph in root.iter(w("p")):
        own = paragraph.find(f"{w('pPr')}/{w('rPr')}")
        marks = [node for node in own if node.tag in _CAME | _WENT] if own is not None else []
        if any(mark.tag in dropped for mark in marks):
            ends.append(paragraph)
        for mark in marks:
            own.remove(mark)
    return ends


def _drop_rows(root: Any, dropped: frozenset[str]) -> None:
    for row in list(root.iter(w("tr"))):
        properties = row.find(w("trPr"))
        marks = [node for node in properties if node.tag in _CAME | _WENT] if properties is not None else []
        if any(mark.tag in dropped for mark in marks):
            _remove_from_table(row)
        for mark in marks:
            properties.remove(mark)


def _remove_from_table(row: Any) -> None:
    table = row.getparent()
    table.remove(row)
    if table.find(w("tr")) is None and table.getparent() is not None:
        _remove(table)


def _drop_cells(root: Any, *, accept: bool) -> None:
    """Take away single cells that came or went; a merge of cells is let stand."""
    for mark in list(root.iter(w("cellIns"), w("cellDel"), w("cellMerge"))):
        properties = mark.getparent()
        properties.remove(mark)
        cell = properties.getparent()
        goes = mark.tag == w("cellDel" if accept else "cellIns")
        if goes and cell.tag == w("tc") and cell.getparent() is not None:
            cell.getparent().remove(cell)


def _drop_runs(root: Any, kept: frozenset[str], dropped: frozenset[str]) -> None:
    for node in list(root.iter(*kept, *dropped)):
        if node.getparent() is None or not _within(node, root):
            continue
        if node.getparent().tag in _HOLDERS:
            node.getparent().remove(node)
        elif node.tag in dropped:
            _remove(node)
        else:
            _unwrap(node)


def _within(node: Any, root: Any) -> bool:
    """Tell whether a node still hangs on the tree: what was around it may have gone."""
    top = node
    while top.getparent() is not None:
        top = top.getparent()
    return top is root.getroottree().getroot()


def _settle_properties(root: Any, *, accept: bool) -> None:
    for mark in list(root.iter(*_CHANGES)):
        properties = mark.getparent()
        properties.remove(mark)
        if accept or not len(mark):
            continue
        kept = [node for node in properties if node.tag in _KEPT.get(mark.tag, ())]
        before = [copy.deepcopy(node) for node in mark[0]]
        for node in list(properties):
            properties.remove(node)
        if mark.tag == w("sectPrChange"):
            properties.extend([*kept, *before])
        else:
            properties.extend([*before, *kept])


def _join(paragraph: Any) -> None:
    """Put a paragraph whose end is gone into the one after it, which keeps its own properties.

    Before a table or at the end of a cell there is none: what is empty then goes, what is not stays a paragraph.
    """
    if paragraph.getparent() is None:
        return
    content = [node for node in paragraph if node.tag != w("pPr")]
    follows = _next(paragraph)
    if follows is not None and follows.tag == w("p"):
        properties = follows.find(w("pPr"))
        place = 0 if properties is None else 1
        for number, node in enumerate(content):
            follows.insert(place + number, node)
        _remove(paragraph)
    elif not any(node.tag not in _BETWEEN for node in content) and _can_go(paragraph, follows):
        for node in content:
            paragraph.addprevious(node)
        _remove(paragraph)


def _next(paragraph: Any) -> Any:
    return next((node for node in paragraph.itersiblings() if node.tag not in _BETWEEN), None)


def _can_go(paragraph: Any, follows: Any) -> bool:
    """Tell whether the text can do without an empty paragraph: a cell, a note and the body end with one."""
    return follows is not None and follows.tag != w("sectPr")


def _drop_notes(notes: Any, kind: str, body: Any) -> None:
    """Take away the notes that nothing refers to any more."""
    used = {node.get(w("id")) for node in body.iter(w(f"{kind}Reference"))}
    for note in list(notes):
        if note.get(w("type")) is None and note.get(w("id")) not in used:
            _remove(note)


def _drop_empty(root: Any, name: str) -> None:
    for node in list(root.iter(w(name))):
        if not len(node):
            _remove(node)


def _unwrap(node: Any) -> None:
    place = node.getparent()
    at = place.index(node)
    for number, child in enumerate(list(node)):
        place.insert(at + number, child)
    _remove(node)


def _remove(node: Any) -> None:
    node.getparent().remove(node)
