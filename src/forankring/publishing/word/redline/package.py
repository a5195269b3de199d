"""Turn the bytes of a Word file into its parts and what its numbers stand for: relations, lists, notes."""

import hashlib
import posixpath
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from forankring.publishing.word.file import unpacked
from forankring.publishing.word.names import W, w
from forankring.publishing.word.redline.shapes import shapes

BODY, NOTES, NUMBERING, STYLES = (f"word/{name}.xml" for name in ("document", "footnotes", "numbering", "styles"))
TYPES = "[Content_Types].xml"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_IDENTITY = (w("nsid"), w("tmpl"))


@dataclass(slots=True)
class Package:
    """A Word file: ``parts`` as they came, ``roots`` of those that were opened."""

    parts: dict[str, bytes]
    roots: dict[str, Any] = field(default_factory=dict)

    def root(self, name: str) -> Any:
        """Return the root of a part, opened once; None where there is no such part."""
        if name not in self.roots:
            self.roots[name] = etree.fromstring(self.parts[name], _PARSER) if name in self.parts else None
        return self.roots[name]

    def edges(self) -> list[str]:
        """Return the names of the heads and feet of pages."""
        return sorted(name for name in self.parts if name.startswith(("word/header", "word/footer")))

    def relations(self, part: str) -> Any:
        """Return the root of a part's relations; None where it has none."""
        return self.root(relations_of(part))

    def written(self) -> dict[str, bytes]:
        """Return all parts, those that were opened as they are now."""
        made = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in self.roots.items()
            if root is not None
        }
        return {**self.parts, **made}


def opened(data: bytes) -> Package:
    """Open a Word file."""
    return Package(unpacked(data))


def relations_of(part: str) -> str:
    """Return the name of the part that holds another's relations."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def meanings(package: Package, part: str) -> dict[str, Hashable]:
    """Return what the relations of a part lead to: an address, or the bytes of a picture. Heads and feet are known by
    their names, for their words are compared on their own."""
    found: dict[str, Hashable] = {}
    relations = package.relations(part)
    for relation in () if relations is None else relations:
        target, kind = relation.get("Target"), relation.get("Type").rsplit("/", 1)[-1]
        name = posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
        if relation.get("TargetMode") == "External" or kind in ("header", "footer") or name not in package.parts:
            found[relation.get("Id")] = (kind, target)
        else:
            found[relation.get("Id")] = (kind, hashlib.sha256(package.parts[name]).hexdigest())
    return found


def lists(package: Package) -> dict[str, str]:
    """Return what each numbering of lists looks like, by its number: the shapes of its levels and where it starts."""
    root = package.root(NUMBERING)
    if root is None:
        return {}
    kinds = {node.get(w("abstractNumId")): kind_of(node) for node in root.findall(w("abstractNum"))}
    return {
        node.get(w("numId")): _digest(
            kinds.get(node.find(w("abstractNumId")).get(w("val"))), shapes(node.findall(w("lvlOverride")))
        )
        for node in root.findall(w("num"))
    }


def kind_of(abstract: Any) -> str:
    """Return what an abstract numbering looks like, without the numbers that only name it."""
    return _digest(shapes([node for node in abstract if node.tag not in _IDENTITY]))


def special(note: Any) -> bool:
    """Tell whether a note is a line between text and notes."""
    return note.get(w("type")) is not None and note.tag == f"{{{W}}}footnote"


def _digest(*meaning: Hashable) -> str:
    return hashlib.sha256(repr(meaning).encode()).hexdigest()
