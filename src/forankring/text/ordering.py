"""Turn the places of the same parts in three texts into one order, in which whoever moved a part has moved it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from forankring.text.alignment import Alignment

Place = tuple[str, int]
"""``("base", index)`` of a part that was there, or ``("ours", index)`` or ``("theirs", index)`` of one that came."""

_START = -1


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts that grew from the base: which of its parts are which of the base's, and which were moved.

    ``stayed`` maps base indices to this side's; ``moved`` is the part of it that changed places.
    """

    name: str
    size: int
    stayed: Mapping[int, int]
    moved: frozenset[int]
    came: Mapping[int, int] = field(default_factory=dict)


def side(name: str, size: int, alignment: Alignment) -> Side:
    """Return what an alignment of the base with a text says of the text's ``size`` parts."""
    pairs = {i: j for i, j in alignment.steps if i is not None and j is not None}
    stayed = pairs | dict(alignment.moved)
    return Side(name, size, stayed, frozenset(alignment.moved), {j: i for i, j in stayed.items()})


def order(ours: Side, theirs: Side, kept: Sequence[int], left_out: frozenset[int]) -> list[Place]:
    """Return the order of the base's parts that are ``kept`` and of those that came on either side.

    A part stands after the one that it stood after on the side that moved or made it; ours before theirs where both
    stand after the same. Where both moved a part, ours counts. ``left_out`` are parts of theirs that are not wanted.
    """
    steady = {i for i in kept if i not in ours.moved and i not in theirs.moved}
    while True:
        placed = _placed(ours, theirs, steady, frozenset(kept), left_out)
        found = {i for name, i in placed if name == "base"}
        lost = next((i for i in kept if i not in found), None)
        if lost is None:
            return placed
        steady.add(lost)  # each side put its part after the other's: one of them has to stand still


def _placed(ours: Side, theirs: Side, steady: set[int], kept: frozenset[int], left_out: frozenset[int]) -> list[Place]:
    by_ours = ours.moved & kept - steady
    by_theirs = theirs.moved & kept - steady - by_ours
    followers = [
        _followers(ours, kept, by_ours, frozenset()),
        _followers(theirs, kept, by_theirs, left_out),
    ]
    return list(_following([(_START, False), *((i, True) for i in sorted(steady))], followers))


def _followers(
    text: Side, kept: frozenset[int], own: frozenset[int], left_out: frozenset[int]
) -> dict[int, list[Place]]:
    """Return what this side put after each of the parts whose places are not its own to say."""
    found: defaultdict[int, list[Place]] = defaultdict(list)
    after = _START
    for j in range(text.size):
        i = text.came.get(j)
        if i is None:
            if j not in left_out:
                found[after].append((text.name, j))
        elif i in own:
            found[after].append(("base", i))
        elif i in kept:
            after = i
    return found


def _following(first: Sequence[tuple[int, bool]], followers: Sequence[Mapping[int, list[Place]]]) -> Iterator[Place]:
    """Yield each part and after it what follows it; ``first`` tells the start of the text from the parts."""
    for i, is_part in first:
        if is_part:
            yield "base", i
        for side_followers in followers:
            for name, index in side_followers.get(i, ()):
                if name == "base":
                    yield from _following([(index, True)], followers)
                else:
                    yield name, index
