"""Two people edit a real strategy, a little or nearly all of it: the merge loses no word and says none twice."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from forankring.language import load_locale
from forankring.text import Document, Node, lined, merge, parse, plain, write
from tests.unit.text.editing import edited
from tests.unit.text.merging import merged, wrongs

REAL = Path(__file__).parents[3] / "shared" / "real-inputs" / "uk-digital-strategy"
CHAPTERS = sorted(REAL.glob("*.md"))
ENGLISH = load_locale("en")
pytestmark = pytest.mark.skipif(not CHAPTERS, reason="the real strategy is not on this machine")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.9], ids=lambda share: f"{share:.0%}")
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda file: file.stem[:30])
def test_edits_of_a_real_chapter_are_all_made_or_shown(chapter: Path, share: float) -> None:
    base = _blocks(chapter)
    ours, theirs = (_edited(base, share, name) for name in ("our", "their"))
    found = merged(base, ours, theirs)

    assert wrongs(base, ours, theirs, unique=False) == []
    assert not _repeats(found.document.blocks, _shown(found.clashes), base, ours, theirs)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.9], ids=lambda share: f"{share:.0%}")
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda file: file.stem[:30])
def test_edits_of_one_side_of_a_real_chapter_are_the_result(chapter: Path, share: float) -> None:
    base = Document(tuple(_blocks(chapter)))
    side = Document(tuple(_edited(base.blocks, share, "our")))

    assert merge(base, side, base).document == side
    assert merge(base, base, side).document == side


@pytest.mark.parametrize("chapter", CHAPTERS[:6], ids=lambda file: file.stem[:30])
def test_what_was_merged_is_written_with_all_its_words(chapter: Path) -> None:
    base = _blocks(chapter)
    found = merged(base, *(_edited(base, 0.3, name) for name in ("our", "their")))
    again = parse(write(found.document, ENGLISH))

    assert _words(again.blocks) == _words(found.document.blocks)


@cache
def _chapter(path: Path) -> Document:
    return lined(parse(path.read_text(encoding="utf-8-sig")), ENGLISH)


def _blocks(path: Path) -> list[Node]:
    return list(_chapter(path).blocks)


def _edited(blocks: Iterable[Node], share: float, name: str) -> list[Node]:
    """Return the chapter with this share of its blocks edited, one edit each, and some blocks moved or new."""
    chance = Random(f"{share} {name}")
    result: list[Node] = []
    for place, block in enumerate(blocks):
        chosen = chance.random() < share
        result += edited([block], [chance.randrange(2**20)], f"{name}{place}") if chosen else [block]
    moves = [chance.randrange(2**20) for _ in range(round(len(result) * share / 10))]
    for number in moves:
        at = number % len(result)
        result.insert(chance.randrange(len(result)), result.pop(at))
    return result


def _repeats(now: Any, shown: set[str], *texts: Any) -> dict[str, int]:
    """Return words said more often than any side and what both added to the base would say, clashes aside."""
    was, our, their = (Counter(_words(text)) for text in texts)
    most = {word: max(our[word], their[word], our[word] + their[word] - was[word]) for word in our | their}
    return {
        word: count for word, count in Counter(_words(now)).items() if count > most.get(word, 0) and word not in shown
    }


def _shown(clashes: Any) -> set[str]:
    return {word for clash in clashes for word in _words((clash.base, clash.ours, clash.theirs))}


def _words(node: Any) -> list[str]:
    return re.findall(r"\w+", plain(node))
