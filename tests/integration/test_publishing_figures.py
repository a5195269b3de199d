"""Figures stand in every edition as pictures with words that say what they say, and as the tables behind them."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from forankring.publishing import assemble, build
from forankring.workspace import look_text, parse_look
from tests.integration.publishing_scene import scene

STATUS = """# Hvad har vi opnået? {#status}

::: {#fig-status .figure .bars}
| Mål | Nået | Delvist nået |
|-----|-----:|-------------:|
| Et digitalt møde | 2 | 1 |
| Vækst | 0 | 3 |

: Parternes vurdering af målene
:::

::: {.figure .matrix}
| Initiativ | M1 | M2 |
|-----------|----|----|
| [Fælles sprog](#status) | ja | – |

: Initiativernes bidrag
:::

Se [figuren](#fig-status).
"""
KINDS = ("bars", "matrix", "timeline")
BARS = (
    "Liggende søjler. Parternes vurdering af målene. Et digitalt møde: 2 nået, 1 delvist nået. Vækst: 3 delvist nået."
)
DOTS = "Oversigt med prikker. Initiativernes bidrag. Fælles sprog: M1."


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    build(scene(status=STATUS), folder)
    return folder


def test_word_has_the_pictures_their_words_and_their_tables(editions: Path) -> None:
    with zipfile.ZipFile(editions / "lille-strategi-v2.docx") as archive:
        document = archive.read("word/document.xml").decode("utf-8")
    assert {BARS, DOTS} <= set(re.findall(r'<wp:docPr descr="([^"]+)"', document))
    assert "Delvist nået" in document


def test_word_says_a_pictures_words_once_and_puts_no_air_around_it(editions: Path) -> None:
    with zipfile.ZipFile(editions / "lille-strategi-v2.docx") as archive:
        document = archive.read("word/document.xml").decode("utf-8")
    assert "data:image" not in document
    pictures = re.findall(r"<wp:inline[^>]*>", document)
    assert len(pictures) >= 2
    assert all(f'{side}="0"' in each for each in pictures for side in ("distT", "distB", "distL", "distR"))


def test_the_page_has_the_pictures_and_their_words(editions: Path) -> None:
    page = (editions / "lille-strategi-v2.html").read_text(encoding="utf-8")
    assert {BARS, DOTS} <= set(re.findall(r'alt="([^"]+)"', page))
    assert "Figur 1: Parternes vurdering af målene" in page


def test_the_pdf_has_the_pictures_and_the_tables_below_them(editions: Path) -> None:
    document = pypdfium2.PdfDocument(editions / "lille-strategi-v2.pdf")
    words = "\n".join(page.get_textpage().get_text_range() for page in document)
    assert words.index("Parternes vurdering af målene") < words.index("Et digitalt møde")
    assert BARS not in words


def test_a_link_leads_to_a_figure() -> None:
    mends = assemble(scene(status=STATUS)).mends
    assert not [found for found in mends if found.chapter == "status"]


def test_every_figure_that_the_editors_guide_shows_is_drawn() -> None:
    guide = Path(__file__).parents[2] / "docs" / "editors.md"
    shown = re.findall(r"```markdown\n(::: {#fig-.*?:::)\n```", guide.read_text(encoding="utf-8"), re.DOTALL)
    made = assemble(scene(status="# Status {#status}\n\n" + "\n\n".join(shown)))
    assert [kind for kind in KINDS if any(f".{kind}" in each for each in shown)] == list(KINDS)
    assert [found for found in made.mends if found.chapter == "status"] == []
    assert len([name for name in made.pictures if name.endswith(".png")]) >= len(shown)


def test_a_picture_has_the_colours_of_the_look() -> None:
    green = replace(scene(status=STATUS), look=parse_look(look_text("forest")))
    accent = bytes.fromhex(green.look.colours.accent[1:])
    [bars, _] = assemble(green).pictures.values()
    shown = {bytes(colour) for _, colour in Image.open(io.BytesIO(bars)).convert("RGB").getcolors(1 << 16)}

    assert accent in shown
    assert list(assemble(scene(status=STATUS)).pictures) != list(assemble(green).pictures)
