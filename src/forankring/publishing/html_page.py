"""Turn a manuscript into its HTML edition: one file that carries all it needs."""

from datetime import datetime

from forankring import text
from forankring.language import Locale
from forankring.process import pandoc
from forankring.publishing.records import Manuscript
from forankring.text import Document


def html_edition(manuscript: Manuscript, when: datetime, locale: Locale) -> bytes:
    """Return the HTML file."""
    document = Document(tuple(block for chapter in manuscript.chapters for block in chapter.blocks))
    return pandoc(["--from", "json", "--to", "html", "--output", "-"], stdin=text.dump_json(document))
