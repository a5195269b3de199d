"""Turn the text of a PDF into paragraphs with page numbers; the file is opened in a process that can be killed."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from forankring.errors import InputError
from forankring.intake.readers import pdf_worker
from forankring.intake.readers.beside import hidden_words, inflated
from forankring.intake.readers.children import ask_child
from forankring.intake.readers.plain_text import is_heading, opening
from forankring.intake.readers.recognition import (
    MOST_PAGES,
    Paragraph,
    installed,
    is_sure,
    pieces_of,
    recognise_pages,
)
from forankring.intake.records import Desk, Extract, Original, Piece, Screened, Stated
from forankring.ledger import Note
from forankring.process import Limits
from forankring.text import clean_text, header, inlines

LIMITS = Limits(seconds=30, memory_mib=1024, output_mib=128)

_XMP = re.compile(rb"<x:xmpmeta.{0,1000000}?</x:xmpmeta>", re.DOTALL)
_PACKED_XMP = re.compile(rb"/Subtype\s*/XML[^>]{0,200}>>\s*stream\r?\n")
MOST_XMP = 1024 * 1024
_TAG = re.compile(r"</?[\w:.-]+|[=>\"']")
_PAGE_NUMBER = re.compile(r"(?i)(?:side\s+|page\s+|s\.\s*)?[-–]?\s*(\d{1,4})\s*[-–]?(?:\s*(?:af|of|/)\s*\d{1,4})?")
_ITEM = re.compile(r"(?:[-•·–▪●○]|\d{1,2}[.)]|[a-z]\))\s+")
_MOST_HEADS = 12
"""Lines that a letterhead or a foot has at most."""
_END = re.compile(r"[.!?:;…][»”\"')]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its text, height of letters, distance from its top to the page's bottom, and its page."""

    text: str
    size: float
    top: float
    page: int


def read_pdf(original: Original, _: Desk) -> Extract:
    """Read the text layer, and by recognition the pages without one; a file in which nothing is found is refused."""
    found = ask_child(original, pdf_worker.__file__, limits=LIMITS, needs="pypdfium2")
    lines = [
        Line(line[0], line[1], line[2], page)
        for page, part in enumerate(found["pages"], start=1)
        for line in part
        if line[0].strip()
    ]
    empty = sorted({*range(1, len(found["pages"]) + 1)} - {line.page for line in lines})
    scanned = _recognised(original, empty, only=not lines)
    kept, heads = _without_heads(lines)
    kept, numbers = _without_page_numbers(kept)
    body = median(line.size for line in lines) if lines else 0.0
    pieces = [*_pieces(_paragraphs(kept, body or 1.0), body or 1.0), *pieces_of(scanned.kept)]
    if not pieces:
        raise InputError(original.problem("pdf_without_text"))
    pictures = sum(n for page, n in enumerate(found["pictures"], start=1) if page not in empty)
    notes = [Note(code="page_numbers_left_out", values={"n": numbers})] if numbers else []
    notes += [Note(code="headers_left_out")] if heads else []
    counts = {"pictures_left_out": pictures, "embedded_left_out": len(found["attached"])}
    notes += [Note(code=code, values={"n": n}) for code, n in counts.items() if n]
    return Extract(
        pieces=tuple(sorted(pieces, key=lambda piece: piece.page or 0)),
        stated=tuple(_stated(found["properties"])),
        screened=(*_screened(found), *_described(original), *scanned.screened),
        notes=(*notes, *scanned.notes),
        title=clean_text(found["properties"].get("Title", "")).strip(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scanned:
    """What was recognised on pages without text, and what became of those pages."""

    kept: tuple[Paragraph, ...] = ()
    screened: tuple[Screened, ...] = ()
    notes: tuple[Note, ...] = ()


def _recognised(original: Original, empty: list[int], *, only: bool) -> _Scanned:
    """Recognise the pages without text; ``only``: there is nothing else to read, so it must be possible."""
    languages = installed() if empty else ()
    if empty and only and not languages:
        raise InputError(original.problem("ocr_missing"))
    looked_at = empty[:MOST_PAGES] if languages else []
    found = recognise_pages(original, looked_at, languages)
    kept = tuple(item for item in found if is_sure(item))
    read = sorted({item.page for item in kept})
    pages = {
        "pages_recognised": read,
        "pages_without_text": sorted({*looked_at} - {*read}) if languages else empty,
        "pages_unsure": sorted({item.page for item in found if item not in kept and item.says}),
        "pages_not_recognised": empty[MOST_PAGES:] if languages else [],
    }
    return _Scanned(
        kept=kept,
        screened=tuple(Screened(text=item.text, part="page", values={"n": item.page}) for item in found),
        notes=tuple(Note(code=code, values={"pages": _listed(part)}) for code, part in pages.items() if part),
    )


def _listed(pages: list[int]) -> str:
    return ", ".join(map(str, pages[:50])) + (" …" if len(pages) > 50 else "")


def _stated(properties: dict[str, str]) -> Iterator[Stated]:
    """Yield whom the properties name as author; a PDF has no field for the organisation."""
    author = clean_text(properties.get("Author", "")).strip()
    if author:
        yield Stated(name=author, origin="properties")


def _screened(found: dict[str, Any]) -> tuple[Screened, ...]:
    pages = (
        Screened(text="\n".join(line[0] for line in part), part="page", values={"n": number})
        for number, part in enumerate(found["pages"], start=1)
    )
    hidden = "\n\n".join([*found["properties"].values(), *found["remarks"]])
    attached = (
        Screened(text="\n\n".join((name, *hidden_words(data.encode("latin-1")))), part="embedded")
        for name, data in found["attached"]
    )
    return (*pages, Screened(text=hidden, part="properties"), *attached)


def _described(original: Original) -> Iterator[Screened]:
    """Yield what the file says of itself in XMP, packed or not."""
    data = original.path.read_bytes()
    packed = (inflated(data[stream.end() : stream.end() + MOST_XMP]) for stream in _PACKED_XMP.finditer(data))
    for found in (found for part in (data, *packed) for found in _XMP.finditer(part)):
        yield Screened(text=_TAG.sub("\n", found.group().decode("utf-8", "replace")), part="properties")


def _without_heads(lines: list[Line]) -> tuple[list[Line], bool]:
    """Leave out what stands at the top or foot of half of the pages or more, at one height and in the same words."""
    kept = lines
    for _ in range(_MOST_HEADS):
        found = _heads(kept)
        if not found:
            break
        kept = [line for line in kept if line not in found]
    return kept, len(kept) < len(lines)


def _heads(lines: list[Line]) -> set[Line]:
    """Return the outermost such lines; a page keeps its last line."""
    pages: dict[int, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.top):
        pages.setdefault(line.page, []).append(line)
    edges = [edge for page in pages.values() if len(page) > 1 for edge in (page[0], page[-1])]
    places = {edge: (edge.text.strip(), round(edge.top / 2)) for edge in edges}
    common = {place for place, n in Counter(places.values()).items() if n > 1 and 2 * n >= len(pages)}
    return {edge for edge in edges if places[edge] in common}


def _without_page_numbers(lines: list[Line]) -> tuple[list[Line], int]:
    """Leave out lines at the edge of a page that are only its number: one that counts along with the pages."""
    pages = [line.page for line in lines]
    edges = {pages.index(page) for page in set(pages)} | {
        len(pages) - 1 - pages[::-1].index(page) for page in set(pages)
    }
    found = {index: match for index in edges if (match := _PAGE_NUMBER.fullmatch(lines[index].text.strip()))}
    ahead = {index: int(match[1]) - lines[index].page for index, match in found.items()}
    usual = {0} | {step for step, count in Counter(ahead.values()).items() if count > 1}
    dropped = {index for index, step in ahead.items() if len(lines) > 1 and step in usual}
    return [line for index, line in enumerate(lines) if index not in dropped], len(dropped)


def _paragraphs(lines: list[Line], body: float) -> Iterator[list[Line]]:
    """Join lines to paragraphs by the distance between them, by letters of another size, and by list signs."""
    gaps = [a.top - b.top for a, b in itertools.pairwise(lines) if a.page == b.page and 0 < a.top - b.top < 60]
    usual = median(gaps) if gaps else 0.0
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and _parted(paragraph[-1], line, usual, body):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _parted(above: Line, below: Line, usual: float, body: float) -> bool:
    if _is_item(below.text) or abs(above.size - below.size) > 0.12 * above.size:
        return True
    if above.page != below.page:
        return bool(_END.search(above.text.strip())) or below.text[:1].isupper()
    gap = above.top - below.top
    return gap > 1.35 * usual * max(1.0, above.size / body) or gap < -usual


def _is_item(text: str) -> bool:
    """Tell an item of a list from a line that goes on with words between dashes."""
    found = _ITEM.match(text)
    return found is not None and not (text[0] in "-–" and f" {text[0]} " in text[found.end() :])


def _pieces(paragraphs: Iterator[list[Line]], body: float) -> Iterator[Piece]:
    for paragraph in paragraphs:
        text = _joined(paragraph)
        page = paragraph[0].page
        large = paragraph[0].size > 1.12 * body
        if (large and len(text) <= 150) or (len(paragraph) == 1 and is_heading(text) and not _is_item(text)):
            level = 1 if paragraph[0].size > 1.5 * body else 2
            yield Piece(node=header(level, text), page=page, role="" if large else "heading")
            continue
        if opening(text):
            yield Piece(node=header(3, opening(text)), page=page, role="opening")
        yield Piece(node={"t": "Para", "c": inlines(text)}, page=page)


def _joined(lines: list[Line]) -> str:
    """Join lines with blanks, and a word that a soft hyphen (U+FFFE) parts at the line's end without one."""
    text = ""
    for line in lines:
        part = line.text.strip()
        text = text[:-1] + part if text.endswith((pdf_worker.SOFT_HYPHEN, "\u00ad")) else f"{text} {part}"
    return clean_text(text.replace(pdf_worker.SOFT_HYPHEN, "").replace("\u00ad", "")).strip()
