"""Turn two versions of a line into one whose words are marked, and marked sentences into the inlines of a paragraph."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from forankring.text.alignment import Part
from forankring.text.comparing import Change, Token
from forankring.text.marks import ADDED, NEW, REMOVED, Mark, mark_of, span
from forankring.text.meaning import meaning_of
from forankring.text.mirroring import align_mirrored, compare_mirrored
from forankring.text.nodes import Node
from forankring.text.parts import words
from forankring.text.settling import both_lines
from forankring.text.tokens import has_neighbours, node_of, tidied, token_for, tokens, within, woven

_BREAK: Node = {"t": "SoftBreak"}
_NOTE = "*"


def marked_line(old: list[Node], new: list[Node], blocks: Callable[[list[Node], list[Node]], list[Node]]) -> list[Node]:
    """Return one line; ``blocks`` makes one of two versions of a note."""
    ours, theirs = (tidied(tokens(line)) for line in (old, new))
    made = _marked(ours, theirs, _notes(ours, theirs, blocks))
    if has_neighbours((*ours, *theirs)) and [meaning_of(line) for line in both_lines(made)] != [
        meaning_of(line) for line in (old, new)
    ]:
        return [span(Mark(REMOVED), old), span(Mark(ADDED), new)]
    return made


def sentence_spans(steps: Iterable[tuple[Mark | None, list[Node]]]) -> list[Node]:
    """Return sentences as the inlines of a paragraph; the end of a line belongs to the sentence that came or went."""
    given = list(steps)
    kept = next((at for at, (mark, _) in enumerate(given) if mark is None), len(given))
    result: list[Node] = []
    seen: set[bool] = set()
    for at, (mark, sentence) in enumerate(given):
        if mark is None:
            result += [*([_BREAK] if at > kept else []), *sentence]
            continue
        first = kept == len(given) and _is_new(mark) not in seen
        before, after = at > kept or (kept == len(given) and not first), at < kept < len(given)
        seen.add(_is_new(mark))
        result.append(span(mark, [*[_BREAK] * before, *sentence, *[_BREAK] * after]))
    return _joined(result)


def _marked(ours: Sequence[Token], theirs: Sequence[Token], notes: "_Notes") -> list[Node]:
    lines = [_numbered(line, places) for line, places in ((ours, notes.old), (theirs, notes.new))]
    result: list[Token] = []
    at = 0
    for i, end, j, stop in (*compare_mirrored(*lines), Change(len(ours), len(ours), len(theirs), len(theirs))):
        result += [notes.edited.get(place) or theirs[place] for place in range(at, j)]
        result += within(ours[i:end], span(Mark(REMOVED), []))
        result += within(theirs[j:stop], span(Mark(ADDED), []))
        at = stop
    return woven(result)


def _is_new(mark: Mark) -> bool:
    return mark.kind in NEW


def _joined(inlines: Iterable[Node]) -> list[Node]:
    """Return inlines in which neighbours that came, or went, stand in one mark."""
    result: list[Node] = []
    for node in inlines:
        mark, last = mark_of(node), mark_of(result[-1]) if result else None
        if mark and mark == last and not mark.move:
            result[-1] = span(mark, [*result[-1]["c"][1], *node["c"][1]])
        else:
            result.append(node)
    return result


@dataclass(frozen=True, slots=True)
class _Notes:
    """Which note of the old line is which of the new: numbers by place, and what both are together by the new one's."""

    old: dict[int, int]
    new: dict[int, int]
    edited: dict[int, Token]


def _notes(ours: Sequence[Token], theirs: Sequence[Token], blocks: Any) -> _Notes:
    """Pair the notes that are versions of each other."""
    old, new = dict(_noted(ours)), dict(_noted(theirs))
    notes = _Notes({}, {}, {})
    if not old or not new:
        return notes
    places, spots = list(old), list(new)
    parts = [_part(ours[at], old[at]) for at in places], [_part(theirs[at], new[at]) for at in spots]
    for number, (i, j) in enumerate(align_mirrored(*parts).steps):
        if i is not None and j is not None:
            here, there = places[i], spots[j]
            notes.old[here] = notes.new[there] = number
            merged = {"t": "Note", "c": blocks(old[here]["c"], new[there]["c"])}
            notes.edited[there] = token_for(merged, theirs[there])
    return notes


def _noted(line: Sequence[Token]) -> Iterator[tuple[int, Node]]:
    for place, token in enumerate(line):
        node = node_of(token)
        if node and node["t"] == "Note":
            yield place, node


def _part(token: Token, note: Node) -> Part:
    """Return a note as a part: only within the same marks can it be a version of another one."""
    return Part(str(token.form[0]), str(token.form), words(note["c"]))  # type: ignore[index]  # marks and node


def _numbered(line: Sequence[Token], places: dict[int, int]) -> list[Token]:
    """Return the line with its paired notes as tokens that are the same in both lines."""
    return [Token(_NOTE, ((str(places[at]),), _NOTE)) if at in places else token for at, token in enumerate(line)]
