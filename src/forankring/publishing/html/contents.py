"""Turn a manuscript's headings into the contents of its page: chapters, and in each its sections."""

from collections.abc import Iterable
from html import escape

from forankring.publishing.records import Heading

_DEPTH = 2


def contents(headings: Iterable[Heading]) -> str:
    """Return the lists. pandoc's own would leave out what stands in a division, such as a flipped page."""
    chapters: list[tuple[Heading | None, list[Heading]]] = []
    for heading in headings:
        if heading.level == 1 or not chapters:
            chapters.append((heading, []) if heading.level == 1 else (None, [heading]))
        elif heading.level <= _DEPTH:
            chapters[-1][1].append(heading)
    return f"<ul>\n{''.join(_chapter(chapter, sections) for chapter, sections in chapters)}</ul>"


def _chapter(chapter: Heading | None, sections: Iterable[Heading]) -> str:
    below = "".join(f"<li>{_entry(section)}</li>\n" for section in sections)
    if chapter is None:
        return below
    return f"<li>{_entry(chapter)}{f'<ul>{chr(10)}{below}</ul>' if below else ''}</li>\n"


def _entry(heading: Heading) -> str:
    words = f"{heading.number} {heading.text}" if heading.number else heading.text
    return f'<a href="#{escape(heading.identifier)}">{escape(words)}</a>'
