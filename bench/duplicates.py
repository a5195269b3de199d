"""Measure how well borrowed text is found: real paragraphs edited in known ways, what is found, what is wrong."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.measuring import seconds, tell
from bench.scenes import real_inputs
from forankring.sharing.borrowing import find_passages, group_passages, join_copies
from forankring.sharing.records import Said
from forankring.sharing.words import folded, without_markup

SEED = 2024
SHORTEST = 25
CANDIDATES = (40, 45, 50, 55, 60, 65, 70, 75)
"""Thresholds (``alike.ALIKE``) that the first half of the texts chooses from."""
NEAR = 0.005
COURTESY = (
    "The council thanks the department for the draft and welcomes the opportunity to respond to it.",
    "Our officers are happy to discuss any of these points with the department at any time.",
)
_SWAPS = dict(
    pair.split("=")
    for pair in (
        "should=ought_to must=need_to will=shall help=support use=make_use_of many=a_lot_of ensure=make_sure "
        "also=moreover because=since large=big begin=start show=demonstrate need=require people=persons provide=offer "
        "improve=better however=still bør=skal skal=må mange=flere også=ligeledes stor=betydelig"
    ).split()
)
Edit = Callable[[str, random.Random, "Stock"], str]


@dataclass(frozen=True, slots=True)
class Stock:
    """What edits put in: sentences that nobody else has, each given once, and single words."""

    sentences: list[str]
    words: Sequence[str]

    def take(self, count: int) -> list[str]:
        return [self.sentences.pop() for _ in range(min(count, len(self.sentences)))]


@dataclass(frozen=True, slots=True)
class Case:
    """One point of the set: which text it was made of, and how; ``kind`` is empty for the text itself."""

    said: Said
    source: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of points found rightly, and all that were found; what was found of each kind of edit, and how many are."""

    right: int
    found: int
    kinds: Mapping[str, tuple[int, int]]

    @property
    def precision(self) -> float:
        return self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        hit, total = (sum(numbers) for numbers in zip(*self.kinds.values(), strict=True))
        return float(hit / max(total, 1))

    @property
    def balance(self) -> float:
        return float(2 * self.precision * self.recall / max(self.precision + self.recall, 0.01))


def report() -> str:
    """Choose the threshold on one half of the texts, measure it on the other, and return the table."""
    texts, stock = _material()
    if not texts:
        return "duplicates: the real texts are not beside this checkout\n"
    chosen, measured = _cases(texts[::2], stock), _cases(texts[1::2], stock)
    scores = {alike: _score(chosen, alike) for alike in CANDIDATES}
    top = max(score.balance for score in scores.values())
    best = max(alike for alike, score in scores.items() if score.balance > top - NEAR)  # the strictest of the best
    tell(f"duplicates: {len(texts)} texts, {len(chosen)} + {len(measured)} points")
    took = seconds(lambda: _score(measured, best))
    lines = [f"  {alike}: precision {s.precision:.3f}, recall {s.recall:.3f}" for alike, s in scores.items()]
    return "\n".join(
        (
            "first half, by threshold:",
            *lines,
            f"second half, at {best} ({took:.1f} s):",
            *_lines(_score(measured, best)),
            *_traps(texts[1::2]),
            "",
        )
    )


def _lines(score: Score) -> Iterable[str]:
    yield f"  precision {score.precision:.3f} ({score.right} of {score.found} pairs), recall {score.recall:.3f}"
    for kind, (hit, total) in sorted(score.kinds.items()):
        yield f"  {kind:<34}{hit:>4} of {total:>3}  {hit / total:.2f}"


def _traps(texts: Sequence[str]) -> Iterable[str]:
    """Say how many pairs that look alike and are not the same are counted as one point, or shown as one text."""
    sentences = [part for text in texts for part in _sentences(text) if 10 <= len(part.split()) <= 40]
    opposites = [(text, re.sub(r"\b(is|are|will|should|can|must)\b", r"\1 not", text, count=1)) for text in sentences]
    opposites = [(text, turned) for text, turned in opposites if text != turned]
    topics = sorted({" ".join(text.split()[3:6]) for text in sentences})
    frames = [f"We suggest that the strategy is given a section of its own on {topic}." for topic in topics]
    numbers = [
        f"Initiative {n // 9 + 1}.{n % 9 + 1} needs an owner and a date before it is adopted." for n in range(40)
    ]
    for name, pairs in {
        "the opposite": opposites,
        "one frame, other topic": list(pairwise(frames)),
        "another number": list(pairwise(numbers)),
    }.items():
        said = [[Said(point=f"B{n:03d}-01", party=f"p{n}", text=text) for n, text in enumerate(pair)] for pair in pairs]
        merged = sum(len(set(join_copies(two, find_passages(two)).values())) == 1 for two in said)
        shown = sum(bool(find_passages(two)) for two in said)
        yield f"  {name:<34}{len(pairs):>4} pairs: {merged} counted as one point, {shown} shown as one text"


def _score(cases: Sequence[Case], alike: int) -> Score:
    """Compare all pairs of points that one shared text holds with the pairs that were made of the same text."""
    by_point = {case.said.point: case for case in cases}
    found = group_passages(find_passages([case.said for case in cases], alike=alike))
    pairs = {
        (one.point, other.point)
        for item in found
        for one in item.shares
        for other in item.shares
        if one.point < other.point and set(one.passages) & set(other.passages)
    }
    right = [pair for pair in pairs if by_point[pair[0]].source == by_point[pair[1]].source]
    originals = {case.source: case.said.point for case in cases if not case.kind}
    kinds: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        if case.kind and case.source >= 0:
            pair = sorted((case.said.point, originals[case.source]))
            kinds[case.kind].append((pair[0], pair[1]) in pairs)
    return Score(len(right), len(pairs), {kind: (sum(hits), len(hits)) for kind, hits in kinds.items()})


def _cases(texts: Sequence[str], stock: Stock) -> list[Case]:
    """Return every text as it is, each with some edits; all with the same courtesy, which is no text in common."""
    chance = random.Random(SEED)
    names = [(kind, size) for kind, sizes in EDITS.items() for size in sizes]
    cases: list[Case] = []

    def add(text: str, source: int, kind: str = "") -> None:
        number = len(cases) + 1
        letter = f"{COURTESY[0]}\n{text}\n{COURTESY[1]}" if number % 3 == 0 else text
        said = Said(point=f"B{number:05d}-01", party=f"party-{number}", text=letter)
        cases.append(Case(said, source, kind))

    for source, text in enumerate(texts):
        add(text, source)
        for turn in range(4):
            kind, size = names[(4 * source + turn) % len(names)]
            add(EDITS[kind][size](text, chance, stock), source, f"{kind}, {size}")
    return cases


def _material() -> tuple[list[str], Stock]:
    """Return different real paragraphs, and a stock of others for what edits put in."""
    chance = random.Random(SEED)
    found = _different(_paragraphs())
    chance.shuffle(found)
    kept, rest = found[: len(found) * 2 // 3], found[len(found) * 2 // 3 :]
    sentences = [part for text in rest for part in _sentences(text)]
    return kept, Stock(sentences, sorted({word for text in rest for word in text.split()}))


def _paragraphs() -> Iterable[str]:
    files = sorted((real_inputs() / "uk-digital-strategy").glob("*.md"))
    article = real_inputs() / "efterlysning-2024-strategi.txt"
    for file in (*files, *((article,) if article.exists() else ())):
        for block in re.split(r"\n\s*\n", without_markup(file.read_text(encoding="utf-8"))):
            flat = " ".join(re.sub(r"<[^>]+>|[*#\[\]|]", " ", block).split())
            if len(flat.split()) >= SHORTEST:
                yield flat


def _different(texts: Iterable[str]) -> list[str]:
    """Leave out what has a run of five words in common with an earlier one: the departments wrote from one template."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for text in texts:
        said = folded(text).split()
        runs = {tuple(said[at : at + 5]) for at in range(len(said) - 4)}
        if not runs & seen:
            kept.append(text)
        seen |= runs
    return kept


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?:;])\s+", text)


def _copied(text: str, chance: random.Random, stock: Stock) -> str:
    return text


def _swapped(share: float) -> Edit:
    def edit(text: str, chance: random.Random, stock: Stock) -> str:
        return " ".join(chance.choice(stock.words) if chance.random() < share else word for word in text.split())

    return edit


def _misread(share: float) -> Edit:
    def edit(text: str, chance: random.Random, stock: Stock) -> str:
        noise = "eoaintrslmcd1l0.,"
        return "".join(chance.choice(noise) if chance.random() < share else letter for letter in text)

    return edit


def _inserted(count: int) -> Edit:
    def edit(text: str, chance: random.Random, stock: Stock) -> str:
        parts = _sentences(text)
        for sentence in stock.take(count):
            parts.insert(chance.randint(0, len(parts)), sentence)
        return " ".join(parts)

    return edit


def _shortened(share: float) -> Edit:
    def edit(text: str, chance: random.Random, stock: Stock) -> str:
        words = text.split()
        return " ".join(words[: int(len(words) * share)])

    return edit


def _dropped(text: str, chance: random.Random, stock: Stock) -> str:
    parts = _sentences(text)
    if len(parts) > 1:
        parts.pop(chance.randrange(len(parts)))
    return " ".join(parts)


def _reordered(text: str, chance: random.Random, stock: Stock) -> str:
    parts = _sentences(text)
    chance.shuffle(parts)
    return " ".join(parts)


def _reworded(text: str, chance: random.Random, stock: Stock) -> str:
    """Change words that have another one of the same sense, and turn the order at the first comma."""
    words = [_SWAPS.get(word.lower(), word).replace("_", " ") for word in text.split()]
    first, comma, rest = " ".join(words).partition(", ")
    return f"{rest.rstrip('.')}, {first}." if comma and len(first.split()) > 4 else first + comma + rest


def _renamed(text: str, chance: random.Random, stock: Stock) -> str:
    """Put another name in place of names and of who speaks."""
    named = re.sub(r"\b(?:[Gg]overnment|[Dd]epartments?|GDS|Cabinet Office|Danmark)\b", "Eksempel Kommune", text)
    return re.sub(r"\b[Ww]e\b", "Eksempel Kommune", named)


def _lifted(text: str, chance: random.Random, stock: Stock) -> str:
    """Lift the longest sentence alone into a letter of one's own."""
    longest = max(_sentences(text), key=len)
    before, after = stock.take(1), stock.take(1)
    return " ".join([*before, longest, *after])


EDITS: dict[str, dict[str, Edit]] = {
    "copy": {"unedited": _copied},
    "words swapped": {"5 %": _swapped(0.05), "15 %": _swapped(0.15), "30 %": _swapped(0.30)},
    "sentences inserted": {"1": _inserted(1), "3": _inserted(3)},
    "sentence dropped": {"1": _dropped},
    "sentences reordered": {"all": _reordered},
    "reworded": {"lightly": _reworded},
    "other name": {"everywhere": _renamed},
    "read by OCR": {"1 % of letters": _misread(0.01), "4 %": _misread(0.04), "8 %": _misread(0.08)},
    "cut short": {"70 % left": _shortened(0.7), "40 % left": _shortened(0.4)},
    "one sentence lifted": {"into a letter": _lifted},
}
