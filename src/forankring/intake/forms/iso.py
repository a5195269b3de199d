"""Turn the headings of the ISO/IEC commenting template into columns, and its rows into remarks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forankring.errors import InputError, Problem
from forankring.intake.records import Extract, Piece, Row
from forankring.ledger import Note
from forankring.text import clean_text, para


class Column(StrEnum):
    """The template's columns, in its order."""

    MEMBER = "member"
    LINE = "line"
    CLAUSE = "clause"
    PARAGRAPH = "paragraph"
    TYPE = "type"
    COMMENT = "comment"
    PROPOSAL = "proposal"
    SECRETARIAT = "secretariat"


TYPES = {"ge": "general", "te": "professional", "ed": "linguistic"}
"""What the template's types of comment are called here; whatever stands behind them is ignored (``te/ed``)."""

_NEEDED = frozenset({Column.CLAUSE, Column.TYPE, Column.COMMENT, Column.PROPOSAL})
_ITS_OWN = frozenset({Column.MEMBER, Column.SECRETARIAT})
"""Columns that other tables of comments do not have."""
_HEADINGS = (
    (Column.SECRETARIAT, re.compile(r"secretariat")),
    (Column.MEMBER, re.compile(r"^(mb|nc)\b|^mb\d|member bod")),
    (Column.PROPOSAL, re.compile(r"^proposed change")),
    (Column.TYPE, re.compile(r"^type of com")),
    (Column.CLAUSE, re.compile(r"^clause")),
    (Column.PARAGRAPH, re.compile(r"^paragraph|^figure|^table")),
    (Column.LINE, re.compile(r"^line\b")),
    (Column.COMMENT, re.compile(r"^comments?\b")),
)
"""How the editions of the template name them, after 2001 and after 2012; the first that fits."""

_NUMBERED = re.compile(r"\d")
_BARE_NUMBER = re.compile(r"[\d.]+[a-z]?")
_LEADING_NUMBER = re.compile(r"^\d[\d.]*\s+")
_OF_TEMPLATE = re.compile(
    r"^(template for comments|date\b|document\b|project\b|[12]\s*(mb|type)|mb\b|type of com|iso/|note\b|\d* ?mb =)",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the table: its cells by column, and where its comment stands."""

    cells: Mapping[Column, str]
    cell: str


def columns_in(heads: Sequence[str]) -> Mapping[int, Column]:
    """Return the columns by their place, where this row is the template's head; else nothing."""
    found: dict[int, Column] = {}
    for index, head in enumerate(heads):
        text = " ".join(re.sub(r"[-\u00ad]\s*\n\s*", "", head).casefold().split())
        column = next((column for column, pattern in _HEADINGS if pattern.search(text)), None)
        if column and column not in found.values():
            found[index] = column
    columns = set(found.values())
    return found if columns >= _NEEDED and columns & _ITS_OWN else {}


def extract_of(
    lines: Iterable[Line], headings: Mapping[Column, str], outside: Iterable[tuple[str, str]], file: str
) -> Extract:
    """Return the rows as remarks; raise InputError where nothing was written. ``outside`` is text with its cell."""
    lines = tuple(lines)
    rows = tuple(row for line in lines if (row := _row(line, headings)))
    pieces = tuple(
        Piece(node=para(clean_text(text)), cell=cell) for text, cell in outside if not _OF_TEMPLATE.match(text)
    )
    if not rows and not pieces:
        raise InputError(Problem(code="form_not_filled_in", file=file))
    observed = sum(bool(line.cells.get(Column.SECRETARIAT)) for line in lines)
    notes = [Note(code="iso_secretariat_left_out", values={"n": observed})] if observed else []
    if pieces:
        notes.append(Note(code="form_text_outside", values={"n": len(pieces)}))
    return Extract(rows=rows, pieces=pieces, notes=tuple(notes))


def _row(line: Line, headings: Mapping[Column, str]) -> Row | None:
    cells = {column: clean_text(text).strip() for column, text in line.cells.items()}
    comment, proposal = cells.get(Column.COMMENT, ""), cells.get(Column.PROPOSAL, "")
    if not comment and not proposal:
        return None
    member, clause = cells.get(Column.MEMBER, ""), cells.get(Column.CLAUSE, "")
    # The number of a chapter alone leads nowhere: initiatives have such numbers, too. It is kept as a detail.
    target = "" if _BARE_NUMBER.fullmatch(clause) else _LEADING_NUMBER.sub("", clause)
    classes = _classes(cells.get(Column.TYPE, ""))
    kept = {
        Column.MEMBER: "" if _NUMBERED.search(member) else member,
        Column.LINE: cells.get(Column.LINE, ""),
        Column.CLAUSE: "" if target == clause else clause,
        Column.PARAGRAPH: cells.get(Column.PARAGRAPH, ""),
        Column.TYPE: "" if classes else cells.get(Column.TYPE, ""),
    }
    return Row(
        text=comment or proposal,
        proposal=proposal if comment else "",
        cell=line.cell,
        number=member if _NUMBERED.search(member) else "",
        target=target,
        classes=classes,
        details=tuple((headings.get(column, column), text) for column, text in kept.items() if text),
    )


def _classes(text: str) -> tuple[str, ...]:
    """Return the classes that a cell names: ``ge``, ``te/ed``, ``editorial``."""
    words = re.findall(r"[a-z]+", text.casefold())
    found = (TYPES.get(word[:2]) for word in words if word[:2] in TYPES)
    return tuple(dict.fromkeys(item for item in found if item))
