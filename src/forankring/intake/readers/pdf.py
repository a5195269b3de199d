"""Turn the text of a PDF into paragraphs with page numbers; the file is opened in a process that can be killed."""

import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from forankring.errors import InputError, ToolError
from forankring.intake.readers import pdf_worker
from forankring.intake.readers.plain_text import is_heading, opening
from forankring.intake.records import Desk, Extract, Original, Piece, Screened
from forankring.ledger import Note
from forankring.process import Limits, run
from forankring.text import clean_text, header, inlines

LIMITS = Limits(seconds=30, memory_mib=1024, output_mib=128)

_PAGE_NUMBER = re.compile(r"(?i)(?:side\s+|page\s+|s\.\s*)?[-–]?\s*(\d{1,4})\s*[-–]?(?:\s*(?:af|of|/)\s*\d{1,4})?")
_ITEM = re.compile(r"(?:[-•·–▪●○]|\d{1,2}[.)]|[a-z]\))\s+")
_END = re.compile(r"[.!?:;…][»”\"')]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its text, height of letters, distance from its top to the page's bottom, and its page."""

    text: str
    size: float
    top: float
    page: int


def read_pdf(original: Original, _: Desk) -> Extract:
    """Read the text layer; a file without one is refused with the remedy."""
    found = _run_worker(original)
    lines = [
        Line(line[0], line[1], line[2], page)
        for page, part in enumerate(found["pages"], start=1)
        for line in part
        if line[0].strip()
    ]
    said = _screened(found)
    if not lines:
        raise InputError(original.problem("pdf_without_text"))
    kept, numbers = _without_page_numbers(lines)
    body = median(line.size for line in lines) or 1.0
    empty = sorted({*range(1, len(found["pages"]) + 1)} - {line.page for line in lines})
    notes = [Note(code="page_numbers_left_out", values={"n": numbers})] if numbers else []
    if empty:
        notes.append(Note(code="pages_without_text", values={"pages": ", ".join(map(str, empty[:50]))}))
    return Extract(
        pieces=tuple(_pieces(_paragraphs(kept, body), body)),
        screened=said,
        notes=tuple(notes),
        title=clean_text(found["properties"].get("Title", "")).strip(),
    )


def _run_worker(original: Original) -> dict[str, Any]:
    finished = run([sys.executable, "-I", pdf_worker.__file__, original.path], limits=LIMITS)
    if finished.timed_out:
        raise InputError(original.problem("too_slow", seconds=int(LIMITS.seconds)))
    if finished.exit_code == pdf_worker.PASSWORD:
        raise InputError(original.problem("encrypted"))
    if finished.exit_code == pdf_worker.BROKEN:
        raise InputError(original.problem("broken_file"))
    if finished.exit_code == pdf_worker.MISSING:
        raise ToolError("pypdfium2", finished.exit_code, finished.last_lines)
    if finished.exit_code:
        raise InputError(original.problem("too_heavy"))
    result: dict[str, Any] = json.loads(finished.stdout)
    return result


def _screened(found: dict[str, Any]) -> tuple[Screened, ...]:
    pages = (
        Screened(text="\n".join(line[0] for line in part), part="page", values={"n": number})
        for number, part in enumerate(found["pages"], start=1)
    )
    hidden = "\n\n".join([*found["properties"].values(), *found["remarks"]])
    return (*pages, Screened(text=hidden, part="properties"))


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
    if _ITEM.match(below.text) or abs(above.size - below.size) > 0.12 * above.size:
        return True
    if above.page != below.page:
        return bool(_END.search(above.text.strip())) or below.text[:1].isupper()
    gap = above.top - below.top
    return gap > 1.35 * usual * max(1.0, above.size / body) or gap < -usual


def _pieces(paragraphs: Iterator[list[Line]], body: float) -> Iterator[Piece]:
    for paragraph in paragraphs:
        text = _joined(paragraph)
        page = paragraph[0].page
        large = paragraph[0].size > 1.12 * body
        if (large and len(text) <= 150) or (len(paragraph) == 1 and is_heading(text) and not _ITEM.match(text)):
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
