"""Turn originals into extracts: one small module per format, all behind one Protocol."""

from collections.abc import Mapping
from typing import Protocol

from forankring.intake.readers.form import read_form
from forankring.intake.readers.html import read_html
from forankring.intake.readers.markdown import read_markdown
from forankring.intake.readers.office import read_docx, read_odt
from forankring.intake.readers.pdf import read_pdf
from forankring.intake.readers.plain_text import read_plain_text
from forankring.intake.readers.rtf import read_rtf
from forankring.intake.records import Extract, Format, Original


class Reader(Protocol):
    """A reader of one format. Raises InputError for what the sender can mend; ToolError where a program is missing."""

    def __call__(self, original: Original) -> Extract:
        """Return what the original holds, with notes on what could not be carried."""


READERS: Mapping[Format, Reader] = {
    Format.MARKDOWN: read_markdown,
    Format.TEXT: read_plain_text,
    Format.FORM: read_form,
    Format.DOCX: read_docx,
    Format.ODT: read_odt,
    Format.RTF: read_rtf,
    Format.HTML: read_html,
    Format.PDF: read_pdf,
}

REFUSED: Mapping[Format, str] = {
    Format.EMPTY: "empty_file",
    Format.DOC: "format_doc",
    Format.SHEET: "format_sheet",
    Format.SLIDES: "format_slides",
    Format.MAIL: "format_mail",
    Format.ARCHIVE: "format_archive",
    Format.IMAGE: "format_image",
    Format.ENCRYPTED: "encrypted",
    Format.UNKNOWN: "format_unknown",
}
"""Formats without a reader, and the problem that says so."""

__all__ = ["READERS", "REFUSED", "Reader"]
