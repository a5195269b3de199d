"""Tell what an office file says beside its text: all words in it for screening, and who made it."""

import re
from collections.abc import Iterator

from lxml import etree

from forankring.intake.guards import Package, Part
from forankring.intake.records import Screened, Stated

_WHOLE = frozenset({"si", "is", "comment", "threadedComment", "text", "p", "h", "annotation"})
"""Elements whose words belong together, however many runs they are split into."""

_NUMBERS = frozenset({"v", "row", "col", "from", "to", "rowOff", "colOff", "TotalTime", "posOffset"})
_SPOKEN = frozenset({"descr", "title", "alt", "author", "creator", "name", "displayName", "Target", "href", "tooltip"})
_ONE_BYTE = re.compile(rb"[\x20-\x7e\x85-\xff]{10,}")
_TWO_BYTES = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){10,}")
_DIGITS = 10
"""A personal number has ten digits; what has fewer holds none."""
_MAKERS = ("Company", "Manager", "creator", "initial-creator", "lastModifiedBy")


def screened_parts(package: Package) -> Iterator[Screened]:
    """Yield the words of all parts, and of the attributes that hold words, shown or not."""
    for part in package.parts:
        where = "properties" if _is_properties(part) else "part"
        yield Screened(text="\n\n".join(_words(part)), part=where, values={"name": part.name})
    yield from screened_pictures(package)


def stated_by(package: Package) -> tuple[Stated, ...]:
    """Return whom the document properties name, the body before the person: one of them may be a known party."""
    found = {
        etree.QName(element).localname: (element.text or "").strip()
        for part in package.parts
        if _is_properties(part)
        for element in part.root.iter("*")
    }
    names = dict.fromkeys(found.get(maker, "") for maker in _MAKERS)
    return tuple(Stated(name=name, origin="properties") for name in names if name)


def screened_pictures(package: Package) -> Iterator[Screened]:
    """Yield what the camera or a program wrote into the document's pictures."""
    for name, data in package.pictures:
        if words := "\n\n".join(raw_words(data)):
            yield Screened(text=words, part="part", values={"name": name})


def raw_words(data: bytes) -> Iterator[str]:
    """Yield what a binary file says anywhere in it, in letters of one or two bytes, where it could hold a personal
    number: comments, deleted text, the camera's notes."""
    for pattern, encoding in ((_ONE_BYTE, "latin-1"), (_TWO_BYTES, "utf-16-le")):
        for found in pattern.finditer(data):
            text = found.group().decode(encoding)
            if sum(map(str.isdecimal, text)) >= _DIGITS:
                yield text


def _is_properties(part: Part) -> bool:
    return part.name.startswith("docProps/") or part.name == "meta.xml"


def _words(part: Part) -> Iterator[str]:
    for comment in part.root.iter(etree.Comment):
        yield comment.text or ""
    for element in part.root.iter("*"):
        name = etree.QName(element).localname
        if name in _WHOLE:
            yield "".join(map(str, element.itertext()))
        elif element.text and name not in _NUMBERS:
            yield element.text
        for key, value in element.attrib.items():
            if etree.QName(key).localname in _SPOKEN:
                yield str(value)
