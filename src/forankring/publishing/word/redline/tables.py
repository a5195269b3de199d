"""Turn two versions of a table into one whose tracked changes lead from the one to the other, by row and by cell."""

import copy
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from forankring.publishing.word.names import element, w, words_of
from forankring.publishing.word.redline.lines import Line, write_line
from forankring.publishing.word.redline.pen import CAME, WENT, Pen
from forankring.publishing.word.redline.pieces import words_of_pieces
from forankring.publishing.word.redline.shapes import shape
from forankring.text.alignment import Part, align

Merge = Callable[[Sequence[Any], Sequence[Any], Pen], list[Any]]
_TABLE, _ROW, _CELL, _PARAGRAPH = w("tbl"), w("tr"), w("tc"), w("p")
_BEFORE_ROW = frozenset({w("tblPrEx")})


def same_columns(old: Any, new: Any) -> bool:
    """Tell whether a table kept its columns: no mark can tell that one came or went."""
    ours, theirs = (table.find(w("tblGrid")) for table in (old, new))
    return ours is not None and theirs is not None and len(ours) == len(theirs)


def write_table(old: Any, new: Any, merge: Merge, pen: Pen) -> Any:
    """Return the table of both; ``merge`` does the same for the blocks of a cell."""
    made = element("tbl")
    made.append(_changed(old, new, "tblPr", pen))
    made.append(_grid(old.find(w("tblGrid")), new.find(w("tblGrid"))))
    ours, theirs = ([node for node in table if node.tag == _ROW] for table in (old, new))
    for i, j in align([_part(row, pen) for row in ours], [_part(row, pen) for row in theirs]).steps:
        if i is None:
            made.append(_whole_row(theirs[j or 0], CAME, pen))
        elif j is None:
            made.append(_whole_row(ours[i], WENT, pen))
        else:
            made.append(_row(ours[i], theirs[j], merge, pen))
    return made


def whole_table(table: Any, kind: str, pen: Pen) -> Any:
    """Return a table all of whose rows came or went."""
    made = element("tbl")
    for node in table:
        made.append(_whole_row(node, kind, pen) if node.tag == _ROW else copy.deepcopy(node))
    return made


def key_of(block: Any, pen: Pen) -> Hashable:
    """Return what a block or row says, so that equal ones are the same."""
    if block.tag == _PARAGRAPH:
        return (shape(block.find(w("pPr"))), tuple([piece.token for piece in pen.stretches(block)]))
    return tuple([key_of(line, pen) for line in block.iter(_PARAGRAPH)])


def words_in(block: Any, pen: Pen) -> tuple[str, ...]:
    """Return the words and signs of a block or row, without spaces."""
    return tuple([word for line in block.iter(_PARAGRAPH) for word in words_of_pieces(pen.stretches(line))])


def _part(row: Any, pen: Pen) -> Part:
    spans = [
        (_value(cell, "gridSpan"), _value(cell, "vMerge"), cell.find(f"{w('tcPr')}/{w('vMerge')}") is not None)
        for cell in row.findall(_CELL)
    ]
    return Part(repr(spans), key_of(row, pen), words_in(row, pen))


def _value(cell: Any, name: str) -> str:
    found = cell.find(f"{w('tcPr')}/{w(name)}")
    return "" if found is None else str(found.get(w("val"), ""))


def _row(old: Any, new: Any, merge: Merge, pen: Pen) -> Any:
    made = element("tr", *[copy.deepcopy(node) for node in new if node.tag in _BEFORE_ROW])
    properties = _changed(old, new, "trPr", pen)
    if properties is not None:
        made.append(properties)
    for ours, theirs in zip(old.findall(_CELL), new.findall(_CELL), strict=True):
        cell = element("tc")
        own = _changed(ours, theirs, "tcPr", pen)
        if own is not None:
            cell.append(own)
        cell.extend(merge(blocks_of(ours), blocks_of(theirs), pen))
        made.append(cell)
    return made


def blocks_of(cell: Any) -> list[Any]:
    """Return the blocks of a cell or of a part of the file, without properties."""
    return [node for node in cell if node.tag in (_PARAGRAPH, _TABLE) or node.tag == w("sdt")]


def _changed(old: Any, new: Any, name: str, pen: Pen) -> Any:
    """Return the new properties with the old ones inside, where they are others."""
    before, after = (node.find(w(name)) for node in (old, new))
    if shape(before) == shape(after):
        return None if after is None else copy.deepcopy(after)
    made = element(name) if after is None else copy.deepcopy(after)
    mark = pen.mark(f"{name}Change", words_of(new), came=True)
    mark.append(element(name) if before is None else copy.deepcopy(before))
    made.append(mark)
    return made


def _grid(old: Any, new: Any) -> Any:
    """Return the columns with their former widths; by the schema this change has no hand."""
    made = copy.deepcopy(new)
    if shape(old) != shape(new):
        made.append(element("tblGridChange", copy.deepcopy(old), id=0))
    return made


def _whole_row(row: Any, kind: str, pen: Pen) -> Any:
    words = words_of(row)
    pen.changes += 1
    made = element("tr", *[copy.deepcopy(node) for node in row if node.tag in _BEFORE_ROW])
    found = row.find(w("trPr"))
    properties = element("trPr") if found is None else copy.deepcopy(found)
    properties.append(pen.mark(kind, words, came=kind == CAME))
    made.append(properties)
    counted = pen.changes
    for cell in row.findall(_CELL):
        made.append(_whole_cell(cell, kind, pen))
    pen.changes = counted
    return made


def _whole_cell(cell: Any, kind: str, pen: Pen) -> Any:
    made = element("tc", *[copy.deepcopy(node) for node in cell.findall(w("tcPr"))])
    for block in blocks_of(cell):
        made.extend([whole_table(block, kind, pen)] if block.tag == _TABLE else whole_line(block, kind, pen))
    return made


def whole_line(paragraph: Any, kind: str, pen: Pen) -> list[Any]:
    """Return a paragraph that came or went with its end."""
    if kind == CAME:
        return write_line(Line(new=paragraph, new_end=paragraph), pen)
    return write_line(Line(old=paragraph, old_end=paragraph), pen)
