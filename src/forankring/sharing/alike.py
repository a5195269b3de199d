"""Turn passages into families of near-identical ones: MinHash for who may be alike, alignment for who is."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from forankring.sharing.families import Families

ALIKE = 60
"""Per cent of the words of two passages that must align; letters would make any two long sentences look alike
(docs/performance.md tells how this was chosen)."""
SHORT, ALIKE_SHORT = 15, 75
"""Passages of fewer words than this need more in common: »Vi foreslår et afsnit om …« begins many points."""
MISREAD = 85
"""Per cent of their letters that is enough as well: a scanned text has a wrong letter in every second word."""
SHINGLE, BANDS, ROWS = 5, 32, 4
"""Letters in a shingle; a pair that has half of its shingles in common meets in one of the bands at 87 %, with 40 % at
56 %, and by chance, with 4 %, hardly ever (32 x 0.04^4)."""
LEADERS = 12
"""How many different passages of one band are compared with each further one; a campaign has one."""
NUMBERED = 25
"""In passages of fewer words than this, other numbers make another point: »initiativ 1.2« is not »initiativ 1.4«."""
COPY, COPY_SHORT = 85, 95
"""Per cent of the letters of two points that align, their words sorted, where they count as one distinct point; more
where they are short, for one word may be all the difference. Rather one too many counted than two made one."""
_SEED = 1


def families(passages: Iterable[str], turning: frozenset[str], alike: int = ALIKE) -> dict[str, int]:
    """Return the number of its family for every different passage; neither order nor repetition changes anything.

    Passages are folded (``words.folded``); ``turning`` are the words that turn a meaning round (»ikke«).
    """
    texts = sorted(set(passages))
    found = Families(len(texts))
    for run in _meetings(_signatures(texts)):
        leaders: list[int] = []
        for passage in run:
            if any(found.root(leader) == found.root(passage) for leader in leaders):
                continue
            same = next((one for one in leaders if is_alike(texts[one], texts[passage], turning, alike)), None)
            if same is not None:
                found.join(same, passage)
            elif len(leaders) < LEADERS:
                leaders.append(passage)
    return {text: found.root(number) for number, text in enumerate(texts)}


def is_alike(one: str, other: str, turning: frozenset[str], alike: int = ALIKE) -> bool:
    """Tell whether two passages are the same text, small edits apart."""
    first, second = one.split(), other.split()
    least = alike if min(len(first), len(second)) >= SHORT else max(alike, ALIKE_SHORT)
    near = 100 * Indel.normalized_similarity(first, second) >= least or fuzz.ratio(one, other) >= MISREAD
    return near and _means_the_same(first, second, turning)


def is_copy(one: str, other: str, turning: frozenset[str]) -> bool:
    """Tell whether two points say the same and neither adds anything, whatever order their sentences have."""
    first, second = one.split(), other.split()
    least = COPY if min(len(first), len(second)) >= NUMBERED else COPY_SHORT
    return one == other or (
        fuzz.token_sort_ratio(one, other, score_cutoff=least) > 0 and _means_the_same(first, second, turning)
    )


def _means_the_same(one: Sequence[str], other: Sequence[str], turning: frozenset[str]) -> bool:
    """Copies that say the opposite, or name another number, must never be counted as one."""
    if sum(word in turning for word in one) != sum(word in turning for word in other):
        return False
    return min(len(one), len(other)) >= NUMBERED or _numbers(one) == _numbers(other)


def _numbers(found: Sequence[str]) -> list[str]:
    return [word for word in found if word.isdecimal()]


def _signatures(texts: Sequence[str]) -> "np.ndarray[Any, np.dtype[np.uint32]]":
    """Return one number a band for every text."""
    from datasketch import MinHash  # noqa: PLC0415  # it loads scipy: a second that whoever only quotes need not wait

    bands = np.zeros((len(texts), BANDS), dtype=np.uint32)
    made = MinHash(num_perm=BANDS * ROWS, seed=_SEED, hashfunc=zlib.crc32, scheme="affine32")
    mixing = np.random.RandomState(_SEED).randint(1, 2**62, size=ROWS, dtype=np.int64).astype(np.uint64) | np.uint64(1)
    for number, text in enumerate(texts):
        made.clear()
        made.update_batch(_shingles(text))
        rows = made.hashvalues.astype(np.uint64).reshape(BANDS, ROWS)
        bands[number] = (rows * mixing).sum(axis=1, dtype=np.uint64) >> np.uint64(32)
    return bands


def _shingles(text: str) -> list[bytes]:
    data = text.encode()
    return list({data[at : at + SHINGLE] for at in range(max(1, len(data) - SHINGLE + 1))})


def _meetings(bands: "np.ndarray[Any, np.dtype[np.uint32]]") -> Iterator[list[int]]:
    """Yield the texts, by number, that agree in one band; smaller memory than an index of every band at once."""
    for band in range(BANDS if len(bands) else 0):
        column = bands[:, band]
        order = np.argsort(column, kind="stable")
        cuts = np.flatnonzero(np.diff(column[order])) + 1
        starts, ends = np.concatenate(([0], cuts)), np.concatenate((cuts, [len(order)]))
        for at in np.flatnonzero(ends - starts > 1):
            yield [int(number) for number in order[starts[at] : ends[at]]]
