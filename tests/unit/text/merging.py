"""Turn three texts and what they were merged into, into what is wrong with that: a list, empty where all is well."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from forankring.text import Clash, Document, MergedText, Node, merge, plain, walk
from forankring.text.parts import sentences
from forankring.text.tokens import key_of
from tests.unit.text.prose import words_of

Text = Sequence[Node]
_END = re.compile(r"""[.,;:!?»«”"')]*"}\]$""")


def merged(base: Text, ours: Text, theirs: Text) -> MergedText:
    """Merge three lists of blocks."""
    return merge(*(Document(tuple(blocks)) for blocks in (base, ours, theirs)))


def wrongs(base: Text, ours: Text, theirs: Text, *, unique: bool = True) -> list[str]:
    """Merge both ways and return every rule that the results break; ``unique``: no text says a word twice."""
    found = merged(base, ours, theirs)
    turned = merged(base, theirs, ours)
    return [
        *wrong_words(base, ours, theirs, found, unique=unique),
        *_untouched(base, ours, theirs, found, least=1 if unique else 4),
        *_uneven(found, turned),
        *(_blanks(found.document.blocks, base, ours, theirs) if unique else ()),
    ]


def wrong_words(base: Text, ours: Text, theirs: Text, found: MergedText, *, unique: bool) -> Iterator[str]:
    """Yield words that are lost, that came again though both deleted them, and that are said twice without a clash."""
    was, our, their, now = (Counter(words_of(text)) for text in (base, ours, theirs, found.document.blocks))
    shown = {word for clash in found.clashes for word in words_of((clash.ours, clash.theirs))}
    undone = {word for clash in found.clashes for word in words_of(clash.base)}
    for word in our.keys() | their.keys():
        wanted = our[word] + their[word] > was[word]  # what one side deleted of a word said more than once may be all
        if wanted and word not in now and word not in shown:
            yield f"lost {word}"
    for word in now:
        if word not in our and word not in their:
            yield f"came again {word}" if word in was else f"made up {word}"
        if unique and now[word] > 1 and word not in shown and word not in undone:
            yield f"said twice {word}"


def _untouched(base: Text, ours: Text, theirs: Text, found: MergedText, *, least: int) -> Iterator[str]:
    """Yield sentences of some words that all three texts have and the merged one has not; fewer may be a chance.

    The sign at a sentence's end may be another: one side deleted the last words with theirs, the other those before.
    """
    was, our, their = (Counter(_sentences(text)) for text in (base, ours, theirs))
    shown = (found.document.blocks, *((clash.ours, clash.theirs) for clash in found.clashes))
    now = "".join(key_of(node["c"]) for node in walk(list(shown)) if _is_text(node))
    for sentence in was:
        stays = our[sentence] + their[sentence] > was[sentence] and sentence.count('"Str"') >= least
        if stays and sentence[1:].removesuffix("]") not in now:
            yield f"changed {sentence}"


def _sentences(text: Any) -> Iterator[str]:
    for node in walk(list(text)):
        if _is_text(node):
            yield from (_END.sub("", key_of(sentence)) for sentence in sentences(node["c"]))


def _uneven(found: MergedText, turned: MergedText) -> Iterator[str]:
    """Yield how the merge differs when ours and theirs change names.

    The order may differ, where both put parts in the same place or moved the same part.
    """
    if not found.clashes and not turned.clashes and sorted_key(found) != sorted_key(turned):
        yield f"uneven {plain(list(found.document.blocks))!r} {plain(list(turned.document.blocks))!r}"
    if _clash_keys(found.clashes) != Counter({(b, t, o): n for (b, o, t), n in _clash_keys(turned.clashes).items()}):
        yield f"uneven clashes {found.clashes} {turned.clashes}"
    if not found.clashes and _meeting_keys(found) != _meeting_keys(turned):
        yield "uneven meetings"


def sorted_key(found: MergedText) -> str:
    """Return what is the same for texts of the same parts in any order."""
    return _sorted_key(list(found.document.blocks))


def _sorted_key(value: Any) -> str:
    if isinstance(value, list | tuple):
        parts = [part for item in value for part in (item["c"] if _is_text(item) else [item]) if not _is_blank(part)]
        return f"[{','.join(sorted(map(_sorted_key, parts)))}]"
    if isinstance(value, dict):
        return f"{value['t']}{_sorted_key(value.get('c'))}"
    return str(value)


def _is_text(item: Any) -> bool:
    return isinstance(item, dict) and item.get("t") in ("Para", "Plain")


def _is_blank(item: Any) -> bool:
    return isinstance(item, dict) and item.get("t") in ("Space", "SoftBreak")


def _clash_keys(clashes: Iterable[Clash]) -> Counter[tuple[str, str, str]]:
    return Counter((key_of(clash.base), key_of(clash.ours), key_of(clash.theirs)) for clash in clashes)


def _meeting_keys(found: MergedText) -> Counter[str]:
    return Counter(_sorted_key(meeting.merged) for meeting in found.meetings)


_BLANKS = re.compile(r"\w+ [,.;:?!)]|  |\w+[,;](?=\w)")


def _blanks(now: Text, *texts: Text) -> Iterator[str]:
    """Yield doubled blanks, blanks before a sign and words that ran together, where no text has such."""
    allowed = {found for text in texts for found in _BLANKS.findall(plain(list(text)))}
    for found in _BLANKS.findall(plain(list(now))):
        if found not in allowed:
            yield f"blank {found!r}"
