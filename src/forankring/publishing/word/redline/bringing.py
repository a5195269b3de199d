"""Turn what an old file refers to (addresses, pictures, lists, styles, notes) into parts and ids of the new file."""

import copy
import posixpath
from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any

from lxml import etree

from forankring.publishing.word.names import w
from forankring.publishing.word.redline.package import (
    BODY,
    NOTES,
    NUMBERING,
    RELATION,
    STYLES,
    TYPES,
    Package,
    kind_of,
    lists,
    meanings,
    relations_of,
)
from forankring.publishing.word.redline.pieces import stretches_of, words_of_pieces
from forankring.text.alignment import Part, align

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OLD = "Old"
_LISTED = (w("numPicBullet"), w("abstractNum"), w("num"))
"""In the order that the schema wants."""


def bring(old: Package, new: Package) -> None:
    """Let the old file's ids be those of the new one where they mean the same, and new ones where nothing does; what
    they stand for is added to the new file."""
    for part in (BODY, NOTES, *(name for name in old.edges() if name in new.parts)):
        if part in new.parts:
            _bring_relations(old, new, part)
    _bring_lists(old, new)
    _bring_styles(old, new)


def _bring_relations(old: Package, new: Package, part: str) -> None:
    ours, theirs = meanings(old, part), meanings(new, part)
    known: dict[Hashable, str] = {}
    for identifier, meaning in theirs.items():
        known.setdefault(meaning, identifier)
    root = old.root(part)
    for node in root.iter():
        for key, value in node.attrib.items():
            if key.startswith(RELATION) and value in ours:
                if ours[value] not in known:
                    known[ours[value]] = _add(old, new, part, value)
                node.set(key, known[ours[value]])


def _add(old: Package, new: Package, part: str, identifier: str) -> str:
    """Add a relation of the old file's to the new one's, with the picture that it leads to; return its id."""
    [relation] = [node for node in old.relations(part) if node.get("Id") == identifier]
    made = copy.deepcopy(relation)
    made.set("Id", f"{_OLD}{identifier}")
    relations = new.relations(part)
    if relations is None:
        relations = new.roots[relations_of(part)] = etree.Element(
            f"{{{_RELATIONSHIPS}}}Relationships",
            nsmap={None: _RELATIONSHIPS},  # type: ignore[dict-item]  # the stubs know no default namespace
        )
    if relation.get("TargetMode") != "External":
        folder, (stem, ending) = posixpath.dirname(part), posixpath.splitext(relation.get("Target"))
        source = posixpath.normpath(posixpath.join(folder, relation.get("Target")))
        target = f"{stem}{_OLD}{ending}"
        made.set("Target", target)
        place = posixpath.normpath(posixpath.join(folder, target))
        new.parts[place] = old.parts[source]
        _add_type(old, new, source, place)
    relations.append(made)
    return str(made.get("Id"))


def _add_type(old: Package, new: Package, source: str, place: str) -> None:
    """Say of a part that was brought what it is, as the old file does: by its name or by its ending."""
    ending = posixpath.splitext(source)[1].lstrip(".").lower()
    known = {node.get("Extension", "").lower() for node in new.root(TYPES)}
    for node in old.root(TYPES):
        said = copy.deepcopy(node)
        if node.get("PartName") == f"/{source}":
            said.set("PartName", f"/{place}")
            new.root(TYPES).append(said)
        elif node.get("Extension", "").lower() == ending and ending not in known:
            new.root(TYPES).insert(0, said)


def _bring_lists(old: Package, new: Package) -> None:
    """Let items that stayed be of one list; the other lists of the old file get numbers of their own."""
    ours, theirs = lists(old), lists(new)
    twins = _twins(list(_items(old, ours)), list(_items(new, theirs)))
    taken = {int(number) for number in theirs}
    for part in (BODY, NOTES):
        root = old.root(part)
        for node in () if root is None else root.iter(w("numId")):
            number = node.get(w("val"))
            if number in ours and number != "0":
                if number not in twins:
                    twins[number] = str(max(taken, default=0) + 1)
                    taken.add(int(twins[number]))
                    _add_list(old, new, number, twins[number])
                node.set(w("val"), twins[number])


def _items(package: Package, known: dict[str, str]) -> Iterator[tuple[str, Part]]:
    """Yield every item of a list with the list's number."""
    for part in (BODY, NOTES):
        root = package.root(part)
        for node in () if root is None else root.iter(w("numId")):
            number, properties = node.get(w("val")), node.getparent().getparent()
            if number in known and properties.tag == w("pPr"):
                words = tuple(words_of_pieces(stretches_of(properties.getparent())))
                yield number, Part(known[number], (known[number], words), words)


def _twins(ours: list[tuple[str, Part]], theirs: list[tuple[str, Part]]) -> dict[str, str]:
    """Return which list of the new file each of the old one's is: the one with most of its items."""
    found = align([part for _, part in ours], [part for _, part in theirs])
    votes = Counter((ours[i][0], theirs[j][0]) for i, j in found.steps if i is not None and j is not None)
    twins: dict[str, str] = {}
    for (number, twin), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if number not in twins and twin not in twins.values():
            twins[number] = twin
    return twins


def _add_list(old: Package, new: Package, number: str, as_number: str) -> None:
    source, target = old.root(NUMBERING), new.root(NUMBERING)
    [ours] = [node for node in source.findall(w("num")) if node.get(w("numId")) == number]
    made = copy.deepcopy(ours)
    made.set(w("numId"), as_number)
    made.find(w("abstractNumId")).set(w("val"), _abstract(source, target, ours.find(w("abstractNumId")).get(w("val"))))
    place = sum(1 for node in target if node.tag in _LISTED)
    target.insert(place, made)


def _abstract(source: Any, target: Any, number: str) -> str:
    """Return the number of what a list looks like in the new file; it is added where nothing there looks so."""
    name = w("abstractNumId")
    [ours] = [node for node in source.findall(w("abstractNum")) if node.get(name) == number]
    theirs = target.findall(w("abstractNum"))
    for node in theirs:
        if kind_of(node) == kind_of(ours):
            return str(node.get(name))
    made = copy.deepcopy(ours)
    made.set(name, str(max((int(node.get(name)) for node in theirs), default=0) + 1))
    for identity in made.findall(w("nsid")):
        made.remove(identity)
    target.insert(sum(1 for node in target if node.tag in _LISTED[:2]), made)
    return str(made.get(name))


def _bring_styles(old: Package, new: Package) -> None:
    """Add the styles that only the old file has; where both have one, the new file's look is shown."""
    known = {node.get(w("styleId")) for node in new.root(STYLES).iter(w("style"))}
    for style in old.root(STYLES).iter(w("style")):
        if style.get(w("styleId")) not in known:
            new.root(STYLES).append(copy.deepcopy(style))
