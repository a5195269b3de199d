"""Turn the body's paragraphs into ones that read well across pages: what belongs together stays together."""

from collections.abc import Iterator
from typing import Any

from forankring.publishing.manuscript.layout import LEADING
from forankring.publishing.word.names import GROUP, MARKS, element, put_property, style_of, w, words_of

_QUOTE, _BY, _SHOWN = "BlockText", "– ", frozenset({"TableCaption", "CaptionedFigure"})
_AFTER_LIST, _BEFORE_GROUP = 120, 320
"""In twentieths of a point."""


def settle_flow(body: Any) -> None:
    """Keep a paragraph that announces something with it, and a quotation with who said it; part lists and groups."""
    _part_groups(body)
    for node, follows in _pairs(body):
        quoted = _is_quote(node) and words_of(follows).startswith(_BY)
        if _announces(node) or _leads_to(node, follows) or quoted:
            put_property(_properties(node), element("keepNext"))
        if _is_item(node) and follows.tag == w("p") and not _is_item(follows):
            put_property(_properties(node), element("spacing", after=_AFTER_LIST))


def _part_groups(body: Any) -> None:
    """Give the paragraph after a mark more room above it, and take the mark away."""
    for mark in [node for node in body.iterchildren(w("p")) if words_of(node) == GROUP]:
        follows = next((node for node in mark.itersiblings() if node.tag in (w("p"), w("tbl"))), None)
        if follows is not None and follows.tag == w("p"):
            put_property(_properties(follows), element("spacing", before=_BEFORE_GROUP))
            put_property(_properties(follows), element("keepNext"))
        body.remove(mark)


def _pairs(body: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each paragraph with the paragraph or table that follows it."""
    before = None
    for node in body.iterchildren(w("p"), w("tbl")):
        if words_of(node) in MARKS:
            continue
        if before is not None and before.tag == w("p"):
            yield before, node
        before = node


def _announces(node: Any) -> bool:
    return words_of(node).rstrip().endswith(":")


def _leads_to(node: Any, follows: Any) -> bool:
    shown = follows.tag == w("tbl") or style_of(follows, "pPr", "pStyle") in _SHOWN
    return shown and len(words_of(node)) <= LEADING


def _is_quote(node: Any) -> bool:
    return style_of(node, "pPr", "pStyle") == _QUOTE


def _is_item(node: Any) -> bool:
    numbering = node.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    return numbering is not None and numbering.get(w("val")) != "0"


def _properties(paragraph: Any) -> Any:
    found = paragraph.find(w("pPr"))
    if found is None:
        found = element("pPr")
        paragraph.insert(0, found)
    return found
