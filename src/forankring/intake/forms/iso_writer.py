"""Turn a strategy into the ISO/IEC commenting template to fill in, as a Word file and as an Excel workbook."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from forankring.intake.forms.excel_look import Paint, set_page, set_widths
from forankring.intake.forms.excel_writer import sheet_name
from forankring.intake.forms.iso import TYPES, Column
from forankring.intake.forms.packing import packed
from forankring.intake.forms.word_look import TURNED_WIDTH, dress, table_of
from forankring.intake.forms.words import Order

_ROWS = 12
_SHEET_ROWS = 200
_WIDTHS = {
    Column.MEMBER: 20,
    Column.LINE: 18,
    Column.CLAUSE: 28,
    Column.PARAGRAPH: 30,
    Column.TYPE: 20,
    Column.COMMENT: 56,
    Column.PROPOSAL: 50,
    Column.SECRETARIAT: 31,
}
"""Millimetres in Word; about half as many letters in Excel."""


def write_word_template(order: Order) -> bytes:
    """Return the template as a Word file, each row with the party's name."""
    document: Any = Document()
    title = order.locale.label("forms.iso_title")
    dress(document, order.look, order.locale, f"{title} · {order.strategy.title}")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    document.add_paragraph(title, style="Title")
    document.add_paragraph(order.strategy.title, style="Form Subtitle")
    for line in _lines(order):
        document.add_paragraph(line, style="Form Box")
    document.add_paragraph(style="Form Help")
    widths = [_WIDTHS[column] * TURNED_WIDTH / sum(_WIDTHS.values()) for column in Column]
    table = table_of(document, _heads(order, official=True), widths, title, order.look)
    for cell, said in zip(table.rows[0].cells, _heads(order, official=False), strict=True):
        cell.add_paragraph(said, style="Form Help")
    for _ in range(_ROWS):
        for cell, column in zip(table.add_row().cells, Column, strict=True):
            cell.paragraphs[0].style = "Form Answer"
            cell.paragraphs[0].add_run(_beforehand(order, column))
    made = io.BytesIO()
    document.save(made)
    return _packed(order, made.getvalue(), title)


def write_excel_template(order: Order) -> bytes:
    """Return the template as an Excel workbook, each row with the party's name."""
    book: Any = Workbook()
    sheet, paint, title = book.active, Paint(order.look), order.locale.label("forms.iso_title")
    sheet.title = sheet_name(title)
    lines = (title, order.strategy.title, *_lines(order))
    for row, line in enumerate(lines, 1):
        sheet.cell(row, 1, line)
        (paint.title if row == 1 else paint.heading if row == 2 else paint.plain)(sheet.cell(row, 1))
    head = len(lines) + 2
    for n, (official, own) in enumerate(
        zip(_heads(order, official=True), _heads(order, official=False), strict=True), 1
    ):
        sheet.cell(head, n, official if official == own else f"{official}\n{own}")
        paint.label(sheet.cell(head, n))
    sheet.row_dimensions[head].height = 64
    for row in range(head + 1, head + 1 + _SHEET_ROWS):
        for n, column in enumerate(Column, 1):
            paint.answer(sheet.cell(row, n))
            sheet.cell(row, n).value = _beforehand(order, column) or None
    rule = DataValidation(type="list", formula1=f'"{",".join(TYPES)}"', allow_blank=True, showErrorMessage=False)
    letter = get_column_letter(list(Column).index(Column.TYPE) + 1)
    rule.add(f"{letter}{head + 1}:{letter}{head + _SHEET_ROWS}")
    sheet.add_data_validation(rule)
    sheet.freeze_panes = f"A{head + 1}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties()
    widths = {column: _WIDTHS[column] * 0.8 for column in Column}
    widths[Column.MEMBER] = max(widths[Column.MEMBER], len(_beforehand(order, Column.MEMBER)) + 3)  # rows keep one line
    set_widths(sheet, list(widths.values()))
    set_page(sheet, landscape=True, head=head, foot=f"{title} · {order.strategy.title}")
    made = io.BytesIO()
    book.save(made)
    return _packed(order, made.getvalue(), title)


def _lines(order: Order) -> Sequence[str]:
    """Say which round and draft it is about, and how to write."""
    said = [line for line in order.lines() if not line.startswith(order.locale.label("forms.fields"))]
    version = order.filled.get("about.version", "")
    if version:
        said.insert(1, f"{order.locale.label('forms.iso.document')}: {version}")
    return (*said, order.locale.label("forms.iso.how"), order.locale.label("forms.iso.types"))


def _heads(order: Order, *, official: bool) -> list[str]:
    names = "headings" if official else "columns"
    return [order.locale.label(f"forms.iso.{names}.{column}") for column in Column]


def _beforehand(order: Order, column: Column) -> str:
    return order.filled.get("party.name", "") if column == Column.MEMBER else ""


def _packed(order: Order, data: bytes, title: str) -> bytes:
    return packed(data, title=title, creator=order.strategy.imprint.publisher, language=order.locale.name)
