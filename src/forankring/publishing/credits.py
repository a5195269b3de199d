"""Turn who wrote every sentence into whose change each change between two versions is, and since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forankring.publishing.records import Hand
from forankring.versions import Authorship, Written


@dataclass(frozen=True, slots=True)
class Credits:
    """Finds the author of a change by its words; letters and digits count, for editions set quotes and spaces anew.

    ``engine`` is whose a change is that no sentence of the text tells of, such as a number in the table of contents.
    """

    engine: Hand
    _came: Mapping[str, Written] = field(repr=False)
    _went: Mapping[str, Written] = field(repr=False)

    def hand(self, words: str, came: bool) -> Hand:
        """Return whose change it is that these words came, or went."""
        found = self.written(words, came=came)
        return Hand(found.by.author.name, found.by.when) if found else self.engine

    def written(self, words: str, *, came: bool) -> Written | None:
        """Return who wrote or removed a sentence, or of a longer text the latest of who did so with a part of it."""
        known, wanted = self._came if came else self._went, _letters(words)
        if wanted in known:
            return known[wanted]
        parts = (written for said, written in known.items() if said and wanted and (said in wanted or wanted in said))
        return max(parts, key=lambda written: written.came.when, default=None)


def credits_of(history: Authorship, older: Iterable[str], engine: Hand) -> Credits:
    """Return the authors of what changed; ``older`` are the commits whose text is the old one."""
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
    )


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()
