"""A link in the text to a passage's lasting name leads to that passage in Word, PDF and HTML."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from lxml import etree, html

from forankring.publishing import VersionText, assemble, build
from forankring.publishing.manuscript.passages import is_linked, is_passage
from forankring.publishing.word.names import w
from forankring.text import walk
from tests.integration.publishing_scene import scene

BLOCKS = {
    "paragraph": "Målet står her.",
    "list": "- Målet står her\n- og der",
    "quotation": "> Målet står her.",
    "table": "| Mål |\n|---|\n| Målet |",
}


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_link_to_a_passage_leads_there_in_every_edition(tmp_path: Path, kind: str) -> None:
    status = f"# S {{#status}}\n\nFørst et andet.\n\n{BLOCKS[kind]}\n"
    _, name = passages(scene(status=status))
    version = scene(foreword=f"# Forord {{#foreword}}\n\nSe [stedet](#{name}).\n", status=status)
    assert [mend.detail for mend in assemble(version).mends if mend.code == "link_nowhere"] == ["#findes-ikke"]
    build(version, tmp_path)  # the Word file reads back as the manuscript, or it is not released
    assert name in targets_of_page(tmp_path / "lille-strategi-v2.html")
    assert "Mål" in words_after_mark(tmp_path / "lille-strategi-v2.docx")
    assert page_of_link(tmp_path / "lille-strategi-v2.pdf", "Se stedet") == page_with(
        tmp_path / "lille-strategi-v2.pdf", "Først et andet"
    )


def test_a_name_in_the_text_goes_before_the_name_of_a_passage() -> None:
    status = "# S {#status}\n\nMålet står her.\n"
    [name] = passages(scene(status=status))
    own = scene(
        foreword=f"# Forord {{#foreword}}\n\n## Et afsnit {{#{name}}}\n\nSe [stedet](#{name}).\n", status=status
    )
    linked = [node for node in walk([each.blocks for each in assemble(own).chapters]) if node["t"] == "Div"]
    assert not [node for node in linked if is_passage(node) and is_linked(node)]


def test_only_a_passage_that_is_linked_to_has_a_mark_in_word(tmp_path: Path) -> None:
    first, *others = passages(scene())
    build(scene(foreword=f"# Forord {{#foreword}}\n\nSe [stedet](#{first}).\n"), tmp_path)
    found = marks(tmp_path / "lille-strategi-v2.docx")
    assert first in found and others and not {*others} & {*found}


def passages(version: VersionText) -> list[str]:
    """Return the names that the passages of the chapter on status get."""
    chapter = next(each for each in assemble(version).chapters if each.key == "status")
    return [block["c"][0][0] for block in chapter.blocks if is_passage(block)]


def targets_of_page(file: Path) -> set[str]:
    """Return the places in the page that its text leads to and that are there."""
    page = html.fromstring(file.read_text("utf-8"))
    led = page.xpath("//main//a[not(contains(@class, 'permalink'))]/@href")
    return {target[1:] for target in led if page.xpath("//*[@id=$name]", name=target[1:])}


def marks(file: Path) -> list[str]:
    """Return the names of the bookmarks of a Word file."""
    return [mark.get(w("name"), "") for mark in _body(file).iter(w("bookmarkStart"))]


def words_after_mark(file: Path) -> str:
    """Return the words that follow where the link on "stedet" leads."""
    body = _body(file)
    [anchor] = {
        str(link.get(w("anchor"))) for link in body.iter(w("hyperlink")) if "".join(link.itertext()) == "stedet"
    }
    [mark] = [each for each in body.iter(w("bookmarkStart")) if each.get(w("name")) == anchor]
    return "".join(mark.xpath("string(following::*[local-name()='t'][1])"))


def _body(file: Path) -> etree._Element:
    with zipfile.ZipFile(file) as package:
        return etree.fromstring(package.read("word/document.xml"))


def page_with(file: Path, words: str) -> int:
    """Return the page on which words stand."""
    paper = pypdfium2.PdfDocument(file)
    return next(n for n, page in enumerate(paper) if words in page.get_textpage().get_text_range())


def page_of_link(file: Path, words: str) -> int:
    """Return the page to which the one link on the page with the words leads."""
    [page] = _links(pypdfium2.PdfDocument(file), page_with(file, words))
    return page


def _links(paper: pypdfium2.PdfDocument, number: int) -> Iterator[int]:
    page, start, link = paper[number], pdfium.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page.raw, start, link):
        yield pdfium.FPDFDest_GetDestPageIndex(paper.raw, pdfium.FPDFLink_GetDest(paper.raw, link))
