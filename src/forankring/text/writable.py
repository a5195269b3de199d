"""Turn any tree into one that pandoc's Markdown writer can write without changing what it means when it is read."""

import itertools
import re
from collections.abc import Iterable
from typing import Any

from forankring.text.nodes import Node, inlines, plain
from forankring.text.tables import flat_inlines, flat_table

Within = frozenset[str]

_NOTHING: Node = {"t": "RawInline", "c": ["markdown", "[]{}"]}
"""Reads as an empty span: parts two marks that would run together."""
_SPACE: Node = {"t": "Space"}
_BOX = re.compile(r"\[[xX ]\]( |$)")
_BLANK = re.compile(r"[ \t\r\n]+")
_BREAKS = frozenset({"Space", "LineBreak"})
_MARKED = frozenset({"Emph", "Strong", "Strikeout", "Superscript", "Subscript"})
_SAME_CHARACTER = ({"Emph", "Strong"}, {"Strikeout", "Subscript"}, {"Code"})
_RUN_TOGETHER = frozenset(pair for marks in _SAME_CHARACTER for pair in itertools.product(marks, marks))
_ONE_LINE = "one line"
_NO_NOTES = frozenset({"Note", "Link", "Superscript", "Subscript"})
_NO_FIGURES = frozenset({"Note", "DefinitionList"})
_TIGHT = frozenset({"Superscript", "Subscript"})
_TEXT = frozenset({"Plain", "Para"})
_AFTER_DEFINITIONS = frozenset({"Plain", "Para", "Header", "Figure"})
_LISTS = frozenset({"BulletList", "OrderedList", "DefinitionList"})
_EMPTY: list[Any] = ["", [], []]


def writable(blocks: Iterable[Node]) -> tuple[Node, ...]:
    """Return the blocks without what our Markdown cannot say: raw parts, spans and blocks in cells, notes in notes.

    Every word stays. Where the writer would run two things together, a mark that reads as nothing parts them.
    """
    return tuple(_blocks(blocks, frozenset()))


def _blocks(blocks: Iterable[Node], within: Within) -> list[Node]:
    result: list[Node] = []
    for block in blocks:
        for done in _block(block, within):
            if result and _swallows(result[-1]["t"], done["t"]):
                result.append(_written_block("[//]: #"))
            result.append(done)
    return result


def _swallows(before: str, after: str) -> bool:
    """Tell whether the first block would take in the second: a list its like, a table the definition as its caption."""
    return before in _LISTS and (before == after or (before == "DefinitionList" and after not in _AFTER_DEFINITIONS))


def _block(block: Node, within: Within) -> list[Node]:  # noqa: PLR0912  # one case for each kind of block
    kind: str = block["t"]
    content: Any = block.get("c")
    match kind:
        case "Plain" | "Para":
            return _paragraph(kind, content, within)
        case "LineBlock":
            lines = [node for line in content for node in ({"t": "LineBreak"}, *line)]
            return _paragraph("Para", lines[1:], within)
        case "Header":
            return [{"t": "Header", "c": [content[0], content[1], _one_line(content[2], within)]}]
        case "CodeBlock":
            return _code_block(content)
        case "BlockQuote":
            inner = _blocks(content, within)
            return [{"t": kind, "c": inner}] if inner else []
        case "Div":
            inner = _blocks(content[1], within)
            return inner if content[0] == _EMPTY else [{"t": kind, "c": [content[0], inner]}]
        case "BulletList":
            return [{"t": kind, "c": _items(content, within)}] if content else []
        case "OrderedList":
            return [{"t": kind, "c": [content[0], _items(content[1], within)]}] if content[1] else []
        case "DefinitionList":
            return _definitions(content, within)
        case "Table":
            return _table(content, within)
        case "Figure":
            return _figure(content, within)
        case "HorizontalRule":
            return [_written_block("* * *")]  # dashes could begin a table
        case _:
            return []


def _items(items: list[list[Node]], within: Within) -> list[list[Node]]:
    """Return a list's items, all tight (one line and lists below it) or all loose, as Markdown has it."""
    done = [_unticked(_blocks(item, within)) for item in items]
    if all(_is_tight(item) for item in done):
        return done
    return [_as("Para", item) for item in done]


def _unticked(item: list[Node]) -> list[Node]:
    """Part words such as ``[x]`` from the start of an item or a definition: there they are read as a box, escaped or
    not."""
    if not item or item[0]["t"] not in _TEXT or not _BOX.match(plain(item[0]["c"][:4])):
        return item
    return [{"t": item[0]["t"], "c": [_NOTHING, *item[0]["c"]]}, *item[1:]]


def _as(kind: str, blocks: list[Node]) -> list[Node]:
    return [{"t": kind, "c": block["c"]} if block["t"] in _TEXT else block for block in blocks]


def _is_tight(item: list[Node]) -> bool:
    kinds = [block["t"] for block in item]
    return not kinds or (kinds[0] in ("Plain", "BulletList", "OrderedList") and _LISTS.issuperset(kinds[1:]))


def _paragraph(kind: str, content: list[Node], within: Within) -> list[Node]:
    inner = _trimmed(_inlines(content, within))[1]
    return [{"t": kind, "c": inner}] if inner else []


def _one_line(content: list[Node], within: Within) -> list[Node]:
    return _trimmed(_inlines(content, within | {_ONE_LINE}))[1]


def _code_block(content: list[Any]) -> list[Node]:
    """Write plain code between fences: an indented block would run together with a list or block before it."""
    attributes, code = content
    text = code.expandtabs(4).strip("\n")
    if not text.strip():
        return []
    if attributes != _EMPTY:
        return [{"t": "CodeBlock", "c": [attributes, text]}]
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [_written_block(f"{fence}\n{text}\n{fence}")]


def _definitions(content: list[Any], within: Within) -> list[Node]:
    entries: list[Any] = []
    loose: list[Node] = []
    for term, definitions in content:
        name = _one_line(term, within)
        texts = [_unticked(_blocks(text, within | {"DefinitionList"})) for text in definitions]
        if name and texts:
            entries.append([name, texts])
        else:
            loose += ([{"t": "Para", "c": name}] if name else []) + [block for text in texts for block in text]
    one_line = all(len(text) == 1 and text[0]["t"] in _TEXT for _, texts in entries for text in texts)
    entries = [[name, [_as("Plain" if one_line else "Para", text) for text in texts]] for name, texts in entries]
    return ([{"t": "DefinitionList", "c": entries}] if entries else []) + loose


def _table(content: list[Any], within: Within) -> list[Node]:
    flat = flat_table(content)
    if not flat[2]:
        return []
    caption = _one_line(flat[1][1][0]["c"], within) if flat[1][1] else []
    head, rows = (_cells(part, within) for part in (flat[3][1], flat[4][0][3]))
    body = [flat[4][0][0], 0, [], rows]
    blocks = [{"t": "Plain", "c": caption}] if caption else []
    return [{"t": "Table", "c": [flat[0], [None, blocks], flat[2], [_EMPTY, head], [body], flat[5]]}]


def _cells(rows: list[Any], within: Within) -> list[Any]:
    return [[row[0], [[*cell[:4], _cell(cell[4], within)] for cell in row[1]]] for row in rows]


def _cell(blocks: list[Node], within: Within) -> list[Node]:
    inner = _one_line(blocks[0]["c"], within) if blocks else []
    return [{"t": "Plain", "c": inner}] if inner else []


def _figure(content: list[Any], within: Within) -> list[Node]:
    """Keep a picture with its caption; anything else in a figure becomes ordinary text."""
    attributes, caption, blocks = content
    if len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para"):
        inner = _inlines(blocks[0]["c"], within)
        if len(inner) == 1 and inner[0]["t"] == "Image":
            if within & _NO_FIGURES and plain(caption[1]) == plain(inner):
                return [{"t": "Para", "c": inner}]  # here a picture alone is read as one without a caption
            text = _one_line(flat_inlines(caption[1]), within)
            shown = [None, [{"t": "Plain", "c": text}] if text else []]
            return [{"t": "Figure", "c": [attributes, shown, [{"t": "Plain", "c": inner}]]}]
    return _blocks([*blocks, *caption[1]], within)


def _inlines(nodes: Iterable[Node], within: Within) -> list[Node]:
    """Return the inlines; words and the spaces between them, nearly all there is, are let through at once."""
    done: list[Node] = []
    is_open = _is_open(within)
    for node in nodes:
        if (node["t"] == "Str" and node["c"].isalnum()) or (is_open and node == _SPACE):
            done.append(node)
        else:
            done += _inline(node, within)
    return _merged(done)


def _inline(node: Node, within: Within) -> list[Node]:  # noqa: PLR0912  # one case for each kind of inline
    kind: str = node["t"]
    content: Any = node.get("c")
    match kind:
        case "Str" if content and not _BLANK.search(content):
            return [node]
        case "Str":
            return [part for part in inlines(_BLANK.sub(" ", content)) if part != _SPACE or _is_open(within)]
        case "Space" | "SoftBreak" | "LineBreak":
            if not _is_open(within):
                return [{"t": "Str", "c": "\N{NO-BREAK SPACE}"}]
            return [_SPACE if kind != "LineBreak" or _ONE_LINE in within else node]
        case "Emph" | "Strong" | "Strikeout" | "Superscript" | "Subscript" | "Underline" | "SmallCaps":
            return _formatted(kind, content, within)
        case "Quoted":
            return _quoted(content, within)
        case "Code":
            text = _BLANK.sub(" ", content[1]).strip(" ")
            return [{"t": "Code", "c": [content[0], text]}] if text else []
        case "Span" if content[0] != _EMPTY:
            return [{"t": kind, "c": [content[0], _inlines(content[1], within)]}]
        case "Span" | "Cite":
            return _inlines(content[1], within)
        case "Link" if "Link" in within:
            return _inlines(content[1], within)
        case "Link":
            inner = _inlines(content[1], within | {"Link"})
            return [{"t": kind, "c": [content[0], inner, _target(content[2])]}]
        case "Image":
            return [{"t": kind, "c": [content[0], inlines(" ".join(plain(content[1]).split())), _target(content[2])]}]
        case "Note" if within & _NO_NOTES:
            return [] if not plain(content) else inlines(f" ({' '.join(plain(content).split())})")
        case "Note":
            return _note(content, within)
        case "Math":
            return [node]
        case _:
            return []


def _note(content: list[Node], within: Within) -> list[Node]:
    """Keep a footnote; in a heading or a cell it is one line, for the writer has no way to say more there."""
    if _ONE_LINE in within:
        content = [{"t": "Para", "c": flat_inlines(content)}]
    blocks = _blocks(content, within & {_ONE_LINE} | {"Note"})
    return [{"t": "Note", "c": blocks}] if blocks else []


def _is_open(within: Within) -> bool:
    """Tell whether a space may stand here: inside a raised or lowered text it would end it."""
    return not within & _TIGHT


def _formatted(kind: str, content: list[Node], within: Within) -> list[Node]:
    inner = _inlines(content, within | {kind})
    if kind in within:
        return inner
    before, inner, after = _trimmed(inner)
    return [*before, *_marked(kind, inner), *after]


def _marked(kind: str, inner: list[Node]) -> list[Node]:
    """Return the formatted text; marks of the same character may not touch (``~~~2~~~``)."""
    if not inner:
        return []
    if kind == "Emph" and len(inner) == 1 and inner[0]["t"] == "Strong":
        return [{"t": "Strong", "c": [{"t": "Emph", "c": inner[0]["c"]}]}]  # as ``***`` is read
    if kind == "Strikeout" and inner[0]["t"] == "Subscript":
        inner = [_NOTHING, *inner]
    if kind == "Strikeout" and inner[-1]["t"] == "Subscript":
        inner = [*inner, _NOTHING]
    return [{"t": kind, "c": inner}]


def _quoted(content: list[Any], within: Within) -> list[Node]:
    kind = content[0]["t"]
    if kind in within:
        opening, closing = ("“", "”") if kind == "DoubleQuote" else ("‘", "’")
        return _merged([{"t": "Str", "c": opening}, *_inlines(content[1], within), {"t": "Str", "c": closing}])
    before, inner, after = _trimmed(_inlines(content[1], within | {kind}))
    return [*before, {"t": "Quoted", "c": [content[0], inner]}, *after] if inner else [*before, *after]


def _target(target: list[str]) -> list[str]:
    return ["%20".join(target[0].split()), " ".join(target[1].split())]


def _merged(nodes: list[Node]) -> list[Node]:
    """Join neighbours that belong together, and part those that the writer would run together."""
    result: list[Node] = []
    for node in nodes:
        last = result[-1] if result else None
        if last is None:
            result.append(node)
        elif node["t"] == "Str" == last["t"]:
            result[-1] = {"t": "Str", "c": last["c"] + node["c"]}
        elif node["t"] in _BREAKS and last["t"] in _BREAKS:
            result[-1] = last if last["t"] == "LineBreak" else node
        elif node["t"] in _MARKED and node["t"] == last["t"]:
            result[-1] = {"t": node["t"], "c": _merged([*last["c"], *node["c"]])}
        else:
            if (last["t"], node["t"]) in _RUN_TOGETHER:
                result.append(_NOTHING)
            result.append(node)
    return result


def _trimmed(nodes: list[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    """Split off the spaces and line breaks at both ends."""
    start, end = 0, len(nodes)
    while start < end and nodes[start]["t"] in _BREAKS:
        start += 1
    while end > start and nodes[end - 1]["t"] in _BREAKS:
        end -= 1
    return nodes[:start], nodes[start:end], nodes[end:]


def _written_block(markdown: str) -> Node:
    return {"t": "RawBlock", "c": ["markdown", markdown]}
