"""Turn the notes of two files into the notes of their redline: edited where their number stayed, else old or new."""

import copy
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from forankring.publishing.word.names import element, w
from forankring.publishing.word.redline.blocks import merge
from forankring.publishing.word.redline.lines import Line, write_line
from forankring.publishing.word.redline.package import special
from forankring.publishing.word.redline.pen import ARRIVED, CAME, LEFT, WENT, Pen
from forankring.publishing.word.redline.tables import blocks_of, whole_line, whole_table, words_in
from forankring.text.alignment import Part, align

_OLD = 1_000_000
"""Added to the ids of notes that only the old file has, so that they are no other's."""
_REFERENCE, _ID = w("footnoteReference"), w("id")
_MARKS = {w(CAME): CAME, w(ARRIVED): CAME, w(WENT): WENT, w(LEFT): WENT}


def pair_notes(body: Any, notes: tuple[Any, Any], pen: Pen) -> None:
    """Give each note of the old body the id of the note that it became in the new one, or an id of its own."""
    ours, theirs = ([note for note in side if not special(note)] for side in notes)
    found = align(*([_part(note, pen) for note in side] for side in (ours, theirs)))
    pairs = {i: j for i, j in found.steps if i is not None and j is not None} | dict(found.moved)
    names = {
        note.get(_ID): theirs[pairs[i]].get(_ID) if i in pairs else str(int(note.get(_ID)) + _OLD)
        for i, note in enumerate(ours)
    }
    for note in ours:
        note.set(_ID, names[note.get(_ID)])
    for reference in body.iter(_REFERENCE):
        reference.set(_ID, names[reference.get(_ID)])


def notes_in(blocks: Iterable[Any]) -> frozenset[str]:
    """Return the ids of the notes that blocks refer to."""
    return frozenset(node.get(_ID) for block in blocks for node in block.iter(_REFERENCE))


def merge_notes(body: Any, old: Any, new: Any, pen: Pen, bare: Collection[str] = ()) -> Any:
    """Return the notes of a redline's body, numbered as they are referred to there.

    Of those in ``bare`` that came or went only the reference says so: as it goes, so does the note.
    """
    before, after = ({note.get(_ID): note for note in side if not special(note)} for side in (old, new))
    lines = [copy.deepcopy(note) for note in new if special(note)]
    made = copy.deepcopy(new)
    for note in list(made):
        made.remove(note)
    made.extend(lines)
    first = max((int(note.get(_ID)) for note in lines), default=0) + 1
    for number, reference in enumerate(list(body.iter(_REFERENCE)), first):
        blocks = _merged(reference, before, after, pen, bare)
        made.append(element("footnote", *blocks, id=number))
        reference.set(_ID, str(number))
    return made


def _part(note: Any, pen: Pen) -> Part:
    words = words_in(note, pen)
    return Part("note", words, words)


def _merged(
    reference: Any, before: Mapping[str, Any], after: Mapping[str, Any], pen: Pen, bare: Collection[str]
) -> list[Any]:
    kind = next((_MARKS[node.tag] for node in reference.iterancestors() if node.tag in _MARKS), "")
    name = reference.get(_ID)
    if not kind:
        return merge(blocks_of(before[name]), blocks_of(after[name]), pen)
    note = (before if kind == WENT else after)[name]
    return copy.deepcopy(blocks_of(note)) if name in bare else _whole(note, kind, pen)


def _whole(note: Any, kind: str, pen: Pen) -> list[Any]:
    """Return the blocks of a note that came or went. Its own number stays in the text that it is shown in, and the end
    of its last paragraph stays as well; both go with the reference."""
    counted = pen.changes
    blocks = blocks_of(note)
    last = next((block for block in reversed(blocks) if block.tag == w("p")), None)
    made: list[Any] = []
    for block in blocks:
        if block is last:
            made += write_line(Line(**{"new" if kind == CAME else "old": last}, old_end=last, new_end=last), pen)
        else:
            made += whole_line(block, kind, pen) if block.tag == w("p") else [whole_table(block, kind, pen)]
    for own in (node.getparent() for block in made for node in list(block.iter(w("footnoteRef")))):
        if own.getparent().tag in _MARKS:
            own.getparent().addprevious(own)
    pen.changes = counted
    return made
