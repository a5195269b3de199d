"""Turn names into keys that sort as readers of a language expect."""

import functools
import unicodedata
from collections.abc import Callable

from forankring.language.locale import Locale

SortKey = tuple[tuple[int, ...], str]


def sort_key(locale: Locale) -> Callable[[str], SortKey]:
    """Return the key to sort names by in the language of a locale: letters and digits count, signs and accents not."""
    return _Order(locale)


class _Order:
    """One language's order of letters."""

    def __init__(self, locale: Locale) -> None:
        self.places, self.instead = _order(locale)

    def __call__(self, name: str) -> SortKey:
        folded = unicodedata.normalize("NFC", name).casefold()
        for written, sorted_as in self.instead:
            folded = folded.replace(written, sorted_as)
        kept = (letter if letter in self.places else unicodedata.normalize("NFD", letter)[0] for letter in folded)
        return tuple(self.places[letter] for letter in kept if letter in self.places), name


@functools.cache
def _order(locale: Locale) -> tuple[dict[str, int], tuple[tuple[str, str], ...]]:
    """Read a language's order once: each letter's place, and what letters are sorted as others."""
    places = {letter: place for place, letter in enumerate(" 0123456789" + locale.label("sorting.alphabet"))}
    pairs = (pair.partition("=") for pair in locale.label("sorting.instead").split())
    return places, tuple((written, sorted_as) for written, _, sorted_as in pairs)
