"""Turn a delimited text file (CSV, TSV) into remarks: one a row, with its line."""

import csv
import io
import re
from collections import Counter

from forankring.errors import InputError
from forankring.intake.detect import decode
from forankring.intake.readers.form import check_size
from forankring.intake.readers.grids import Grid
from forankring.intake.readers.remark_tables import read_tables
from forankring.intake.records import Desk, Extract, Original, Screened
from forankring.ledger import Note
from forankring.text import clean_text

DELIMITERS = ";\t,|"
_LONGEST_CELL = 200_000
_LOOKED_AT = 200
_NAMED = re.compile(r"sep=(.)\n", re.IGNORECASE)

csv.field_size_limit(_LONGEST_CELL)


def read_csv(original: Original, desk: Desk) -> Extract:
    """Read the file, whatever its encoding and delimiter."""
    text, encoding = decode(original.path.read_bytes())
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    check_size(original, text)
    try:
        grid = grid_of(text)
    except csv.Error as error:
        raise InputError(original.problem("broken_file")) from error
    found = read_tables((grid,), desk)
    guessed = encoding not in ("utf-8", "ascii")
    notes = (Note(code="encoding_guessed", values={"encoding": encoding}),) if guessed else ()
    return Extract(
        pieces=found.pieces,
        rows=found.rows,
        stated=found.stated,
        screened=(Screened(text=text, lines=True), *found.screened),
        notes=(*notes, *found.notes),
        title=found.title,
    )


def grid_of(text: str) -> Grid:
    """Return the rows of delimited text with their first lines; raise csv.Error where quotes are out of order."""
    named = _NAMED.match(text)
    body = text[named.end() :] if named else text
    delimiter = named[1] if named and named[1] in DELIMITERS else delimiter_of(body)
    rows, lines, line = [], [], 1 + bool(named)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    for row in reader:
        rows.append([clean_text(cell).strip() for cell in row])
        lines.append(line)
        line = reader.line_num + 1 + bool(named)
    width = max(map(len, rows), default=0)
    return Grid(rows=tuple((*row, *[""] * (width - len(row))) for row in rows), lines=tuple(lines))


def delimiter_of(text: str) -> str:
    """Return the sign that cuts the most rows into the same number of cells, and into the most cells."""
    return max(DELIMITERS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for _, row in zip(range(_LOOKED_AT), reader, strict=False) if row]
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    usual, count = Counter(widths).most_common(1)[0]
    return (count / len(widths), usual) if usual > 1 else (0.0, 0)
