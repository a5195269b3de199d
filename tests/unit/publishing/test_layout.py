"""A table stands where it has room: upright, on a flipped page, or in parts; no cell is lost on the way."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forankring import text
from forankring.publishing.manuscript.layout import WIDE, arranged
from forankring.publishing.manuscript.tables import table
from forankring.text import Node, header, para, rows_of
from tests.unit.publishing.test_mending import desk

NARROW = table(["Part", "Svar"], [["Eksempel Kommune", "ja"]])
WORDS = (
    "Initiativ",
    "Forretningsprocesser",
    "Gennemsigtighed",
    "Menneskelig kontrol",
    "Databeskyttelse",
    "Gevinstejer",
)
CROWDED = table(WORDS, [["udskrivningsforløb", *["Sagsbehandlingssystemer"] * 5]])
SIXTY = table([f"kolonne {n}" for n in range(60)], [[f"værdi {n}" for n in range(60)]])


def wide(*blocks: Node) -> Node:
    return {"t": "Div", "c": [["", [WIDE], []], list(blocks)]}


def test_a_table_that_has_room_is_left_where_it_is() -> None:
    bench = desk()
    assert arranged(bench, [para("Før"), NARROW]) == [para("Før"), NARROW]
    assert bench.mends == []


def test_a_crowded_table_gets_a_flipped_page_and_takes_its_heading_along() -> None:
    done = arranged(desk(), [para("Før"), header(2, "Oversigt"), CROWDED, para("Efter")])
    assert done == [para("Før"), wide(header(2, "Oversigt"), CROWDED), para("Efter")]


def test_a_table_that_is_a_little_crowded_stays_upright() -> None:
    full = "Sagsbehandlingssystemet " * 4
    crowded = table(["Emne", "Forretning", "Databeskyttelse", "Tilgængelighed"], [[full] * 4] * 20)
    assert arranged(desk(), [crowded]) == [crowded]


def test_a_few_words_between_heading_and_table_go_along_and_many_do_not() -> None:
    head, few, many = header(2, "Oversigt"), para("Tabellen viser det hele."), para("Mange ord. " * 60)
    assert arranged(desk(), [para("Før"), head, few, CROWDED]) == [para("Før"), wide(head, few, CROWDED)]
    assert arranged(desk(), [head, many, CROWDED]) == [head, many, wide(CROWDED)]
    assert arranged(desk(), [few, CROWDED]) == [few, wide(CROWDED)]


def test_neighbours_share_a_flipped_page() -> None:
    assert arranged(desk(), [CROWDED, wide(NARROW), CROWDED]) == [wide(CROWDED, NARROW, CROWDED)]


def test_a_little_text_between_flipped_tables_is_flipped_with_them_and_much_is_not() -> None:
    little, much = para("Et par ord."), para("Mange ord. " * 100)
    assert arranged(desk(), [CROWDED, little, CROWDED]) == [wide(CROWDED, little, CROWDED)]
    assert arranged(desk(), [CROWDED, much, CROWDED]) == [wide(CROWDED), much, wide(CROWDED)]


@pytest.mark.parametrize("classes", [[], ["figure"]])
def test_a_plain_division_can_hold_a_flipped_page_and_a_box_cannot(classes: list[str]) -> None:
    plain: Node = {"t": "Div", "c": [["her", classes, []], [CROWDED]]}
    box: Node = {"t": "Div", "c": [["", ["initiative"], []], [CROWDED, wide(NARROW)]]}
    opened, kept = arranged(desk(), [plain, box])
    assert opened["c"][1] == [wide(CROWDED)]
    assert kept["c"][1] == [CROWDED, NARROW]


def test_a_table_of_sixty_columns_is_parted_and_the_finding_says_so() -> None:
    bench = desk()
    parts = arranged(bench, [para("Før"), SIXTY])[1:]
    assert [(found.code, found.detail, found.near) for found in bench.mends] == [("table_wide", "60", "kolonne 0")]
    said = [text.plain(part["c"][1][1]) for part in parts]
    assert said == [f"Del {n} af {len(parts)}" for n in range(1, len(parts) + 1)]
    assert all(words(part)[0][0] == "kolonne 0" and words(part)[1][0] == "værdi 0" for part in parts)
    assert [word for part in parts for word in words(part)[0][1:]] == [f"kolonne {n}" for n in range(1, 60)]
    sizes = [len(part["c"][2]) for part in parts]
    assert max(sizes) <= 2 * min(sizes)


@pytest.mark.parametrize(("key", "expected"), [("da", "Oversigt (del 1 af"), ("en", "Oversigt (part 1 of")])
def test_a_part_keeps_the_caption_and_says_which_it_is_in_the_language(key: str, expected: str) -> None:
    content = list(SIXTY["c"])
    content[1] = [None, [{"t": "Plain", "c": text.inlines("Oversigt")}]]
    first, *_ = arranged(desk(key), [{"t": "Table", "c": content}])
    assert text.plain(first["c"][1][1]).startswith(expected)


def test_a_name_stays_with_the_first_part() -> None:
    named: Node = {"t": "Table", "c": [["tab-x", [], []], *SIXTY["c"][1:]]}
    parts = arranged(desk(), [named])
    assert [part["c"][0][0] for part in parts] == ["tab-x", *[""] * (len(parts) - 1)]


spans = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), min_size=20, max_size=40)


@given(spans, st.data())
def test_every_cell_is_in_some_part_and_no_part_has_a_row_that_is_too_long(
    sizes: list[tuple[int, int]], data: st.DataObject
) -> None:
    columns = data.draw(st.integers(30, 60))
    whole = grid(sizes, columns)
    parts = arranged(desk(), [whole])
    assert len(parts) > 1
    assert {cell for row in words(whole) for cell in row} == {c for part in parts for row in words(part) for c in row}
    for part in parts:
        assert all(count == len(part["c"][2]) for count in covered(part))


def grid(sizes: list[tuple[int, int]], columns: int) -> Node:
    """Return a table whose body cells cover several columns and rows, as many rows as it takes."""
    node = table([f"kolonne {n}" for n in range(columns)], [])
    rows: list[Any] = []
    taken = [0] * columns
    waiting = list(enumerate(sizes))
    while waiting or any(taken):
        cells, column = [], 0
        while column < columns:
            if taken[column]:
                column += 1
                continue
            number, (wish, rowspan) = waiting.pop(0) if waiting else (-1, (1, 1))
            room = next((n for n in range(1, wish) if column + n >= columns or taken[column + n]), wish)
            cells.append([["", [], []], {"t": "AlignDefault"}, rowspan, room, [para(f"celle {number}")]])
            for place in range(column, column + room):
                taken[place] = rowspan
            column += room
        rows.append([["", [], []], cells])
        taken = [max(0, left - 1) for left in taken]
    content = list(node["c"])
    content[4] = [[["", [], []], 0, [], rows]]
    return {"t": "Table", "c": content}


def words(node: Node) -> list[list[str]]:
    heads, bodies = rows_of(node)
    return [[text.plain(cell[4]) for cell in row[1]] for row in (*heads, *bodies)]


def covered(node: Node) -> list[int]:
    """Return how many columns each body row covers, with what hangs down from the rows above."""
    hanging: list[tuple[int, int]] = []
    counts = []
    for _, cells in rows_of(node)[1]:
        own = [(cell[2], cell[3]) for cell in cells]
        counts.append(sum(width for _, width in (*hanging, *own)))
        hanging = [(rows - 1, width) for rows, width in (*hanging, *own) if rows > 1]
    return counts


def test_the_table_of_a_passage_takes_its_heading_and_what_it_rests_on_to_the_flipped_page() -> None:
    whole = {"t": "Div", "c": [["status-1a2b3c", ["passage"], []], [CROWDED, para("[B012-03]")]]}
    done = arranged(desk(), [para("Før"), header(2, "Oversigt"), whole, para("Efter")])
    assert done == [para("Før"), wide(header(2, "Oversigt"), whole), para("Efter")]
