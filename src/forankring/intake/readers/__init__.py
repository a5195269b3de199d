"""Turn originals into extracts: one small module per format, all behind one Protocol."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from forankring.intake.readers.csv_table import read_csv
from forankring.intake.readers.doc import read_doc
from forankring.intake.readers.eml import read_eml
from forankring.intake.readers.form import read_form
from forankring.intake.readers.html import read_html
from forankring.intake.readers.markdown import read_markdown
from forankring.intake.readers.msg import read_msg
from forankring.intake.readers.office import read_docx, read_odt
from forankring.intake.readers.pdf import read_pdf
from forankring.intake.readers.picture import read_picture
from forankring.intake.readers.plain_text import read_plain_text
from forankring.intake.readers.rtf import read_rtf
from forankring.intake.readers.sheets import read_ods, read_xls, read_xlsx
from forankring.intake.readers.slides import read_pptx
from forankring.intake.readers.zip import read_zip
from forankring.intake.records import Desk, Extract, Format, Original


class Reader(Protocol):
    """A reader of one format. Raises InputError for what the sender can mend; ToolError where a program is missing."""

    def __call__(self, original: Original, desk: Desk, /) -> Extract:
        """Return what the original holds, with notes on what could not be carried."""


@dataclass(frozen=True, slots=True)
class Known:
    """A format's reader. ``version`` counts up whenever the reader gives another extract of the same bytes: files that
    an older one read are read again."""

    read: Reader
    version: int = 1


READERS: Mapping[Format, Known] = {
    Format.MARKDOWN: Known(read_markdown, 3),
    Format.TEXT: Known(read_plain_text, 3),
    Format.FORM: Known(read_form, 4),
    Format.DOCX: Known(read_docx, 6),
    Format.ODT: Known(read_odt, 6),
    Format.RTF: Known(read_rtf, 5),
    Format.HTML: Known(read_html, 5),
    Format.PDF: Known(read_pdf, 4),
    Format.EML: Known(read_eml, 3),
    Format.MSG: Known(read_msg, 3),
    Format.ZIP: Known(read_zip, 2),
    Format.XLSX: Known(read_xlsx, 4),
    Format.XLS: Known(read_xls, 3),
    Format.ODS: Known(read_ods, 4),
    Format.CSV: Known(read_csv, 2),
    Format.PPTX: Known(read_pptx, 3),
    Format.DOC: Known(read_doc, 4),
    Format.IMAGE: Known(read_picture, 3),
}

REFUSED: Mapping[Format, str] = {
    Format.EMPTY: "empty_file",
    Format.SLIDES: "format_slides",
    Format.ARCHIVE: "format_archive",
    Format.TNEF: "format_outlook",
    Format.CONTACT: "format_contact",
    Format.CALENDAR: "format_calendar",
    Format.ENCRYPTED: "encrypted",
    Format.UNKNOWN: "format_unknown",
}
"""Formats without a reader, and the problem that says so."""

__all__ = ["READERS", "REFUSED", "Known", "Reader"]
