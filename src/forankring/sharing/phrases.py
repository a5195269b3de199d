"""Turn the locales' words into what the search goes by: courtesy that is no borrowed text, and joining an answer."""

import functools
from dataclasses import dataclass
from typing import Any

from forankring.language import load_locale, locale_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The words of every language here: an answer may come in another one than the strategy's."""

    courtesies: tuple[str, ...]
    turning: frozenset[str]
    joins: tuple[str, ...]
    joins_answer: tuple[str, ...]
    fillers: tuple[str, ...]
    answers: tuple[str, ...]
    also_ours: tuple[str, ...]


@functools.cache
def phrases() -> Phrases:
    """Return the phrases of all locales together, the longest first."""
    found = [load_locale(name).words["sharing"]["phrases"] for name in locale_names()]
    joined: dict[str, Any] = {
        name: tuple(sorted({item for words in found for item in words[name]}, key=lambda item: (-len(item), item)))
        for name in Phrases.__dataclass_fields__
    }
    return Phrases(**{**joined, "turning": frozenset(joined["turning"])})
