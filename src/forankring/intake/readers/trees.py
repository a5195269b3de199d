"""Turn a document into sanitised pandoc blocks, by a pandoc that reads one file after another within limits."""

import contextlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forankring.errors import InputError, Problem
from forankring.intake.records import Original, Piece
from forankring.process import Worker, WorkerError, pandoc_worker_command
from forankring.text import Node, clean_text, plain, sanitise

SECONDS = 20
LONGEST = 256 * 1024 * 1024
"""Bytes of JSON that one document may come to."""

_OUT_OF_HEAP = 251
_WORD = rb'\{"t":"Str","c":"(?:[^"\\]|\\.)*"\}'
_GAP = rb',\{"t":"Space"\},'
_PHRASE = re.compile(_WORD + rb"(?:" + _GAP + _WORD + rb")+")
_BETWEEN = b'"},{"t":"Space"},{"t":"Str","c":"'


@dataclass(frozen=True, slots=True)
class Tree:
    """A document as pandoc reads it: blocks as they came, and its title. Words that only spaces part are one ``Str``,
    which makes a tree a fifth as large."""

    blocks: tuple[Node, ...]
    title: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The blocks, sanitised."""
        return tuple(Piece(node=node) for node in sanitise(self.blocks))


def read_tree(original: Original, reader: str, *, data: bytes | None = None) -> Tree:
    """Read the original, or ``data``, which is text, in its stead; raise InputError where it does not go well."""
    given = original.path.read_bytes() if data is None else data + b"\n"  # pandoc wants a text to end its last line
    with _worker() as worker:
        try:
            word, answer = worker.ask(f"{reader} json", given, seconds=SECONDS)
        except WorkerError as ended:
            raise InputError(_reason(original, ended)) from ended
    if word != "ok":
        raise InputError(original.problem("broken_file"))
    return _tree(original, answer)


def _reason(original: Original, ended: WorkerError) -> Problem:
    if ended.timed_out:
        return original.problem("too_slow", seconds=SECONDS)
    heavy = ended.exit_code == _OUT_OF_HEAP or (ended.exit_code or 0) < 0
    return original.problem("too_heavy" if heavy else "broken_file")


class _Pool:
    """Pandocs that wait for the next file; they end when nobody reads any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._readers = 0

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        with self._lock:
            self._readers += 1
        try:
            yield
        finally:
            with self._lock:
                self._readers -= 1
                ending = [] if self._readers else self._idle
                self._idle = self._idle if self._readers else []
            for worker in ending:
                worker.close()

    @contextlib.contextmanager
    def worker(self) -> Iterator[Worker]:
        with self.open():
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            worker = worker or Worker(pandoc_worker_command(), most=LONGEST)
            try:
                yield worker
            finally:
                with self._lock:
                    self._idle.append(worker)


_pool = _Pool()
_worker = _pool.worker
pandocs = _pool.open
"""Keep the pandocs that read inside ``with pandocs():`` for the next file; without it each file starts its own."""


def _tree(original: Original, data: bytes) -> Tree:
    try:
        tree: dict[str, Any] = json.loads(_PHRASE.sub(_one_string, data))
    except RecursionError as error:
        raise InputError(original.problem("too_heavy")) from error
    return Tree(blocks=tuple(tree["blocks"]), title=clean_text(plain(tree["meta"].get("title", {}).get("c"))))


def _one_string(words: re.Match[bytes]) -> bytes:
    return words.group().replace(_BETWEEN, b" ")
