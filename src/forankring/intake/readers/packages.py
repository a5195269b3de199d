"""Tell what an office file says beside its text: all words in it for screening, and who made it."""

from collections.abc import Iterator

from lxml import etree

from forankring.intake.guards import Package, Part
from forankring.intake.readers.beside import hidden_words
from forankring.intake.records import Screened, Stated

_WHOLE = frozenset({"si", "is", "comment", "threadedComment", "text", "p", "h", "annotation"})
"""Elements whose words belong together, however many runs they are split into."""

_NUMBERS = frozenset({"v", "row", "col", "from", "to", "rowOff", "colOff", "TotalTime", "posOffset"})
_SPOKEN = frozenset({"descr", "title", "alt", "author", "creator", "name", "displayName", "Target", "href", "tooltip"})
_MAKERS = ("Company", "Manager", "creator", "initial-creator", "lastModifiedBy")


def screened_parts(package: Package) -> Iterator[Screened]:
    """Yield the words of all parts, and of the attributes that hold words, shown or not."""
    for part in package.parts:
        where = "properties" if _is_properties(part) else "part"
        yield Screened(text="\n\n".join(_words(part)), part=where, values={"name": part.name})
    yield from screened_binaries(package)


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


def screened_binaries(package: Package) -> Iterator[Screened]:
    """Yield what the camera or a program wrote into the document's pictures, and what files within it say."""
    for name, data in package.binaries:
        if words := "\n\n".join(hidden_words(data)):
            yield Screened(text=words, part="part", values={"name": name})


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
