"""Turn the Markdown of chapters into blocks with few pandoc calls, each chapter read as a file of its own."""

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from forankring import text
from forankring.text import Node, parted, read_apart

_BATCHES = 4
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ufffe\uffff]")
"""Signs that no Word file may hold; between words they are meant as a space."""
_TIGHT_HEADING = re.compile(r"(?m)^( {0,3}#{2,6})(?=[^#\s])")


def read_chapters(chapters: Mapping[str, str]) -> Iterator[tuple[str, list[Node], str]]:
    """Yield ``(key, blocks, tree)``, the tree as pandoc wrote it, while it reads what follows in processes of its own.

    Footnotes, link definitions and open fences of one chapter do not reach into the next. Raises ToolError.
    """
    with ThreadPoolExecutor(max_workers=2) as pool:
        batches = _batches(list(chapters), chapters)
        readings = [pool.submit(_read, {key: chapters[key] for key in batch}) for batch in batches]
        for reading in readings:
            yield from reading.result()


def spaced_headings(markdown: str) -> str:
    """Return Markdown in which ``##Title`` is a heading, where it seems to be the writer's way of writing headings.

    It is taken so only in a text without one proper heading: elsewhere ``##7`` may well be what was meant.
    """
    return markdown if _HEADING.search(markdown) else _TIGHT_HEADING.sub(r"\1 ", markdown)


def _read(chapters: Mapping[str, str]) -> list[tuple[str, list[Node], str]]:
    """Read some chapters in one call."""
    texts = [_CONTROL.sub(" ", spaced_headings(markdown)) for markdown in chapters.values()]
    found, marker = read_apart(texts, "c")
    trees = found.decode("utf-8").split(marker)[:-1]
    return list(zip(chapters, parted(text.load_json(found).blocks, marker), trees, strict=True))


def _batches(keys: list[str], chapters: Mapping[str, str]) -> Iterator[list[str]]:
    """Part the chapters, in order, into batches of about the same length."""
    share = sum(map(len, chapters.values())) / _BATCHES
    batch: list[str] = []
    for key in keys:
        batch.append(key)
        if sum(len(chapters[name]) for name in batch) >= share:
            yield batch
            batch = []
    if batch:
        yield batch


def scoped(name: str) -> str:
    """Return an identifier or link target without the prefix that pandoc gives it to keep files apart."""
    return re.sub(r"^c\d+__", "", name)
