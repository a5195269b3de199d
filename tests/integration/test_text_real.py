"""A real strategy of 28,000 words survives the normal form: no error, no word lost, written again the same."""

import re
from pathlib import Path

import pytest

from forankring.language import load_locale
from forankring.text import parse, plain, write

REAL = Path(__file__).parents[3] / "shared" / "real-inputs" / "uk-digital-strategy"
CHAPTERS = sorted(REAL.glob("*.md"))


@pytest.mark.skipif(not CHAPTERS, reason="the real strategy is not on this machine")
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda file: file.stem[:30])
def test_a_real_chapter_keeps_its_words_and_its_normal_form_is_stable(chapter: Path) -> None:
    english = load_locale("en")
    document = parse(chapter.read_text(encoding="utf-8-sig"))
    written = write(document, english)
    again = parse(written)

    assert _words(plain(again.blocks)) == _words(plain(document.blocks))
    assert write(again, english) == written


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
