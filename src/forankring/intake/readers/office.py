"""Turn Word and OpenDocument texts into extracts: the parts are checked and screened before pandoc reads them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from forankring.errors import InputError
from forankring.intake.forms import as_word, of_sender, read_word_form
from forankring.intake.guards import Package, Part, open_package
from forankring.intake.readers.odt_body import whole_content
from forankring.intake.readers.packages import screened_binaries, stated_by
from forankring.intake.readers.trees import read_tree
from forankring.intake.readers.word_body import W, whole_body
from forankring.intake.records import Desk, Extract, Original, Piece, Screened
from forankring.intake.screening import may_hold
from forankring.ledger import Note
from forankring.text import plain

_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_TEXT = frozenset({f"{W}t", f"{W}delText", f"{W}instrText", f"{W}delInstrText"})
_GAPS = frozenset({f"{W}tab", f"{W}br", f"{W}cr"})
_FOOTNOTES = (f"{W}footnoteReference", f"{W}endnoteReference")
_NUMBERS_ONLY = frozenset({"posOffset", "pctWidth", "pctHeight", "align"})
_CHANGED = re.compile(rb"<\w+:(?:ins|del|moveTo|moveFrom|tracked-changes)[\s/>]")
_WORDS = frozenset(
    "descr title alt author creator initials Target href tooltip instr string displayText name subject formula".split()
)
"""Attributes that hold somebody's words."""
_SAYING = frozenset("alias tag default statusText helpText docPart".split())
"""Elements of Word whose ``val`` does."""
_SPOKEN_DIGITS = re.compile(rb"=\s*[\"'][^\"'<]*(?:\d[^A-Za-z\"'<>]{8}|[&%\xcc-\xf4])")
"""Tells cheaply whether the exact, but slow, look below is worth while."""


def read_docx(original: Original, desk: Desk) -> Extract:
    """Read a Word file, a form field by field, as if its changes were accepted; what is not carried is noted."""
    package = open_package(original)
    document = next((part for part in package.parts if _is(part, "document")), None)
    if document is None:
        raise InputError(original.problem("broken_file"))
    screened = screened_parts(package)
    notes = tuple(_docx_notes(package))
    body = whole_body(package, document)
    left_out = (*_counted("hidden_text_left_out", body.hidden), *_counted("contents_left_out", body.contents))
    form = read_word_form(document.root, original, desk)
    if form:
        left_out = (*left_out, *_counted("footnotes_left_out", _number_of(document.root, *_FOOTNOTES)))
        return replace(form, screened=screened, notes=(*form.notes, *of_sender(notes), *left_out))
    tree = read_tree(original, "docx", data=body.data)
    return Extract(
        pieces=tuple(_unindented(tree.pieces)),
        screened=screened,
        notes=(*notes, *left_out),
        title=tree.title,
        stated=stated_by(package),
    )


def read_odt(original: Original, desk: Desk) -> Extract:
    """Read an OpenDocument text, a form field by field; deletions that it keeps are not part of the text."""
    package = open_package(original)
    if not any(part.name == "content.xml" for part in package.parts):
        raise InputError(original.problem("broken_file"))
    screened = screened_parts(package)
    content = next(part for part in package.parts if part.name == "content.xml")
    body = content.root
    notes = (
        *_counted("comments_left_out", _number_of(body, "{*}annotation")),
        *_counted("text_boxes_left_out", _odt_boxes(body)),
        *_counted("pictures_left_out", package.count("Pictures/")),
    )
    form = read_word_form(as_word(body), original, desk)
    if form:
        left_out = _counted("footnotes_left_out", _number_of(body, "{*}note"))
        return replace(form, screened=screened, notes=(*form.notes, *notes, *left_out))
    tree = read_tree(original, "odt", data=whole_content(package, content))
    pieces = tuple(_unindented(tree.pieces))
    return Extract(pieces=pieces, screened=screened, notes=notes, title=tree.title, stated=stated_by(package))


def _unindented(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield indented paragraphs one by one, which pandoc takes for a quotation; below a line that introduces them they
    stay together."""
    introduced = False
    for piece in pieces:
        if piece.node["t"] == "BlockQuote" and not introduced:
            yield from _unindented(replace(piece, node=node) for node in piece.node["c"])
        else:
            yield piece
        introduced = piece.node["t"] == "Para" and plain(piece.node).endswith(":")


def _number_of(root: etree._Element, *tags: str) -> int:
    return sum(1 for _ in root.iter(*tags))


def _odt_boxes(body: etree._Element) -> int:
    """Count the boxes that say something; one around a picture is its caption, which is read."""
    boxes = (box for box in body.iter("{*}text-box") if box.find(".//{*}image") is None)
    return sum(bool("".join(map(str, box.itertext())).strip()) for box in boxes)


def _docx_notes(package: Package) -> Iterator[Note]:
    documents = [part for part in package.parts if _is(part, "document")]
    comments = sum(len(part.root) for part in package.parts if _is(part, "comments"))
    yield from _counted("tracked_changes", sum(1 for part in documents if _has_changes(part) for _ in _marks(part)))
    yield from _counted("comments_left_out", comments)
    yield from _counted("pictures_left_out", package.count("word/media/"))
    yield from _counted("charts_left_out", package.count("word/charts/chart"))
    yield from _counted("embedded_left_out", package.count("word/embeddings/"))
    heads = (part for part in package.parts if _is(part, "hdr") or _is(part, "ftr"))
    if any("".join(map(str, part.root.itertext(f"{W}t"))).strip() for part in heads):
        yield Note(code="headers_left_out")


def _is(part: Part, name: str) -> bool:
    """Tell a Word part by its outermost element; only what may be one is parsed."""
    return (not part.is_plain or f"{name}".encode() in part.data[:600]) and part.root.tag == f"{W}{name}"


def _has_changes(part: Part) -> bool:
    return not part.is_plain or bool(_CHANGED.search(part.data))


def _marks(part: Part) -> Iterator[str]:
    for element in part.root.iter(*_INSERTED, *_DELETED):
        if len(element):  # an empty mark tracks a paragraph's end
            yield str(element.tag)


def _counted(code: str, n: int) -> tuple[Note, ...]:
    return (Note(code=code, values={"n": n}),) if n else ()


def screened_parts(package: Package) -> tuple[Screened, ...]:
    """Return all text of all parts, for whoever looks for personal numbers."""
    return tuple(_screened(package))


def _screened(package: Package) -> Iterator[Screened]:
    """Yield all text of all parts, paragraph by paragraph, since a number may be split over many runs."""
    for part in package.parts:
        where = "properties" if part.name.startswith(("docProps/", "meta.xml")) else "part"
        texts = [*_said_in(part), *_spoken(part)]
        if texts:
            yield Screened(text="\n\n".join(texts), part=where, values={"name": part.name})
    yield from screened_binaries(package)


def _said_in(part: Part) -> Iterator[str]:
    """Yield a part's text; most parts can hold no personal number and are passed by."""
    if _has_changes(part) or may_hold(part.data):
        yield from _paragraphs(part.root)
        yield from _rows(part.root)
    if b"<!--" in part.data or not part.is_plain:
        yield from (comment.text or "" for comment in part.root.iter(etree.Comment))


def _spoken(part: Part) -> Iterator[str]:
    """Yield the attributes that hold words: alternative texts, authors, addresses of links, codes of fields."""
    if part.is_plain and not _SPOKEN_DIGITS.search(part.data):
        return
    for element in part.root.iter(etree.Element):
        for name, value in element.attrib.items():
            local = str(name).rpartition("}")[2]
            if local in _WORDS or (local == "val" and str(element.tag).rpartition("}")[2] in _SAYING):
                yield str(value)


def _rows(root: etree._Element) -> Iterator[str]:
    """Yield the rows of tables, their cells parted by tabs: a number may be split over two of them."""
    for row in root.iter("{*}tr", "{*}table-row"):
        yield "\t".join(
            "".join(map(str, cell.itertext())).strip() for cell in row.iterchildren("{*}tc", "{*}table-cell")
        )


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
