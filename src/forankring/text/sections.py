"""Turn a text in Markdown into sections that read by themselves as they do in the text: most are the same in the next
version, and need not be read again."""

import re
from collections.abc import Iterator

_CHUNK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+(?:[ \t]*\n)*|(?:[ \t]*\n)+")
"""Lines without an empty one between them, and the empty ones after."""
_HEADING = re.compile(r"#{1,6} +(.*)")
_TITLE_ENDS = re.compile(r"[ #]*(\{[^{}]*\})? *$")
_DIV = re.compile(r"^:{3,}[ \t]*(.*)$", re.MULTILINE)
_TEXT = re.compile(r"(?![^\W_]+[.)]|Table:)[^\W\d_»“]")
_CAPTION = re.compile(r"(?::(?!::)|Table:)")
_DEFINES = re.compile(r" {0,3}[:~]")
_REACHING = re.compile(r"\]:|`{3}|~{3}|^[ \t]*</?[A-Za-z!?]|^[ \t>]+:{3}|^ *-{3,}[- ]*$", re.MULTILINE)
"""What may reach over a heading: definitions of links and notes, code, HTML, a div within something, dashed tables."""


def sections(markdown: str) -> tuple[str, ...]:
    """Return the sections in order: each begins with a heading, or a paragraph that nothing before or after is part of.

    All of a text in which something could reach over a heading is one section.
    """
    if _REACHING.search(markdown) or _has_links_to_headings(markdown):
        return (markdown,)
    return tuple(_cut(_CHUNK.findall(markdown)))


def _cut(chunks: list[str]) -> Iterator[str]:
    section = before = ""
    depth = 0
    for chunk, following in zip(chunks, [*chunks[1:], ""], strict=True):
        begins = _HEADING.match(chunk) or (_is_text(chunk, following) and not _CAPTION.match(before))
        if section and depth == 0 and begins:
            yield section
            section = ""
        section, before = section + chunk, chunk
        for words in _DIV.findall(chunk):
            depth = depth + 1 if words.strip() else max(0, depth - 1)
    yield section


def _is_text(chunk: str, following: str) -> bool:
    """Tell a paragraph from an item of a list, a table's caption, and a term that is defined below it."""
    lines = [*chunk.splitlines()[1:], following]
    return bool(_TEXT.match(chunk)) and not any(map(_DEFINES.match, lines))


def _has_links_to_headings(markdown: str) -> bool:
    """Tell whether a heading's own words stand in brackets without an address: they are a link to it."""
    flat = " ".join(markdown.split()).casefold()
    found = (_HEADING.match(line) for line in markdown.splitlines())
    titles = {" ".join(_TITLE_ENDS.sub("", heading[1]).split()).casefold() for heading in found if heading}
    return any(flat.count(f"[{title}]") > flat.count(f"[{title}](") for title in titles)
