"""Turn a form into an Excel workbook to fill in: a sheet of questions, one for each repeated group, and lists."""

import io
import re
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from forankring.intake.forms.excel_look import Paint, lines_in, set_page, set_widths
from forankring.intake.forms.fields import Field, Section, Shape, form_of
from forankring.intake.forms.packing import packed
from forankring.intake.forms.words import KIND, Order, column_label, help_text, label, marked, options

ROWS = 20
"""Rows of a group that are painted and have their lists; whoever needs more writes on."""

_LONG_ROW, _LINE = 62, 15.5
_WIDTHS = {Shape.LONG: 46, Shape.SUGGESTED: 26, Shape.NUMBER: 13, Shape.DATE: 16, Shape.CHOICE: 22, Shape.CHOICES: 22}
_QUESTION, _ANSWER, _HELP = 38, 62, 50
_SHEET_MARKS = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET = 31


def write_excel_form(order: Order) -> bytes:
    """Return the form as an Excel workbook."""
    writer = _Writer(order)
    writer.write()
    made = io.BytesIO()
    writer.book.save(made)
    office = order.strategy.imprint.publisher
    return packed(made.getvalue(), title=order.title, creator=office, language=order.locale.name)


def sheet_name(text: str) -> str:
    """Return a name that Excel takes for a sheet."""
    return _SHEET_MARKS.sub(" ", text)[:_LONGEST_SHEET].strip()


class _Writer:
    """Write one workbook, sheet by sheet; keep the lists that cells choose from on a hidden one."""

    def __init__(self, order: Order) -> None:
        self.order, self.locale = order, order.locale
        self.paint = Paint(order.look)
        self.book: Any = Workbook()
        self.lists: dict[tuple[str, ...], str] = {}
        self.foot = f"{order.title} · {order.strategy.title}"

    def write(self) -> None:
        self.main = self.book.active
        self.main.title = sheet_name(self.locale.label("forms.sheet"))
        self.choices = self.book.create_sheet(sheet_name(self.locale.label("forms.lists")))
        self.choices.sheet_state = "hidden"
        row = self._top()
        for section in form_of(self.order.kind).sections:
            row = self._section(section, row)
        self._finish(self.main, [_QUESTION, _ANSWER, _HELP], head=0, landscape=False)
        self.main.column_dimensions["D"].hidden = True
        self.book.move_sheet(self.choices, len(self.book.sheetnames))

    def _top(self) -> int:
        """Write title and introduction; return the next free row."""
        sheet = self.main
        sheet["A1"], sheet["A2"] = self.order.title, self.order.strategy.title
        sheet["D1"] = f"{KIND}{self.order.kind}"
        self.paint.title(sheet["A1"])
        self.paint.plain(sheet["A2"])
        sheet.row_dimensions[1].height = 30
        lines = self.order.lines()
        for row, line in enumerate(lines, 3):
            sheet.cell(row, 1, line)
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
            self.paint.said(sheet.cell(row, 1))
            sheet.row_dimensions[row].height = _LINE * lines_in(line, _QUESTION + _ANSWER + _HELP)
        return 3 + len(lines)

    def _section(self, section: Section, row: int) -> int:
        row += 1
        self.main.cell(row, 1, self.locale.label(f"forms.sections.{section.key}"))
        self.paint.heading(self.main.cell(row, 1))
        self.main.row_dimensions[row].height = 24
        for item in section.fields:
            row += 1
            self._question(item, row)
        return row + 1

    def _question(self, item: Field, row: int) -> None:
        sheet, name, said = self.main, label(item, self.locale), help_text(item, self.order)
        name_shown = marked(item, name, self.locale)
        sheet.cell(row, 1, name_shown)
        sheet.cell(row, 3, said)
        sheet.cell(row, 4, item.name)
        self.paint.label(sheet.cell(row, 1))
        self.paint.answer(sheet.cell(row, 2))
        self.paint.said(sheet.cell(row, 3))
        needed = max(lines_in(name_shown, _QUESTION), lines_in(said, _HELP)) * _LINE + 4
        sheet.row_dimensions[row].height = max(needed, _LONG_ROW if item.shape in _ROOMY else 0)
        if item.shape == Shape.GROUP:
            self._group(item, name, sheet.cell(row, 2))
        else:
            self._fill(item, sheet.cell(row, 2))
            self._choose(item, sheet, f"B{row}")

    def _fill(self, item: Field, cell: Any) -> None:
        value = self.order.title if item.name == "kind" else self.order.filled.get(item.name, "")
        if value:
            cell.value = value

    def _group(self, item: Field, name: str, link: Any) -> None:
        """Write the group's own sheet, and lead there from the sheet of questions."""
        sheet = self.book.create_sheet(sheet_name(name))
        link.value = self.locale.label("forms.see_sheet", sheet=sheet.title)
        link.hyperlink = f"#{quote_sheetname(sheet.title)}!A5"
        sheet["A2"], sheet["A3"] = name, f"{help_text(item, self.order)} {self.locale.label('forms.more_rows')}".strip()
        self.paint.heading(sheet["A2"])
        self.paint.plain(sheet["A3"])
        widths: list[float] = []
        for n, column in enumerate(item.columns, 1):
            sheet.cell(1, n, column.name)
            sheet.cell(4, n, marked(column, column_label(column, self.locale), self.locale))
            self.paint.label(sheet.cell(4, n))
            for row in range(5, 5 + ROWS):
                self.paint.answer(sheet.cell(row, n))
            letter = get_column_letter(n)
            self._choose(column, sheet, f"{letter}5:{letter}{4 + ROWS}")
            widths.append(_WIDTHS.get(column.shape, 24 if column.path[-1] != "number" else 8))
        sheet.row_dimensions[1].hidden = True
        sheet.freeze_panes = "A5"
        self._finish(sheet, widths, head=4, landscape=True)

    def _choose(self, item: Field, sheet: Any, cells: str) -> None:
        """Give cells their list; only a plain choice refuses other words."""
        words = options(item, self.order)
        if not words or item.name == "kind":
            return
        rule = DataValidation(type="list", formula1=self._list(words), allow_blank=True)
        rule.showErrorMessage = item.shape in (Shape.CHOICE, Shape.YES_NO)
        rule.add(cells)
        sheet.add_data_validation(rule)

    def _list(self, words: tuple[str, ...]) -> str:
        """Return where the words stand on the hidden sheet."""
        if words not in self.lists:
            column = len(self.lists) + 1
            for row, word in enumerate(words, 1):
                self.choices.cell(row, column, word)
            letter = get_column_letter(column)
            where = f"{quote_sheetname(self.choices.title)}!${letter}$1:${letter}${len(words)}"
            self.lists[words] = where
        return self.lists[words]

    def _finish(self, sheet: Any, widths: list[float], *, head: int, landscape: bool) -> None:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties()
        set_widths(sheet, widths)
        set_page(sheet, landscape=landscape, head=head, foot=self.foot)


_ROOMY = frozenset({Shape.LONG, Shape.LINES})
