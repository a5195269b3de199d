"""Turn a mail's lines into the places where another mail begins: a head, an announcement, a line that says so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from forankring.intake.readers.mail.phrases import Phrases

HEAD_LINES = 14
"""Lines that the head of a mail within a mail takes at most."""

_LONGEST_MARK = 400
_ADDRESS = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
_SURE = re.compile(r"@|\d{1,2}[.:]\d\d")
"""An announcement names the address or the time of day; a sentence like ``Den 3. maj skrev ministeren:`` does not."""
_RULE = re.compile(r"\s*[_\-*]{10,}\s*$")
_QUOTED = re.compile(r"(?:\s{0,3}>)+ ?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a mail, or a block that is none, such as a table. ``block`` tells of a block quotation."""

    text: str
    block: bool = False

    @property
    def is_quoted(self) -> bool:
        """Whether it is marked as somebody else's."""
        return self.block or (">" in self.text[:4] and bool(_QUOTED.match(self.text)))

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on it."""
        return not self.text.strip()

    @property
    def bare(self) -> str:
        """The words without the signs of a quotation."""
        return _QUOTED.sub("", self.text, count=1).strip() if self.is_quoted else self.text.strip()


@dataclass(frozen=True, slots=True)
class Mark:
    """The lines, up to ``end``, where another mail begins. ``wrote`` announces somebody's words; the others stand over
    a whole mail, of which ``forwarded`` says that it was sent on. The rest is what its head says."""

    start: int
    end: int
    kind: Literal["wrote", "forwarded", "original"]
    subject: str = ""
    name: str = ""
    address: str = ""


def find_marks(lines: Sequence[Line], words: Phrases) -> Iterator[Mark]:
    """Yield the marks from top to bottom."""
    index = 0
    while index < len(lines):
        mark = _mark(lines, index, words)
        if mark:
            yield mark
        index = mark.end if mark else index + 1


def _mark(lines: Sequence[Line], index: int, words: Phrases) -> Mark | None:
    text = lines[index].bare
    if not text or len(text) > _LONGEST_MARK:
        return None
    forwarded, original = words.forwarded.match(text), words.original.match(text)
    if not (forwarded or original or _RULE.match(text)):
        return _head(lines, index, index, words) or _wrote(lines, index, words)
    below = next((number for number in range(index + 1, min(index + 4, len(lines))) if not lines[number].is_blank), 0)
    kind: Literal["forwarded", "original"] = "forwarded" if forwarded else "original"
    head = _head(lines, below, index, words, kind) if below else None
    alone = bool(original) or (bool(forwarded) and text.startswith("-"))
    return head or (Mark(index, index + 1, kind) if alone else None)


def _head(
    lines: Sequence[Line], first: int, start: int, words: Phrases, kind: Literal["forwarded", "original"] = "original"
) -> Mark | None:
    """Return the mail whose head begins at ``first``: who, and at least two of when, to whom and about what."""
    sender = words.sender.match(lines[first].bare)
    if not sender or len(lines[first].text) > _LONGEST_MARK:
        return None
    end, others, subject = first + 1, 0, ""
    for index in range(first + 1, min(first + HEAD_LINES, len(lines))):
        if lines[index].is_blank:
            break
        if words.head.match(lines[index].bare):
            others, end = others + 1, index + 1
            about = words.subject.match(lines[index].bare)
            subject = about["value"].strip() if about else subject
    if others < 2:
        return None
    return Mark(start, end, kind, subject, *_sender(sender["value"]))


def _sender(value: str) -> tuple[str, str]:
    """Return name and address of ``Navn <navn@eksempel.dk>`` or ``Navn [mailto:navn@eksempel.dk]``."""
    found = list(_ADDRESS.finditer(value))
    name = re.split(r"[<\[(]", value)[0].strip(" *_\"'")
    return ("" if "@" in name else name), found[-1].group() if found else ""


def _wrote(lines: Sequence[Line], index: int, words: Phrases) -> Mark | None:
    """Return where somebody's words are announced; mail programs break the line in two or three."""
    if not any(line.text.rstrip().endswith(":") for line in lines[index : index + 3]):
        return None
    text = ""
    for last in range(index, min(index + 3, len(lines))):
        line = lines[last].bare
        text = f"{text} {line}".strip()
        if not line or len(text) > _LONGEST_MARK:
            return None
        if text.endswith(":") and _SURE.search(text) and words.attribution.match(text):
            return Mark(index, last + 1, "wrote")
    return None
