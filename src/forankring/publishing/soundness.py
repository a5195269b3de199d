"""Turn a finished file into a list of what is broken in it: parts, links and names that lead nowhere or twice."""

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import lxml.html
from lxml import etree

from forankring.workspace import EditionFormat

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS = frozenset({"word/document.xml", "word/footnotes.xml"})
_RELATED = tuple(
    f"{{http://schemas.openxmlformats.org/officeDocument/2006/relationships}}{key}" for key in ("id", "embed")
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_CLAIMS = (b"pdfuaid:part>1<", b"pdfaid:part>2<", b"pdfaid:conformance>A<")


def faults(kind: EditionFormat, data: bytes) -> tuple[str, ...]:
    """Return the faults of a file, each in the words of its format; nothing where it is sound."""
    check = {EditionFormat.WORD: _word, EditionFormat.PDF: _pdf, EditionFormat.HTML: _html}[kind]
    return tuple(check(data))


def _word(data: bytes) -> Iterator[str]:
    """Find parts that are no XML, have no type, or are pointed to and not there, and bookmarks of one name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(part, _PARSER) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    types = trees["[Content_Types].xml"]
    known = {node.get("Extension") for node in types.iter(f"{_TYPES}Default")}
    named = {node.get("PartName") for node in types.iter(f"{_TYPES}Override")}
    for name in sorted(parts):
        if f"/{name}" not in named and name.rpartition(".")[2] not in known and name != "[Content_Types].xml":
            yield f"{name}: Content-Type"
    for name, tree in trees.items():
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            for node in tree.iter(_RELATION):
                target = posixpath.normpath(posixpath.join("/", base, node.get("Target", "")))[1:]
                if node.get("TargetMode") != "External" and target not in parts:
                    yield f"{name}: {target}"
    yield from _unrelated(trees)
    marks = Counter(node.get(f"{_WORDS}name") for node in _text(trees, "bookmarkStart"))
    yield from (f"bookmark {name}" for name, count in sorted(marks.items()) if count > 1)
    leads = {node.get(f"{_WORDS}anchor") for node in _text(trees, "hyperlink")}
    yield from (f"#{name}" for name in sorted(filter(None, leads - marks.keys())))


def _text(trees: Mapping[str, Any], name: str) -> Iterator[Any]:
    """Yield the elements of a name in the body and in the notes: a link leads from either to either."""
    for part in _TEXTS & trees.keys():
        yield from trees[part].iter(f"{_WORDS}{name}")


def _unrelated(trees: Mapping[str, Any]) -> Iterator[str]:
    """Find pictures and addresses that the part they stand in does not know: Word calls such a file damaged."""
    for name in sorted(_TEXTS & trees.keys()):
        lead = trees.get(f"word/_rels/{posixpath.basename(name)}.rels")
        known = set() if lead is None else {node.get("Id") for node in lead}
        used = {node.get(key) for node in trees[name].iter() for key in _RELATED if node.get(key)}
        yield from (f"{name}: {relation}" for relation in sorted(used - known))


def _pdf(data: bytes) -> Iterator[str]:
    """Find the standards that the file does not claim: typst claims one only where it has enforced it."""
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-64:]:
        yield "PDF"
    yield from (claim.decode() for claim in _CLAIMS if claim not in data)


def _html(data: bytes) -> Iterator[str]:
    """Find names given twice, links inside the page that lead nowhere, scripts, and what another address would give."""
    tree: Any = lxml.html.document_fromstring(data)
    names = Counter(tree.xpath("//@id"))
    yield from (f"id {name}" for name, count in sorted(names.items()) if count > 1)
    leads = {link[1:] for link in tree.xpath("//a/@href[starts-with(., '#')]")}
    yield from (f"#{name}" for name in sorted(leads - names.keys()))
    yield from (f"<{node.tag}>" for node in tree.xpath("//script|//link|//iframe|//object|//embed"))
    yield from (source[:80] for source in tree.xpath("//@src[not(starts-with(., 'data:'))]"))
    if not tree.get("lang"):
        yield "lang"
