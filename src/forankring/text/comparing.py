"""Turn two lines of words into what changed between them, as a person would mark it."""

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from forankring.text.alignment import sign_of

REWRITTEN = 0.25
"""Where less of the letters than this stayed, one text stands for another, and no word of it is said to have stayed."""
STRAY_WORDS = 3
"""As many words in a row may stand between two longer changes and yet be taken as changed with them."""


class Token(NamedTuple):
    """A word, a space or a sign, and all that makes it look or work as it does."""

    text: str
    form: Hashable = ()


class Change(NamedTuple):
    """Tokens ``old_start:old_end`` of the old text became ``new_start:new_end`` of the new; one may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def compare(old: Sequence[Token], new: Sequence[Token]) -> tuple[Change, ...]:
    """Return what changed between two lines of words, in order: few, readable changes, never one letter less than all.

    Words are matched, spaces follow them. Outside the changes both lines are the same.
    """
    if old == new:
        return ()
    ours, theirs = ([index for index, token in enumerate(line) if not token.text.isspace()] for line in (old, new))
    matched = _matched([old[index] for index in ours], [new[index] for index in theirs])
    ends = [(ours[i], theirs[j]) for i, j in matched]
    return tuple(_changes(old, new, ends))


def _matched(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the words that stayed: as many as can, but for those that stayed by chance."""
    signs: dict[Hashable, str] = {}
    ours, theirs = ("".join([sign_of(signs, word) for word in line]) for line in (old, new))
    pairs = [
        (block.a + offset, block.b + offset)
        for block in LCSseq.opcodes(ours, theirs).as_matching_blocks()
        for offset in range(block.size)
    ]
    runs = _without_strays(_runs(pairs), old, new)
    stayed = sum(_weight(old, i, i + size) for i, _, size in runs)
    if stayed < REWRITTEN * max(_weight(old, 0, len(old)), _weight(new, 0, len(new))):
        return []
    return [(i + offset, j + offset) for i, j, size in runs for offset in range(size)]


_Run = tuple[int, int, int]


def _runs(pairs: list[tuple[int, int]]) -> list[_Run]:
    """Return pairs that follow one another as runs: old start, new start, length."""
    runs: list[_Run] = []
    for i, j in pairs:
        if runs and (i, j) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    return runs


def _without_strays(runs: list[_Run], old: Sequence[Token], new: Sequence[Token]) -> list[_Run]:
    """Drop the few words that stayed between two changes which are both longer: a person would mark all as one."""
    kept: list[_Run] = [(0, 0, 0)]
    ahead = [*runs, (len(old), len(new), 0)]
    number = 0
    while number < len(ahead) - 1:
        before, run, after = kept[-1], ahead[number], ahead[number + 1]
        weight = _weight(old, run[0], run[0] + run[2])
        around = (_between(before, run, old, new), _between(run, after, old, new))
        if run[2] <= STRAY_WORDS and weight <= min(around):
            ahead[number : number + 1] = []
            if len(kept) > 1:  # what stood before it may stand between longer changes now
                number -= 1
                ahead[number] = kept.pop()
        else:
            kept.append(run)
            number += 1
    return kept[1:]


def _between(before: _Run, after: _Run, old: Sequence[Token], new: Sequence[Token]) -> int:
    """Return the letters that changed between two runs, on the side where they are more."""
    return max(
        _weight(old, before[0] + before[2], after[0]),
        _weight(new, before[1] + before[2], after[1]),
    )


def _weight(words: Sequence[Token], start: int, end: int) -> int:
    return sum(len(word.text) for word in words[start:end])


def _changes(old: Sequence[Token], new: Sequence[Token], matched: list[tuple[int, int]]) -> Iterator[Change]:
    """Yield what lies between words that stayed; of the spaces there, those that are the same at either end stayed."""
    i = j = 0
    for at, to in [*matched, (len(old), len(new))]:
        while i < at and j < to and old[i] == new[j] and old[i].text.isspace():
            i, j = i + 1, j + 1
        end, stop = at, to
        while end > i and stop > j and old[end - 1] == new[stop - 1] and old[end - 1].text.isspace():
            end, stop = end - 1, stop - 1
        if end > i or stop > j:
            yield Change(i, end, j, stop)
        i, j = at + 1, to + 1
