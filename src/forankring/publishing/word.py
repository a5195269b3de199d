"""Turn a manuscript into its Word edition."""

from datetime import datetime

from forankring import text
from forankring.language import Locale
from forankring.process import pandoc
from forankring.publishing.records import Manuscript
from forankring.text import Document


def word_edition(manuscript: Manuscript, when: datetime, locale: Locale) -> bytes:
    """Return the Word file."""
    document = Document(tuple(block for chapter in manuscript.chapters for block in chapter.blocks))
    return pandoc(
        ["--from", "json", "--to", "docx", "--output", "-"],
        stdin=text.dump_json(document),
        env={"SOURCE_DATE_EPOCH": str(int(when.timestamp()))},
    )
