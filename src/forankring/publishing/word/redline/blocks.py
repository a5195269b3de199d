"""Turn the blocks of an old and a new text into one line of blocks whose tracked changes lead from one to the other."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forankring.publishing.word.names import style_of, w
from forankring.publishing.word.redline.lines import Line, changes_between, write_line
from forankring.publishing.word.redline.pen import CAME, WENT, Pen
from forankring.publishing.word.redline.shapes import shape
from forankring.publishing.word.redline.tables import key_of, same_columns, whole_table, words_in, write_table
from forankring.text.alignment import Part, align

_PARAGRAPH = w("p")
_NONE: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of the result, or another block that is no paragraph: an old one, a new one, or both."""

    old: Any = None
    new: Any = None


_Block = Line | Grid


def merge(old: Sequence[Any], new: Sequence[Any], pen: Pen, apart: Collection[Any] = _NONE) -> list[Any]:
    """Return the blocks of both texts; those in ``apart`` are shown as gone or come, never as edited."""
    blocks = _flowing(_closed(list(_aligned(old, new, pen, apart))), pen)
    return [node for block in blocks for node in _written(block, pen)]


def _aligned(old: Sequence[Any], new: Sequence[Any], pen: Pen, apart: Collection[Any]) -> Iterator[_Block]:
    """Yield what stayed, went, came and moved, in reading order."""
    found = align([_part(block, pen) for block in old], [_part(block, pen) for block in new])
    pairs = {i: j for i, j in found.steps if i is not None and j is not None and _one(old[i], new[j], pen, apart)}
    last = max(pairs.items(), default=(0, 0))
    names: dict[int, str] = {}
    for at, to in found.moved.items():
        if at < last[0] and to < last[1] and old[at].tag == _PARAGRAPH and not {old[at], new[to]} & set(apart):
            names[at] = pen.name_move()
    origin = {found.moved[i]: i for i in names}  # where each that arrived was before
    for i, j in found.steps:
        if i is not None and pairs.get(i, -1) == j:
            yield _pair(old[i], new[j or 0])
            continue
        if i is not None:
            yield _left(old[i], new[found.moved[i]], names[i]) if i in names else _went(old[i])
        if j is not None:
            yield _arrived(new[j], old[origin[j]], names[origin[j]]) if j in origin else _came(new[j])


def _part(block: Any, pen: Pen) -> Part:
    if block.tag == _PARAGRAPH:
        properties = block.find(w("pPr"))
        section = None if properties is None else properties.find(w("sectPr"))
        kind = "p" if section is None else repr(shape(section))
    else:
        columns = block.find(w("tblGrid"))
        kind = f"{block.tag} {0 if columns is None else len(columns)}"
    return Part(kind, (block.tag, key_of(block, pen)), words_in(block, pen))


def _one(old: Any, new: Any, pen: Pen, apart: Collection[Any]) -> bool:
    """Tell whether two blocks are shown as one that was edited, not as one that went and another that came."""
    if old in apart or new in apart:
        return False
    if old.tag != _PARAGRAPH:
        return shape(old) == shape(new) or (old.tag == w("tbl") and same_columns(old, new))
    if style_of(old, "pPr", "pStyle") == style_of(new, "pPr", "pStyle"):
        return True
    ours, theirs = pen.pieces(old), pen.pieces(new)
    if not ours or not theirs:
        return True
    changes = changes_between(ours, theirs)
    return not changes or changes[0] != (0, len(ours), 0, len(theirs))


def _pair(old: Any, new: Any) -> _Block:
    if old.tag != _PARAGRAPH:
        return Grid(old=old, new=new)
    return Line(old=old, new=new, old_end=old, new_end=new)


def _went(old: Any) -> _Block:
    return Line(old=old, old_end=old) if old.tag == _PARAGRAPH else Grid(old=old)


def _came(new: Any) -> _Block:
    return Line(new=new, new_end=new) if new.tag == _PARAGRAPH else Grid(new=new)


def _left(old: Any, new: Any, move: str) -> Line:
    return Line(old=old, old_end=old, move=move, other=new)


def _arrived(new: Any, old: Any, move: str) -> Line:
    return Line(new=new, new_end=new, move=move, other=old)


def _flowing(blocks: list[_Block], pen: Pen) -> list[_Block]:
    """Let a change that reaches a paragraph's end and the whole paragraphs after it be one, as if typed in one go.

    Accepted and rejected the text is the same; but LibreOffice takes them for one change in any case, and would
    resolve the end between them with it.
    """
    made: list[_Block] = []
    at = 0
    while at < len(blocks):
        end = at + 1
        first, kind = blocks[at], _open_end(blocks[at], pen)
        while kind and end < len(blocks) and _is_whole(blocks[end], kind):
            end += 1
        if end > at + 1 and isinstance(first, Line) and _same_end(first, blocks[end - 1]):
            made += _shifted(blocks[at:end], gone=kind == WENT)
        else:
            made += blocks[at:end]
        at = end
    return made


def _open_end(block: _Block, pen: Pen) -> str:
    """Return whether the words at the end of a paragraph that stayed came or went; nothing where they did not."""
    if not isinstance(block, Line) or not all(side is not None for side in (block.old, block.new)) or block.move:
        return ""
    if block.old_end is not block.old or block.new_end is not block.new or _is_same(block, pen):
        return ""
    ours, theirs = pen.pieces(block.old), pen.pieces(block.new)
    changes = changes_between(ours, theirs)
    if not changes or (changes[-1].old_end, changes[-1].new_end) != (len(ours), len(theirs)):
        return ""
    return CAME if changes[-1].new_start < changes[-1].new_end else WENT


def _is_whole(block: _Block, kind: str) -> bool:
    """Tell whether a block is a paragraph that came or went where it stands."""
    if not isinstance(block, Line) or block.move:
        return False
    mine, other = ("new", "old") if kind == CAME else ("old", "new")
    return getattr(block, other) is getattr(block, f"{other}_end") is None and getattr(block, mine) is not None


def _same_end(first: Line, last: _Block) -> bool:
    """Tell whether the end of the first paragraph can be that of the last: nothing but words would change."""
    other = last.new if last.old is None else last.old
    ends = [node.find(w("pPr")) for node in (first.old_end, first.new_end, other)]
    return all(shape(end) == shape(ends[0]) for end in ends) and (ends[0] is None or ends[0].find(w("sectPr")) is None)


def _closed(blocks: list[_Block]) -> list[_Block]:
    """Let the end of the last paragraph be one that stayed: nothing may come or go after it, by Word's rules.

    Where paragraphs went after the last that stayed, it is that one's end which went, and the last end stays; the
    words and properties are the same after all has been accepted or rejected.
    """
    if not blocks or (blocks[-1].old is not None and blocks[-1].new is not None):
        return blocks
    kept = max((at for at, block in enumerate(blocks) if block.old is not None and block.new is not None), default=-1)
    head, tail = blocks[: kept + 1], blocks[kept + 1 :]
    gone, come = [block for block in tail if block.new is None], [block for block in tail if block.old is None]
    if gone and come:
        return [*head, *_joined(gone, come)]
    if not head:
        return blocks
    if isinstance(tail[-1], Grid):  # only a note ends so
        return [*_closed(blocks[:-1]), tail[-1]]
    if all(isinstance(block, Line) for block in (head[-1], *tail)):
        return [*head[:-1], *_shifted([head[-1], *tail], gone=bool(gone))]
    last = head[-1]
    return [*head[:-1], *_joined([_went(last.old), *gone], [_came(last.new), *come])]


def _joined(gone: list[_Block], come: list[_Block]) -> list[_Block]:
    """Return what went and then what came, the last paragraphs of both as one, and then the tables after these."""
    (old, old_tables), (new, new_tables) = _parted(gone), _parted(come)
    lines = [*old[:-1], *new[:-1], _pair(old[-1].old, new[-1].new)] if old and new else [*old, *new]
    return [*lines, *old_tables, *new_tables]


def _parted(blocks: list[_Block]) -> tuple[list[_Block], list[_Block]]:
    """Return what there is up to the last paragraph, and the tables after it."""
    end = max((at for at, block in enumerate(blocks, 1) if isinstance(block, Line)), default=0)
    return blocks[:end], blocks[end:]


def _shifted(lines: list[Any], *, gone: bool) -> list[_Block]:
    """Return paragraphs, the first of which stayed and all others went or came, so that the last end stays."""
    first, *middle, last = lines
    if gone:
        return [replace(first, new_end=None), *middle, replace(last, new_end=first.new_end)]
    return [replace(first, old_end=None), *middle, replace(last, old_end=first.old_end)]


def _is_same(block: _Block, pen: Pen) -> bool:
    """Tell whether nothing at all changed in a block."""
    if block.old is None or block.new is None or (isinstance(block, Line) and block.new_end is not block.new):
        return False
    if isinstance(block, Line) and block.old_end is not block.old:
        return False
    return key_of(block.old, pen) == key_of(block.new, pen) and (
        isinstance(block, Line) or shape(block.old) == shape(block.new)
    )


def _written(block: _Block, pen: Pen) -> list[Any]:
    if _is_same(block, pen):
        return [block.new]
    if isinstance(block, Line):
        return write_line(block, pen)
    if block.old is None or block.new is None:
        return [whole_table(block.new, CAME, pen) if block.old is None else whole_table(block.old, WENT, pen)]
    return [write_table(block.old, block.new, merge, pen)]
