"""Whatever an editor or a stakeholder writes, all three editions are built and hold its words, and a finding says where
to look; or the build stops with a finding. Never a broken file."""

import io
import struct
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
import typst
from lxml import etree

from forankring.publishing import VersionText, build, lint
from forankring.workspace import EditionFormat, Look, house_look
from tests.integration import published
from tests.integration.publishing_scene import png, scene
from tests.integration.test_publishing import UK, uk

MM = 72 / 25.4
SIX_DEEP = "".join(f"{'    ' * depth}- trin{depth}\n" for depth in range(6))


def rows(columns: int, head: str, body: str) -> str:
    """Return a table of so many columns as Markdown."""
    lines = ([f"{head}{n}" for n in range(columns)], ["---"] * columns, [f"{body}{n}" for n in range(columns)])
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


WIDE, LONG_WORDS = rows(60, "k", "v"), rows(40, "udfordringer", "forretningsgang")
LONG = "| Nr. | Svar |\n|---|---|\n" + "".join(f"| {number} | svar{number} |\n" for number in range(500))
NARROW = rows(2, "hoved", "celle")
TWELVE_DEEP = "".join(f"{'    ' * depth}- trin{depth}\n" for depth in range(12))
OVER_ROWS = "+---+---+\n| A | B |\n+   +---+\n|   | D |\n+---+---+\n| F | H |\n+---+---+\n"
CELLS = "+-----+-----+\n| A   | B   |\n+=====+=====+\n| - et| to  |\n| - to|     |\n|     | tre |\n+-----+-----+\n"


def bomb() -> bytes:
    """Return a small PNG file that says it is 10,000 pixels each way."""
    head = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(b)) + k + b + struct.pack(">I", zlib.crc32(k + b)) for k, b in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


PICTURES = {"soejler.png": png(), "bombe.png": bomb(), "halv.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 60}

BAD: Mapping[str, tuple[str, list[tuple[str, int]], str]] = {
    "a missing picture": ("![Kurven](vaek.png)", [("text_picture_missing", 3)], "Kurven"),
    "half a JPEG": ("![Kurven](halv.jpg)", [("text_picture_missing", 3)], "Kurven"),
    "a picture larger than memory": ("![Kurven](bombe.png)", [("text_picture_missing", 3)], "Kurven"),
    "a broken link": ("Se [bilaget](#ingen).", [("text_link_nowhere", 3)], "bilaget"),
    "a link that runs": ("Se [bilaget](javascript:alert).", [("text_link_nowhere", 3)], "bilaget"),
    "an emoji": ("Godt \U0001f600 arbejde.", [("text_glyph_missing", 3)], "arbejde"),
    "blocks in cells": (CELLS, [("text_cell_flattened", 6)] * 2, "tre"),
    "raw HTML": ("Ord\n\n<marquee>rul</marquee>", [("text_html_as_words", 5)], "rul"),
    "a skipped level": ("## A\n\n#### Sprunget", [("text_heading_level", 5)], "Sprunget"),
    "an unbroken word": ("Før " + "x" * 400 + " efter.", [("text_word_long", 3)], "efter"),
    "sixty columns": (WIDE, [("text_table_wide", 3)], "v59"),
    "an unbroken word in a cell": (f"| A | B |\n|---|---|\n| {'x' * 400} | efter |", [("text_word_long", 5)], "efter"),
    "an unbroken word in code": (
        f"`{'x' * 400}` og\n\n```\n{'y' * 400}\n```\n\nefter",
        [("text_word_long", 3)],
        "efter",
    ),
    "an unbroken heading": (f"## {'x' * 400}\n\nefter", [("text_word_long", 3)], "efter"),
    "sixty columns in a quotation": ("> " + WIDE.replace("\n", "\n> "), [("text_table_wide", 3)], "v59"),
    "forty columns of long words": (LONG_WORDS, [("text_table_wide", 3)], "forretningsgang39"),
    "ten columns of long words": (rows(10, "nr. ", "forretningsgang"), [], "nr. 9"),
    "ten columns of numbers": (rows(10, "nr. ", "1234567890123456"), [], "nr. 9"),
    "thirty pages without a heading": ("ordet står her. " * 4000, [("text_chapter_long", 1)], "ordet står her"),
    "paragraphs in items": ("- et\n\n    to\n\n- tre\n", [], "tre"),
    "lists six deep": (SIX_DEEP, [], "trin5"),
    "five hundred rows": (LONG, [], "svar499"),
    "notes in headings and cells": (
        "## Om[^1]\n\n| A | B |\n|---|---|\n| x[^2] | y |\n\n[^1]: Notat.\n\n[^2]: Fodnote.",
        [],
        "Fodnote.",
    ),
    "right to left": ("Ordet \u05e9\u05dc\u05d5\u05dd og resten.", [("text_glyph_missing", 3)], "resten"),
    "quotations forty deep": ("> " * 40 + "dybt citat", [("text_nested_deep", 3)], "dybt citat"),
    "a note of quotations forty deep": (
        "Ord[^1]\n\n[^1]: Note\n\n    " + "> " * 40 + "dybt",
        [("text_nested_deep", 7)],
        "dybt",
    ),
    "lists twelve deep": (TWELVE_DEEP, [("text_nested_deep", 14)], "trin11"),
    "terms inside terms": ("A\n:   B\n\n    C\n    :   D\n", [("text_nested_deep", 6)], "D"),
    "a link to a wide division": (f"Se [her](#bred).\n\n::: {{.wide #bred}}\n{NARROW}\n:::", [], "celle1"),
    "a wide division in another one": (
        f"[her](#bred)\n\n:::: {{.wide}}\n::: {{.wide #bred}}\n{NARROW}\n:::\n::::",
        [],
        "celle1",
    ),
    "a rule on a flipped page": ("::: {.wide}\n---\n:::\n\nefter", [], "efter"),
    "a division of the build's own class": ("Se [her](#her).\n\n::: {.passage #her}\nOrdet\n:::", [], "Ordet"),
    "sixty columns in a box": (f"::: {{.initiative}}\n{WIDE}\n:::", [("text_table_wide", 4)], "v59"),
    "a table with its caption in a box": (f"::: {{.initiative}}\n{NARROW}\n\n: Om det\n:::", [], "Om det"),
    "sixty columns in a note": (
        "Ord[^1]\n\n[^1]: Note\n\n    " + WIDE.replace("\n", "\n    "),
        [("text_table_wide", 7)],
        "v59",
    ),
    "a table in the note of a cell": (
        f"| A[^1] | B |\n|---|---|\n| x | y |\n\n[^1]: Note\n\n    {rows(3, 'k', 'note')}".replace("\n| ", "\n    | "),
        [],
        "note2",
    ),
    "marks and notes in a column that is told again": (
        WIDE.replace("k0", "[k0]{#foerst}^[Note]") + "\n\nSe [det](#foerst).",
        [("text_table_wide", 3)],
        "v59",
    ),
    "a cell over two rows in a table without headings": (OVER_ROWS, [("text_table_headless", 4)], "H"),
    "a picture in a note": ("Ord^[Note ![Kurven](soejler.png) slut]", [], "slut"),
    "a picture in a list of a note": ("Ord[^1]\n\n[^1]: - et\n    - ![Kurven](soejler.png)\n\nefter", [], "efter"),
    "a figure in a note": (
        "Ord[^1]\n\n[^1]: Note\n\n"
        "    ::: {.figure .bars}\n    | A | B |\n    |---|--:|\n    | x | 5 |\n\n    : Om tallet\n    :::",
        [("text_figure_inside", 12)],
        "Om tallet",
    ),
    "a table with its caption in a list of a note": (
        "Ord[^1]\n\n[^1]: - et\n\n        | A | B |\n        |---|---|\n        | x | y |\n\n        : Om det\n",
        [],
        "Om det",
    ),
    "a link to words in a note": ("Se [noten](#heri).\n\nOrd^[Note [herinde]{#heri}]", [], "herinde"),
    "a link to words in a heading": ("Se [afsnittet](#heri).\n\n## Om [det]{#heri} hele\n\nOrd", [], "hele"),
    "a note to a note": ("Ord^[Note^[Notens note] slut].", [], "Note (Notens note) slut"),
    "a numbered item without words": ("1. et\n2.\n3. tre\n\nefter", [], "tre"),
    "a first numbered item without words": ("1.\n2. to\n\nefter", [], "to"),
    "a long heading": ("## " + "lang " * 200 + "slut\n\nOrd", [], "slut"),
    "only a table": ("| A | B |\n|---|---|\n| x | yy |", [], "yy"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_text_is_built_and_the_finding_names_its_line(name: str, tmp_path: Path) -> None:
    written, expected, word = BAD[name]
    version = replace(scene(status=f"# Status\n\n{written}\n"), pictures=PICTURES)
    found = [(item.problem.code, item.problem.line) for item in lint(version) if item.chapter == "status"]
    assert found == expected
    for said in editions(version, tmp_path):
        assert word in said


@pytest.mark.parametrize("name", BAD)
def test_nothing_stands_outside_the_margins_of_the_pdf(name: str, tmp_path: Path) -> None:
    version = replace(scene(status=f"# Status\n\n{BAD[name][0]}\n"), pictures=PICTURES)
    build(version, tmp_path, [EditionFormat.PDF])
    [file] = tmp_path.glob("*.pdf")
    assert outside(file, version.look) == []


def test_a_title_without_a_break_stays_on_the_page(tmp_path: Path) -> None:
    version = scene()
    strategy = replace(version.strategy, title="x" * 60, subtitle="Digitaliseringsstrategiprogrammet" * 3)
    build(replace(version, strategy=strategy), tmp_path, [EditionFormat.PDF])
    [file] = tmp_path.glob("*.pdf")
    assert outside(file, version.look) == []


def test_a_letter_outside_the_margins_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(typst.compile(b"#set page(margin: 20mm)\n" + b"x" * 400))
    assert outside(file, house_look())


def outside(file: Path, look: Look) -> list[str]:
    """Return the letters that stand outside the margins, each with its page; a point is left for overhang."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(file), 1):
        letters = page.get_textpage()
        left, right = look.margins.left * MM - 1, page.get_width() - look.margins.right * MM + 1
        for place in range(letters.count_chars()):
            start, _, end, _ = letters.get_charbox(place)
            if letters.get_text_range(place, 1).strip() and (start < left or end > right):
                found.append(f"{number}: {letters.get_text_range(place, 1)}")
    return found


def test_an_empty_chapter_has_its_title_in_every_edition(tmp_path: Path) -> None:
    version = scene(status="\n\n")
    found = [(item.problem.code, item.problem.line) for item in lint(version) if item.chapter == "status"]
    assert found == [("text_chapter_empty", 1)]
    for said in editions(version, tmp_path):
        assert "Hvad har vi opnået?" in said


@pytest.mark.skipif(not UK.is_dir(), reason="the real text lies beside the project, not in it")
def test_a_whole_real_strategy_has_a_line_for_every_finding() -> None:
    found = lint(uk())
    assert {item.problem.code for item in found} == {
        "text_chapter_untitled",
        "text_heading_level",
        "text_html_as_words",
        "text_link_nowhere",
        "text_picture_missing",
    }
    assert all(item.problem.line for item in found) and not any(item.stops for item in found)


def test_an_empty_corner_of_a_table_heads_no_column_of_the_page(tmp_path: Path) -> None:
    version = scene(status="# Status\n\n|  | 2024 |\n|---|--:|\n| a | 1 |\n")
    [file] = build(version, tmp_path, [EditionFormat.HTML])
    page = etree.HTML((tmp_path / file.name).read_text(encoding="utf-8"))
    assert all("".join(head.itertext()).strip() for head in page.iter("th"))
    assert page.xpath("//th[.='2024']/preceding-sibling::td")


def editions(version: VersionText, folder: Path) -> tuple[str, ...]:
    """Return what each edition says, opened as its readers open it."""
    pdf, page, word = "", "", ""
    for file in build(version, folder, EditionFormat):
        data = (folder / file.name).read_bytes()
        if file.name.endswith(".pdf"):
            pdf = "".join(sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(data))
        elif file.name.endswith(".docx"):
            docx.Document(io.BytesIO(data))
            word = _word(data)
        else:
            page = etree.HTML(data.decode()).xpath("string(//body)")
    return tuple(" ".join(said.split()) for said in (pdf, word, page))


def _word(data: bytes) -> str:
    """Return the words of the body and the notes."""
    parts = docx.Document(io.BytesIO(data)).part.package.iter_parts()
    wanted = ("/word/document.xml", "/word/footnotes.xml")
    return " ".join("".join(etree.fromstring(part.blob).itertext()) for part in parts if part.partname in wanted)


LOST = """# Status

En sætning med en note[^brugt] og en [lov][lovens-navn].

[^brugt]: Den bliver vist, men henviser til en anden.[^inde]

[^glemt]: Glemmebogen husker ingenting.

[^inde]: Indersiden forsvinder.

[lovens-navn]: https://lov.eksempel.dk

| År | Tal |
|----|-----|
| 2024 | syv | overskydende celle |
"""


def test_words_that_pandoc_leaves_out_are_found_with_their_line() -> None:
    found = [found.problem for found in lint(scene(status=LOST)) if found.problem.code == "text_words_lost"]
    lost = {problem.line: problem.values["detail"] for problem in found}
    assert lost.keys() >= {7, 15}
    assert "Glemmebogen" in str(lost[7]) and "overskydende" in str(lost[15])
    assert not {3, 5, 11} & lost.keys()


def test_a_note_that_nothing_calls_is_found_even_where_its_words_stand_elsewhere() -> None:
    told = "# Status\n\nHer står det samme.[^a]\n\n[^a]: Kaldt.\n\n[^b]: Her står det samme.\n"
    found = [found.problem for found in lint(scene(status=told)) if found.problem.code == "text_words_lost"]
    assert [problem.line for problem in found] == [7]


def test_no_word_of_the_strategy_is_said_to_be_lost() -> None:
    for text in (scene(), published.version("reference", "da")):
        assert "text_words_lost" not in {found.problem.code for found in lint(text)}
