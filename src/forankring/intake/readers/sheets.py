"""Turn workbooks (xlsx, xls, ods) into remarks: checked as packages, and read by a process that can be killed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from forankring.errors import InputError
from forankring.intake.forms import Sheet, read_excel_form, sheets_of
from forankring.intake.guards import Package, open_package
from forankring.intake.readers import sheet_worker
from forankring.intake.readers.beside import hidden_words
from forankring.intake.readers.children import ask_child
from forankring.intake.readers.grids import Grid
from forankring.intake.readers.ods import sheets_in
from forankring.intake.readers.packages import screened_parts, stated_by
from forankring.intake.readers.remark_tables import read_tables
from forankring.intake.records import Desk, Extract, Original, Screened, Stated
from forankring.language import Locale
from forankring.ledger import Note
from forankring.process import Limits
from forankring.text import clean_text

LIMITS = Limits(seconds=30, memory_mib=1024, output_mib=128)

_HIDDEN = frozenset({"1", "true", "collapse", "filter"})


def read_xlsx(original: Original, desk: Desk) -> Extract:
    """Read an Excel workbook as it was last saved: values, not formulas."""
    package = open_package(original)
    if not any(_name(part.root.tag) == "workbook" for part in package.parts):
        raise InputError(
            original.problem("format_sheet_binary" if "xl/workbook.bin" in package.names else "broken_file")
        )
    form = read_excel_form(sheets_of(package, desk.locale), original, desk)
    if form:
        return replace(form, screened=tuple(screened_parts(package)))
    return _extract(original, desk, package, _asked(original)["sheets"])


def read_ods(original: Original, desk: Desk) -> Extract:
    """Read an OpenDocument workbook."""
    package = open_package(original)
    body = next((part.root for part in package.parts if part.name == "content.xml"), None)
    if body is None:
        raise InputError(original.problem("broken_file"))
    return _extract(original, desk, package, sheets_in(body, original))


def read_xls(original: Original, desk: Desk) -> Extract:
    """Read an older Excel workbook, which is no package; comments in it are screened, but cannot be told apart."""
    found = _asked(original)
    extract = _extract(original, desk, None, found["sheets"])
    return replace(extract, stated=(*extract.stated, *_stated(found)))


def _asked(original: Original) -> dict[str, Any]:
    found: dict[str, Any] = ask_child(original, sheet_worker.__file__, limits=LIMITS, needs="python-calamine")
    return found


def _extract(original: Original, desk: Desk, package: Package | None, sheets: list[dict[str, Any]]) -> Extract:
    tables = [sheet for sheet in sheets if "rows" in sheet]
    read = read_tables([_grid(sheet, desk.locale) for sheet in tables], desk)
    beside = (
        screened_parts(package) if package else [Screened(text="\n\n".join(hidden_words(original.path.read_bytes())))]
    )
    screened = (*read.screened, *beside)
    form = read_excel_form([_sheet(sheet, desk.locale) for sheet in tables], original, desk)
    if form:
        return replace(form, screened=screened)
    return Extract(
        pieces=read.pieces,
        rows=read.rows,
        stated=(*read.stated, *(stated_by(package) if package else ())),
        screened=screened,
        notes=(*_sheet_notes(sheets), *(_package_notes(package) if package else ()), *read.notes),
        title=read.title,
    )


def _hidden(original: Original) -> Screened:
    return Screened(text="\n\n".join(hidden_words(original.path.read_bytes())))


def _stated(found: dict[str, Any]) -> Iterator[Stated]:
    for name in dict.fromkeys((found["company"].strip(), found["author"].strip())):
        if name:
            yield Stated(name=name, origin="properties")


def _grid(sheet: dict[str, Any], locale: Locale) -> Grid:
    rows = tuple(tuple(_worded(cell, locale) for cell in row) for row in sheet["rows"])
    merged = tuple((first, column, last, end) for first, column, last, end in sheet["merged"])
    name = clean_text(sheet["name"]).strip()
    return Grid(name=name, rows=rows, top=sheet["top"], left=sheet["left"], merged=merged)


def _sheet(sheet: dict[str, Any], locale: Locale) -> Sheet:
    """Return a sheet as the reader of forms wants it: cells by their place, dates as ISO writes them."""
    rows = ((y, x, cell) for y, row in enumerate(sheet["rows"], 1) for x, cell in enumerate(row, 1))
    cells = {(sheet["top"] + y, sheet["left"] + x): _answer(cell, locale) for y, x, cell in rows}
    return Sheet(name=sheet["name"], hidden=sheet["hidden"], cells={at: text for at, text in cells.items() if text})


def _answer(cell: Any, locale: Locale) -> str:
    if isinstance(cell, dict):
        return str(cell.get("day") or cell["moment"].removesuffix("T00:00").replace("T", " "))
    if isinstance(cell, bool):
        return locale.label("forms.yes" if cell else "forms.no")
    return _worded(cell, locale)


def _worded(cell: Any, locale: Locale) -> str:
    """Return a cell in words: dates in the language's form, numbers without the noise of binary fractions."""
    if isinstance(cell, str):
        return clean_text(cell).strip()
    if isinstance(cell, bool):
        return locale.label(f"intake.tables.{'true' if cell else 'false'}")
    if isinstance(cell, dict):
        return _moment(cell, locale)
    if not isinstance(cell, int | float):
        return ""
    if cell == cell // 1 and abs(cell) < 1e15:
        return str(int(cell))
    return f"{cell:.12g}".replace(".", locale.number(0.5)[1])


def _moment(cell: dict[str, str], locale: Locale) -> str:
    if "day" in cell:
        return locale.date(date.fromisoformat(cell["day"]))
    moment = datetime.fromisoformat(cell["moment"])
    day = locale.date(moment.date())
    return f"{day} {locale.time(moment)}" if (moment.hour, moment.minute) != (0, 0) else day


def _sheet_notes(sheets: list[dict[str, Any]]) -> Iterator[Note]:
    for sheet in sheets:
        if sheet.get("kind") == "other":
            yield Note(code="sheet_no_table", values={"sheet": sheet["name"]})
        elif sheet["hidden"]:
            yield Note(code="sheet_hidden", values={"sheet": sheet["name"]})


def _package_notes(package: Package) -> Iterator[Note]:
    counts = {
        "cells_hidden": 0,
        "cell_comments_left_out": 0,
        "formulas_without_value": 0,
        "pictures_left_out": package.count("xl/media/") + package.count("Pictures/"),
        "charts_left_out": package.count("xl/charts/chart"),
        "embedded_left_out": package.count("xl/embeddings/"),
    }
    for part in package.parts:
        for element in part.root.iter("{*}row", "{*}col", "{*}table-row", "{*}table-column"):
            shown = element.get("hidden") or element.get(f"{{{element.nsmap.get('table')}}}visibility")
            counts["cells_hidden"] += shown in _HIDDEN
        for formula in part.root.iter("{*}f"):
            cell = formula.getparent()
            counts["formulas_without_value"] += cell is not None and not cell.findtext("{*}v")
        counts["cell_comments_left_out"] += sum(1 for _ in part.root.iter("{*}comment", "{*}annotation"))
    for code, n in counts.items():
        if n:
            yield Note(code=code, values={"n": n})  # each code is listed above and told in the locales


def _name(tag: object) -> str:
    return str(tag).rpartition("}")[2]
