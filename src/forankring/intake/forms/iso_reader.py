"""Turn a filled-in ISO/IEC commenting template, in Word or Excel, into one remark a row."""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from forankring.intake.forms.grid import Sheet, letters_of
from forankring.intake.forms.iso import Column, Line, columns_in, extract_of
from forankring.intake.forms.word_text import W, paragraph_text, rows_of, said, style_of
from forankring.intake.records import Desk, Extract, Original

_HEAD_ROWS = 12
"""The head is looked for in the first rows."""


def read_word_template(root: etree._Element, original: Original, desk: Desk) -> Extract | None:
    """Return the remarks in a Word template, or None where the file is none. Raises InputError for an empty one."""
    lines: list[Line] = []
    headings: dict[Column, str] = {}
    for table in root.iter(f"{W}tbl"):
        rows = rows_of(table)
        head, columns = _head(rows)
        headings = {column: " ".join(said(rows[head][n]).split()) for n, column in columns.items()} | headings
        for number, cells in enumerate(rows[head + 1 :] if columns else (), head + 2):
            texts = {column: said(cells[n]) for n, column in columns.items() if n < len(cells)}
            lines.append(Line(cells=texts, cell=desk.locale.label("forms.places.table_row", n=number)))
    return extract_of(lines, headings, _beside(root), original.file.place) if headings else None


def read_excel_template(sheets: Sequence[Sheet], original: Original, desk: Desk) -> Extract | None:
    """Return the remarks in an Excel template, or None where the file is none. Raises InputError for an empty one."""
    lines: list[Line] = []
    headings: dict[Column, str] = {}
    for sheet in sheets:
        for row in sheet.rows[:_HEAD_ROWS]:
            columns = columns_in([sheet.text(row, n) for n in range(1, max(sheet.columns(row)) + 1)])
            if columns:
                headings = {column: " ".join(sheet.text(row, n + 1).split()) for n, column in columns.items()}
                lines += _lines(sheet, row, columns)
                break
    return extract_of(lines, headings, (), original.file.place) if headings else None


def _lines(sheet: Sheet, head: int, columns: Mapping[int, Column]) -> Iterator[Line]:
    at = next(n + 1 for n, column in columns.items() if column == Column.COMMENT)
    for row in (row for row in sheet.rows if row > head):
        texts = {column: sheet.text(row, n + 1) for n, column in columns.items()}
        yield Line(cells=texts, cell=f"{sheet.name}!{letters_of(at)}{row}")


def _head(rows: list[list[etree._Element]]) -> tuple[int, Mapping[int, Column]]:
    """Return the row that names the columns, and which; without any it is no template. Numbers may stand above it."""
    for n, cells in enumerate(rows[:_HEAD_ROWS]):
        columns = columns_in([said(cell) for cell in cells])
        if columns:
            return n, columns
    return 0, {}


def _beside(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what stands outside all tables and is not the template's own."""
    for paragraph in root.iter(f"{W}p"):
        text = paragraph_text(paragraph).strip()
        inside = next(paragraph.iterancestors(f"{W}tbl"), None) is not None
        if text and not inside and not style_of(paragraph).startswith(("Form", "Title")):
            yield text, ""
