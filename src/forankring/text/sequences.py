"""Turn three versions of a sequence of parts into one: what each part becomes, then where it stands."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from forankring.text.alignment import Part, align, twins
from forankring.text.clashes import Clash
from forankring.text.nodes import Node
from forankring.text.ordering import Place, Side, order, side
from forankring.text.paragraphs import Texts, fused
from forankring.text.parts import BLOCKS, ITEMS, SENTENCES, Level, is_text
from forankring.text.tokens import key_of

One = Callable[[Any, Any, Any], Any]
"""Merge ``(base, ours, theirs)`` of one part that both sides changed."""


class Work(Protocol):
    """The merge that a sequence is part of: it takes note of what met."""

    clashes: list[Clash]

    def clash(self, level: Level, base: Any, ours: Any, theirs: Any) -> Any:
        """Note that theirs does not go with ours, which is returned."""

    def fused(self, texts: Texts) -> list[Node]:
        """Merge texts in which paragraphs that were split or joined are one."""


@dataclass(slots=True)
class ThreeSequences:
    """Merges one sequence: what each part becomes, then where it stands."""

    work: Work
    level: Level
    one: One
    three: tuple[Sequence[Any], Sequence[Any], Sequence[Any]]

    def merged(self) -> list[Any]:
        """Return the merged sequence."""
        parts = [[self.level.part(member) for member in members] for members in self.three]
        ours = side("ours", len(parts[1]), align(parts[0], parts[1]))
        theirs = side("theirs", len(parts[2]), align(parts[0], parts[2]))
        if self.level is BLOCKS and (texts := fused(self.three, parts, (ours.stayed, theirs.stayed))):
            return self.work.fused(texts)
        kept = self._kept(parts, ours, theirs)
        places = order(ours, theirs, sorted(kept), self._said_twice(parts, ours, theirs))
        members: dict[str, Any] = {"ours": self.three[1], "theirs": self.three[2], "base": kept}
        merged = [members[name][index] for name, index in places]
        return self._once(merged, places, parts) if self.level in (SENTENCES, ITEMS) else merged

    def _once(self, merged: list[Any], places: list[Place], parts: list[list[Part]]) -> list[Any]:
        """Leave out what came and stands more often now than in any of the texts, as when both split a sentence."""
        most = Counter(part.key for part in parts[0])
        for other in parts[1:]:
            most |= Counter(part.key for part in other)
        keys: list[Hashable] = [key_of(member) for member in merged]
        surplus = Counter(keys) - most
        result: list[Any] = []
        for (name, _), key, member in zip(reversed(places), reversed(keys), reversed(merged), strict=True):
            if name != "base" and surplus[key] > 0 and key in most:
                surplus[key] -= 1
            else:
                result.append(member)
        return result[::-1]

    def _kept(self, parts: list[list[Part]], ours: Side, theirs: Side) -> dict[int, Any]:
        """Return what the base's parts become, without those that go."""
        kept: dict[int, Any] = {}
        undone: list[int] = []
        for i, part in enumerate(parts[0]):
            o, t = ours.stayed.get(i), theirs.stayed.get(i)
            if o is not None and t is not None:
                merged = self._one(parts, i, o, t)
                if not _is_empty(merged) or _is_empty(self.three[0][i]):
                    kept[i] = merged
            elif o is not None and parts[1][o].key != part.key:
                kept[i] = self.work.clash(self.level, self.three[0][i], self.three[1][o], None)
            elif t is not None and parts[2][t].key != part.key:
                undone.append(i)
        for i in undone:
            self._note_undone(i, self.three[2][theirs.stayed[i]], kept)
        return kept

    def _one(self, parts: list[list[Part]], i: int, o: int, t: int) -> Any:
        """Return what becomes of a part that all three have."""
        base, ours, theirs = parts[0][i].key, parts[1][o].key, parts[2][t].key
        if theirs in (base, ours):
            return self.three[1][o]
        if ours == base:
            return self.three[2][t]
        return self.one(self.three[0][i], self.three[1][o], self.three[2][t])

    def _note_undone(self, i: int, theirs: Any, kept: dict[int, Any]) -> None:
        """Note that we deleted what theirs edited, and between which parts it stood."""
        before = [kept[k] for k in range(i) if k in kept][-1:]
        after = [kept[k] for k in range(i + 1, len(self.three[0])) if k in kept][:1]
        show = self.level.show
        self.work.clashes.append(
            Clash(
                level=self.level.name,
                base=show([self.three[0][i]]),
                ours=(),
                theirs=show([theirs]),
                before=show(before),
                after=show(after),
            )
        )

    def _said_twice(self, parts: list[list[Part]], ours: Side, theirs: Side) -> frozenset[int]:
        """Return the parts that came on their side and, the same or much alike, on ours: ours stands."""
        came = (
            [j for j in range(ours.size) if j not in ours.came],
            [j for j in range(theirs.size) if j not in theirs.came],
        )
        same = self._same_place(parts, ours, theirs)
        pairs = twins([parts[1][j] for j in came[0]], [parts[2][j] for j in came[1]])
        for o, t in pairs.items():
            our, their = came[0][o], came[1][t]
            if their not in same and parts[1][our].key != parts[2][their].key:
                self.work.clash(self.level, None, self.three[1][our], self.three[2][their])
        return frozenset((*same, *(came[1][t] for t in pairs.values())))

    def _same_place(self, parts: list[list[Part]], ours: Side, theirs: Side) -> set[int]:
        """Return the parts of theirs that the very same part of ours stands beside, however short they are."""
        here = Counter((after, parts[1][j].key) for after, j in _arrivals(ours))
        found: set[int] = set()
        for after, j in _arrivals(theirs):
            if here[after, parts[2][j].key] > 0:
                here[after, parts[2][j].key] -= 1
                found.add(j)
        return found | self._same_words(parts, ours, theirs, found)

    def _same_words(self, parts: list[list[Part]], ours: Side, theirs: Side, found: set[int]) -> set[int]:
        """Return the parts of theirs that say what a part of ours says in the same place, and look otherwise."""
        looks = {parts[2][j].key for j in found}
        here = {
            (after, parts[1][j].kind, parts[1][j].words): j
            for after, j in _arrivals(ours)
            if parts[1][j].words and parts[1][j].key not in looks
        }
        same: set[int] = set()
        for after, j in _arrivals(theirs):
            our = None if j in found else here.pop((after, parts[2][j].kind, parts[2][j].words), None)
            if our is not None:
                self.work.clash(self.level, None, self.three[1][our], self.three[2][j])
                same.add(j)
        return same


def _arrivals(text: Side) -> Iterator[tuple[int, int]]:
    """Yield each part that came, behind the base's part that it stands after."""
    after = -1
    for j in range(text.size):
        if j in text.came:
            after = text.came[j]
        else:
            yield after, j


def _is_empty(member: Any) -> bool:
    """Tell a paragraph, sentence or item of which both sides together left nothing."""
    return member == [] or (isinstance(member, dict) and is_text(member) and not member["c"])
