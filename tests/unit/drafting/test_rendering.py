"""Values never become markup, every block knows what it rests on, and a template's mistake has a place."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forankring.drafting.environment import ChapterEnvironment
from forankring.drafting.provenance import (
    BlockSource,
    carry_over,
    describe,
    dump_provenance,
    load_provenance,
    sources_of_blocks,
)
from forankring.drafting.rendering import _finish
from forankring.drafting.sources import Sourced, mark
from forankring.drafting.tokens import Tokens
from forankring.errors import InputError
from forankring.language import load_locale
from forankring.ledger import InputKind, Point
from forankring.text import clean_text, parse, plain
from forankring.workspace import render_template

DANISH = load_locale("da")


def rendered(folder: Path, template: str, **values: object) -> tuple[str, tuple[BlockSource, ...]]:
    (folder / "chapters").mkdir(exist_ok=True)
    (folder / "chapters" / "a.md.j2").write_text(template, encoding="utf-8")
    tokens = Tokens()
    environment = ChapterEnvironment([folder], DANISH, tokens)
    return _finish(render_template(environment, "chapters/a.md.j2", values), tokens, DANISH)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.sampled_from("aæ1 *_`#|[](){}<>!\"'\\$~^@:-+=&\ue000\ue001\u00a0"), min_size=1, max_size=40))
def test_a_value_reads_the_same_in_the_chapter_whatever_it_holds(folder: Path, value: str) -> None:
    markdown, _ = rendered(folder, "# T\n\nx {{ v }} x\n\n| a |\n|---|\n| y {{ v }} y |\n", v=value)
    text = " ".join(clean_text(value).split())
    blocks = parse(markdown).blocks
    assert [block["t"] for block in blocks] == ["Header", "Para", "Table"]
    assert " ".join(plain(blocks[1]).split()) == " ".join(f"x {text} x".split())
    assert " ".join(plain(blocks[2]).split()) == " ".join(f"a y {text} y".split())
    assert {node["t"] for node in blocks[1]["c"]} <= {"Str", "Space", "SoftBreak"}


def test_a_points_blocks_stand_where_the_template_puts_them(folder: Path) -> None:
    blocks = ({"t": "Para", "c": [{"t": "Strong", "c": [{"t": "Str", "c": "fed"}]}]},)
    point = Point(id="B001-01", kind=InputKind.RESPONSE, text="fed", blocks=blocks)
    markdown, sources = rendered(folder, "> {{ p|blocks }}\n", p=point)
    assert markdown == "> **fed**\n"
    assert sources[0].sources == ("B001-01",)


def test_every_block_knows_the_sources_of_the_values_in_it(folder: Path) -> None:
    template = "{{ a }} og {{ b }}\n\n::: {.box}\n## {{ a }}\n\nuden\n:::\n\n{{ rests_on(a) }} 1 bidrag\n"
    _, sources = rendered(folder, template, a=Sourced("ja", "B001-01"), b=Sourced("nej", "catalogue:goals/G1"))
    assert [block.sources for block in sources] == [("B001-01", "catalogue:goals/G1"), ("B001-01",), (), ("B001-01",)]


def test_a_script_link_is_not_a_link(folder: Path) -> None:
    markdown, _ = rendered(
        folder, "[a]({{ bad }}) [b]({{ good }})\n", bad="javascript:x()", good="https://eksempel.dk/a?b=c"
    )
    assert markdown == "a [b](https://eksempel.dk/a?b=c)\n"


def test_a_paragraph_that_prints_nothing_leaves_no_trace(folder: Path) -> None:
    assert rendered(folder, "a\n\n{{ rests_on(x) }}\n\nb\n", x=Sourced("x", "B001"))[0] == "a\n\nb\n"


@pytest.mark.parametrize(
    "mistake",
    [
        "{{ nope }}",
        "{% if %}",
        "{{ x ~ x }}",
        "{{ x|safe }}",
        "{{ x.__class__ }}",
        "{{ none }}",
        "{{ true }}",
        "{{ x.y }}",
    ],
)
def test_a_mistake_in_a_template_names_file_and_line(folder: Path, mistake: str) -> None:
    with pytest.raises(InputError) as caught:
        rendered(folder, f"linje 1\n\n{mistake}\n", x="1")
    problem = caught.value.problems[0]
    assert (problem.file, problem.line) == ("chapters/a.md.j2", 3)
    assert all(DANISH.problem(problem))


def test_a_missing_template_is_named(folder: Path) -> None:
    with pytest.raises(InputError) as caught:
        rendered(folder, "{% include 'chapters/ukendt.md.j2' %}")
    assert caught.value.problems[0].file == "chapters/ukendt.md.j2"


def test_marking_reaches_every_string_of_a_record_and_changes_none() -> None:
    point = Point(id="B001-01", kind=InputKind.RESPONSE, text="a")
    marked = mark(point, "B001-01")
    assert marked == point
    assert isinstance(marked.text, Sourced)
    assert marked.kind is InputKind.RESPONSE


def test_an_edited_block_is_the_editors_and_keeps_the_sources_it_had() -> None:
    generated = tuple(
        describe(block, sources)
        for block, sources in zip(
            parse("Kommunerne ønsker bedre data.\n\nUændret tekst.\n").blocks, [["B001-01"], ["B002-01"]], strict=True
        )
    )
    edited = parse("Kommunerne ønsker langt bedre data.\n\nUændret tekst.\n\nHelt nyt fra redaktøren.\n").blocks
    found = carry_over(generated, edited)
    assert [(block.origin, block.sources) for block in found] == [
        ("editor", ("B001-01",)),
        ("template", ("B002-01",)),
        ("editor", ()),
    ]


def test_what_a_block_rests_on_is_found_by_its_words_and_same_words_take_turns() -> None:
    first, second = (describe(parse("Kilde: Eksempel.\n").blocks[0], [point]) for point in ("B001-01", "B002-01"))
    other = describe(parse("En *anden* sætning.\n").blocks[0], ["B003-01"])
    blocks = ("Kilde: Eksempel.", "En anden sætning.", "Kilde: Eksempel.", "Kilde: Eksempel.", "Ukendt.")

    found = sources_of_blocks([first, second, other], blocks)

    assert found == (("B001-01",), ("B003-01",), ("B002-01",), ("B002-01",), ())


def test_provenance_survives_its_file() -> None:
    provenance = {"status": (describe(parse("En sætning.\n").blocks[0], ["B001-01"]),)}
    assert load_provenance(dump_provenance(provenance)) == provenance
