"""Turn who wrote every sentence into whose change each change between two versions is, and since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forankring.publishing.records import Hand
from forankring.versions import Authorship, Commit, Origin, Written

_TELLING = 8
"""Letters of which a sentence can be told; a number or a short word is part of too many."""


@dataclass(frozen=True, slots=True)
class Credits:
    """Finds the author of a change by its words; letters and digits count, for editions set quotes and spaces anew.

    ``engine`` is whose a change is that no sentence of the text tells of, such as a number in the table of contents.
    """

    engine: Hand
    _came: Mapping[str, Written] = field(repr=False)
    _went: Mapping[str, Written] = field(repr=False)
    _moved: Mapping[str, Written] = field(repr=False)

    def hand(self, words: str, came: bool) -> Hand:
        """Return whose change it is that these words came, or went."""
        found = self.written(words, came=came)
        return Hand(found.by.author.name, found.by.when) if found else self.engine

    def written(self, words: str, *, came: bool) -> Written | None:
        """Return who wrote or removed a sentence, or of a longer text the latest of who did so with a part of it (a
        row's cells have `` | `` between them); of words that were there before, and so were moved, who edited their
        chapter last."""
        wanted = _letters(words)
        known = self._came if came else self._went
        return _latest(known, wanted) or _latest_cell(known, words) or _latest(self._moved, wanted)


def credits_of(history: Authorship, older: Iterable[str], hands: Mapping[str, Commit], engine: Hand) -> Credits:
    """Return the authors of what changed; ``older`` are the commits whose text is the old one, ``hands`` the last edit
    by hand since then of each chapter by path."""
    known = frozenset(older)
    chapters = history.chapters.values()
    return Credits(
        engine,
        {
            _letters(sentence.words): sentence.written
            for chapter in chapters
            for sentence in chapter.sentences
            if sentence.written.came.sha not in known
        },
        {_letters(gone.words): gone.removed for chapter in chapters for gone in chapter.went},
        {
            _letters(sentence.words): Written(Origin.HAND, hands[chapter.path], hands[chapter.path])
            for chapter in chapters
            if chapter.path in hands
            for sentence in chapter.sentences
            if sentence.written.came.sha in known
        },
    )


def _latest(known: Mapping[str, Written], wanted: str) -> Written | None:
    """Return what is known of these letters, or of what they are part of or a part of."""
    if wanted in known:
        return known[wanted]
    parts = (written for said, written in known.items() if _is_part(said, wanted) or _is_part(wanted, said))
    return max(parts, key=lambda written: written.came.when, default=None)


def _latest_cell(known: Mapping[str, Written], words: str) -> Written | None:
    """Return what is known of the cells of a row, each read as a whole."""
    cells = [_letters(cell) for cell in words.split(" | ")] if " | " in words else []
    return max((known[cell] for cell in cells if cell in known), key=lambda written: written.came.when, default=None)


def _is_part(one: str, other: str) -> bool:
    return len(one) >= _TELLING and one in other


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()
