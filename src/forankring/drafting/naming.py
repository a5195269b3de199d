"""Turn a chapter's blocks into named ones: a name is given once and stays with its block from version to version."""

import difflib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from forankring.drafting.provenance import BlockSource

_ALIKE = 0.6
_LETTERS = 6
_MOST_PAIRS = 5000
"""How many pairs of blocks are compared in one changed place, a second of work; of more only those near each other."""


def name_blocks(chapter: str, before: Sequence[BlockSource], now: Sequence[BlockSource]) -> tuple[BlockSource, ...]:
    """Return the blocks of now with the names they had before, and new ones for those that had none.

    A block keeps its name when it is moved within its chapter, and when its beginning or its end is still the same.
    """
    names = {place: before[old].name for old, place in _kept(before, now) if before[old].name}
    taken = set(names.values())
    for place, block in enumerate(now):
        if place not in names:
            names[place] = free_name(f"{chapter}-{block.digest[:_LETTERS]}", taken)
            taken.add(names[place])
    return tuple(replace(block, name=names[place]) for place, block in enumerate(now))


def free_name(wanted: str, taken: set[str]) -> str:
    """Return ``wanted``, or the first of ``wanted-2``, ``wanted-3``, … that is not taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _kept(before: Sequence[BlockSource], now: Sequence[BlockSource]) -> Iterator[tuple[int, int]]:
    """Yield which block of before is which of now: first the same in the same order, then moved, then edited ones."""
    digests = [[block.digest for block in blocks] for blocks in (before, now)]
    codes = difflib.SequenceMatcher(None, digests[0], digests[1], autojunk=False).get_opcodes()
    same = [(old, old - i + j) for tag, i, end, j, _ in codes if tag == "equal" for old in range(i, end)]
    same += _moved(digests, {old for old, _ in same}, {new for _, new in same})
    yield from same
    olds, news = {old for old, _ in same}, {new for _, new in same}
    for tag, i, end, j, last in codes:
        if tag == "replace":
            left = [old for old in range(i, end) if old not in olds]
            yield from _edited(before, now, left, [new for new in range(j, last) if new not in news])


def _moved(digests: list[list[str]], olds: set[int], news: set[int]) -> Iterator[tuple[int, int]]:
    free: defaultdict[str, list[int]] = defaultdict(list)
    for old, digest in enumerate(digests[0]):
        if old not in olds:
            free[digest].append(old)
    for new, digest in enumerate(digests[1]):
        if new not in news and free[digest]:
            yield free[digest].pop(0), new


def _edited(
    before: Sequence[BlockSource], now: Sequence[BlockSource], olds: list[int], news: list[int]
) -> Iterator[tuple[int, int]]:
    """Pair the blocks of one changed place that resemble one another, in order: those most alike find each other first.

    A new paragraph put before an edited one may resemble the old words too, but never as much.
    """
    likenesses = {(old, new): _likenesses(before[old], now[new]) for old, new in _near(olds, news)}
    alike = [pair for pair, both in likenesses.items() if max(both) >= _ALIKE]
    kept: list[tuple[int, int]] = []
    for old, new in sorted(alike, key=lambda pair: (-sum(likenesses[pair]), pair)):
        if all((old - other) * (new - place) > 0 for other, place in kept):
            kept.append((old, new))
    yield from kept


def _near(olds: list[int], news: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs to compare: all of them, or where they are too many, those at about the same place."""
    longest = max(len(olds), len(news))
    reach = max(1, _MOST_PAIRS // (2 * longest)) * longest if len(olds) * len(news) > _MOST_PAIRS else longest**2
    for i, old in enumerate(olds):
        yield from ((old, new) for j, new in enumerate(news) if abs(i * len(news) - j * len(olds)) <= reach)


def _likenesses(old: BlockSource, new: BlockSource) -> tuple[float, float]:
    """Return 0 to 1: how much the beginnings are alike, and the ends."""
    pairs = ((old.start, new.start), (old.end, new.end))
    start, end = (difflib.SequenceMatcher(None, first, second).ratio() for first, second in pairs)
    return start, end
