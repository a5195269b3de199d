"""Turn the body that pandoc wrote into the house's: heading numbers, contents with entries, boxes, table widths."""

from collections.abc import Mapping
from typing import Any

from forankring.language import Locale
from forankring.publishing.records import Heading, Manuscript
from forankring.publishing.word.boxes import draw_boxes, frame
from forankring.publishing.word.flow import settle_flow
from forankring.publishing.word.names import CONTENTS, element, put_property, style_of, w, words_of
from forankring.publishing.word.pages import end_in_paragraph, flip_pages, flipped_tables
from forankring.publishing.word.pictures import settle_pictures
from forankring.publishing.word.tables import part_from_next, widen

NUMBERING = 77
"""The list that numbers headings; pandoc's own lists begin at 990."""

_CONTENTS_DEPTH = 2


def finish_body(root: Any, manuscript: Manuscript, locale: Locale) -> None:
    """Finish ``w:document`` where it stands; for the pages in the contents it leaves marks."""
    body = root.find(w("body"))
    marks = _number_headings(body, manuscript.headings)
    _fill_contents(body, manuscript.headings, marks)
    settle_flow(body)
    boxed = draw_boxes(body, manuscript.look)
    _number_captions(body, locale)
    settle_pictures(body)
    flipped = flipped_tables(body)
    for grid in body.iter(w("tbl")):
        if style_of(grid, "tblPr", "tblStyle") == "Table":
            widen(grid, manuscript.look, flipped=grid in flipped, boxed=grid in boxed)
            if grid in boxed:
                frame(grid, manuscript.look)
            else:
                part_from_next(grid)
    flip_pages(body)
    end_in_paragraph(body)


def _number_headings(body: Any, headings: tuple[Heading, ...]) -> list[str]:
    """Take the number from headings that have none; return the name of each heading's bookmark."""
    paragraphs = [node for node in body.iter(w("p")) if style_of(node, "pPr", "pStyle").startswith("Heading")]
    ends = {node.get(w("id")): node for node in body.iter(w("bookmarkEnd"))}
    marks = []
    for paragraph, heading in zip(paragraphs, headings, strict=True):
        if not heading.number and heading.level <= _CONTENTS_DEPTH:
            none = element("numPr", element("ilvl", val=0), element("numId", val=0))
            put_property(paragraph.find(w("pPr")), none)
        marks.append(_mark(paragraph, ends))
    return marks


def _mark(heading: Any, ends: Mapping[str, Any]) -> str:
    """Return the name of a heading's bookmark, put around its words alone: pandoc's are around the whole section, and
    LibreOffice loses those that end after a table."""
    start = heading.getprevious()
    if start is None or start.tag != w("bookmarkStart"):
        return ""
    heading.find(w("pPr")).addnext(start)
    heading.append(ends[start.get(w("id"))])
    return str(start.get(w("name")))


def _fill_contents(body: Any, headings: tuple[Heading, ...], marks: list[str]) -> None:
    """Put a line for each heading where the contents stand (see ``docs/decisions/0012``: there is no ``TOC`` field)."""
    place = next(node for node in body.iter(w("p")) if words_of(node) == CONTENTS)
    for number, (heading, mark) in enumerate(zip(headings, marks, strict=True)):
        if heading.level <= _CONTENTS_DEPTH and mark:
            place.addprevious(_entry(heading, mark, f"\u2060{number}\u2060"))
    place.getparent().remove(place)


def _entry(heading: Heading, mark: str, page: str) -> Any:
    """Return one line of the contents: a link to the heading, and its page, which a program counts anew."""
    words = f"{heading.number} {heading.text}" if heading.number else heading.text
    field = [_char("begin"), _code(f" PAGEREF {mark} \\h "), _char("separate"), _run(page), _char("end")]
    link = element("hyperlink", _run(words), element("r", element("tab")), *field, anchor=mark, history=1)
    return element("p", element("pPr", element("pStyle", val=f"TOC{heading.level}")), link)


def _number_captions(body: Any, locale: Locale) -> None:
    """Begin captions with »Tabel 1: « and »Figur 1: «; the number is a field, so that Word can count anew."""
    for style, key in (("TableCaption", "table"), ("ImageCaption", "figure")):
        captions = (node for node in body.iter(w("p")) if style_of(node, "pPr", "pStyle") == style)
        for number, caption in enumerate(captions, 1):
            word = locale.label(f"publishing.{key}", n="").strip()
            field = [
                _char("begin"),
                _code(f" SEQ {word} \\* ARABIC "),
                _char("separate"),
                _run(str(number)),
                _char("end"),
            ]
            for run in reversed([_run(f"{word}\u00a0"), *field, _run(": ")]):
                caption.find(w("pPr")).addnext(run)


def _run(words: str) -> Any:
    text = element("t", words)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", text)


def _char(kind: str) -> Any:
    return element("r", element("fldChar", fldCharType=kind))


def _code(words: str) -> Any:
    code = element("instrText", words)
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", code)
