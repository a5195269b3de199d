"""Turn the documents that parties refer to into records with their dates in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from forankring.drafting.views.when import when_label
from forankring.language import Locale
from forankring.ledger.contents import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that supports a statement; ``date`` is empty where none is given."""

    source: Source
    date: str


def documents(sources: Iterable[Source], locale: Locale) -> tuple[Document, ...]:
    """Return the documents in the party's order."""
    return tuple(
        Document(source=source, date=when_label(source.date, locale) if source.date else "") for source in sources
    )
