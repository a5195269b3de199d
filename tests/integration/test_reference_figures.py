"""The reference strategy has its five figures in every edition: as pictures, as words, and as tables."""

import ctypes
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from lxml import etree

from forankring import text
from forankring.publishing import assemble
from forankring.text import Node, rows_of
from tests.integration import published

PLACES = {
    "status": "Parternes vurderinger af målene",
    "anchoring": "Initiativerne fordelt på forankringstrin",
    "whole": "Initiativernes bidrag til målene",
    "next_steps": "Initiativernes tidsplan",
    "annex_hearing": "Punkter fordelt på kapitler og typer af parter",
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Shown:
    """A figure as an edition shows it: what its picture says, and the words of its table, row by row."""

    words: str
    rows: tuple[tuple[str, ...], ...]


@pytest.fixture(scope="module")
def expected() -> dict[str, Shown]:
    """Return the figures of the manuscript by chapter."""
    found = {}
    for chapter in assemble(published.version("reference", "da")).chapters:
        for figure, table in _pairs(chapter.blocks):
            image = next(node for node in text.walk(figure) if node["t"] == "Image")
            rows = [row for part in rows_of(table) for row in part]
            cells = tuple(tuple(tidy(text.plain(cell[4])) for cell in row[1]) for row in rows)
            found[chapter.key] = Shown(text.plain(image["c"][1]), cells)
    return found


REFERENCE = ("reference", "da", "house")


@pytest.fixture(scope="module")
def editions() -> dict[str, bytes]:
    """Return the three editions by their endings."""
    return {ending: published.edition(REFERENCE, ending).read_bytes() for ending in ("docx", "html", "pdf")}


def test_every_figure_has_its_place_its_words_and_its_data(expected: dict[str, Shown]) -> None:
    assert {key: subject in expected[key].words for key, subject in PLACES.items()} == dict.fromkeys(PLACES, True)
    assert set(expected) == set(PLACES)
    assert all(len(shown.rows) > 3 for shown in expected.values())


def test_word_shows_all_five_with_words_and_tables(expected: dict[str, Shown], editions: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(editions["docx"])) as archive:
        body: Any = etree.fromstring(archive.read("word/document.xml"))
    found = []
    for picture in body.iter("{*}docPr"):
        table = picture.xpath("following::w:tbl[1]", namespaces={"w": W[1:-1]})[0]
        rows = [[tidy("".join(cell.itertext(f"{W}t"))) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        found.append(Shown(picture.get("descr"), tuple(map(tuple, rows))))
    assert found == in_order(expected)


def test_the_page_shows_all_five_with_words_and_tables_behind(
    expected: dict[str, Shown], editions: dict[str, bytes]
) -> None:
    page: Any = lxml.html.document_fromstring(editions["html"])
    found = []
    for picture in page.xpath("//figure//img"):
        [data] = picture.xpath("following::details[@class='data'][1]")
        rows = [[tidy(cell.text_content()) for cell in row.xpath("./th|./td")] for row in data.xpath(".//tr")]
        found.append(Shown(picture.get("alt"), tuple(map(tuple, rows))))
    assert found == in_order(expected)
    assert [each.text for each in page.xpath("//details[@class='data']/summary")] == [
        f"Tabellen til figur {n}" for n in range(1, 6)
    ]


def test_the_pdf_shows_all_five_with_words_and_tables(expected: dict[str, Shown], editions: dict[str, bytes]) -> None:
    document = pypdfium2.PdfDocument(editions["pdf"])
    assert [words for page in document for words in _alternatives(page)] == [each.words for each in in_order(expected)]
    words = pressed("".join(page.get_textpage().get_text_range() for page in document))
    cells = [cell for shown in expected.values() for row in shown.rows for cell in row]
    assert [cell for cell in cells if pressed(cell) not in words] == []


def tidy(words: str) -> str:
    return " ".join(words.split())


def pressed(words: str) -> str:
    """Return the words without what a line's end may change: spaces and hyphens."""
    return re.sub(r"[\s\u00ad\ufffe-]", "", words)


def in_order(expected: dict[str, Shown]) -> list[Shown]:
    return list(expected.values())


def _pairs(blocks: tuple[Node, ...]) -> Iterator[tuple[Node, Node]]:
    shown = [node for node in text.walk(blocks) if node["t"] in ("Figure", "Table")]
    for one, other in itertools.pairwise(shown):
        if (one["t"], other["t"]) == ("Figure", "Table"):
            yield one, other


def _alternatives(page: Any) -> Iterator[str]:
    """Yield the alternative texts of a page, in the order of its structure."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        yield from _told(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place))
    pdfium.FPDF_StructTree_Close(tree)


def _told(part: Any) -> Iterator[str]:
    length = pdfium.FPDF_StructElement_GetAltText(part, None, 0)
    if length > 2:
        words = ctypes.create_string_buffer(length)
        pdfium.FPDF_StructElement_GetAltText(part, words, length)
        yield words.raw.decode("utf-16-le").rstrip("\0")
    for place in range(pdfium.FPDF_StructElement_CountChildren(part)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(part, place)
        if child:
            yield from _told(child)
