"""Turn a mail's lines into what each is: the sender's words, or quoted, signed, covering, the head of another mail."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from forankring.intake.readers.mail.marks import Line, Mark, find_marks
from forankring.intake.readers.mail.phrases import Phrases, phrases

LONGEST_COVER = 160
LONGEST_SIGNATURE_LINE = 90
LONGEST_SIGNATURE = 25
"""Lines with words that a signature takes at most."""

_MOST_WORDS = 8
"""A title has fewer."""

_BEFORE_DISCLAIMER = 200
_LONGEST_BANNER = 500
_DASHES = re.compile(r"\s*--\s?$")
_SENTENCE_END = re.compile(r"[.?!]\s*$")
_ENDED = re.compile(r"[.?!:]\s*$")
_SENTENCE_GAP = re.compile(r"\w{4}[.?!]\s+[A-ZÆØÅ]")


class Fate(Enum):
    """What becomes of a line."""

    KEPT = "kept"
    QUOTED = "quoted"
    SIGNED = "signed"
    COVER = "cover"
    HEAD = "head"


@dataclass(slots=True)
class Cut:
    """Each line's fate, the forwarded mails that were kept, and whether there are words of the sender's own, which is
    not so where all of the mail is forwarded."""

    fates: list[Fate]
    forwarded: list[Mark] = field(default_factory=list)
    own_words: bool = False


def cut(lines: Sequence[Line], subject: str, *, answers: bool, encloses: bool) -> Cut:
    """Return what each line is; rather keep too much than lose a remark.

    A mail below an answer is quoted, one that is sent on is kept: the subject tells which, and a mail with nothing
    above the other is always one that was sent on. ``answers`` tells that the header names a mail that it answers,
    ``encloses`` that files came with it.
    """
    return _Cutter(lines, phrases(), encloses).cut(subject, answers)


class _Cutter:
    def __init__(self, lines: Sequence[Line], words: Phrases, encloses: bool) -> None:
        self._lines, self._words, self._encloses = lines, words, encloses
        self._cut = Cut([Fate.KEPT] * len(lines))
        unmarked = (index for index, line in enumerate(lines) if not line.is_blank and not line.is_quoted)
        self._last_unmarked = max(unmarked, default=-1)

    def cut(self, subject: str, answers: bool) -> Cut:
        start, answers = 0, self._is_answer(subject, answers)
        for mark in (*find_marks(self._lines, self._words), None):
            end = mark.start if mark else len(self._lines)
            if end < start:
                continue
            said = self._segment(start, end, answers)
            sends_on = mark is not None and mark.kind != "wrote" and not (answers and said and mark.kind == "original")
            if self._encloses or sends_on:
                self._covers(start, end)
            if not self._cut.forwarded:
                self._cut.own_words = self._cut.own_words or bool(self._kept(start, end))
            if mark is None:
                break
            if mark.kind == "wrote":
                start = self._announced(mark, said=said, answers=answers)
            elif sends_on:
                self._set(mark.start, mark.end, Fate.HEAD)
                self._cut.forwarded.append(mark)
                start, answers = mark.end, self._is_answer(mark.subject)
            else:
                start = self._quote(mark.start, len(self._lines))
        return self._cut

    def _is_answer(self, subject: str, answers: bool = False) -> bool:
        return not self._words.forward.match(subject) and (answers or bool(self._words.reply.match(subject)))

    def _announced(self, mark: Mark, *, said: bool, answers: bool) -> int:
        """Leave out what somebody else wrote; without signs of where it ends it goes on to the end of an answer."""
        end = mark.end
        while end < len(self._lines) and (self._lines[end].is_quoted or self._lines[end].is_blank):
            end += 1
        marked = any(line.is_quoted for line in self._lines[mark.end : end])
        if marked and (said or self._last_unmarked >= end):
            return self._quote(mark.start, end)
        return self._quote(mark.start, len(self._lines)) if answers and said and not marked else mark.end

    def _quote(self, start: int, end: int) -> int:
        self._set(start, end, Fate.QUOTED)
        return end

    def _set(self, start: int, end: int, fate: Fate) -> None:
        self._cut.fates[start:end] = [fate] * (end - start)

    def _segment(self, start: int, end: int, answers: bool) -> bool:
        """Cut what stands around one writer's words; tell whether any words are left."""
        self._greeting(start, end)
        self._signature(start, end)
        for first, last in self._paragraphs(start, end):
            self._standing(first, last)
        if answers and any(not self._lines[index].is_quoted for index in self._kept(start, end)):
            for index in self._kept(start, end):
                if self._lines[index].is_quoted and not self._lines[index].block:
                    self._cut.fates[index] = Fate.QUOTED
        return bool(self._kept(start, end))

    def _kept(self, start: int, end: int) -> list[int]:
        return [i for i in range(start, end) if self._cut.fates[i] == Fate.KEPT and not self._lines[i].is_blank]

    def _paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of lines that are kept and not blank."""
        kept, first = set(self._kept(start, end)), None
        for index in range(start, end + 1):
            if index in kept:
                first = index if first is None else first
            elif first is not None:
                yield first, index
                first = None

    def _text(self, first: int, last: int) -> str:
        return " ".join(line.text.strip() for line in self._lines[first:last])

    def _greeting(self, start: int, end: int) -> None:
        """Leave out a greeting that is a line of its own, first of all or below a warning."""
        for first, last in self._paragraphs(start, end):
            if self._words.banner.match(self._text(first, last)):
                continue
            text = self._lines[first].text.strip()
            if self._is_phrase(text) and self._words.greeting.match(text):
                self._cut.fates[first] = Fate.SIGNED
            return

    def _is_phrase(self, text: str) -> bool:
        """Tell whether a line is short and says nothing: neither two sentences nor one of the locales' verbs."""
        short = len(text) <= LONGEST_SIGNATURE_LINE and not _SENTENCE_GAP.search(text)
        return short and not self._words.says.search(text)

    def _signature(self, start: int, end: int) -> None:
        """Leave out what follows a closing, line by line, up to the first that says something."""
        left = 0
        for index in self._kept(start, end):
            text = self._lines[index].text.strip()
            if _DASHES.match(text) or self._closes(text):
                left = LONGEST_SIGNATURE
            elif left and self._signs(self._lines[index]):
                left -= 1
            else:
                left = 0
                continue
            self._cut.fates[index] = Fate.SIGNED

    def _closes(self, text: str) -> bool:
        if self._words.closing_alone.match(text):
            return True
        return self._is_phrase(text) and bool(self._words.closing.match(text))

    def _signs(self, line: Line) -> bool:
        """Tell whether a line, or each line of a table, is a name, a title, an address and the like.

        A title may hold a word that is a verb elsewhere (»Chef for Plan og Ret«), but is no sentence.
        """
        return not line.is_quoted and not any(
            len(part) > LONGEST_SIGNATURE_LINE or self._words.appendix.match(part) or self._is_sentence(part)
            for part in line.text.strip().splitlines()
        )

    def _is_sentence(self, text: str) -> bool:
        if _SENTENCE_GAP.search(text):
            return True
        whole = len(text.split()) >= _MOST_WORDS or bool(_SENTENCE_END.search(text))
        return whole and bool(self._words.says.search(text))

    def _standing(self, first: int, last: int) -> None:
        """Leave out what a telephone, a mail server or an organisation adds to every mail."""
        text = self._text(first, last)
        found = self._words.disclaimer.search(text)
        if len(text) <= _LONGEST_BANNER and self._words.banner.match(text):
            self._set(first, last, Fate.SIGNED)
        elif found:
            before = text[: found.start()]
            opens = len(before) <= _BEFORE_DISCLAIMER and not _ENDED.search(before)
            self._set(first if opens else self._line_at(first, found.start()), last, Fate.SIGNED)
        for index in range(first, last):
            line = self._lines[index].text.strip()
            if len(line) <= LONGEST_SIGNATURE_LINE and self._words.device.match(line) and not self._is_sentence(line):
                self._cut.fates[index] = Fate.SIGNED

    def _line_at(self, first: int, position: int) -> int:
        """Return the line after the one in which a paragraph's ``position`` falls, or that line where it begins it."""
        index, left = first, position
        while left > len(self._lines[index].text.strip()):
            left -= len(self._lines[index].text.strip()) + 1
            index += 1
        return index if left == 0 else index + 1

    def _covers(self, start: int, end: int) -> None:
        """Leave out paragraphs of one sentence that only say that files, or another mail, came along."""
        for first, last in self._paragraphs(start, end):
            text = self._text(first, last)
            if len(text) <= LONGEST_COVER and self._words.cover.match(text) and not _SENTENCE_GAP.search(text):
                self._set(first, last, Fate.COVER)
