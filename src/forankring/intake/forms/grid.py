"""Turn the guarded parts of an Excel workbook into sheets of texts, as somebody reads them on the screen."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from babel.numbers import format_decimal
from lxml import etree

from forankring.intake.guards import Package
from forankring.language import Locale

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_DATES = frozenset((*range(14, 23), *range(45, 48)))
_PERCENTS = frozenset((9, 10))
"""Formats that every workbook knows by their number."""

_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_DAY_ZERO = datetime(1899, 12, 30)
_LAST_DAY = 2_958_465
"""31 December 9999, the last that Excel knows."""

_MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its cells that say something, by row and column from 1."""

    name: str
    hidden: bool
    cells: Mapping[tuple[int, int], str]

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        return self.cells.get((row, column), "")

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that say something."""
        return tuple(sorted({row for row, _ in self.cells}))

    def columns(self, row: int) -> tuple[int, ...]:
        """Return the columns of a row that say something."""
        return tuple(sorted(column for found, column in self.cells if found == row))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What the cells of all sheets need to be read."""

    locale: Locale
    strings: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    shift: int = 0
    parts: Mapping[str, etree._Element] = field(default_factory=dict)


def sheets_of(package: Package, locale: Locale) -> tuple[Sheet, ...]:
    """Return the sheets in the workbook's order; numbers and dates are written as the locale does, resp. as ISO."""
    parts = {part.name: part.root for part in package.parts}
    workbook, relations = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        return ()
    targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
    setting = workbook.find(f"{_S}workbookPr")
    early = setting is not None and setting.get("date1904") in ("1", "true")
    book = _Book(
        locale=locale,
        strings=tuple(_text(item) for item in _children(parts.get("xl/sharedStrings.xml"), "si")),
        formats=_formats(parts.get("xl/styles.xml")),
        shift=1462 if early else 0,
        parts=parts,
    )
    return tuple(_sheets(workbook, targets, book))


def _sheets(workbook: etree._Element, targets: Mapping[str, str], book: _Book) -> Iterator[Sheet]:
    for item in workbook.iter(f"{_S}sheet"):
        target = targets.get(item.get(f"{_R}id", ""), "")
        root = book.parts.get(posixpath.normpath(posixpath.join("/xl", target)).lstrip("/"))
        if root is not None:
            hidden = item.get("state", "visible") != "visible"
            yield Sheet(name=item.get("name", ""), hidden=hidden, cells=dict(_cells(root, book)))


def _cells(root: etree._Element, book: _Book) -> Iterator[tuple[tuple[int, int], str]]:
    for count, cell in enumerate(root.iter(f"{_S}c")):
        place = _CELL.fullmatch(cell.get("r", ""))
        if count > _MOST_CELLS:
            return
        if place and (text := _said(cell, book)):
            yield (int(place[2]), _column(place[1])), text


def _said(cell: etree._Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_text(part) for part in cell.iter(f"{_S}is")).strip()
    value = (cell.findtext(f"{_S}v") or "").strip()
    if kind == "s":
        index = _index(value)
        return book.strings[index].strip() if index is not None and index < len(book.strings) else ""
    if kind == "b":
        return book.locale.label("forms.yes" if value == "1" else "forms.no")
    return _number(value, _format(cell, book), book) if kind == "n" and value else value


def _number(value: str, code: str, book: _Book) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    if code == "date" and 0 <= number + book.shift <= _LAST_DAY:
        moment = _DAY_ZERO + timedelta(days=number + book.shift)
        return moment.date().isoformat() if number == int(number) else moment.isoformat(" ", "minutes")
    if not abs(number) < 1e15:
        return value
    shown = str(format_decimal(number * 100 if code == "percent" else number, "0.##########", locale=book.locale.key))
    return f"{shown} %" if code == "percent" else shown


def _format(cell: etree._Element, book: _Book) -> str:
    style = _index(cell.get("s", ""))
    return book.formats[style] if style is not None and style < len(book.formats) else ""


def _index(text: str) -> int | None:
    """Return a number that counts from 0; None for one that no workbook reaches."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _formats(styles: etree._Element | None) -> tuple[str, ...]:
    """Return for each style of cells whether it shows a ``date`` or a ``percent``."""
    if styles is None:
        return ()
    own = {item.get("numFmtId", ""): _told(item.get("formatCode", "")) for item in styles.iter(f"{_S}numFmt")}
    found = []
    for item in _children(styles.find(f"{_S}cellXfs"), "xf"):
        number = item.get("numFmtId", "")
        known = _index(number)
        found.append(own.get(number) or ("date" if known in _DATES else "percent" if known in _PERCENTS else ""))
    return tuple(found)


def _told(code: str) -> str:
    bare = _QUOTED.sub("", code).lower()
    if "%" in bare:
        return "percent"
    return "date" if re.search(r"[dy]", bare) and "general" not in bare else ""


def _text(item: etree._Element) -> str:
    """Return a text of one or many runs, without the reading aids of Japanese."""
    found = (part for part in item.iter(f"{_S}t") if part.getparent() is not None)
    kept = (part for part in found if part.getparent().tag != f"{_S}rPh")  # type: ignore[union-attr]  # seen above
    return "".join(part.text or "" for part in kept).replace("_x000D_", "").replace("\r\n", "\n")


def _children(parent: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return iter(()) if parent is None else parent.iterchildren(f"{_S}{name}")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(column: int) -> str:
    """Return a column's letters: 28 is ``AB``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
