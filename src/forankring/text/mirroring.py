"""Turn two sequences into what became of them so that, when they change places, exactly the opposite has become.

Where several alignments are as good as each other, one is chosen by what the sequences say, not by which is the old.
"""

from collections.abc import Sequence

from forankring.text.alignment import Alignment, Part, align
from forankring.text.comparing import Change, Token, compare


def align_mirrored(old: Sequence[Part], new: Sequence[Part]) -> Alignment:
    """Align two sequences as ``align`` does."""
    if [str(part.key) for part in old] <= [str(part.key) for part in new]:
        return align(old, new)
    turned = align(new, old)
    pairs = [(i, j) for j, i in turned.steps if i is not None and j is not None]
    return Alignment(_steps(pairs, len(old), len(new)), {i: j for j, i in sorted(turned.moved.items())})


def compare_mirrored(old: Sequence[Token], new: Sequence[Token]) -> tuple[Change, ...]:
    """Compare two lines of words as ``compare`` does."""
    if list(old) <= list(new):
        return compare(old, new)
    return tuple(Change(i, end, j, stop) for j, stop, i, end in compare(new, old))


def _steps(pairs: Sequence[tuple[int, int]], olds: int, news: int) -> tuple[tuple[int | None, int | None], ...]:
    """Return the pairs and what stands between them, what went before what came."""
    steps: list[tuple[int | None, int | None]] = []
    i = j = 0
    for at, to in [*pairs, (olds, news)]:
        steps += [*((gone, None) for gone in range(i, at)), *((None, come) for come in range(j, to))]
        if at < olds:
            steps.append((at, to))
        i, j = at + 1, to + 1
    return tuple(steps)
