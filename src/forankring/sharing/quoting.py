"""Turn a point's text and the draft's chapters into what the point quotes, and from which chapter."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from forankring.sharing.words import Word, without_markup, words

MARKED = 3
"""Words in quotation marks that may be a quote at the least."""
RUN = 8
"""Words in a row that the draft has too, at the least, where no marks say that they are quoted."""
SURE = 85
"""Per cent of a quote's letters that must be the draft's: room for typing errors, none for other words."""
OWN = 0.8
"""A text of which so much is the draft's says nothing about it: more likely the draft was written from it."""
_SEED, _COMMON = 3, 50
_MARKS = re.compile(r"»([^»«]+)«|«([^»«]+)»|[\"“”„]([^\"“”„]+)[\"“”]|^>\s?(.+(?:\n>.*)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the draft in a point: verbatim as the point has them, the chapter, and how much agrees, in per cent."""

    text: str
    chapter: str
    score: int
    marked: bool = False


class Drafted:
    """The chapters of one version, ready to be searched; annexes, which print what was sent in, are left out."""

    def __init__(self, chapters: Mapping[str, str]) -> None:
        kept = {key: text for key, text in chapters.items() if not key.startswith("annex")}
        self._chapters = {key: [word.text for word in words(without_markup(text))] for key, text in kept.items()}
        self._seeds: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
        for key, found in self._chapters.items():
            for at in range(len(found) - _SEED + 1):
                self._seeds[tuple(found[at : at + _SEED])].append((key, at))

    def quotes(self, text: str) -> tuple[Quote, ...]:
        """Return the quotes, those in marks first, then the longest; none where the whole text is the draft's."""
        if not self._seeds:
            return ()
        said = words(text)
        runs = list(self._runs(text, said))
        if sum(len(words(run.text)) for run in runs) >= OWN * len(said):
            return ()
        marked = list(self._marked(text))
        rest = [run for run in runs if not any(run.text in item.text or item.text in run.text for item in marked)]
        return tuple(sorted((*marked, *rest), key=lambda item: (not item.marked, -len(item.text), item.text)))

    def _marked(self, text: str) -> Iterator[Quote]:
        for found in _MARKS.finditer(text):
            inner = next(group for group in found.groups() if group)
            said = [word.text for word in words(inner)]
            best = self._best(said) if len(said) >= MARKED else None
            if best:
                yield Quote(text=inner.strip(), chapter=best[0], score=best[1], marked=True)

    def _best(self, said: Sequence[str]) -> tuple[str, int] | None:
        """Return the chapter whose words agree most, at the place that most words in a row point to."""
        votes: Counter[tuple[str, int]] = Counter()
        for at in range(len(said) - _SEED + 1):
            for key, there in self._seeds.get(tuple(said[at : at + _SEED]), ()):
                votes[key, there - at] += 1
        scored = [(self._score(said, key, at), key) for (key, at), _ in votes.most_common(_SEED)]
        if not scored:
            return None
        score = max(score for score, _ in scored)
        return (min(key for found, key in scored if found == score), score) if score >= SURE else None

    def _score(self, said: Sequence[str], key: str, at: int) -> int:
        there = self._chapters[key][max(0, at - 1) : at + len(said) + 1]
        return int(fuzz.partial_ratio(" ".join(said), " ".join(there)))

    def _runs(self, text: str, said: Sequence[Word]) -> Iterator[Quote]:
        """Yield the longest runs of the draft's own words, from left to right."""
        at = 0
        while at <= len(said) - _SEED:
            key, length = self._longest(said, at)
            if length >= RUN:
                run = text[said[at].start : said[at + length - 1].end]
                yield Quote(text=run, chapter=key, score=100)
            at += length if length >= RUN else 1

    def _longest(self, said: Sequence[Word], at: int) -> tuple[str, int]:
        places = self._seeds.get(tuple(word.text for word in said[at : at + _SEED]), ())
        lengths = ((self._length(said, at, key, there), key) for key, there in places[:_COMMON])
        length, key = max(lengths, default=(0, ""), key=lambda item: item[0])
        return key, length

    def _length(self, said: Sequence[Word], at: int, key: str, there: int) -> int:
        """Return how many words agree from here on; a word with a typing error agrees."""
        chapter, length = self._chapters[key], 0
        while at + length < len(said) and there + length < len(chapter):
            mine, theirs = said[at + length].text, chapter[there + length]
            if mine != theirs and fuzz.ratio(mine, theirs) < SURE:
                break
            length += 1
        return length
