"""Turn a chapter's blocks into blocks that no edition stumbles over: quotes, headings, pictures, links, notices."""

import re
from collections.abc import Iterator
from typing import Any

from forankring import text
from forankring.drafting import units
from forankring.language import slug
from forankring.publishing.manuscript.desk import Desk
from forankring.publishing.manuscript.illustrating import FIGURE, illustrated
from forankring.publishing.manuscript.passages import OF_THE_BUILD
from forankring.publishing.manuscript.tables import flat, mended_table
from forankring.publishing.manuscript.typography import bind
from forankring.text import Node

MISSING = "missing"
"""The class of a span that says what is missing, and the sign it begins with."""
SIGN = "⚠"

_WIDTH = re.compile(r"\d{1,4}(\.\d+)?(%|cm|mm|in|px|pt)$")
_BLANK: Node = {"t": "Plain", "c": [{"t": "Str", "c": "\u00a0"}]}
"""What a numbered item says that says nothing: without it Word's list is read back with another number."""


def mend(desk: Desk, blocks: list[Node], *, deep: bool = False) -> list[Node]:
    """Return the blocks mended. ``deep`` means inside a list, quotation or note, where a heading cannot stand."""
    result: list[Node] = []
    for block in blocks:
        made = _block(desk, block, deep)
        result += made if deep else desk.passage(block, made)
    return result


def _bare(desk: Desk, blocks: list[Node], deep: bool) -> list[Node]:
    """Return the blocks mended, with no division around each."""
    return [made for block in blocks for made in _block(desk, block, deep)]


def mend_inlines(desk: Desk, nodes: list[Node], *, mark: bool = True) -> list[Node]:
    """Return the inlines mended; ``⚠`` and what it says is missing become one marked span."""
    result: list[Node] = []
    for node in nodes:
        kind = node["t"]
        if kind in ("Str", "Space", "LineBreak", "Code"):
            result.append(node)
        elif kind == "SoftBreak":
            result.append({"t": "Space"})
        else:
            result += _inline(desk, node)
    result = bind(result, desk.locale)
    if mark and any(node.get("c") == SIGN for node in result):
        return list(_marked(result))
    return result


def _block(desk: Desk, block: Node, deep: bool) -> list[Node]:  # noqa: PLR0912  # one case for each kind
    content: Any = block.get("c")
    match block["t"]:
        case "Para" | "Plain":
            return _paragraph(block["t"], mend_inlines(desk, content))
        case "Header":
            return _heading(desk, content, deep)
        case "Div":
            return _division(desk, content, deep)
        case "BulletList":
            return list(_parted([mend(desk, item, deep=True) for item in content], None))
        case "OrderedList":
            return list(_parted([mend(desk, item, deep=True) or [_BLANK] for item in content[1]], content[0]))
        case "DefinitionList":
            return [{"t": "DefinitionList", "c": [_definition(desk, term, parts) for term, parts in content]}]
        case "BlockQuote":
            return [{"t": "BlockQuote", "c": mend(desk, content, deep=True)}]
        case "Table":
            return [mended_table(desk, content, lambda cell: mend(desk, cell, deep=True))]
        case "Figure":
            return _figure(desk, content, deep)
        case "CodeBlock":
            return [{"t": "CodeBlock", "c": [["", [], []], content[1]]}]
        case "HorizontalRule":
            return [block]
        case "LineBlock":
            return [{"t": "Para", "c": mend_inlines(desk, _lines(content))}]
        case _:
            return []


def _inline(desk: Desk, node: Node) -> list[Node]:
    content: Any = node["c"]
    match node["t"]:
        case "Quoted":
            return _quoted(desk, content)
        case "Span":
            identifier, classes, pairs = content[0]
            own = desk.identify([identifier, [name for name in classes if name not in OF_THE_BUILD], pairs])
            return [{"t": "Span", "c": [own, mend_inlines(desk, content[1], mark=MISSING not in classes)]}]
        case "Link":
            return desk.link(content[0], mend_inlines(desk, content[1]), content[2][0])
        case "Image":
            return _image(desk, content)
        case "Note":
            return [{"t": "Note", "c": list(text.rewrite_blocks(mend(desk, content, deep=True), _in_brackets))}]
        case "Cite":
            return mend_inlines(desk, content[1])
        case "Math":
            return [{"t": "Code", "c": [["", [], []], content[1]]}]
        case "RawInline":
            return []
        case kind:
            return [{"t": kind, "c": mend_inlines(desk, content)}]


def _in_brackets(node: Node) -> list[Node]:
    """Put a note's own note in brackets: no edition has notes to notes, and Word would lose its words."""
    if node["t"] != "Note":
        return [node]
    lines = [block["c"] if block["t"] in ("Para", "Plain") else text.inlines(text.plain(block)) for block in node["c"]]
    words = [word for line in lines for word in ({"t": "Space"}, *line)][1:]
    return [{"t": "Space"}, {"t": "Str", "c": "("}, *words, {"t": "Str", "c": ")"}]


def _paragraph(kind: str, content: list[Node]) -> list[Node]:
    return [{"t": kind, "c": content}] if content else []


def _heading(desk: Desk, content: list[Any], deep: bool) -> list[Node]:
    words = mend_inlines(desk, content[2])
    shown = text.plain(words)
    if not shown:
        desk.note("heading_empty")
        return []
    if deep:
        desk.note("heading_inside", shown)
        return [{"t": "Para", "c": [{"t": "Strong", "c": words}]}]
    level = desk.level(content[0])
    if level != content[0]:
        desk.note_once("heading_level", shown)
    return [{"t": "Header", "c": [level, _named(desk, content[1], shown), words]}]


def _named(desk: Desk, attr: list[Any], shown: str) -> list[Any]:
    """Return a heading's attributes with an identifier: its own, or one made of its chapter and its words."""
    if attr[0]:
        return desk.identify(attr)
    made = f"{desk.chapter}-{slug(shown)[:60].strip('-')}"
    return [desk.names.give(made), attr[1], attr[2]]


def _division(desk: Desk, content: list[Any], deep: bool) -> list[Node]:
    """Fill the divisions that the build fills; keep the others."""
    notice = next((desk.notices[name] for name in content[0][1] if name in desk.notices), None)
    if notice is not None and not content[1]:
        return [{"t": "Div", "c": [desk.identify(content[0]), list(notice)]}]
    if FIGURE in content[0][1]:
        made = illustrated(desk, content[0], _bare(desk, content[1], deep), deep=deep)
        return made if deep else _figure_passage(desk, content[1], made)
    identifier, classes, pairs = content[0]
    blocks = mend(desk, content[1], deep=deep)
    own = desk.identify([identifier, [name for name in classes if name not in OF_THE_BUILD], pairs])
    return [{"t": "Div", "c": [own, blocks]}]


def _figure_passage(desk: Desk, blocks: list[Node], made: list[Node]) -> list[Node]:
    """Return what became of a figure's division as one passage, that of its table."""
    table = next((block for block in blocks if block["t"] == "Table"), None)
    passages = [desk.passage(block, made if block is table else []) for block in units(blocks)]
    return made if table is None else next(filter(None, passages))


def _parted(items: list[list[Node]], count: list[Any] | None) -> Iterator[Node]:
    """Yield a list whose items are a paragraph and lists: further paragraphs become lines of the first, and what
    follows a list in an item ends the list, as Word's reader would have it. ``count`` is how an ordered list counts."""
    part: list[list[Node]] = []
    first = count[0] if count else 1
    for number, item in enumerate(items, first):
        whole = _lined(item)
        end = next((i for i, block in enumerate(whole) if i and block["t"] not in _LISTS), len(whole))
        part.append(whole[:end])
        if whole[end:]:
            yield _list(part, count, first)
            yield from whole[end:]
            part, first = [], number + 1
    if part:
        yield _list(part, count, first)


def _list(items: list[list[Node]], count: list[Any] | None, first: int) -> Node:
    return {"t": "OrderedList", "c": [[first, *count[1:]], items]} if count else {"t": "BulletList", "c": items}


def _lined(item: list[Node]) -> list[Node]:
    """Join the paragraphs that an item begins with, each on a line of its own."""
    count = next((index for index, block in enumerate(item) if block["t"] not in ("Para", "Plain")), len(item))
    if count < 2:
        return item
    return [{"t": "Plain", "c": _lines([block["c"] for block in item[:count]])}, *item[count:]]


_LISTS = frozenset({"BulletList", "OrderedList"})


def _definition(desk: Desk, term: list[Node], parts: list[list[Node]]) -> list[Any]:
    return [mend_inlines(desk, term), [mend(desk, part, deep=True) for part in parts]]


def _figure(desk: Desk, content: list[Any], deep: bool) -> list[Node]:
    """Keep a figure of one picture that is there, outside lists and quotations; another one stands as plain blocks."""
    attr, (_, caption), blocks = content
    body = mend(desk, blocks, deep=True)
    words = flat(mend(desk, caption, deep=True))
    whole = len(body) == 1 and body[0]["t"] in ("Plain", "Para") and [node["t"] for node in body[0]["c"]] == ["Image"]
    if not whole:
        return body
    if deep:  # in a list or quotation a picture stands among its words, and its caption below it where it says more
        said = text.plain(words) != text.plain(body[0]["c"][0]["c"][1])
        return [*body, {"t": "Para", "c": words}] if words and said else body
    return [{"t": "Figure", "c": [desk.identify(attr), [None, [{"t": "Plain", "c": words}] if words else []], body]}]


def _image(desk: Desk, content: list[Any]) -> list[Node]:
    (_, classes, pairs), alt, (source, title) = content
    name = desk.gallery.hang(source)
    words = text.plain(alt) or dict(pairs).get("alt", "") or title
    if name is None:
        shown = words or source.rsplit("/", 1)[-1][:60]
        desk.note("picture_missing", source[:80])
        said = desk.locale.label("publishing.picture_missing", name=shown)
        return [{"t": "Span", "c": [["", [MISSING], []], bind(text.inlines(said), desk.locale)]}]
    if not words:
        desk.note("picture_without_words", near=f"]({source}"[:80])
        words = desk.locale.label("publishing.picture_without_words")
    width = [[key, value] for key, value in pairs if key == "width" and _WIDTH.match(value)]
    return [{"t": "Image", "c": [["", classes, width], text.inlines(" ".join(words.split())), [name, ""]]}]


def _quoted(desk: Desk, content: list[Any]) -> list[Node]:
    """Turn quoted words into words between the language's marks, joined to the words next to them."""
    double = content[0]["t"] == "DoubleQuote"
    marks = desk.locale.label("formats.quotes" if double else "publishing.inner_quotes")
    words = [{"t": "Str", "c": marks[0]}, *mend_inlines(desk, content[1]), {"t": "Str", "c": marks[1]}]
    joined: list[Node] = []
    for node in words:
        if joined and node["t"] == "Str" == joined[-1]["t"]:
            joined[-1] = {"t": "Str", "c": joined[-1]["c"] + node["c"]}
        else:
            joined.append(node)
    return joined


def _marked(nodes: list[Node]) -> list[Node]:
    """Put ``⚠`` and the words up to the end of its sentence into a span of their own."""
    result: list[Node] = []
    run: list[Node] | None = None
    for node in nodes:
        if run is None and node.get("c") == SIGN:
            run = []
            result.append({"t": "Span", "c": [["", [MISSING], []], run]})
        (result if run is None else run).append(node)
        if run and node["t"] == "Str" and node["c"].endswith("."):
            run = None
    return result


def _lines(lines: list[list[Node]]) -> list[Node]:
    joined: list[Node] = []
    for line in lines:
        joined += ([{"t": "LineBreak"}] if joined else []) + line
    return joined
