"""Turn a manuscript's blocks into HTML: every word and address escaped, notes gathered at the end."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from forankring import text
from forankring.language import Locale
from forankring.publishing.pictures import data_uri
from forankring.publishing.tables import rows_of
from forankring.text import Node

_WRAPPERS = {
    "Emph": "em",
    "Strong": "strong",
    "Underline": "u",
    "Strikeout": "s",
    "Superscript": "sup",
    "Subscript": "sub",
    "SmallCaps": "span",
}
_SIDES = {"AlignRight": ' class="right"', "AlignCenter": ' class="center"'}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(slots=True)
class HtmlWriter:
    """Writes one manuscript, and counts its notes, tables and figures."""

    numbers: Mapping[str, str]
    pictures: Mapping[str, bytes]
    locale: Locale
    notes: list[str] = field(default_factory=list)
    tables: int = 0
    figures: int = 0

    def blocks(self, blocks: Iterable[Node]) -> str:
        """Return blocks as HTML."""
        return "".join(self._block(block) for block in blocks)

    def inlines(self, nodes: Iterable[Node]) -> str:
        """Return inlines as HTML."""
        return "".join(self._inline(node) for node in nodes)

    def endnotes(self) -> str:
        """Return the notes met so far as a section, or nothing where there was none."""
        if not self.notes:
            return ""
        back = html.escape(self.locale.label("publishing.back"))
        items = "".join(
            f'<li id="note-{n}">{note} <a href="#note-ref-{n}" role="doc-backlink" aria-label="{back}">↩</a></li>\n'
            for n, note in enumerate(self.notes, 1)
        )
        title = html.escape(self.locale.label("publishing.notes"))
        return f'<section role="doc-endnotes"><h2 id="notes">{title}</h2>\n<ol>\n{items}</ol></section>\n'

    def _block(self, block: Node) -> str:  # noqa: PLR0912  # one case for each kind of block
        content: Any = block.get("c")
        match block["t"]:
            case "Para":
                return f"<p>{self.inlines(content)}</p>\n"
            case "Plain":
                return self.inlines(content)
            case "Header":
                return self._heading(content)
            case "Div":
                return f"<div{_attributes(content[0])}>\n{self.blocks(content[1])}</div>\n"
            case "BulletList":
                return f"<ul>\n{self._items(content)}</ul>\n"
            case "OrderedList":
                start = f' start="{int(content[0][0])}"' if content[0][0] != 1 else ""
                return f"<ol{start}>\n{self._items(content[1])}</ol>\n"
            case "DefinitionList":
                return f"<dl>\n{''.join(self._definition(term, parts) for term, parts in content)}</dl>\n"
            case "BlockQuote":
                return f"<blockquote>\n{self.blocks(content)}</blockquote>\n"
            case "Table":
                return self._table(block)
            case "Figure":
                return self._figure(content)
            case "CodeBlock":
                return f"<pre><code>{html.escape(content[1], quote=False)}</code></pre>\n"
            case "HorizontalRule":
                return "<hr>\n"
            case kind:
                raise ValueError(f"no such block in a manuscript: {kind}")

    def _inline(self, node: Node) -> str:
        kind = node["t"]
        if kind == "Str":
            return html.escape(node["c"], quote=False)
        if kind == "Space":
            return " "
        content: Any = node.get("c")
        if kind in _WRAPPERS:
            tag = _WRAPPERS[kind]
            small = ' class="small-caps"' if kind == "SmallCaps" else ""
            return f"<{tag}{small}>{self.inlines(content)}</{tag}>"
        match kind:
            case "LineBreak":
                return "<br>\n"
            case "Code":
                return f"<code>{html.escape(content[1], quote=False)}</code>"
            case "Link":
                return f'<a href="{html.escape(content[2][0])}">{self.inlines(content[1])}</a>'
            case "Note":
                return self._note(content)
            case "Span":
                return f"<span{_attributes(content[0])}>{self.inlines(content[1])}</span>"
            case "Image":
                return self._picture(content)
            case _:
                raise ValueError(f"no such inline in a manuscript: {kind}")

    def _heading(self, content: list[Any]) -> str:
        level, (identifier, _, _), words = content
        number = self.numbers.get(identifier, "")
        shown = f'<span class="number">{number}</span> ' if number else ""
        tag = f"h{min(level + 1, 6)}"
        return f'<{tag} id="{html.escape(identifier)}">{shown}{self.inlines(words)}</{tag}>\n'

    def _items(self, items: Iterable[list[Node]]) -> str:
        return "".join(f"<li>{self.blocks(item).rstrip()}</li>\n" for item in items)

    def _definition(self, term: list[Node], parts: list[list[Node]]) -> str:
        described = "".join(f"<dd>{self.blocks(part).rstrip()}</dd>\n" for part in parts)
        return f"<dt>{self.inlines(term)}</dt>\n{described}"

    def _note(self, blocks: list[Node]) -> str:
        self.notes.append("")
        n = len(self.notes)
        self.notes[n - 1] = self.blocks(blocks).strip()
        said = html.escape(self.locale.label("publishing.footnote", n=n))
        return f'<sup id="note-ref-{n}"><a href="#note-{n}" role="doc-noteref" aria-label="{said}">{n}</a></sup>'

    def _table(self, node: Node) -> str:
        attr, (_, caption), columns, *_ = node["c"]
        sides = [_SIDES.get(alignment["t"], "") for alignment, _ in columns]
        heads, bodies = rows_of(node)
        named, label = "", ""
        if caption:
            self.tables += 1
            label = self.locale.label("publishing.table", n=self.tables)
            named = f"<caption>{label}: {self.blocks(caption)}</caption>\n"
            label = f"{label}: {text.plain(caption)}"
        elif heads:
            label = self.locale.label("publishing.table_of", words=text.plain(heads[0][1][0][4]))
        head = "".join(self._row(row, sides, "th") for row in heads)
        body = "".join(self._row(row, sides, "td") for row in bodies)
        return (
            f'<div class="table" role="region" tabindex="0" aria-label="{html.escape(label)}">'
            f"<table{_attributes(attr)}>\n{named}<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table></div>\n"
        )

    def _row(self, row: list[Any], sides: list[str], tag: str) -> str:
        cells, column = "", 0
        for _, _, rows, columns, blocks in row[1]:
            side = sides[column] if column < len(sides) else ""
            scope = ' scope="col"' if tag == "th" else ""
            down = f' rowspan="{int(rows)}"' if rows > 1 else ""
            across = f' colspan="{int(columns)}"' if columns > 1 else ""
            cells += f"<{tag}{scope}{down}{across}{side}>{self.blocks(blocks)}</{tag}>"
            column += columns
        return f"<tr>{cells}</tr>\n"

    def _figure(self, content: list[Any]) -> str:
        attr, (_, caption), blocks = content
        words = ""
        if caption:
            self.figures += 1
            label = self.locale.label("publishing.figure", n=self.figures)
            words = f"<figcaption>{label}: {self.blocks(caption)}</figcaption>\n"
        return f"<figure{_attributes(attr)}>\n{self.blocks(blocks)}\n{words}</figure>\n"

    def _picture(self, content: list[Any]) -> str:
        (_, _, pairs), words, (name, _) = content
        said = html.escape(text.plain(words))
        width = dict(pairs).get("width", "")
        size = f' style="width:{width}"' if width else ""
        return f'<img src="{data_uri(name, self.pictures[name])}" alt="{said}"{size}>'


def _attributes(attr: list[Any]) -> str:
    identifier, classes, pairs = attr
    language = dict(pairs).get("lang", "")
    return (
        (f' id="{html.escape(identifier)}"' if identifier else "")
        + (f' class="{html.escape(" ".join(classes))}"' if classes else "")
        + (f' lang="{language}"' if _LANGUAGE.fullmatch(language) else "")
    )
