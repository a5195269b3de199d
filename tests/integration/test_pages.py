"""The reference strategy has about its pages in print, as PDF and as an office program opens it; none is blank, and
nothing stands outside the margins."""

import re
from pathlib import Path

import pypdfium2
import pytest
import typst

from forankring.workspace import house_look
from tests.integration import published
from tests.integration.test_bad_text import outside
from tests.validation import office, tools

IN_WORD, IN_PDF = 92, 89  # as measured with Carlito in LibreOffice 7.4, and with typst

FRAME = 170  # letters in a header and a footer together, and a little more


REFERENCE = ("reference", "da", "house")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have an office program lay out the reference strategy's Word file; return its pages."""
    tools.need(tools.OFFICE)
    return office.lay_out(published.edition(REFERENCE, "docx"), tmp_path_factory.mktemp("pages"))


def test_the_pdf_has_its_pages_and_none_is_blank() -> None:
    file = published.edition(REFERENCE, "pdf")
    pages = letters(file)
    assert 0.9 * IN_PDF <= len(pages) <= 1.1 * IN_PDF
    assert blank(pages) == []
    assert outside(file, house_look()) == []


def test_the_word_file_opens_has_its_pages_and_none_is_blank(printed: Path) -> None:
    pages = letters(printed)
    assert 0.85 * IN_WORD <= len(pages) <= 1.15 * IN_WORD
    assert blank(pages) == []
    assert outside(printed, house_look()) == []


def test_the_contents_of_the_word_file_say_where_each_heading_stands(printed: Path) -> None:
    said = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed)]
    lines = [found.groups() for page in said[2:6] for found in re.finditer(r"(?m)^(.+?)\.{5,}(\d+)\r?$", page)]
    pages = [bare(page) for page in said]
    assert len(lines) > 80
    assert [(title, page) for title, page in lines if bare(title) not in pages[int(page) - 1]] == []


def bare(words: str) -> str:
    """Return the letters and digits alone: lines are broken elsewhere."""
    return re.sub(r"\W", "", words)


def test_a_blank_page_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    words = b"#lorem(40)"
    file.write_bytes(typst.compile(words + b"\n#pagebreak()#pagebreak()\n" + words))
    assert blank(letters(file)) == [2]


def letters(file: Path) -> list[int]:
    """Return how many letters stand on each page."""
    return [len(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(file)]


def blank(pages: list[int]) -> list[int]:
    """Return the numbers of the pages that hold no more than a header and a footer."""
    return [number for number, count in enumerate(pages, 1) if count < FRAME]
