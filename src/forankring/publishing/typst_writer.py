"""Turn a manuscript into the typst source of its PDF edition; every word goes in escaped, never as code."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from forankring.publishing.glyphs import showable
from forankring.publishing.records import Manuscript, ManuscriptChapter
from forankring.publishing.tables import rows_of, shares
from forankring.text import Node

_ESCAPES = {ord(sign): f"\\{sign}" for sign in "!\"#$%&'()*+-./:;<=>@[\\]^_`{|}~"}
_WRAPPERS = {
    "Emph": "emph",
    "Strong": "strong",
    "Underline": "underline",
    "Strikeout": "strike",
    "Superscript": "super",
    "Subscript": "sub",
    "SmallCaps": "smallcaps",
}
_ALIGNMENTS = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": "left"}
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_BREAKABLE = re.compile(r"([/._=&?-]|\w{15})(?=.)")
_LONG_WORD = 30


def write_typst(manuscript: Manuscript, words: Mapping[str, str]) -> str:
    """Return the source of ``main.typ``; ``words`` are the arguments of the template's ``edition``, as text."""
    numbers = {heading.identifier: heading.number for heading in manuscript.headings}
    arguments = "".join(f"  {name}: {quoted(value)},\n" for name, value in sorted(words.items()))
    lines = ", ".join(quoted(line) for line in manuscript.face.cover_lines)
    front = "".join(_chapter(chapter, numbers) for chapter in manuscript.chapters if chapter.front)
    body = "".join(_chapter(chapter, numbers) for chapter in manuscript.chapters if not chapter.front)
    source = (
        f'#import "edition.typ": *\n#show: edition.with(\n{arguments}  lines: ({lines}{"," if lines else ""}),\n)\n'
    )
    return showable(f"{source}{front}\n#contents()\n{body}")


def quoted(words: str) -> str:
    """Return text as a typst string."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{escaped}"'


def escaped(words: str) -> str:
    """Return text as typst markup that shows just these words; a very long word may be broken."""
    if len(words) > _LONG_WORD:
        words = _BREAKABLE.sub("\\1\u200b", words)
    return words.translate(_ESCAPES)


def _chapter(chapter: ManuscriptChapter, numbers: Mapping[str, str]) -> str:
    return _blocks(chapter.blocks, numbers)


def _blocks(blocks: Iterable[Node], numbers: Mapping[str, str]) -> str:
    return "".join(_block(block, numbers) for block in blocks)


def _block(block: Node, numbers: Mapping[str, str]) -> str:
    content: Any = block.get("c")
    match block["t"]:
        case "Para" | "Plain":
            return f"{_inlines(content)}\n\n"
        case "Header":
            return _heading(content, numbers.get(content[1][0], ""))
        case "Div":
            return _division(content, numbers)
        case "BulletList":
            return f"#list({_items(content, numbers)})\n\n"
        case "OrderedList":
            return f"#enum(start: {int(content[0][0])}, {_items(content[1], numbers)})\n\n"
        case "DefinitionList":
            return f"#terms({''.join(_definition(term, parts, numbers) for term, parts in content)})\n\n"
        case "BlockQuote":
            return f"#quote(block: true)[{_blocks(content, numbers)}]\n\n"
        case "Table":
            return _table(block)
        case "Figure":
            return _figure(content)
        case "CodeBlock":
            return f"#raw(block: true, {quoted(content[1])})\n\n"
        case "HorizontalRule":
            return "#rule()\n\n"
        case kind:
            raise ValueError(f"no such block in a manuscript: {kind}")


def _inlines(nodes: Iterable[Node]) -> str:
    return "".join(_inline(node) for node in nodes)


def _inline(node: Node) -> str:
    kind = node["t"]
    if kind == "Str":
        return escaped(node["c"])
    if kind == "Space":
        return " "
    if kind in _WRAPPERS:
        return f"#{_WRAPPERS[kind]}[{_inlines(node['c'])}]"
    content: Any = node.get("c")
    match kind:
        case "LineBreak":
            return "#linebreak()"
        case "Code":
            return f"#raw({quoted(content[1])})"
        case "Link":
            target = content[2][0]
            place = f"label({quoted(target[1:])})" if target.startswith("#") else quoted(target)
            return f"#link({place})[{_inlines(content[1])}]"
        case "Note":
            return f"#footnote[{_blocks(content, {}).strip()}]"
        case "Span":
            return _span(content)
        case "Image":
            return f"#box({_picture(content)})"
        case _:
            raise ValueError(f"no such inline in a manuscript: {kind}")


def _heading(content: list[Any], number: str) -> str:
    level, (identifier, _, _), words = content
    numbering = f"(..) => {quoted(number)}" if number else "none"
    return f"#heading(level: {int(level)}, numbering: {numbering})[{_inlines(words)}]{_label(identifier)}\n\n"


def _division(content: list[Any], numbers: Mapping[str, str]) -> str:
    (identifier, classes, _), blocks = content
    inside = _blocks(blocks, numbers)
    place = _place(identifier)
    if not classes:
        return f"{place}{inside}"
    return f"#division({quoted(classes[0])})[{place}{inside}]\n\n"


def _span(content: list[Any]) -> str:
    (identifier, classes, pairs), nodes = content
    inside = _inlines(nodes)
    language = dict(pairs).get("lang", "").partition("-")[0]
    if _LANGUAGE.fullmatch(language):
        inside = f"#text(lang: {quoted(language)})[{inside}]"
    if classes:
        inside = f"#mark({quoted(classes[0])})[{inside}]"
    return f"{_place(identifier)}{inside}"


def _items(items: Iterable[list[Node]], numbers: Mapping[str, str]) -> str:
    return "".join(f"[{_blocks(item, numbers).strip()}], " for item in items)


def _definition(term: list[Node], parts: list[list[Node]], numbers: Mapping[str, str]) -> str:
    return f"([{_inlines(term)}], [{''.join(_blocks(part, numbers) for part in parts).strip()}]), "


def _figure(content: list[Any]) -> str:
    (identifier, _, _), (_, caption), blocks = content
    words = f", caption: [{_blocks(caption, {}).strip()}]" if caption else ""
    return f"{_place(identifier)}#figure({_picture(blocks[0]['c'][0]['c'])}{words})\n\n"


def _picture(content: list[Any]) -> str:
    (_, _, pairs), words, (name, _) = content
    said = "".join(node.get("c", " ") for node in words)
    return f"picture({quoted(name)}, {quoted(said)}, {quoted(dict(pairs).get('width', ''))})"


def _table(node: Node) -> str:
    (identifier, _, _), (_, caption), columns, *_ = node["c"]
    heads, bodies = rows_of(node)
    widths = ", ".join(f"{share}fr" for share in shares(node))
    sides = ", ".join(_ALIGNMENTS[alignment["t"]] for alignment, _ in columns)
    head = f"table.header({''.join(map(_row, heads))}), " if heads else ""
    words = f"[{_blocks(caption, {}).strip()}]" if caption else "none"
    grid = f"table(columns: ({widths},), align: ({sides},), {head}\n{''.join(map(_row, bodies))})"
    return f"{_place(identifier)}#tabular({words}, {grid})\n\n"


def _row(row: list[Any]) -> str:
    return "".join(map(_cell, row[1])) + "\n"


def _cell(cell: list[Any]) -> str:
    _, _, rows, columns, blocks = cell
    span = f"table.cell(rowspan: {int(rows)}, colspan: {int(columns)})" if rows > 1 or columns > 1 else ""
    return f"{span}[{_blocks(blocks, {}).strip()}], "


def _place(identifier: str) -> str:
    return f"#place-of({quoted(identifier)})" if identifier else ""


def _label(identifier: str) -> str:
    return f"#label({quoted(identifier)})" if identifier else ""
