"""The internal edition says what each passage rests on; the public one says it in no part of any file."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree, html

from forankring.drafting import BlockSource, name_blocks, units
from forankring.drafting import describe as described
from forankring.publishing import VersionText, build
from forankring.text import parse
from forankring.workspace import EditionFormat
from tests.integration.publishing_scene import english, scene
from tests.integration.test_bad_text import BAD, PICTURES

SECRET = "B987654-32"
"""A point that no text names."""
KNOWN = "B012-03"


def text_resting_on(*sources: str, origin: str = "template", **chapters: str) -> VersionText:
    """Return the scene with every block resting on the sources; the point B012-03 stands in its annex."""
    text = scene(annex_hearing=ANNEX, **chapters)
    provenance = {
        key: name_blocks(
            key, (), tuple(replace(described(block, sources), origin=origin) for block in blocks_of(chapter))
        )
        for key, chapter in text.chapters.items()
    }
    return replace(text, provenance=provenance)


ANNEX = """# Bilag A {#annex_hearing}

::: {.point #hoering-b012-03}
**B012-03** – Eksempel Kommune

> Driften skal være betalt, før projektet begynder.
:::
"""


def blocks_of(chapter: str) -> list[dict[str, object]]:
    return list(units(parse(chapter).blocks))


def built(text: VersionText, folder: Path) -> dict[str, bytes]:
    return {file.name: (folder / file.name).read_bytes() for file in build(text, folder)}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(text_resting_on(SECRET, "B987653"), tmp_path_factory.mktemp("public"))


@pytest.fixture(scope="module")
def internal(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    text = replace(text_resting_on(SECRET, KNOWN, "catalogue:goals/M1", "catalogue:goals/M2"), internal=True)
    return built(text, tmp_path_factory.mktemp("internal"))


def parts_of(name: str, data: bytes) -> Mapping[str, bytes]:
    """Return every part of a file as the bytes that a program reads from it."""
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {part: archive.read(part) for part in archive.namelist()}
    if name.endswith(".pdf"):
        streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
        inflated = [zlib.decompress(stream) for stream in streams if stream[:1] == b"x"]
        return {"file": data, "words": read("x.pdf", data).encode(), **{str(n): s for n, s in enumerate(inflated)}}
    return {"file": data}


def read(name: str, data: bytes) -> str:
    """Return the words that a reader sees."""
    if name.endswith(".pdf"):
        return " ".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(data))
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(etree.fromstring(archive.read("word/document.xml")).itertext())
    return str(html.fromstring(data.decode()).text_content())


def test_no_part_of_a_public_file_knows_what_the_text_rests_on(public: dict[str, bytes]) -> None:
    assert len(public) == 5
    for name, data in public.items():
        for part, content in parts_of(name, data).items():
            assert not re.search(rb"(?i)b98765|987654-32", content), (name, part)


def test_the_public_files_are_the_same_bytes_whatever_the_text_rests_on(
    public: dict[str, bytes], tmp_path: Path
) -> None:
    assert built(text_resting_on(), tmp_path) == public


def test_every_internal_file_says_it(internal: dict[str, bytes]) -> None:
    for name, data in internal.items():
        if not name.startswith("report"):
            said = " ".join(read(name, data).split())
            assert said.count(f"[{KNOWN}, {SECRET}, katalog: mål (2)]") > 10, name
            assert "INTERN UDGAVE – må ikke offentliggøres" in said and "I kantet parentes" in said, name


def test_its_numbers_lead_to_the_points_that_the_annex_prints(internal: dict[str, bytes]) -> None:
    page = html.fromstring(internal["lille-strategi-v2-internal.html"].decode())
    marks = page.xpath("//span[@class='rests']")
    links = page.xpath("//span[@class='rests']//a/@href")
    assert len(links) > 10 and set(links) == {"#hoering-b012-03"}
    assert len(page.xpath("//*[@id='hoering-b012-03']")) == 1 and len(marks) > len(links)
    [body] = [
        v
        for k, v in parts_of("x.docx", internal["lille-strategi-v2-internal.docx"]).items()
        if k == "word/document.xml"
    ]
    assert body.count(b'w:anchor="hoering-b012-03"') == len(links) and b'w:name="hoering-b012-03"' in body
    assert b"w:vanish" not in body  # nothing hidden: what is in the file is on the page


def test_what_an_editor_wrote_is_marked(tmp_path: Path) -> None:
    text = replace(text_resting_on(KNOWN, origin="editor"), internal=True)
    page = read("x.html", built(text, tmp_path)["lille-strategi-v2-internal.html"])
    assert page.count(f"[redaktøren, {KNOWN}]") > 10


def test_it_speaks_the_strategys_language(tmp_path: Path) -> None:
    text = replace(english(text_resting_on(KNOWN, "catalogue:goals/M1", origin="editor")), internal=True)
    page = read("x.html", built(text, tmp_path)["lille-strategi-v2-internal.html"])
    assert f"[the editor, {KNOWN}, catalogue: goals (1)]" in page and "INTERNAL EDITION – not for publication" in page


def test_passages_have_the_names_that_they_were_given(public: dict[str, bytes]) -> None:
    text = text_resting_on()
    page = html.fromstring(public["lille-strategi-v2.html"].decode())
    given = {source.name for key in ("foreword", "status", "initiatives") for source in _linkable(text, key)}
    shown = set(page.xpath("//div[@class='passage']/@id"))
    assert given <= shown
    assert set(page.xpath("//div[@class='passage']/a[@class='permalink']/@href")) == {f"#{name}" for name in shown}


def page_of(text: VersionText, folder: Path) -> Any:
    [file] = build(text, folder, [EditionFormat.HTML])
    return html.fromstring((folder / file.name).read_bytes().decode())


def test_no_mark_in_the_text_takes_a_passages_name(tmp_path: Path) -> None:
    named = text_resting_on(status="# Status {#status}\n\nOrdene.\n").provenance["status"][1].name
    text = text_resting_on(status=f"# Status {{#status}}\n\n[Først]{{#{named}}} og\n\n## To {{#{named}}}\n\nOrdene.\n")
    [place] = page_of(text, tmp_path).xpath(f"//*[@id='{named}']")
    assert place.get("class") == "passage" and place.text_content().split()[0] == "Ordene."


@pytest.mark.parametrize(
    "name", ["notes", "note-1", "note-ref-1", "text", "show-links", "contents-title", "toc-status"]
)
def test_no_mark_in_the_text_takes_a_name_of_the_pages_own(name: str, tmp_path: Path) -> None:
    text = scene(status=f"# Status {{#status}}\n\nSe [det](#{name}).^[Note.]\n\n## Det {{#{name}}}\n\nOrd\n")
    page = page_of(text, tmp_path)
    [link] = page.xpath("//main//a[text()='det']/@href")
    [place] = page.xpath(f"//*[@id='{link[1:]}']")
    assert link != f"#{name}" and place.text_content().endswith("Det")


def test_a_paragraph_with_a_headings_words_rests_on_its_own_sources(tmp_path: Path) -> None:
    text = scene(status="# Status {#status}\n\n## Ansvar\n\nAnsvar\n")
    chapter = blocks_of(text.chapters["status"])
    sources = tuple(described(block, [f"B00{number}-01"]) for number, block in enumerate(chapter))
    text = replace(text, provenance={"status": name_blocks("status", (), sources)}, internal=True)
    [passage] = page_of(text, tmp_path).xpath("//div[@class='passage'][starts-with(normalize-space(.), 'Ansvar [')]")
    assert "[B002-01]" in passage.text_content() and passage.get("id") == text.provenance["status"][2].name


@pytest.mark.parametrize("quote", ["> ", "> ## ", "> ::: {.x}\n> :::"])
def test_a_quotation_of_nothing_stops_no_internal_edition(quote: str, tmp_path: Path) -> None:
    text = replace(text_resting_on(KNOWN, status=f"# Status\n\n{quote}\n\nOrd\n"), internal=True)
    assert len(build(text, tmp_path)) == 5


def test_only_the_number_that_a_passage_names_is_left_out_behind_it(tmp_path: Path) -> None:
    text = text_resting_on(
        "B012-10", "B013", "B012-11", status="# Status {#status}\n\nSe B012-101, B0134 og B012-11.\n"
    )
    [passage] = page_of(replace(text, internal=True), tmp_path).xpath(
        "//div[@class='passage'][starts-with(normalize-space(.), 'Se')]"
    )
    assert "[B012-10, B013]" in passage.text_content()


def _linkable(text: VersionText, key: str) -> list[BlockSource]:
    pairs = zip(blocks_of(text.chapters[key]), text.provenance[key], strict=True)
    return [source for block, source in pairs if block["t"] != "Header"]


def test_an_internal_edition_is_built_of_whatever_a_public_one_is(tmp_path: Path) -> None:
    bad = "\n\n".join(written for name, (written, *_) in BAD.items() if "sixty" not in name and "deep" not in name)
    text = text_resting_on(KNOWN, SECRET, origin="editor", status=f"# Status\n\n{bad}\n")
    assert len(build(replace(text, pictures=PICTURES, internal=True), tmp_path)) == 5
