"""Turn a form into a Word file to fill in: headings, tables of question and answer, content controls, bookmarks."""

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from forankring.intake.forms.controls import bookmark, bookmark_name, control, kind_bookmark
from forankring.intake.forms.fields import Field, Section, Shape, form_of
from forankring.intake.forms.packing import packed
from forankring.intake.forms.word_look import TEXT_WIDTH, TURNED_WIDTH, dress, shade, table_of
from forankring.intake.forms.words import Order, column_label, help_text, label, marked, options

WIDE = 6
"""From so many columns on a group's table lies on a page that is turned."""

_ROWS = 4
_LABEL = 62
"""Millimetres of the column of questions."""

_WEIGHTS = {Shape.LONG: 3.2, Shape.TEXT: 1.6, Shape.SUGGESTED: 1.9, Shape.CHOICE: 1.5, Shape.CHOICES: 1.5}
_NARROW = frozenset({"number"})


def write_word_form(order: Order) -> bytes:
    """Return the form as a Word file."""
    writer = _Writer(order)
    writer.write()
    made = io.BytesIO()
    writer.document.save(made)
    office = order.strategy.imprint.publisher
    return packed(made.getvalue(), title=order.title, creator=office, language=order.locale.name)


class _Writer:
    """Write one document from top to bottom; count its controls and bookmarks."""

    def __init__(self, order: Order) -> None:
        self.order, self.locale = order, order.locale
        self.document: Any = Document()
        self._number = 0

    def write(self) -> None:
        order = self.order
        dress(self.document, order.look, self.locale, f"{order.title} · {order.strategy.title}")
        title = self.document.add_paragraph(order.title, style="Title")
        for part in bookmark(kind_bookmark(order.kind), self._next()):
            title._p.append(part)
        self.document.add_paragraph(order.strategy.title, style="Form Subtitle")
        for line in order.lines():
            self.document.add_paragraph(line, style="Form Box")
        for section in form_of(order.kind).sections:
            self._section(section)

    def _section(self, section: Section) -> None:
        heading = self.locale.label(f"forms.sections.{section.key}")
        if _is_wide(section.fields[0]):
            self._turn(landscape=True)
        self.document.add_heading(heading, level=1)
        for grouped, items in groupby(section.fields, lambda item: item.shape == Shape.GROUP):
            if grouped:
                for item in items:
                    self._group(item, heading)
            else:
                self._questions(tuple(items), heading)

    def _questions(self, items: Sequence[Field], heading: str) -> None:
        heads = (self.locale.label("forms.question"), self.locale.label("forms.answer"))
        table = table_of(self.document, heads, (_LABEL, TEXT_WIDTH - _LABEL), heading, self.order.look)
        for item in items:
            row = table.add_row()
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
            name = label(item, self.locale)
            self._label(row.cells[0], name, item, help_text(item, self.order))
            shade(row.cells[0], self.order.look.colours.tint)
            self._answer(row.cells[1], item, name)

    def _group(self, item: Field, heading: str) -> None:
        name = label(item, self.locale)
        wide = _is_wide(item)
        if name != heading:
            self.document.add_heading(name, level=2)
        for text in (help_text(item, self.order), self.locale.label("forms.more_rows")):
            if text:
                self.document.add_paragraph(text, style="Form Help").paragraph_format.keep_with_next = True
        names = [column_label(column, self.locale) for column in item.columns]
        widths = _widths(item, TURNED_WIDTH if wide else TEXT_WIDTH)
        table = table_of(self.document, [""] * len(names), widths, name, self.order.look)
        for cell, column, text in zip(table.rows[0].cells, item.columns, names, strict=True):
            self._label(cell, text, column, "")
        for _ in range(_ROWS):
            for cell, column, text in zip(table.add_row().cells, item.columns, names, strict=True):
                self._answer(cell, column, f"{name}: {text}")
        if wide:
            self._turn(landscape=False)
        else:
            self.document.add_paragraph(style="Form Help")

    def _label(self, cell: Any, name: str, item: Field, said: str) -> None:
        """Write the name with its bookmark, a mark where an answer is asked for, and what helps below."""
        paragraph = cell.paragraphs[0]
        paragraph.style = "Form Label"
        start, end = bookmark(bookmark_name(item.name), self._next())
        paragraph._p.append(start)
        paragraph.add_run(marked(item, name, self.locale))
        paragraph._p.append(end)
        for line in filter(None, said.split("\n")):
            cell.add_paragraph(line, style="Form Help")

    def _answer(self, cell: Any, item: Field, name: str) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = "Form Answer"
        value = self.order.title if item.name == "kind" else self.order.filled.get(item.name, "")
        hint = self.locale.label(f"forms.placeholders.{_placeholder(item)}")
        for part in control(item, name, self._next(), options(item, self.order), hint, value):
            paragraph._p.append(part)

    def _turn(self, *, landscape: bool) -> None:
        section = self.document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        width, height = (297, 210) if landscape else (210, 297)
        section.page_width, section.page_height = Mm(width), Mm(height)

    def _next(self) -> int:
        self._number += 1
        return self._number


def _is_wide(item: Field) -> bool:
    return len(item.columns) >= WIDE


def _placeholder(item: Field) -> str:
    if item.shape in (Shape.CHOICE, Shape.CHOICES):
        return "choice"
    shape = "suggested" if item.shape == Shape.SUGGESTED else "date" if item.shape == Shape.DATE else ""
    return f"{shape or 'text'}_cell" if item.column else shape or "text"


def _widths(group: Field, room: int) -> Iterator[float]:
    weights = [0.9 if item.path[-1] in _NARROW else _WEIGHTS.get(item.shape, 1.3) for item in group.columns]
    return (room * weight / sum(weights) for weight in weights)
