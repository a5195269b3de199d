"""A passage in another language says so; what an editor has said of it stands."""

from typing import Any

from forankring import text
from forankring.language import load_locale
from forankring.publishing.manuscript.speaking import spoken
from forankring.text import Node, para
from tests.unit.language.test_recognising import DANISH, ENGLISH

DA, EN = load_locale("da"), load_locale("en")


def languages(*blocks: Node, locale: Any = DA) -> list[tuple[str, str]]:
    """Return each language given to words, and the words."""
    spans = [node for node in text.walk(spoken(blocks, locale)) if node["t"] == "Span"]
    return [(tag, text.plain(span)) for span in spans for key, tag in span["c"][0][2] if key == "lang"]


def span(words: str, tag: str) -> Node:
    return {"t": "Span", "c": [["", [], [["lang", tag]]], text.inlines(words)]}


def test_only_a_paragraph_in_another_language_is_marked() -> None:
    assert languages(para(DANISH), para(ENGLISH)) == [("en-GB", ENGLISH)]
    assert languages(para(DANISH), para(ENGLISH), locale=EN) == [("da-DK", DANISH)]


def test_no_word_is_changed() -> None:
    blocks = [para(DANISH), para(ENGLISH), {"t": "BlockQuote", "c": [para(ENGLISH)]}]
    assert text.plain(spoken(blocks, DA)) == text.plain(blocks)


def test_a_quotation_and_a_list_are_of_one_language_down_to_their_shortest_parts() -> None:
    quotation: Node = {"t": "BlockQuote", "c": [para(ENGLISH), para("Yes.")]}
    listed: Node = {"t": "BulletList", "c": [[para(ENGLISH)], [para("No.")]]}
    assert [words for _, words in languages(quotation, listed)] == [ENGLISH, "Yes.", ENGLISH, "No."]


def test_a_list_of_both_languages_is_marked_item_by_item() -> None:
    listed: Node = {"t": "BulletList", "c": [[para(ENGLISH)], [para(DANISH)], [para("No.")]]}
    assert languages(listed) == [("en-GB", ENGLISH)]


def test_what_an_editor_has_marked_is_left_as_it_is() -> None:
    written: Node = {"t": "Para", "c": [*text.inlines(ENGLISH + " "), span("Kurz", "de")]}
    assert languages(written) == [("de", "Kurz")]


def test_a_division_gives_its_language_to_all_that_is_in_it() -> None:
    inside: Node = {"t": "BulletList", "c": [[para("Kurz.")]]}
    division: Node = {"t": "Div", "c": [["", [], [["lang", "de"]]], [para("Ja."), inside]]}
    assert languages(division) == [("de", "Ja."), ("de", "Kurz.")]


def test_a_heading_can_be_given_a_language() -> None:
    heading: Node = {"t": "Header", "c": [2, ["a", [], [["lang", "en"]]], text.inlines("A heading")]}
    assert languages(heading) == [("en", "A heading")]
    assert spoken([heading], DA)[0]["c"][1] == ["a", [], []]


def test_a_picture_stays_alone_in_its_paragraph() -> None:
    image: Node = {"t": "Image", "c": [["", [], []], text.inlines(ENGLISH), ["a.png", ""]]}
    figure: Node = {"t": "Figure", "c": [["", [], []], [None, [para(ENGLISH)]], [{"t": "Plain", "c": [image]}]]}
    [done] = spoken([figure], DA)
    assert done["c"][2] == figure["c"][2]
    assert languages(figure) == [("en-GB", ENGLISH)]


def test_a_language_that_there_is_not_is_taken_away() -> None:
    assert languages({"t": "Para", "c": [span("x", "qq")]}) == []
