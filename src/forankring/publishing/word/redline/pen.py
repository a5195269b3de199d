"""Turn words that came or went into the marks of Word's tracked changes, each with whoever changed them and when."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from forankring import text
from forankring.language import Locale
from forankring.publishing.records import Credit, Hand
from forankring.publishing.word.names import element, w
from forankring.publishing.word.redline.pieces import Piece, gone, pieces_of, plain, runs_of, stretches_of
from forankring.publishing.word.redline.shapes import base_of, shape, shapes
from forankring.text.sentences import one_sentence_a_line

CAME, WENT, ARRIVED, LEFT = "ins", "del", "moveTo", "moveFrom"
_MARKS = (CAME, WENT, LEFT, ARRIVED)
"""In the order that the schema wants."""


@dataclass(slots=True)
class Pen:
    """Writes marks, and counts the changes that a reader steps through. All numbers are given at the end."""

    credit: Credit
    locale: Locale
    changes: int = 0
    moves: int = 0
    _hands: dict[tuple[str, bool, str], Hand] = field(default_factory=dict)
    _lines: dict[Any, list[Piece]] = field(default_factory=dict)
    _sentences: dict[str, list[str]] = field(default_factory=dict)
    _parted: tuple[Sequence[Piece], list[tuple[int, str]]] = ((), [])
    _last: dict[bool, tuple[Sequence[Piece], list[tuple[int, Hand]]]] = field(default_factory=dict)

    def stretches(self, paragraph: Any) -> list[Piece]:
        """Return what stands in a paragraph, not yet parted into words; each is read once."""
        if paragraph is None:
            return []
        if paragraph not in self._lines:
            self._lines[paragraph] = stretches_of(paragraph)
        return self._lines[paragraph]

    def pieces(self, paragraph: Any) -> list[Piece]:
        """Return the words, spaces and signs of a paragraph."""
        return pieces_of(self.stretches(paragraph))

    def name_move(self) -> str:
        """Return the name that ties the two places of the next move together."""
        self.moves += 1
        return f"move{self.moves}"

    def hand(self, words: str, *, came: bool, before: str = "") -> Hand:
        """Return whose change of these words it is; each is asked for once. ``before`` is what words were that stayed
        and only moved or look different."""
        key = (" ".join(words.split()), came, " ".join(before.split()))
        if key not in self._hands:
            self._hands[key] = self.credit(*key)
        return self._hands[key]

    def mark(self, name: str, words: str, *, came: bool, before: str = "") -> Any:
        """Return an element that says who changed these words and when."""
        return signed(name, self.hand(words, came=came, before=before))

    def marked(self, pieces: Sequence[Piece], span: tuple[int, int], kind: str, before: str = "") -> list[Any]:
        """Return a stretch of a line as runs that came or went, by sentence where several hands changed it; with what
        the line was ``before`` it moved, as runs that moved."""
        came = kind in (CAME, ARRIVED)
        whole = [(*span, self.hand(plain(pieces), came=came, before=before))] if before and span[0] < span[1] else []
        made: list[Any] = []
        for start, end, hand in whole if before else self._shares(pieces, span, came=came):

            def wrap(runs: list[Any], hand: Hand = hand) -> list[Any]:
                mark = signed(kind, hand)
                mark.extend(gone(runs) if kind == WENT else runs)
                return [mark]

            made += runs_of(pieces[start:end], wrap)
        return made

    def properties(self, old: Any, new: Any, words: str, was: str) -> Any:
        """Return the properties of a paragraph that stayed, with what they were before."""
        made = element("pPr", *[copy.deepcopy(node) for node in base_of(new)])
        before, after = (_find(side, "rPr") for side in (old, new))
        own = copy.deepcopy(after) if after is not None else element("rPr")
        if shape(before) != shape(after):
            own.append(self.mark("rPrChange", words, came=True, before=was))
            own[-1].append(element("rPr") if before is None else copy.deepcopy(before))
        if len(own):
            made.append(own)
        section = _find(new, "sectPr")
        if section is not None:
            made.append(copy.deepcopy(section))
        if shapes(base_of(old)) != shapes(base_of(new)):
            made.append(self.mark("pPrChange", words, came=True, before=was))
            made[-1].append(element("pPr", *[copy.deepcopy(node) for node in base_of(old)]))
            self.changes += 1
        return made if len(made) else None

    def paragraph_mark(self, properties: Any, kind: str, words: str, before: str = "") -> Any:
        """Return the properties of a paragraph whose end came or went."""
        made = element("pPr") if properties is None else copy.deepcopy(properties)
        own = made.find(w("rPr"))
        if own is None:
            own = element("rPr")
            section = made.find(w("sectPr"))
            made.append(own) if section is None else section.addprevious(own)
        own.insert(0, self.mark(kind, words, came=kind in (CAME, ARRIVED), before=before))
        return made

    def sentences(self, words: str) -> list[str]:
        """Return the sentences of a line, as the text's normal form parts them."""
        if words in self._sentences:
            return self._sentences[words]
        [line] = one_sentence_a_line([text.para(words)], self.locale)
        parts = [""]
        for node in line["c"]:
            if node["t"] == "SoftBreak":
                parts.append("")
            else:
                parts[-1] += node.get("c", " ")
        self._sentences[words] = parts
        return parts

    def sentence_at(self, pieces: Sequence[Piece], index: int) -> str:
        """Return the sentence of a line that a piece is part of; a line is parted once."""
        if self._parted[0] is not pieces:
            self._parted = pieces, list(self._ends(pieces))
        return next(sentence for end, sentence in self._parted[1] if index < end)

    def _shares(self, pieces: Sequence[Piece], span: tuple[int, int], *, came: bool) -> Iterator[tuple[int, int, Hand]]:
        """Yield the parts of a stretch that have one hand each."""
        start, last = span[0], None
        for end, hand in self._hands_in(pieces, came=came):
            if end <= span[0] or start >= span[1]:
                continue
            if last is not None and hand != last[1]:
                yield start, last[0], last[1]
                start = last[0]
            last = (min(end, span[1]), hand)
        if last is not None:
            yield start, last[0], last[1]

    def _hands_in(self, pieces: Sequence[Piece], *, came: bool) -> list[tuple[int, Hand]]:
        """Return where each sentence of a line ends, and whose it is; all changes of one line ask for the same."""
        line, hands = self._last.get(came, ((), []))
        if line is not pieces:
            hands = [(end, self.hand(sentence, came=came)) for end, sentence in self._ends(pieces)]
            self._last[came] = pieces, hands
        return hands

    def _ends(self, pieces: Sequence[Piece]) -> Iterator[tuple[int, str]]:
        """Yield where each sentence of a line ends, and its words; the space between two belongs to the second."""
        sentences = self.sentences(plain(pieces))
        number, left = 0, _letters(sentences[0])
        for index, piece in enumerate(pieces):
            if left <= 0 and number < len(sentences) - 1:
                yield index, sentences[number]
                number += 1
                left += _letters(sentences[number])
            left -= _letters(plain([piece]))
        yield len(pieces), sentences[number]


def signed(name: str, hand: Hand, **more: str) -> Any:
    """Return a mark of a change; its number is given when the whole file is there."""
    when = hand.when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return element(name, id=0, **more, author=hand.name, date=when)


def _find(node: Any, name: str) -> Any:
    return None if node is None else node.find(w(name))


def _letters(words: str) -> int:
    return sum(not letter.isspace() for letter in words)
