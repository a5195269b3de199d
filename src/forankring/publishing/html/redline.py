"""Turn two compared manuscripts into one page on which every change can be seen, heard and stepped through."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from forankring.language import Locale
from forankring.publishing.html.edition import html_page
from forankring.publishing.html.marking import marked
from forankring.publishing.html.tree import html_tree
from forankring.publishing.manuscript.comparing import Compared
from forankring.publishing.manuscript.numbering import NumberedChange
from forankring.text import Node
from forankring.workspace import house_templates

_LEGEND = (("ins", "added", "added"), ("del", "removed", "removed"), ("ins", "moved-here", "moved"))


def html_redline(found: Compared, locale: Locale) -> bytes:
    """Return the HTML file; raise ToolError where pandoc fails."""
    style = (house_templates() / "publishing" / "redline.css").read_text(encoding="utf-8")
    tree = marked(html_tree(found.manuscript, locale), found.changes, locale)
    return html_page(found.manuscript, (_overview(found, locale), *tree), locale, style=style)


def _overview(found: Compared, locale: Locale) -> Node:
    """Return what opens the page: how many changes there are and where, and how they are marked."""
    count = locale.count("publishing.redline.count", len(found.changes))
    title = escape(locale.label("publishing.redline.overview"))
    parts = [
        f'<section class="overview" aria-labelledby="overview"><h2 id="overview">{title}</h2>',
        f"<p>{escape(count)}</p>",
        *(_chapters(found, locale) if found.changes else ()),
        f"<p>{_legend(locale)}</p></section>",
    ]
    return {"t": "RawBlock", "c": ["html", "\n".join(parts)]}


def _chapters(found: Compared, locale: Locale) -> list[str]:
    """Return the links to the first change, and to the first in each chapter."""
    first = f'<p><a href="#change-1">{escape(locale.label("publishing.redline.first"))}</a></p>'
    counts = Counter(change.chapter for change in found.changes)
    listed = [
        f'<li><a href="#change-{_first(found.changes, chapter.key)}">{escape(chapter.title)}</a>: '
        f"{escape(locale.count('publishing.redline.count', counts[chapter.key]))}</li>"
        for chapter in found.manuscript.chapters
        if counts[chapter.key]
    ]
    return [first, "<ul>", *listed, "</ul>"]


def _first(changes: Sequence[NumberedChange], chapter: str) -> int:
    return next(change.number for change in changes if change.chapter == chapter)


def _legend(locale: Locale) -> str:
    marks = [
        f'<{tag} class="{name}">{escape(locale.label(f"publishing.redline.legend.{key}"))}</{tag}>'
        for tag, name, key in _LEGEND
    ]
    return f"{escape(locale.label('publishing.redline.legend.title'))} {locale.listed(marks)}."
