"""Turn the content of an OpenDocument workbook into lists of cells, as ``sheet_worker`` does with the other workbooks.

Not by python-calamine: it joins the lines of a cell without anything between them.
"""

import re
from collections.abc import Iterator
from datetime import datetime, time
from itertools import islice
from typing import Any

from lxml import etree

from forankring.errors import InputError
from forankring.intake.readers.sheet_worker import MAX_SHEETS
from forankring.intake.records import Original

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_GAPS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_BESIDE = frozenset({f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_TEXT}note", f"{_TEXT}ruby-text"})
_MOST_SPACES = 40
"""In a row, as many as the letters that ask for them: a small file must not ask for gigabytes."""
MOST_CELLS = 250_000
"""Cells of one workbook, empty ones between them included: they are read in this process."""
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)[\d:.,]*)?")


def sheets_in(root: etree._Element, original: Original) -> list[dict[str, Any]]:
    """Return the sheets of ``content.xml`` in their order; raise InputError where they or their cells are too many."""
    hidden = {
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        if any(item.get(f"{_TABLE}display") == "false" for item in style.iter(f"{_STYLE}table-properties"))
    }
    sheets, left = [], MOST_CELLS
    tables = [table for table in root.iter(f"{_TABLE}table") if _above(table, f"{_TABLE}table") is None]
    if len(tables) > MAX_SHEETS:
        raise InputError(original.problem("too_heavy"))
    for table in tables:
        cells, merged = _cells(table, left)
        rows = _rows(cells, left)
        if rows is None:
            raise InputError(original.problem("too_heavy"))
        left -= len(rows) * len(rows[0]) if rows else 0
        top, first = min((y for y, _ in cells), default=0), min((x for _, x in cells), default=0)
        about = {"name": table.get(f"{_TABLE}name", ""), "hidden": table.get(f"{_TABLE}style-name", "") in hidden}
        sheets.append({**about, "top": top, "left": first, "rows": rows, "merged": merged})
    return sheets


def _cells(table: etree._Element, most: int) -> tuple[dict[tuple[int, int], Any], list[list[int]]]:
    """Return what the cells hold by row and column from 0, and which are merged; hardly more than ``most`` cells."""
    cells: dict[tuple[int, int], Any] = {}
    merged: list[list[int]] = []
    for y, x, cell, down, across in _placed(table):
        if (value := _value(cell)) != "":
            places = ((y + n, x + m) for n in range(down) for m in range(across))
            cells.update((place, value) for place in islice(places, most + 1 - len(cells)))
        rows, columns = (_times_of(cell.get(f"{_TABLE}number-{name}-spanned")) for name in ("rows", "columns"))
        if rows * columns > 1:
            merged.append([y, x, y + rows - 1, x + columns - 1])
    return cells, merged


def _rows(cells: dict[tuple[int, int], Any], most: int) -> list[list[Any]] | None:
    """Return the smallest block that holds all cells; None where it has more than ``most``."""
    if not cells:
        return []
    ys, xs = {y for y, _ in cells}, {x for _, x in cells}
    if (max(ys) - min(ys) + 1) * (max(xs) - min(xs) + 1) > most:
        return None
    return [[cells.get((y, x), "") for x in range(min(xs), max(xs) + 1)] for y in range(min(ys), max(ys) + 1)]


def _placed(table: etree._Element) -> Iterator[tuple[int, int, etree._Element, int, int]]:
    """Yield each cell with its row and column from 0, and how many rows and columns it is repeated for."""
    y = 0
    for row in table.iter(f"{_TABLE}table-row"):
        if _above(row, f"{_TABLE}table") is not table:
            continue
        down, x = _times(row, "rows"), 0
        for cell in row.iterchildren(*_CELLS):
            across = _times(cell, "columns")
            if len(cell) or cell.get(f"{_OFFICE}value-type"):
                yield y, x, cell, down, across
            x += across
        y += down


def _value(cell: etree._Element) -> Any:
    """Return what a cell holds, as ``sheet_worker`` writes it; a share in percent is text as it is shown."""
    kind, shown = cell.get(f"{_OFFICE}value-type"), "\n".join(_line(part) for part in cell.iterchildren(f"{_TEXT}p"))
    if kind in ("float", "currency"):
        return _number(cell.get(f"{_OFFICE}value", ""), shown)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date" and (moment := _moment(cell.get(f"{_OFFICE}date-value", ""))):
        day = moment.date().isoformat()
        return {"moment": moment.isoformat("T", "minutes")} if moment.time() != time.min else {"day": day}
    return shown or cell.get(f"{_OFFICE}string-value", "")


def _moment(value: str) -> datetime | None:
    """Return the day and minute; None for one that no calendar has."""
    found = _MOMENT.fullmatch(value)
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}") if found else None
    except ValueError:
        return None


def _number(value: str, shown: str) -> Any:
    try:
        return float(value)
    except ValueError:
        return shown


def _line(paragraph: etree._Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(_times_of(child.get(f"{_TEXT}c")), _MOST_SPACES)
        elif child.tag in _GAPS:
            yield _GAPS[str(child.tag)]
        elif child.tag not in _BESIDE and isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""


def _times(element: etree._Element, name: str) -> int:
    return _times_of(element.get(f"{_TABLE}number-{name}-repeated"))


def _times_of(given: str | None) -> int:
    """Return a count; one that nobody writes counts as one."""
    return int(given) if given and given.isascii() and given.isdecimal() and len(given) < 8 else 1


def _above(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)
