"""Turn a document into sanitised pandoc blocks, by a pandoc that is held to its limits."""

import json
from dataclasses import dataclass
from typing import Any

from forankring.errors import InputError
from forankring.intake.records import Original, Piece
from forankring.process import Limits, pandoc_command, run
from forankring.text import Node, clean_text, plain, sanitise

SECONDS = 20
LIMITS = Limits(seconds=SECONDS, output_mib=256)
_OUT_OF_HEAP = 251


@dataclass(frozen=True, slots=True)
class Tree:
    """A document as pandoc reads it: blocks as they came, and its title."""

    blocks: tuple[Node, ...]
    title: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The blocks, sanitised."""
        return tuple(Piece(node=node) for node in sanitise(self.blocks))


def read_tree(original: Original, reader: str, *options: str, data: bytes | None = None) -> Tree:
    """Read the original (or ``data`` in its stead) with pandoc; raise InputError where it does not go well."""
    source = [] if data is not None else [original.path]
    command = pandoc_command(["--from", reader, "--to", "json", *options, *source])
    finished = run(command, stdin=data or b"", limits=LIMITS)
    if finished.timed_out:
        raise InputError(original.problem("too_slow", seconds=SECONDS))
    if finished.exit_code == _OUT_OF_HEAP or finished.exit_code < 0:
        raise InputError(original.problem("too_heavy"))
    if finished.exit_code:
        raise InputError(original.problem("broken_file"))
    return _tree(original, finished.stdout)


def _tree(original: Original, data: bytes) -> Tree:
    try:
        tree: dict[str, Any] = json.loads(data)
    except RecursionError as error:
        raise InputError(original.problem("too_heavy")) from error
    return Tree(blocks=tuple(tree["blocks"]), title=clean_text(plain(tree["meta"].get("title", {}).get("c"))))
