"""Strangers' trees keep their words and nothing else; our own chapters keep only attributes that are known."""

import copy
import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forankring.text import Node, clean_text, inlines, parse, plain, restrain, sanitise, walk
from forankring.text.nodes import rewrite
from tests.unit.text.trees import NONE, bodies, table, text

QUICK = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
EVIL = ["id", ["x y", "a"], [["typst:fill", "red"], ["lang", "en"], ["custom-style", "Boks"], ["onclick", "x()"]]]


@given(bodies())
@QUICK
def test_sanitising_loses_no_word(blocks: list[Node]) -> None:
    assert _words(plain(sanitise(blocks))) == _words(plain(blocks))


@given(bodies())
@QUICK
def test_sanitising_twice_is_sanitising_once_and_leaves_its_input_untouched(blocks: list[Node]) -> None:
    before = copy.deepcopy(blocks)
    once = sanitise(blocks)

    assert sanitise(once) == once
    assert blocks == before


def test_sanitising_drops_every_attribute_even_in_cells() -> None:
    cleaned = json.dumps(sanitise(_evil_tree()))

    assert not re.search(r"typst|onclick|Boks|\"id\"|lang", cleaned)
    assert "celle" in cleaned


@pytest.mark.parametrize("kind", ["RawBlock", "CodeBlock"])
def test_raw_and_code_blocks_become_their_text(kind: str) -> None:
    first = ["html"] if kind == "RawBlock" else [NONE]

    assert sanitise([{"t": kind, "c": [*first, "<b>ord</b>"]}]) == ({"t": "Para", "c": inlines("<b>ord</b>")},)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "#x", "//evil.dk", "data:x", "http://a b"]
)
def test_an_odd_link_becomes_its_words(link: str) -> None:
    tree = {"t": "Para", "c": [{"t": "Link", "c": [NONE, [text("ord")], [link, "titel"]]}]}

    assert sanitise([tree]) == ({"t": "Para", "c": [text("ord")]},)


@pytest.mark.parametrize("link", ["https://digst.dk", "HTTP://a.dk/b", "mailto:post@kl.dk"])
def test_an_ordinary_link_stays_without_its_title(link: str) -> None:
    tree = {"t": "Para", "c": [{"t": "Link", "c": [EVIL, [text("ord")], [link, "titel"]]}]}

    assert sanitise([tree])[0]["c"][0]["c"] == [NONE, [text("ord")], [link, ""]]


def test_a_picture_and_its_caption_keep_their_words() -> None:
    image = {"t": "Image", "c": [NONE, [text("diagram")], ["x.png", ""]]}
    figure = {
        "t": "Figure",
        "c": [NONE, [None, [{"t": "Plain", "c": [text("Figur")]}]], [{"t": "Plain", "c": [image]}]],
    }

    assert plain(sanitise([figure])).split() == ["[diagram]", "Figur"]


@pytest.mark.parametrize("depth", [80, 280, 50_000])
def test_a_block_nested_absurdly_deep_becomes_its_words(depth: int) -> None:
    block = {"t": "Para", "c": [text("til"), {"t": "Space"}, text("bunds")]}
    for _ in range(depth):
        block = {"t": "BlockQuote", "c": [block]}
    kept = sanitise([block, {"t": "Para", "c": [text("efter")]}])

    assert plain(kept).split() == ["til", "bunds", "efter"]
    assert kept[0]["t"] == ("BlockQuote" if depth < 100 else "Para")


def test_restraining_removes_typst_attributes_everywhere_and_keeps_the_known_ones() -> None:
    kept = restrain(_evil_tree())
    written = json.dumps(kept)

    assert not re.search(r"typst|onclick|x y", written)
    assert kept[0]["c"][0] == ["id", ["a"], [["lang", "en"], ["custom-style", "Boks"]]]


def test_restraining_removes_raw_parts() -> None:
    raw = [{"t": "RawBlock", "c": ["typst", "#x"]}, {"t": "Para", "c": [{"t": "RawInline", "c": ["html", "<b>"]}]}]

    assert restrain(raw) == ({"t": "Para", "c": []},)


def test_typst_attributes_written_in_markdown_do_not_survive() -> None:
    blocks = parse(
        '[ord]{typst:fill="red"}\n\n::: {typst:fill="red"}\nx\n:::\n\n| a |\n|---|\n| [b]{typst:x=y} |\n'
    ).blocks

    assert "typst" not in json.dumps(restrain(blocks))


@given(bodies())
@QUICK
def test_rewriting_leaves_its_input_untouched(blocks: list[Node]) -> None:
    before = copy.deepcopy(blocks)
    rewrite(blocks, lambda node: [] if node["t"] == "Str" else [node])

    assert blocks == before
    assert rewrite(blocks, lambda node: [node]) == blocks


@given(bodies())
@QUICK
def test_walking_meets_every_word_that_plain_text_has(blocks: list[Node]) -> None:
    met = " ".join(node["c"] for node in walk(blocks) if node["t"] == "Str")

    assert set(_words(met)) <= set(_words(plain(blocks)))


@given(st.text())
@QUICK
def test_cleaning_is_idempotent_and_keeps_letters(given_text: str) -> None:
    cleaned = clean_text(given_text)

    assert clean_text(cleaned) == cleaned
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e\ufeff]", cleaned)


def test_cleaning_gives_one_kind_of_line_end_and_composed_letters() -> None:
    assert clean_text("a\r\nb\rc\fd\te\u0000f a\u030a\u202ex") == "a\nb\nc\nd ef åx"


def _evil_tree() -> list[Node]:
    """A div, a span and a table whose every part and cell carries attributes."""
    span = {"t": "Span", "c": [EVIL, [text("celle")]]}
    grid = table([[[text("A")]], [[span]]])
    grid["c"][0] = EVIL
    grid["c"][3][0] = grid["c"][4][0][0] = grid["c"][5][0] = EVIL
    grid["c"][4][0][3][0][0] = grid["c"][4][0][3][0][1][0][0] = EVIL
    code = {"t": "CodeBlock", "c": [EVIL, "kode"]}
    head = {"t": "Header", "c": [1, EVIL, [{"t": "Code", "c": [EVIL, "kode"]}]]}
    return [{"t": "Div", "c": [EVIL, [grid, code, head]]}]


def _words(given_text: str) -> list[str]:
    return re.findall(r"\w+", given_text)
