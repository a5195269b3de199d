"""Tables come out with a header row and one paragraph a cell."""

from typing import Any

from forankring import text
from forankring.publishing.manuscript.tables import flat, mended_table, table
from forankring.text import Node, para, rows_of
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
