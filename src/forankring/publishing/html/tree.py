"""Turn a manuscript into the tree from which pandoc writes the body of its HTML edition."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forankring import text
from forankring.language import Locale
from forankring.publishing.html.measure import breakable, measured, turning
from forankring.publishing.manuscript.columns import line_of
from forankring.publishing.manuscript.illustrating import DRAWN, FIGURE_DATA
from forankring.publishing.manuscript.layout import WIDE
from forankring.publishing.manuscript.passages import PASSAGE, is_passage
from forankring.publishing.manuscript.pictures import data_uri
from forankring.publishing.records import Manuscript
from forankring.text import Node, rows_of

DEEPEST = 6
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_POINT = re.compile(r"B\d+(-\d+)?")
"""The number of a contribution or of a point in it: no line ends at its hyphen."""
_NO_ATTR: list[Any] = ["", [], []]
_SPACE: Node = {"t": "Space"}


def html_tree(manuscript: Manuscript, locale: Locale) -> tuple[Node, ...]:
    """Return the blocks: headings numbered and one level lower, pictures carried along, notes at the end."""
    numbers = {heading.identifier: heading.number for heading in manuscript.headings if heading.number}
    change = _Change(numbers, manuscript.pictures, locale, line_of(manuscript.look))
    blocks = [block for chapter in manuscript.chapters for block in chapter.blocks]
    return (*text.rewrite_blocks(blocks, change), *change.endnotes())


@dataclass(slots=True)
class _Change:
    """Gives pandoc each node in the shape of which its HTML writer makes what the house wants."""

    numbers: Mapping[str, str]
    pictures: Mapping[str, bytes]
    locale: Locale
    line: int
    notes: list[list[Node]] = field(default_factory=list)
    tables: int = 0
    figures: int = 0
    captioned: bool = False
    under: str = ""

    def __call__(self, node: Node) -> list[Node]:
        """Return what stands in the tree in place of a node; what is inside it is changed already."""
        kind: str = node["t"]
        content: Any = node.get("c")
        match kind:
            case "Str" if "/" in content:
                return list(breakable(content))
            case "Header":
                return [self._heading(content)]
            case "Div" if is_passage(node):
                return [self._passage(content)]
            case "Div" if WIDE in content[0][1]:
                return [{"t": "Div", "c": [_classed(_only_language(content[0]), *turning(content[1])), content[1]]}]
            case "Div" | "Span":
                return [{"t": kind, "c": [_only_language(content[0]), content[1]]}]
            case "Note":
                return [self._note(content)]
            case "Table" if FIGURE_DATA in content[0][1]:
                return [*self._opened(), self._table(node), _html("</details>")]
            case "Table":
                return [self._table(node)]
            case "Link" if _POINT.fullmatch(text.plain(content[1])):
                return [{"t": "Link", "c": [_classed(content[0], "number"), *content[1:]]}]
            case "Figure":
                return [self._figure(content)]
            case "Image":
                attr, words, (name, _) = content
                return [{"t": "Image", "c": [attr, words, [data_uri(name, self.pictures[name]), ""]]}]
            case _:
                return [node]

    def endnotes(self) -> tuple[Node, ...]:
        """Return the notes met so far under a heading, or nothing where there was none."""
        if not self.notes:
            return ()
        title = text.inlines(self.locale.label("publishing.notes"))
        head = {"t": "Header", "c": [2, ["notes", ["unlisted"], []], title]}
        listed = {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], self.notes]}
        return ({"t": "Div", "c": [["", ["section"], [["role", "doc-endnotes"]]], [head, listed]]},)

    def _passage(self, content: list[Any]) -> Node:
        """Return the passage with a link to itself, for those who want to show someone the place."""
        (name, _, _), blocks = content
        said = [["aria-label", self.locale.label("publishing.link_to_passage")]]
        here = {"t": "Link", "c": [["", ["permalink"], said], [{"t": "Str", "c": "¶"}], [f"#{name}", ""]]}
        attr = [name, [PASSAGE, *["leads"] * _leads(blocks)], []]
        return {"t": "Div", "c": [attr, [*blocks, {"t": "Plain", "c": [here]}]]}

    def _heading(self, content: list[Any]) -> Node:
        level, (name, _, _), words = content
        self.under = text.plain(words)
        number = self.numbers.get(name)
        if number:
            words = [_span("number", [{"t": "Str", "c": number}]), _SPACE, *words]
        return {"t": "Header", "c": [min(level + 1, DEEPEST), [name, [], []], words]}

    def _note(self, blocks: list[Node]) -> Node:
        """Keep a note's words for the end; leave its number, which leads there."""
        n = len(self.notes) + 1
        back = [["role", "doc-backlink"], ["aria-label", self.locale.label("publishing.back")]]
        link = {"t": "Link", "c": [["", [], back], [{"t": "Str", "c": "↩"}], [f"#note-ref-{n}", ""]]}
        *before, last = blocks or [text.para("")]
        if last["t"] in ("Para", "Plain"):
            closed = [*before, {"t": last["t"], "c": [*last["c"], _SPACE, link]}]
        else:
            closed = [*before, last, {"t": "Plain", "c": [link]}]
        self.notes.append([{"t": "Div", "c": [[f"note-{n}", [], []], closed]}])
        said = [["role", "doc-noteref"], ["aria-label", self.locale.label("publishing.footnote", n=n)]]
        there = {"t": "Link", "c": [["", [], said], [{"t": "Str", "c": str(n)}], [f"#note-{n}", ""]]}
        return {"t": "Span", "c": [[f"note-ref-{n}", ["note"], []], [{"t": "Superscript", "c": [there]}]]}

    def _table(self, node: Node) -> Node:
        """Return the table in a group that rolls, its header cells marked as such."""
        attr, (_, caption), _, (_, heads), *rest = node["c"]
        label = ""
        if caption:
            self.tables += 1
            label = self.locale.label("publishing.table", n=self.tables)
            caption = _led(label, caption)
            label = text.plain(caption)
        elif heads:
            label = self.locale.label("publishing.table_of", words=self.under)
        classes, columns = measured(node, self.line)
        head = [_NO_ATTR, _scoped(rows_of(node)[0])]
        table = {"t": "Table", "c": [_classed(attr, *classes), [None, caption], columns, head, *rest]}
        return _rolling("table", label, [table])

    def _opened(self) -> list[Node]:
        """Return what opens the place where a picture's data stand until someone asks for them."""
        numbered = self.locale.label("figures.data", n=self.figures)
        words = numbered if self.captioned else self.locale.label("figures.table")
        return [_html(f'<details class="data">\n<summary>{html.escape(words)}</summary>')]

    def _figure(self, content: list[Any]) -> Node:
        attr, (_, caption), blocks = content
        self.captioned = bool(caption)
        if caption:
            self.figures += 1
            caption = _led(self.locale.label("publishing.figure", n=self.figures), caption)
        if any(node["t"] == "Image" and DRAWN in node["c"][0][1] for node in text.walk(blocks)):
            said = text.plain(caption) or self.locale.label("figures.picture")
            hint = html.escape(self.locale.label("figures.roll"))
            blocks = [_html(f'<p class="hint">{hint}</p>'), _rolling("picture", said, blocks)]
        return {"t": "Figure", "c": [_only_language(attr), [None, caption], blocks]}


def _rolling(name: str, said: str, blocks: list[Node]) -> Node:
    """Return a group that a keyboard can reach and roll, for what may be wider than the screen.

    A group, not a region: each region is a landmark, and tables without a caption share their names.
    """
    group = [["role", "group"], ["tabindex", "0"], ["aria-label", said]]
    return {"t": "Div", "c": [["", [name], group], blocks]}


def _leads(blocks: list[Node]) -> bool:
    """Tell a paragraph that ends with a colon: what it announces must be on its page."""
    return len(blocks) == 1 and blocks[0]["t"] == "Para" and text.plain(blocks).endswith(":")


def _led(label: str, caption: list[Node]) -> list[Node]:
    """Return a caption that begins with its label."""
    return [{"t": "Plain", "c": [{"t": "Str", "c": f"{label}:"}, _SPACE, *caption[0]["c"]]}]


def _scoped(rows: list[Any]) -> list[Any]:
    return [[attr, [[["", [], [["scope", "col"]]], *cell[1:]] for cell in cells]] for attr, cells in rows]


def _classed(attr: list[Any], *names: str) -> list[Any]:
    return [attr[0], [*attr[1], *names], attr[2]]


def _only_language(attr: list[Any]) -> list[Any]:
    identifier, classes, pairs = attr
    return [identifier, classes, [[k, v] for k, v in pairs if k == "lang" and _LANGUAGE.fullmatch(v)]]


def _html(code: str) -> Node:
    """Return code of the house's own; whatever else is in it was escaped."""
    return {"t": "RawBlock", "c": ["html", code]}


def _span(name: str, words: list[Node]) -> Node:
    return {"t": "Span", "c": [["", [name], []], words]}
