"""No edition is released that does not say what the manuscript says, or that says more than it should."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publishing_scene import scene

from forankring.errors import InputError
from forankring.language import load_locale
from forankring.publishing import build
from forankring.publishing.joining import joined
from forankring.publishing.leaks import leaks
from forankring.publishing.manuscript import assemble
from forankring.publishing.proof import prove
from forankring.publishing.reading_back import differences
from forankring.publishing.records import Manuscript
from forankring.publishing.soundness import faults
from forankring.publishing.word import word_edition, word_tree
from forankring.workspace import EditionFormat

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
    return joined(assemble(VERSION))


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
        prove(EditionFormat.WORD, Path("x.docx"), spoiled, manuscript, DA)
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


def test_the_report_says_what_was_checked_and_what_was_mended(tmp_path: Path) -> None:
    build(VERSION, tmp_path)
    report = json.loads((tmp_path / "report.json").read_bytes())
    page = (tmp_path / "report.html").read_text("utf-8")

    held = {(check["file"].rpartition(".")[2], check["code"]) for check in report["checks"] if check["passed"]}
    both = {(kind, code) for kind in ("docx", "html", "pdf") for code in ("leaks", "sound")}
    assert held == both | {("docx", "read_back"), ("pdf", "standards")}
    assert {finding["code"] for finding in report["findings"]} >= {"text_picture_missing", "text_link_nowhere"}
    assert all(finding["line"] for finding in report["findings"])
    assert "Kontrol af udgaven" in page
    assert "findes-ikke.png" in page
    assert faults(EditionFormat.HTML, page.encode()) == ()


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


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(DOCUMENTS)
def test_any_text_reads_back_from_word_as_it_was_written(documents: list[str]) -> None:
    """Five generated documents a build, as chapters of their own: 300 in all."""
    chapters = {f"generated_{n}": f"# Kapitel {n}\n\n{words}\n" for n, words in enumerate(documents)}
    version = scene(**chapters)
    manuscript = joined(assemble(version))
    data = word_edition(manuscript, version.when, DA)
    assert differences(data, tuple(word_tree(manuscript, DA)), DA) == ()
