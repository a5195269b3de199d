"""Stand-ins for values in a template: a value never meets a Markdown parser, it enters the finished tree."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup

from forankring.drafting.sources import source_of
from forankring.language import slug
from forankring.text import Node, attributes, clean_text, inlines, plain, rewrite_blocks, walk, with_attributes

OPEN, CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")
_SAFE_LINK = re.compile(r"(https?://|mailto:|#)\S+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """What a token stands for: text, or whole blocks, and the sources it rests on."""

    text: str
    blocks: tuple[Node, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(slots=True)
class Tokens:
    """The values of one rendering, in the order in which the templates printed them."""

    values: list[Value] = field(default_factory=list)

    def text(self, text: str) -> Markup:
        """Return a token for a string; its source comes with it."""
        return self._add(Value(clean_text(str(text)), sources=tuple(filter(None, [source_of(text)]))))

    def blocks(self, blocks: Iterable[Node], sources: Iterable[str]) -> Markup:
        """Return a token for blocks; it must stand alone in a paragraph."""
        made = tuple(blocks)
        return self._add(Value(plain(made), made, tuple(sources)))

    def sources(self, sources: Iterable[str]) -> Markup:
        """Return a token that prints nothing and says what its block rests on."""
        return self._add(Value("", sources=tuple(sources)))

    def _add(self, value: Value) -> Markup:
        self.values.append(value)
        return Markup(f"{OPEN}{len(self.values) - 1}{CLOSE}")  # digits between two marks: nothing to escape

    def fill(self, blocks: Iterable[Node]) -> tuple[Node, ...]:
        """Return the blocks with every token replaced by what it stands for."""
        return rewrite_blocks(rewrite_blocks(blocks, self._paragraph), self._inline)

    def found_in(self, block: Node) -> tuple[str, ...]:
        """Return the sources of all tokens in a block that is not filled yet, sorted, each once."""
        numbers = {int(number) for text in _texts(block) for number in _TOKEN.findall(text)}
        return tuple(sorted({source for number in numbers for source in self.values[number].sources}))

    def _paragraph(self, node: Node) -> Sequence[Node]:
        """Put blocks in the place of the paragraph that holds nothing but their token; drop what prints nothing."""
        if node["t"] not in ("Para", "Plain"):
            return [node]
        text = plain(node)
        values = [self.values[int(number)] for number in _TOKEN.findall(text)]
        shown = [value for value in values if value.text or value.blocks]
        if not values or _TOKEN.sub("", text).strip():
            return [node]
        return shown[0].blocks if len(shown) == 1 and shown[0].blocks else [node] if shown else []

    def _inline(self, node: Node) -> Sequence[Node]:
        match node["t"]:
            case "Str":
                return self._string(node["c"])
            case "Link":
                return self._link(node)
        attr = attributes(node)
        if attr and OPEN in json.dumps(attr, ensure_ascii=False):
            return [with_attributes(node, _replaced(attr, lambda text: self._inside(text, slug)))]
        return [node]

    def _string(self, text: str) -> list[Node]:
        result: list[Node] = []
        for position, part in enumerate(_TOKEN.split(text)):
            if position % 2:
                result += inlines(" ".join(self.values[int(part)].text.split()))
            elif part:
                result.append({"t": "Str", "c": part})
        return result

    def _link(self, node: Node) -> list[Node]:
        attr, content, (url, title) = node["c"]
        target = self._inside(unquote(url), str) if "%EE%80%80" in url or OPEN in url else url
        if not _SAFE_LINK.match(target):
            return list(content)
        return [{"t": "Link", "c": [attr, content, [target, title]]}]

    def _inside(self, text: str, form: Any) -> str:
        return _TOKEN.sub(lambda match: form(self.values[int(match.group(1))].text), text)


def _texts(block: Node) -> Iterable[str]:
    for node in walk(block):
        if node["t"] == "Str":
            yield node["c"]
        elif node["t"] == "Link":
            yield unquote(node["c"][2][0])


def _replaced(value: Any, change: Any) -> Any:
    if isinstance(value, list):
        return [_replaced(item, change) for item in value]
    return change(value) if isinstance(value, str) else value
