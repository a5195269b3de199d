"""Say for every block of every chapter what it rests on: points, catalogue entries, the template, or an editor."""

import difflib
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from forankring.text import Node, plain, units

PATH = "provenance.json"
_ALIKE = 0.6
_LETTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSource:
    """What one block rests on. ``digest`` is of its text; ``origin`` is ``template`` or ``editor``; ``start`` and
    ``end`` are letters of its text, to find it by; ``name`` is what links lead to, empty until it is given."""

    digest: str
    start: str
    end: str = ""
    origin: str
    sources: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What one block says, with one space between words, the heading above it, and what it rests on."""

    under: str
    words: str
    sources: tuple[str, ...]


Provenance = Mapping[str, tuple[BlockSource, ...]]
"""Chapter key → its blocks in reading order."""


def describe(block: Node, sources: Iterable[str], origin: str = "template") -> BlockSource:
    """Return the provenance of one block."""
    text = _flat(plain(block))
    start, end = text[:_LETTERS], text[-_LETTERS:]
    return BlockSource(digest=digest_of(text), start=start, end=end, origin=origin, sources=tuple(sorted(set(sources))))


def digest_of(words: str) -> str:
    """Return the digest of a block by its words, with one space between them."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def carry_over(generated: tuple[BlockSource, ...], edited: Iterable[Node]) -> tuple[BlockSource, ...]:
    """Return the provenance of a chapter as edited: a block that reads as generated keeps its sources, the others are
    an editor's, with the sources of the generated block that they resemble most."""
    by_digest: defaultdict[str, list[BlockSource]] = defaultdict(list)
    for block in generated:
        by_digest[block.digest].append(block)
    blocks = [describe(block, (), "editor") for block in units(edited)]
    present = {block.digest for block in blocks}
    gone = [block for block in generated if block.digest not in present]
    return tuple(_nearest(block, by_digest[block.digest], gone) for block in blocks)


def passages(known: Iterable[BlockSource], chapter: Iterable[Node]) -> tuple[Passage, ...]:
    """Return the blocks of a chapter in reading order with what each rests on."""
    blocks = list(units(chapter))
    spoken = [_flat(plain(block)) for block in blocks]
    under, found = "", []
    for block, words, sources in zip(blocks, spoken, sources_of_blocks(known, spoken), strict=True):
        under = words if block["t"] == "Header" else under
        found.append(Passage(under, words, sources))
    return tuple(found)


def sources_of(chapter: Iterable[Passage], said: str, under: str = "") -> tuple[str, ...]:
    """Return what the first passage that says these words rests on, one ``under`` that heading before all others; the
    words of a row are those of its cells with `` | `` between them."""
    cells = [cell for cell in map(_flat, said.split(" | ")) if cell]
    saying = [passage for passage in chapter if cells and all(cell in passage.words for cell in cells)]
    return min(saying, key=lambda passage: passage.under != under).sources if saying else ()


def sources_of_blocks(known: Iterable[BlockSource], blocks: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return what each block of a chapter rests on, told by its words; blocks with the same words take turns."""
    by_digest: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for source in known:
        by_digest[source.digest].append(source.sources)
    found = (by_digest[digest_of(words)] for words in blocks)
    return tuple((same.pop(0) if len(same) > 1 else same[0]) if same else () for same in found)


def dump_provenance(provenance: Provenance) -> bytes:
    """Return provenance.json; the same provenance gives the same bytes."""
    data = {key: [asdict(block) for block in provenance[key]] for key in sorted(provenance)}
    return (json.dumps({"chapters": data}, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def load_provenance(data: bytes) -> dict[str, tuple[BlockSource, ...]]:
    """Return the provenance from the bytes that ``dump_provenance`` made."""
    chapters = json.loads(data)["chapters"]
    return {key: tuple(_load(block) for block in blocks) for key, blocks in chapters.items()}


def _flat(words: str) -> str:
    return " ".join(words.split())


def _load(block: dict[str, str]) -> BlockSource:
    return BlockSource(**{**block, "sources": tuple(block["sources"])})  # type: ignore[arg-type]  # JSON of our own


def _nearest(block: BlockSource, same: list[BlockSource], gone: list[BlockSource]) -> BlockSource:
    """Return the generated block that reads the same, each once while there are several, or else an editor's."""
    if not same:
        return _edited(block, gone)
    return same.pop(0) if len(same) > 1 else same[0]


def _edited(block: BlockSource, gone: list[BlockSource]) -> BlockSource:
    ratios = ((difflib.SequenceMatcher(None, block.start, old.start).ratio(), old) for old in gone)
    ratio, nearest = max(ratios, key=lambda pair: pair[0], default=(0.0, block))
    if ratio < _ALIKE:
        return block
    return replace(block, sources=nearest.sources)
