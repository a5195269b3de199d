"""The editions read as they did: a small strategy word by word, and the page of each heading of the reference."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from forankring.process import pandoc
from forankring.publishing import build
from tests.golden.test_golden_documents import difference
from tests.integration import published
from tests.integration.publishing_scene import scene

GOLDEN = Path(__file__).parent / "editions"


@pytest.fixture(scope="module")
def produced(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build the editions and read them as a reader would."""
    folder = tmp_path_factory.mktemp("editions")
    build(scene(), folder)
    small = folder / "lille-strategi-v2"
    return {
        "word.txt": _plain(small.with_suffix(".docx"), "docx"),
        "html.txt": _plain(small.with_suffix(".html"), "html"),
        "pdf.txt": _pages(small.with_suffix(".pdf")),
        "reference-pages.txt": "".join(_headings(published.edition(("reference", "da", "house"), "pdf"))),
    }


def test_the_editions_read_as_their_golden_texts(produced: dict[str, str], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        for name, text in produced.items():
            (GOLDEN / name).write_text(text, encoding="utf-8")
    golden = {name: (GOLDEN / name).read_text("utf-8") for name in produced}
    changed = [difference(golden[name], produced[name], name) for name in produced if golden[name] != produced[name]]
    assert not changed, "\n".join(changed)


def _plain(file: Path, reader: str) -> str:
    return pandoc(["--from", reader, "--to", "plain", "--columns", "110", str(file)]).decode()


def _pages(file: Path) -> str:
    """Return the words of every page under its number."""
    pages = (sheet.get_textpage().get_text_range().replace("\r\n", "\n") for sheet in pypdfium2.PdfDocument(file))
    return "".join(f"=== {number}\n{words.rstrip()}\n\n" for number, words in enumerate(pages, 1))


def _headings(file: Path) -> Iterator[str]:
    """Yield each bookmark with its page, a step in for each level, and last how many pages there are."""
    document = pypdfium2.PdfDocument(file)
    for mark in document.get_toc(max_depth=6):
        yield f"{'  ' * mark.level}{mark.get_title()} … {mark.get_dest().get_index() + 1}\n"
    yield f"{len(document)} pages\n"
