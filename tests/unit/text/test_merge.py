"""The merge of prose makes both edits, loses no word, says none twice, and treats both sides alike."""

from typing import Any

import pytest
from hypothesis import given

from forankring.text import Node, header
from forankring.text.parts import joined, sentences
from forankring.text.tokens import key_of
from tests.unit.text.editing import EDITS, edited
from tests.unit.text.examples import PROVEN
from tests.unit.text.merging import merged, wrongs
from tests.unit.text.prose import NUMBERS, SOME, Writer, written
from tests.unit.text.trees import bodies, table


@given(SOME, EDITS)
@PROVEN
def test_an_edit_of_one_side_alone_is_the_result(numbers: list[int], edits: list[int]) -> None:
    base = written(numbers, common=0.3)
    side = edited(base, edits, "side")

    assert key_of(merged(base, side, base).document.blocks) == key_of(side)
    assert key_of(merged(base, base, side).document.blocks) == key_of(side)
    assert key_of(merged(base, side, side).document.blocks) == key_of(side)


@given(SOME, EDITS, EDITS)
@PROVEN
def test_any_edits_lose_no_word_and_say_none_twice_whoever_made_them(
    numbers: list[int], our_edits: list[int], their_edits: list[int]
) -> None:
    base = written(numbers)

    assert wrongs(base, edited(base, our_edits, "our"), edited(base, their_edits, "their")) == []


@given(SOME, EDITS, EDITS)
@PROVEN
def test_text_that_repeats_itself_loses_no_word(
    numbers: list[int], our_edits: list[int], their_edits: list[int]
) -> None:
    base = written(numbers, common=0.6)

    assert wrongs(base, edited(base, our_edits, "our"), edited(base, their_edits, "their"), unique=False) == []


@given(bodies(1), EDITS, EDITS)
@PROVEN
def test_any_tree_whatsoever_loses_no_word(base: list[Node], our_edits: list[int], their_edits: list[int]) -> None:
    assert wrongs(base, edited(base, our_edits, "our"), edited(base, their_edits, "their"), unique=False) == []


@given(SOME, SOME, EDITS, EDITS)
@PROVEN
def test_edits_in_different_places_are_all_made(
    first: list[int], second: list[int], our_edits: list[int], their_edits: list[int]
) -> None:
    before, after = written(first, "a"), written(second, "b")
    ours, theirs = edited(before, our_edits, "our"), edited(after, their_edits, "their")
    wall = header(1, "Her mødes de to halvdele aldrig", "væg")
    found = merged([*before, wall, *after], [*ours, wall, *after], [*before, wall, *theirs])

    assert not found.clashes
    assert not found.meetings
    assert key_of(found.document.blocks) == key_of([*ours, wall, *theirs])


@pytest.mark.parametrize("level", ["sentences", "items", "rows", "definitions", "quote"])
def test_edits_in_different_parts_of_one_block_are_all_made(level: str) -> None:
    @given(NUMBERS, EDITS, EDITS)
    @PROVEN
    def made(number: int, our_edits: list[int], their_edits: list[int]) -> None:
        before, wall, after = (_part(level, number + place, name) for place, name in enumerate(("a", "væg", "b")))
        ours = edited([before], our_edits, "our", inside=True)[0]
        theirs = edited([after], their_edits, "their", inside=True)[0]
        three = [[before, wall, after], [ours, wall, after], [before, wall, theirs]]
        found = merged(*([_one(blocks)] for blocks in three))

        assert not found.clashes
        assert key_of(found.document.blocks) == key_of([_one([ours, wall, theirs])])

    made()


def _part(level: str, number: int, name: str) -> Node:
    """Return a block of which several can be put together as one."""
    writer = Writer(number, name)
    if level == "sentences":
        return writer.para()
    if level == "rows":
        made = table([[[], []]])
        made["c"][3][1] = []
        made["c"][4][0][3] = [writer.row(2) for _ in range(2)]
        return made
    items: list[Any] = [writer.definition() if level == "definitions" else writer.blocks(1) for _ in range(2)]
    kind = {"items": "BulletList", "definitions": "DefinitionList", "quote": "BlockQuote"}[level]
    return {"t": kind, "c": [block for item in items for block in item] if level == "quote" else items}


def _one(blocks: list[Node]) -> Node:
    """Put blocks of a kind together as one."""
    contents = [block["c"] for block in blocks]
    if blocks[0]["t"] == "Para":
        return {"t": "Para", "c": joined(line for content in contents for line in sentences(content))}
    if blocks[0]["t"] == "Table":
        one = [
            *contents[0][:4],
            [[*contents[0][4][0][:3], [row for c in contents for row in c[4][0][3]]]],
            contents[0][5],
        ]
        return {"t": "Table", "c": one}
    return {"t": blocks[0]["t"], "c": [item for content in contents for item in content]}
