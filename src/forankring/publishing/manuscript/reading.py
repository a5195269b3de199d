"""Turn the Markdown of chapters into blocks with few pandoc calls, each chapter read as a file of its own."""

import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from forankring import text
from forankring.errors import ToolError
from forankring.process import Limits, pandoc_command, run
from forankring.text import Node

_LIMITS = Limits(seconds=120)
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
    """Read some chapters in one call; a marker file after each, which no chapter can contain, parts the result."""
    marker = hashlib.sha256("\0".join(chapters.values()).encode()).hexdigest()
    with tempfile.TemporaryDirectory(prefix="forankring-") as folder:
        files: list[str] = []
        Path(folder, "mark").write_text(f"```\n{marker}\n```\n", encoding="utf-8")
        for number, markdown in enumerate(chapters.values()):
            files += [f"c{number}", "mark"]
            Path(folder, files[-2]).write_text(_CONTROL.sub(" ", spaced_headings(markdown)) + "\n", encoding="utf-8")
        # The names stand before identifiers: they must be short, the same everywhere, and so relative to the folder.
        command = pandoc_command(["--from", text.READER, "--to", "json", "--file-scope", *files])
        finished = run(command, limits=_LIMITS, cwd=Path(folder))
    if finished.exit_code != 0:
        raise ToolError("pandoc", None if finished.timed_out else finished.exit_code, finished.last_lines)
    blocks = text.load_json(finished.stdout).blocks
    trees = finished.stdout.decode("utf-8").split(marker)[:-1]
    return list(zip(chapters, _parted(blocks, marker), trees, strict=True))


def _parted(blocks: tuple[Node, ...], marker: str) -> Iterator[list[Node]]:
    part: list[Node] = []
    for block in blocks:
        if block["t"] == "CodeBlock" and block["c"][1] == marker:
            yield part
            part = []
        else:
            part.append(block)


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
