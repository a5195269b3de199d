"""Turn spaces that no line may end at into no-break spaces: numbers with units, signs with numbers, dates, titles."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import babel

from forankring.language import Locale
from forankring.text import Node

NBSP: Node = {"t": "Str", "c": "\N{NO-BREAK SPACE}"}

_OPEN, _CLOSE = r"^[(\[{/»›“‘„\"'–—-]*", r"(?!\w)"
_NUMBER = r"[+\-−±<>≤≥~]?[€£$]?\d(?:[\d.,:/–-]*\d)?"
_LETTER = r"[A-ZÆØÅ](?!\w)"


@dataclass(frozen=True, slots=True)
class Rules:
    """One language's pairs of words that stay together: ``opening`` finds a first word of any pair, ``pairs`` both."""

    opening: re.Pattern[str]
    pairs: re.Pattern[str]


def bind(nodes: list[Node], locale: Locale) -> list[Node]:
    """Return the inlines with a no-break space for each space between two words that belong together.

    Only a space between two ``Str`` is looked at: what stands in code or over the edge of other markup stays.
    """
    rules = _rules(locale)
    result = nodes
    for place in range(1, len(nodes) - 1):
        if nodes[place]["t"] != "Space" or nodes[place - 1]["t"] != "Str" or nodes[place + 1]["t"] != "Str":
            continue
        first = nodes[place - 1]["c"]
        if rules.opening.search(first) and rules.pairs.search(f"{first} {nodes[place + 1]['c']}"):
            if result is nodes:
                result = list(nodes)
            result[place] = NBSP
    return result


@functools.cache
def _rules(locale: Locale) -> Rules:
    """Compile a language's rules once."""
    pairs = list(_pairs(locale))
    opening = "|".join(dict.fromkeys(f"{_OPEN}(?:{first})$" for first, _ in pairs))
    both = "|".join(f"{_OPEN}(?:{first}) (?:{second})" for first, second in pairs)
    return Rules(opening=re.compile(opening), pairs=re.compile(both))


def _pairs(locale: Locale) -> Iterable[tuple[str, str]]:
    """Yield what the first and what the second word of each pair looks like."""
    words: Any = locale.words["typography"]
    months = _any(babel.Locale(locale.key).months["format"]["wide"].values())
    yield "⚠", r"\S"
    yield _NUMBER, _any(words["units"]) + _CLOSE
    yield _any(words["before_number"]), r"[+\-−]?\d"
    yield _any(words["before_letter"]), rf"(?:{_LETTER}|\d)"
    yield _any(words["titles"]), r"[^\W\d_]"
    yield _any(words["magnitudes"]), _any(words["currencies"]) + _CLOSE
    yield words["day"], months + _CLOSE
    yield months, r"\d{4}" + _CLOSE
    yield r"\d{1,3}(?:\N{NO-BREAK SPACE}\d{3})*", r"\d{3}(?![\d])"


def _any(words: Iterable[str]) -> str:
    return f"(?i:{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})"
