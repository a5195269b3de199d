"""Editions are what a stakeholder opens: complete, honest, safe, and the same bytes wherever they are built."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree, html

from forankring.language import load_locale
from forankring.publishing import VersionText, assemble, build
from forankring.publishing.figures.glyphs import covered
from forankring.publishing.html.edition import html_edition
from forankring.publishing.manuscript.tables import table
from forankring.publishing.pdf.edition import pdf_edition
from forankring.publishing.records import Heading, ManuscriptChapter
from forankring.publishing.word.names import w, words_of
from forankring.text import Node, header, inlines, para
from forankring.workspace import EditionFormat, parse_strategy
from tests.integration.publishing_scene import WHEN, english, scene

PROJECT = Path(__file__).parents[2]
UK = PROJECT.parent / "shared" / "real-inputs" / "uk-digital-strategy"
MARK = "UDKAST – forslag, ikke et officielt dokument"


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editions")
    build(scene(), folder)
    return folder


@pytest.fixture(scope="module")
def pages(editions: Path) -> list[str]:
    return pdf_pages(editions / "lille-strategi-v2.pdf")


@pytest.fixture(scope="module")
def word(editions: Path) -> dict[str, bytes]:
    return word_parts(editions / "lille-strategi-v2.docx")


@pytest.fixture(scope="module")
def page(editions: Path) -> str:
    return (editions / "lille-strategi-v2.html").read_text(encoding="utf-8")


def pdf_pages(file: Path) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    return [
        sheet.get_textpage().get_text_range().replace("\r\n", "\n").replace("\ufffe\n", "").replace("\ufffe", "")
        for sheet in document
    ]


def word_parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_build_says_what_it_wrote(tmp_path: Path) -> None:
    said: list[str] = []
    built = build(scene(), tmp_path / "new" / "folder", progress=said.append)
    assert [file.name for file in built] == [
        *(f"lille-strategi-v2.{kind}" for kind in ("docx", "html", "pdf")),
        *("report.html", "report.json"),
    ]
    for file in built:
        data = (tmp_path / "new" / "folder" / file.name).read_bytes()
        assert (file.size, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert len(said) == 4


def test_only_the_wanted_formats_are_written(tmp_path: Path) -> None:
    build(scene(), tmp_path, [EditionFormat.HTML])
    assert [file.name for file in tmp_path.iterdir()] == ["lille-strategi-v2.html"]


def test_every_edition_holds_every_word_of_the_text(pages: list[str], word: dict[str, bytes], page: str) -> None:
    body = "".join(etree.fromstring(word["word/document.xml"]).itertext())
    pdf, body, page = (" ".join(said.split()) for said in ("".join(pages), body, page))
    for words in (
        "Foreslåede parter: Regeringen, KL og Danske Regioner",
        "Perioden 2024-2027",
        "›den offentlige‹ sektor«",
        "Teknologi skaber først værdi",
        "⚠ Mangler: Forord fra KL er ikke modtaget.",
        "⚠ Mangler: billede »findes-ikke.png«",
        "Eksempel Kommune",
        "Initiativ 1.1 – Én vej ind for små virksomheder",
        "Bidrag fra Eksempel Kommune er kommet til",
        "0123456789",
        "EKS-2026-0024",
        MARK,
    ):
        assert words in pdf and words in body and words in page, words


def test_what_the_cover_shows_is_not_repeated(page: str) -> None:
    assert page.count("Perioden 2024-2027") == 1
    assert page.count("Foreslåede parter: Regeringen, KL og Danske Regioner") == 1
    assert page.count(">Fra teknologiglæde til værdi<") == 2  # the title and the heading on the cover
    assert "Forside og kolofon" not in page


class TestThePdf:
    def test_it_has_its_pages_numbered(self, pages: list[str]) -> None:
        assert len(pages) == 7
        assert all(f"Side {number} af 7" in text for number, text in enumerate(pages, 1) if number > 1)

    def test_every_page_says_that_it_is_a_draft(self, pages: list[str]) -> None:
        assert all(MARK in text for text in pages)

    def test_it_says_its_language_and_its_title(self, editions: Path) -> None:
        data = (editions / "lille-strategi-v2.pdf").read_bytes()
        assert b"/Lang(da-DK)" in data
        assert "Fra teknologiglæde til værdi" in pypdfium2.PdfDocument(data).get_metadata_value("Title")

    def test_it_claims_the_standards_that_typst_has_checked(self, editions: Path) -> None:
        data = (editions / "lille-strategi-v2.pdf").read_bytes()
        assert b"pdfuaid:part" in data and b"pdfaid:part" in data

    def test_its_bookmarks_are_the_headings(self, editions: Path) -> None:
        titles = [entry.get_title() for entry in pypdfium2.PdfDocument(editions / "lille-strategi-v2.pdf").get_toc()]
        assert "Kolofon" in titles[0]
        assert any("Initiativ\xa01.1" in title for title in titles)


class TestTheWordFile:
    def test_it_is_danish_everywhere(self, word: dict[str, bytes]) -> None:
        languages = etree.fromstring(word["word/styles.xml"]).iter(w("lang"))
        assert {language.get(w("val")) for language in languages} == {"da-DK"}
        assert b'w:themeFontLang w:val="da-DK"' in word["word/settings.xml"]
        assert b'w:decimalSymbol w:val=","' in word["word/settings.xml"]
        assert b'w:listSeparator w:val=";"' in word["word/settings.xml"]
        assert b"en-US" not in word["word/styles.xml"] + word["word/settings.xml"]
        assert b'<w:lang w:val="en"' in word["word/document.xml"]

    def test_every_table_repeats_its_header_row(self, word: dict[str, bytes]) -> None:
        body = etree.fromstring(word["word/document.xml"])
        style = f"{w('tblPr')}/{w('tblStyle')}"
        grids = [grid for grid in body.iter(w("tbl")) if grid.find(style).get(w("val")) == "Table"]
        assert len(grids) == 4
        assert all(grid.find(f"{w('tr')}/{w('trPr')}/{w('tblHeader')}") is not None for grid in grids)

    def test_the_contents_have_entries_that_lead_to_headings(self, word: dict[str, bytes]) -> None:
        body = etree.fromstring(word["word/document.xml"])
        links = [link for link in body.iter(w("hyperlink")) if link.find(f"{w('r')}/{w('instrText')}") is not None]
        names = {mark.get(w("name")) for mark in body.iter(w("bookmarkStart"))}
        assert [words_of(link) for link in links][:4] == [
            "Kolofon2",
            "Forord4",
            "Et mellemtrin er sprunget over4",
            "1 Hvad har vi opnået?5",
        ]
        assert all(link.get(w("anchor")) in names for link in links)

    def test_the_contents_say_the_pages_of_the_pdf_and_ask_nobody_to_update_anything(
        self, word: dict[str, bytes], pages: list[str]
    ) -> None:
        body = etree.fromstring(word["word/document.xml"])
        lines = [link for link in body.iter(w("hyperlink")) if link.find(f"{w('r')}/{w('instrText')}") is not None]
        for link in lines:
            title, page = [words_of(run) for run in link if words_of(run)]
            assert title.split(" ", 1)[-1].split("\n")[0][:20] in pages[int(page) - 1].replace("\n", " ")
        assert b"w:dirty" not in word["word/document.xml"] and b"updateFields" not in word["word/settings.xml"]

    def test_word_alone_is_the_same_file_as_word_with_the_others(self, editions: Path, tmp_path: Path) -> None:
        build(scene(), tmp_path, [EditionFormat.WORD])
        assert [file.name for file in tmp_path.iterdir()] == ["lille-strategi-v2.docx"]
        [alone] = tmp_path.iterdir()
        assert alone.read_bytes() == (editions / alone.name).read_bytes()

    def test_foot_and_head_carry_draft_version_and_page(self, word: dict[str, bytes]) -> None:
        heads = b"".join(data for name, data in word.items() if name.startswith("word/header")).decode()
        feet = b"".join(data for name, data in word.items() if name.startswith("word/footer")).decode()
        assert MARK in heads
        assert "NUMPAGES" in feet and "lille-strategi-v2" in feet

    def test_it_names_nobody_and_has_one_property_of_its_own(self, word: dict[str, bytes]) -> None:
        assert b"creator" not in word["docProps/core.xml"] and b"lastModifiedBy" not in word["docProps/core.xml"]
        assert word["docProps/custom.xml"].count(b"<property ") == 1
        assert b"lille-strategi-v2" in word["docProps/custom.xml"]

    def test_no_working_mark_stays_in_it(self, word: dict[str, bytes]) -> None:
        assert "\u2060".encode() not in word["word/document.xml"]

    def test_a_picture_keeps_its_words_and_is_in_the_file_once(self, word: dict[str, bytes]) -> None:
        assert 'descr="Søjler, der viser' in word["word/document.xml"].decode()
        assert b"base64" not in word["word/document.xml"]


class TestTheHtmlPage:
    def test_it_asks_nobody_for_anything(self, page: str) -> None:
        asked = [value for tag, name, value in attributes(page) if name in ("src", "data", "poster", "srcset")]
        assert asked and all(value.startswith("data:image/") for value in asked)
        assert not any(tag in ("script", "link", "iframe", "object") for tag, _, _ in attributes(page))
        assert "@import" not in page and "url(" not in page

    def test_every_link_inside_it_leads_somewhere(self, page: str) -> None:
        names = [value for _, name, value in attributes(page) if name == "id"]
        inside = {value[1:] for tag, name, value in attributes(page) if name == "href" and value.startswith("#")}
        assert len(names) == len(set(names))
        assert inside <= set(names)

    def test_it_has_language_contents_headers_and_descriptions(self, page: str) -> None:
        found = set(attributes(page))
        assert ("html", "lang", "da-DK") in found
        assert ("th", "scope", "col") in found
        assert ("span", "lang", "en") in found
        assert any(tag == "img" and name == "alt" and value.startswith("Søjler") for tag, name, value in found)
        assert '<nav class="contents"' in page


def attributes(page: str) -> list[tuple[str, str, str]]:
    class Collector(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend((tag, name, value or "") for name, value in attrs)

    found: list[tuple[str, str, str]] = []
    Collector().feed(page)
    return found


HOSTILE = """# Status {#status}

[ord]{typst:text:fill="eval(read(\\"/etc/hostname\\"))" .missing lang="da\\"][#read(x)"} og `#read("/etc/passwd")`.

::: {#xy typst:fill="#read(\\"/etc/passwd\\")" .initiative style="behavior:url(x)" onclick="alert(1)"}
\\#read("/etc/passwd") \\$x\\$ \\<script\\>alert(1)\\</script\\> #panic("x") @nobody // no comment /* nor this */
:::

[tryk](javascript:alert(1)) ![x](/etc/passwd) ![y](http://localhost:9/x.png) ![z](file:///etc/passwd)

| a {typst:fill="red"} | ]) #read("x") |
|---|---|
| = ikke en overskrift | - ikke en liste; #strong[x](y) |

1\\. januar. 2 * 3 * 4 ~ 5 _ 6 \\` 7 ' 8 " 9 \\\\ 10 --- 11 ... 12

```{=typst}
#panic("rå")
```

<img src=x onerror=alert(1)>
"""


def test_hostile_words_and_attributes_are_only_words(tmp_path: Path) -> None:
    build(scene(status=HOSTILE), tmp_path)
    page = (tmp_path / "lille-strategi-v2.html").read_text(encoding="utf-8")
    text = " ".join(" ".join(pdf_pages(tmp_path / "lille-strategi-v2.pdf")).split())
    assert "root:" not in text and "root:" not in page
    assert '#read("/etc/passwd")' in text and "#panic(»x«)" in text and "// no comment /* nor this */" in text
    assert not {name for _, name, _ in attributes(page)} & {"onclick", "onerror"}
    assert "script" not in {tag for tag, _, _ in attributes(page)}
    assert not any(value.startswith("javascript:") for _, _, value in attributes(page))
    assert {mend.code for mend in assemble(scene(status=HOSTILE)).mends} >= {"picture_missing", "link_nowhere"}


LIVE = ("= a", "- a", "+ a", "/ a: b", "1. a", "1) a", "...", "a--b", "-?", "-1 a", "; a", ".a", ".at(0)", "(a)", "[a]")
LIVE += ("//", "/*", "*/", "https://a.b//c", "<a>", "@a", "#a", "$a$", "\\u{41}", "`a`", "``", '"a"', "'a'", "~", "_a_")
LIVE += ("*a*", "{a}", "a: b", "&lt;", "|", "]", "[", "```", "\\")


def test_no_sign_does_anything_wherever_it_stands(tmp_path: Path) -> None:
    said = [f"{words} slut{number}x" for number, words in enumerate(LIVE)]
    blocks = (header(1, "Tegn", "tegn"), *(block for words in said for block in in_every_place(words)))
    chapter = ManuscriptChapter(key="x", title="x", blocks=blocks)
    heading = Heading(level=1, identifier="tegn", text="Tegn")
    sheet = replace(assemble(scene()), chapters=(chapter,), headings=(heading,), pictures={})
    (tmp_path / "x.pdf").write_bytes(pdf_edition(sheet, WHEN, load_locale("da")))
    pdf = " ".join("".join(pdf_pages(tmp_path / "x.pdf")).replace("\u200b", "").split())
    page = etree.HTML(html_edition(sheet, load_locale("da")).decode()).xpath("string(//main)")
    for words in said:
        assert (words, pdf.count(words), " ".join(page.split()).count(words)) == (words, 14, 13)  # and the contents


def in_every_place(words: str) -> list[Node]:
    """Return the words wherever a line, a call or a cell begins or ends, each place once."""
    plain: Node = {"t": "Plain", "c": inlines(words)}
    strong, new_line = {"t": "Strong", "c": inlines("x")}, {"t": "LineBreak"}
    link = {"t": "Link", "c": [["", [], []], inlines(words), ['https://a.b/\\"c)]#d', ""]]}
    return [
        header(2, words),
        para(words),
        {"t": "Para", "c": [strong, *inlines(words), new_line, *inlines(words), {"t": "Space"}, link]},
        {"t": "Para", "c": [{"t": "Code", "c": [["", ["python"], []], words]}]},
        {"t": "CodeBlock", "c": [["", [], []], words]},
        {"t": "BulletList", "c": [[plain]]},
        {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], [[plain]]]},
        {"t": "DefinitionList", "c": [[inlines(words), [[plain]]]]},
        {"t": "BlockQuote", "c": [plain]},
        table(["x"], [[words]]),
    ]


ODD = (
    """# Status {#status}

### Sprunget niveau

#

# Endnu en første

Et tegn uden skrift: 🙂 og 漢. Et meget langt ord: """
    + "x" * 400
    + """

> ## En overskrift i et citat

[Væk](#ingen-steder) ![](data:image/png;base64,AAAA) ![ødelagt](soejler.jpg)

+---------------+--------+
| Celle         | To     |
+===============+========+
| - et          | afsnit |
| - to          |        |
|               | mere   |
+---------------+--------+
"""
)


def test_what_would_break_an_edition_is_mended_and_said(tmp_path: Path) -> None:
    odd = scene(status=ODD)
    build(odd, tmp_path)
    codes = {mend.code for mend in assemble(odd).mends if mend.chapter == "status"}
    assert codes == {
        "cell_flattened",
        "glyph_missing",
        "heading_empty",
        "heading_inside",
        "heading_level",
        "link_nowhere",
        "picture_missing",
        "word_long",
    }
    assert "�" in "".join(pdf_pages(tmp_path / "lille-strategi-v2.pdf"))


BUILD = """
import sys
from pathlib import Path
from forankring.publishing import build
from tests.integration.publishing_scene import scene
print(*(file.sha256 for file in build(scene(), Path(sys.argv[1]))))
"""


def test_the_same_version_is_the_same_bytes_in_any_zone_folder_and_process(tmp_path: Path) -> None:
    sums = set()
    for number, zone in enumerate(("Pacific/Auckland", "America/Los_Angeles")):
        folder = tmp_path / (f"{number}" * (1 + 20 * number))
        folder.mkdir()
        home = {"TZ": zone, "PYTHONHASHSEED": str(number + 1), "PYTHONPATH": str(PROJECT), "TMPDIR": str(folder)}
        ended = subprocess.run(
            [sys.executable, "-c", BUILD, str(folder / "out")],
            env={**os.environ, **home, "SOURCE_DATE_EPOCH": str(number)},
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        sums.add(ended.stdout)
    assert len(sums) == 1


def test_an_english_strategy_has_no_danish_in_its_frame(tmp_path: Path) -> None:
    build(english(scene()), tmp_path)
    text = "".join(pdf_pages(tmp_path / "lille-strategi-v2.pdf"))
    page = (tmp_path / "lille-strategi-v2.html").read_text(encoding="utf-8")
    assert "Page 2 of 7" in text and "Contents" in text and "“digitaliseret ‘den" in text
    assert 'lang="en-GB"' in page and "Indhold" not in page


@pytest.mark.skipif(not UK.is_dir(), reason="the real text lies beside the project, not in it")
def test_a_real_text_with_raw_html_and_missing_pictures_is_built(tmp_path: Path) -> None:
    built = build(uk(), tmp_path)
    assert len(built) == 5
    pages = pdf_pages(tmp_path / "uk-v1.pdf")
    assert 60 < len(pages) < 110
    codes = {mend.code for mend in assemble(uk()).mends}
    assert {"heading_level", "html_as_words", "link_nowhere", "picture_missing"} <= codes


def uk() -> VersionText:
    chapters = dict(_uk_chapters())
    named = "".join(f'  - {{key: {key}, title: "{key}"}}\n' for key in chapters)
    strategy = parse_strategy(
        "{key: uk, title: Government Digital Strategy, label: uk, locale: en, time_zone: Europe/London,\n"
        "period: {first: 2012, last: 2015, label: 2012-2015}, imprint: {publisher: Cabinet Office},\n"
        "parties: [{key: co, name: Cabinet Office, type: state, signs: true}], chapters: [\n"
        + named.replace("  - ", "").replace("}\n", "},\n")
        + "]}"
    )
    return VersionText(
        version="v1", when=datetime(2026, 1, 2, tzinfo=UTC), commit="a" * 40, strategy=strategy, chapters=chapters
    )


def _uk_chapters() -> Iterator[tuple[str, str]]:
    for file in sorted(UK.glob("*.md")):
        yield "part_" + file.stem.replace("-", "_"), file.read_text(encoding="utf-8")


def test_the_scene_is_dated() -> None:
    assert assemble(scene()).face.date.replace("\xa0", " ") == "2. marts 2026"
    assert WHEN.tzinfo is UTC


def test_every_letter_that_counts_as_covered_can_be_set(tmp_path: Path) -> None:
    letters = [chr(code) for first, last in covered() for code in range(first, last + 1)]
    words = " ".join(letter for letter in letters if not letter.isspace() and letter not in "\\<>")
    manuscript = assemble(scene())
    chapter = ManuscriptChapter(key="x", title="x", blocks=(header(1, "Tegn", "tegn"), para(words)))
    heading = Heading(level=1, identifier="tegn", text="Tegn")
    sheet = replace(manuscript, chapters=(chapter,), headings=(heading,), pictures={})
    assert pdf_edition(sheet, WHEN, load_locale("da")).startswith(b"%PDF")


CROWDED = """# Status {#status}

Før tabellen.^[En note.]

## Oversigt

| Initiativ | Forretningsprocesser | Gennemsigtighed | Menneskelig kontrol | Databeskyttelse | Gevinstejer |
|---|---|---|---|---|---|
| udskrivningsforløb | Sagsbehandlingssystemer | Sagsbehandlingssystemer | Sagsbehandlere | Databeskyttelse | Ja |

## Efter

Teksten går videre.^[En anden note.]
"""


class TestAFlippedPage:
    @pytest.fixture(scope="class")
    def flipped(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        folder = tmp_path_factory.mktemp("flipped")
        build(scene(status=CROWDED), folder)
        return folder

    def test_the_pdf_turns_one_page_and_counts_on(self, flipped: Path) -> None:
        document = pypdfium2.PdfDocument(flipped / "lille-strategi-v2.pdf")
        turned = [number for number, page in enumerate(document, 1) if page.get_width() > page.get_height()]
        [said] = [pdf_pages(flipped / "lille-strategi-v2.pdf")[number - 1] for number in turned]
        assert "1.1 Oversigt" in said and "Gevinstejer" in said and "Teksten går videre" not in said
        assert f"Side {turned[0]} af {len(document)}" in said and MARK in said

    def test_word_has_a_section_with_a_head_as_wide_as_the_page_between_two_upright_ones(self, flipped: Path) -> None:
        parts = word_parts(flipped / "lille-strategi-v2.docx")
        sections = list(etree.fromstring(parts["word/document.xml"]).iter(w("sectPr")))
        sizes = [(int(size.get(w("w"))), int(size.get(w("h")))) for size in (s.find(w("pgSz")) for s in sections)]
        assert [width > height for width, height in sizes] == [False, True, False]
        assert [section.find(w("titlePg")) is not None for section in sections] == [True, False, False]
        assert all(section.find(w("footnotePr")) is None for section in sections)
        tab = etree.fromstring(parts["word/header_flipped.xml"]).findall(f".//{w('tab')}")[2]
        assert int(tab.get(w("pos"))) > int(sizes[0][0])

    def test_a_flipped_page_can_be_the_last_of_a_word_file(self, tmp_path: Path) -> None:
        _, table = CROWDED.split("## Oversigt")
        table, _ = table.split("## Efter")
        build(scene(annex_versions=f"# Bilag\n\n## Oversigt\n{table}"), tmp_path, [EditionFormat.WORD])
        body = etree.fromstring(word_parts(tmp_path / "lille-strategi-v2.docx")["word/document.xml"])
        sections = list(body.iter(w("sectPr")))
        assert [section.find(w("pgSz")).get(w("orient")) for section in sections] == [None, "landscape"]

    def test_html_keeps_the_heading_numbered_and_with_its_table(self, flipped: Path) -> None:
        page = etree.HTML((flipped / "lille-strategi-v2.html").read_text(encoding="utf-8"))
        [wide] = page.xpath("//*[contains(@class, 'wide')]")
        assert " ".join(wide.xpath("string(h3)").split()) == "1.1 Oversigt"
        assert len(wide.xpath(".//table")) == 1


def test_the_note_of_a_heading_stands_in_no_contents(tmp_path: Path) -> None:
    build(scene(status="# S {#status}\n\n## Mål^[En note om målet.] for alle\n\nTekst.\n"), tmp_path)
    page = html.fromstring((tmp_path / "lille-strategi-v2.html").read_text("utf-8"))
    body = etree.fromstring(word_parts(tmp_path / "lille-strategi-v2.docx")["word/document.xml"])
    style = f"{w('pPr')}/{w('pStyle')}[@{w('val')}='TOC2']"
    lines = [words_of(node) for node in body.iter(w("p")) if node.find(style) is not None]
    printed = pdf_pages(tmp_path / "lille-strategi-v2.pdf")
    contents = "".join(page.xpath("//nav")[0].itertext()) + " ".join(lines) + printed[2]
    assert contents.count("Mål for alle") == 3 and "En note" not in contents
    assert sum("En note om målet." in sheet for sheet in printed) == 1


def test_the_contents_of_the_page_lead_to_every_chapter_and_section_also_on_flipped_pages(tmp_path: Path) -> None:
    wide = "::: {.wide}\n## På tværs {#tvaers}\n\nTekst.\n:::\n"
    status = f"# S {{#status}}\n\n{wide}\n### Under\n\n## Efter {{#efter}}\n\nTekst.\n"
    build(scene(status=status), tmp_path, [EditionFormat.HTML])
    page = html.fromstring((tmp_path / "lille-strategi-v2.html").read_text("utf-8"))
    links = page.xpath("//nav//a/@href")
    heads = page.xpath("//main//*[self::h2 or self::h3][not(parent::*[@role='doc-endnotes'])]")
    assert len(links) == len(heads) and "#tvaers" in links
    assert [name for name in page.xpath("//main//@id") if f"#{name}" in links] == [link[1:] for link in links]
