"""Turn what a chapter was, commit by commit, into who wrote each sentence and cell of it and who removed which."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from forankring.text import Line, Piece
from forankring.text.alignment import align
from forankring.versions.lineage import Lineage, Step
from forankring.versions.records import Commit


class Origin(StrEnum):
    """Whose words: the templates', a person's, or a person's and another's that a merge put together."""

    GENERATED = "generated"
    HAND = "hand"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote or removed something. ``by`` is the commit of who did it: in a sentence of both, the person's.
    ``came`` is the commit that took it into the text; the same where it was done there."""

    origin: Origin
    by: Commit
    came: Commit


@dataclass(frozen=True, slots=True)
class State:
    """A chapter after a commit: its lines, who wrote each of their pieces, and who removed what is gone, by words."""

    lines: tuple[Line, ...] = ()
    written: tuple[tuple[Written, ...], ...] = ()
    gone: Mapping[str, Written] = field(default_factory=dict)

    def pieces(self) -> Iterator[tuple[Line, Piece, Written]]:
        """Yield every piece with its line and who wrote it, in reading order."""
        for line, authors in zip(self.lines, self.written, strict=True):
            for piece, author in zip(line.pieces, authors, strict=True):
                yield line, piece, author

    def counted(self) -> Counter[str]:
        """Return how often each sentence or cell is said."""
        return Counter(piece.words for line in self.lines for piece in line.pieces)


def follow(lineage: Lineage, path: str, lines: Mapping[str, tuple[Line, ...]]) -> dict[str, State]:
    """Return the state of one chapter after every commit; ``lines`` are those of its blobs."""
    states: dict[str, State] = {"": State()}
    for sha, step in lineage.steps.items():
        before = lineage.steps.get(step.base)
        blob = step.chapters.get(path)
        if before and blob == before.chapters.get(path):
            states[sha] = states[step.base]
        else:
            others = tuple(states[other] for other in step.others)
            states[sha] = _Change(lineage, step, states[step.base], others).state(lines[blob] if blob else ())
    return states


@dataclass(frozen=True, slots=True)
class _Change:
    """One commit that changed the chapter: what it went on from, and the states that it could take words from."""

    lineage: Lineage
    step: Step
    before: State
    others: tuple[State, ...]

    def state(self, lines: tuple[Line, ...]) -> State:
        """Return the chapter after the commit."""
        stood = _stood(self.before.lines, lines)
        elsewhere = self._elsewhere()
        written = tuple(tuple(self._written(line, stood.get(j), elsewhere)) for j, line in enumerate(lines))
        after = State(lines, written)
        gone = self.before.counted() - after.counted()
        return State(lines, written, {**self.before.gone, **{words: self._removed(words) for words in sorted(gone)}})

    def _written(self, line: Line, old: int | None, elsewhere: Mapping[str, Written]) -> Iterator[Written]:
        """Yield who wrote the pieces of a line: who wrote them where it stood before, or in what was merged."""
        was = [] if old is None else self._pieces(old)
        for place, piece in enumerate(line.pieces):
            beside = was[place : place + 1] + was
            same = next((author for words, author in beside if words.key == piece.key), None)
            yield same or elsewhere.get(piece.key) or self._new(beside[0][1] if beside else None)

    def _pieces(self, old: int) -> list[tuple[Piece, Written]]:
        return list(zip(self.before.lines[old].pieces, self.before.written[old], strict=True))

    def _elsewhere(self) -> dict[str, Written]:
        """Return what the merged states, or the templates' last merged one, say: taken in by this commit."""
        found: dict[str, Written] = {}
        for state in self.others:
            for _, piece, author in state.pieces():
                found.setdefault(piece.key, replace(author, came=self.step.commit))
        return found

    def _new(self, was: Written | None) -> Written:
        """Return who wrote what stands here for the first time; in a merge it is what two have written in one place."""
        here = self.step.commit
        if not self.step.merged:
            return Written(self._origin(self.step), here, here)
        return Written(Origin.BOTH, was.by if was and was.origin != Origin.GENERATED else here, here)

    def _removed(self, words: str) -> Written:
        """Return who removed a sentence or cell: in a merge whoever it was on the other side."""
        here = self.step.commit
        if not self.step.merged:
            return Written(self._origin(self.step), here, here)
        other = self.lineage.steps[self.step.merged[0]]
        known = self.others[0].gone.get(words)
        return replace(known, came=here) if known else Written(self._origin(other), other.commit, here)

    def _origin(self, step: Step) -> Origin:
        return Origin.GENERATED if step.generated else Origin.HAND


def _stood(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """Return where each line stood before, also under a different wording; the same words come first."""
    found = align([line.part for line in old], [line.part for line in new])
    stood = {j: i for i, j in found.steps if i is not None and j is not None}
    stood |= {j: i for i, j in found.moved.items()}
    same = {j: i for j, i in stood.items() if old[i].part.key == new[j].part.key}
    free: defaultdict[object, list[int]] = defaultdict(list)
    for i in sorted({*range(len(old))} - {*same.values()}, reverse=True):
        free[old[i].part.key].append(i)
    for j, line in enumerate(new):
        if j not in same and free[line.part.key]:
            stood[j] = free[line.part.key].pop()
    return stood
