"""Measure the three-way merge of a long text, from three files to one, beside pandoc parsing these three files."""

import functools
import random
import statistics
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bench.measuring import Row, seconds, side_by_side, tell
from bench.scenes import long_text
from forankring.language import load_locale
from forankring.text import Document, lined, merge, normal_form, parse
from forankring.versions.prose import Prose
from forankring.versions.records import Merged

WORDS = 34_000
SHARE = 0.3
"""So many of the paragraphs each side has edited."""
_ENGLISH = load_locale("en")


def measure(runs: int) -> Row:
    """Merge the same three texts again and again, from three files to one with its conflicts.

    The goal is held against parsing the three texts one after the other; how it stands against parsing all of them at
    the same time, as the merge does, is noted.
    """
    name, base = long_markdown()
    texts = (base, edited(base, 1), edited(base, 2))
    told = f"{name}, {len(base.split()):,} words, {SHARE:.0%} of the paragraphs edited on both sides"
    tell(f"merge: {told}")
    ours, bare, spread = side_by_side(functools.partial(_merge, texts), lambda: [parse(text) for text in texts], runs)
    at_once = statistics.median(seconds(lambda: _parsed(texts)) for _ in range(runs))
    documents = [lined(document, _ENGLISH) for document in _parsed(texts)]
    alone = statistics.median(seconds(lambda: merge(*documents)) for _ in range(runs))
    found = merge(*documents)
    counted = f"{len(found.clashes)} clashes and {len(found.meetings)} sentences that both edited"
    notes = (
        told,
        spread,
        f"parsing all three at the same time: {at_once:.2f} s, against which ours is {ours / at_once:.2f} x",
        f"merge alone, without parsing and writing: {alone:.2f} s; {counted}",
    )
    return Row(name="merge", ours=ours, bare=bare, value=ours / bare, goal=1.5, notes=notes)


def _merge(texts: tuple[str, str, str]) -> Merged:
    """Do what a draft does: read, merge, write the text and everything that is told of what met."""
    base, ours, theirs = (markdown.encode() for markdown in texts)
    return Prose(_ENGLISH).merge(base, ours, theirs)


def _parsed(texts: tuple[str, str, str]) -> list[Document]:
    with ThreadPoolExecutor(max_workers=3) as pool:
        return list(pool.map(parse, texts))


def long_markdown() -> tuple[str, str]:
    """Return the long text in its normal form, its first chapters again at the end until there are words enough."""
    name, chapters = long_text()
    paragraphs = normal_form("\n\n".join(chapters.values()), _ENGLISH).split("\n\n")
    words = 0
    taken: list[str] = []
    while words < WORDS:
        taken.append(paragraphs[len(taken) % len(paragraphs)])
        words += len(taken[-1].split())
    return name, "\n\n".join(taken)


def edited(markdown: str, seed: int, share: float = SHARE) -> str:
    """Return the text as somebody edited it, always the same for a seed."""
    chance = random.Random(seed)
    return "\n\n".join(_paragraphs(markdown.split("\n\n"), chance, share))


def _paragraphs(paragraphs: list[str], chance: random.Random, share: float) -> Iterator[str]:
    """Yield the paragraphs with some edited in a word, a sentence or as a whole; only prose is touched."""
    for number, paragraph in enumerate(paragraphs):
        kind = chance.random() / share if paragraph[:1].isalpha() else 1
        lines = paragraph.split("\n")
        if kind < 0.5:
            yield "\n".join([_sentence(lines[0], chance), *lines[1:]])
        elif kind < 0.7:
            yield "\n".join([*lines, f"This sentence was put in here as number {number} of many."])
        elif kind < 0.8:
            yield "\n".join(lines[1:] or lines)
        elif kind < 0.9:
            yield paragraph
            yield f"A new paragraph stands here, after number {number}.\nIt has two sentences."
        elif kind >= 1:
            yield paragraph


def _sentence(line: str, chance: random.Random) -> str:
    """Write another word somewhere in a sentence."""
    words = line.split(" ")
    at = chance.randrange(len(words))
    if words[at].isalpha():
        words[at] = f"{words[at]}ish"
    else:
        words.insert(at, "newly")
    return " ".join(words)
