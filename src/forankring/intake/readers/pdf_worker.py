"""Turn a PDF file into JSON lines of text with size and height: a program of its own, so that it can be killed.

Run as ``python -I pdf_worker.py FILE``. It imports nothing of the engine, which keeps its start short.
"""

import ctypes
import json
import sys
from typing import Any

PASSWORD, BROKEN, MISSING = 3, 4, 5
MAX_PAGES = 2_000
MAX_CHARACTERS = 5_000_000
MAX_ATTACHED = 10_000_000
MAX_OBJECTS = 50_000
SMALLEST_PICTURE = 36
"""Points on either side; what is smaller is a bullet, a line or an ornament."""
WHOLE_PAGE = 0.8

_HYPHEN_AT_LINE_END = 2
SOFT_HYPHEN = "\ufffe"
"""Stands where a word was parted at the end of a line."""

_FORMAT_PASSWORD_ERROR = 4
_LINE_ENDS = frozenset("\r\n")


def main(path: str) -> int:
    """Write the file's text to standard output; return the exit code."""
    try:
        import pypdfium2  # noqa: PLC0415  # its absence is an outcome of this program
    except ImportError as error:
        sys.stderr.write(str(error))
        return MISSING
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        return PASSWORD if getattr(error, "err_code", None) == _FORMAT_PASSWORD_ERROR else BROKEN
    try:
        json.dump(_read(pypdfium2, document), sys.stdout)
    except pypdfium2.PdfiumError:
        return BROKEN
    return 0


def _read(pdfium: Any, document: Any) -> dict[str, Any]:
    raw = pdfium.raw
    pages, pictures, remarks, left = [], [], [], MAX_CHARACTERS
    for number in range(min(len(document), MAX_PAGES)):
        page = document[number]
        text = page.get_textpage()
        lines = list(_lines(raw, text.raw, min(raw.FPDFText_CountChars(text.raw), left)))
        left -= sum(len(line[0]) for line in lines)
        remarks += [*_remarks(raw, page.raw), *_links(raw, document.raw, page.raw)]
        pages.append(lines)
        pictures.append(_pictures(raw, page))
        text.close()
        page.close()
    remarks += [bookmark.get_title() for bookmark in document.get_toc()]
    return {
        "pages": pages,
        "pictures": pictures,
        "properties": document.get_metadata_dict(),
        "remarks": remarks,
        "attached": list(_attached(pdfium, document)),
    }


def _lines(raw: Any, text: Any, count: int) -> Any:
    """Yield ``[text, size of letters, top]`` for each printed line."""
    line: list[str] = []
    first = 0
    for index in range(count + 1):
        letter = "\n" if index == count else _letter(raw.FPDFText_GetUnicode(text, index))
        if letter not in _LINE_ENDS:
            if not line:
                first = index
            line.append(letter)
        if line and (letter in _LINE_ENDS or letter == SOFT_HYPHEN):
            yield ["".join(line), *_measures(raw, text, first, index)]
            line = []


def _letter(code: int) -> str:
    if code == _HYPHEN_AT_LINE_END:
        return SOFT_HYPHEN
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code) if code else ""


def _measures(raw: Any, text: Any, first: int, end: int) -> tuple[float, float]:
    """Return the size of letters and the baseline's height; blanks at the line's start have neither."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(first, end):
        size = raw.FPDFText_GetFontSize(text, index)
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        if top.value != bottom.value:
            origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
            raw.FPDFText_GetCharOrigin(text, index, origin_x, origin_y)
            return round(_scaled(raw, text, index, size), 2), round(origin_y.value, 2)
    return 0.0, 0.0


def _scaled(raw: Any, text: Any, index: int, size: float) -> float:
    """Apply the text's own scale: some programs write every letter in size 1 and enlarge it."""
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(text, index, matrix):
        return float(size * (matrix.c**2 + matrix.d**2) ** 0.5)
    return float(size)


def _pictures(raw: Any, page: Any) -> int:
    """Count the pictures that show something: neither a sign nor a scan of the whole page under its text."""
    width, height = page.get_size()
    count = 0
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            across, down = right.value - left.value, top.value - bottom.value
            count += min(across, down) >= SMALLEST_PICTURE and across * down < WHOLE_PAGE * width * height
    return count


def _remarks(raw: Any, page: Any) -> Any:
    """Yield what notes and form fields on the page say."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, index)
        for key in (b"Contents", b"V", b"T", b"TU", b"RC", b"Subj"):
            length = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
            if length > 2:
                buffer = ctypes.create_string_buffer(length)
                target = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
                raw.FPDFAnnot_GetStringValue(note, key, target, length)
                yield buffer.raw[: length - 2].decode("utf-16-le", "replace")
        raw.FPDFPage_CloseAnnot(note)


def _links(raw: Any, document: Any, page: Any) -> Any:
    """Yield the addresses that links on the page lead to."""
    at, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, at, link):
        action = raw.FPDFLink_GetAction(link)
        length = raw.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if length > 1:
            buffer = ctypes.create_string_buffer(length)
            raw.FPDFAction_GetURIPath(document, action, buffer, length)
            yield buffer.raw[: length - 1].decode("utf-8", "replace")


def _attached(pdfium: Any, document: Any) -> Any:
    """Yield name and bytes (as latin-1) of the files that come with the file; too large ones without their bytes."""
    left = MAX_ATTACHED
    for index in range(document.count_attachments()):
        item = document.get_attachment(index)
        try:
            data = bytes(item.get_data())
        except pdfium.PdfiumError:
            data = b""
        left -= len(data)
        yield [item.get_name(), data.decode("latin-1") if left >= 0 else ""]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
