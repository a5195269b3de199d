"""Turn a merge into what one side deleted and the other, who set it in another place or frame, has brought back."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from forankring.text.clashes import Clash, Meeting
from forankring.text.contexts import letters
from forankring.text.nodes import Node, plain, walk
from forankring.text.parts import SENTENCES, is_text, sentences, words
from forankring.text.tokens import key_of

_LEAST = 4
"""Words of a sentence that is looked for; of fewer another may say the same."""


def returned(three: Sequence[Sequence[Node]], merged: Iterable[Node], clashes: Iterable[Clash]) -> Iterator[Meeting]:
    """Yield the sentences of the base that one side has not and the merged text has, unless a clash shows them."""
    common = set.intersection(*({key_of(block) for block in text} for text in three))
    base, ours, theirs, now = (dict(_sentences(text, common)) for text in (*three, merged))
    shown = {key for clash in clashes for side in (clash.ours, clash.theirs) for key, _ in _sentences(side)}
    back = [key for key in base.keys() & now.keys() - shown if (key in ours) != (key in theirs)]
    said = [letters(plain(list(text))) for text in three[1:]] if back else []
    for key in sorted(back, key=list(now).index):
        has = [letters(plain(base[key])) in text for text in said]
        was, stands = (SENTENCES.show([text[key]]) for text in (base, now))
        if has[0] != has[1] and len(words(base[key])) >= _LEAST:
            yield Meeting(was, was if has[0] else (), was if has[1] else (), stands)


def _sentences(text: Iterable[Node], known: Collection[str] = ()) -> Iterator[tuple[str, list[Node]]]:
    """Yield the sentences with their keys, without those of blocks that are known."""
    for block in walk([block for block in text if not known or key_of(block) not in known]):
        if is_text(block):
            yield from ((key_of(sentence), sentence) for sentence in sentences(block["c"]))
