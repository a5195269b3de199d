"""Turn two sequences, of parts of a text or of words, into what stayed, what went, what came and what moved."""

import bisect
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

ALIKE = 0.4
"""Two parts are one that was edited where this share of their words aligns; with less a reader sees two texts."""
MOVED = 0.7
"""So much more must be the same in a part that was moved and edited: nothing around it tells that it is the same."""
MOVED_WORDS = 5
"""A part of fewer words is no move unless it has a name: »Kilde: Eksempel« stands in many places."""
_FEW = 10_000
"""Comparisons for which all parts are weighed against each other; with more, the same parts are matched first."""
_LARGEST = 4_000_000
"""Comparisons in one go; longer stretches without one part in common are compared in slices."""
_EDITED = 0.99
"""The weight of an edited part beside the same one, where all else is equal."""
_FIRST_SIGN = 0x10000


@dataclass(frozen=True, slots=True)
class Part:
    """One of a sequence: a block, an item, a row, a sentence. Parts with the same ``key`` are the same; only parts of
    one ``kind`` can be versions of each other, told by their words or by a ``name`` that is not empty."""

    kind: str
    key: Hashable
    words: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Old and new indices in reading order: both where a part stayed, one of them None where it went or came.

    ``moved`` maps the old index of a part that went to the new index where it came again, edited or not.
    """

    steps: tuple[tuple[int | None, int | None], ...]
    moved: Mapping[int, int] = field(default_factory=dict)


def align(old: Sequence[Part], new: Sequence[Part]) -> Alignment:
    """Align two sequences: same parts that keep their order first, then versions of each other between these."""
    sides = _Side(old, _settled(old, new)), _Side(new, _settled(new, old))
    pairs = [pair for gap in _gaps(_anchors(old, new), len(old), len(new)) for pair in _paired(*sides, gap)]
    moved = _moves(old, new, pairs)
    pairs = sorted([*pairs, *_alone(old, new, pairs, moved)])
    return Alignment(tuple(_steps(pairs, len(old), len(new))), moved)


def twins(old: Sequence[Part], new: Sequence[Part]) -> dict[int, int]:
    """Return, wherever they stand, the parts that are the same or nearly so, each once; the most alike first."""
    return _moves(old, new, [])


def _anchors(old: Sequence[Part], new: Sequence[Part]) -> list[tuple[int, int]]:
    """Return the parts that are the same at both ends and, of many, those that occur once and keep their order."""
    first = 0
    while first < min(len(old), len(new)) and old[first].key == new[first].key:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last].key == new[-1 - last].key:
        last += 1
    head = [(index, index) for index in range(first)]
    tail = [(len(old) - last + index, len(new) - last + index) for index in range(last)]
    if (len(old) - first - last) * (len(new) - first - last) <= _FEW:
        return [*head, *tail]
    once_new = _once(new, first, len(new) - last)
    unique = _once(old, first, len(old) - last)
    pairs = [(at, once_new[key]) for key, at in unique.items() if key in once_new]
    return [*head, *_rising(sorted(pairs)), *tail]


def _once(parts: Sequence[Part], start: int, end: int) -> dict[Hashable, int]:
    counts = Counter(part.key for part in parts[start:end])
    return {parts[index].key: index for index in range(start, end) if counts[parts[index].key] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs, sorted by their first, whose second rises as well (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, at) in enumerate(pairs):
        place = bisect.bisect_left(tops, at)
        before.append(ends[place - 1] if place else -1)
        tops[place : place + 1] = [at]
        ends[place : place + 1] = [number]
    run: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


class _Gap(NamedTuple):
    """What lies between two anchors; ``anchor`` is the pair that ends it, None after the last."""

    old: range
    new: range
    anchor: tuple[int, int] | None


def _gaps(anchors: list[tuple[int, int]], olds: int, news: int) -> Iterator[_Gap]:
    i = j = 0
    for anchor in anchors:
        yield _Gap(range(i, anchor[0]), range(j, anchor[1]), anchor)
        i, j = anchor[0] + 1, anchor[1] + 1
    yield _Gap(range(i, olds), range(j, news), None)


class _Side(NamedTuple):
    """One of two sequences, and which of its parts the other has unchanged: these became no others."""

    parts: Sequence[Part]
    settled: Any


def _settled(parts: Sequence[Part], others: Sequence[Part]) -> Any:
    own, other = Counter(part.key for part in parts), Counter(part.key for part in others)
    return np.array([other[part.key] >= own[part.key] for part in parts], dtype=bool)


def _paired(old: _Side, new: _Side, gap: _Gap) -> Iterator[tuple[int, int]]:
    """Yield the pairs of versions in a gap that keep their order and have most words in common, then its anchor."""
    if gap.old and gap.new:
        slices = max(1, math.ceil(math.sqrt(len(gap.old) * len(gap.new) / _LARGEST)))
        for number in range(slices):
            olds, news = (_slice(side, number, slices) for side in (gap.old, gap.new))
            alike = _likeness([old.parts[i] for i in olds], [new.parts[j] for j in news])
            settled = old.settled[list(olds), None] | new.settled[list(news)]
            alike = np.where(settled & (alike < 1), 0, alike)
            sizes = _sizes(old.parts, olds)[:, None] + _sizes(new.parts, news)
            yield from _heaviest(olds, news, alike * sizes)
    if gap.anchor:
        yield gap.anchor


def _slice(side: range, number: int, slices: int) -> range:
    return side[len(side) * number // slices : len(side) * (number + 1) // slices]


def _likeness(old: Sequence[Part], new: Sequence[Part], least: float = ALIKE) -> Any:
    """Return how alike any two are, from ``least`` to 1, as a matrix; 0 where they are no versions of each other."""
    signs: dict[Hashable, str] = {}
    lines = [["".join([sign_of(signs, word) for word in part.words]) for part in side] for side in (old, new)]
    alike = cdist(*lines, scorer=Indel.normalized_similarity, score_cutoff=least, dtype=np.float32)
    kinds = {kind: number for number, kind in enumerate(sorted({part.kind for part in (*old, *new)}))}
    same = np.array([kinds[part.kind] for part in old])[:, None] == np.array([kinds[part.kind] for part in new])
    for i, j in _namesakes(old, new):
        alike[i, j] = 1
    keys: dict[Hashable, int] = {}
    numbers = [np.array([keys.setdefault(part.key, len(keys)) for part in side]) for side in (old, new)]
    return np.where(same, alike * np.where(numbers[0][:, None] == numbers[1], 1, _EDITED), 0)


def _sizes(parts: Sequence[Part], which: range) -> Any:
    return np.array([len(parts[index].words) + 1 for index in which], dtype=np.float32)


def sign_of(signs: dict[Hashable, str], word: Hashable) -> str:
    """Return one letter that stands for a word: lines of such letters are compared a hundred times as fast."""
    found = signs.get(word)
    if found is None:
        found = signs[word] = chr(_FIRST_SIGN + len(signs))
    return found


def _namesakes(old: Sequence[Part], new: Sequence[Part]) -> Iterator[tuple[int, int]]:
    named = defaultdict(list)
    for j, part in enumerate(new):
        if part.name:
            named[part.name].append(j)
    return ((i, j) for i, part in enumerate(old) if part.name for j in named[part.name])


def _heaviest(olds: range, news: range, weight: Any) -> list[tuple[int, int]]:
    """Return the pairs in rising order whose weight sums up to the most; of equals the earlier ones."""
    best = np.zeros((len(olds) + 1, len(news) + 1), dtype=np.float32)
    for i in range(len(olds)):
        step = np.where(weight[i] > 0, best[i, :-1] + weight[i], 0)
        best[i + 1, 1:] = np.maximum.accumulate(np.maximum(best[i, 1:], step))
    pairs: list[tuple[int, int]] = []
    i, j = len(olds), len(news)
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((olds[i], news[j]))
    return pairs[::-1]


def _moves(old: Sequence[Part], new: Sequence[Part], pairs: list[tuple[int, int]]) -> dict[int, int]:
    """Return which of the parts that went came again elsewhere: the same ones, then the most alike."""
    gone, come = _left(old, new, pairs)
    gone = [i for i in gone if old[i].name or len(old[i].words) >= MOVED_WORDS]
    come = [j for j in come if new[j].name or len(new[j].words) >= MOVED_WORDS]
    if not gone or not come or len(gone) * len(come) > _LARGEST:
        return {}
    alike = _likeness([old[i] for i in gone], [new[j] for j in come], MOVED)
    found = sorted((-float(alike[a, b]), gone[a], come[b]) for a, b in zip(*np.nonzero(alike), strict=True))
    moved: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in found:
        if i not in moved and j not in taken:
            moved[i] = j
            taken.add(j)
    return dict(sorted(moved.items()))


def _left(old: Sequence[Part], new: Sequence[Part], pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    stayed, kept = {i for i, _ in pairs}, {j for _, j in pairs}
    return [i for i in range(len(old)) if i not in stayed], [j for j in range(len(new)) if j not in kept]


def _alone(
    old: Sequence[Part], new: Sequence[Part], pairs: list[tuple[int, int]], moved: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield what is left alone on both sides between two pairs: the one stands in the place of the other."""
    arrived = set(moved.values())
    for gap in _gaps(pairs, len(old), len(new)):
        gone, come = [i for i in gap.old if i not in moved], [j for j in gap.new if j not in arrived]
        if len(gone) == len(come) == 1 and old[gone[0]].kind == new[come[0]].kind:
            yield gone[0], come[0]


def _steps(pairs: list[tuple[int, int]], olds: int, news: int) -> Iterator[tuple[int | None, int | None]]:
    for gap in _gaps(pairs, olds, news):
        yield from ((i, None) for i in gap.old)
        yield from ((None, j) for j in gap.new)
        if gap.anchor:
            yield gap.anchor
