"""Turn plain text into blocks with line numbers: paragraphs, lists, and what looks like headings. Never as Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forankring.intake.detect import decode
from forankring.intake.readers.form import check_size, fields
from forankring.intake.records import Desk, Extract, Original, Piece, Screened
from forankring.ledger import Note
from forankring.text import Node, clean_text, header, inlines, split_front_matter

LONGEST_HEADING = 80
SHORT_HEADING = 60
SHORT_HEADING_WORDS = 7
WHOLE_PARAGRAPH = 120
"""A file without blank lines, with lines this long, has a paragraph on each line."""

_BULLET = re.compile(r"\s*(?:[-*•–·o]|\(?\d{1,2}[.)]|\(?[a-zæøå][.)])\s+")
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*\.|\d+(?:\.\d+)+)\s+[A-ZÆØÅ]")
_OPENING = re.compile(r"(?P<words>[A-ZÆØÅ0-9][A-ZÆØÅÉ0-9 ,:/–-]{2,70}[A-ZÆØÅ0-9])(?P<end>[.?!:])\s+(?=[A-ZÆØÅ»\"])")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines between blank lines; ``line`` is the number of the first."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(line.strip() for line in self.lines)


def read_plain_text(original: Original, _: Desk) -> Extract:
    """Read the file; a block of YAML fields at the top is the sender's envelope."""
    text, encoding = decode(original.path.read_bytes())
    check_size(original, text)
    front, body, first_line = split_front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    guessed = encoding not in ("utf-8", "ascii")
    return Extract(
        form=fields(original, front, first_line=2) if front.strip() else None,
        pieces=tuple(blocks_of(body, first_line)),
        screened=(Screened(text=text, lines=True),),
        notes=(Note(code="encoding_guessed", values={"encoding": encoding}),) if guessed else (),
    )


def blocks_of(text: str, first_line: int = 1) -> Iterator[Piece]:
    """Yield the blocks of plain text. The first line, where it is a heading, ranks above all others."""
    for number, paragraph in enumerate(_paragraphs(clean_text(text), first_line)):
        yield from _pieces(paragraph, level=1 if number == 0 else 2)


def is_heading(line: str) -> bool:
    """Tell whether a line that stands alone looks like a heading: capitals, a number, or few words and no full stop."""
    line = line.strip()
    if not 2 < len(line) <= LONGEST_HEADING or line.count(",") > 1 or not any(map(str.isalpha, line)):
        return False
    if is_capitals(line):
        return line[-1] not in ".,;"
    if line[-1] in ".,;:!" or "@" in line:
        return False
    if _NUMBERED.match(line):
        return True
    short = len(line) <= SHORT_HEADING and len(line.split()) <= SHORT_HEADING_WORDS
    return short and line[0].isupper() and not _BULLET.match(line)


def is_capitals(line: str) -> bool:
    """Tell whether a line is written in capitals, with at least one real word in it."""
    return line == line.upper() and bool(re.search(r"[A-ZÆØÅ]{4}", line))


def opening(text: str) -> str:
    """Return the words in capitals that open a paragraph like a heading (``TEKNOLOGIGLÆDE. Det er …``), or nothing."""
    found = _OPENING.match(text)
    if not found or not re.search(r"[A-ZÆØÅ]{4}", found["words"]):
        return ""
    return found["words"] + (found["end"] if found["end"] == "?" else "")


def _paragraphs(text: str, first_line: int) -> Iterator[Paragraph]:
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    each = len(filled) == len(lines) - (lines[-1] == "") and any(len(line) > WHOLE_PARAGRAPH for line in filled)
    start = 0
    for index in range(len(lines) + 1):
        ends = index == len(lines) or not lines[index].strip() or (each and index > start)
        if ends:
            kept = tuple(lines[start:index])
            if any(line.strip() for line in kept):
                yield Paragraph(first_line + start, kept)
            start = index if each and index < len(lines) and lines[index].strip() else index + 1


def _pieces(paragraph: Paragraph, level: int) -> Iterator[Piece]:
    lines = paragraph.lines
    if len(lines) > 1 and _UNDERLINE.match(lines[1]):
        yield Piece(node=header(level, lines[0].strip()), line=paragraph.line)
        if lines[2:]:
            yield from _pieces(Paragraph(paragraph.line + 2, lines[2:]), level)
        return
    if len(lines) == 1 and is_heading(lines[0]):
        yield Piece(node=header(level, lines[0].strip()), line=paragraph.line, role="heading")
        return
    bullet = next((index for index, line in enumerate(lines) if _BULLET.match(line)), None)
    if bullet is None or not _is_list(lines[bullet:]):
        yield from _paragraph(paragraph)
        return
    if bullet:
        yield from _paragraph(Paragraph(paragraph.line, lines[:bullet]))
    yield Piece(node=_list(lines[bullet:]), line=paragraph.line + bullet)


def _paragraph(paragraph: Paragraph) -> Iterator[Piece]:
    title = opening(paragraph.text)
    if title:
        yield Piece(node=header(2, title), line=paragraph.line, role="opening")
    yield Piece(node={"t": "Para", "c": inlines(paragraph.text)}, line=paragraph.line)


def _is_list(lines: tuple[str, ...]) -> bool:
    """Tell a list from a paragraph that happens to begin with a number: two items, or a sign that only lists have."""
    items = [line for line in lines if _BULLET.match(line)]
    return len(items) > 1 or bool(re.match(r"\s*[-*•–·]\s", items[0]))


def _list(lines: tuple[str, ...]) -> Node:
    items: list[list[str]] = []
    for line in lines:
        found = _BULLET.match(line)
        if found:
            items.append([line[found.end() :].strip()])
        else:
            items[-1].append(line.strip())
    content = [[{"t": "Plain", "c": inlines(" ".join(item))}] for item in items]
    first = re.match(r"\s*\(?(\d{1,2})[.)]", lines[0])
    if not first:
        return {"t": "BulletList", "c": content}
    return {"t": "OrderedList", "c": [[int(first[1]), {"t": "Decimal"}, {"t": "Period"}], content]}
