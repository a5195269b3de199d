"""Fill in forms in LibreOffice Writer and Calc: run by the Python that has LibreOffice's bridge (``uno``).

``fill_in_office.py PIPE JOBS``: JOBS is a JSON file, a list of ``{form, steps, saved}``. A step is ``[sheet, label,
row, text]``: the answer goes into the cell beside the label, or (``row`` from 1) that many rows below it. A label is
what stands first in its cell; ``sheet`` is a workbook's sheet, or in a Word file a bookmark (then ``label`` is empty)
or nothing. ``saved`` is ``{filter: path}``: the formats to save the result in.
"""

import contextlib
import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet.ValidationAlertStyle import STOP
from com.sun.star.sheet.ValidationType import LIST


def main(pipe, jobs):
    desktop = connected(pipe)
    for job in json.loads(Path(jobs).read_text(encoding="utf-8")):
        document = desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(job["form"]), "_blank", 0, (named("Hidden", True),)
        )
        if document is None:
            raise SystemExit(f"{job['form']}: no program opens it")
        is_book = document.supportsService("com.sun.star.sheet.SpreadsheetDocument")
        (fill_in_book if is_book else fill_in_text)(document, job["steps"])
        for name, path in job["saved"].items():
            document.storeToURL(uno.systemPathToFileUrl(path), (named("FilterName", name),))
        document.close(True)
    with contextlib.suppress(Exception):  # the office is gone before it has answered
        desktop.terminate()


def connected(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(600):
        try:
            found = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return found.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", found)
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("no office answers")


def fill_in_book(document, steps):
    """Type into cells of a workbook; a cell that takes only the words of its list is given one of them."""
    labels = {sheet: places_in(document.Sheets.getByName(sheet)) for sheet in {step[0] for step in steps}}
    for sheet, label, row, text in steps:
        x, y = labels[sheet][label]
        cell = document.Sheets.getByName(sheet).getCellByPosition(*((x, y + row) if row else (x + 1, y)))
        rule = cell.Validation
        if rule.Type == LIST and rule.ShowErrorMessage and rule.ErrorAlertStyle == STOP:
            words = listed(document, rule.getFormula1())
            if text not in words:
                raise SystemExit(f"{label}: {text} is none of {words}")
        cell.FormulaLocal = text


def places_in(sheet):
    """Return where each text stands that begins a cell."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    x, y = cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow
    found = {}
    for n, row in enumerate(sheet.getCellRangeByPosition(0, 0, x, y).DataArray):
        for m, text in enumerate(row):
            found.setdefault(first_line(str(text)), (m, n))
    return found


def listed(document, formula):
    """Return the words that a list has: a range of cells, or quoted words."""
    if formula.startswith('"'):
        return [word for part in formula.split(";") for word in part.strip('"').split(",")]
    sheet, _, cells = formula.replace("$", "").replace("'", "").rpartition(".")
    found = document.Sheets.getByName(sheet).getCellRangeByName(cells).DataArray
    return [text for row in found for text in row]


def fill_in_text(document, steps):
    """Type into controls of a text, or into bare cells; a table that is too short gets rows."""
    marks = {name: place_of(document, name) for name in document.Bookmarks.ElementNames}
    for bookmark, label, row, text in steps:
        table, cell = marks[bookmark] if bookmark else headed(document, label)
        if row == 0:
            fill(table.getCellByName(beside(cell)), text)
            continue
        while table.Rows.Count < int(cell[1:]) + row:
            table.Rows.insertByIndex(table.Rows.Count, 1)
        fill(table.getCellByName(below(cell, row)), text)


def place_of(document, name):
    anchor = document.Bookmarks.getByName(name).Anchor
    return anchor.TextTable, anchor.Cell.CellName if anchor.Cell else ""


def headed(document, label):
    for table in map(document.TextTables.getByName, document.TextTables.ElementNames):
        for name in table.CellNames:
            if first_line(table.getCellByName(name).String) == label:
                return table, name
    raise SystemExit(f"no cell begins with {label}")


def first_line(text):
    return text.split("\n")[0].removesuffix(" *").strip()


def beside(cell):
    return chr(ord(cell[0]) + 1) + cell[1:]


def below(cell, rows):
    return cell[0] + str(int(cell[1:]) + rows)


def fill(cell, text):
    """Type into the first control of the cell, as somebody does who clicks on it; tick the box of a word."""
    found = controls(cell)
    if not found:
        cell.setString(text)
        return
    for portion, rest in found:
        control = portion.ContentControl
        if not control.Checkbox:
            control.ShowingPlaceHolder = False
            write(control, text)
            return
        if rest.strip() == text:
            control.Checked = True
            write(control, "\N{BALLOT BOX WITH X}")
            return
    raise SystemExit(f"no control for {text}")


def write(control, text):
    """Put the text in place of all that the control shows."""
    shown = list(each(control))
    for portion in shown[1:]:
        portion.setString("")
    shown[0].setString(text)


def controls(cell):
    """Return the controls in a cell, each with the words behind it."""
    found = []
    for paragraph in each(cell):
        for portion in each(paragraph):
            if portion.TextPortionType == "ContentControl":
                found.append([portion, ""])
            elif found:
                found[-1][1] += portion.String
    return found


def each(container):
    items = container.createEnumeration()
    while items.hasMoreElements():
        yield items.nextElement()


def named(name, value):
    return PropertyValue(Name=name, Value=value)


if __name__ == "__main__":
    main(*sys.argv[1:])
