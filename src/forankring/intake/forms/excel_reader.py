"""Turn an Excel form that came back into its answers: found by the hidden names of fields, else by its labels."""

from collections.abc import Mapping, Sequence

from forankring.intake.forms.answers import Answer, check_filled, gaps, source_of
from forankring.intake.forms.fields import Field, FormKind, Shape, form_of
from forankring.intake.forms.grid import Sheet, letters_of
from forankring.intake.forms.words import (
    KIND,
    bare,
    fields_by_label,
    groups_by_labels,
    is_list_sheet,
    kind_of,
    own_texts,
)
from forankring.intake.records import Desk, Extract, Original, Piece
from forankring.ledger import InputKind, Note
from forankring.text import clean_text, para

_LABEL, _ANSWER, _HELP, _NAME = 1, 2, 3, 4
_HEAD_ROWS = 12
"""The heads of a sheet are looked for in its first rows."""


def read_excel_form(sheets: Sequence[Sheet], original: Original, desk: Desk) -> Extract | None:
    """Return what stands in a form of ours, or None where the workbook is none. Raises InputError for an empty form."""
    kind = _kind(sheets)
    if kind is None:
        return None
    reader = _Reader(form_of(kind), desk)
    for sheet in sheets:
        reader.read(sheet)
    source = source_of(kind, reader.answers, desk, original.file.place)
    if not reader.outside:
        check_filled(source)
    notes = (Note(code="form_text_outside", values={"n": len(reader.outside)}),) if reader.outside else ()
    return Extract(form=source, pieces=tuple(reader.outside), notes=(*notes, *gaps(source, desk.locale)))


def _kind(sheets: Sequence[Sheet]) -> InputKind | None:
    """Tell the form's kind by its hidden mark, else by the answer to its first question."""
    for sheet in sheets:
        for text in sheet.cells.values():
            if text.startswith(KIND):
                return kind_of(text.removeprefix(KIND))
    label_words = {word for kind in InputKind for word, item in fields_by_label(kind).items() if item.name == "kind"}
    for sheet in sheets:
        for row in sheet.rows[:_HEAD_ROWS]:
            if bare(sheet.text(row, _LABEL)) in label_words:
                return kind_of(sheet.text(row, _ANSWER))
    return None


class _Reader:
    """Walk through a form sheet by sheet."""

    def __init__(self, form: FormKind, desk: Desk) -> None:
        self._form, self._desk = form, desk
        self._own = own_texts(form.kind)
        self._rows: dict[str, int] = {}
        self.answers: list[Answer] = []
        self.outside: list[Piece] = []

    def read(self, sheet: Sheet) -> None:
        """Read one sheet: questions and answers, a repeated group, or something that the sender added."""
        if sheet.hidden and is_list_sheet(sheet.name):
            return
        asked = {row: item for row in sheet.rows if (item := self._asked(sheet, row))}
        head, columns = self._columns(sheet)
        if columns:  # first: an answer in a group may be a word that is also a field's name, such as »start«
            self._group(sheet, head, columns)
        elif asked:
            self._questions(sheet, asked)
        else:
            for row in sheet.rows:
                self._add(sheet, row, sheet.columns(row))

    def _asked(self, sheet: Sheet, row: int) -> Field | None:
        named = (self._form.field(sheet.text(row, column)) for column in sheet.columns(row) if column > _ANSWER)
        item = next((item for item in named if item), None)
        item = item or fields_by_label(self._form.kind).get(bare(sheet.text(row, _LABEL)))
        return None if item is None or item.column else item

    def _questions(self, sheet: Sheet, asked: Mapping[int, Field]) -> None:
        first = min(asked)
        for row in sorted({*sheet.rows, *asked}):
            item = asked.get(row)
            if item and item.shape != Shape.GROUP:
                self._answer(item, sheet, row, _ANSWER, None)
            if item:
                self._add(sheet, row, [column for column in sheet.columns(row) if column > _NAME])
            elif row > first and sheet.text(row, _LABEL) not in self._own:
                self._add(sheet, row, sheet.columns(row))

    def _columns(self, sheet: Sheet) -> tuple[int, Mapping[int, Field]]:
        """Return the last row of a group's head, and its columns; nothing where the sheet is no group."""
        by_name: Mapping[int, Field] = {}
        for row in sheet.rows[:_HEAD_ROWS]:
            cells = {column: sheet.text(row, column) for column in sheet.columns(row)}
            named = {n: item for n, text in cells.items() if (item := self._form.field(text)) and item.column}
            by_name = by_name or (named if len(named) > 1 else {})
            for _, columns in groups_by_labels(self._form.kind):
                heads = {n: columns[bare(text)] for n, text in cells.items() if bare(text) in columns}
                if len(heads) == len(columns) and (not by_name or _group(by_name) == _group(heads)):
                    return row, by_name or heads
        return (sheet.rows[0] if by_name else 0), by_name

    def _group(self, sheet: Sheet, head: int, columns: Mapping[int, Field]) -> None:
        name = _group(columns)
        for row in (row for row in sheet.rows if row > head):
            number = self._rows.setdefault(name, 0)
            self._rows[name] += 1
            for column, item in columns.items():
                self._answer(item, sheet, row, column, number)
            self._add(sheet, row, [column for column in sheet.columns(row) if column not in columns])

    def _answer(self, item: Field, sheet: Sheet, row: int, column: int, number: int | None) -> None:
        cell = f"{letters_of(column)}{row}"
        place = self._desk.locale.label("forms.places.cell", cell=cell, sheet=sheet.name)
        text = sheet.text(row, column)
        self.answers.append(Answer(field=item, text=text, row=number, place=place, cell=f"{sheet.name}!{cell}"))

    def _add(self, sheet: Sheet, row: int, columns: Sequence[int]) -> None:
        """Keep what the sender wrote beside the fields."""
        self.outside += [
            Piece(node=para(clean_text(sheet.text(row, column))), cell=f"{sheet.name}!{letters_of(column)}{row}")
            for column in columns
        ]


def _group(columns: Mapping[int, Field]) -> str:
    return next(iter(columns.values())).path[0]
