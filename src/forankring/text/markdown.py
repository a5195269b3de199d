"""Turn Markdown into a document and back, in a normal form that git can diff: one sentence a line."""

import json
import re
from typing import Any

from forankring.language import Locale
from forankring.process import Limits, pandoc
from forankring.text.escaping import escaped
from forankring.text.nodes import API_VERSION, Document
from forankring.text.sentences import one_sentence_a_line
from forankring.text.writable import writable

READER = (
    "markdown-raw_html-raw_tex-raw_attribute-latex_macros-citations-tex_math_dollars-auto_identifiers"
    "-yaml_metadata_block-pandoc_title_block-example_lists-line_blocks"
)
"""The Markdown of chapters and templates: nothing raw, no metadata, no citations, ids only where they are written."""

WRITER = READER + "-simple_tables-multiline_tables-grid_tables"

LIMITS = Limits(seconds=60)


def parse(markdown: str, *, reader: str = READER) -> Document:
    """Parse Markdown; raise ToolError where pandoc fails or does not end."""
    return load_json(pandoc(["--from", reader, "--to", "json"], stdin=markdown.encode(), limits=LIMITS))


def write(document: Document, locale: Locale) -> str:
    """Return the document in the source normal form; parsing it and writing it again changes nothing.

    Dashes, ellipses and apostrophes stand as themselves, not as the ASCII that pandoc would read as them.
    """
    arguments = ["--from", "json", "--to", WRITER, "--wrap", "preserve", "--columns", "5"]
    return pandoc(arguments, stdin=dump_json(ready(document, locale)), limits=LIMITS).decode()


def ready(document: Document, locale: Locale) -> Document:
    """Return the document as pandoc's writer has to be handed it."""
    return Document(tuple(escaped(list(one_sentence_a_line(writable(document.blocks), locale)))))


def normal_form(markdown: str, locale: Locale) -> str:
    """Return Markdown in the source normal form."""
    return write(parse(markdown), locale)


def load_json(data: bytes) -> Document:
    """Return the document from pandoc's JSON; its metadata is left behind."""
    return Document(tuple(json.loads(data)["blocks"]))


def dump_json(document: Document, meta: dict[str, Any] | None = None) -> bytes:
    """Return pandoc's JSON of the document, with ``meta`` as pandoc's metadata values."""
    tree = {"pandoc-api-version": list(API_VERSION), "meta": meta or {}, "blocks": list(document.blocks)}
    return json.dumps(tree, ensure_ascii=False).encode()


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Split a file into its YAML front matter (empty where there is none), its body, and the body's first line."""
    text = text.removeprefix("\ufeff")
    found = _FRONT_MATTER.match(text)
    if not found:
        return "", text, 1
    return found.group(1) or "", text[found.end() :], text[: found.end()].count("\n") + 1


_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:(.*?)\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
