"""Columns leave room for their words; where there is not room for all, the longest give way, and it is said which."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forankring.publishing.manuscript.columns import (
    AIR,
    breadth,
    broken_words,
    column_shares,
    line_of,
    longest_words,
    shortest_broken,
)
from forankring.workspace import house_look

LINE = 95


def test_shares_fill_the_width_and_follow_the_text() -> None:
    rows = [[("Nr.", 1), ("Begrundelse", 1)], [("1", 1), ("Mange ord, som fylder meget mere end et tal gør", 1)]]
    narrow, wide = column_shares(rows, 2, LINE)
    assert 990 <= narrow + wide <= 1000
    assert wide > 4 * narrow


def test_a_column_has_room_for_its_longest_word() -> None:
    long = "lange forklaringer " * 30
    rows = [[("Vurdering", 1), ("Eksempelstyrelsen", 1), (long, 1), (long, 1)]]
    shares = column_shares(rows, 4, LINE)
    assert not any(broken_words(rows, shares, LINE))
    assert shares[1] * LINE >= 1000 * (breadth("Eksempelstyrelsen") + AIR - 1)


def test_headings_of_many_narrow_columns_do_not_touch() -> None:
    rows = [[(name, 1) for name in ("Kapitel", "Stat", "Region", "Kommune", "Organisation", "Erhverv", "Borger")]]
    shares = column_shares(rows, 7, LINE)
    for share, (name, _) in zip(shares, rows[0], strict=True):
        assert share * LINE / 1000 >= breadth(name) + AIR - 0.1, name


def test_only_the_longest_words_give_way_where_not_all_have_room() -> None:
    rows = [[("kort", 1), ("menneskerettighedsbestemmelse", 1), ("digitaliseringsstrategier", 1)]]
    shares = column_shares(rows, 3, 50)
    assert broken_words(rows, shares, 50) == [False, True, True]
    assert shares[0] < shares[2] <= shares[1]


def test_words_give_way_where_the_table_becomes_much_lower_by_it() -> None:
    long = "Styregruppen kan prioritere, ændre og stoppe initiativerne, når det er nødvendigt. " * 8
    row = [("Beslutningsstøtte", 1), ("Eksempelstyrelsen", 1), (long, 1), ("Eksempelstyrelsen", 1), ("2", 1)]
    broken = broken_words([row], column_shares([row], 5, LINE), LINE)
    assert broken == [True, True, False, True, False]
    assert not any(broken_words([row[:2]], column_shares([row[:2]], 2, LINE), LINE))


def test_only_words_as_long_as_those_without_room_are_broken_in_a_table() -> None:
    rows = [[("Eksempelstyrelsen", 1), ("kort og godt", 1)], [("databeskyttelsesrådgiver", 1), ("x" * 60, 1)]]
    assert shortest_broken(rows, (200, 800), 80) == len("Eksempelstyrelsen")
    assert shortest_broken(rows, (300, 700), 140) == 0


def test_numbers_dates_and_marks_do_not_give_way_where_words_can() -> None:
    row = ["Sundhedsstyrelsens Eksempelafdeling"] * 4 + ["1.\u00a0januar\u00a02027", "⚠\u00a0Mangler"]
    shares = column_shares([[(cell, 1) for cell in row]], 6, 80)
    for share, cell in zip(shares[4:], row[4:], strict=True):
        assert share * 80 / 1000 >= breadth(cell) + AIR / 2, cell


def test_odd_tables_have_shares_too() -> None:
    assert column_shares([], 3, LINE) == (333, 333, 333)
    assert len(column_shares([[("over to", 2), ("en", 1)]], 3, LINE)) == 3


@given(st.lists(st.lists(st.text(alphabet="abm W-\n", max_size=40), min_size=1, max_size=12), min_size=1, max_size=5))
def test_whatever_the_words_the_shares_fill_a_line_and_no_column_is_without_room(cells: list[list[str]]) -> None:
    columns = len(cells[0])
    rows = [[(cell, 1) for cell in row] for row in cells]
    shares = column_shares(rows, columns, LINE)
    assert 1000 - columns <= sum(shares) <= 1000
    assert all(share * LINE / 1000 >= min(5, LINE / columns) - 0.2 for share in shares)
    assert all(broken in (True, False) for broken in broken_words(rows, shares, LINE))


@pytest.mark.parametrize("flipped", [False, True])
def test_a_line_holds_fewer_letters_the_larger_they_are_and_the_wider_the_margins(flipped: bool) -> None:
    look = house_look()
    large = replace(look, sizes=replace(look.sizes, body=14))
    narrow = replace(look, margins=replace(look.margins, left=45, right=45))
    assert max(line_of(large, flipped=flipped), line_of(narrow, flipped=flipped)) < line_of(look, flipped=flipped)
    assert line_of(look, flipped=True) > 1.4 * line_of(look)


def test_a_very_long_word_wants_no_more_room_than_a_line_can_give() -> None:
    assert longest_words([[("x" * 400, 1)]], 1) == [36]
