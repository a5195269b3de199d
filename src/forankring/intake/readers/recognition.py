"""Turn pictures of pages into their text, by Tesseract where it is installed."""

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from forankring.errors import InputError, ToolError
from forankring.intake.readers import page_worker
from forankring.intake.readers.children import run_child
from forankring.intake.readers.plain_text import is_heading
from forankring.intake.records import Original, Piece
from forankring.process import Limits, run
from forankring.text import clean_text, header, inlines

LANGUAGES = ("dan", "eng")
MOST_PAGES = 25
"""Pages of one file that are recognised: each takes seconds."""

_DRAWING = Limits(seconds=30, memory_mib=1024, output_mib=64)
_READING = Limits(seconds=90, memory_mib=2048, output_mib=64)
_SUREST, _SURE = 100.0, 40.0
"""Tesseract says of each word how sure it is, in per cent; what it is less sure of is mostly no text at all."""

_ROOM, _LARGER = 1.35, 1.45
"""How much more room than usual, and how much larger letters, make a new paragraph."""

_BULLET = re.compile(r"([e¢«»©®°*•·oO+-])\s+")
"""What a dot before an item is taken for."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_PARTED = re.compile(r"(?<=[^\W\d_])-$")
_HEADING_LETTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line: its page, block and paragraph, where it stands, and its words with how sure each is."""

    place: tuple[int, ...]
    top: int
    height: int
    words: list[tuple[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines that belong together, the page they stand on, and how sure the recognition is of them."""

    lines: tuple[str, ...]
    page: int
    sure: float = _SUREST

    @property
    def text(self) -> str:
        """The lines as one, with words that were parted at a line's end joined."""
        text = ""
        for line in self.lines:
            parted = _PARTED.search(text) and line[:1].islower()
            text = text[:-1] + line if parted else f"{text} {line}"
        return clean_text(text).strip()

    @property
    def says(self) -> bool:
        """Tell whether there is a letter or a digit in it."""
        return any(map(str.isalnum, self.text))


def installed() -> tuple[str, ...]:
    """Return the languages that can be recognised here; none where Tesseract is missing."""
    try:
        finished = run(["tesseract", "--list-langs"], limits=Limits(seconds=20))
    except ToolError:
        return ()
    known = set((finished.stdout + finished.stderr).decode("utf-8", "replace").split())
    return tuple(language for language in LANGUAGES if language in known)


def recognise_pages(original: Original, pages: Iterable[int], languages: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """Return what stands on these pages of a PDF; raise InputError for one that cannot be drawn."""
    return tuple(item for page in pages for item in _page(original, page, languages))


def recognise_picture(original: Original, languages: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """Return what stands in a picture; one file may hold several pages."""
    return _recognised(original, original.path, b"", languages)


def pieces_of(paragraphs: Iterable[Paragraph]) -> Iterator[Piece]:
    """Yield what was recognised as blocks; a line that stands alone may be a heading."""
    for paragraph in paragraphs:
        text = paragraph.text
        items = _items(paragraph)
        if items:
            content = [[{"t": "Plain", "c": inlines(item)}] for item in items]
            yield Piece(node={"t": "BulletList", "c": content}, page=paragraph.page)
        elif len(paragraph.lines) == 1 and is_heading(text) and sum(map(str.isalpha, text)) > _HEADING_LETTERS:
            yield Piece(node=header(2, text), page=paragraph.page, role="heading")
        else:
            yield Piece(node={"t": "Para", "c": inlines(text)}, page=paragraph.page)


def _items(paragraph: Paragraph) -> list[str]:
    """Return the items of a list: two lines or more that begin with the same mark, the first line among them."""
    marks = [found[1] if (found := _BULLET.match(line)) else "" for line in paragraph.lines]
    if not marks[0] or marks.count(marks[0]) < 2:
        return []
    starts = [index for index, mark in enumerate(marks) if mark == marks[0]]
    bounds = itertools.pairwise([*starts, len(marks)])
    parts = (Paragraph(lines=paragraph.lines[start:end], page=paragraph.page) for start, end in bounds)
    return [_BULLET.sub("", part.text, count=1) for part in parts]


def is_sure(paragraph: Paragraph) -> bool:
    """Tell text from the marks, lines and logos that recognition takes for letters."""
    return paragraph.sure >= _SURE and bool(_WORD.search(paragraph.text))


def _page(original: Original, page: int, languages: tuple[str, ...]) -> Iterator[Paragraph]:
    drawn = run_child(original, page_worker.__file__, str(page), limits=_DRAWING, needs="pypdfium2")
    for item in _recognised(original, "stdin", drawn.stdout, languages):
        yield Paragraph(lines=item.lines, page=page, sure=item.sure)


def _recognised(
    original: Original, source: str | Path, picture: bytes, languages: tuple[str, ...]
) -> tuple[Paragraph, ...]:
    command = ["tesseract", source, "stdout", "-l", "+".join(languages), "tsv"]
    finished = run(command, stdin=picture, limits=_READING, env={"OMP_THREAD_LIMIT": "1"})
    if finished.timed_out:
        raise InputError(original.problem("too_slow", seconds=int(_READING.seconds)))
    if finished.exit_code:
        raise InputError(original.problem("broken_file" if finished.exit_code > 0 else "too_heavy"))
    return tuple(_paragraphs(finished.stdout.decode("utf-8", "replace")))


def _paragraphs(table: str) -> Iterator[Paragraph]:
    """Part the lines where Tesseract sees a paragraph, and where it sees none but a reader would."""
    lines = _lines(table)
    gaps = [below.top - above.top for above, below in itertools.pairwise(lines) if above.place == below.place]
    usual = median(gaps) if gaps else 0.0
    part: list[_Line] = []
    for line in lines:
        if part and (part[-1].place != line.place or _parted(part[-1], line, usual)):
            yield _paragraph(part)
            part = []
        part.append(line)
    if part:
        yield _paragraph(part)


def _parted(above: _Line, below: _Line, usual: float) -> bool:
    """Tell a new paragraph by more room above it, or by letters of another size: those of a heading."""
    small, large = sorted((above.height, below.height))
    return below.top - above.top > _ROOM * usual or large > _LARGER * small


def _paragraph(lines: list[_Line]) -> Paragraph:
    sureness = [sure for line in lines for _, sure in line.words]
    texts = tuple(" ".join(word for word, _ in line.words) for line in lines)
    return Paragraph(lines=texts, page=lines[0].place[0], sure=sum(sureness) / len(sureness))


def _lines(table: str) -> list[_Line]:
    """Put Tesseract's words together: a table with the place, the size and the sureness of each."""
    found: dict[tuple[int, ...], _Line] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        key = tuple(int(row[name]) for name in ("page_num", "block_num", "par_num", "line_num"))
        word = (row.get("text") or "").strip()
        if row["level"] == "4":
            found[key] = _Line(place=key[:3], top=int(row["top"]), height=int(row["height"]), words=[])
        elif word and row["level"] == "5":
            found[key].words.append((word, float(row["conf"])))
    return [line for line in found.values() if line.words]
