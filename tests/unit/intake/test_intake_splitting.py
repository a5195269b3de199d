"""Splitting: every word of a file ends in a remark, a heading or a counted line of letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forankring.intake.readers.plain_text import blocks_of, is_heading, opening
from forankring.intake.records import Piece
from forankring.intake.splitting import split
from forankring.language import Locale
from forankring.text import header, inlines, para, plain


def texts(text: str, locale: Locale) -> list[str]:
    return [remark.text for remark in split(blocks_of(text), locale).remarks]


def test_plain_text_is_split_at_blank_lines_with_its_lines(danish: Locale) -> None:
    remarks = split(blocks_of("Et afsnit,\nder går over to linjer.\n\n\nEt til her.\n"), danish).remarks
    assert [(remark.text, remark.place.line, remark.place.paragraph) for remark in remarks] == [
        ("Et afsnit, der går over to linjer.", 1, 1),
        ("Et til her.", 5, 2),
    ]


def test_a_file_with_a_paragraph_on_each_line_is_split_at_its_lines(danish: Locale) -> None:
    long = "Dette er en lang linje, som et tekstprogram har gemt uden at bryde den, " * 2 + "og den slutter her."
    assert texts(f"{long}\n{long}", danish) == [long, long]


def test_headings_are_known_by_capitals_numbers_underlines_and_brevity(danish: Locale) -> None:
    title, number = "HØRINGSSVAR OM STRATEGIEN", "1. Økonomi\n\nDet koster."
    text = f"{title}\n\n{number}\n\nGevinster\n---------\n\nDet gavner.\n\nHvem ejer det?\n\nIngen."
    found = split(blocks_of(text), danish)
    assert found.title == "HØRINGSSVAR OM STRATEGIEN"
    assert [(remark.place.heading[1:], remark.text) for remark in found.remarks] == [
        (("1. Økonomi",), "Det koster."),
        (("Gevinster",), "Det gavner."),
        (("Hvem ejer det?",), "Ingen."),
    ]


def test_sentences_and_lists_of_names_are_no_headings() -> None:
    assert not is_heading("Det er godt.")
    assert not is_heading("Blog af Jens, direktør, Firmaet")
    assert not is_heading("- et punkt")
    assert not is_heading("4 Gevinsten er målt to gange Gevinstejeren")


def test_words_in_capitals_that_open_a_paragraph_are_its_heading_and_stay_in_it(danish: Locale) -> None:
    assert opening("TEKNOLOGIGLÆDE. Det er min oplevelse") == "TEKNOLOGIGLÆDE"
    assert opening("DET NYE ÅRTI? Men hvad") == "DET NYE ÅRTI?"
    assert opening("EU. Det er") == ""
    (remark,) = split(blocks_of("TEKNOLOGIGLÆDE. Det er min oplevelse, at den er stor."), danish).remarks
    assert remark.opens
    assert remark.text.startswith("TEKNOLOGIGLÆDE. Det er")


def test_a_list_is_one_remark_with_the_sentence_that_leads_to_it(danish: Locale) -> None:
    (remark,) = split(blocks_of("Vi foreslår tre ting:\n- en\n- to\n- tre\n"), danish).remarks
    assert [node["t"] for node in remark.nodes] == ["Para", "BulletList"]
    assert remark.blocks == remark.nodes
    assert remark.place.line == 1


def test_plain_paragraphs_need_no_blocks(danish: Locale) -> None:
    (remark,) = split(blocks_of("Bare et afsnit med ord."), danish).remarks
    assert remark.blocks == ()


def test_greetings_and_signatures_are_counted_but_are_no_remarks(danish: Locale) -> None:
    text = "Kære sekretariat\n\nVi støtter forslaget.\n\nMed venlig hilsen\n\nAne Eksempel\nKonsulent"
    found = split(blocks_of(text), danish)
    assert [remark.text for remark in found.remarks] == ["Vi støtter forslaget."]
    assert found.letter_lines == 3
    assert found.title == ""


@pytest.mark.parametrize(
    "line",
    [
        "Hej, vi kan slet ikke acceptere mål 3.",
        "Kære alle, vi er imod mål 3 og kræver et nyt",
        "Hilsen fra de ældre: vi vil have papirpost",
        "VH plejecenter bør være med",
        "Læs mere om det i bilaget, som bør slettes fra strategien",
        "Dato: fristen bør flyttes",
        "PS: Vi kan ikke acceptere mål 3",
        "Bilag: vores noter til kapitel 4",
        "Slet afsnit 2",
    ],
)
def test_a_line_that_says_something_is_a_remark_wherever_it_stands_in_a_letter(danish: Locale, line: str) -> None:
    letter = f"Kære sekretariat\n\nSvaret.\n\nMed venlig hilsen\n\nAne Eksempel\n\n{line}"

    assert texts(line, danish) == [line]
    assert texts(letter, danish)[-1] == line


def test_a_list_that_begins_like_a_letter_is_a_remark(danish: Locale) -> None:
    assert len(texts("- Hej borgere\n- Kære ven", danish)) == 1


def test_a_greeting_that_goes_on_with_a_remark_is_kept(danish: Locale) -> None:
    text = "Hej. Vi mener, at forslaget er godt, men at det mangler penge til at gennemføre det."
    assert texts(text, danish) == [text]


def test_what_comes_after_a_signature_under_a_new_heading_is_kept(danish: Locale) -> None:
    pieces = [Piece(node=para("Med venlig hilsen")), Piece(node=header(1, "Bilag")), Piece(node=para("Tekst."))]
    assert [remark.text for remark in split(pieces, danish).remarks] == ["Tekst."]


def test_a_heading_with_nothing_under_it_is_kept_as_a_remark(danish: Locale) -> None:
    pieces = [Piece(node=header(1, "En")), Piece(node=para("Tekst.")), Piece(node=header(1, "Nej til forslaget"))]
    assert [remark.text for remark in split(pieces, danish).remarks] == ["Tekst.", "Nej til forslaget"]


def test_a_short_bold_paragraph_is_the_heading_that_it_is_meant_to_be(danish: Locale) -> None:
    bold = {"t": "Para", "c": [{"t": "Strong", "c": inlines("Økonomi")}]}
    (remark,) = split([Piece(node=bold), Piece(node=para("Det koster."))], danish).remarks
    assert remark.place.heading == ("Økonomi",)


@given(st.lists(st.text(st.sampled_from("abæøå .,-:1\nA"), min_size=1), max_size=12))
def test_no_letter_is_lost_between_remarks_headings_and_letter_lines(danish: Locale, parts: list[str]) -> None:
    pieces = tuple(blocks_of("\n\n".join(parts)))
    found = split(pieces, danish)
    kept = "".join("".join((*remark.place.heading, remark.text)) for remark in found.remarks) + found.title
    for piece in pieces:
        assert plain(piece.node) in kept or found.letter_lines
