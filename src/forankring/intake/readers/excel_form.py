"""Turn an Excel workbook that is a form into an extract; any other is refused until tables are read."""

from dataclasses import replace

from forankring.errors import InputError
from forankring.intake.forms import read_excel_form
from forankring.intake.guards import open_package
from forankring.intake.readers.office import screened_parts
from forankring.intake.records import Desk, Extract, Original


def read_workbook(original: Original, desk: Desk) -> Extract:
    """Read the workbook as a form or a commenting template."""
    package = open_package(original)
    form = read_excel_form(package, original, desk)
    if form is None:
        raise InputError(original.problem("format_sheet"))
    return replace(form, screened=screened_parts(package))
