"""What is hard on a merge: thousands of rows and moves, absurd depth, empty parts, repeats, and edits side by side."""

from random import Random
from typing import Any

from forankring.text import Node, para, plain
from forankring.text.parts import joined
from forankring.text.sanitise import MAX_DEPTH
from forankring.text.tokens import key_of
from tests.unit.text.merging import merged
from tests.unit.text.prose import words_of
from tests.unit.text.trees import NONE, table, text


def test_a_table_of_nine_thousand_rows_gets_both_edits() -> None:
    rows = [[[text(f"nr{number}")], [text("ja")], []] for number in range(9000)]
    ours, theirs = list(rows), list(rows)
    ours[10] = [[text("nr10")], [text("nej")], []]
    ours.insert(5000, [[text("vores")], [text("ja")], []])
    theirs[8000] = [[text("nr8000")], [text("nej")], []]
    del theirs[4000]
    found = merged(*([table(members)] for members in (rows, ours, theirs)))

    assert not found.clashes
    assert len(found.document.blocks[0]["c"][4][0][3]) == 8999
    assert plain(list(found.document.blocks)).count("nej") == 2


def test_a_table_of_which_every_row_is_the_same_keeps_its_rows() -> None:
    rows = [[[text("ja")], []]] * 2000
    found = merged([table(rows)], [table([*rows, [[text("ny")], []]])], [table(rows[5:])])

    assert not found.clashes
    assert len(found.document.blocks[0]["c"][4][0][3]) == 1995


def test_thousands_of_blocks_in_another_order_on_both_sides_are_all_there() -> None:
    base = [para(f"Afsnit {number} handler om {number} ting og om sig selv {number}") for number in range(1500)]
    ours, theirs = list(base), list(base)
    Random(1).shuffle(ours)
    Random(2).shuffle(theirs)
    found = merged(base, ours, theirs)

    assert sorted(plain(block) for block in found.document.blocks) == sorted(plain(block) for block in base)


def test_a_text_turned_round_by_one_side_and_edited_by_the_other_is_both() -> None:
    base = [para(f"Afsnit {number} handler om {number} ting og om sig selv {number}") for number in range(1500)]
    edited = [para(plain(block) + " nu") for block in base]
    found = merged(base, base[::-1], edited)

    assert key_of(found.document.blocks) == key_of(edited[::-1])


def test_two_that_are_each_put_behind_the_other_both_stay() -> None:
    one, two, three = (para(f"Afsnit {name} handler om {name} og kun om {name}") for name in ("alfa", "beta", "gamma"))
    found = merged([one, two, three], [two, one, three], [one, three, two])

    assert sorted(plain(block) for block in found.document.blocks) == sorted(map(plain, (one, two, three)))


def test_the_deepest_text_that_is_let_in_is_merged_to_its_bottom() -> None:
    def deep(word: str) -> list[Node]:
        blocks = [para(f"Bunden er her og den er dyb {word}")]
        for _ in range(MAX_DEPTH // 2):
            blocks = [para("Lag"), {"t": "BlockQuote", "c": blocks}]
        return blocks

    base, ours = deep("i"), deep("i")
    found = merged(base, [*ours, para("Slut")], deep("nu"))
    assert plain(list(found.document.blocks)).split()[-2:] == ["nu", "Slut"]


def test_empty_paragraphs_items_and_cells_stay_empty() -> None:
    base: list[Any] = [{"t": "Para", "c": []}, {"t": "BulletList", "c": [[], [para("et")]]}, table([[[], []]] * 3)]
    ours = [para("Først"), *base]
    theirs = [*base, para("Sidst")]

    assert key_of(merged(base, ours, theirs).document.blocks) == key_of([para("Først"), *base, para("Sidst")])
    emptied = [base[0], {"t": "BulletList", "c": [[], []]}, base[2]]
    assert key_of(merged(base, ours, emptied).document.blocks[1:]) == key_of(emptied)


def test_a_source_line_that_stands_in_many_places_stays_in_each() -> None:
    source = para("Kilde: Eksempel")
    base = [block for number in range(40) for block in (para(f"Tabel {number} viser meget om {number}"), source)]
    ours = [*base[:10], para("Vores nye afsnit"), source, *base[10:]]
    theirs = [*base[:60], para("Deres helt andet"), source, *base[60:]]
    found = merged(base, ours, theirs)

    assert not found.clashes
    assert [plain(block) for block in found.document.blocks].count("Kilde: Eksempel") == 42


def test_the_same_word_changed_alike_is_changed_once() -> None:
    found = merged(
        [para("Vi måler værdien hvert år og ser på den.")],
        [para("Vi måler effekten hvert år og ser på den nøje.")],
        [para("De måler effekten hvert år og ser på den.")],
    )
    assert not found.clashes
    assert plain(list(found.document.blocks)) == "De måler effekten hvert år og ser på den nøje."


def test_edits_side_by_side_leave_one_blank_between_words_and_none_before_signs() -> None:
    found = merged(
        [para("Målet er klart, kendt og fælles for alle parter.")],
        [para("Målet er klart og fælles for alle parter.")],
        [para("Målet er klart, kendt og fælles, for alle vigtige parter.")],
    )
    assert not found.clashes
    assert plain(list(found.document.blocks)) == "Målet er klart og fælles, for alle vigtige parter."


def test_a_note_that_both_edit_gets_both_edits() -> None:
    def noted(words: str) -> list[Node]:
        return [
            {"t": "Para", "c": [text("Tallet"), {"t": "Note", "c": [para(words)]}, {"t": "Space"}, text("falder.")]}
        ]

    found = merged(
        noted("Se tabel 3 i bilaget om økonomi og drift."),
        noted("Se tabel 4 i bilaget om økonomi og drift."),
        noted("Se tabel 3 i bilaget om økonomi og styring."),
    )
    assert not found.clashes
    assert "Se tabel 4 i bilaget om økonomi og styring." in plain(list(found.document.blocks))


def test_two_links_side_by_side_stay_two() -> None:
    def linked(word: str) -> list[Node]:
        links = [{"t": "Link", "c": [NONE, [text(name)], ["https://a.dk", ""]]} for name in ("et", "to")]
        return [{"t": "Para", "c": [text(word), {"t": "Space"}, *links, {"t": "Space"}, *para("til mere om det")["c"]]}]

    found = merged(linked("Se"), linked("Gå"), [*linked("Se"), para("Nyt")])
    assert [node["t"] for node in found.document.blocks[0]["c"]].count("Link") == 2


def test_a_column_that_one_side_adds_to_a_table_the_other_edits_is_a_clash_that_shows_both() -> None:
    words = [[text("mål")], [text("ejer")]]
    found = merged(
        [table([words, words])],
        [table([[*words, [text("frist")]], [*words, [text("maj")]]])],
        [table([words, [[text("mål")], [text("ejeren")]]])],
    )
    assert "frist" in plain(list(found.document.blocks))
    assert [("ejeren" in plain(list(clash.theirs))) for clash in found.clashes] == [True]


def test_two_headings_that_both_level_and_word_were_changed_of_are_merged() -> None:
    def heading(level: int, words: str) -> list[Node]:
        return [{"t": "Header", "c": [level, NONE, para(words)["c"]]}]

    found = merged(
        heading(2, "Mål og midler for alle"), heading(3, "Mål og midler for alle"), heading(2, "Mål og veje for alle")
    )
    assert not found.clashes
    assert key_of(found.document.blocks) == key_of(heading(3, "Mål og veje for alle"))
    both = merged(heading(2, "Mål"), heading(3, "Mål"), heading(4, "Mål"))
    assert len(both.clashes) == 1


def test_a_paragraph_between_two_that_both_may_be_split_from_is_in_one_of_them() -> None:
    base = [
        para_of("Et mål er klart.", "Vejen er lang a."),
        para_of("Her er meget andet sagt om tid b.", "Tal er tal."),
    ]
    ours = [para_of("Et mål er klart."), para_of("Vejen er b lang."), para_of("Tal er tal.")]
    theirs = [para_of("Et mål er nu helt klart.", "Vejen er lang a."), base[1]]
    found = merged(base, ours, theirs)

    assert list(words_of(found.document.blocks)) == "Et mål er nu helt klart Vejen er b lang Tal er tal".split()


def para_of(*said: str) -> Node:
    """Return a paragraph of these sentences."""
    return {"t": "Para", "c": joined(para(sentence)["c"] for sentence in said)}


def test_words_that_both_moved_are_a_clash_rather_than_run_together_or_said_twice() -> None:
    base = [para_of("Et mål er klart? Vejen er lang?", "Tal er tal: sådan er det med alle tal?")]
    ours = [para_of("Et mål er klart?", "Tal er tal: sådan er det med alle tal? Vejen er lang?")]
    theirs = [para_of("Vejen er lang Et mål er klart?", "Tal er tal: sådan er det med alle tal?")]
    found = merged(base, ours, theirs)

    said = list(words_of(found.document.blocks))
    assert set(said) <= set(words_of(base))
    assert said.count("Vejen") == 1
    assert found.clashes or found.meetings
