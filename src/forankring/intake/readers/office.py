"""Turn Word and OpenDocument texts into extracts: the parts are checked and screened before pandoc reads them."""

import re
from collections.abc import Iterator

from lxml import etree

from forankring.errors import InputError
from forankring.intake.guards import Package, Part, open_package
from forankring.intake.readers.packages import stated_by
from forankring.intake.readers.trees import read_tree
from forankring.intake.records import Desk, Extract, Original, Screened
from forankring.intake.screening import DIGITS
from forankring.ledger import Note

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_TEXT = frozenset({f"{W}t", f"{W}delText", f"{W}instrText", f"{W}delInstrText"})
_GAPS = frozenset({f"{W}tab", f"{W}br", f"{W}cr"})
_DIGIT = re.compile(r"\d")
_NUMBERS_ONLY = frozenset({"posOffset", "pctWidth", "pctHeight", "align"})
_SPOKEN_DIGITS = re.compile(
    rb"(?:descr|title|alt|author|creator|initials|Target|href|tooltip)\s*=\s*[\"'][^\"'<]*[0-9&][^\"'<]*[0-9;]"
)
"""Tells cheaply whether the exact, but slow, look below is worth while. A part in UTF-16 always is."""

_SPOKEN = etree.XPath(
    "//@*[local-name()='descr' or local-name()='title' or local-name()='alt' or local-name()='author' or "
    "local-name()='creator' or local-name()='initials' or local-name()='Target' or local-name()='href' or "
    "local-name()='tooltip']"
)


def read_docx(original: Original, _: Desk) -> Extract:
    """Read a Word file as if its tracked changes were accepted; what is not carried is noted."""
    package = open_package(original)
    if not any(part.root.tag == f"{W}document" for part in package.parts):
        raise InputError(original.problem("broken_file"))
    screened = tuple(_screened(package))
    notes = tuple(_docx_notes(package))
    tree = read_tree(original, "docx")
    return Extract(pieces=tree.pieces, screened=screened, notes=notes, title=tree.title, stated=stated_by(package))


def read_odt(original: Original, _: Desk) -> Extract:
    """Read an OpenDocument text; deletions that it keeps are not part of the text."""
    package = open_package(original)
    if not any(part.name == "content.xml" for part in package.parts):
        raise InputError(original.problem("broken_file"))
    screened = tuple(_screened(package))
    body = next(part.root for part in package.parts if part.name == "content.xml")
    notes = (
        *_counted("comments_left_out", sum(1 for _ in body.iter("{*}annotation"))),
        *_counted("text_boxes_left_out", _odt_boxes(body)),
        *_counted("pictures_left_out", package.count("Pictures/")),
    )
    tree = read_tree(original, "odt")
    return Extract(pieces=tree.pieces, screened=screened, notes=notes, title=tree.title, stated=stated_by(package))


def _odt_boxes(body: etree._Element) -> int:
    """Count the boxes that say something; one around a picture is its caption, which is read."""
    boxes = (box for box in body.iter("{*}text-box") if box.find(".//{*}image") is None)
    return sum(bool("".join(map(str, box.itertext())).strip()) for box in boxes)


def _docx_notes(package: Package) -> Iterator[Note]:
    tags = [tag for part in package.parts if part.root.tag == f"{W}document" for tag in _marks(part)]
    comments = sum(len(part.root) for part in package.parts if part.root.tag == f"{W}comments")
    yield from _counted("tracked_changes", len(tags))
    yield from _counted("comments_left_out", comments)
    yield from _counted("text_boxes_left_out", sum(_boxes(part) for part in package.parts))
    yield from _counted("pictures_left_out", package.count("word/media/"))
    yield from _counted("embedded_left_out", package.count("word/embeddings/"))
    heads = (part for part in package.parts if part.root.tag in (f"{W}hdr", f"{W}ftr"))
    if any("".join(map(str, part.root.itertext(f"{W}t"))).strip() for part in heads):
        yield Note(code="headers_left_out")


def _boxes(part: Part) -> int:
    """Count a Word text's boxes that say something; Word keeps each a second time for older programs."""
    if part.root.tag != f"{W}document":
        return 0
    boxes = (box for box in part.root.iter(f"{W}txbxContent") if next(box.iterancestors("{*}Fallback"), None) is None)
    return sum(bool("".join(map(str, box.itertext(f"{W}t"))).strip()) for box in boxes)


def _marks(part: Part) -> Iterator[str]:
    for element in part.root.iter(*_INSERTED, *_DELETED):
        if len(element):  # an empty mark tracks a paragraph's end
            yield str(element.tag)


def _counted(code: str, n: int) -> tuple[Note, ...]:
    return (Note(code=code, values={"n": n}),) if n else ()


def _screened(package: Package) -> Iterator[Screened]:
    """Yield all text of all parts, paragraph by paragraph, since a number may be split over many runs."""
    for part in package.parts:
        where = "properties" if part.name.startswith(("docProps/", "meta.xml")) else "part"
        texts = [*_said_in(part), *_spoken(part)]
        if texts:
            yield Screened(text="\n\n".join(texts), part=where, values={"name": part.name})


def _said_in(part: Part) -> Iterator[str]:
    """Yield a part's text; most parts hold too few digits for a personal number and are passed by."""
    text = str(etree.tostring(part.root, method="text", encoding="unicode"))
    if len(_DIGIT.findall(text)) >= DIGITS:
        yield from _paragraphs(part.root)


def _spoken(part: Part) -> Iterator[str]:
    """Yield the attributes that hold words: alternative texts, authors, addresses of links."""
    if _SPOKEN_DIGITS.search(part.data) or b"\0" in part.data[:4]:
        yield from map(str, _SPOKEN(part.root))  # type: ignore[arg-type]  # the stubs know no list of attributes


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """Yield the text of each paragraph, or of each element in a part without paragraphs."""
    paragraphs = [element for element in root.iter("{*}p", "{*}h") if isinstance(element.tag, str)]
    for element in paragraphs:
        yield from _views(element)
    if not paragraphs:
        for element in root.iter():
            if element.text and isinstance(element.tag, str) and etree.QName(element).localname not in _NUMBERS_ONLY:
                yield element.text


def _views(paragraph: etree._Element) -> Iterator[str]:
    """Yield a paragraph's text; where changes are tracked also as it was before and as it is after them."""
    if not paragraph.tag.startswith(W):
        yield "".join(str(text) for text in paragraph.itertext())
        return
    runs = [(child, _state(child)) for child in paragraph.iter(*_TEXT, *_GAPS)]
    states = {state for _, state in runs}
    yield "".join(_said(child) for child, _ in runs)
    if len(states) > 1:
        yield "".join(_said(child) for child, state in runs if state != "deleted")
        yield "".join(_said(child) for child, state in runs if state != "inserted")


def _state(run: etree._Element) -> str:
    above = run.getparent()
    over = above.getparent() if above is not None else None
    tags = {element.tag for element in (over, above) if element is not None}
    if tags & _DELETED:
        return "deleted"
    return "inserted" if tags & _INSERTED else ""


def _said(run: etree._Element) -> str:
    return (run.text or "") if run.tag in _TEXT else " "
