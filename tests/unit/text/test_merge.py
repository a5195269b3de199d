"""The merge of prose makes both edits, loses no word, and treats both sides alike."""

from random import Random
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from forankring.text import Node, header
from forankring.text.parts import joined, sentences
from forankring.text.tokens import key_of
from tests.unit.text.editing import EDITS, edited
from tests.unit.text.examples import PROVEN
from tests.unit.text.merging import merged, wrongs
from tests.unit.text.prose import NUMBERS, SOME, SPACE, Writer, words_of, written
from tests.unit.text.trees import bodies, table, text

BLEMISHES = ("said twice", "blank")


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
def test_any_edits_lose_no_word_whoever_made_them(
    numbers: list[int], our_edits: list[int], their_edits: list[int]
) -> None:
    base = written(numbers)
    found = wrongs(base, edited(base, our_edits, "our"), edited(base, their_edits, "their"))

    assert [wrong for wrong in found if not wrong.startswith(BLEMISHES)] == []


def test_a_word_stands_twice_or_a_blank_is_lost_in_three_of_a_thousand_merges_at_most() -> None:
    """One side moves a sentence of two words, the other makes a paragraph of it: nothing tells that it is the same."""
    chance = Random(2024)
    blemished = 0
    for _ in range(1000):
        base, our_edits, their_edits = (written(_numbers(chance, 1, 4)), _numbers(chance, 0, 5), _numbers(chance, 0, 5))
        blemished += bool(wrongs(base, edited(base, our_edits, "our"), edited(base, their_edits, "their")))

    assert blemished <= 3


def _numbers(chance: Random, least: int, most: int) -> list[int]:
    return [chance.randrange(2**16) for _ in range(chance.randint(least, most))]


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


@given(st.sampled_from(["sentences", "items", "rows", "definitions", "quote"]), NUMBERS, EDITS, EDITS)
@PROVEN
def test_edits_in_different_parts_of_one_block_are_all_made(
    level: str, number: int, our_edits: list[int], their_edits: list[int]
) -> None:
    before, wall, after = (_part(level, number + place, name) for place, name in enumerate(("a", "væg", "b")))
    ours = edited([before], our_edits, "our", inside=True)[0]
    theirs = edited([after], their_edits, "their", inside=True)[0]
    assume(not _came(before, ours) & _came(after, theirs))  # both put in the same rule: it stands once
    three = [[before, wall, after], [ours, wall, after], [before, wall, theirs]]
    found = merged(*([_one(blocks)] for blocks in three))

    assert not found.clashes
    assert key_of(found.document.blocks) == key_of([_one([ours, wall, theirs])])


@given(NUMBERS, st.integers(3, 6), st.randoms(use_true_random=False))
@PROVEN
def test_a_block_or_sentence_that_one_moves_and_the_other_edits_is_moved_and_edited(
    number: int, size: int, chance: Random
) -> None:
    lines = [_bare_sentence(number, name) for name in "abcdef"[:size]]
    at, to, shape = chance.randrange(size), chance.randrange(size), chance.choice(_SHAPES)
    changed = _edited_line(lines, at)
    ours, both = list(lines), list(changed)
    ours.insert(to, ours.pop(at))
    both.insert(to, both.pop(at))

    for first, second in ((ours, changed), (changed, ours)):
        found = merged(*(shape(members) for members in (lines, first, second)))
        assert not found.clashes
        assert key_of(found.document.blocks) == key_of(shape(both))


@given(NUMBERS, st.integers(2, 6), st.randoms(use_true_random=False))
@PROVEN
def test_what_one_deletes_and_the_other_edits_is_a_clash_that_shows_the_edit(
    number: int, size: int, chance: Random
) -> None:
    lines = [_bare_sentence(number, name) for name in "abcdef"[:size]]
    at, shape = chance.randrange(size), chance.choice(_SHAPES)
    changed, without = _edited_line(lines, at), lines[:at] + lines[at + 1 :]
    deleted = merged(*(shape(members) for members in (lines, without, changed)))
    kept = merged(*(shape(members) for members in (lines, changed, without)))

    assert key_of(deleted.document.blocks) == key_of(shape(without))
    assert key_of(kept.document.blocks) == key_of(shape(changed))
    for found, standing, other in ((deleted, [], changed[at]), (kept, changed[at], [])):
        assert [list(words_of(clash.ours)) for clash in found.clashes] == [list(words_of(standing))]
        assert [list(words_of(clash.theirs)) for clash in found.clashes] == [list(words_of(other))]


def _came(before: Node, after: Node) -> set[str]:
    """Return the parts that an edit put into a block."""
    old, new = (block["c"] if isinstance(block["c"], list) else [] for block in (before, after))
    return {key_of(part) for part in new} - {key_of(part) for part in old}


def _bare_sentence(number: int, name: str) -> list[Node]:
    """Return a sentence of ten words."""
    writer = Writer(number, name)
    return [node for place in range(10) for node in ([SPACE] if place else []) + [text(writer.word())]]


def _edited_line(lines: list[list[Node]], at: int) -> list[list[Node]]:
    """Return the sentences, one of them with another word in its middle."""
    return [*lines[:at], [*lines[at][:8], text("ny"), *lines[at][9:]], *lines[at + 1 :]]


def _as_blocks(lines: list[list[Node]]) -> list[Node]:
    return [{"t": "Para", "c": sentence} for sentence in lines]


def _as_sentences(lines: list[list[Node]]) -> list[Node]:
    return [{"t": "Para", "c": joined(lines)}]


def _as_items(lines: list[list[Node]]) -> list[Node]:
    return [{"t": "BulletList", "c": [_as_blocks([sentence]) for sentence in lines]}]


_SHAPES = (_as_blocks, _as_sentences, _as_items)


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
