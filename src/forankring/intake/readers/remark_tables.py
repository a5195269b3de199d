"""Turn grids of cells into remarks, one a row; what is no table of remarks becomes text, or a note that says so."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from forankring.intake.readers.columns import WORD, Columns, by_content, by_heading, says
from forankring.intake.readers.grids import Grid, column_name, filled_down
from forankring.intake.readers.headings import Headings, class_words, normal
from forankring.intake.records import Desk, Piece, Row, Screened, Stated
from forankring.ledger import Note
from forankring.text import inlines

_SEVERAL = re.compile(r"[,;/\n]+")


@dataclass(slots=True)
class Read:
    """What the grids of one file hold."""

    rows: tuple[Row, ...] = ()
    pieces: tuple[Piece, ...] = ()
    stated: tuple[Stated, ...] = ()
    screened: tuple[Screened, ...] = ()
    notes: tuple[Note, ...] = ()
    title: str = ""


def read_tables(grids: Iterable[Grid], desk: Desk) -> Read:
    """Return the remarks of all grids, in their order."""
    headings = Headings(desk.strategy)
    found = [_read_grid(filled_down(grid), headings) for grid in grids]
    return Read(
        rows=tuple(row for read in found for row in read.rows),
        pieces=tuple(piece for read in found for piece in read.pieces),
        stated=tuple(item for read in found for item in read.stated),
        screened=tuple(item for read in found for item in read.screened),
        notes=tuple(note for read in found for note in read.notes),
        title=next((read.title for read in found if read.title), ""),
    )


def _read_grid(grid: Grid, headings: Headings) -> Read:
    """Read one grid; whatever it turns out to be, all its words are screened."""
    columns = by_heading(grid, headings) or by_content(grid)
    if columns:
        reader = _Table(grid, columns)
        read = reader.read()
        read.stated = tuple(_stated(grid, columns, headings, reader.parties))
    else:
        read = _as_text(grid)
    if grid.name:
        screened = Screened(text="\n\n".join(_all_words(grid)), part="sheet", values={"name": grid.name})
        read.screened = (screened,)
    return read


def _all_words(grid: Grid) -> Iterator[str]:
    """Yield all words for screening; a number that lost its first nought as a number gets it back."""
    for text in grid.texts():
        yield text
        if len(text) == 9 and text.isdecimal():
            yield f"cpr 0{text}" if any("cpr" in head.casefold() for row in grid.rows for head in row) else text


@dataclass(slots=True)
class _Table:
    """Walk down the rows of one table, with the last heading between rows in hand."""

    grid: Grid
    columns: Columns
    _senders: list[str] = field(default_factory=list)
    _group: str = ""
    _group_row: int | None = None
    _left: list[str] = field(default_factory=list)

    def read(self) -> Read:
        """Return the rows with all that should be told about them."""
        rows = tuple(self._rows())
        self._end_group()
        above = self.grid.rows[: self.columns.header]
        return Read(
            rows=rows if len(self.parties) < 2 else tuple(map(self._with_party, rows, self._senders)),
            notes=tuple(self._notes()),
            title=next((cell for row in above for cell in row if cell), ""),
        )

    @property
    def parties(self) -> tuple[str, ...]:
        """Whom the rows name as their senders, each once."""
        return tuple(dict.fromkeys(filter(None, self._senders)))

    def _rows(self) -> Iterator[Row]:
        head = self.grid.rows[self.columns.header]
        for index in range(self.columns.header + 1, len(self.grid.rows)):
            row = self.grid.rows[index]
            text, proposal = self._at(row, "text"), self._at(row, "proposal")
            if row == head or not any(row):
                continue
            if WORD.search(text) or WORD.search(proposal):
                self._group_row = None
                self._senders.append(self._at(row, "party"))
                yield self._row(index, row)
            else:
                self._without_text(index, row)

    def _row(self, index: int, row: tuple[str, ...]) -> Row:
        text, proposal = self._at(row, "text"), self._at(row, "proposal")
        is_proposal = not WORD.search(text)
        where = self.columns.fields["proposal" if is_proposal else "text"]
        target = next((row[column] for column in self.columns.targets if row[column]), "")
        classes = tuple(filter(None, _classes(self._at(row, "classes"))))
        return Row(
            text=proposal if is_proposal else text,
            cell=self.grid.cell(index, where),
            line=self.grid.line(index),
            number=self._at(row, "number"),
            target=target or self._group,
            proposal=proposal,
            classes=classes,
            details=tuple(self._details(row, target)),
        )

    def _details(self, row: tuple[str, ...], target: str) -> Iterator[tuple[str, str]]:
        """Yield what has no field: other columns, a second reference, a class that no list knows."""
        head = self.grid.rows[self.columns.header]
        taken = {self.columns.fields.get(name) for name in ("text", "proposal", "number", "party")}
        target_column = next((column for column in self.columns.targets if row[column]), None)
        if self._at(row, "classes") and all(_classes(self._at(row, "classes"))):
            taken.add(self.columns.fields["classes"])
        for column, value in enumerate(row):
            if value and column not in taken and column != target_column and column not in self.columns.contacts:
                yield head[column] or column_name(self.grid.left + column), value
        if target and self._group:
            yield "", self._group

    def _without_text(self, index: int, row: tuple[str, ...]) -> None:
        """Take a row with one cell for a heading of the rows below it, and tell of others that say something."""
        said = [column for column, cell in enumerate(row) if WORD.search(cell)]
        quiet = {*self.columns.fields.values(), *self.columns.targets}
        if len([cell for cell in row if cell]) == 1 and said:
            self._end_group()
            self._group, self._group_row = row[said[0]], index
        elif not quiet.issuperset(said):
            self._left.append(self.grid.told(index))

    def _end_group(self) -> None:
        """Tell of a heading with no row under it."""
        if self._group_row is not None:
            self._left.append(self.grid.told(self._group_row))

    def _with_party(self, row: Row, party: str) -> Row:
        head = self.grid.rows[self.columns.header][self.columns.fields["party"]]
        return replace(row, details=((head, party), *row.details)) if party else row

    def _at(self, row: tuple[str, ...], name: str) -> str:
        column = self.columns.fields.get(name)
        return row[column] if column is not None else ""

    def _notes(self) -> Iterator[Note]:
        head = self.grid.rows[self.columns.header]
        sheet = {"sheet": self.grid.name or "CSV"}
        if self.columns.guessed:
            yield Note(code="text_column_guessed", values={**sheet, "heading": head[self.columns.fields["text"]]})
        above = [self.grid.told(i) for i, row in enumerate(self.grid.rows[: self.columns.header]) if any(row)]
        if above:
            yield Note(code="rows_above_table", values={**sheet, "rows": ", ".join(above)})
        if self._left:
            yield Note(code="rows_without_remark", values={**sheet, "rows": ", ".join(self._left[:50])})
        names = [head[column] for column in self.columns.contacts if _any_below(self.grid, self.columns.header, column)]
        if names:
            yield Note(code="contact_columns_left_out", values={**sheet, "headings": ", ".join(names)})


def _any_below(grid: Grid, header: int, column: int) -> bool:
    return any(row[column] for row in grid.rows[header + 1 :])


def _classes(value: str) -> Iterator[str]:
    """Yield the keys of the classes that a cell names; empty text for a word that is none."""
    words = class_words()
    for part in filter(None, map(normal, _SEVERAL.split(value))):
        yield words.get(part, "")


def _stated(grid: Grid, columns: Columns, headings: Headings, parties: tuple[str, ...]) -> Iterator[Stated]:
    """Yield whom the rows above the table name as the sender, and whom all its rows do."""
    for row in grid.rows[: columns.header]:
        cells = [cell for cell in row if cell]
        label, _, rest = cells[0].partition(":") if cells else ("", "", "")
        guess = headings.guess((label,))[0]
        value = rest.strip() or (cells[1] if len(cells) == 2 else "")
        if guess and guess.field == "party" and value:
            yield Stated(name=value)
    if len(parties) == 1:
        yield Stated(name=parties[0])


def _as_text(grid: Grid) -> Read:
    """Read a sheet that somebody wrote a letter or a poster in: cells that say something are paragraphs."""
    pieces, left = [], 0
    for y, row in enumerate(grid.rows):
        for x, cell in enumerate(row):
            if says(cell) or (cell and grid.width == 1 and WORD.search(cell)):
                node = {"t": "Para", "c": inlines(cell)}
                pieces.append(Piece(node=node, cell=grid.cell(y, x), line=grid.line(y)))
            else:
                left += bool(cell)
    notes = (Note(code="cells_left_out", values={"sheet": grid.name or "CSV", "n": left}),) if left else ()
    return Read(pieces=tuple(pieces), notes=notes)
