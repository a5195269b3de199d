"""Turn a finished PDF into the pages on which its headings stand, as its bookmarks say."""

import pypdfium2

from forankring.publishing.records import Heading


def heading_pages(pdf: bytes, headings: tuple[Heading, ...]) -> tuple[int, ...]:
    """Return each heading's page, counted from 1; nothing where bookmarks and headings are not the same in number."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        places = [entry.get_dest() for entry in document.get_toc()]
        pages = tuple(place.get_index() + 1 for place in places if place is not None)
    finally:
        document.close()
    return pages if len(pages) == len(headings) else ()
