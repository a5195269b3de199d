"""All three editions say where they speak another language, and words are broken as that language has it."""

import re
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from forankring import text
from forankring.publishing import Manuscript, assemble, build
from forankring.workspace import EditionFormat
from tests.integration import published
from tests.integration.publishing_scene import english, scene
from tests.integration.test_publishing import UK, uk
from tests.unit.language.test_recognising import DANISH, ENGLISH


def test_word_pdf_and_html_say_which_paragraph_is_english(tmp_path: Path) -> None:
    build(scene(status=f"# Status\n\n{DANISH}\n\n> {ENGLISH}\n"), tmp_path)
    with zipfile.ZipFile(tmp_path / "lille-strategi-v2.docx") as archive:
        assert b'<w:lang w:val="en-GB"/>' in archive.read("word/document.xml")
    assert b"/Lang(en-GB)" in opened((tmp_path / "lille-strategi-v2.pdf").read_bytes())
    assert f'<p><span lang="en-GB">{ENGLISH}' in (tmp_path / "lille-strategi-v2.html").read_text(encoding="utf-8")


LONG = "characteristically straightforwardness thermodynamically acknowledgements misunderstandings administrations"


def test_words_are_broken_as_their_language_has_it(tmp_path: Path) -> None:
    ends = []
    for tag in ("en", "da"):
        words = "\n\n".join(f"[{' '.join([word] * 30)}]{{lang={tag}}}" for word in LONG.split())
        build(scene(status=f"# Status\n\n{words}\n"), tmp_path / tag, [EditionFormat.PDF])
        pages = pypdfium2.PdfDocument(tmp_path / tag / "lille-strategi-v2.pdf")
        said = "".join(page.get_textpage().get_text_range() for page in pages)
        ends.append(set(re.findall(r"\w+(?=\ufffe|\u00ad|-\r\n)", said)))
    assert ends[0] and ends[1] and ends[0] != ends[1]


def test_a_danish_strategy_has_no_passage_taken_for_english() -> None:
    assert languages(assemble(published.version("reference", "da"))) == []


def test_a_danish_text_in_an_english_strategy_is_marked() -> None:
    marked = languages(assemble(english(scene(status=f"# Status\n\n{DANISH}\n\n{ENGLISH}\n"))))
    assert ("da-DK", DANISH) in marked and all(words != ENGLISH for _, words in marked)


@pytest.mark.skipif(not UK.is_dir(), reason="the real text lies beside the project, not in it")
def test_an_english_text_in_a_danish_strategy_is_marked_and_only_as_english() -> None:
    text_in_english = uk()
    marked = languages(assemble(replace(text_in_english, strategy=replace(text_in_english.strategy, locale="da"))))
    assert len(marked) > 600 and {tag for tag, _ in marked} == {"en-GB"}
    assert languages(assemble(text_in_english)) == []


def languages(manuscript: Manuscript) -> list[tuple[str, str]]:
    """Return each language that is given to a passage, and the passage."""
    spans = (node for node in text.walk([c.blocks for c in manuscript.chapters]) if node["t"] == "Span")
    return [(tag, text.plain(span)) for span in spans for key, tag in span["c"][0][2] if key == "lang"]


def opened(data: bytes) -> bytes:
    """Return a PDF file with its streams unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    return data + b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")
