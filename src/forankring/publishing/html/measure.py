"""Turn the words of tables and addresses into the room that a browser gives them on screen and on paper."""

import re
from collections.abc import Iterator
from typing import Any

from forankring import text
from forankring.publishing.manuscript.columns import column_shares, longest_words, words_in
from forankring.text import Node

_CLOSER = 1.25
"""How much more stands on a line of a crowded table, which is printed in smaller letters."""
_OVERFULL = "overfull"
_ADDRESS = re.compile(r"\S{8,}/\S{8,}")


def measured(table: Node, line: int) -> tuple[list[str], list[Any]]:
    """Return whether the table is crowded, and its columns with the widths that their words want.

    Left alone, a browser gives most to the longest address, however little else stands in its column.
    """
    rows, columns = words_in(table), table["c"][2]
    wanted = sum(longest_words(rows, len(columns)))
    classes = ["crowded"] * (wanted > line) + [_OVERFULL] * (wanted > line * _CLOSER)
    shares = column_shares(rows, len(columns), round(line * _CLOSER) if classes else line)
    widths = [{"t": "ColWidth", "c": round(share / sum(shares), 4)} for share in shares]
    return classes, [[side, width] for (side, _), width in zip(columns, widths, strict=True)]


def turning(blocks: list[Node]) -> list[str]:
    """Return the classes of a wide division: whether paper is turned for it, and whether a heading comes with it."""
    full = any(node["t"] == "Table" and _OVERFULL in node["c"][0][1] for node in text.walk(blocks))
    return ["turned"] * full + ["headed"] * (blocks[:1] != [] and blocks[0]["t"] == "Header")


def breakable(words: str) -> Iterator[Node]:
    """Yield words in which a line may end after each slash of an address; a browser would keep it whole, and widen
    a table's column for it."""
    for part in re.split(r"(?<=\w/)(?=\w)", words) if _ADDRESS.search(words) else [words]:
        yield {"t": "Str", "c": part}
        if part.endswith("/"):
            yield {"t": "RawInline", "c": ["html", "<wbr>"]}
