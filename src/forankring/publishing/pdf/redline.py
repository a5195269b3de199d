"""Turn two compared manuscripts into one PDF file in which every change between them is marked."""

import dataclasses
from datetime import datetime

from forankring.language import Locale
from forankring.publishing.manuscript.comparing import Compared
from forankring.publishing.pdf.edition import pdf_edition
from forankring.publishing.pdf.marking import marked

_LEGEND = ("added", "removed", "moved", "bar")


def pdf_redline(found: Compared, when: datetime, locale: Locale) -> bytes:
    """Return the PDF file; raise InputError where typst stops at the text, ToolError where it does not end."""
    chapters = tuple(
        dataclasses.replace(chapter, blocks=marked(chapter.blocks, found.changes, locale))
        for chapter in found.manuscript.chapters
    )
    legend = locale.listed([locale.label(f"publishing.redline.legend.{key}") for key in _LEGEND])
    said = f"{locale.label('publishing.redline.legend.title')} {legend}."
    face = dataclasses.replace(found.manuscript.face, cover_lines=(*found.manuscript.face.cover_lines, said))
    return pdf_edition(dataclasses.replace(found.manuscript, face=face, chapters=chapters), when, locale, compares=True)
