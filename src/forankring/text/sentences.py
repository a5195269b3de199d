"""Break paragraphs so that each sentence stands on a line of its own: small diffs, few conflicts."""

import re
from collections.abc import Iterable
from typing import Any

from forankring.language import Locale
from forankring.text.nodes import Document, Node

_END = re.compile(r"[.!?…][«»“”\"’‹›)\]]*$")
_START = re.compile(r"[»“\"‘‹(\[]*[0-9A-ZÆØÅÄÖÜÉ⚠]")
_MARKER = re.compile(r"\(?(?:\d+|[A-Za-z]|[IVXLCDMivxlcdm]+)[.)]$")
_ONE_LINE = frozenset({"Header", "Table"})
_INLINE_HOSTS = frozenset({"Para", "Plain"})


def lined(document: Document, locale: Locale) -> Document:
    """Return the text one sentence a line, as the normal form has it: what is merged and compared stands so."""
    return Document(one_sentence_a_line(document.blocks, locale))


def one_sentence_a_line(blocks: Iterable[Node], locale: Locale) -> tuple[Node, ...]:
    """Return the blocks with a soft break after each sentence in paragraphs, and spaces everywhere else."""
    abbreviations = frozenset(locale.words["sentences"]["abbreviations"])
    return tuple(_block(block, abbreviations) for block in blocks)


def _block(node: Any, abbreviations: frozenset[str]) -> Any:
    if isinstance(node, list):
        return [_block(item, abbreviations) for item in node]
    if not isinstance(node, dict) or "c" not in node:
        return node
    if node["t"] in _ONE_LINE:
        return {"t": node["t"], "c": _spaces(node["c"])}
    if node["t"] in _INLINE_HOSTS:
        return {"t": node["t"], "c": _sentences(_spaces(node["c"]), abbreviations)}
    return {"t": node["t"], "c": _block(node["c"], abbreviations)}


def _spaces(node: Any) -> Any:
    """Turn every soft break below ``node`` into a space."""
    if isinstance(node, list):
        return [_spaces(item) for item in node]
    if not isinstance(node, dict) or node.get("t") == "Str":
        return node
    if node.get("t") == "SoftBreak":
        return {"t": "Space"}
    return {**node, "c": _spaces(node["c"])} if "c" in node else node


def _sentences(inlines: list[Node], abbreviations: frozenset[str]) -> list[Node]:
    result = list(inlines)
    for index, node in enumerate(inlines):
        if node["t"] != "Space" or not 0 < index < len(result) - 1:
            continue
        if _ends(_word_before(result, index), abbreviations) and _starts(result[index + 1]):
            result[index] = {"t": "SoftBreak"}
    return result


def _word_before(inlines: list[Node], index: int) -> Node:
    """Return what stands before a space; a footnote after a full stop does not hide it."""
    while index > 1 and inlines[index - 1]["t"] == "Note":
        index -= 1
    return inlines[index - 1]


def _ends(node: Node, abbreviations: frozenset[str]) -> bool:
    word = _edge(node, last=True)
    if word[-1:].isalpha() or not _END.search(word):
        return False
    bare = word.lstrip('(»“"')
    bare = bare if bare.isupper() and len(bare) > 2 else bare.casefold()  # »KL.« ends a sentence, »kl.« does not
    return bare not in abbreviations and not re.fullmatch(r"\d{1,2}\.|[a-zæøå]\.", bare)


def _starts(node: Node) -> bool:
    """Tell whether a sentence may begin here; a word that would begin a list (»1.«, »B)«) never starts a line."""
    word = _edge(node, last=False)
    return bool(_START.match(word)) and not _MARKER.match(word)


def _edge(node: Node, *, last: bool) -> str:
    """Return the first or last word of an inline, with the quotation marks around it left out."""
    if node["t"] == "Str":
        return str(node["c"])
    content = node.get("c")
    if node["t"] in ("Quoted", "Span", "Link") and isinstance(content, list):
        content = content[1]
    if node["t"] in ("Note", "Code", "Math", "Image", "RawInline") or not isinstance(content, list) or not content:
        return ""
    return _edge(content[-1 if last else 0], last=last)
