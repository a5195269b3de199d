"""Tell from a column's heading what stands under it: by the strategy's own mapping, or by words that tables use."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forankring.language import load_locale, locale_names
from forankring.workspace import Strategy

LONGEST = 80
_GAPS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a heading stands for, and whether the strategy says so."""

    field: str
    mapped: bool = False


class Headings:
    """The headings that are known, in every language that ships, and those that strategy.yaml maps."""

    def __init__(self, strategy: Strategy) -> None:
        self._phrases = dict(_phrases())
        self._mapped = [
            {normal(getattr(table.columns, name)): name for name in table.columns.filled} for table in strategy.tables
        ]

    def guess(self, row: tuple[str, ...]) -> tuple[Guess | None, ...]:
        """Return what each cell of a row would stand for as a heading; all ``None`` where it can be no heading row."""
        keys = [normal(cell) for cell in row]
        for mapping in self._mapped:
            if set(mapping) <= set(keys):
                return tuple(Guess(mapping[key], mapped=True) if key in mapping else self._known(key) for key in keys)
        if any(len(cell) > LONGEST for cell in row):
            return (None,) * len(row)
        return tuple(self._known(key) for key in keys)

    def _known(self, key: str) -> Guess | None:
        """Find the longest phrase that the heading begins with: »Kommentar til afsnittet« is a comment."""
        words = key.split()
        starts = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        field = next((self._phrases[start] for start in starts if start in self._phrases), "")
        return Guess(field) if field else None


def normal(heading: str) -> str:
    """Return a heading without the marks and capitals that differ from table to table."""
    return " ".join(_GAPS.sub(" ", heading.casefold()).split())


def class_words() -> Mapping[str, str]:
    """Return the words for what a remark is about (»sproglig«, »ed«), in all languages, with their keys."""
    words = {}
    for locale in map(load_locale, locale_names()):
        for key, label in locale.words["choices"]["class"].items():
            words[normal(label)] = words[key] = key
        for key, others in locale.words["intake"]["tables"]["classes"].items():
            words.update((normal(word), key) for word in others)
    return words


def _phrases() -> Iterator[tuple[str, str]]:
    for locale in map(load_locale, locale_names()):
        for field, phrases in locale.words["intake"]["tables"]["columns"].items():
            yield from ((normal(phrase), field) for phrase in phrases)
