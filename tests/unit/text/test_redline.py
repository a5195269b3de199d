"""A redline holds both texts exactly, marks nothing that is the same, and says the opposite when they change places."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from forankring.text import Document, Node, accept, meaning, plain, redline, reject, walk
from forankring.text.marks import ADDED, MOVED_AWAY, MOVED_HERE, REMOVED, Mark, mark_in, mark_of, rows_in
from tests.unit.text.editing import EDITS, edited
from tests.unit.text.examples import PROVEN
from tests.unit.text.prose import SOME, written
from tests.unit.text.trees import bodies

_SHARE = st.sampled_from((0, 0, 0.5))
_MIRRORED = {ADDED: REMOVED, REMOVED: ADDED, MOVED_AWAY: MOVED_HERE, MOVED_HERE: MOVED_AWAY}


@given(SOME, EDITS, _SHARE)
@PROVEN
def test_accepted_it_is_the_new_text_and_rejected_the_old_one(
    numbers: list[int], edits: list[int], common: float
) -> None:
    old = written(numbers, common=common)
    _holds(old, edited(old, edits, "ny"))


@given(SOME, SOME)
@PROVEN
def test_it_holds_two_texts_that_have_nothing_to_do_with_each_other(ours: list[int], theirs: list[int]) -> None:
    _holds(written(ours, common=0.7), written(theirs, common=0.7))


@given(bodies(), bodies())
@PROVEN
def test_it_holds_whatever_a_reader_may_make_of_a_file(old: list[Node], new: list[Node]) -> None:
    _holds(old, new)


@given(SOME, EDITS, EDITS)
@PROVEN
def test_it_holds_two_texts_that_grew_from_one(numbers: list[int], ours: list[int], theirs: list[int]) -> None:
    base = written(numbers, common=0.3)
    _holds(edited(base, ours, "vor"), edited(base, theirs, "deres"))


@given(SOME, _SHARE)
@PROVEN
def test_the_same_text_has_no_marks(numbers: list[int], common: float) -> None:
    text = _text(written(numbers, common=common))

    assert redline(text, text) == text
    assert not list(_marks(text.blocks))


@given(SOME, EDITS, _SHARE)
@PROVEN
def test_the_marks_are_mirrored_when_the_texts_change_places(
    numbers: list[int], edits: list[int], common: float
) -> None:
    old = written(numbers, common=common)
    new = edited(old, edits, "ny")
    there, back = (Counter(_marks(redline(_text(a), _text(b)).blocks)) for a, b in ((old, new), (new, old)))

    assert there == Counter({(_MIRRORED[kind], word): count for (kind, word), count in back.items()})


def _text(blocks: Sequence[Node]) -> Document:
    return Document(tuple(blocks))


def _holds(old: list[Node], new: list[Node]) -> None:
    tree = redline(_text(old), _text(new))

    assert meaning(accept(tree).blocks) == meaning(new)
    assert meaning(reject(tree).blocks) == meaning(old)


def _marks(blocks: Sequence[Node]) -> Iterator[tuple[str, str]]:
    """Yield each mark's kind with each of its words; of the two ends of a move, of which one shows edits, none."""
    for node in walk(blocks):
        if mark := mark_of(node):
            yield from _said(mark, [] if mark.move else node["c"][1])
        for attr, cells in rows_in(node):
            if mark := mark_in(attr):
                yield from _said(mark, [] if mark.move else [cell[4] for cell in cells])


def _said(mark: Mark, nodes: Sequence[object]) -> Iterator[tuple[str, str]]:
    yield from ((mark.kind, word) for word in re.findall(r"\w+|[^\w\s]", plain(nodes)))
    if mark.move or not nodes:
        yield mark.kind, ""
