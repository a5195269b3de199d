"""Cells of a workbook for the reader of forms: what no program writes is no answer, and stops nothing."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl

from forankring.intake.forms import sheets_of
from forankring.intake.guards import open_package
from forankring.intake.records import Original
from forankring.language import Locale

LONG = b"1" * 5000


def test_a_number_of_thousands_of_digits_leads_to_no_text_and_no_style(
    original: Callable[..., Original], danish: Locale
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Tekst", 7, "Mere"])
    written, changed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b'r="B1"', b'r="B1" s="%s"' % LONG)
                data = re.sub(b'<c r="A1".*?</c>', b'<c r="A1" t="s"><v>%s</v></c>' % LONG, data)
            new.writestr(name, data)
    (sheet,) = sheets_of(open_package(original(changed.getvalue(), "svar.xlsx")), danish)
    assert sheet.cells == {(1, 2): "7", (1, 3): "Mere"}
