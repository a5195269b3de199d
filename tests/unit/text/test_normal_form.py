"""The normal form changes nothing but the lines: read again it means the same, and written again it is the same."""

import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forankring.language import load_locale
from forankring.text import Converter, Document, Node, normal_form, para, parse, plain, rewrite_blocks, write
from tests.unit.text.examples import EXAMPLES, PROVEN
from tests.unit.text.trees import NONE, bodies, lines, norm, table, text

DANISH = load_locale("da")
FEW = settings(PROVEN, max_examples=max(100, EXAMPLES // 10))
"""For what is part of the first property, made more likely."""


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Converter]:
    """Return one pandoc for all: that it does what ``parse`` and ``write`` do is shown in ``test_converting``."""
    with Converter() as converter:
        yield converter


@given(blocks=bodies())
@PROVEN
def test_the_normal_form_of_any_document_means_the_same_and_is_stable(pandoc: Converter, blocks: list[Node]) -> None:
    written = pandoc.write(Document(tuple(blocks)), DANISH)
    again = pandoc.parse(written)

    assert norm(again.blocks) == norm(blocks), written
    assert pandoc.write(again, DANISH) == written


@given(
    typed=st.lists(
        st.sampled_from(
            "Et|to.|Tre|1.|-|#|:|> q|| a |---|*a*|**|~~|_|`|```|[x](y)|![|^[n]|\\|{.c}|\n|\n\n|\n- |\n1. ".split("|")
        )
    )
)
@PROVEN
def test_whatever_an_editor_types_keeps_its_words_in_a_stable_normal_form(pandoc: Converter, typed: list[str]) -> None:
    document = pandoc.parse(" ".join(typed))
    written = pandoc.write(document, DANISH)
    again = pandoc.parse(written)

    assert _words(again.blocks) == _words(document.blocks), written
    assert pandoc.write(again, DANISH) == written


@given(rows=st.lists(st.lists(bodies(), min_size=1, max_size=2), min_size=1, max_size=3))
@FEW
def test_a_table_of_blocks_is_flattened_into_cells_and_no_word_is_lost(
    pandoc: Converter, rows: list[list[list[Node]]]
) -> None:
    made = [[NONE, [[NONE, {"t": "AlignDefault"}, 1, 1, cell] for cell in row]] for row in rows]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": 0.5}]]
    tree = {"t": "Table", "c": [NONE, [None, []], columns, [NONE, []], [[NONE, 0, [], made]], [NONE, []]]}
    written = pandoc.write(Document((tree,)), DANISH)
    again = pandoc.parse(written)

    assert _words(again.blocks) == _words([tree])
    assert pandoc.write(again, DANISH) == written


def test_a_picture_in_a_note_in_a_cell_is_not_said_twice() -> None:
    written = write(parse("| a |\n|---|\n| b[^1] |\n\n[^1]: ![billede](a.png)\n"), DANISH)
    assert written.count("billede") == 1
    assert normal_form(written, DANISH) == written


@pytest.mark.parametrize("words", ["[x] se", "[X] se", "[ ] se", "[x]"])
def test_a_box_that_somebody_wrote_is_not_ticked(words: str) -> None:
    listed: Node = {"t": "BulletList", "c": [[para(words)]]}
    defined: Node = {"t": "DefinitionList", "c": [[[text("Ord")], [[para(words)]]]]}

    for tree in (listed, defined):
        written = write(Document((tree,)), DANISH)
        assert norm(parse(written).blocks) == norm([tree])
        assert normal_form(written, DANISH) == written


def test_a_picture_after_definitions_is_written_the_same_again() -> None:
    once = normal_form("Ord\n:   forklaring\n\n![Kort](kort.png)\n", DANISH)

    assert normal_form(once, DANISH) == once


def test_spans_keep_the_columns_of_a_table_in_line() -> None:
    wide = [NONE, {"t": "AlignDefault"}, 1, 2, [para("Hele årstallet")]]
    tall = [NONE, {"t": "AlignDefault"}, 2, 1, [para("Mål")]]
    one = [[NONE, {"t": "AlignDefault"}, 1, 1, [para(word)]] for word in ("a", "b", "c", "d")]
    head, rows = [NONE, [tall, wide]], [[NONE, one[:2]], [NONE, [*one[1:]]]]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * 3
    tree = {
        "t": "Table",
        "c": [NONE, [None, []], columns, [NONE, [head, rows[0]]], [[NONE, 0, [], rows[1:]]], [NONE, []]],
    }

    assert [line for line in write(Document((tree,)), DANISH).splitlines() if "--" not in line] == [
        "| Mål | Hele årstallet |  |",
        "|  | a | b |",
        "| b | c | d |",
    ]


def test_line_breaks_and_paragraphs_in_a_cell_become_one_line() -> None:
    cell = [
        para("Første\nlinje"),
        para("Andet afsnit."),
        {"t": "BulletList", "c": [[para("punkt")], [para("punkt to")]]},
    ]
    tree = table([[[text("A")]], [[text("B")]]])
    tree["c"][4][0][3][0][1][0][4] = cell

    assert "| Første linje; Andet afsnit. punkt; punkt to |" in write(Document((tree,)), DANISH)


def test_column_widths_do_not_flicker_between_two_runs() -> None:
    once = normal_form(f"| a | b |\n|---|----------|\n| {'ord ' * 40} | kort |\n", DANISH)

    assert normal_form(once, DANISH) == once


@pytest.mark.parametrize(
    ("locale", "written", "expected"),
    [
        ("da", "Det er én. Og to! Mon tre? Ja.", ["Det er én.", "Og to!", "Mon tre?", "Ja."]),
        ("da", "Det er én.^[Se *her*.] Og to.", ["Det er én.[^1]", "Og to.", "", "@1"]),
        ("da", "Det koster ca. 15 mio. kr. Bl.a. Jf. Kap. 3 og fx Ikast.", None),
        ("da", "Fristen er den 1. Januar og 1. januar 2024. Så er det slut.", ["@1", "Så er det slut."]),
        ("da", "Vi skriver til KL. De svarer kl. 12.", ["Vi skriver til KL.", "De svarer kl. 12."]),
        ("da", "Han sagde »Ja.« Hun sagde »nej«.", ["Han sagde »Ja.«", "Hun sagde »nej«."]),
        (
            "en",
            "It costs approx. 5 million. See e.g. Dr. Hansen. Done.",
            ["It costs approx. 5 million.", "@1", "Done."],
        ),
    ],
)
def test_each_sentence_stands_on_a_line_of_its_own(locale: str, written: str, expected: list[str] | None) -> None:
    found = normal_form(written, load_locale(locale)).rstrip("\n").split("\n")

    if expected is None:
        assert found == [written]
    else:
        assert len(found) == len(expected)
        assert all(want in (line, "@1") for want, line in zip(expected, found, strict=True))


@pytest.mark.parametrize("start", ["1.", "12.", "A.", "b)", "(2)", "IV.", "(@)", "-", "+", "#", ">", ":", "|", "%"])
def test_a_word_that_would_begin_a_list_never_begins_a_line(start: str) -> None:
    inner = [text("Slut."), {"t": "SoftBreak"}, text(start), {"t": "Space"}, text("Ord")]
    tree = ({"t": "BulletList", "c": [[{"t": "Plain", "c": inner}]]},)

    assert norm(parse(write(Document(tree), DANISH)).blocks) == norm(tree)


def test_dashes_ellipses_and_apostrophes_stand_as_themselves() -> None:
    assert normal_form("2016–2020 … d’Hondt – og KL’s", DANISH) == "2016–2020 … d’Hondt – og KL’s\n"


def test_two_lists_side_by_side_stay_two_lists() -> None:
    two = ({"t": "BulletList", "c": [[para("a")]]}, {"t": "BulletList", "c": [[para("b")]]})

    assert [block["t"] for block in parse(write(Document(two), DANISH)).blocks] == ["BulletList", "BulletList"]


def test_nothing_raw_passes_into_a_chapter() -> None:
    raw = {"t": "RawBlock", "c": ["markdown", "# Ude"]}, {"t": "Para", "c": [{"t": "RawInline", "c": ["typst", "#x"]}]}

    assert write(Document(raw), DANISH).strip() == ""


@given(inner=lines())
@FEW
def test_a_quotation_inside_a_quotation_keeps_its_words(pandoc: Converter, inner: list[Node]) -> None:
    quoted = {"t": "Quoted", "c": [{"t": "DoubleQuote"}, inner]}
    tree = ({"t": "Para", "c": [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, [text("a"), {"t": "Space"}, quoted]]}]},)

    assert _words(pandoc.parse(pandoc.write(Document(tree), DANISH)).blocks) == _words(tree)


def _words(blocks: Iterable[Node]) -> list[str]:
    """Return the words; a picture alone is read as a figure whose caption is its own words, and they count once."""
    return re.findall(r"\w+", plain(rewrite_blocks(blocks, _once)))


def _once(node: Node) -> list[Node]:
    if node["t"] == "Figure" and plain(node["c"][1][1]) == plain(node["c"][2]):
        return list(node["c"][2])
    return [node]
