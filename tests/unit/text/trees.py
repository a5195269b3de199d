"""Turn hypothesis' choices into pandoc trees, and any tree into the form in which two trees mean the same."""

import re
from random import Random
from typing import Any

from hypothesis import strategies as st

from forankring.text import Node

NONE: list[Any] = ["", [], []]

WORDS = (
    "mål|Mål|og|værdi.|Værdi|1.|42.|2024.|1.10|a)|(b)|B.|IV.|#|##|-|+|*|>|:|::|:::|~|~~~|%|=|==|----|--|...|…|–|—|"
    "|kl.|jf.|mio.|Bl.a.|»Citat.«|Nej!|Ja?|\"|'|d’s|’90|“a”|a“|*ord*|_ord_|__x__|`kode`|```|<b>|<br>|</div>|&amp;|&|$x$|$5|\\|\\#|"
    "[x]|[x]:|[^1]|[^1]:|![a](b)|{.c}|{#id}|{=html}|@ref|^x^|~x~|H2O|a|b|:-)|http://a.dk|a@b.dk|(@)|(1)|☐|"
    "table:|Table:|+---+|a\u00a0b|æøå|⚠|Mangler:|§|50|%|@|!|\\alpha|#tag|===|-----|***|___|i.|x)|]|[|(|)|{|}|<|^|~~|**|a*b|a_b|word.\u201d|Å"
).split("|")

_KNOWN = [word for word in WORDS if word]
_SEEDS = st.integers(0, 2**64)


def text(word: str) -> Node:
    return {"t": "Str", "c": word}


def lines() -> st.SearchStrategy[list[Node]]:
    """Draw inlines as a reader makes them: pieces parted by single spaces or line breaks."""
    return _SEEDS.map(lambda seed: _line(Random(seed)))


def bodies(depth: int = 2) -> st.SearchStrategy[list[Node]]:
    """Draw blocks of every kind, by a seed: drawn node by node a tree takes thirty times as long."""
    return _SEEDS.map(lambda seed: _body(Random(seed), depth))


def _line(chance: Random, depth: int = 2, around: frozenset[str] = frozenset()) -> list[Node]:
    result: list[Node] = []
    for number in range(chance.randint(1, 5)):
        if number:
            result.append({"t": chance.choice(["Space", "Space", "Space", "SoftBreak", "LineBreak"])})
        result.append(_piece(chance, depth, around))
    return result


_MARKS = frozenset("Emph Strong Strikeout Underline SmallCaps Link Span Code Sup Image Note".split())


def _piece(chance: Random, depth: int, around: frozenset[str]) -> Node:
    kind = chance.choice(["Str"] * 6 + (sorted(_MARKS - around) if depth else []))
    inside = around | {kind, "Note"}
    match kind:
        case "Str":
            return text(chance.choice(_KNOWN))
        case "Link":
            words = [text("se"), {"t": "Space"}, text(chance.choice(_KNOWN))]
            return {"t": kind, "c": [NONE, words, ["https://a.dk/b", ""]]}
        case "Span":
            return {"t": kind, "c": [["", [], [["lang", "en"]]], _line(chance, depth - 1, inside)]}
        case "Code":
            return {"t": kind, "c": [NONE, chance.choice(_KNOWN)]}
        case "Sup":
            raised = text(chance.choice(["2", "de\u00a0to", "*", "1."]))
            return {"t": chance.choice(["Superscript", "Subscript"]), "c": [raised]}
        case "Image":
            return {"t": kind, "c": [NONE, [text("billede")], ["a.png", ""]]}
        case "Note":
            notes = [_line(chance, depth - 1, inside) for _ in range(chance.randint(1, 2))]
            return {"t": kind, "c": [{"t": "Para", "c": note} for note in notes]}
        case _:
            return {"t": kind, "c": _line(chance, depth - 1, inside)}


def _body(chance: Random, depth: int = 2) -> list[Node]:
    return [_block(chance, depth) for _ in range(chance.randint(1, 3))]


def _items(chance: Random, depth: int) -> list[list[Node]]:
    return [_body(chance, depth - 1) for _ in range(chance.randint(1, 3))]


def _block(chance: Random, depth: int) -> Node:
    kinds = ["Para", "Para", "Para", "Header", "CodeBlock", "HorizontalRule", "Table"]
    kinds += ["BulletList", "OrderedList", "BlockQuote", "Div", "DefinitionList"] if depth else []
    kind = chance.choice(kinds)
    match kind:
        case "Para":
            return {"t": kind, "c": _line(chance)}
        case "Header":
            return {"t": kind, "c": [chance.randint(1, 4), NONE, _line(chance, 1)]}
        case "CodeBlock":
            return {"t": kind, "c": [NONE, "\n".join(chance.choices(_KNOWN, k=chance.randint(1, 3)))]}
        case "HorizontalRule":
            return {"t": kind}
        case "Table":
            return table([[_line(chance, 1) for _ in range(2)] for _ in range(chance.randint(2, 3))])
        case "BulletList":
            return {"t": kind, "c": _items(chance, depth)}
        case "OrderedList":
            style = [chance.choice([1, 3, 12]), {"t": "Decimal"}, {"t": chance.choice(["Period", "OneParen"])}]
            return {"t": kind, "c": [style, _items(chance, depth)]}
        case "BlockQuote":
            return {"t": kind, "c": _body(chance, depth - 1)}
        case "DefinitionList":
            return {"t": kind, "c": [[_line(chance, 1), [_body(chance, depth - 1)]]]}
        case _:
            return {"t": kind, "c": [["", ["boks"], []], _body(chance, depth - 1)]}


def table(rows: list[list[list[Node]]]) -> Node:
    """Return a table of inlines with its first row as header."""
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in rows[0]]
    made = [[NONE, [[NONE, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": cell}]] for cell in row]] for row in rows]
    return {"t": "Table", "c": [NONE, [None, []], columns, [NONE, made[:1]], [[NONE, 0, [], made[1:]]], [NONE, []]]}


def norm(node: Any, *, line: bool = False) -> Any:
    """Return the tree without what has no meaning: Plain or Para, kinds of space, split words, widths, quote nodes."""
    if isinstance(node, list | tuple):
        done = [part for item in node for part in _norm_item(item, line)]
        return _joined(done)
    if isinstance(node, dict):
        one_line = line or node["t"] in ("Header", "Table")
        return {key: norm(value, line=one_line) if key == "c" else value for key, value in node.items()}
    return node


def _norm_item(item: Any, line: bool) -> list[Any]:  # noqa: PLR0912  # one case for each kind of node
    if not isinstance(item, dict) or "t" not in item:
        return [norm(item, line=line)]
    match item["t"]:
        case "Space" | "SoftBreak":
            return [text(" ")]
        case "LineBreak":
            return [text(" ")] if line else [item]
        case "Str":
            return [text(item["c"].replace("\u00a0", " "))]
        case "Plain" | "Para":
            inner = _trimmed(item["c"])
            return [{"t": "Para", "c": norm(inner, line=line)}] if inner else []
        case "Quoted":
            opening, closing = ("“", "”") if item["c"][0]["t"] == "DoubleQuote" else ("‘", "’")
            return [text(opening), *norm(item["c"][1], line=line), text(closing)]
        case "Emph" if [inner["t"] for inner in item["c"]] == ["Strong"]:
            return [{"t": "Strong", "c": [{"t": "Emph", "c": norm(item["c"][0]["c"], line=line)}]}]
        case "Figure":
            return _norm_item(item["c"][2][0], line)
        case "Span" if item["c"][0] == NONE:
            return list(norm(item["c"][1], line=line))
        case "DefinitionList":
            return [{"t": item["t"], "c": [[norm(term, line=True), norm(texts)] for term, texts in item["c"]]}]
        case "Note" if line:
            paragraphs = [norm(block["c"], line=True) for block in item["c"]]
            return [{"t": "Note", "c": [{"t": "Para", "c": _joined(flattened(paragraphs))}]}]
        case "ColWidth":
            return [{"t": "ColWidthDefault"}]
        case _:
            return [norm(item, line=line)]


def _trimmed(nodes: list[Node]) -> list[Node]:
    kept = [index for index, node in enumerate(nodes) if node["t"] not in ("Space", "SoftBreak", "LineBreak")]
    return nodes[kept[0] : kept[-1] + 1] if kept else []


def flattened(paragraphs: list[list[Any]]) -> list[Any]:
    """Return paragraphs as one, parted by a semicolon where the one before is not closed."""
    result: list[Any] = []
    for paragraph in paragraphs:
        if result and paragraph:
            closed = result[-1]["t"] == "Str" and re.search(r"[.!?:;,…][«»“”\"’‹›)\]]*$", result[-1]["c"])
            result += [text(" ")] if closed else [text("; ")]
        result += paragraph
    return result


def _joined(nodes: list[Any]) -> list[Any]:
    """Join neighbouring words, and neighbours with the same emphasis."""
    result: list[Any] = []
    for node in nodes:
        last = result[-1] if result and isinstance(result[-1], dict) else None
        if (
            last
            and isinstance(node, dict)
            and node.get("t") == last.get("t")
            and node.get("t") in ("Str", "Emph", "Strong")
        ):
            result[-1] = {"t": node["t"], "c": last["c"] + node["c"]}
            if node["t"] != "Str":
                result[-1]["c"] = _joined(result[-1]["c"])
        else:
            result.append(node)
    return result
