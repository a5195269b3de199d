"""An alignment tells of every part what became of it; outside the changes two lines are the same, and within they lead
from the one to the other."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forankring.text import alignment
from forankring.text.alignment import Part, align
from forankring.text.comparing import Change, Token, compare

MANY = settings(max_examples=1000, deadline=None, derandomize=True)
WORDS = "a b c staten kommunerne mål værdi . ,".split()

tokens = st.builds(Token, st.sampled_from([*WORDS, " ", " ", " ", "\n"]), st.sampled_from(["", "", "", "b"]))
lines = st.lists(tokens, max_size=20)
parts = st.builds(
    lambda kind, words, name: Part(kind, (kind, words, name), words, name),
    st.sampled_from(["p", "p", "p", "t"]),
    st.lists(st.sampled_from(WORDS), max_size=7).map(tuple),
    st.sampled_from(["", "", "", "", "x", "y"]),
)
texts = st.lists(parts, max_size=9)


def edits(lists: st.SearchStrategy[list[object]]) -> st.SearchStrategy[tuple[list[object], list[object]]]:
    """Draw a sequence and one that shares stretches with it."""

    def cut(one: list[object], other: list[object], at: int, to: int) -> tuple[list[object], list[object]]:
        start, end = sorted((at % (len(one) + 1), to % (len(one) + 1)))
        return one, [*one[:start], *other, *one[end:]]

    return st.builds(cut, lists, lists, st.integers(0, 30), st.integers(0, 30))


@given(edits(lines))
@MANY
def test_changes_lead_from_the_old_line_to_the_new_and_outside_them_both_are_the_same(
    pair: tuple[list[Token], list[Token]],
) -> None:
    old, new = pair
    changes = compare(old, new)
    made = list(old)
    for change in reversed(changes):
        made[change.old_start : change.old_end] = new[change.new_start : change.new_end]
    assert made == new
    i = j = 0
    for change in (*changes, Change(len(old), len(old), len(new), len(new))):
        assert old[i : change.old_start] == new[j : change.new_start]
        i, j = change.old_end, change.new_end


@given(edits(lines))
@MANY
def test_changes_are_in_order_apart_and_none_is_empty(pair: tuple[list[Token], list[Token]]) -> None:
    end = stop = -1
    for change in compare(*pair):
        assert end <= change.old_start <= change.old_end
        assert stop <= change.new_start <= change.new_end
        assert change.old_start < change.old_end or change.new_start < change.new_end
        assert (change.old_start, change.new_start) != (end, stop)
        end, stop = change.old_end, change.new_end
    assert compare(pair[1], list(pair[1])) == ()


@given(edits(texts))
@MANY
def test_every_part_is_told_of_once_and_only_those_of_one_kind_are_versions(
    pair: tuple[list[Part], list[Part]],
) -> None:
    old, new = pair
    found = align(old, new)
    assert [i for i, _ in found.steps if i is not None] == list(range(len(old)))
    assert [j for _, j in found.steps if j is not None] == list(range(len(new)))
    pairs = [(i, j) for i, j in found.steps if i is not None and j is not None]
    assert all(old[i].kind == new[j].kind for i, j in (*pairs, *found.moved.items()))
    assert all((i, None) in found.steps and (None, j) in found.steps for i, j in found.moved.items())
    assert len(set(found.moved.values())) == len(found.moved)


@given(texts)
@MANY
def test_a_text_stays_as_it_is(text: list[Part]) -> None:
    found = align(text, list(text))
    assert found.steps == tuple((index, index) for index in range(len(text)))
    assert not found.moved


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let short texts take the ways of long ones."""

    def shrink() -> None:
        monkeypatch.setattr(alignment, "_FEW", 0)
        monkeypatch.setattr(alignment, "_LARGEST", 4)

    return shrink


def test_a_long_text_is_aligned_in_slices(small: Callable[[], None]) -> None:
    small()
    old = [Part("p", str(number), (f"ord{number}",) * 3) for number in range(9)]
    new = [Part("p", f"{number} nu", (f"ord{number}",) * 3) for number in range(9)]
    assert align(old, new).steps == tuple((number, number) for number in range(9))


def test_a_named_part_is_itself_whatever_its_words() -> None:
    old = [Part("p", 1, ("a", "b"), "x"), Part("p", 2, ("c", "d"))]
    new = [Part("p", 3, ("e", "f")), Part("p", 4, ("g", "h"), "x")]
    assert align(old, new).moved or (0, 1) in align(old, new).steps


def test_words_that_stayed_by_chance_are_part_of_the_change() -> None:
    old = [Token(word) for word in "digitaliseringen skaber i dag store problemer".replace(" ", "  ").split(" ")]
    new = [Token(word) for word in "kommunerne arbejder i fællesskab med løsninger".replace(" ", "  ").split(" ")]
    assert len(compare(old, new)) == 1
