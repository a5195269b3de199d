"""Turn many texts in Markdown into documents with few pandoc calls, each text read as a file of its own."""

import hashlib
import re
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from forankring.errors import ToolError
from forankring.process import Limits, pandoc_command, run
from forankring.text.markdown import READER, load_json
from forankring.text.nodes import Document, Node

_LIMITS = Limits(seconds=120)
_AHEAD = 2
_LARGEST = 400_000
"""Letters in one call: so many that pandoc's start no longer counts, few enough for its heap."""


def parse_all(texts: Sequence[str]) -> Iterator[Document]:
    """Yield texts as ``parse`` returns them, many read in one call, two calls ahead; raise ToolError as it does."""
    with ThreadPoolExecutor(max_workers=_AHEAD) as pool:
        waiting: deque[Future[tuple[bytes, str]]] = deque()
        for batch in _batches(texts):
            waiting.append(pool.submit(_read_unmarked, batch))
            if len(waiting) > _AHEAD:
                yield from _documents(*waiting.popleft().result())
        for reading in waiting:
            yield from _documents(*reading.result())


def read_apart(texts: Sequence[str], name: str) -> tuple[bytes, str]:
    """Read texts in one call; return pandoc's JSON of all and the words that stand after each, see ``parted``.

    Footnotes, link definitions and open fences of one text do not reach into the next. The identifiers of the text
    with index 2, and the links to them, begin with ``<name>2__``. Raises ToolError.
    """
    marker = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    with tempfile.TemporaryDirectory(prefix="forankring-") as folder:
        files: list[str] = []
        Path(folder, "mark").write_text(f"```\n{marker}\n```\n", encoding="utf-8")
        for number, markdown in enumerate(texts):
            files += [f"{name}{number}", "mark"]
            Path(folder, files[-2]).write_text(markdown + "\n", encoding="utf-8")
        # The names stand before identifiers: they must be the same everywhere, and so relative to the folder.
        command = pandoc_command(["--from", READER, "--to", "json", "--file-scope", *files])
        finished = run(command, limits=_LIMITS, cwd=Path(folder))
    if finished.exit_code != 0:
        raise ToolError("pandoc", None if finished.timed_out else finished.exit_code, finished.last_lines)
    return finished.stdout, marker


def parted(blocks: Sequence[Node], marker: str) -> Iterator[list[Node]]:
    """Yield the blocks of each text."""
    part: list[Node] = []
    for block in blocks:
        if block["t"] == "CodeBlock" and block["c"][1] == marker:
            yield part
            part = []
        else:
            part.append(block)


def _read_unmarked(texts: Sequence[str]) -> tuple[bytes, str]:
    """Read some texts by a name that none of them holds, and take it off their identifiers again."""
    name = f"x{hashlib.sha256(chr(1).join(texts).encode()).hexdigest()[:24]}n"
    found, marker = read_apart(texts, name)
    return re.sub(rf"{name}\d+__".encode(), b"", found), marker


def _documents(found: bytes, marker: str) -> Iterator[Document]:
    return (Document(tuple(part)) for part in parted(load_json(found).blocks, marker))


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """Part the texts, in order, into calls."""
    batch: list[str] = []
    for text in texts:
        if batch and sum(map(len, batch)) + len(text) > _LARGEST:
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch
