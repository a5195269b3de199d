"""Turn a picture of a page (scanned or photographed) into its text; a picture that is none says so."""

from forankring.errors import InputError
from forankring.intake.readers.beside import hidden_words
from forankring.intake.readers.recognition import installed, is_sure, pieces_of, recognise_picture
from forankring.intake.records import Desk, Extract, Original, Screened
from forankring.ledger import Note

FEWEST_WORDS = 4
"""A picture with fewer words is a logo, a map or a photograph."""

_UNREADABLE = (b"ftyp",)


def read_picture(original: Original, _: Desk) -> Extract:
    """Read a PNG, JPEG or TIFF file; what is written in it beside the picture is screened."""
    data = original.path.read_bytes()
    if data[4:8] in _UNREADABLE:
        raise InputError(original.problem("format_image"))
    languages = installed()
    if not languages:
        raise InputError(original.problem("ocr_missing"))
    found = recognise_picture(original, languages)
    kept = tuple(item for item in found if is_sure(item))
    enough = sum(len(item.text.split()) for item in kept) >= FEWEST_WORDS
    return Extract(
        pieces=tuple(pieces_of(kept)) if enough else (),
        screened=(
            Screened(text="\n\n".join(item.text for item in found)),
            Screened(text="\n\n".join(hidden_words(data)), part="properties"),
        ),
        notes=(Note(code="picture_recognised" if enough else "picture_without_text"),),
    )
