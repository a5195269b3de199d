"""Each finding names the chapter and the line where an editor finds it, and what to do, in the strategy's language."""

import re
from pathlib import Path

import pytest

from forankring import publishing
from forankring.errors import InputError, Problem
from forankring.language import load_locale
from forankring.publishing import Finding, build, lint
from tests.integration.publishing_scene import scene


def found(markdown: str) -> list[tuple[str, int | None]]:
    return [(item.problem.code, item.problem.line) for item in in_status(markdown)]


def in_status(markdown: str) -> list[Finding]:
    return [item for item in lint(scene(status=markdown)) if item.chapter == "status"]


GRID = "\n+-----+-----+\n| A   | B   |\n+=====+=====+\n| et  | to  |\n|     |     |\n| tre |     |\n+-----+-----+\n"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# S\n\nSe [her](#ingen).\n\nOg [der](../der.md).\n", [("text_link_nowhere", 3), ("text_link_nowhere", 5)]),
        ("# S\n\nMål\n\n## A\n\n#### Mål\n", [("text_heading_level", 7)]),
        ("# S\n\n##\n\nOrd\n\n##\n", [("text_heading_empty", 3), ("text_heading_empty", 7)]),
        ("# S\n\n> # Råb\n", [("text_heading_inside", 3)]),
        ("# S\n\n![Et\nkort](vaek.png)\n", [("text_picture_missing", 4)]),
        ("# S\n\nOrd\n\n![](soejler.png)\n", [("text_picture_without_words", 5)]),
        ("# S\n\net\n" + GRID, [("text_cell_flattened", 8)]),
        ("# S\n\n|  |  |\n|--|--|\n| A | 1 |\n", [("text_table_headless", 5)]),
        ("# S\n\nEt 漢 tegn\n", [("text_glyph_missing", 3)]),
        ("# S\n\nOrd\n<b>fed</b>\n", [("text_html_as_words", 4)]),
        ("# S\n\n## A {#a}\n\n## B {#a}\n", [("text_id_twice", 5)]),
        ("Kun ord\n", [("text_chapter_untitled", 1)]),
        ("\n", [("text_chapter_empty", 1)]),
        ("# S\n\nOrd \u202evendt\u202c\n", [("text_direction_marks", 3)]),
        ("# S\n\n" + "ord " * 3001, [("text_chapter_long", 1)]),
        ("# S\n\n## A\n\n" + "ord " * 3001, []),
    ],
)
def test_a_finding_names_its_line(markdown: str, expected: list[tuple[str, int]]) -> None:
    assert found(markdown) == expected


@pytest.mark.parametrize("key", ["da", "en"])
def test_everything_that_is_noted_has_words_and_a_remedy_in_every_language(key: str) -> None:
    sources = "".join(file.read_text("utf-8") for file in Path(publishing.__file__).parent.glob("*.py"))
    noted = set(re.findall(r'\.note\(\s*"(\w+)"', sources))
    assert len(noted) > 10
    for code in noted:
        problem = Problem(code=f"text_{code}", file="chapters/status.md", line=3, values={"detail": "mål", "times": 2})
        what, remedy = load_locale(key).problem(problem)
        assert what.startswith("chapters/status.md, ") and "…" not in what and remedy


UNFINISHED = "# S\n\nFør\n\n<<<<<<< HEAD\nDen ene\n=======\nDen anden\n>>>>>>> main\n"


def test_an_unfinished_merge_stops_the_build_with_every_mark(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("ud")
    with pytest.raises(InputError) as raised:
        build(scene(status=UNFINISHED, initiatives=UNFINISHED), folder)
    assert [(item.code, item.file, item.line) for item in raised.value.problems] == [
        ("text_conflict_marks", f"chapters/{key}.md", line) for key in ("status", "initiatives") for line in (5, 9)
    ]
    assert not list(folder.iterdir())
