"""Turn passages in another language than the text's into passages that say which, as editors may do themselves."""

from collections.abc import Sequence
from typing import Any

from forankring import text
from forankring.language import Locale, is_language_tag, language_of, load_locale
from forankring.text import Node

_LANGUAGE = "lang"
_WHOLE = frozenset({"BlockQuote", "BulletList", "OrderedList"})
"""What one hand has written: if it is in a language as a whole, so are its shortest parts."""


def spoken(blocks: Sequence[Node], locale: Locale) -> list[Node]:
    """Return the blocks with a language on each paragraph that is not in the text's own.

    A language that an editor has given stands, to a division for all that is in it; one that there is not is taken
    away.
    """
    return [_block(block, locale.key, "") for block in blocks]


def _block(block: Node, own: str, given: str) -> Node:
    """Return a block; ``given`` is the tag that holds for all of it, if there is one."""
    content: Any = block.get("c")
    match block["t"]:
        case "Para" | "Plain":
            return {"t": block["t"], "c": _inlines(content, own, given)}
        case "Header":
            level, (identifier, classes, pairs), words = content
            attr = [identifier, classes, [pair for pair in pairs if pair[0] != _LANGUAGE]]
            return {"t": "Header", "c": [level, attr, _inlines(words, own, _tag(pairs) or given)]}
        case "Div":
            attr, blocks = content
            return {"t": "Div", "c": [_checked(attr), _inside(blocks, own, _tag(attr[2]) or given)]}
        case "Figure":  # a picture stands alone in its paragraph
            attr, caption, picture = content
            return {"t": "Figure", "c": [_checked(attr), _inside(caption, own, given), picture]}
        case kind if kind in _WHOLE and not given and not _marked(content):
            return {"t": kind, "c": _inside(content, own, _other(text.plain(content), own))}
        case _:
            return {**block, "c": _inside(content, own, given)}


def _inside(node: Any, own: str, given: str) -> Any:
    """Return whatever a block holds with the blocks in it done."""
    if isinstance(node, list):
        return [_inside(item, own, given) for item in node]
    if isinstance(node, dict) and "t" in node and text.is_block(node):
        return _block(node, own, given)
    return node


def _inlines(words: list[Node], own: str, given: str) -> list[Node]:
    if all(node["t"] == "Image" for node in words):
        return words
    marked = _marked(words)
    checked = text.rewrite_blocks(words, _known) if marked else words
    tag = given or ("" if marked else _other(text.plain(words), own))
    return [{"t": "Span", "c": [["", [], [[_LANGUAGE, tag]]], list(checked)]}] if tag and words else list(checked)


def _other(passage: str, own: str) -> str:
    """Return the tag of the passage's language where it is plainly another than the text's."""
    found = language_of(passage)
    return load_locale(found).name if found and found != own else ""


def _marked(nodes: Any) -> bool:
    """Tell whether an editor has given a language to any of it."""
    return not text.is_bare(nodes) and any(
        node["t"] in ("Span", "Div") and dict(node["c"][0][2]).get(_LANGUAGE) for node in text.walk(nodes)
    )


def _known(node: Node) -> list[Node]:
    return [{"t": "Span", "c": [_checked(node["c"][0]), node["c"][1]]}] if node["t"] == "Span" else [node]


def _checked(attr: list[Any]) -> list[Any]:
    identifier, classes, pairs = attr
    return [identifier, classes, [[key, tag] for key, tag in pairs if key != _LANGUAGE or is_language_tag(tag)]]


def _tag(pairs: Sequence[Sequence[str]]) -> str:
    tag = next((tag for key, tag in pairs if key == _LANGUAGE), "")
    return tag if is_language_tag(tag) else ""
