"""Turn the edits that two sides made of one line into one line with both, unless they changed the same words."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from forankring.text.comparing import Token, compare
from forankring.text.nodes import Node
from forankring.text.tokens import node_of, token_for

MergeBlocks = Callable[[Any, Any, Any], list[Node]]
"""Merge ``(base, ours, theirs)`` of the blocks of a note."""

_Edit = tuple[int, int, list[Token]]


def both_edits(three: Sequence[list[Token]], notes: MergeBlocks, *, apart: bool = False) -> list[Token] | None:
    """Return the words of ``(base, ours, theirs)`` with both sides' edits made; None where they meet.

    ``notes`` merges a note that both edited. ``apart``: nothing may be put beside what the other deleted, for that may
    have been put in a sentence that is gone.
    """
    base, ours, theirs = three
    edits = [
        *((change, ours[change.new_start : change.new_end]) for change in compare(base, ours)),
        *((change, theirs[change.new_start : change.new_end]) for change in compare(base, theirs)),
    ]
    made: list[tuple[int, int, list[Token]]] = []
    for change, put in sorted(edits, key=lambda edit: edit[0][:2]):
        here = (change.old_start, change.old_end, put)
        met = bool(made) and _meet(made[-1], here)
        together = _together(base, made[-1], here, notes) if met else None
        beside = apart and made and here[0] == made[-1][1] and not (here[2] and made[-1][2])
        if (met and together is None) or (beside and not met):
            return None
        made[-1 if met else len(made) :] = [together or here]
    return _applied(base, made)


def _together(base: list[Token], one: _Edit, other: _Edit, merge: MergeBlocks) -> _Edit | None:
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
    blocks = merge(*(note["c"] for note in notes if note))
    return one[0], one[1], [token_for({"t": "Note", "c": blocks}, one[2][0])]


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
