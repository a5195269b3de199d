"""Turn a line of inlines into words that carry their formatting, and words back into inlines."""

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic_core import to_json

from forankring.text.comparing import Token
from forankring.text.nodes import Node, plain

_WORD = re.compile(r"\w+(?:[-.,:/’'@]\w+)*|\s|[^\w\s]")
_CONTENT = {"Quoted": 1, "Cite": 1, "Link": 1, "Span": 1}
MARKS = frozenset("Emph Strong Underline Strikeout Superscript Subscript SmallCaps Quoted Cite Link Span".split())
_BLANK: Node = {"t": "Space"}
_ATOM = "\N{OBJECT REPLACEMENT CHARACTER}"

_BREAK = Token(" ", ((), '{"t": "SoftBreak"}'))

Form = tuple[tuple[str, ...], str]
"""The marks around a word, outermost first, and for what is no word (a note, a picture) the node: all as JSON."""


def tokens(inlines: Iterable[Node], *, breaks: bool = False) -> list[Token]:
    """Return the words, signs and spaces of a line; ends of lines inside it count as spaces, or with ``breaks`` as
    spaces of another kind."""
    found: list[Token] = []
    for is_break, run in itertools.groupby(inlines, lambda node: breaks and node["t"] == "SoftBreak"):
        found += [_BREAK] if is_break else _tokens(run, ())
    return found


def line(words: Iterable[Token]) -> list[Node]:
    """Return words as inlines, with no space at either end and one where there were several."""
    return woven(tidied(words))


def tidied(words: Iterable[Token]) -> list[Token]:
    """Return words with no space at either end, and one where there were several."""
    kept: list[Token] = []
    for word in words:
        if word.text == " " and (not kept or kept[-1].text in (" ", "\n")):
            continue
        if word.text == "\n" and kept and kept[-1].text == " ":
            kept.pop()
        kept.append(word)
    while kept and kept[-1].text == " ":
        kept.pop()
    return kept


def woven(words: Iterable[Token]) -> list[Node]:
    """Return words as inlines just as they are; neighbours within the same mark share it."""
    return _nodes(list(words), 0)


def within(words: Iterable[Token], mark: Node) -> list[Token]:
    """Return words that stand within one more mark: around those that not all of them share, but inside a link, a
    quotation or a span, which would be two if the mark parted it."""
    result: list[Token] = []
    for shared, run in itertools.groupby(words, _unparted):
        result += _marked(list(run), len(shared), _mark(mark, ""))
    return result


def has_neighbours(words: Iterable[Token]) -> bool:
    """Tell whether two links, quotations or spans of one kind stand side by side somewhere."""
    return any(mark.endswith(" ") for word in words for mark in _form(word)[0])


def node_of(token: Token) -> Node | None:
    """Return the node that a token stands for where it is no word: a note, a picture, a formula, code."""
    _, atom = _form(token)
    return json.loads(atom) if atom else None


def inside(node: Node) -> list[Node]:
    """Return what a mark, a link or a span is around."""
    content = node["c"]
    inner: list[Node] = content[_CONTENT[node["t"]]] if node["t"] in _CONTENT else content
    return inner


def around(mark: Node, inner: list[Node]) -> Node:
    """Return the same mark around something else."""
    if mark["t"] not in _CONTENT:
        return {"t": mark["t"], "c": inner}
    content = list(mark["c"])
    content[_CONTENT[mark["t"]]] = inner
    return {"t": mark["t"], "c": content}


def token_for(node: Node, like: Token) -> Token:
    """Return a node as a token within the same marks as another one."""
    marks, _ = _form(like)
    return _atom(node, marks)


def key_of(value: Any) -> str:
    """Return what is the same for nodes that mean the same: kinds of space and Plain or Para make no difference."""
    written = to_json(value).decode()  # the type stands first, as in all that pandoc or this package makes
    return written.replace('{"t":"SoftBreak"}', '{"t":"Space"}').replace('{"t":"Plain",', '{"t":"Para",')


def _unparted(word: Token) -> tuple[str, ...]:
    """Return the marks around a word out to the innermost that must stay one."""
    marks = _form(word)[0]
    last = (at for at in range(len(marks), 0, -1) if json.loads(marks[at - 1])["t"] in _CONTENT)
    return marks[: next(last, 0)]


def _marked(words: Sequence[Token], least: int, mark: str) -> Iterator[Token]:
    first, *others = [_form(word)[0] for word in words]
    parted = (at for at in range(least, len(first)) if any(other[at : at + 1] != (first[at],) for other in others))
    depth = next(parted, len(first))
    for word in words:
        marks, atom = _form(word)
        yield Token(word.text, ((*marks[:depth], mark, *marks[depth:]), atom))


def _form(token: Token) -> Form:
    return token.form  # type: ignore[return-value]  # all tokens of this module have such a form


def _tokens(inlines: Iterable[Node], marks: tuple[str, ...]) -> Iterator[Token]:
    before = ""
    for node in inlines:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            for word in _WORD.findall(content):
                yield Token(word, (marks, ""))
        elif kind in ("Space", "SoftBreak"):
            yield Token(" ", (marks, ""))
        elif kind == "LineBreak":
            yield Token("\n", (marks, json.dumps(node)))
        elif kind in MARKS and (inner := inside(node)):
            mark = _mark(node, before)
            yield from _tokens(inner, (*marks, mark))
            before = mark
            continue
        else:
            yield _atom(node, marks)
        before = ""


def _atom(node: Node, marks: tuple[str, ...]) -> Token:
    """Return a token that no space may be taken for, as long as what it shows in the line: of a note one sign."""
    shown = "" if node["t"] == "Note" else plain(node).strip()
    return Token(shown or _ATOM, (marks, to_json(node).decode()))


def _mark(node: Node, before: str) -> str:
    """Return a mark without what it is around; of two links or quotations side by side the second has a blank more,
    which JSON does not mind, so that they stay two."""
    mark = to_json(around(node, [])).decode()
    return f"{mark} " if mark == before and node["t"] in _CONTENT else mark


def _nodes(words: Sequence[Token], depth: int) -> list[Node]:
    """Put the words that share the mark at this depth back into it."""
    nodes: list[Node] = []
    for mark, run in itertools.groupby(words, lambda word: _form(word)[0][depth : depth + 1]):
        inner = list(run)
        nodes += [around(json.loads(mark[0]), _nodes(inner, depth + 1))] if mark else _plain(inner)
    return nodes


def _plain(words: Iterable[Token]) -> Iterator[Node]:
    for is_word, run in itertools.groupby(words, lambda word: word.text != " " and not _form(word)[1]):
        if is_word:
            yield {"t": "Str", "c": "".join(word.text for word in run)}
        else:
            yield from (node_of(word) or _BLANK for word in run)
