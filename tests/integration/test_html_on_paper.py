"""The HTML edition as a browser prints it on A4, in both looks: no page, heading, table or picture goes astray."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from playwright.sync_api import Browser

from forankring.publishing import build
from forankring.workspace import EditionFormat, look_names
from tests.integration import published
from tests.validation import browser as chromium
from tests.validation import tools
from tests.validation.browser import DESKTOP

LEAST, MOST_PAGES = 350, 115
"""Letters on a page that is not all but empty; pages of the reference strategy, 91 and 101 as this is written."""
CONTENTS = "[...document.querySelectorAll('.contents a')].map(each => [each.hash.slice(1), each.innerText.trim()])"
HEADS = "[...document.querySelectorAll('thead')].map(each => each.textContent)"
DATA = """[...document.querySelectorAll('details.data')].map(
  each => ['summary', 'th', 'tbody td'].map(part => each.querySelector(part).textContent))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """A printout, the words on each of its pages, and what the page itself says of its contents and its data."""

    paper: pypdfium2.PdfDocument
    pages: list[str]
    contents: list[list[str]]
    data: list[list[str]]
    heads: list[str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    tools.need(tools.BROWSER)
    with chromium.launched() as started:
        yield started


@pytest.fixture(scope="module", params=look_names())
def printed(request: pytest.FixtureRequest, browser: Browser) -> Print:
    """Print the reference strategy in one look."""
    return _printed(browser, published.edition(("reference", "da", request.param), "html"))


def _printed(browser: Browser, file: Path) -> Print:
    with chromium.opened(browser, file, DESKTOP) as page:
        contents, data, heads = (page.evaluate(asked) for asked in (CONTENTS, DATA, HEADS))
        paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, outline=True, tagged=True))
    return Print(paper=paper, pages=[_words(sheet) for sheet in paper], contents=contents, data=data, heads=heads)


def _words(sheet: pypdfium2.PdfPage) -> str:
    return re.sub(r"\s+", " ", sheet.get_textpage().get_text_range().replace("\ufffe\r\n", ""))


def _pictures(sheet: pypdfium2.PdfPage) -> int:
    """Count the pictures on a page; one that begins on the next page is drawn here too, below the paper's edge."""
    found = (picture.get_bounds() for picture in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    return sum(1 for _, bottom, _, top in found if bottom > 0 or top > 200)


def test_no_page_is_all_but_empty(printed: Print) -> None:
    bare = [
        number
        for number, (sheet, words) in enumerate(zip(printed.paper, printed.pages, strict=True), 1)
        if len(words) < LEAST and not _pictures(sheet) and not _turns_after(printed.paper, number)
    ]
    assert bare in ([1], [1, len(printed.pages)])  # the cover, and the page on which the text ends
    assert len(printed.pages) < MOST_PAGES


def _turns_after(paper: pypdfium2.PdfDocument, number: int) -> bool:
    """Tell a page before a turned one: it ends where it ends, and no rule of the page can fill it."""
    width, height = paper[min(number, len(paper) - 1)].get_size()
    return bool(width > height)


def test_every_heading_has_text_below_it_on_its_page(printed: Print) -> None:
    stranded, headings = [], list(printed.paper.get_toc(max_depth=6))
    for heading in headings:
        place = heading.get_dest()
        assert place
        _, (_, top, *_) = place.get_view()
        below = printed.paper[place.get_index()].get_textpage().get_text_bounded(top=top, bottom=70)
        if len(below.split()) - len(heading.get_title().split()) < 2:
            stranded.append(below)
    assert len(headings) > 150 and not stranded


def test_no_page_ends_with_the_head_of_a_table(printed: Print) -> None:
    heads = {"".join(head.split()) for head in printed.heads}
    texts = (sheet.get_textpage().get_text_bounded(bottom=70) for sheet in printed.paper)
    ends = ["".join(words.replace("\ufffe", "").split()) for words in texts]
    assert len(heads) > 30 and any(head in words for head in heads for words in ends)
    assert not [words[-80:] for words in ends if words.endswith(tuple(heads))]


def test_the_data_behind_a_figure_stand_open_under_a_line_that_says_so(printed: Print) -> None:
    assert len(printed.data) == 5
    for said, head, first in printed.data:
        page = next(words for words in printed.pages if said in words)
        shown = page[page.index(said) :]
        assert len(head) > 2 and head in shown and first.split()[0] in shown.partition(head)[2], said


def test_every_picture_is_whole_and_on_one_page(printed: Print) -> None:
    assert sum(map(_pictures, printed.paper)) == len(printed.data)


def test_every_page_but_the_cover_says_what_it_is_and_its_number(printed: Print) -> None:
    cover, *others = printed.pages
    assert "Side 1" not in cover
    for number, words in enumerate(others, 2):
        assert f"Side {number} af {len(printed.pages)}" in words
        assert "Fra teknologiglæde til værdi" in words and "UDKAST – forslag, ikke et officielt dokument" in words
        assert "Version 1 · 23. november 2026 · Høringsudkast · strategi-2024-v1" in words


def test_the_contents_on_paper_lead_to_their_headings(printed: Print) -> None:
    pages = [sheet for sheet, words in enumerate(printed.pages[:4]) if words.count("Bidrag til kapitlet") > 1]
    led = [place for sheet in pages for place in _targets(printed.paper, sheet)]
    assert pages[0] == 1 and len(led) >= len(printed.contents)
    for name, words in printed.contents:
        assert any("".join(words.split()) in printed.pages[place].replace(" ", "") for place in led), name


def _targets(paper: pypdfium2.PdfDocument, sheet: int) -> Iterator[int]:
    """Yield the page to which each link on a page leads."""
    page, start, link = paper[sheet], pdfium.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page.raw, start, link):
        place = pdfium.FPDFLink_GetDest(paper.raw, link)
        if place:
            yield pdfium.FPDFDest_GetDestPageIndex(paper.raw, place)


def test_paper_gives_the_address_of_a_page_elsewhere(browser: Browser) -> None:
    pages = _printed(browser, published.edition(("scene", "da", "house"), "html")).pages
    assert "borger.dk (https://www.borger.dk/)" in " ".join(pages)


def test_a_wide_division_without_anything_in_it_is_no_harm(tmp_path: Path) -> None:
    status = "# S {#status}\n\n::: {.wide}\n:::\n\nOrd.\n"
    empty = replace(published.version("scene", "da"), chapters={"status": status})
    [built] = build(empty, tmp_path, (EditionFormat.HTML,))
    assert "Ord." in (tmp_path / built.name).read_text(encoding="utf-8")
