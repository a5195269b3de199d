"""Turn a manuscript into its HTML edition: one file that carries all it needs and asks nobody for more."""

import html
import string
from collections.abc import Iterable

from forankring.language import Locale
from forankring.publishing.html_writer import HtmlWriter
from forankring.publishing.records import Face, Heading, Manuscript, ManuscriptChapter
from forankring.workspace import house_templates

_CONTENTS_DEPTH = 2


def html_edition(manuscript: Manuscript, locale: Locale) -> bytes:
    """Return the HTML file."""
    house = house_templates() / "publishing"
    numbers = {heading.identifier: heading.number for heading in manuscript.headings}
    writer = HtmlWriter(numbers=numbers, pictures=manuscript.pictures, locale=locale)
    face = manuscript.face
    page = string.Template((house / "edition.html").read_text(encoding="utf-8")).substitute(
        language=locale.name,
        style=(house / "edition.css").read_text(encoding="utf-8"),
        title=html.escape(face.title),
        subtitle=_line("p", "subtitle", face.subtitle),
        mark=_line("p", "mark", face.mark),
        parties=_line("p", "parties", face.parties),
        lines="".join(_line("p", "line", line) for line in face.cover_lines),
        imprint_line=html.escape(" · ".join((face.version, face.date, face.status))),
        edition=html.escape(face.edition_id),
        skip=html.escape(locale.label("publishing.skip")),
        contents_title=html.escape(locale.label("publishing.contents")),
        contents=_contents(manuscript.headings),
        chapters=_chapters(manuscript.chapters, writer),
        notes=writer.endnotes(),
        running=_running(face),
    )
    return page.encode()


def _chapters(chapters: Iterable[ManuscriptChapter], writer: HtmlWriter) -> str:
    return "".join(f'<section class="chapter">\n{writer.blocks(chapter.blocks)}</section>\n' for chapter in chapters)


def _contents(headings: Iterable[Heading]) -> str:
    """Return the contents as lists in lists."""
    parts, depth = [], 0
    for heading in headings:
        if heading.level > _CONTENTS_DEPTH:
            continue
        if heading.level > depth:
            parts.append("<ol>\n")
        else:
            parts.append("</li>\n" + "</ol></li>\n" * (depth - heading.level))
        depth = heading.level
        number = f'<span class="number">{heading.number}</span> ' if heading.number else ""
        target = html.escape(heading.identifier)
        parts.append(f'<li><a href="#{target}">{number}{html.escape(heading.text)}</a>')
    return "".join(parts) + "</li></ol>" * depth  # a skipped level would not balance: mending leaves none


def _line(tag: str, name: str, words: str) -> str:
    return f'<{tag} class="{name}">{html.escape(words)}</{tag}>\n' if words else ""


def _running(face: Face) -> str:
    """Return the words that stand on every printed page, as strings of a style sheet."""
    words = " · ".join(part for part in (face.title, face.mark) if part)
    return '"' + "".join(f"\\{ord(letter):06x}" if letter in '"\\<>&\n' else letter for letter in words) + '"'
