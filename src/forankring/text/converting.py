"""Parse and write many small texts through one pandoc that stays: each costs 2 ms instead of 40."""

from types import TracebackType
from typing import Self

from forankring.errors import ToolError
from forankring.language import Locale
from forankring.process import Worker, WorkerError, pandoc_worker_command
from forankring.text.markdown import LIMITS, READER, WRITER, dump_json, load_json, ready
from forankring.text.nodes import Document

_MOST = 256 * 1024 * 1024
"""Bytes that one text may come to."""


class Converter:
    """Does what ``parse`` and ``write`` do, byte for byte; raises ToolError as they do.

    Use it from one thread, in a ``with`` statement: its pandoc ends with that.
    """

    def __init__(self) -> None:
        self._worker = Worker(pandoc_worker_command(), most=_MOST)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._worker.close()

    def parse(self, markdown: str) -> Document:
        """Parse Markdown."""
        return load_json(self._asked(READER, "json", markdown.encode() + b"\n"))

    def write(self, document: Document, locale: Locale) -> str:
        """Return the document in the source normal form."""
        written = self._asked("json", WRITER, dump_json(ready(document, locale))).decode()
        return written if written.endswith("\n") else f"{written}\n"

    def _asked(self, reader: str, writer: str, data: bytes) -> bytes:
        try:
            word, answer = self._worker.ask(f"{reader} {writer}", data, seconds=LIMITS.seconds)
        except WorkerError as ended:
            raise ToolError("pandoc", None if ended.timed_out else ended.exit_code, "") from ended
        if word != "ok":
            raise ToolError("pandoc", 1, answer.decode("utf-8", "replace"))
        return answer
