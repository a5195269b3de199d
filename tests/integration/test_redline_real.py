"""A redline of a real strategy of 28,000 words, edited by chance as people edit, leads to both of its versions."""

import json
from pathlib import Path
from random import Random

import pytest

from forankring.language import load_locale
from forankring.text import Document, Node, accept, lined, meaning, parse, redline, reject
from tests.unit.text.editing import edited

REAL = Path(__file__).parents[3] / "shared" / "real-inputs" / "uk-digital-strategy"
CHAPTERS = sorted(REAL.glob("*.md"))
ENGLISH = load_locale("en")


@pytest.mark.skipif(not CHAPTERS, reason="the real strategy is not on this machine")
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda file: file.stem[:30])
def test_a_redline_of_a_real_chapter_is_exact_however_much_of_it_was_edited(chapter: Path) -> None:
    old = lined(parse(chapter.read_text(encoding="utf-8-sig")), ENGLISH)

    assert redline(old, old) == old
    for share in (0.05, 0.3, 0.9):
        for number in range(3):
            new = _edited(old, share, Random(number))
            tree = redline(old, new)
            assert meaning(accept(tree).blocks) == meaning(new.blocks), (share, number)
            assert meaning(reject(tree).blocks) == meaning(old.blocks), (share, number)


def _edited(old: Document, share: float, chance: Random) -> Document:
    """Return the text with that share of its blocks edited, some of them moved, one after the other."""
    blocks: list[Node] = []
    for at, block in enumerate(old.blocks):
        if chance.random() < share:
            blocks += edited([json.loads(json.dumps(block))], [chance.randrange(2**20)], f"e{at}")
        else:
            blocks.append(block)
    for _ in range(round(len(blocks) * share / 10)):
        blocks.insert(chance.randrange(len(blocks)), blocks.pop(chance.randrange(len(blocks))))
    return Document(tuple(blocks))
