"""Turn two texts that grew from one into a single text, by what was meant: blocks first, then the words of a sentence.

Edits of different words, sentences or blocks are both made; a part that one side moved and the other edited is moved
and edited. Where they cannot both be made, ours stands and a clash tells what theirs was.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from forankring.text.alignment import Token, align, compare, twins
from forankring.text.nodes import Document, Node
from forankring.text.ordering import Side, order, side
from forankring.text.parts import (
    BLOCKS,
    DEFINITIONS,
    ITEMS,
    ROWS,
    SENTENCES,
    Level,
    cells_of,
    is_plain_grid,
    is_text,
    joined,
    kind_of,
    sentences,
    without_words,
)
from forankring.text.tokens import key_of, line, node_of, token_for, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two edits of which only one can stand; ``ours`` does. ``level`` names the kind of part that they are of, see
    ``parts.LEVELS``. An empty side deleted it, and where ours did, ``before`` and ``after`` are the parts around the
    place; an empty ``base`` means that both added it."""

    level: str
    base: tuple[Node, ...]
    ours: tuple[Node, ...]
    theirs: tuple[Node, ...]
    before: tuple[Node, ...] = ()
    after: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One sentence in which both edits were made: a person should look at it. ``merged`` is how it reads now."""

    base: tuple[Node, ...]
    ours: tuple[Node, ...]
    theirs: tuple[Node, ...]
    merged: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MergedText:
    """The merged text, what did not go together in it, and what did but should be looked at."""

    document: Document
    clashes: tuple[Clash, ...] = ()
    meetings: tuple[Meeting, ...] = ()


def merge(base: Document, ours: Document, theirs: Document) -> MergedText:
    """Merge texts that stand one sentence a line (``lined``); nothing that either side added is lost."""
    work = _Merge()
    blocks = work.sequence(BLOCKS, work.block, base.blocks, ours.blocks, theirs.blocks)
    return MergedText(Document(tuple(blocks)), tuple(work.clashes), tuple(work.meetings))


_One = Callable[[Any, Any, Any], Any]


@dataclass(slots=True)
class _Merge:
    """Merges part by part and notes on the way what met."""

    clashes: list[Clash] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)

    def sequence(
        self, level: Level, one: _One, base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]
    ) -> list[Any]:
        """Merge three sequences; ``one`` merges a part that all three have."""
        settled = _settled(base, ours, theirs)
        if settled is not None:
            return list(settled)
        return _Sequence(self, level, one, (base, ours, theirs)).merged()

    def block(self, base: Node, ours: Node, theirs: Node) -> Node:
        """Merge three versions of one block."""
        settled = _settled(base, ours, theirs)
        if settled is not None:
            return settled  # type: ignore[no-any-return]  # one of the three
        merged = self._of_one_kind(base, ours, theirs) if kind_of(base) == kind_of(ours) == kind_of(theirs) else None
        if merged is None:
            return self.clash(BLOCKS, base, ours, theirs)  # type: ignore[no-any-return]  # it is ours
        return merged

    def clash(self, level: Level, base: Any, ours: Any, theirs: Any) -> Any:
        """Note that theirs does not go with ours, which stands."""
        was, our, their = (level.show([part]) if part is not None else () for part in (base, ours, theirs))
        self.clashes.append(Clash(level=level.name, base=was, ours=our, theirs=their))
        return ours

    def _of_one_kind(self, base: Node, ours: Node, theirs: Node) -> Node | None:
        """Merge blocks of one kind; None where their parts do not go together."""
        kind: str = ours["t"]
        three: list[Any] = [block.get("c") for block in (base, ours, theirs)]
        match kind:
            case "Para" | "Plain":
                content: Any = joined(self.sequence(SENTENCES, self._sentence, *map(sentences, three)))
            case "Header":
                content = self._fields(three, (_scalar, _scalar, self._line))
            case "BlockQuote":
                content = self._blocks(*three)
            case "BulletList":
                content = self._items(*three)
            case "DefinitionList":
                content = self.sequence(DEFINITIONS, self._definition, *three)
            case "OrderedList":
                content = self._fields(three, (_scalar, self._items))
            case "Div":
                content = self._fields(three, (_scalar, self._blocks))
            case "Figure":
                content = self._fields(three, (_scalar, self._caption, _scalar))
            case "Table" if _is_even(three):
                content = self._fields(three, (_scalar, self._caption, _scalar, self._head, self._bodies, _scalar))
            case _:
                return None
        return None if content is None else {"t": kind, "c": content}

    def _fields(self, three: list[Any], merges: Sequence[_One]) -> list[Any] | None:
        """Merge each field in its way; where one does not go together nothing does, and nothing is noted."""
        noted = len(self.clashes), len(self.meetings)
        merged = [one(*versions) for one, versions in zip(merges, zip(*three, strict=True), strict=True)]
        fields = zip(merged, three[1], strict=True)
        if any(value is None and our is not None for value, our in fields):
            del self.clashes[noted[0] :], self.meetings[noted[1] :]
            return None
        return merged

    def _blocks(self, base: Any, ours: Any, theirs: Any) -> list[Node]:
        return self.sequence(BLOCKS, self.block, base, ours, theirs)

    def _items(self, base: Any, ours: Any, theirs: Any) -> list[Any]:
        return self.sequence(ITEMS, self._blocks, base, ours, theirs)

    def _caption(self, base: Any, ours: Any, theirs: Any) -> list[Any] | None:
        return self._fields([base, ours, theirs], (_scalar, self._blocks))

    def _head(self, base: Any, ours: Any, theirs: Any) -> list[Any] | None:
        return self._fields([base, ours, theirs], (_scalar, self._rows))

    def _bodies(self, base: Any, ours: Any, theirs: Any) -> list[Any] | None:
        merged = self._fields([base[0], ours[0], theirs[0]], (_scalar, _scalar, _scalar, self._rows))
        return None if merged is None else [merged]

    def _rows(self, base: Any, ours: Any, theirs: Any) -> list[Any]:
        return self.sequence(ROWS, self._row, base, ours, theirs)

    def _row(self, base: Any, ours: Any, theirs: Any) -> Any:
        """Merge a row cell by cell."""
        three = [[cell[4] for cell in cells_of(row)] for row in (base, ours, theirs)]
        if len({key_of(without_words(row)) for row in (base, ours, theirs)}) > 1:
            return self.clash(ROWS, base, ours, theirs)
        merged = [self._blocks(*cells) for cells in zip(*three, strict=True)]
        cells = [[*cell[:4], blocks] for cell, blocks in zip(cells_of(ours), merged, strict=True)]
        return [ours[0], cells]

    def _definition(self, base: Any, ours: Any, theirs: Any) -> Any:
        merged = self._fields([base, ours, theirs], (self._line, self._items))
        return self.clash(DEFINITIONS, base, ours, theirs) if merged is None else merged

    def _sentence(self, base: Any, ours: Any, theirs: Any) -> Any:
        merged = self._line(base, ours, theirs)
        return self.clash(SENTENCES, base, ours, theirs) if merged is None else merged

    def _line(self, base: Any, ours: Any, theirs: Any) -> list[Node] | None:
        """Merge the words of one sentence or heading; None where both changed the same ones."""
        settled = _settled(base, ours, theirs)
        if settled is not None:
            return list(settled)
        words = self._words(*map(tokens, (base, ours, theirs)))
        if words is None:
            return None
        merged = line(words)
        self.meetings.append(Meeting(*(SENTENCES.show([said]) for said in (base, ours, theirs, merged))))
        return merged

    def _words(self, base: list[Token], ours: list[Token], theirs: list[Token]) -> list[Token] | None:
        edits = [
            *((change, ours[change.new_start : change.new_end]) for change in compare(base, ours)),
            *((change, theirs[change.new_start : change.new_end]) for change in compare(base, theirs)),
        ]
        made: list[tuple[int, int, list[Token]]] = []
        for change, put in sorted(edits, key=lambda edit: edit[0][:2]):
            here = (change.old_start, change.old_end, put)
            if made and _meet(made[-1], here):
                together = self._together(base, made[-1], here)
                if together is None:
                    return None
                made[-1] = together
            else:
                made.append(here)
        return _applied(base, made)

    def _together(self, base: list[Token], one: "_Edit", other: "_Edit") -> "_Edit | None":
        """Return one edit for two of the same words: they are the same, both delete, or both change one note."""
        if one == other:
            return one
        if not one[2] and not other[2] and one[0] < one[1] and other[0] < other[1]:
            return one[0], max(one[1], other[1]), []
        if one[:2] != other[:2] or one[1] - one[0] != 1 or len(one[2]) != 1 or len(other[2]) != 1:
            return None
        notes = [node_of(token) for token in (base[one[0]], one[2][0], other[2][0])]
        if any(note is None or note["t"] != "Note" for note in notes):
            return None
        blocks = self._blocks(*(note["c"] for note in notes if note))
        return one[0], one[1], [token_for({"t": "Note", "c": blocks}, one[2][0])]


_Edit = tuple[int, int, list[Token]]


@dataclass(slots=True)
class _Sequence:
    """Merges one sequence: what each part becomes, then where it stands."""

    work: _Merge
    level: Level
    one: _One
    three: tuple[Sequence[Any], Sequence[Any], Sequence[Any]]

    def merged(self) -> list[Any]:
        """Return the merged sequence."""
        parts = [[self.level.part(member) for member in members] for members in self.three]
        ours = side("ours", len(parts[1]), align(parts[0], parts[1]))
        theirs = side("theirs", len(parts[2]), align(parts[0], parts[2]))
        kept = self._kept(ours, theirs)
        places = order(ours, theirs, sorted(kept), self._said_twice(parts, ours, theirs))
        members: dict[str, Any] = {"ours": self.three[1], "theirs": self.three[2], "base": kept}
        return [members[name][index] for name, index in places]

    def _kept(self, ours: Side, theirs: Side) -> dict[int, Any]:
        """Return what the base's parts become, without those that go."""
        kept: dict[int, Any] = {}
        undone: list[int] = []
        for i, base in enumerate(self.three[0]):
            o, t = ours.stayed.get(i), theirs.stayed.get(i)
            our = None if o is None else self.three[1][o]
            their = None if t is None else self.three[2][t]
            if o is not None and t is not None:
                merged = self.one(base, our, their)
                if not _is_empty(merged):
                    kept[i] = merged
            elif o is not None and key_of(our) != key_of(base):
                kept[i] = self.work.clash(self.level, base, our, None)
            elif t is not None and key_of(their) != key_of(base):
                undone.append(i)
        for i in undone:
            self._note_undone(i, self.three[2][theirs.stayed[i]], kept)
        return kept

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

    def _said_twice(self, parts: list[list[Any]], ours: Side, theirs: Side) -> frozenset[int]:
        """Return the parts that came on their side and, the same or much alike, on ours: ours stands."""
        came = (
            [j for j in range(ours.size) if j not in ours.came],
            [j for j in range(theirs.size) if j not in theirs.came],
        )
        pairs = twins([parts[1][j] for j in came[0]], [parts[2][j] for j in came[1]])
        for o, t in pairs.items():
            our, their = self.three[1][came[0][o]], self.three[2][came[1][t]]
            if key_of(our) != key_of(their):
                self.work.clash(self.level, None, our, their)
        return frozenset(came[1][t] for t in pairs.values())


def _settled(base: Any, ours: Any, theirs: Any) -> Any:
    """Return the version that stands without question, None where there is a question."""
    keys = [key_of(value) for value in (base, ours, theirs)]
    if keys[2] in (keys[0], keys[1]):
        return ours
    return theirs if keys[1] == keys[0] else None


def _scalar(base: Any, ours: Any, theirs: Any) -> Any:
    return _settled(base, ours, theirs)


def _is_even(three: Sequence[Any]) -> bool:
    """Tell tables of one shape: as many columns, one body, no cell over several rows or columns."""
    return len({len(table[2]) for table in three}) == 1 and all(map(is_plain_grid, three))


def _is_empty(member: Any) -> bool:
    """Tell a paragraph, sentence or item of which both sides together left nothing."""
    return member == [] or (isinstance(member, dict) and is_text(member) and not member["c"])


def _meet(one: _Edit, other: _Edit) -> bool:
    """Tell edits, sorted by place, that change the same words, or put words in the same place."""
    if one[0] == one[1] and other[0] == other[1]:
        return one[0] == other[0]
    return other[0] < one[1] and (other[0] > one[0] or other[1] > other[0])


def _applied(base: list[Token], edits: Iterable[_Edit]) -> list[Token]:
    result: list[Token] = []
    at = 0
    for start, end, put in edits:
        result += base[at:start]
        result += put
        at = end
    return result + base[at:]
