"""Turn two texts that grew from one into a single text, by what was meant: blocks first, then the words of a sentence.

Edits of different words, sentences or blocks are both made; a part that one side moved and the other edited is moved
and edited. Where they cannot both be made, ours stands and a clash tells what theirs was.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from forankring.text.alignment import Part, Token, align, compare, twins
from forankring.text.nodes import Document, Node
from forankring.text.ordering import Place, Side, order, side
from forankring.text.paragraphs import Texts, fused, parted
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
    words,
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
        """Merge three sequences; ``one`` merges a part that both sides changed."""
        if theirs in (base, ours):
            return list(ours)
        if ours == base:
            return list(theirs)
        return _Sequence(self, level, one, (base, ours, theirs)).merged()

    def fused(self, texts: Texts) -> list[Node]:
        """Merge texts in which paragraphs that were split or joined are one, and part these again."""
        noted = len(self.clashes), len(self.meetings)
        merged = _Sequence(self, BLOCKS, self.block, texts).merged()
        self.clashes[noted[0] :] = [_parted_clash(clash) for clash in self.clashes[noted[0] :]]
        self.meetings[noted[1] :] = [_parted_meeting(meeting) for meeting in self.meetings[noted[1] :]]
        return list(parted(merged))

    def block(self, base: Node, ours: Node, theirs: Node) -> Node:
        """Merge three versions of one block."""
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
                content: Any = self._paragraph(three)
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
            self._unnoted(noted)
            return None
        return merged

    def _paragraph(self, three: list[Any]) -> list[Node] | None:
        """Merge sentence by sentence; where that does not go together, as one line, for a sentence may be split. None
        where one moved what the other joined, so that it would stand twice."""
        noted = len(self.clashes), len(self.meetings)
        content = joined(self.sequence(SENTENCES, self._sentence, *map(sentences, three)))
        again = len(self.clashes) == noted[0] and _says_again(three, content)
        if len(self.clashes) == noted[0] and not again:
            return content
        aside = self._unnoted(noted)
        whole = self._words(*(tokens(inlines, breaks=True) for inlines in three), apart=True)
        if whole is None and again:
            return None
        if whole is None:
            self.clashes += aside[0]
            self.meetings += aside[1]
            return content
        merged = line(whole)
        self.meetings.append(Meeting(*(({"t": "Para", "c": inlines},) for inlines in (*three, merged))))
        return merged

    def _unnoted(self, noted: tuple[int, int]) -> tuple[list[Clash], list[Meeting]]:
        """Take back what was noted since; return it."""
        aside = self.clashes[noted[0] :], self.meetings[noted[1] :]
        del self.clashes[noted[0] :], self.meetings[noted[1] :]
        return aside

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
        put = self._words(*map(tokens, (base, ours, theirs)))
        if put is None:
            return None
        merged = line(put)
        self.meetings.append(Meeting(*(SENTENCES.show([said]) for said in (base, ours, theirs, merged))))
        return merged

    def _words(
        self, base: list[Token], ours: list[Token], theirs: list[Token], *, apart: bool = False
    ) -> list[Token] | None:
        """Make both sides' edits; None where they meet. ``apart``: nothing may be put beside what the other deleted,
        for that may have been put in a sentence that is gone."""
        noted = len(self.clashes), len(self.meetings)
        edits = [
            *((change, ours[change.new_start : change.new_end]) for change in compare(base, ours)),
            *((change, theirs[change.new_start : change.new_end]) for change in compare(base, theirs)),
        ]
        made: list[tuple[int, int, list[Token]]] = []
        for change, put in sorted(edits, key=lambda edit: edit[0][:2]):
            here = (change.old_start, change.old_end, put)
            met = bool(made) and _meet(made[-1], here)
            together = self._together(base, made[-1], here) if met else None
            beside = apart and made and here[0] == made[-1][1] and not (here[2] and made[-1][2])
            if (met and together is None) or (beside and not met):
                self._unnoted(noted)
                return None
            made[-1 if met else len(made) :] = [together or here]
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
        return found


def _says_again(three: Sequence[Any], merged: Any) -> bool:
    """Tell whether the merged text says a word more often than either side, and than what both added together."""
    was, our, their = (Counter(words(text)) for text in three)
    return any(
        count > max(our[word], their[word], our[word] + their[word] - was[word])
        for word, count in Counter(words(merged)).items()
    )


def _parted_clash(clash: Clash) -> Clash:
    three = {"base": parted(clash.base), "ours": parted(clash.ours), "theirs": parted(clash.theirs)}
    return Clash(level=clash.level, before=parted(clash.before), after=parted(clash.after), **three)


def _parted_meeting(meeting: Meeting) -> Meeting:
    return Meeting(*map(parted, (meeting.base, meeting.ours, meeting.theirs, meeting.merged)))


def _arrivals(text: Side) -> Iterator[tuple[int, int]]:
    """Yield each part that came, behind the base's part that it stands after."""
    after = -1
    for j in range(text.size):
        if j in text.came:
            after = text.came[j]
        else:
            yield after, j


def _settled(base: Any, ours: Any, theirs: Any) -> Any:
    """Return the version that stands without question, None where there is a question."""
    if theirs in (base, ours):
        return ours
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
