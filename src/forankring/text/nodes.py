"""Walk pandoc's document tree: every function returns new nodes and leaves its input as it was."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Node = dict[str, Any]
"""A node of pandoc's JSON: ``{"t": type, "c": content}``. Blocks and inlines alike; treated as immutable."""

API_VERSION = (1, 23, 1)
_SEQUENCES = (list, tuple)


@dataclass(frozen=True, slots=True)
class Document:
    """A text as a sequence of pandoc blocks."""

    blocks: tuple[Node, ...] = ()


def rewrite(node: Any, change: Callable[[Node], Iterable[Node]]) -> Any:
    """Return ``node`` (a node, or a list of anything) with ``change`` applied bottom-up to every node inside it.

    ``change`` gets a node whose children are done and returns its replacement in the list it stands in: one node,
    none or many.
    """
    if isinstance(node, dict):
        return _rewritten(node, change)
    if not isinstance(node, _SEQUENCES):
        return node
    result: list[Any] = []
    for item in node:
        if isinstance(item, dict):
            done = _rewritten(item, change)
            if done.get("t") in _TYPES:
                result += change(done)
            else:
                result.append(done)
        else:
            result.append(rewrite(item, change))
    return result


def _rewritten(node: Node, change: Callable[[Node], Iterable[Node]]) -> Node:
    inside = node.get("c")
    if inside is None or isinstance(inside, str):
        return node  # a word or a space, as most nodes are
    return {**node, "c": rewrite(inside, change)}


def rewrite_blocks(blocks: Iterable[Node], change: Callable[[Node], Iterable[Node]]) -> tuple[Node, ...]:
    """Return the blocks with ``change`` applied to every block and inline inside them."""
    return tuple(rewrite(list(blocks), change))


def walk(node: Any) -> Iterator[Node]:
    """Yield every block and inline below (and at) ``node``, in reading order."""
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if item.get("t") in _TYPES:
                yield item
            waiting.append(item.get("c"))
        elif isinstance(item, _SEQUENCES):
            waiting += reversed(item)


def plain(node: Any) -> str:
    """Return the text of nodes as a reader would say it; paragraphs end with a blank line."""
    return _plain(node).strip()


def inlines(text: str) -> list[Node]:
    """Return plain text as inlines: words, spaces, and line breaks where the text has new lines."""
    result: list[Node] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            result.append({"t": "LineBreak"})
        result += _line(line)
    return result


def paragraphs(text: str) -> tuple[Node, ...]:
    """Return plain text as paragraphs, parted at blank lines; line ends inside a paragraph become spaces."""
    parts = (" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n"))
    return tuple(para(part) for part in parts if part)


def para(text: str) -> Node:
    """Return one paragraph of plain text."""
    return {"t": "Para", "c": inlines(text)}


def header(level: int, text: str, identifier: str = "", classes: tuple[str, ...] = ()) -> Node:
    """Return a heading of plain text."""
    return {"t": "Header", "c": [level, [identifier, list(classes), []], inlines(text)]}


_BARE = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})
_ATTRIBUTED = {
    "Header": 1,
    "Table": 0,
    "Figure": 0,
    "Div": 0,
    "Span": 0,
    "Code": 0,
    "CodeBlock": 0,
    "Link": 0,
    "Image": 0,
}
_TYPES = frozenset(
    "Plain Para LineBlock CodeBlock RawBlock BlockQuote OrderedList BulletList DefinitionList Header HorizontalRule "
    "Table Figure Div Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code Space "
    "SoftBreak LineBreak Math RawInline Link Image Note Span".split()
)
"""Elements, as told from the tree's other tagged values: alignments, list styles, quote types."""
_BLOCKS = frozenset(
    "Plain Para LineBlock CodeBlock BlockQuote OrderedList BulletList DefinitionList Header HorizontalRule Table "
    "Figure Div".split()
)


def is_bare(nodes: Any) -> bool:
    """Tell inlines that are words and spaces alone, as nearly all are: nothing else can be in them."""
    return isinstance(nodes, list) and all(isinstance(node, dict) and node.get("t") in _BARE for node in nodes)


def spelt_out(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return blocks in which every word is a node of its own, as pandoc writes them."""
    return rewrite_blocks(nodes, lambda node: list(_line(node["c"])) if node["t"] == "Str" else [node])


def is_block(node: Node) -> bool:
    """Tell a block from an inline."""
    return node["t"] in _BLOCKS or node["t"] == "RawBlock"


def attributes(node: Node) -> list[Any] | None:
    """Return the node's ``[id, classes, key-value pairs]``, or None for a type without them."""
    index = _ATTRIBUTED.get(node["t"])
    return None if index is None else list(node["c"][index])


def with_attributes(node: Node, attr: list[Any]) -> Node:
    """Return the node with other attributes."""
    content = list(node["c"])
    content[_ATTRIBUTED[node["t"]]] = attr
    return {"t": node["t"], "c": content}


def _line(line: str) -> Iterator[Node]:
    words = line.split(" ")
    for number, word in enumerate(words):
        if number:
            yield {"t": "Space"}
        if word:
            yield {"t": "Str", "c": word}


_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}


def _plain(node: Any) -> str:
    if isinstance(node, _SEQUENCES):
        return "".join([_plain(item) for item in node])
    if not isinstance(node, dict):
        return ""
    kind: str = node.get("t", "")
    content: Any = node.get("c")
    match kind:
        case "Str":
            return str(content)
        case "Space" | "SoftBreak":
            return " "
        case "LineBreak":
            return "\n"
        case "Code" | "Math" | "CodeBlock" | "RawInline" | "RawBlock":
            return str(content[1]) + ("\n\n" if kind in ("CodeBlock", "RawBlock") else "")
        case "Quoted":
            opening, closing = _QUOTES[content[0]["t"]]
            return f"{opening}{_plain(content[1])}{closing}"
        case "Note":
            said = _plain(content).strip()
            return f" ({said})" if said else ""
        case "Link" | "Image" | "Span" | "Cite":
            return _plain(content[1])
        case "DefinitionList":
            return "".join(f"{_plain(term)}\n{_plain(texts)}" for term, texts in content)
        case "LineBlock":
            return "\n".join(_plain(line) for line in content) + "\n\n"
        case _:
            return _plain(content) + ("\n\n" if kind in _BLOCKS else "")
