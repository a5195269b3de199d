"""Turn what many said into the texts they share: which point has which passage, and what each adds."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from forankring.language import natural_key
from forankring.sharing.alike import ALIKE, LEADERS, families, is_copy
from forankring.sharing.families import Families
from forankring.sharing.phrases import phrases
from forankring.sharing.records import Said, SentOut, Share, Shared
from forankring.sharing.words import folded, sentences, without_markup, words

FLOOR = 8
"""Words that a passage has at the least: »Vi har ingen bemærkninger« and a greeting make no campaign."""
LONGEST_COURTESY = 25
"""Words of a sentence that may be courtesy and nothing else."""
LONGEST_WHOLE = 300
"""Words of a point that is also compared as a whole, so that lost full stops do not matter; longer ones have enough
sentences."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a point, or the whole of it, by its place in the text."""

    said: Said = field(repr=False)
    start: int
    end: int
    key: str
    """The words as they are compared; the whole without its courtesy, which would make all letters alike."""
    whole: bool = False

    @property
    def text(self) -> str:
        return self.said.text[self.start : self.end].strip()


Found = Mapping[int, Sequence[Passage]]
"""The passages of each family that has more than one point."""


def find_passages(
    said: Iterable[Said], draft: SentOut | None = None, *, alike: int = ALIKE
) -> dict[int, list[Passage]]:
    """Return the passages that more than one point has, by family.

    The draft's own words are nobody's: whoever came after it was sent out quotes it. Who wrote the same before lent
    the draft their words.
    """
    passages = [passage for item in said for passage in _passages(item)]
    own = _own_words(draft)
    known = families((*(item.key for item in passages), *own), phrases().turning, alike)
    quoted = {known[text] for text in own}
    quoting = {item.said.point for item in passages if known[item.key] in quoted and _later(item.said, draft)}
    found: dict[int, list[Passage]] = defaultdict(list)
    for item in passages:
        is_quote = known[item.key] in quoted or item.whole
        if not (is_quote and item.said.point in quoting and _later(item.said, draft)):
            found[known[item.key]].append(item)
    return {family: items for family, items in found.items() if len({item.said.point for item in items}) > 1}


def group_passages(found: Found) -> list[Shared]:
    """Return the texts that several parties share, those of the most parties first; families that mostly the same
    points have make one text."""
    points = {family: frozenset(item.said.point for item in items) for family, items in found.items()}
    several = [family for family, items in found.items() if len({item.said.party for item in items}) > 1]
    by_point: dict[str, list[int]] = defaultdict(list)
    for family in several:
        for point in points[family]:
            by_point[point].append(family)
    taken: set[int] = set()
    groups = []
    for family in sorted(several, key=lambda item: _rank(found[item])):
        if family not in taken:
            near = {other for point in points[family] for other in by_point[point]} - taken
            mine = [other for other in near if _mostly(points[other], points[family])]
            taken.update(mine)
            groups.append(_shared([found[other] for other in mine]))
    return groups


def join_copies(said: Sequence[Said], found: Found) -> dict[str, int]:
    """Return the number of the distinct point that each point is: those that say the same have the same number.

    A point that adds something of its own is its own, however much it borrows. The same words are always one point.
    """
    texts = {item.point: folded(item.text) for item in said}
    ordered = sorted(texts, key=lambda point: (texts[point], natural_key(point)))
    numbers = {point: number for number, point in enumerate(ordered)}
    same = Families(len(ordered))
    for one, other in pairwise(ordered):
        if texts[one] and texts[one] == texts[other]:
            same.join(numbers[one], numbers[other])
    for items in found.values():
        leaders: list[int] = []
        for number in sorted({same.root(numbers[item.said.point]) for item in items}):
            text = texts[ordered[number]]
            leader = next((one for one in leaders if _same_point(texts[ordered[one]], text)), None)
            if leader is not None:
                same.join(leader, number)
            elif len(leaders) < LEADERS:
                leaders.append(number)
    return {point: same.root(number) for point, number in numbers.items()}


def _same_point(one: str, other: str) -> bool:
    return is_copy(one, other, phrases().turning)


def _passages(item: Said) -> Iterator[Passage]:
    """Yield the sentences that are long enough and no mere courtesy; the whole as well, where it is more than one."""
    parts = [(start, end, folded(item.text[start:end])) for start, end in sentences(item.text)]
    told = [part for part in parts if part[2] and not _is_courtesy(part[2])]
    for start, end, key in told:
        if _length(key) >= FLOOR:
            yield Passage(item, start, end, key)
    key = " ".join(key for _, _, key in told)
    if sum(bool(part[2]) for part in parts) > 1 and FLOOR <= _length(key) <= LONGEST_WHOLE:
        yield Passage(item, 0, len(item.text), key, whole=True)


def _length(key: str) -> int:
    return key.count(" ") + 1 if key else 0


def _is_courtesy(key: str) -> bool:
    return _length(key) <= LONGEST_COURTESY and any(phrase in key for phrase in phrases().courtesies)


def _own_words(draft: SentOut | None) -> set[str]:
    chapters = draft.chapters.values() if draft else ()
    shown = (without_markup(chapter) for chapter in chapters)
    found = {folded(text[start:end]) for text in shown for start, end in sentences(text)}
    return {text for text in found if _length(text) >= FLOOR}


def _later(said: Said, draft: SentOut | None) -> bool:
    return draft is not None and (said.when is None or said.when > draft.when)


def _rank(items: Sequence[Passage]) -> tuple[int, int, tuple[object, ...], int]:
    """Put what most parties have first, then the longest, then what came first."""
    parties = len({item.said.party for item in items})
    first = min(items, key=lambda item: (natural_key(item.said.point), item.start))
    return -parties, first.start - first.end, tuple(natural_key(first.said.point)), first.start


def _mostly(points: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether at least half of either are also the other's."""
    return 2 * len(points & others) >= max(len(points), len(others))


def _shared(found: Iterable[Sequence[Passage]]) -> Shared:
    """Return one shared text; a passage that lies in others already shown is not shown again."""
    ordered = [sorted(items, key=_first) for items in found]
    by_point: dict[str, list[Passage]] = defaultdict(list)
    for item in (item for items in ordered for item in items):
        by_point[item.said.point].append(item)
    shown = _shown(ordered)
    numbers = {id(item): number for number, items in enumerate(shown) for item in items}
    repeated = _repeated(items[0].said for items in by_point.values())
    shares = (_share(by_point[point], numbers, repeated) for point in sorted(by_point, key=natural_key))
    return Shared(passages=tuple(items[0].text for items in shown), shares=tuple(shares))


def _shown(found: Iterable[list[Passage]]) -> list[list[Passage]]:
    """Return the families that say something of their own, in the order of the text; sentences go before wholes."""
    shown: list[list[Passage]] = []
    for items in sorted(found, key=lambda items: (items[0].whole, -len(items), _first(items[0]))):
        spans = [(one.start, one.end) for kept in shown for one in kept if one.said.point == items[0].said.point]
        if len(words(_rest(items[0].said.text[: items[0].end], [(0, items[0].start), *spans]))) >= FLOOR:
            shown.append(items)
    return sorted(shown, key=lambda items: _first(items[0]))


def _first(item: Passage) -> tuple[object, ...]:
    return (*natural_key(item.said.point), item.start, -item.end)


def _share(items: Sequence[Passage], numbers: Mapping[int, int], repeated: frozenset[str]) -> Share:
    """Return what one point has of the text; its sentences tell best what it adds, the whole where there are none."""
    said = items[0].said
    parts = [item for item in items if not item.whole] or items
    known = [(start, end) for start, end in sentences(said.text) if folded(said.text[start:end]) in repeated]
    return Share(
        point=said.point,
        party=said.party,
        passages=tuple(sorted({numbers[id(item)] for item in items if id(item) in numbers})),
        adds=_rest(said.text, [*((item.start, item.end) for item in parts), *known]),
    )


def _repeated(said: Iterable[Said]) -> frozenset[str]:
    """Return the sentences, however short, that more than one of the points has word for word."""
    count = Counter(text for item in said for text in {folded(item.text[a:b]) for a, b in sentences(item.text)})
    return frozenset(text for text, n in count.items() if n > 1)


def _rest(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return what stands outside the spans, verbatim, with ``…`` where something was taken out."""
    at, kept = 0, []
    for start, end in sorted(spans):
        kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    return " … ".join(part for part in (item.strip(" \n.,;:") for item in kept) if words(part))
