"""All three editions say where they speak another language, and words are broken as that language has it."""

import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from forankring import text
from forankring.language import load_locale
from forankring.publishing import Manuscript, assemble, build
from forankring.workspace import EditionFormat, house_templates, reference_strategy
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


LONG = "uncharacteristically internationalization institutionalization counterrevolutionaries disproportionateness"


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


def test_the_engine_says_nothing_in_danish_in_an_english_strategy() -> None:
    case = ("reference", "en", "house")
    pages = pypdfium2.PdfDocument(published.edition(case, "pdf"))
    said = [page.get_textpage().get_text_range() for page in pages]
    said += [file.read_text(encoding="utf-8") for file in published.editions(*case).glob("*.html")]
    with zipfile.ZipFile(published.edition(case, "docx")) as archive:
        said += [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    engine = " ".join(" ".join(said).split())
    assert [words for words in sorted(only_danish() - in_the_strategy()) if words in engine] == []


def test_what_the_engine_says_in_danish_is_found_in_a_danish_strategy() -> None:
    """The test above can fail: the same words are there where they belong."""
    chapters = " ".join(" ".join(published.version("reference", "da").chapters.values()).split())
    assert len([words for words in only_danish() - in_the_strategy() if words in chapters]) > 40


def only_danish() -> set[str]:
    """Return the pieces of the Danish locale's texts that the English one has not, as long as they can be told."""
    danish, english_ones = (pieces(load_locale(key).words) for key in ("da", "en"))
    return {piece for piece in danish if not any(piece in other for other in english_ones)}


def pieces(node: object) -> set[str]:
    if isinstance(node, Mapping):
        return {piece for key, value in node.items() if key != "recognition" for piece in pieces(value)}
    parts = re.split(r"\{[^}]*\}", str(node)) if isinstance(node, str) else []
    return {" ".join(part.split()) for part in parts if len(part.strip()) > 6}


def in_the_strategy() -> set[str]:
    """Return those pieces that are written: in the house's templates, the strategy's own data and the contributions."""
    inputs = (file for name in ("catalogue", "inbox") for file in (reference_strategy() / name).rglob("*"))
    files = [*house_templates().rglob("*.j2"), reference_strategy() / "strategy.yaml", *inputs]
    held = " ".join(file.read_text(encoding="utf-8", errors="replace") for file in files if file.is_file())
    chapters = published.version("reference", "da").chapters.values()
    held += " ".join(line for chapter in chapters for line in chapter.splitlines() if line.startswith(">"))
    held = " ".join(held.split())
    return {piece for piece in only_danish() if piece in held}


def languages(manuscript: Manuscript) -> list[tuple[str, str]]:
    """Return each language that is given to a passage, and the passage."""
    spans = (node for node in text.walk([c.blocks for c in manuscript.chapters]) if node["t"] == "Span")
    return [(tag, text.plain(span)) for span in spans for key, tag in span["c"][0][2] if key == "lang"]


def opened(data: bytes) -> bytes:
    """Return a PDF file with its streams unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    return data + b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")
