"""Turn the locales' words about mails into expressions: those of all languages, for a mail program speaks its own."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from forankring.language import load_locale, locale_names

_ANYTHING = "…"
_TAGGED = r"\s*(?:\[[^\]\n]{1,30}\]\s*)?"
"""A mail server may put a word of its own before a subject: ``[EKSTERN]``."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is written around a mail's text. Each is matched at the start of a line, but ``disclaimer``, which is
    searched, and ``attribution``, ``closing_alone``, ``original`` and ``forwarded``, which are the whole line."""

    reply: re.Pattern[str]
    forward: re.Pattern[str]
    sender: re.Pattern[str]
    head: re.Pattern[str]
    subject: re.Pattern[str]
    attribution: re.Pattern[str]
    original: re.Pattern[str]
    forwarded: re.Pattern[str]
    greeting: re.Pattern[str]
    closing: re.Pattern[str]
    closing_alone: re.Pattern[str]
    appendix: re.Pattern[str]
    says: re.Pattern[str]
    device: re.Pattern[str]
    disclaimer: re.Pattern[str]
    banner: re.Pattern[str]
    cover: re.Pattern[str]

    def bare_subject(self, subject: str) -> str:
        """Return a subject without the prefixes of answers and forwarded mails."""
        bare = subject.strip()
        while found := self.reply.match(bare) or self.forward.match(bare):
            bare = bare[found.end() :].strip()
        return bare


@functools.cache
def phrases() -> Phrases:
    """Return the words of all locales as expressions."""
    heads = (*_all("mail", "from"), *_all("mail", "other_heads"))
    return Phrases(
        reply=_compiled(rf"{_TAGGED}(?:{_prefixes('replies')})"),
        forward=_compiled(rf"{_TAGGED}(?:{_prefixes('forwards')})"),
        sender=_compiled(_label(_all("mail", "from"))),
        head=_compiled(_label(heads)),
        subject=_compiled(_label(_all("mail", "subject"))),
        attribution=_compiled(rf"\s*(?:{'|'.join(map(_attribution, _all('mail', 'attributions')))})\s*$"),
        original=_compiled(rf"\s*-{{2,}}\s*(?:{_any(_all('mail', 'original_marks'))})\s*-{{2,}}\s*$"),
        forwarded=_compiled(rf"\s*(?:-{{2,}}\s*)?(?:{_any(_all('mail', 'forward_marks'))})\b[^.?!\n]{{0,80}}$"),
        greeting=_starting(_all("letters", "greetings")),
        closing=_starting(_all("letters", "closings")),
        closing_alone=_compiled(rf"\s*(?:{_any(_all('mail', 'closings_alone'))})\s*[,.!]*\s*$"),
        appendix=_starting(_all("letters", "appendix")),
        says=_compiled(rf"(?<!\w)(?:{_any(_all('letters', 'says'))})(?!\w)"),
        device=_starting(_all("mail", "devices")),
        disclaimer=_compiled(_any(_all("mail", "disclaimers"))),
        banner=_compiled(rf"\W*(?:{_any(_all('mail', 'banners'))})"),
        cover=_starting(_all("mail", "covers")),
    )


def _all(section: str, key: str) -> tuple[str, ...]:
    """Return the words of all locales under ``intake.<section>.<key>``, the longest first."""
    found: set[str] = set()
    for name in locale_names():
        words: Any = load_locale(name).words["intake"][section][key]
        found.update(words)
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _starting(words: Iterable[str]) -> re.Pattern[str]:
    return _compiled(rf"\s*(?:{_any(words)})(?!\w)")


def _prefixes(key: str) -> str:
    """A mail program may count its answers: ``Re[2]:``."""
    count = r"\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?:"
    return "|".join(re.escape(word.rstrip(":")) + count for word in _all("mail", key))


def _label(words: Iterable[str]) -> str:
    """A label of a mail's head may be bold, in one way or another: ``*Fra:*``."""
    return rf"\s*[*_]{{0,2}}(?:{_any(words)})\s?:[*_]{{0,2}}\s*(?P<value>.*)$"


def _attribution(phrase: str) -> str:
    return r".{1,300}?".join(re.escape(part.strip()) for part in phrase.split(_ANYTHING))
