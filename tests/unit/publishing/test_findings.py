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


TIME = {"row": "A", "place": "", "column": "Slut", "cell": "snart", "start": "2028", "end": "2027"}
VALUES = {"detail": "mål", "times": 2, **TIME}
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


FIGURE = """# S

## Svar

| Navn | Antal |
|------|-------|
| Nyt sprog for data | mange |

::: {{#fig-a .figure {kind}}}
{table}

: Svar
:::
"""
BARS = """| Navn | Før | Nu |
|------|----:|---:|
| Et andet | 1 | 2 |
| [Nyt sprog](#fig-a) for data | 1 | mange |"""
YES = """| Navn | M1 |
|------|----|
| Nyt sprog | ja |
| Nyt sprog for data | måske |"""
TIMES = """| Navn | Start | Slut |
|------|-------|------|
| Nyt sprog | 2027 | 2028 |
| [Nyt sprog for data](#fig-a) | 2028 | 1\\. marts 2027 |
| [Nyt sprog for alle](#fig-a) | snart | efter *høringen* |
| Uden | ⚠ Mangler | – |"""
SOON = """| Navn | Start | Slut |
|------|-------|------|
| Uden | – | ⚠ Mangler |
| Nyt sprog for data | snart | – |"""


@pytest.mark.parametrize(
    ("kind", "table", "expected"),
    [
        (".bars", BARS, [("cell_number", 13, "I rækken »Nyt sprog for data«, kolonnen »Nu« står »mange«")]),
        (".matrix", YES, [("cell_yes", 13, "I rækken »Nyt sprog for data«, kolonnen »M1« står »måske«")]),
        (
            ".timeline",
            TIMES,
            [
                ("time_turned", 13, "»Nyt sprog for data« (#fig-a), før det begynder: fra 2028 til 1. marts 2027"),
                ("time_unread", 14, "»Nyt sprog for alle« (#fig-a) i kolonnen »Start« ikke læses: »snart«"),
                ("time_unread", 14, "»Nyt sprog for alle« (#fig-a) i kolonnen »Slut« ikke læses: »efter høringen«"),
            ],
        ),
        (".timeline", SOON, [("cell_time", 13, "I rækken »Nyt sprog for data«, kolonnen »Start« står »snart«")]),
        (".pie", BARS, [("kind", 9, "hvordan figuren »Svar« skal tegnes")]),
        (".bars", BARS.replace("mange", "1") + "\n| A | 1 | 1 |" * 60, [("rows", 9, "62 rækker. Højst 60 kan tegnes")]),
        (
            ".bars",
            "| N |" + " A |" * 9 + "\n|---|" + "--:|" * 9 + "\n| a |" + " 1 |" * 9,
            [("columns", 9, "9 kolonner at tegne. Højst 8 kan tegnes")],
        ),
        (
            ".matrix",
            "| N |" + " A |" * 15 + "\n|---|" + "---|" * 15 + "\n| a |" + " ja |" * 15,
            [("columns", 9, "15 kolonner at tegne. Højst 14 kan tegnes")],
        ),
        (".bars", "| N | A |\n|---|--:|\n| a | 0 |", [("empty", 9, "»Svar« har intet at vise")]),
        (".bars", "Kun ord.", [("without_table", 9, "ingen tabel at blive tegnet af")]),
    ],
)
def test_what_is_wrong_with_a_figure_names_its_row_and_cell_or_its_limit(
    kind: str, table: str, expected: list[tuple[str, int, str]]
) -> None:
    found = in_status(FIGURE.format(kind=kind, table=table))
    problems = [item.problem for item in found if "figure" in item.problem.code]
    said = [load_locale("da").problem(problem)[0].replace("\N{NO-BREAK SPACE}", " ") for problem in problems]
    assert [(problem.code, problem.line) for problem in problems] == [(f"text_figure_{c}", n) for c, n, _ in expected]
    parts = [words for *_, words in expected]
    assert [part for part, whole in zip(parts, said, strict=True) if part not in whole] == []


@pytest.mark.parametrize("key", ["da", "en"])
def test_every_flaw_of_a_figure_has_words_and_a_remedy_in_every_language(key: str) -> None:
    sources = "".join(file.read_text("utf-8") for file in Path(publishing.__file__).parent.rglob("*.py"))
    codes = set(re.findall(r'(?:Flaw\(code=|_cell_flaw\()"(\w+)"', sources))
    given = dict.fromkeys(("detail", "row", "column", "cell"), "ord") | dict.fromkeys(("times", "count", "most"), 3)
    assert codes == {"shape", "rows", "columns", "kind", "empty", "tall", "cell_number", "cell_yes", "cell_time"}
    for code in codes:
        problem = Problem(code=f"text_figure_{code}", file="chapters/status.md", line=3, values=given)
        what, remedy = load_locale(key).problem(problem)
        assert what.startswith("chapters/status.md, ") and "…" not in what and remedy


@pytest.mark.parametrize("key", ["da", "en"])
def test_everything_that_is_noted_has_words_and_a_remedy_in_every_language(key: str) -> None:
    sources = "".join(file.read_text("utf-8") for file in Path(publishing.__file__).parent.rglob("*.py"))
    noted = set(re.findall(r'\.note\(\s*"(\w+)"', sources))
    assert len(noted) > 10
    for code in noted:
        problem = Problem(code=f"text_{code}", file="chapters/status.md", line=3, values=VALUES)
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
