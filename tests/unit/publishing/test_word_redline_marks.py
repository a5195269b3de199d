"""A redline leads to the new text and back to the old one, whatever was changed, and says so in Word's own marks."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from forankring.language import load_locale
from forankring.publishing.records import Hand, Redline
from forankring.publishing.word.file import unpacked
from forankring.publishing.word.names import w
from forankring.publishing.word.redline import lines, notes
from forankring.publishing.word.redline.canonical import canonical
from forankring.publishing.word.redline.making import redline
from forankring.publishing.word.redline.package import opened
from forankring.publishing.word.resolving import accepted, rejected
from forankring.text.comparing import Change
from tests.unit.publishing.word_edits import document, edited
from tests.unit.publishing.word_files import Block, Table, para, table, word_file
from tests.unit.text.examples import PROVEN

DANISH = load_locale("da")
WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
LONG = "Staten og kommunerne skal sammen nå målet"
OTHER = "Borgerne får en bedre hverdag"
END = para("Slut")


TRACKED = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo"))
"""None of these stands within another: programs do not agree on what becomes of its words."""


def credit(words: str, came: bool, before: str) -> Hand:
    return Hand("Redaktør" if came else "Motor", WHEN)


def made_of(old: Iterable[Block], new: Iterable[Block], seed: int = 3, **more: str) -> Redline:
    """Return the redline of two texts, which has passed its own proof; all ids of the second are others."""
    return redline(word_file(*old), word_file(*new, seed=seed, **more), credit, DANISH)


def body(data: bytes, part: str = "document") -> Any:
    return etree.fromstring(unpacked(data)[f"word/{part}.xml"])


def marks(data: bytes, part: str = "document") -> list[tuple[str, str]]:
    """Return the marks around words, in order, each with its words."""
    found = body(data, part).iter(*TRACKED)
    kinds = [(node.tag.rpartition("}")[2], "".join(node.itertext(w("t"), w("delText")))) for node in found]
    return [(kind, words) for kind, words in kinds if words]


def names(data: bytes, part: str = "document") -> set[str]:
    """Return the names of all elements."""
    return {node.tag.rpartition("}")[2] for node in body(data, part).iter() if isinstance(node.tag, str)}


@given(st.integers(0, 2**32), st.integers(0, 3))
@PROVEN
def test_all_changes_accepted_it_is_the_new_text_and_rejected_the_old(number: int, seed: int) -> None:
    chance = Random(number)
    text = document(chance)
    texts = (text, edited(text, chance))
    old, new = word_file(*texts[0]), word_file(*texts[1], seed=seed)
    made = redline(old, new, credit, DANISH)
    assert made.rebuilt == ()
    ways = ((accepted(made.data), new), (rejected(made.data), old))
    for got, want in ways:
        assert canonical(opened(got)).blocks == canonical(opened(want)).blocks
    if texts[0] == texts[1]:
        assert made.changes == 0
    assert [kind for node in body(made.data).iter(*TRACKED) for kind in node.iterancestors(*TRACKED)] == []


def test_the_same_text_with_other_ids_has_no_changes() -> None:
    text = [
        para("Staten ^se_kilden [link #3 !a", name="a"),
        para("et punkt", item=("1a", 0)),
        para("et underpunkt", item=("-b", 1)),
        table("a|b", "c;d|e"),
        END,
    ]
    made = made_of(text, text)
    assert (made.changes, marks(made.data)) == (0, [])


def test_the_same_input_gives_the_same_bytes() -> None:
    texts = [para(LONG), END], [para(f"{LONG} nu"), para(OTHER), END]
    assert made_of(*texts) == made_of(*texts)


def test_changed_words_are_marked_and_no_others() -> None:
    made = made_of([para(LONG), END], [para(LONG.replace("målet", "målene")), END])
    assert marks(made.data) == [("del", "målet"), ("ins", "målene")]
    assert made.changes == 1


def test_each_mark_says_who_and_when_and_has_its_own_number() -> None:
    root = body(made_of([para(LONG), para(OTHER), END], [para(f"{LONG} nu"), END]).data)
    found = list(root.iter(w("ins"), w("del")))
    assert [(node.get(w("author")), node.get(w("date"))) for node in found] == [
        ("Redaktør", "2026-03-02T09:00:00Z"),
        *[("Motor", "2026-03-02T09:00:00Z")] * 2,
    ]
    numbers = [int(node.get(w("id"))) for node in found]
    assert all(one < other for one, other in pairwise(numbers))


def test_each_sentence_of_a_new_paragraph_has_the_hand_that_wrote_it() -> None:
    def by_sentence(words: str, came: bool, before: str) -> Hand:
        return Hand({"Kl. 10 er for sent.": "A", "Det er Bs.": "B"}.get(words, "C"), WHEN)

    new = word_file(para("Kl. 10 er for sent. Det er Bs. Og Cs."), END)
    found = body(redline(word_file(END), new, by_sentence, DANISH).data).iter(w("ins"))
    said = [(node.get(w("author")), "".join(node.itertext(w("t")))) for node in found if len(node)]
    assert said == [("A", "Kl. 10 er for sent."), ("B", " Det er Bs."), ("C", " Og Cs.")]


def test_words_that_only_look_different_are_marked_so() -> None:
    made = made_of([para("Det er helt nyt"), END], [para("Det er *helt nyt"), END])
    assert marks(made.data) == []
    [change] = body(made.data).iter(w("rPrChange"))
    assert (made.changes, change.getparent().find(w("b")) is not None) == (1, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([para(LONG), END], [END]),
        ([END], [para(LONG), END]),
        ([para(LONG), END], [para(LONG)]),
        ([para(LONG)], [para(LONG), END]),
        ([para(LONG), table("a|b"), END], [table("a|b"), END]),
        ([table("a|b"), END], [table("a|b"), para(LONG), END]),
        ([para(LONG), table("a"), END], [para(LONG)]),
        ([para(LONG)], [para(LONG), table("a"), END]),
        ([table("a;b|c")], [table("a|c")]),
        ([table("a|c")], [table("a;b|c")]),
        ([para("")], [para(LONG)]),
        ([para("[link"), table("a"), END], [table("a"), END]),
    ],
)
def test_paragraphs_come_and_go_at_every_place(old: list[Block], new: list[Block]) -> None:
    assert made_of(*([*text, END] if isinstance(text[-1], Table) else text for text in (old, new))).changes > 0


def test_the_last_end_in_a_cell_stays() -> None:
    root = body(made_of([table("a;b|c"), END], [table("a|c"), END]).data)
    cell = next(root.iter(w("tc")))
    ends = [line.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None for line in cell.findall(w("p"))]
    assert ends == [True, False]


def test_words_at_an_end_and_the_paragraph_after_them_came_in_one_go() -> None:
    root = body(made_of([para(LONG), END], [para(f"{LONG} nu"), para(OTHER), END]).data)
    ends = [line.find(f"{w('pPr')}/{w('rPr')}/{w('ins')}") is not None for line in root.iter(w("p"))]
    assert ends == [True, False, False]


def test_a_row_comes_and_goes_as_a_row() -> None:
    data = made_of([table("a|b", "c|d", "e|f"), END], [table("a|b", "e|f", "g og h|i"), END]).data
    kinds = [[node.tag for node in row.iterfind(f"{w('trPr')}/*")] for row in body(data).iter(w("tr"))]
    assert kinds == [[], [w("del")], [], [w("ins")]]
    assert marks(data) == [("del", "c"), ("del", "d"), ("ins", "g og h"), ("ins", "i")]


def test_a_cell_is_edited_in_its_place() -> None:
    made = made_of([table("a|Delvist nået"), END], [table("a|Helt nået"), END])
    assert marks(made.data) == [("del", "Delvist"), ("ins", "Helt")]


def test_a_table_whose_columns_changed_goes_and_comes_as_a_whole() -> None:
    data = made_of([table("a|b"), END], [table("a|b|c"), END]).data
    assert len(list(body(data).iter(w("tbl")))) == 2
    assert [kind for kind, _ in marks(data)] == ["del", "del", "ins", "ins", "ins"]


def test_widths_of_columns_are_changes_of_properties() -> None:
    made = made_of([table("a|b"), END], [table("a|b", width=1500), END])
    assert {"tblPrChange", "tblGridChange", "tcPrChange"} <= names(made.data)


def test_a_moved_paragraph_is_a_move_between_two_places_with_one_name() -> None:
    stays = para("Regionerne følger op på det hele, og de gør det hvert eneste år")
    data = made_of([para(LONG), stays, END], [stays, para(LONG), END]).data
    assert marks(data) == [("moveFrom", LONG), ("moveTo", LONG)]
    starts = list(body(data).iter(w("moveFromRangeStart"), w("moveToRangeStart")))
    ends = list(body(data).iter(w("moveFromRangeEnd"), w("moveToRangeEnd")))
    assert [node.get(w("name")) for node in starts] == ["move1", "move1"]
    assert [node.get(w("id")) for node in starts] == [node.get(w("id")) for node in ends]


def test_in_a_moved_paragraph_words_go_from_where_it_was_and_come_where_it_arrived() -> None:
    stays = para("Regionerne følger op på det hele, og de gør det hvert eneste år")
    edited = para(LONG.replace("sammen", "hver for sig"))
    found = marks(made_of([para(LONG), stays, END], [stays, edited, END]).data)
    assert [kind for kind, _ in found] == ["moveFrom", "del", "moveFrom", "moveTo", "ins", "moveTo"]
    assert [part for part in found if part[0] in ("ins", "del")] == [("del", "sammen"), ("ins", "hver for sig")]


def test_a_style_or_a_level_that_changed_is_a_change_of_properties() -> None:
    made = made_of([para(LONG), END], [para(LONG, style="Heading2"), END])
    [change] = body(made.data).iter(w("pPrChange"))
    assert change.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) == "BodyText"
    assert (made.changes, marks(made.data)) == (1, [])


def test_a_heading_in_the_place_of_a_paragraph_is_not_an_edit_of_it() -> None:
    data = made_of([para(LONG), END], [para(OTHER, style="Heading1"), END]).data
    assert "pPrChange" not in names(data)


def test_the_lists_of_items_that_went_are_carried_over() -> None:
    made = made_of([para("et", item=("1a", 0)), para("to", item=("1a", 0)), END], [END])
    used = {node.get(w("val")) for node in body(made.data).iter(w("numId"))}
    assert len(used) == 1
    assert used <= {node.get(w("numId")) for node in body(made.data, "numbering").iter(w("num"))}


def test_an_item_that_stayed_keeps_its_list_with_the_items_that_went() -> None:
    items = [para(f"punkt nummer {number}", item=("1a", 0)) for number in range(4)]
    made = made_of([*items, END], [items[0], items[3], END])
    assert len({node.get(w("val")) for node in body(made.data).iter(w("numId"))}) == 1
    assert made.changes == 2


def test_a_link_to_another_place_is_changed() -> None:
    data = made_of([para("se [a her"), END], [para("se [b her"), END]).data
    links = {node.get("{*}id"): node for node in body(data).iter(w("hyperlink"))}
    assert marks(data) == [("del", "a"), ("ins", "b")]
    assert len(links) == 1 or len(list(body(data).iter(w("hyperlink")))) == 2


def test_both_pictures_are_in_the_file_where_one_stands_for_another() -> None:
    data = made_of([para("!a"), END], [para("!b"), END]).data
    assert {unpacked(data)[name] for name in unpacked(data) if "media" in name} == {b"a", b"b"}


def test_the_same_picture_under_another_name_is_no_change() -> None:
    assert made_of([para("!a"), END], [para("!a"), END]).changes == 0


def test_a_note_is_edited_inside_the_note() -> None:
    made = made_of([para(f"{LONG} ^se_kilden_her"), END], [para(f"{LONG} ^se_kilden_der"), END])
    assert (marks(made.data), marks(made.data, "footnotes")) == ([], [("del", "her"), ("ins", "der")])


def test_a_note_comes_and_goes_with_its_number() -> None:
    made = made_of([para(f"^gammel {LONG}"), END], [para(f"{LONG} ^helt_ny_note"), END])
    assert marks(made.data, "footnotes") == [("del", " gammel"), ("ins", " helt ny note")]
    assert len(list(body(accepted(made.data), "footnotes"))) == 3
    assert len(list(body(rejected(made.data), "footnotes"))) == 3


TABLED = "^Se_tallene;nu|før"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", TABLED),
        (TABLED, ""),
        (TABLED, "^Se_tallene;nu|da"),
        (TABLED, "^Se_tallene;nu|før|siden"),
        (TABLED, "^Se_tallene"),
        ("^Se_tallene", TABLED),
        (TABLED, f"{TABLED};Og_så_videre"),
        (f"{TABLED};Og_så_videre", TABLED),
        ("^Se_tallene;Og_så_videre", TABLED),
        (TABLED, "^Se_tallene;Og_så_videre"),
        (f"{TABLED};Og_så_videre;gammelt|nyt", "^Se_tallene;Opgjort_i_2023"),
        ("^Se_tallene;Opgjort_i_2023", f"{TABLED};Og_så_videre;gammelt|nyt"),
    ],
)
def test_a_note_that_ends_in_a_table_comes_goes_and_is_edited(old: str, new: str) -> None:
    made = made_of(*([para(f"{LONG} {note}"), END] for note in (old, new)))
    assert (made.changes > 0, made.rebuilt) == (True, ())


def test_a_table_of_a_note_goes_by_its_rows_and_the_note_keeps_a_paragraph() -> None:
    root = body(made_of([para(f"{LONG} {TABLED}"), END], [para(LONG), END]).data, "footnotes")
    [row] = root.iter(w("tr"))
    assert row.find(f"{w('trPr')}/{w('del')}") is not None
    ends = [line.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") for line in root[-1].findall(w("p"))]
    assert ends == [None]


def test_a_note_that_cannot_be_marked_comes_and_goes_with_its_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "_whole", lambda note, kind, pen: [])
    made = made_of([para(f"{LONG} {TABLED}"), END], [para(LONG), END])
    assert made.rebuilt == (f"{LONG} ",)


def test_a_number_that_a_program_counts_is_changed_as_a_whole_field() -> None:
    data = made_of([para("Tabel #1 viser"), END], [para("Tabel #2 viser"), END]).data
    assert marks(data) == [("del", "1"), ("ins", "2")]
    assert "delInstrText" in names(data)


def test_the_head_of_the_pages_is_changed_as_well() -> None:
    assert marks(made_of([END], [END], head="Hovedet").data, "header1") == [("del", "Hoved"), ("ins", "Hovedet")]


def test_bookmarks_stand_where_the_new_text_has_them_and_old_ones_stay_in_what_went() -> None:
    old = [para("Et", name="a"), para(LONG, name="b"), END]
    data = made_of(old, [para("Et", name="a"), para("To", name="c"), END]).data
    found = [node.get(w("name")) for node in body(data).iter(w("bookmarkStart"))]
    assert sorted(found) == ["a", "b", "c"]


def test_a_block_that_fails_is_rebuilt_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    right = lines.compare
    monkeypatch.setattr(lines, "compare", lambda old, new: right(old, new)[:-1])
    made = made_of([para(LONG), para(OTHER), END], [para(f"{LONG} nu"), para(OTHER), END])
    assert made.rebuilt == (LONG,)
    assert marks(made.data) == [("del", LONG), ("ins", f"{LONG} nu")]


def test_a_redline_that_nothing_mends_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "compare", lambda old, new: (Change(0, 0, 0, 0),))
    monkeypatch.setattr(lines.Pen, "marked", lambda *given, **more: [])
    with pytest.raises(RuntimeError, match="does not lead to the new text"):
        made_of([para(LONG), END], [para(OTHER), END])


def test_nothing_of_the_marks_is_left_when_all_are_accepted_or_rejected() -> None:
    made = made_of([para(LONG), table("a|b"), END], [para(OTHER, style="Heading1"), table("a|c", "d|e"), END])
    for data in (accepted(made.data), rejected(made.data)):
        assert not re.findall(rb"<w:(?:ins|del|move\w+|\w+Change|delText)\b", unpacked(data)["word/document.xml"])
