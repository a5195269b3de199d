"""A chapter comes out of mending with nothing in it that an edition stumbles over, and a note for each thing mended."""

import pytest

from forankring import text
from forankring.language import load_locale
from forankring.publishing.manuscript.desk import Desk, Names, settle_links
from forankring.publishing.manuscript.mending import mend
from forankring.publishing.manuscript.pictures import Gallery
from forankring.publishing.manuscript.reading import spaced_headings
from forankring.text import Node, header, para
from tests.integration.publishing_scene import png


def desk(locale: str = "da") -> Desk:
    return Desk(
        chapter="status",
        locale=load_locale(locale),
        names=Names(),
        gallery=Gallery({"a.png": png()}),
        notices={"imprint": (para("Kolofon"),)},
    )


def mended(*blocks: Node, on: Desk | None = None) -> tuple[list[Node], list[str]]:
    table = on or desk()
    return mend(table, list(blocks)), [found.code for found in table.mends]


def quoted(kind: str, *words: Node) -> Node:
    return {"t": "Quoted", "c": [{"t": kind}, list(words)]}


@pytest.mark.parametrize(("key", "expected"), [("da", "»a ›b‹«"), ("en", "“a ‘b’”")])
def test_quotation_marks_are_those_of_the_language(key: str, expected: str) -> None:
    inner = quoted("SingleQuote", {"t": "Str", "c": "b"})
    outer = quoted("DoubleQuote", {"t": "Str", "c": "a"}, {"t": "Space"}, inner)
    blocks, _ = mended({"t": "Para", "c": [outer]}, on=desk(key))
    assert text.plain(blocks) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([2, 3, 2], [2, 3, 2]),
        ([4, 4, 2, 5], [2, 2, 2, 3]),
        ([1, 2, 1], [2, 2, 2]),
        ([3, 6, 4, 6], [2, 3, 3, 4]),
    ],
)
def test_heading_levels_go_down_one_step_at_a_time(written: list[int], expected: list[int]) -> None:
    blocks, _ = mended(*(header(level, f"Nr. {index}") for index, level in enumerate(written)))
    assert [block["c"][0] for block in blocks] == expected


def test_skipped_levels_are_noted_once_a_chapter_with_their_number() -> None:
    bench = desk()
    mended(*(header(level, f"Nr. {index}") for index, level in enumerate([2, 4, 2, 5])), on=bench)
    assert [(found.code, found.detail, found.times) for found in bench.mends] == [("heading_level", "Nr. 1", 2)]


def test_an_empty_heading_is_left_out_and_one_in_a_quotation_becomes_bold() -> None:
    blocks, codes = mended(header(2, ""), {"t": "BlockQuote", "c": [header(2, "Råb")]})
    assert codes == ["heading_empty", "heading_inside"]
    assert blocks == [{"t": "BlockQuote", "c": [{"t": "Para", "c": [{"t": "Strong", "c": text.inlines("Råb")}]}]}]


def test_headings_get_names_and_the_same_words_get_different_ones() -> None:
    blocks, codes = mended(header(2, "Én vej"), header(2, "Én vej"))
    assert [block["c"][1][0] for block in blocks] == ["status-en-vej", "status-en-vej-2"]
    assert codes == []


def test_a_name_given_twice_is_changed_and_links_follow_the_first() -> None:
    link = {"t": "Link", "c": [["", [], []], text.inlines("se"), ["#a", ""]]}
    bench = desk()
    blocks, _ = mended(header(2, "Et", "a"), header(2, "To", "a"), {"t": "Para", "c": [link]}, on=bench)
    settle_links([bench])
    assert [block["c"][1][0] for block in blocks[:2]] == ["a", "a-2"]
    assert blocks[2]["c"][0]["c"][2] == ["#a", ""]
    assert [found.code for found in bench.mends] == ["id_twice"]


@pytest.mark.parametrize("target", ["#ingen", "javascript:alert(1)", "../andet.md", "/etc/passwd"])
def test_a_link_to_nowhere_leaves_its_words(target: str) -> None:
    bench = desk()
    link = {"t": "Link", "c": [["", [], []], text.inlines("ordene"), [target, ""]]}
    blocks, _ = mended({"t": "Para", "c": [link]}, on=bench)
    settle_links([bench])
    assert text.plain(blocks) == "ordene"
    assert not any(node["t"] == "Link" for node in text.walk(blocks))
    assert [found.code for found in bench.mends] == ["link_nowhere"]


def test_what_is_missing_is_marked_up_to_the_end_of_its_sentence() -> None:
    blocks, _ = mended(para("Før. ⚠ Mangler: ejer er ikke oplyst. Efter."))
    spans = [node for node in text.walk(blocks) if node["t"] == "Span"]
    assert [text.plain(span) for span in spans] == ["⚠\xa0Mangler: ejer er ikke oplyst."]
    assert spans[0]["c"][0][1] == ["missing"]
    assert text.plain(blocks) == "Før. ⚠\xa0Mangler: ejer er ikke oplyst. Efter."


def image(source: str, words: str = "") -> Node:
    return {"t": "Para", "c": [{"t": "Image", "c": [["", [], []], text.inlines(words), [source, ""]]}]}


def test_a_picture_that_is_there_keeps_its_words_and_gets_the_name_of_its_bytes() -> None:
    bench = desk()
    blocks, codes = mended(image("a.png", "Søjler"), on=bench)
    name = blocks[0]["c"][0]["c"][2][0]
    assert bench.gallery.used == {name: png()} and name.endswith(".png")
    assert codes == []


@pytest.mark.parametrize("source", ["b.png", "/etc/passwd", "http://x/a.png", "data:image/svg+xml;base64,AAAA"])
def test_a_picture_that_is_not_there_leaves_a_mark_that_can_be_seen(source: str) -> None:
    blocks, codes = mended(image(source, "Kurve"))
    assert text.plain(blocks) == "⚠\xa0Mangler: billede »Kurve«"
    assert codes == ["picture_missing"]


def test_a_broken_picture_counts_as_missing() -> None:
    bench = desk()
    bench.gallery.known = {"a.png": png()[:-20]}
    assert mended(image("a.png", "x"), on=bench)[1] == ["picture_missing"]


def test_a_picture_without_words_says_so() -> None:
    blocks, codes = mended(image("a.png"))
    assert "ikke beskrevet" in text.plain(blocks)
    assert codes == ["picture_without_words"]


def test_an_empty_notice_is_filled_and_one_that_an_editor_wrote_in_is_kept() -> None:
    empty: Node = {"t": "Div", "c": [["", ["imprint"], []], []]}
    written: Node = {"t": "Div", "c": [["", ["imprint"], []], [para("Mine ord")]]}
    assert text.plain(mended(empty)[0]) == "Kolofon"
    assert text.plain(mended(written)[0]) == "Mine ord"


def test_tight_headings_are_headings_only_where_there_are_no_others() -> None:
    assert spaced_headings("##01 Resumé\n\nTekst") == "## 01 Resumé\n\nTekst"
    assert spaced_headings("# Titel\n\n##7 er et nummer") == "# Titel\n\n##7 er et nummer"
    assert spaced_headings("#emneord") == "#emneord"
