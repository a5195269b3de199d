"""Turn mended blocks into passages: each with its lasting name and, in the internal edition, what it rests on."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from forankring import text
from forankring.drafting import BlockSource, describe
from forankring.language import Locale
from forankring.text import Node

PASSAGE = "passage"
"""The class of a division around one paragraph, list, table or quotation; it is there to be linked to."""
RESTS = "rests"
"""The class of a span with what a passage rests on; only the internal edition has any."""

LINKED = "linked"
"""The class of a passage that a link in the text leads to: Word and PDF keep the names of these alone."""

OF_THE_BUILD = frozenset({PASSAGE, RESTS, LINKED, "permalink"})
"""Classes that the build alone gives: in a text they would take a name from its place, or hide words."""

_CATALOGUE = "catalogue:"
_NUMBER = re.compile(r"\bB\d+(?:-\d+)?\b")


class Rests:
    """What each block of a chapter rests on, found by its words: blocks with the same words take turns."""

    def __init__(self, sources: Iterable[BlockSource], *, shown: bool) -> None:
        self.shown = shown
        self._by_digest: defaultdict[str, list[BlockSource]] = defaultdict(list)
        for source in sources:
            self._by_digest[source.digest].append(source)

    def of(self, block: Node) -> BlockSource:
        """Return what is known of a block; of one that is not known, its own description."""
        own = describe(block, ())
        same = self._by_digest[own.digest]
        return (same.pop(0) if len(same) > 1 else same[0]) if same else own


def passage(name: str, blocks: list[Node], said: list[Node]) -> Node:
    """Return the division around a passage; what it rests on is ``said`` at the end of its paragraph, or below it."""
    return {"t": "Div", "c": [[name, [PASSAGE], []], _ended(blocks, said) if said else blocks]}


def _ended(blocks: list[Node], said: list[Node]) -> list[Node]:
    *before, last = blocks or [{"t": ""}]
    match last["t"]:
        case "Para" | "Plain":
            return [*before, {"t": "Para", "c": [*last["c"], {"t": "Space"}, *said]}]
        case "BlockQuote":
            return [*before, {"t": "BlockQuote", "c": _ended(last["c"], said)}]
        case _:  # a list, a table, a quotation of nothing
            return [*blocks, {"t": "Para", "c": said}]


def rests_on(found: BlockSource, block: Node, locale: Locale) -> list[Node]:
    """Return ``[B012-03, B013-01]``, each a link to the point in the annex; nothing where there is nothing to say.

    A point that the block's own words name is not named twice.
    """
    read = set(_NUMBER.findall(text.plain(block)))
    unsaid = [source for source in found.sources if source not in read]
    parts = [*_edited(found, locale), *_points(unsaid), *_entries(unsaid, locale)]
    if not parts:
        return []
    words: list[Node] = [{"t": "Str", "c": "["}]
    for number, part in enumerate(parts):
        words += [{"t": "Str", "c": ","}, {"t": "Space"}] if number else []
        words += part
    return [{"t": "Span", "c": [["", [RESTS], []], [*words, {"t": "Str", "c": "]"}]]}]


def is_passage(block: Node) -> bool:
    """Tell the division around a passage."""
    return block["t"] == "Div" and PASSAGE in block["c"][0][1]


def is_linked(passage: Node) -> bool:
    """Tell a passage that a link in the text leads to."""
    return LINKED in passage["c"][0][1]


def _edited(found: BlockSource, locale: Locale) -> Iterator[list[Node]]:
    if found.origin == "editor":
        yield text.inlines(locale.label("internal.edited"))


def _points(sources: Iterable[str]) -> Iterator[list[Node]]:
    """Yield a link for every point, and for a submission of which no point is named."""
    own = [source for source in sources if not source.startswith(_CATALOGUE)]
    whole = {source.partition("-")[0] for source in own if "-" in source}
    for source in own:
        if "-" in source or source not in whole:
            words = [{"t": "Str", "c": source}]
            yield [{"t": "Link", "c": [["", [], []], words, [f"#hoering-{source.lower()}", ""]]}]


def _entries(sources: Iterable[str], locale: Locale) -> Iterator[list[Node]]:
    """Yield how many entries of each list of the catalogue there are: their names are long, and stand in the list."""
    named = (source.removeprefix(_CATALOGUE) for source in sources if source.startswith(_CATALOGUE))
    for name, count in sorted(Counter(entry.partition("/")[0] for entry in named).items()):
        shown = locale.label(f"internal.lists.{name}")
        yield text.inlines(locale.label("internal.catalogue", name=shown, n=locale.number(count)))
