"""No edition is released that does not say what the manuscript says, or that says more than it should."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publishing_scene import scene

from forankring.errors import InputError
from forankring.language import load_locale
from forankring.publishing import build
from forankring.publishing.html.edition import html_edition
from forankring.publishing.leaks import leaks
from forankring.publishing.manuscript.assembling import assemble
from forankring.publishing.proof import prove, read_back
from forankring.publishing.records import Manuscript
from forankring.publishing.soundness import faults
from forankring.publishing.word.edition import word_edition, word_tree
from forankring.publishing.word.reading_back import differences
from forankring.workspace import EditionFormat, look_text, parse_look

DA = load_locale("da")
VERSION = scene()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a Word file with one of its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return made.getvalue()


@pytest.fixture(scope="module")
def manuscript() -> Manuscript:
    return assemble(VERSION)


@pytest.fixture(scope="module")
def word(manuscript: Manuscript) -> bytes:
    return word_edition(manuscript, VERSION.when, DA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("det er værd at bygge videre", "det er ikke værd at bygge videre"),
        ("<w:b/>", ""),
        ('w:val="Heading2"', 'w:val="Heading3"'),
        ("Region Eksempel", "Region Eksempel "[::-1]),
        ('<w:ilvl w:val="1"/>', '<w:ilvl w:val="0"/>'),
        (">Tabel\u00a0<", ">Table\u00a0<"),
    ],
)
def test_a_word_file_that_says_something_else_is_not_released(
    word: bytes, manuscript: Manuscript, old: str, new: str
) -> None:
    spoiled = changed(word, "word/document.xml", lambda part: part.replace(old.encode(), new.encode()))
    assert spoiled != changed(word, "word/document.xml", bytes)
    with pytest.raises(InputError) as stopped:
        prove(EditionFormat.WORD, Path("x.docx"), spoiled, manuscript, read_back(spoiled, manuscript, DA))
    assert {problem.code for problem in stopped.value.problems} == {"edition_read_back"}


def test_what_differs_is_named_with_its_chapter_and_both_texts(word: bytes, manuscript: Manuscript) -> None:
    spoiled = changed(word, "word/document.xml", lambda part: part.replace(b"Eksempelstyrelsen", b"Andenstyrelsen"))
    [found] = differences(spoiled, tuple(word_tree(manuscript, DA)), DA)
    assert found.chapter == "Initiativer"
    assert "Ansvarlig: Eksempelstyrelsen" in found.wanted
    assert "Ansvarlig: Andenstyrelsen" in found.found


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("docProps/core.xml", b"<dc:language>", b"<dc:creator>Jens</dc:creator><dc:language>"),
        ("docProps/custom.xml", b"ForankringEdition", b"Sagsnummer"),
        ("word/document.xml", b"<w:p>", b'<w:p><w:ins w:author="Jens" w:id="1"/>'),
        ("word/settings.xml", b"</w:settings>", b"<!-- %s/text --></w:settings>"),
        ("word/document.xml", b"Eksempelstyrelsen", b"-----BEGIN RSA PRIVATE KEY-----"),
    ],
)
def test_what_must_not_go_out_is_found_in_any_part(
    word: bytes, tmp_path: Path, part: str, old: bytes, new: bytes
) -> None:
    leaky = changed(word, part, lambda content: content.replace(old, new.replace(b"%s", str(tmp_path).encode()), 1))
    assert leaks(EditionFormat.WORD, word, tmp_path, "") == ()
    assert [found.partition(":")[0] for found in leaks(EditionFormat.WORD, leaky, tmp_path, "")] == [part]


def test_a_path_that_a_party_wrote_itself_is_no_leak(tmp_path: Path) -> None:
    page = f"<p>{tmp_path}/notat.docx</p>"
    assert leaks(EditionFormat.HTML, page.encode(), tmp_path, "")
    assert leaks(EditionFormat.HTML, page.encode(), tmp_path, page) == ()


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ('<html lang="da"><a href="#x">x</a>', "#x"),
        ('<html lang="da"><p id="a"><p id="a">', "id a"),
        ('<html lang="da"><script>1</script>', "<script>"),
        ('<html lang="da"><img src="http://x/y.png">', "http://x/y.png"),
        ("<html><p>x", "lang"),
    ],
)
def test_a_page_with_a_fault_is_not_sound(page: str, fault: str) -> None:
    assert faults(EditionFormat.HTML, page.encode()) == (fault,)


def test_a_pdf_that_does_not_claim_its_standards_is_not_sound() -> None:
    assert "pdfuaid:part>1<" in faults(EditionFormat.PDF, b"%PDF-1.7\n%%EOF\n")


def test_word_bookmarks_and_parts_that_lead_nowhere_are_found(word: bytes) -> None:
    lost = changed(word, "word/document.xml", lambda part: part.replace(b'w:anchor="status"', b'w:anchor="staus"'))
    assert faults(EditionFormat.WORD, word) == ()
    assert faults(EditionFormat.WORD, lost) == ("#staus",)


def test_the_report_has_the_look_of_the_edition(tmp_path: Path) -> None:
    build(replace(scene(), look=parse_look(look_text("forest"))), tmp_path)
    page = (tmp_path / "report.html").read_text("utf-8")
    assert f"--accent: {parse_look(look_text('forest')).colours.accent};" in page


def test_the_report_says_what_was_checked_and_what_was_mended(tmp_path: Path) -> None:
    build(VERSION, tmp_path)
    report = json.loads((tmp_path / "report.json").read_bytes())
    page = (tmp_path / "report.html").read_text("utf-8")

    assert 'id="show-links"' not in page  # it has no passages to link to
    held = {(check["file"].rpartition(".")[2], check["code"]) for check in report["checks"] if check["passed"]}
    both = {(kind, code) for kind in ("docx", "html", "pdf") for code in ("leaks", "sound")}
    assert held == both | {("docx", "read_back"), ("pdf", "standards")}
    assert {finding["code"] for finding in report["findings"]} >= {"text_picture_missing", "text_link_nowhere"}
    assert all(finding["line"] for finding in report["findings"])
    assert "Kontrol af udgaven" in page
    assert "findes-ikke.png" in page
    assert faults(EditionFormat.HTML, page.encode()) == ()


ODD = {
    "code in item": "- a\n\n        kode\n\n- b",
    "table in item": "- a\n\n    | x | y |\n    |---|---|\n    | 1 | 2 |\n\n- b",
    "quote in item": "- a\n\n    > citat\n\n- b",
    "quote in quote": "> a\n>\n> > b\n>\n> c",
    "list in quote": "> a\n>\n> - b\n> - c\n>\n> d",
    "definition two paras": "Ord\n:   en\n\n    to\n\n:   tre",
    "definition list in": "Ord\n:   - a\n    - b",
    "header in item": "- # a\n- b",
    "ordered alpha": "a) et\nb) to\n\n(iii) x\n(iv) y",
    "adjacent lists": "- a\n\n<!-- -->\n\n- b\n\n1. x\n\n1) y",
    "task": "- [ ] a\n- [x] b",
    "line break end": "en linje\\\nto\\\n",
    "rule": "a\n\n---\n\nb",
    "image in item": "- ![alt](soejler.png)\n- b",
    "para list para list": "1. a\n\n    - b\n\n    c\n\n    - d\n\n2. e\n\n3. f",
    "six deep": "".join("    " * i + f"- x{i}\n" for i in range(9)),
    "ordered in bullets": "- a\n    1. b\n    2. c\n- d\n    1. e",
    "start at 5 nested": "5. a\n    7. b\n6. c",
    "empty item": "- \n- b",
    "note paras": "x[^1]\n\n[^1]: en\n\n    to\n\n    - a\n    - b",
    "code span": "`a  b` og `c`",
    "strong emph": "***begge*** **fed*kursiv*fed** ~~væk~~ H~2~O x^2^",
    "link formatted": "[**fed** *k*](https://eksempel.dk/a?b=c&d=e) <https://eksempel.dk>",
    "link empty": "[](https://eksempel.dk) efter",
    "table spans md": "| a | b |\n|---|---|\n| **x** `y` | [l](https://e.dk) |\n|  | z^[n] |",
    "figure": "![Et billede](soejler.png)",
    "table in quote": "> | a | b |\n> |---|---|\n> | 1 | 2 |",
    "table in box": "::: {.initiative}\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> citat\n\n1. x\n\n    y\n\nslut\n:::",
    "caption formatted": "| a |\n|---|\n| 1 |\n\n: En **fed** tekst^[note]",
    "mangler nested": "**⚠ Mangler: fed** og ⚠ Mangler: `kode` *k*. Og mere ⚠",
    "nbsp ends": "\u00a0start og slut\u00a0",
    "zero width": "a\u200bb soft\u00adhyphen",
    "emoji": "😀 og 👩‍👩‍👧 mere",
    "control": "a\u000bb \u2028c",
    "tabs": "a\tb",
    "quotes": "\"a 'b' c\" og 'd'",
    "box heading empty": "::: {.fact}\n## \n:::",
    "list only in box end": "::: {.statement}\n- a\n- b\n:::\n\n- c",
    "line block": "| en\n| to\n|  tre",
    "smallcaps underline": "[x]{.underline} [y]{.smallcaps} [z]{.mark}",
    "long": "ord" * 200,
    "rtl": "שלום עולם tekst",
    "xml": "a < b & c > d ]]> <b>x</b>",
    "bookmark ids": "## A {#1x}\n\n## B {#æ-ø}\n\n## C {#"
    + "x" * 80
    + "}\n\n[a](#1x) [b](#æ-ø) [c](#"
    + "x" * 80
    + ")",
    "math": "$x^2$ og 5 $ og $$y$$",
    "header note": "## Overskrift^[note] {#h}\n\n[se](#h)",
    "lang": "[some english]{lang=en} og tekst",
    "double list marker": "- - a\n  - b",
    "ordered then para": "1. a\n2. b\n\nx\n\n3. c",
}
"""What parties and editors really write: none of it may stop a build, for it would stop it for everybody."""


@pytest.mark.parametrize("markdown", ODD.values(), ids=ODD)
def test_odd_text_reads_back_and_is_sound(markdown: str) -> None:
    manuscript = assemble(scene(status=f"# S {{#status}}\n\n{markdown}\n"))
    data = word_edition(manuscript, VERSION.when, DA)

    assert differences(data, tuple(word_tree(manuscript, DA)), DA) == ()
    assert faults(EditionFormat.WORD, data) == ()
    assert faults(EditionFormat.HTML, html_edition(manuscript, DA)) == ()


WORDS = st.lists(
    st.sampled_from("digital forankring værdi og det er en strategi 15 % § 3 »nu« … – æøå A/S x² 2016-2020".split()),
    min_size=1,
    max_size=12,
).map(" ".join)
SPANS = st.one_of(
    WORDS,
    WORDS.map("**{}**".format),
    WORDS.map("*{}*".format),
    WORDS.map("[{}](https://eksempel.dk/)".format),
    WORDS.map("{} ^[En note.]".format),
    WORDS.map("[{}]{{.smallcaps}}".format),
)
LINES = st.lists(SPANS, min_size=1, max_size=3).map(" ".join)
BLOCKS = st.one_of(
    LINES,
    LINES.map("> {}".format),
    st.lists(LINES, min_size=1, max_size=4).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(LINES, min_size=1, max_size=4).map(lambda items: "\n".join(f"{n}. {i}" for n, i in enumerate(items, 3))),
    st.tuples(LINES, LINES).map(lambda pair: f"- {pair[0]}\n    - {pair[1]}\n    - {pair[0]}"),
    st.tuples(WORDS, LINES).map(lambda pair: f"{pair[0]}\n:   {pair[1]}"),
    st.tuples(WORDS, SPANS).map(lambda pair: f"| A | B |\n|---|--:|\n| {pair[0]} | {pair[1]} |\n\n: {pair[0]}"),
    st.tuples(st.integers(1, 6), WORDS).map(lambda pair: f"{'#' * pair[0]} {pair[1]}"),
    LINES.map("::: {{.initiative}}\n{}\n\n- et\n- to\n:::".format),
    LINES.map("⚠ Mangler: {}.".format),
)


DOCUMENTS = st.lists(st.lists(BLOCKS, min_size=1, max_size=6).map("\n\n".join), min_size=5, max_size=5)


def test_a_number_that_the_text_names_in_two_looks_is_no_leak(tmp_path: Path) -> None:
    told = "# Status\n\n## Om B077-*03*\n\n| B074-*03* | Svar |\n|---|---|\n| x | y |\n\n: Tabel B078-*03*\n"
    assert len(build(scene(status=told), tmp_path)) == 5


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(DOCUMENTS)
def test_any_text_reads_back_from_word_as_it_was_written(documents: list[str]) -> None:
    """Five generated documents a build, as chapters of their own: 150 in all."""
    chapters = {f"generated_{n}": f"# Kapitel {n}\n\n{words}\n" for n, words in enumerate(documents)}
    version = scene(**chapters)
    manuscript = assemble(version)
    data = word_edition(manuscript, version.when, DA)
    assert differences(data, tuple(word_tree(manuscript, DA)), DA) == ()
