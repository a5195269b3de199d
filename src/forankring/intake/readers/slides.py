"""Turn a PowerPoint file into headings, lists and tables with the number of their slide."""

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from forankring.errors import InputError
from forankring.intake.guards import Package, Part, open_package
from forankring.intake.readers.packages import screened_parts, stated_by
from forankring.intake.readers.tables import table
from forankring.intake.records import Desk, Extract, Original, Piece
from forankring.language import Locale
from forankring.ledger import Note
from forankring.text import Node, clean_text, header, inlines

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLES = frozenset({"title", "ctrTitle"})
_EDGES = frozenset({"ftr", "hdr", "dt", "sldNum"})


def read_pptx(original: Original, desk: Desk) -> Extract:
    """Read the slides in the order in which they are shown; what is said beside them is noted."""
    package = open_package(original)
    parts = {part.name: part for part in package.parts}
    slides = list(_slides(parts))
    if not slides:
        raise InputError(original.problem("broken_file"))
    numbered = enumerate(slides, start=1)
    pieces = tuple(piece for number, slide in numbered for piece in _read(slide, number, parts, desk.locale))
    titles = (_text(element) for slide in slides for element in _placed(slide.root, _TITLES))
    return Extract(
        pieces=pieces,
        stated=stated_by(package),
        screened=tuple(screened_parts(package)),
        notes=tuple(_notes(package, slides)),
        title=next(filter(None, titles), ""),
    )


def _slides(parts: Mapping[str, Part]) -> Iterator[Part]:
    """Yield the slides' parts in the order of the presentation's list."""
    shows = [part for part in parts.values() if _name(part.root) == "presentation"]
    for show in shows[:1]:
        related = _related(show, parts)
        for entry in show.root.iter("{*}sldId"):
            slide = related.get(entry.get(f"{_RELATION}id", ""))
            if slide is not None and _name(slide.root) == "sld":
                yield slide


def _related(part: Part, parts: Mapping[str, Part]) -> dict[str, Part]:
    """Return the parts that a part names, by the keys that it uses for them."""
    folder, name = posixpath.split(part.name)
    relations = parts.get(f"{folder}/_rels/{name}.rels")
    found = {}
    for entry in relations.root.iter("{*}Relationship") if relations else ():
        target = posixpath.normpath(posixpath.join("/", folder, entry.get("Target", ""))).lstrip("/")
        if target in parts:
            found[entry.get("Id", "")] = parts[target]
    return found


def _read(slide: Part, number: int, parts: Mapping[str, Part], locale: Locale) -> Iterator[Piece]:
    titles = list(_placed(slide.root, _TITLES))
    said = list(filter(None, map(_text, titles)))
    related = _related(slide, parts)
    left_out = {*titles, *_placed(slide.root, _EDGES), *slide.root.iterfind(".//{*}Fallback//{*}sp")}
    boxes = (box for box in slide.root.iter("{*}sp", "{*}tbl", "{*}relIds") if box not in left_out)
    nodes = [node for box in boxes for node in _nodes(box, related)]
    if nodes and not said:  # so that its words do not stand under the title of the slide before it
        said = [locale.label("intake.slide", n=number)]
    heads = (header(1 if number == 1 else 2, title) for title in said)
    yield from (Piece(node=node, page=number) for node in (*heads, *nodes))


def _nodes(element: etree._Element, related: Mapping[str, Part]) -> Iterator[Node]:
    """Yield the blocks of a text box, a table or a drawing made of boxes with words (SmartArt)."""
    kind = _name(element)
    if kind == "tbl":
        yield table([[_text(cell) for cell in row.iterchildren("{*}tc")] for row in element.iterchildren("{*}tr")])
        return
    drawing = related.get(element.get(f"{_RELATION}dm", ""))
    body = element if kind == "sp" else drawing.root if drawing else None
    lines = list(_lines(body)) if body is not None else []
    if len(lines) == 1 or (kind == "sp" and lines and next(_placed_in(element), None) is None):
        yield from ({"t": "Para", "c": inlines(line)} for line in lines)
    elif lines:
        yield {"t": "BulletList", "c": [[{"t": "Plain", "c": inlines(line)}] for line in lines]}


def _lines(body: etree._Element) -> Iterator[str]:
    """Yield the paragraphs that say something."""
    for paragraph in body.iter("{*}p"):
        words = ("\n" if _name(run) == "br" else (run.text or "") for run in paragraph.iter("{*}t", "{*}br"))
        line = clean_text("".join(words)).strip()
        if line:
            yield line


def _text(element: etree._Element) -> str:
    return " ".join(" ".join(_lines(element)).split())


def _placed(root: etree._Element, kinds: frozenset[str]) -> Iterator[etree._Element]:
    """Yield the boxes that stand in the layout's place for one of these kinds."""
    for box in root.iter("{*}sp"):
        if any(place.get("type") in kinds for place in _placed_in(box)):
            yield box


def _placed_in(box: etree._Element) -> Iterator[etree._Element]:
    return box.iter("{*}ph")


def _notes(package: Package, slides: list[Part]) -> Iterator[Note]:
    hidden = [str(number) for number, slide in enumerate(slides, start=1) if slide.root.get("show") in ("0", "false")]
    if hidden:
        yield Note(code="slides_hidden", values={"slides": ", ".join(hidden)})
    spoken = sum(any(map(_text, _placed(part.root, frozenset({"body"})))) for part in _named(package, "notes"))
    comments = sum(1 for part in _named(package, "cmLst") for _ in part.root.iter("{*}cm"))
    counts = {
        "speaker_notes_left_out": spoken,
        "comments_left_out": comments,
        "pictures_left_out": package.count("ppt/media/"),
        "charts_left_out": package.count("ppt/charts/chart"),
        "embedded_left_out": package.count("ppt/embeddings/"),
    }
    for code, n in counts.items():
        if n:
            yield Note(code=code, values={"n": n})
    if any(_text(box) for slide in slides for box in _placed(slide.root, frozenset({"ftr", "hdr"}))):
        yield Note(code="headers_left_out")


def _named(package: Package, name: str) -> Iterator[Part]:
    return (part for part in package.parts if _name(part.root) == name)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
