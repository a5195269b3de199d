"""Turn a passage into the locale whose language it is written in, where that is plain to see."""

import functools
import re
from collections.abc import Mapping

import babel

from forankring.language.locale import load_locale, locale_names

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS, _FEWEST_SIGNS, _SHARE, _MAJORITY = 8, 3, 6, 4
"""A passage shorter than so many words says nothing; of its words so many, and one in six, must be a sign of the
language; and for each sign of another one, four."""
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def language_of(passage: str) -> str:
    """Return the key of the locale in whose language the passage is, or nothing where it is short or mixed."""
    words = _WORD.findall(passage.casefold())
    if len(words) < _FEWEST_WORDS:
        return ""
    counts = {key: signs.count(words) for key, signs in _signs().items()}
    best = max(counts, key=lambda key: counts[key])
    others = max((count for key, count in counts.items() if key != best), default=0)
    enough = counts[best] >= max(_FEWEST_SIGNS, len(words) / _SHARE)
    return best if enough and counts[best] >= _MAJORITY * others else ""


def is_language_tag(tag: str) -> bool:
    """Tell whether a tag (``en``, ``en-GB``) has the form of BCP 47 and begins with a language that there is."""
    return bool(_TAG.fullmatch(tag)) and tag.partition("-")[0].lower() in _languages()


@functools.cache
def _signs() -> Mapping[str, "_Signs"]:
    return {key: _Signs(key) for key in locale_names()}


class _Signs:
    """Counts the words that only one language has: its own, and those with a letter of its own."""

    def __init__(self, key: str) -> None:
        self.words = frozenset(load_locale(key).label("recognition.words").split())
        self.letters = frozenset(word for word in self.words if len(word) == 1 and not word.isascii())

    def count(self, words: list[str]) -> int:
        """Return how many of the words are signs of the language."""
        known = sum(map(self.words.__contains__, words))
        if not self.letters or self.letters.isdisjoint("".join(words)):
            return known
        return known + sum(1 for word in words if word not in self.words and not self.letters.isdisjoint(word))


@functools.cache
def _languages() -> frozenset[str]:
    return frozenset(babel.Locale("en").languages)
