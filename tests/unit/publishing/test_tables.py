"""Tables come out with a header row, one paragraph a cell, and columns that leave room for their words."""

from typing import Any

from forankring import text
from forankring.publishing.tables import column_shares, flat, mended_table, rows_of, table
from forankring.text import Node, para
from tests.unit.publishing.test_mending import desk


def written(head: list[str], *rows: list[str]) -> list[Any]:
    return list(table(head, rows)["c"])


def test_a_table_without_a_header_row_gets_its_first_row() -> None:
    bench = desk()
    done = mended_table(bench, written(["", ""], ["A", "1"], ["B", "2"]), lambda blocks: blocks)
    heads, bodies = rows_of(done)
    assert [text.plain(cell[4]) for cell in heads[0][1]] == ["A", "1"]
    assert len(bodies) == 1
    assert [found.code for found in bench.mends] == ["table_headless"]


def test_a_table_with_a_header_row_is_left_alone() -> None:
    bench = desk()
    done = mended_table(bench, written(["Part", "Svar"], ["A", "1"]), lambda blocks: blocks)
    assert len(rows_of(done)[0]) == 1
    assert bench.mends == []


def test_blocks_become_lines() -> None:
    items: Node = {"t": "BulletList", "c": [[para("et")], [para("to")]]}
    assert text.plain({"t": "Para", "c": flat([para("Før"), items, para("Efter")])}) == "Før\n– et\n– to\nEfter"


def test_shares_fill_the_width_and_follow_the_text() -> None:
    rows = [[("Nr.", 1), ("Begrundelse", 1)], [("1", 1), ("Mange ord, som fylder meget mere end et tal gør", 1)]]
    narrow, wide = column_shares(rows, 2)
    assert 990 <= narrow + wide <= 1000
    assert wide > 4 * narrow


def test_a_column_has_room_for_its_longest_word() -> None:
    long = "lange forklaringer " * 30
    rows = [[("Vurdering", 1), ("Eksempelstyrelsen", 1), (long, 1), (long, 1)]]
    shares = column_shares(rows, 4)
    assert shares[0] * 92 >= 1000 * len("Vurdering")
    assert shares[1] * 92 >= 1000 * 15


def test_odd_tables_have_shares_too() -> None:
    assert column_shares([], 3) == (333, 333, 333)
    assert sum(column_shares([[("x" * 50, 1)] * 60], 60)) <= 1000
    assert len(column_shares([[("over to", 2), ("en", 1)]], 3)) == 3
