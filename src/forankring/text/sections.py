"""Turn a text in Markdown into sections that read by themselves as they do in the text: most are the same in the next
version, and need not be read again."""

import re
from collections.abc import Iterator

_HEADING = re.compile(r"#{1,6} +(.*)")
_TITLE_ENDS = re.compile(r"[ #]*(\{[^{}]*\})? *$")
_DIV = re.compile(r":{3,}[ \t]*(.*)")
_REACHING = re.compile(r"\]:|`{3}|~{3}|^[ \t]*</?[A-Za-z!?]|^[ \t>]+:{3}|^ *-{3,}[- ]*$", re.MULTILINE)
"""What may reach over a heading: definitions of links and notes, code, HTML, a div within something, dashed tables."""


def sections(markdown: str) -> tuple[str, ...]:
    """Return the sections, each from one heading to the next, in order; all of a text in which something could reach
    over a heading is one section."""
    if _REACHING.search(markdown) or _has_links_to_headings(markdown):
        return (markdown,)
    return tuple(_cut(markdown))


def _cut(markdown: str) -> Iterator[str]:
    """Yield the sections: a heading begins one where the line before is empty and no div is open."""
    section: list[str] = []
    depth = 0
    for line in markdown.splitlines(keepends=True):
        if div := _DIV.match(line):
            depth = depth + 1 if div[1].strip() else max(0, depth - 1)
        if depth == 0 and section and not section[-1].strip() and _HEADING.match(line):
            yield "".join(section)
            section = []
        section.append(line)
    yield "".join(section)


def _has_links_to_headings(markdown: str) -> bool:
    """Tell whether a heading's own words stand in brackets without an address: they are a link to it."""
    flat = " ".join(markdown.split()).casefold()
    found = (_HEADING.match(line) for line in markdown.splitlines())
    titles = {" ".join(_TITLE_ENDS.sub("", heading[1]).split()).casefold() for heading in found if heading}
    return any(flat.count(f"[{title}]") > flat.count(f"[{title}](") for title in titles)
