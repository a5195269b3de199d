"""Turn a paragraph of the old text and one of the new into one whose tracked changes lead from the one to the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forankring.publishing.word.names import element, w
from forankring.publishing.word.redline.pen import ARRIVED, CAME, LEFT, WENT, Pen
from forankring.publishing.word.redline.pieces import Piece, plain, reformatted, runs_of
from forankring.text.comparing import Change, compare


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph of the result: the words and the end of an old and a new paragraph, where there are such.

    The two ends need not be of the paragraphs whose words these are: the last end in a cell stays, whatever words go.
    ``move`` names the move that the paragraph left or arrived by, ``other`` is what it is at the move's other place.
    """

    old: Any = None
    new: Any = None
    old_end: Any = None
    new_end: Any = None
    move: str = ""
    other: Any = None


def write_line(line: Line, pen: Pen) -> list[Any]:
    """Return the paragraph, between the marks of its move."""
    old, new = pen.pieces(line.old), pen.pieces(line.new)
    words = plain(new if line.new is not None else old)
    was = plain(pen.pieces(line.other) if line.move else old)
    made = element("p")
    properties = _properties(line, words, was, pen)
    if properties is not None:
        made.append(properties)
    made.extend(_words(line, old, new, pen))
    return _between(made, line, words, was, pen) if line.move else [made]


def changes_between(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[Change, ...]:
    """Return what changed between the words of two paragraphs."""
    return compare([piece.token for piece in old], [piece.token for piece in new])


def _properties(line: Line, words: str, was: str, pen: Pen) -> Any:
    old, new = (None if node is None else node.find(w("pPr")) for node in (line.old_end, line.new_end))
    moved = was if line.move else ""
    if line.old_end is None:
        return pen.paragraph_mark(new, ARRIVED if line.move else CAME, words, moved)
    if line.new_end is None:
        return pen.paragraph_mark(old, LEFT if line.move else WENT, words, moved)
    return pen.properties(old, new, words, was)


def _words(line: Line, old: list[Piece], new: list[Piece], pen: Pen) -> list[Any]:
    if line.move:
        return _moved(old or new, pen.pieces(line.other), pen, came=line.old is None)
    if line.old is None or line.new is None:
        pen.changes += 1
        kind, pieces = (CAME, new) if line.old is None else (WENT, old)
        return pen.marked(pieces, (0, len(pieces)), kind)
    return _compared(old, new, pen)


def _moved(pieces: list[Piece], other: list[Piece], pen: Pen, *, came: bool) -> list[Any]:
    """Return the words at one place of a move: those that the other place lacks went here, or came here.

    No mark stands within another: Word resolves such, LibreOffice leaves the words behind that went out of a text that
    had come, once all is rejected.
    """
    changes = changes_between(other, pieces) if came else changes_between(pieces, other)
    spans = [(it.new_start, it.new_end) if came else (it.old_start, it.old_end) for it in changes]
    moved, changed = (ARRIVED, CAME) if came else (LEFT, WENT)
    was = plain(other)
    pen.changes += came * len(changes)
    made: list[Any] = []
    at = 0
    for span in (*spans, (len(pieces), len(pieces))):
        made += [*pen.marked(pieces, (at, span[0]), moved, was), *pen.marked(pieces, span, changed)]
        at = span[1]
    return made


def _compared(old: list[Piece], new: list[Piece], pen: Pen) -> list[Any]:
    """Return the words of both, marked."""
    made: list[Any] = []
    at = 0
    for change in (*changes_between(old, new), Change(len(old), len(old), len(new), len(new))):
        made += [*runs_of(new[at : change.new_start]), *_changed(old, new, change, pen)]
        at = change.new_end
    return made


def _changed(old: list[Piece], new: list[Piece], change: Change, pen: Pen) -> list[Any]:
    before, after = old[change.old_start : change.old_end], new[change.new_start : change.new_end]
    if not before and not after:
        return []
    pen.changes += 1
    if _only_reformatted(before, after):
        words = pen.sentence_at(new, change.new_start)
        return reformatted(after, before, lambda: pen.mark("rPrChange", words, came=True, before=words))
    return [
        *pen.marked(old, (change.old_start, change.old_end), WENT),
        *pen.marked(new, (change.new_start, change.new_end), CAME),
    ]


def _only_reformatted(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Tell whether the same words, in the same link or none, only look different."""
    return len(before) == len(after) and all(
        old.text == new.text and not old.runs and not new.runs and old.form[0] == new.form[0]
        for old, new in zip(before, after, strict=True)
    )


def _between(paragraph: Any, line: Line, words: str, was: str, pen: Pen) -> list[Any]:
    """Return the paragraph between the marks that tie the two places of a move together by its name."""
    name = LEFT if line.new is None else ARRIVED
    pen.changes += name == ARRIVED
    start = pen.mark(f"{name}RangeStart", words, came=name == ARRIVED, before=was)
    start.set(w("name"), line.move)
    return [start, paragraph, element(f"{name}RangeEnd", id=0)]
