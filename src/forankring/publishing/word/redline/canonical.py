"""Turn a Word file into a value that is equal for two files that show the same: ids are replaced by what they mean."""

import itertools
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from forankring.publishing.word.names import w
from forankring.publishing.word.redline.bookmarks import Span, spans
from forankring.publishing.word.redline.package import BODY, NOTES, RELATION, Package, lists, meanings, special
from forankring.publishing.word.redline.pieces import stretches_of
from forankring.publishing.word.redline.shapes import base_of, shape, shapes
from forankring.publishing.word.redline.tables import blocks_of

_EDGE_REFERENCES = (w("headerReference"), w("footerReference"))


@dataclass(frozen=True, slots=True)
class Canonical:
    """What a file shows: the blocks of its body with their notes, its last section, heads and feet, and bookmarks."""

    blocks: tuple[Hashable, ...]
    section: Hashable
    edges: Mapping[str, Hashable]
    bookmarks: Mapping[str, Span]


def canonical(package: Package) -> Canonical:
    """Return what a file shows. Its parts are changed by this: use the package for nothing else afterwards."""
    body, notes = package.root(BODY), package.root(NOTES)
    bookmarks = spans(body)
    _name_relations(package)
    _name_lists(package)
    said = {} if notes is None else {note.get(w("id")): _blocks(note, {}) for note in notes if not special(note)}
    inside = body.find(w("body"))
    section = inside.find(w("sectPr"))
    return Canonical(
        tuple(_block(block, said) for block in blocks_of(inside)),
        () if section is None else shapes([node for node in section if node.tag not in _EDGE_REFERENCES]),
        {name: _blocks(package.root(name), said) for name in package.edges()},
        bookmarks,
    )


def _name_relations(package: Package) -> None:
    """Put in the place of each relation what it leads to."""
    for part in (BODY, NOTES, *package.edges()):
        known, root = meanings(package, part), package.root(part)
        for node in () if root is None else root.iter():
            for key, value in node.attrib.items():
                if key.startswith(RELATION):
                    node.set(key, repr(known.get(value, value)))


def _name_lists(package: Package) -> None:
    """Put in the place of each list's number what the list looks like, and which of those that look so it is."""
    known = lists(package)
    names: dict[str, str] = {"0": "0"}
    counts: Counter[str | None] = Counter()
    for part in (BODY, NOTES):
        root = package.root(part)
        for node in () if root is None else root.iter(w("numId")):
            value = node.get(w("val"))
            if value not in names:
                meaning = known.get(value)
                counts[meaning] += 1
                names[value] = f"{meaning} {counts[meaning]}"
            node.set(w("val"), names[value])


def _blocks(parent: Any, notes: Mapping[str, Hashable]) -> Hashable:
    return tuple(_block(block, notes) for block in blocks_of(parent))


def _block(block: Any, notes: Mapping[str, Hashable]) -> Hashable:
    if block.tag == w("p"):
        return _paragraph(block, notes)
    if block.tag == w("tbl"):
        own = shapes([node for node in block if node.tag != w("tr")])
        return ("table", own, tuple(_row(row, notes) for row in block.findall(w("tr"))))
    return shape(block)


def _row(row: Any, notes: Mapping[str, Hashable]) -> Hashable:
    own = shapes([node for node in row if node.tag != w("tc") and (len(node) or node.tag != w("trPr"))])
    return (own, tuple((_properties(cell, "tcPr"), _blocks(cell, notes)) for cell in row.findall(w("tc"))))


def _properties(node: Any, name: str) -> Hashable:
    return shape(node.find(w(name)))


def _paragraph(paragraph: Any, notes: Mapping[str, Hashable]) -> Hashable:
    properties = paragraph.find(w("pPr"))
    own, section = (None if properties is None else properties.find(w(name)) for name in ("rPr", "sectPr"))
    said = [(_form(piece.runs, piece.form, notes), piece.text) for piece in stretches_of(paragraph)]
    words = tuple(
        (form, "".join(word for _, word in group)) for form, group in itertools.groupby(said, key=lambda part: part[0])
    )
    return (shapes(base_of(properties)), shape(own), shape(section), words)


def _form(runs: tuple[Any, ...], form: Hashable, notes: Mapping[str, Hashable]) -> Hashable:
    """Return the form of a piece; a note's number stands for what the note says."""
    for run in runs:
        for reference in run.iter(w("footnoteReference")):
            return ("note", shape(run.find(w("rPr"))), notes.get(reference.get(w("id"))))
    return form
