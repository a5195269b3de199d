"""What belongs together stands together: a line that announces something, who said it, a row of a table."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from forankring.publishing import build
from forankring.publishing.word.names import w, words_of
from tests.integration.publishing_scene import scene
from tests.integration.test_publishing import pdf_pages, word_parts

LINES = "\n\n".join(f"Linje {number} af mange, som fylder en hel linje på siden og lidt til." for number in range(60))
QUOTE = "> Det er parternes egne ord, og de skal stå, som de er skrevet.\n\n– Eksempel Kommune (bidrag B012)\n"


def chapter(before: int) -> str:
    """Return a chapter in which an announcement comes after that many paragraphs, wherever on the page that is."""
    lines = "\n\n".join(LINES.split("\n\n")[:before])
    return f"# Forord\n\n{lines}\n\nUnder overskriften »Drift«:\n\n{QUOTE}\n\nEfter citatet.\n"


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flow")
    build(scene(**{f"proof_{before}": chapter(before) for before in range(15, 40)}, foreword=ITEMS), folder)
    return folder


ITEMS = """# Forord

Vi foreslår:

- ét
- to

Efter listen.

::: {.point #hoering-b001-01}
**B001-01** – Eksempel Kommune
:::

| Sidst | Tabel |
|-------|-------|
| a     | b     |
"""


def test_an_announcement_a_quotation_and_who_said_it_stand_on_one_pdf_page(editions: Path) -> None:
    pages = [" ".join(page.split()) for page in pdf_pages(editions / "lille-strategi-v2.pdf")]
    announced = [page for page in pages if "Under overskriften »Drift«:" in page]
    assert len(announced) == 25
    assert all("Det er parternes egne ord" in page and "– Eksempel Kommune (bidrag B012)" in page for page in announced)


def test_they_are_kept_together_in_word(editions: Path) -> None:
    kept = {words for words, properties in _paragraphs(editions) if properties.find(w("keepNext")) is not None}
    assert {"Under overskriften »Drift«:", "Vi foreslår:"} <= kept
    assert "Det er parternes egne ord, og de skal stå, som de er skrevet." in kept
    assert not kept & {"Efter citatet.", "– Eksempel Kommune (bidrag B012)", "ét", "to", "Efter listen."}


def test_lists_and_contributions_have_room_around_them_in_word(editions: Path) -> None:
    spaces = {words: properties.find(w("spacing")) for words, properties in _paragraphs(editions)}
    assert spaces["to"].get(w("after")) == "120" and spaces["ét"] is None
    assert spaces["B001-01 – Eksempel Kommune"].get(w("before")) == "320"


def test_a_word_file_does_not_end_with_a_table(tmp_path: Path) -> None:
    """A program would add a paragraph, and with tracking on record it as somebody's change."""
    build(scene(), tmp_path)
    body = _body(tmp_path)
    *_, before, last = body.iterchildren(w("p"), w("tbl"))
    assert (before.tag, last.tag) == (w("tbl"), w("p")) and not words_of(last)


def test_rows_are_whole_on_pdf_pages_unless_they_are_longer_than_a_page(tmp_path: Path) -> None:
    rows = "\n".join(f"| start{n} | {'ord ' * 40} slut{n} |" for n in range(40))
    endless = f"| start40 | {'ord ' * 3000} slut40 |"
    table = "| Første kolonne | Anden kolonne |\n|-------|-------|\n"
    build(scene(foreword=f"# Forord\n\n{table}{rows}\n\nMellem.\n\n{table}{endless}\n"), tmp_path)
    pages = pdf_pages(tmp_path / "lille-strategi-v2.pdf")
    for number in range(40):
        [started] = [
            page
            for page in pages
            if f"start{number}\r" in page or f"start{number}\n" in page or f"start{number} " in page
        ]
        assert f"slut{number}" in started
    assert any("slut40" in page for page in pages)


def _body(folder: Path) -> Any:
    return etree.fromstring(word_parts(folder / "lille-strategi-v2.docx")["word/document.xml"]).find(w("body"))


def _paragraphs(folder: Path) -> Iterator[tuple[str, Any]]:
    for node in _body(folder).iter(w("p")):
        properties = node.find(w("pPr"))
        if properties is not None:
            yield words_of(node), properties
