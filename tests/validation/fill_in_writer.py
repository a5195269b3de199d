"""Fill in a Word form in LibreOffice Writer: run by the Python that has LibreOffice's bridge (``uno``).

``fill_in_writer.py PIPE FORM ANSWERS RESULT``: ANSWERS is JSON, a list of ``[bookmark, row, text]``; the answer goes
into the control in the cell beside the bookmark (``row`` 0), or in its column that many rows further down.
"""

import contextlib
import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def main(pipe, form, answers, result):
    desktop = connected(pipe)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(form), "_blank", 0, (named("Hidden", True),))
    marks = {name: places(document, name) for name in document.Bookmarks.ElementNames}
    for bookmark, row, text in json.loads(answers):
        table, cell = marks[bookmark]
        fill(table.getCellByName(beside(cell) if row == 0 else below(cell, row)), text)
    document.storeToURL(uno.systemPathToFileUrl(result), (named("FilterName", "MS Word 2007 XML"),))
    document.close(True)
    with contextlib.suppress(Exception):  # the office is gone before it has answered
        desktop.terminate()


def connected(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(240):
        try:
            found = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return found.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", found)
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("no office answers")


def places(document, name):
    anchor = document.Bookmarks.getByName(name).Anchor
    return anchor.TextTable, anchor.Cell.CellName if anchor.Cell else ""


def beside(cell):
    return chr(ord(cell[0]) + 1) + cell[1:]


def below(cell, rows):
    return cell[0] + str(int(cell[1:]) + rows)


def fill(cell, text):
    """Type into the first control of the cell, as somebody does who clicks on it; tick the box of a word."""
    for portion, rest in controls(cell):
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
