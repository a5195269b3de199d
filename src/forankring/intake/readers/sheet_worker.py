"""Turn a workbook (xlsx, xls, ods) into JSON lists of cells: a program of its own, so that it can be killed.

Run as ``python -I sheet_worker.py FILE``. It imports nothing of the engine, which keeps its start short.
"""

import datetime
import json
import sys
from pathlib import Path
from typing import Any

PASSWORD, BROKEN, MISSING, MACROS, TOO_MUCH = 3, 4, 5, 6, 8
MAX_SHEETS = 200
MAX_CELLS = 1_000_000
"""Cells of one workbook, empty ones within its tables included."""

_OLE = b"\xd0\xcf\x11\xe0"
_MACROS = frozenset({"_vba_project_cur", "macros", "_vba_project"})


def main(path: str) -> int:
    """Write the workbook's cells to standard output; return the exit code."""
    try:
        import olefile  # noqa: PLC0415  # its absence is an outcome of this program
        import python_calamine  # noqa: PLC0415
    except ImportError as error:
        sys.stderr.write(str(error))
        return MISSING
    with Path(path).open("rb") as stream:
        head = stream.read(4)
    found: dict[str, Any] = {"author": "", "company": ""}
    if head == _OLE:
        try:
            with olefile.OleFileIO(path) as compound:
                if any(part.lower() in _MACROS for entry in compound.listdir(storages=True) for part in entry):
                    return MACROS
                found.update(_properties(compound))
        except (OSError, ValueError, IndexError, TypeError):
            return BROKEN
    try:
        with Path(path).open("rb") as stream:
            sheets = _sheets(python_calamine.CalamineWorkbook.from_filelike(stream))
    except python_calamine.PasswordError:
        return PASSWORD
    except (python_calamine.CalamineError, ValueError, OSError):
        return BROKEN
    if sheets is None:
        return TOO_MUCH
    json.dump({**found, "sheets": sheets}, sys.stdout)
    return 0


def _properties(compound: Any) -> dict[str, str]:
    about = compound.get_metadata()
    return {"author": _text(about.author), "company": _text(about.company)}


def _text(value: object) -> str:
    return value.decode("cp1252", "replace") if isinstance(value, bytes) else str(value or "")


def _sheets(workbook: Any) -> list[dict[str, Any]] | None:
    sheets, left = [], MAX_CELLS
    if len(workbook.sheets_metadata) > MAX_SHEETS:
        return None
    for about in workbook.sheets_metadata:
        if str(about.typ) != "SheetTypeEnum.WorkSheet":
            sheets.append({"name": about.name, "kind": "other"})
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        left -= sheet.height * sheet.width
        if left < 0:
            return None
        hidden = str(about.visible) != "SheetVisibleEnum.Visible"
        rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
        top, left_column = sheet.start or (0, 0)
        merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
        sheets.append(
            {"name": about.name, "hidden": hidden, "top": top, "left": left_column, "rows": rows, "merged": merged}
        )
    return sheets


def _cell(value: Any) -> Any:
    """Return what JSON can carry: text, numbers and truth values as they are, moments with their kind."""
    if isinstance(value, datetime.datetime):
        return {"moment": value.isoformat(timespec="minutes")}
    if isinstance(value, datetime.date):
        return {"day": value.isoformat()}
    if isinstance(value, datetime.time | datetime.timedelta):
        return str(value)
    return value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
