"""Turn paragraphs that one side split or joined into one with a mark in it, in all three texts, and back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from forankring.text.alignment import Part
from forankring.text.nodes import Node
from forankring.text.parts import is_text, joined, sentences

MARK: Node = {"t": "RawInline", "c": ["paragraph", ""]}
"""Stands as a sentence of its own where a paragraph ended: whoever takes it out has joined two."""
_BLANK = frozenset({"Space", "SoftBreak", "LineBreak"})

Texts = tuple[Sequence[Node], Sequence[Node], Sequence[Node]]


def fused(texts: Texts, parts: Sequence[Sequence[Part]], stayed: Sequence[Mapping[int, int]]) -> Texts | None:
    """Return base, ours and theirs with the paragraphs that a side split or joined as one; None where there are none.

    ``stayed`` maps the base's paragraphs to ours, and to theirs.
    """
    ranges: tuple[list[range], list[range], list[range]] = ([], [], [])
    for group in _groups(texts, parts, stayed):
        found = [group, *(_of_side(group, texts, parts, stayed, side) for side in (1, 2))]
        apart = all(_is_apart(members, known) for members, known in zip(found, ranges, strict=True))
        if apart and max(map(len, found)) > 1:
            for known, members in zip(ranges, found, strict=True):
                known.extend([range(members[0], members[-1] + 1)] if members else [])
    if not any(ranges):
        return None
    base, ours, theirs = (_with_fused(text, known) for text, known in zip(texts, ranges, strict=True))
    return base, ours, theirs


def parted(blocks: Iterable[Node]) -> tuple[Node, ...]:
    """Return blocks with a paragraph for each that was put into one; no other block has a mark at its top."""
    return tuple(part for block in blocks for part in (_parted(block) if _is_marked(block) else [block]))


def _groups(texts: Texts, parts: Sequence[Sequence[Part]], stayed: Sequence[Mapping[int, int]]) -> Iterator[list[int]]:
    """Yield the base's paragraphs, those together that either side joined."""
    together: set[int] = set()
    for side in (1, 2):
        back = {j: i for i, j in stayed[side - 1].items()}
        for j, i in back.items():
            for at in _spread(i, j, (texts[0], texts[side]), (parts[0], parts[side]), stayed[side - 1].keys()):
                together.update(range(min(at, i), max(at, i)))  # each with the next one
    group: list[int] = []
    for i, block in enumerate(texts[0]):
        if is_text(block):
            group.append(i)
        if group and i not in together:
            yield group
            group = []


def _of_side(
    group: list[int], texts: Texts, parts: Sequence[Sequence[Part]], stayed: Sequence[Mapping[int, int]], side: int
) -> list[int]:
    """Return which of a side's blocks a group became, with those that were split from them."""
    taken = set(stayed[side - 1].values())
    found: set[int] = set()
    for i in group:
        j = stayed[side - 1].get(i)
        if j is not None:
            found |= {j, *_spread(j, i, (texts[side], texts[0]), (parts[side], parts[0]), taken)}
    return sorted(found)


def _spread(
    at: int,
    other: int,
    texts: tuple[Sequence[Node], Sequence[Node]],
    parts: tuple[Sequence[Part], Sequence[Part]],
    taken: Iterable[int],
) -> Iterator[int]:
    """Yield the paragraphs beside the one at ``at`` that hold what its other version has and it lacks."""
    if parts[0][at].key == parts[1][other].key or not is_text(texts[0][at]) or not is_text(texts[1][other]):
        return
    lacking = Counter(parts[1][other].words) - Counter(parts[0][at].words)
    for step in (-1, 1):
        beside = at + step
        while 0 <= beside < len(texts[0]) and beside not in taken and is_text(texts[0][beside]):
            words = Counter(parts[0][beside].words)
            shared = (lacking & words).total()
            if not shared or shared * 2 < min(lacking.total(), words.total()):
                break
            yield beside
            lacking -= words
            beside += step


def _is_apart(members: Sequence[int], known: Iterable[range]) -> bool:
    """Tell members that stand together, and that no other group has taken."""
    together = not members or members[-1] - members[0] == len(members) - 1
    return together and not any(member in other for other in known for member in members)


def _with_fused(blocks: Sequence[Node], ranges: Sequence[range]) -> list[Node]:
    result = list(blocks)
    for known in sorted(ranges, key=lambda found: -found.start):
        if len(known) > 1:
            result[known.start : known.stop] = [_one(blocks[known.start : known.stop])]
    return result


def _one(paragraphs: Sequence[Node]) -> Node:
    lines: list[list[Node]] = []
    for paragraph in paragraphs:
        lines += [*([[MARK]] if lines else []), *sentences(paragraph["c"])]
    return {"t": paragraphs[0]["t"], "c": joined(lines)}


def _is_marked(block: Node) -> bool:
    return is_text(block) and MARK in block["c"]


def _parted(paragraph: Node) -> Iterator[Node]:
    line: list[Node] = []
    for node in [*paragraph["c"], MARK]:
        if node != MARK:
            line.append(node)
            continue
        while line and line[-1]["t"] in _BLANK:
            line.pop()
        while line and line[0]["t"] in _BLANK:
            line.pop(0)
        if line:
            yield {"t": paragraph["t"], "c": line}
        line = []
