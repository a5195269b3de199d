"""Turn text into words as they are compared: small letters, no marks, each with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?:;]+[»«\"”)\]]*\s+|\n+")
_MARKUP = re.compile(r"\A---\n.*?\n---\n|<!--.*?-->|\{[^{}\n]*\}|\]\([^()\s]*\)|^:::[^\n]*", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word in small letters, and where it stands."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words of the text in order."""
    return [Word(found[0].lower(), found.start(), found.end()) for found in _WORD.finditer(text)]


def folded(text: str) -> str:
    """Return the text's words in small letters, a space between them."""
    return " ".join(_WORD.findall(text)).lower()


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence or line begins and ends; an abbreviation may cut one in two, in every copy alike."""
    begun = 0
    for found in _SENTENCE.finditer(text):
        yield begun, found.start()
        begun = found.end()
    yield begun, len(text)


def without_markup(markdown: str) -> str:
    """Return a chapter's words without front matter, attributes, link targets and comments, which nobody quotes."""
    return _MARKUP.sub(" ", markdown)
