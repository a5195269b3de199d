"""Turn a Word form that came back into its answers: found by bookmark, else by tag, else by the words of its labels."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from forankring.intake.forms.answers import Answer, check_filled, gaps, source_of
from forankring.intake.forms.controls import BOOKMARK, kind_bookmark, name_in
from forankring.intake.forms.fields import Field, FormKind, Shape, form_of
from forankring.intake.forms.word_text import (
    W,
    first_line,
    marks_of,
    paragraph_text,
    rows_of,
    said,
    style_of,
)
from forankring.intake.forms.words import (
    bare,
    fields_by_label,
    foots,
    group_names,
    groups_by_labels,
    kind_of,
    label,
    own_lines,
    own_texts,
    question_heads,
)
from forankring.intake.records import Desk, Extract, Original, Piece
from forankring.ledger import InputKind, Note
from forankring.text import clean_text, para

_OWN_STYLE = "Form"
_TICK = re.compile(r"[\u2610\u2611\u2612]\ufe0e?")
_TICKED = re.compile(r"[\u2611\u2612]\ufe0e?\s*(\w+)")
_UNTICKED = re.compile(r"\u2610\ufe0e?\s*\w+")


@dataclass(slots=True)
class _Found:
    """What was found so far, and the headings that it stands under: the last one, and the last of a section."""

    heading: str = ""
    section: str = ""
    answers: list[Answer] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


def read_word_form(root: etree._Element, original: Original, desk: Desk) -> Extract | None:
    """Return what stands in a form of ours, or None where the file is none. Raises InputError for an empty form."""
    kind = _kind(root)
    if kind is None:
        return None
    found = _Reader(form_of(kind), desk).read(root)
    source = source_of(kind, found.answers, desk, original.file.place)
    pieces = tuple(Piece(node=para(clean_text(text))) for text in found.outside)
    if not pieces:
        check_filled(source)
    notes = (Note(code="form_text_outside", values={"n": len(pieces)}),) if pieces else ()
    return Extract(form=source, pieces=pieces, notes=(*notes, *gaps(source, desk.locale)))


def _kind(root: etree._Element) -> InputKind | None:
    """Tell the form's kind by the bookmark at its title, else by the answer to its first question."""
    marks = set(marks_of(root))
    for kind in InputKind:
        if kind_bookmark(kind) in marks:
            return kind
    label_words = {word for kind in InputKind for word, item in fields_by_label(kind).items() if item.name == "kind"}
    for table in root.iter(f"{W}tbl"):
        for cells in rows_of(table)[:3]:
            if len(cells) > 1 and bare(first_line(cells[0])) in label_words:
                return kind_of(said(cells[1]))
    return None


class _Reader:
    """Walk through a form from top to bottom."""

    def __init__(self, form: FormKind, desk: Desk) -> None:
        self._form, self._desk = form, desk
        self._own = own_texts(form.kind)
        self._groups = group_names(form.kind)
        self._found = _Found()

    def read(self, root: etree._Element) -> _Found:
        for element in root.iter(f"{W}p", f"{W}tbl"):
            if next(element.iterancestors(f"{W}tbl"), None) is not None:
                continue
            if element.tag == f"{W}p":
                self._paragraph(element)
            else:
                self._table(rows_of(element))
        return self._found

    def _paragraph(self, paragraph: etree._Element) -> None:
        text, style = paragraph_text(paragraph).strip(), style_of(paragraph)
        if text in self._own:
            self._found.heading = text
            self._found.section = self._found.section if text in self._groups else text
        elif text and not style.startswith(_OWN_STYLE) and not self._is_own(" ".join(text.split())):
            self._found.outside.append(text)

    def _table(self, rows: list[list[etree._Element]]) -> None:
        """Read row by row: office programs join tables that have nothing between them."""
        columns: Mapping[int, Field] = {}
        n = 0
        for cells in rows:
            heads = self._heads(cells)
            item = None if heads else self._asked(cells)
            if heads:
                columns, n = heads, 0
            elif item:
                columns = {}
                self._question(item, cells)
            elif _without_ends(map(first_line, cells)) in question_heads():
                columns = {}
            elif columns := columns or self._tagged(cells):
                n += 1
                self._group_row(columns, n, cells)
            else:
                self._outside(" – ".join(text for cell in cells if (text := said(cell))))

    def _heads(self, cells: list[etree._Element]) -> Mapping[int, Field]:
        """Return the columns of a repeated group by their place, where this is the head of one."""
        marked = {n: item for n, cell in enumerate(cells) if (item := self._marked(cell, BOOKMARK)) and item.column}
        if marked:
            return marked
        heads = [bare(first_line(cell)) for cell in cells]
        for group, columns in groups_by_labels(self._form.kind):
            if set(heads) >= set(columns) and bare(self._found.heading) in (bare(label(group, self._desk.locale)), ""):
                return {n: columns[head] for n, head in enumerate(heads) if head in columns}
        for _, columns in groups_by_labels(self._form.kind):
            if set(heads) >= set(columns):
                return {n: columns[head] for n, head in enumerate(heads) if head in columns}
        return {}

    def _tagged(self, cells: list[etree._Element]) -> Mapping[int, Field]:
        """Return the columns of a group that has lost its head, by the tags in a row."""
        return {n: item for n, cell in enumerate(cells) if (item := self._marked(cell)) and item.column}

    def _group_row(self, columns: Mapping[int, Field], n: int, cells: list[etree._Element]) -> None:
        group = next(iter(columns.values())).path[0]
        row = self._found.rows.setdefault(group, 0)
        self._found.rows[group] += 1
        place = self._desk.locale.label("forms.places.row", n=n, heading=self._heading_of(group))
        for index, cell in enumerate(cells):
            if index in columns:
                self._answer(columns[index], cell, place, row)
            else:
                self._outside(said(cell))

    def _asked(self, cells: list[etree._Element]) -> Field | None:
        """Return the field that a row asks for, where it is a row of question and answer."""
        if len(cells) < 2:
            return None
        by_mark = (self._marked(cell) for cell in cells)
        item = next((item for item in by_mark if item), None) or self._labelled(cells[0])
        return item if item and not item.column else None

    def _question(self, item: Field, cells: list[etree._Element]) -> None:
        place = self._desk.locale.label("forms.places.heading", heading=self._found.section or self._form_title())
        self._answer(item, cells[1], place, None)
        for cell in cells[2:]:
            self._outside(said(cell))

    def _answer(self, item: Field, cell: etree._Element, place: str, row: int | None) -> None:
        text = _ticked(said(cell)) if item.shape == Shape.YES_NO else said(cell)
        self._found.answers.append(Answer(field=item, text=text, row=row, place=place))

    def _labelled(self, cell: etree._Element) -> Field | None:
        return fields_by_label(self._form.kind).get(bare(first_line(cell)))

    def _outside(self, text: str) -> None:
        if text:
            self._found.outside.append(text)

    def _marked(self, cell: etree._Element, start: str = "") -> Field | None:
        """Return the field that a bookmark or a tag in the cell leads to; ``start`` picks one of the two."""
        names = (name_in(mark) for mark in marks_of(cell) if mark.startswith(start))
        return next((item for name in names if name and (item := self._form.field(name))), None)

    def _heading_of(self, group: str) -> str:
        return self._desk.locale.field_label(group)

    def _form_title(self) -> str:
        return self._desk.locale.label(f"choices.kind.{self._form.kind}")

    def _is_own(self, line: str) -> bool:
        """Tell whether a form has this line of its own: programs that save it as mere text drop its styles."""
        return line in self._known or line.startswith(foots(self._form.kind, self._desk.strategy))

    @functools.cached_property
    def _known(self) -> frozenset[str]:
        return own_lines(self._form.kind, self._desk.strategy)


def _without_ends(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts up to the last that says something: joined tables are as wide as the widest of them."""
    found = list(texts)
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _ticked(text: str) -> str:
    """Return the word whose box is ticked, or what was written beside the boxes; both where somebody ticked both."""
    if not _TICK.search(text):
        return text
    words = _TICKED.findall(text)
    rest = _UNTICKED.sub("", _TICKED.sub("", text)).strip()
    return " ".join([*words, *([rest] if rest else [])])
