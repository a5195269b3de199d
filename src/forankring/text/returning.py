"""Turn a merge into what one side deleted and the other, who set it in another place or frame, has brought back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from forankring.text.clashes import Clash, Meeting
from forankring.text.contexts import letters
from forankring.text.nodes import Node, plain, walk
from forankring.text.parts import SENTENCES, is_text, sentences, words
from forankring.text.tokens import key_of

_LEAST = 4
"""Words of a sentence that is looked for; of fewer another may say the same."""


def returned(three: Sequence[Iterable[Node]], merged: Iterable[Node], clashes: Iterable[Clash]) -> Iterator[Meeting]:
    """Yield the sentences of the base that one side has not and the merged text has, unless a clash shows them."""
    base, ours, theirs = (dict(_sentences(text)) for text in three)
    missed = [key for key in base if (key in ours) != (key in theirs) and len(words(base[key])) >= _LEAST]
    if not missed:
        return
    now = dict(_sentences(merged))
    shown = {key for clash in clashes for side in (clash.ours, clash.theirs) for key, _ in _sentences(side)}
    said = [letters(plain(list(text))) for text in three[1:]]
    for key in missed:
        if key in now and key not in shown:
            has = [letters(plain(base[key])) in text for text in said]
            was, stands = (SENTENCES.show([text[key]]) for text in (base, now))
            if has[0] != has[1]:
                yield Meeting(was, was if has[0] else (), was if has[1] else (), stands)


def _sentences(text: Any) -> Iterator[tuple[str, list[Node]]]:
    for block in walk(list(text)):
        if is_text(block):
            yield from ((key_of(sentence), sentence) for sentence in sentences(block["c"]))
