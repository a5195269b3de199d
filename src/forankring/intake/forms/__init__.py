"""Turn kinds of input into forms to fill in, and forms that came back into their fields (domain §3.2, §3.3)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from forankring.intake.forms.answers import check_filled, gaps, with_lists, without_blanks
from forankring.intake.forms.excel_reader import read_excel_form as _read_excel_form
from forankring.intake.forms.excel_writer import write_excel_form
from forankring.intake.forms.grid import Sheet, sheets_of
from forankring.intake.forms.iso_reader import read_excel_template, read_word_template
from forankring.intake.forms.iso_writer import write_excel_template, write_word_template
from forankring.intake.forms.odt_text import as_word
from forankring.intake.forms.tree_text import tree_as_word
from forankring.intake.forms.word_reader import read_word_form as _read_word_form
from forankring.intake.forms.word_writer import write_word_form
from forankring.intake.forms.words import Order
from forankring.intake.forms.yaml_writer import write_yaml_form
from forankring.intake.records import Desk, Extract, Original
from forankring.ledger import Note

ISO = "iso"
"""The name of the ISO/IEC commenting template among the kinds."""

WRITERS: Mapping[str, Callable[[Order], bytes]] = {
    "word": write_word_form,
    "excel": write_excel_form,
    "yaml": write_yaml_form,
}
ISO_WRITERS: Mapping[str, Callable[[Order], bytes]] = {"word": write_word_template, "excel": write_excel_template}
SUFFIXES = {"word": "docx", "excel": "xlsx", "yaml": "yaml"}


def read_word_form(document: etree._Element, original: Original, desk: Desk) -> Extract | None:
    """Return what stands in the main part of a Word form or template, or None where the file is neither. An
    OpenDocument text is read alike, by ``as_word``.

    Raises InputError where nothing is filled in. The caller screens the file's parts and notes what they hold.
    """
    return _read_word_form(document, original, desk) or read_word_template(document, original, desk)


def read_excel_form(sheets: Sequence[Sheet], original: Original, desk: Desk) -> Extract | None:
    """Return what stands in the sheets of an Excel form or template, or None where the workbook is neither.

    Raises InputError where nothing is filled in. The caller screens the file's parts and notes what they hold.
    """
    return _read_excel_form(sheets, original, desk) or read_excel_template(sheets, original, desk)


def as_form(extract: Extract, original: Original, desk: Desk) -> Extract:
    """Return a form or template that came back as mere text with tables, field by field; any other as it is."""
    if not any(piece.node["t"] == "Table" for piece in extract.pieces):
        return extract
    form = read_word_form(tree_as_word(piece.node for piece in extract.pieces), original, desk)
    return replace(form, screened=extract.screened, notes=(*form.notes, *of_sender(extract.notes))) if form else extract


def of_sender(notes: Iterable[Note]) -> Iterator[Note]:
    """Yield the notes on what a sender put into a form; its foot is ours."""
    return (note for note in notes if note.code != "headers_left_out")


__all__ = [
    "ISO",
    "ISO_WRITERS",
    "SUFFIXES",
    "WRITERS",
    "Order",
    "Sheet",
    "as_form",
    "as_word",
    "check_filled",
    "gaps",
    "of_sender",
    "read_excel_form",
    "read_word_form",
    "sheets_of",
    "with_lists",
    "without_blanks",
]
