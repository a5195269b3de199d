"""Turn a manuscript into its HTML edition: one file that carries all it needs and asks nobody for more."""

import re
from typing import Any

from forankring import text
from forankring.language import Locale
from forankring.process import Limits, pandoc
from forankring.publishing.html.contents import contents
from forankring.publishing.html.look import choices, properties
from forankring.publishing.html.paper import running_words
from forankring.publishing.html.tree import html_tree
from forankring.publishing.manuscript.passages import is_passage
from forankring.publishing.records import Face, Manuscript
from forankring.text import Document, Node, dump_json
from forankring.workspace import house_templates

_LIMITS = Limits(seconds=120)

_NAMELESS = re.compile(rb"<th(?: [^>]*)?></th>")
"""A column's head without words, such as a table's corner: it heads nothing, and is read aloud as a head if it says so.
"""


def html_edition(manuscript: Manuscript, locale: Locale) -> bytes:
    """Return the HTML file; raise ToolError where pandoc fails."""
    return html_page(manuscript, html_tree(manuscript, locale), locale)


def html_page(manuscript: Manuscript, tree: tuple[Node, ...], locale: Locale, *, style: str = "") -> bytes:
    """Return the HTML file around a tree that was made from the manuscript; ``style`` is what more its look needs."""
    house = house_templates() / "publishing"
    screen, paper = ((house / name).read_text(encoding="utf-8") for name in ("edition.css", "paper.css"))
    look, running = manuscript.look, running_words(manuscript.face, locale)
    style = properties(look) + screen + paper + choices(look) + running + style
    linked = any(is_passage(node) for node in text.walk([chapter.blocks for chapter in manuscript.chapters]))
    source = dump_json(Document(tree), _meta(manuscript.face, locale, linked=linked))
    target = ["--from", "json", "--to", "html5-task_lists", "--wrap", "none", "--syntax-highlighting", "none"]
    frame = ["--template", str(house / "edition.html"), "--variable", f"style={style}"]
    listed = ["--variable", f"toc={contents(manuscript.headings)}"]
    return _NAMELESS.sub(b"<td></td>", pandoc([*target, *frame, *listed], stdin=source, limits=_LIMITS))


def _meta(face: Face, locale: Locale, *, linked: bool) -> dict[str, Any]:
    """Return the template's words as pandoc's metadata: it escapes them where they stand. ``linked`` says whether there
    are passages to link to."""
    words = {
        "title": face.title,
        "subtitle": face.subtitle,
        "mark": face.mark,
        "parties": face.parties,
        "imprint-line": " · ".join((face.version, face.date, face.status)),
        "edition": face.edition_id,
        "language": locale.name,
        "skip": locale.label("publishing.skip"),
        "contents-title": locale.label("publishing.contents"),
        "show-links": locale.label("publishing.show_links") if linked else "",
    }
    lines = [_words(line) for line in face.cover_lines]
    return {**{key: _words(value) for key, value in words.items()}, "lines": {"t": "MetaList", "c": lines}}


def _words(words: str) -> dict[str, Any]:
    return {"t": "MetaString", "c": words}
