"""Turn two texts that grew from one into a single text, by what was meant: blocks first, then the words of a sentence.

Edits of different words, sentences or blocks are both made; a part that one side moved and the other edited is moved
and edited. Where they cannot both be made, ours stands and a clash tells what theirs was.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from forankring.text.clashes import Clash, Meeting, MergedText, parted_clash, parted_meeting
from forankring.text.comparing import Token
from forankring.text.nodes import Document, Node
from forankring.text.paragraphs import Texts, parted
from forankring.text.parts import (
    BLOCKS,
    DEFINITIONS,
    ITEMS,
    ROWS,
    SENTENCES,
    Level,
    cells_of,
    is_plain_grid,
    joined,
    kind_of,
    sentences,
    without_words,
    words,
)
from forankring.text.returning import returned
from forankring.text.sequences import One, ThreeSequences
from forankring.text.tokens import key_of, line, tokens
from forankring.text.weaving import both_edits


def merge(base: Document, ours: Document, theirs: Document) -> MergedText:
    """Merge texts that stand one sentence a line (``lined``); nothing that either side added is lost."""
    work = _Merge()
    blocks = work.sequence(BLOCKS, work.block, base.blocks, ours.blocks, theirs.blocks)
    back = returned([text.blocks for text in (base, ours, theirs)], blocks, work.clashes)
    return MergedText(Document(tuple(blocks)), tuple(work.clashes), (*work.meetings, *back))


@dataclass(slots=True)
class _Merge:
    """Merges part by part and notes on the way what met."""

    clashes: list[Clash] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)

    def sequence(
        self, level: Level, one: One, base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]
    ) -> list[Any]:
        """Merge three sequences; ``one`` merges a part that both sides changed."""
        if theirs in (base, ours):
            return list(ours)
        if ours == base:
            return list(theirs)
        return ThreeSequences(self, level, one, (base, ours, theirs)).merged()

    def fused(self, texts: Texts) -> list[Node]:
        """Merge texts in which paragraphs that were split or joined are one, and part these again."""
        noted = len(self.clashes), len(self.meetings)
        merged = ThreeSequences(self, BLOCKS, self.block, texts).merged()
        self.clashes[noted[0] :] = [parted_clash(clash) for clash in self.clashes[noted[0] :]]
        self.meetings[noted[1] :] = [parted_meeting(meeting) for meeting in self.meetings[noted[1] :]]
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

    def _fields(self, three: list[Any], merges: Sequence[One]) -> list[Any] | None:
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
            if len({len(sentences(inlines)) for inlines in three}) > 1 and len(self.meetings) > noted[1]:
                del self.meetings[noted[1] :]  # what one joined the other has as two: neither is told of alone
                self._meet([*three, content])
            return content
        aside = self._unnoted(noted)
        whole = self._words([tokens(inlines, breaks=True) for inlines in three], apart=True)
        merged = line(whole) if whole is not None else None
        if merged is not None and not _says_again(three, merged) and not _makes_up(three, merged):
            self._meet([*three, merged])
            return merged
        self._unnoted(noted)
        if again:
            return None
        self.clashes += aside[0]
        self.meetings += aside[1]
        return content

    def _meet(self, four: Sequence[list[Node]]) -> None:
        """Note a paragraph in which both edits were made, as a whole."""
        self.meetings.append(Meeting(*(({"t": "Para", "c": inlines},) for inlines in four)))

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
        put = self._words([tokens(inlines) for inlines in (base, ours, theirs)])
        if put is None:
            return None
        merged = line(put)
        self.meetings.append(Meeting(*(SENTENCES.show([said]) for said in (base, ours, theirs, merged))))
        return merged

    def _words(self, three: Sequence[list[Token]], *, apart: bool = False) -> list[Token] | None:
        """Make both sides' edits of a line; None, and nothing noted, where they meet."""
        noted = len(self.clashes), len(self.meetings)
        words = both_edits(three, self._blocks, apart=apart)
        if words is None:
            self._unnoted(noted)
        return words


def _says_again(three: Sequence[Any], merged: Any) -> bool:
    """Tell whether the merged text says a word more often than either side, and than what both added together."""
    was, our, their = (Counter(words(text)) for text in three)
    return any(
        count > max(our[word], their[word], our[word] + their[word] - was[word])
        for word, count in Counter(words(merged)).items()
    )


def _makes_up(three: Sequence[Any], merged: Any) -> bool:
    """Tell whether the merged text has a word that no text has: two that ran together where both moved words."""
    return not set(words(merged)) <= {word for text in three for word in words(text)}


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
