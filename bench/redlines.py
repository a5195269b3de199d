"""Measure Word's redline of a long text beside python-redlines on the same pair, and hold both to both editions."""

import functools
import importlib.util
import statistics
from collections.abc import Callable
from typing import Any

from lxml import etree

from bench.measuring import Row, seconds, side_by_side, tell
from bench.merging import edited, long_markdown
from bench.scenes import WHEN, strategy
from forankring.language import load_locale
from forankring.publishing import Hand, VersionText, assemble
from forankring.publishing.word.edition import word_edition
from forankring.publishing.word.file import paged, unpacked
from forankring.publishing.word.names import w, words_of
from forankring.publishing.word.redline.making import redline
from forankring.publishing.word.resolving import accepted, rejected
from forankring.text import normal_form

SHARES = (0.05, 0.3, 0.9)
"""So many of the paragraphs have been edited; the first counts, the others are told of."""
_LOCALE = load_locale("en")
_OTHER = "python_redlines"


def measure(runs: int) -> Row:
    """Redline the same two editions; ours is proven in both directions each time, which is part of its time."""
    name, base = long_markdown()
    old = _edition(base, "v1")
    pairs = {share: _edition(edited(base, 1, share), "v2") for share in SHARES}
    tell(f"redline: {name}, {len(base.split()):,} words")
    theirs = _other()
    notes = [f"{name}, {len(base.split()):,} words, {SHARES[0]:.0%} of the paragraphs edited"]
    if theirs is None:
        notes.append("python-redlines is not installed (pip install 'python-redlines[docxodus]'): ours alone")
        taken = [seconds(functools.partial(_ours, old, pairs[SHARES[0]])) for _ in range(runs)]
        ours = bare = statistics.median(taken)
    else:
        ours, bare, spread = side_by_side(
            functools.partial(_ours, old, pairs[SHARES[0]]), functools.partial(theirs, old, pairs[SHARES[0]]), runs
        )
        notes.append(spread)
    for share, new in pairs.items():
        notes.append(f"{share:.0%} edited: ours {_told(_ours, old, new)}")
        if theirs is not None:
            notes.append(f"{share:.0%} edited: python-redlines {_told(theirs, old, new)}")
    return Row(name="redline", ours=ours, bare=bare, value=ours / bare, goal=1.0, notes=tuple(notes))


def _edition(markdown: str, name: str) -> bytes:
    chapters = {"text": normal_form(markdown, _LOCALE)}
    version = VersionText(version=name, when=WHEN, commit="0" * 40, strategy=strategy(chapters), chapters=chapters)
    return paged(word_edition(assemble(version), WHEN, _LOCALE), ())


def _ours(old: bytes, new: bytes) -> bytes:
    return redline(old, new, lambda words, came, before: Hand("Bench", WHEN), _LOCALE).data


def _other() -> Callable[[bytes, bytes], bytes] | None:
    """Return the other program, None where it is not installed."""
    if importlib.util.find_spec(_OTHER) is None:
        return None
    engine: Any = importlib.import_module(f"{_OTHER}.engines").DocxodusEngine()
    return lambda old, new: bytes(engine.run_redline("Bench", old, new)[0])


def _told(make: Callable[[bytes, bytes], bytes], old: bytes, new: bytes) -> str:
    """Return how long one redline takes and how many lines of text are not those of the edition it should lead to."""
    made: list[bytes] = []
    taken = seconds(lambda: made.append(make(old, new)))
    wrong = [_differing(resolved(made[0]), wanted) for resolved, wanted in ((accepted, new), (rejected, old))]
    return f"{taken:.2f} s, lines that differ once all changes are accepted {wrong[0]}, rejected {wrong[1]}"


def _differing(data: bytes, wanted: bytes) -> int:
    found, expected = _lines(data), _lines(wanted)
    return sum(abs(found.count(line) - expected.count(line)) for line in {*found, *expected})


def _lines(data: bytes) -> list[str]:
    body = etree.fromstring(unpacked(data)["word/document.xml"])
    lines = [words_of(node) for node in body.iter(w("p"))]
    return [line for line in lines if line.strip()]
