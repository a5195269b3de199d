"""Turn a manuscript into its Word edition: pandoc writes the text, the house finishes the file."""

import functools
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from forankring import text
from forankring.language import Locale
from forankring.process import Limits, pandoc
from forankring.publishing.manuscript.layout import WIDE
from forankring.publishing.manuscript.mending import MISSING
from forankring.publishing.manuscript.passages import RESTS, is_linked, is_passage
from forankring.publishing.manuscript.pictures import data_uri
from forankring.publishing.records import Face, Manuscript
from forankring.publishing.word.file import finish
from forankring.publishing.word.names import BOX_END, BOX_START, CONTENTS, GROUP, WIDE_END, WIDE_START
from forankring.publishing.word.reference import Running, reference_document
from forankring.text import Document, Node

_LIMITS = Limits(seconds=120)
_BOXES = frozenset({"initiative", "statement", "fact"})
_GROUPS = frozenset({"contribution", "point"})


def word_edition(manuscript: Manuscript, when: datetime, locale: Locale) -> bytes:
    """Return the Word file, whose contents still have marks for pages: ``paged`` puts these in. Raises ToolError where
    pandoc fails."""
    face = manuscript.face
    foot = " · ".join((face.version, face.date, face.status, face.edition_id))
    page = locale.label("publishing.page", page="{page}", pages="{pages}")
    running = Running(left=face.title, right=face.mark, foot=foot, page_of=page)
    source = text.dump_json(Document(tuple(word_tree(manuscript, locale))), _meta(locale))
    with tempfile.TemporaryDirectory(prefix="forankring-") as folder:
        reference, target = Path(folder, "reference.docx"), Path(folder, "edition.docx")
        reference.write_bytes(reference_document(manuscript.look, locale.name, running))
        arguments = ["--from", "json", "--to", "docx", "--reference-doc", str(reference), "--output", str(target)]
        pandoc(arguments, stdin=source, limits=_LIMITS, env={"SOURCE_DATE_EPOCH": str(int(when.timestamp()))})
        return finish(target.read_bytes(), manuscript, when, locale)


def word_tree(manuscript: Manuscript, locale: Locale) -> Iterator[Node]:
    """Yield the blocks that pandoc writes, in the file's order: cover, imprint, contents, chapters."""
    yield from _cover(manuscript.face)
    change = functools.partial(_wordly, manuscript)
    for chapter in manuscript.chapters:
        if chapter.front:
            yield from text.rewrite_blocks(chapter.blocks, change)
    yield _styled("TOC Heading", locale.label("publishing.contents"))
    yield _styled("TOC 1", CONTENTS)
    for chapter in manuscript.chapters:
        if not chapter.front:
            yield from text.rewrite_blocks(chapter.blocks, change)


def _small_link(node: Node) -> list[Node]:
    """Give a link's words their size inside it: pandoc lets nothing around a link reach its words."""
    return [{"t": "Link", "c": [node["c"][0], [_small(node["c"][1])], node["c"][2]]}] if node["t"] == "Link" else [node]


def _small(nodes: Iterable[Node]) -> Node:
    return {"t": "Span", "c": [["", [], [["custom-style", "Rests"]]], list(nodes)]}


def _meta(locale: Locale) -> dict[str, Any]:
    return {"lang": {"t": "MetaInlines", "c": [{"t": "Str", "c": locale.name}]}}


def _cover(face: Face) -> Iterator[Node]:
    lines = [
        ("Cover Mark", face.mark),
        ("Cover Parties", face.parties),
        ("Title", face.title),
        ("Subtitle", face.subtitle),
        *(("Cover Line", line) for line in face.cover_lines),
        ("Cover Version", f"{face.version} · {face.date}"),
        ("Cover Status", face.status),
    ]
    yield from (_styled(style, words) for style, words in lines if words)


def _styled(style: str, words: str) -> Node:
    para = {"t": "Para", "c": [{"t": "Str", "c": words}]}
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [para]]}


def _wordly(manuscript: Manuscript, node: Node) -> list[Node]:
    """Turn what pandoc's writer does not know into what it knows: named styles, and pictures that carry themselves."""
    match node["t"]:
        case "Span" if MISSING in node["c"][0][1]:
            identifier, classes, pairs = node["c"][0]
            return [{"t": "Span", "c": [[identifier, classes, [*pairs, ["custom-style", "Missing"]]], node["c"][1]]}]
        case "Span" if RESTS in node["c"][0][1]:
            return [_small(text.rewrite_blocks(node["c"][1], _small_link))]
        case "Div" if _GROUPS & set(node["c"][0][1]):
            return [{"t": "Div", "c": [node["c"][0], [_styled("Compact", GROUP), *node["c"][1]]]}]
        case "Div" if is_passage(node):
            name, blocks = node["c"][0][0], node["c"][1]
            return [{"t": "Div", "c": [[name, [], []], blocks]}] if is_linked(node) else list(blocks)
        case "Image":
            attr, words, (name, _) = node["c"]
            return [{"t": "Image", "c": [attr, words, [data_uri(name, manuscript.pictures[name]), ""]]}]
        case "Div" if _BOXES & set(node["c"][0][1]):
            inside = [_styled("Compact", BOX_START), *node["c"][1], _styled("Compact", BOX_END)]
            return [{"t": "Div", "c": [node["c"][0], inside]}]
        case "Div" if WIDE in node["c"][0][1]:
            inside = [_styled("Compact", WIDE_START), *node["c"][1], _styled("Compact", WIDE_END)]
            return [{"t": "Div", "c": [node["c"][0], inside]}]
        case _:
            return [node]
