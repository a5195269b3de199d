"""Turn »vi tilslutter os KL's høringssvar« into who joins whom."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from forankring.sharing.phrases import phrases
from forankring.sharing.records import Endorsement, Said
from forankring.sharing.words import sentences

LONGEST_NAME = 8
"""Words of a name that nobody here is known by."""
_BEFORE = 4
"""Words before the phrase in which a »ikke« turns it round."""
_GENITIVE = r"(?:['’´]?s|['’´])?"
_NAME = rf"(?P<name>[A-ZÆØÅ][\w&.-]*(?:\s+(?:(?:i|af|for|of|the|&)\s+)?[A-ZÆØÅ][\w&-]*){{0,{LONGEST_NAME}}})"


@dataclass(frozen=True, slots=True)
class Known:
    """One party and all that it is called."""

    key: str
    names: tuple[str, ...]


def find_endorsements(said: Iterable[Said], parties: Sequence[Known]) -> Iterator[Endorsement]:
    """Yield every word of joining another's answer, each party of one point once; nobody joins themselves."""
    directory = _directory(parties)
    for item in said:
        seen: set[str] = set()
        for name, phrase in _joined(item.text, directory):
            key = directory.key(name)
            if (key or name) not in seen and key != item.party:
                seen.add(key or name)
                yield Endorsement(point=item.point, endorser=item.party, name=name, party=key, phrase=phrase)


class _Directory:
    """All names of all parties, and the pattern that finds them."""

    def __init__(self, parties: Sequence[Known]) -> None:
        self._keys: dict[str, str] = {}
        for party in parties:
            for name in party.names:
                self._keys.setdefault(name.casefold(), party.key)
        for short, key in _acronyms(parties):
            self._keys.setdefault(short.casefold(), key)
        names = sorted(self._keys, key=lambda name: (-len(name), name))
        known = "|".join(re.escape(name) for name in names)
        self.name = rf"(?:(?P<known>(?i:{known}))(?!\w{{2}})|{_NAME})" if names else _NAME

    def key(self, name: str) -> str:
        """Return the party's key; a genitive's s may be part of the name or not."""
        return self._keys.get(name.casefold()) or self._keys.get(re.sub(r"['’´]?s?$", "", name).casefold(), "")


def _directory(parties: Sequence[Known]) -> _Directory:
    return _Directory(parties)


def _acronyms(parties: Sequence[Known]) -> Iterator[tuple[str, str]]:
    """Yield the initials of names of several words (»Dansk Eksempel« is DE), where only one party has them."""
    found = {(_initials(name), party.key) for party in parties for name in party.names}
    for short, key in sorted(found):
        if len(short) > 1 and sum(short == other for other, _ in found) == 1:
            yield short, key


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _joined(text: str, directory: _Directory) -> Iterator[tuple[str, str]]:
    """Yield each name that is joined, with the sentence that says so."""
    for start, end in sentences(text):
        sentence = text[start:end].strip()
        for pattern in _patterns(directory.name):
            for found in pattern.finditer(sentence):
                if not _is_turned(sentence[: found.start()]):
                    yield from ((name, sentence) for name in _with_others(found, sentence, directory))


def _with_others(found: re.Match[str], sentence: str, directory: _Directory) -> Iterator[str]:
    """Yield the name, and those that follow after »og« and commas."""
    yield _named(found)
    more = re.compile(rf"{_GENITIVE}(?:,|\s+og|\s+and|\s+samt)\s+{directory.name}")
    at = found.end("known") if found["known"] else found.end("name")
    while following := more.match(sentence, at):
        yield _named(following)
        at = following.end()


def _named(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return str(groups.get("known") or groups["name"]).strip()


def _is_turned(before: str) -> bool:
    return any(word in phrases().turning for word in before.lower().split()[-_BEFORE:])


@functools.lru_cache(maxsize=8)
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Return the ways of joining: a phrase that needs no more than a name, one that needs the word »svar« as well, and
    »X's svar er også vores«."""
    words = phrases()
    filler = rf"(?:(?:(?i:{_any(words.fillers)}|{_any(words.answers)}))\s+){{0,8}}"
    answer = rf"(?i:{_any(words.answers)})"
    of_answer = rf"(?:(?=(?:\S+\s+){{0,8}}?{answer}\b))"
    owner = rf"{name}{_GENITIVE}"
    return (
        re.compile(rf"\b(?i:{_any(words.joins)})\s+{filler}{owner}"),
        re.compile(rf"\b(?i:{_any(words.joins_answer)})\s+{of_answer}{filler}{owner}"),
        re.compile(rf"\b{owner}\s+{answer}\s+(?i:{_any(words.also_ours)})"),
    )


def _any(found: Iterable[str]) -> str:
    return "|".join(re.escape(item).replace(r"\ ", r"\s+") for item in found)
